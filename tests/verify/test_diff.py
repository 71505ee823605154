"""Where two sequences differ: what is left out is the same in both, in order, whatever their size."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import split
from cleaner.model import Document
from cleaner.verify import diff
from cleaner.verify.compare import compare
from cleaner.verify.diff import Change, differences, windows


def assert_they_lead_from_one_to_the_other(old: Sequence[object], new: Sequence[object]) -> None:
    at = there = 0
    for low, high, first, last in differences(old, new):
        assert list(old[at:low]) == list(new[there:first])
        assert low < high or first < last
        assert (at, there) == (0, 0) or (low > at and first > there), "two that touch are one"
        at, there = high, last
    assert list(old[at:]) == list(new[there:])


ITEMS = st.lists(st.integers(0, 30), max_size=60)


@given(ITEMS, ITEMS)
def test_small_ones(old: list[int], new: list[int]) -> None:
    assert_they_lead_from_one_to_the_other(old, new)


@pytest.mark.parametrize("small", [0, 1, 20])
@given(old=ITEMS, new=ITEMS)
def test_cut_at_what_both_have_once(small: int, old: list[int], new: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "SMALL", small)
        assert_they_lead_from_one_to_the_other(old, new)


@given(ITEMS)
def test_equal_ones_do_not_differ(items: list[int]) -> None:
    assert differences(items, list(items)) == []


@given(ITEMS, ITEMS)
def test_without_anything_in_common(old: list[int], new: list[int]) -> None:
    new = [-1 - item for item in new]
    whole = Change(0, len(old), 0, len(new))
    assert differences(old, new) == ([whole] if old or new else [])


TEXT = [f"word {number}" for number in range(2_000)]
LARGE = [
    ("one item", [*TEXT[:900], "x", *TEXT[901:]], [Change(900, 901, 900, 901)]),
    ("one gone", [*TEXT[:900], *TEXT[901:]], [Change(900, 901, 900, 900)]),
    ("one new", [*TEXT[:900], "x", *TEXT[900:]], [Change(900, 900, 900, 901)]),
    ("two far apart", ["x", *TEXT[1:1999], "y"], [Change(0, 1, 0, 1), Change(1999, 2000, 1999, 2000)]),
    ("two near", [*TEXT[:50], "x", *TEXT[51:90], "y", *TEXT[91:]], [Change(50, 51, 50, 51), Change(90, 91, 90, 91)]),
    ("one moved", [*TEXT[:5], *TEXT[6:90], TEXT[5], *TEXT[90:]], [Change(5, 6, 5, 5), Change(90, 90, 89, 90)]),
]  # fmt: skip


@pytest.mark.parametrize(("new", "expected"), [pytest.param(*row[1:], id=row[0]) for row in LARGE])
def test_large_ones(new: list[str], expected: list[Change]) -> None:
    assert differences(TEXT, new) == expected


def test_nothing_that_stands_once_is_one_difference() -> None:
    assert differences(["a", "b"] * 500, ["b", "a", "c"] * 500) == [Change(0, 1000, 0, 1500)]


LINES = st.lists(
    st.sampled_from(
        ["One two 5.\n", "Ivan met 7 people.\n", "\n", "  \n", "Three\r\n", "https://a.org/x\n", "last"]
    ),
    max_size=25,
).map("".join)


@given(LINES, LINES)
def test_windows_hold_all_that_differs(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "LONG", 0)
        at = there = 0
        for span, other in windows(old, new):
            if span.start > at or other.start > there:  # windows may overlap in a line that both have
                assert old[at : span.start] == new[there : other.start]
            at, there = span.end, other.end
        assert old[at:] == new[there:]


@given(LINES, LINES)
def test_line_by_line_as_much_is_told_as_at_once(old: str, new: str) -> None:
    def told() -> list[str]:
        before, after = (split(Document("a", text, lang="en")) for text in (old, new))
        return [change.kind for change in compare(before, after)]

    at_once = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "LONG", 0)
        assert bool(told()) == bool(at_once)


def test_a_small_change_in_a_long_text_is_all_that_is_read() -> None:
    lines = [f"Line {number} of the long text.\n" for number in range(10_000)]
    old, new = "".join(lines), "".join([*lines[:5_000], "Line 5,000.\n", *lines[5_001:]])
    ((span, other),) = windows(old, new)
    assert old[span.slice] == "".join(lines[4_999:5_002])
    assert new[other.slice] == f"{lines[4_999]}Line 5,000.\n{lines[5_001]}"
    before, after = (split(Document("a", text)) for text in (old, new))
    (number, _) = compare(before, after)
    assert (number.message, new[number.after.slice]) == ("“5000” became “5,000”", "5,000")
