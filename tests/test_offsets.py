"""Spans, maps, edits and lines hold for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.offsets import (
    Edit,
    LineIndex,
    OffsetMap,
    Position,
    Run,
    Span,
    SpanIndex,
    splice,
    unsplice,
    utf8,
    utf16,
)

TEXTS = st.text(alphabet=st.sampled_from("aб漢😀 \u0301\u2028\uffff\n\r\x0b"), max_size=40)

SHORT = [Span(start, end) for start in range(5) for end in range(start, 5)]


def points(span: Span, *, borders: bool) -> set[int]:
    """A span as points of a line, 2n + 1 for code point n, even ones for the borders between two."""
    if borders or not span.size:
        return set(range(2 * span.start, 2 * span.end + 1))
    return set(range(2 * span.start + 1, 2 * span.end))


@pytest.mark.parametrize("one", SHORT, ids=str)
def test_how_two_spans_lie(one: Span) -> None:
    for other in SHORT:
        shared = points(one, borders=False) & points(other, borders=False)
        if one.size or other.size:  # two empty ones share no code point
            assert one.overlaps(other) == bool(shared), other
        assert one.touches(other) == bool(points(one, borders=True) & points(other, borders=True)), other
        assert one.covers(other) == (points(one, borders=True) >= points(other, borders=True)), other


NEAR = st.builds(
    lambda start, size: Span(start, start + size),
    st.integers(0, 300),
    st.sampled_from([0, 1, 5, 63, 64, 65, 130]),
)


@given(st.lists(NEAR, max_size=20), NEAR)
def test_an_index_names_all_that_touch(spans: list[Span], one: Span) -> None:
    index = SpanIndex()
    for span in spans:
        index.add(span)
    assert {span for span in spans if span.touches(one)} <= set(index.around(one))


@pytest.mark.parametrize("edge", [63, 64, 65, 128])
def test_an_index_names_what_touches_at_the_edge_of_a_cell(edge: int) -> None:
    for one, other in (
        (Span(3, edge), Span(edge, 200)),
        (Span(edge, 200), Span(3, edge)),
        (Span(edge, edge),) * 2,
    ):
        index = SpanIndex()
        index.add(one)
        assert list(dict.fromkeys(index.around(other))) == [one]


def test_an_index_does_not_look_at_what_is_far() -> None:
    index = SpanIndex()
    for start in range(0, 100_000, 10):
        index.add(Span(start, start + 5))
    assert len(list(index.around(Span(50_000, 50_001)))) < 30


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that neither overlap nor touch."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(Span(a, b), draw(st.text(alphabet="xyz", max_size=3))) for a, b in pairs]


@given(edited())
def test_bytes_outside_edits_are_identical(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    new = splice(text, edits)
    assert len(new) == len(text) + sum(len(edit.text) - edit.span.size for edit in edits)
    at = 0
    for span, inserted in sorted(edits):
        assert new.startswith(text[at : span.start])
        new = new[len(text[at : span.start]) :]
        assert new.startswith(inserted)
        new = new[len(inserted) :]
        at = span.end
    assert new == text[at:]


@given(edited())
def test_untouched_characters_map_back_to_themselves(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    new = splice(text, edits)
    touched = {i for edit in edits for i in range(*edit.span)}
    shift = 0
    for i in range(len(text)):
        shift += sum(len(e.text) - e.span.size for e in edits if e.span.end == i or (e.span == (i, i)))
        if i not in touched:
            now = i + sum(len(e.text) - e.span.size for e in edits if e.span.end <= i)
            assert new[now] == text[i]
            assert unsplice(Span(now, now + 1), edits) == Span(i, i + 1)


def test_what_an_edit_wrote_maps_to_what_it_replaced() -> None:
    edits = [Edit(Span(6, 11), "will")]  # both [будут] be
    assert unsplice(Span(6, 10), edits) == Span(6, 11)
    assert unsplice(Span(7, 8), edits) == Span(6, 11)
    assert unsplice(Span(11, 12), edits) == Span(12, 13)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])


@given(TEXTS)
def test_positions_and_offsets_are_opposites(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        position = index.position(offset)
        assert index.offset(position) == offset
        assert position >= Position(1, 1)


@given(TEXTS)
def test_lines_break_as_editors_break_them(text: str) -> None:
    index = LineIndex(text)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [index.line(number + 1) for number in range(len(index))] == expected
    for number, line in enumerate(expected, 1):
        assert text.startswith(line, index.start(number))
        assert index.position(index.start(number)) == Position(number, 1)


@given(TEXTS)
def test_units_of_other_tools(text: str) -> None:
    for offset in range(len(text) + 1):
        assert utf16(text, offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert utf8(text, offset) == len(text[:offset].encode())


# U+DC80 to U+DCFF are bytes that could not be decoded; any other half of a pair came from a program or from JSON.
HALVES = [("\udc80", 1), ("\udcff", 1), ("\udc7f", 3), ("\udd00", 3), ("\ud800", 3), ("é", 2)]


@given(st.lists(st.sampled_from(HALVES), max_size=6))
def test_bytes_of_what_is_no_text(halves: list[tuple[str, int]]) -> None:
    text = "".join(half for half, _ in halves)
    assert utf8(text, len(text)) == sum(size for _, size in halves)


ENTITY = OffsetMap((Run(0, 10, 3, 3), Run(3, 13, 1, 5, atomic=True), Run(4, 18, 2, 2), Run(6, 30, 4, 4)))


@pytest.mark.parametrize(
    ("view", "pieces"),
    [
        pytest.param(Span(0, 2), (Span(10, 12),), id="inside a literal run"),
        pytest.param(Span(3, 4), (Span(13, 18),), id="an entity is taken whole"),
        pytest.param(Span(2, 5), (Span(12, 19),), id="runs that touch are one piece"),
        pytest.param(Span(5, 7), (Span(19, 20), Span(30, 31)), id="markup lies between"),
        pytest.param(Span(4, 4), (Span(18, 18),), id="an insertion after an entity"),
        pytest.param(Span(6, 6), (Span(20, 20),), id="an insertion stays on the near side of markup"),
        pytest.param(Span(10, 10), (Span(34, 34),), id="the very end"),
        pytest.param(Span(0, 0), (Span(10, 10),), id="the very beginning"),
        pytest.param(Span(0, 3), (Span(10, 13),), id="up to an entity"),
        pytest.param(Span(0, 10), (Span(10, 20), Span(30, 34)), id="all of it"),
    ],
)
def test_view_to_source(view: Span, pieces: tuple[Span, ...]) -> None:
    assert ENTITY.to_source(view) == pieces


MAPS = [
    ("nothing at all", (), Span(0, 0), (Span(0, 0),)),
    ("a view that begins with its source", (Run(0, 0, 2, 2),), Span(0, 2), (Span(0, 2),)),
    (
        "the second piece grows",
        (Run(0, 0, 2, 2), Run(2, 10, 2, 2), Run(4, 12, 1, 5, atomic=True)),
        Span(1, 5),
        (Span(1, 2), Span(10, 17)),
    ),
    (
        "what is not shown is left out",
        (Run(0, 0, 2, 2), Run(2, 2, 0, 5, atomic=True), Run(2, 7, 2, 2)),
        Span(0, 4),
        (Span(0, 2), Span(7, 9)),
    ),
    (
        "a line break that stands for markup",
        (Run(0, 3, 2, 2), Run(2, 5, 1, 0, True)),
        Span(2, 3),
        (Span(5, 5),),
    ),
    ("with a word before it", (Run(0, 3, 2, 2), Run(2, 5, 1, 0, True)), Span(1, 3), (Span(4, 5),)),
]


@pytest.mark.parametrize(("name", "runs", "view", "pieces"), MAPS, ids=[row[0] for row in MAPS])
def test_other_maps(name: str, runs: tuple[Run, ...], view: Span, pieces: tuple[Span, ...]) -> None:
    assert OffsetMap(runs).to_source(view) == pieces


def test_a_map_of_nothing_is_of_no_width() -> None:
    assert OffsetMap(()).width == 0
    assert OffsetMap.identity(3) == OffsetMap((Run(0, 0, 3, 3),))


@pytest.mark.parametrize("span", [Span(-1, 0), Span(3, 2), Span(0, 11)])
def test_a_span_outside_the_view_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="outside"):
        ENTITY.to_source(span)


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param((Run(0, 0, 2, 3),), id="a literal run of two widths"),
        pytest.param((Run(1, 0, 2, 2),), id="a gap in the view"),
        pytest.param((Run(0, 5, 2, 2), Run(2, 4, 2, 2)), id="source that goes back"),
        pytest.param((Run(0, -1, 2, 2),), id="source before the beginning"),
        pytest.param((Run(0, 0, -1, 2, atomic=True),), id="a negative width"),
        pytest.param((Run(0, 0, 2, -1, atomic=True),), id="a negative size"),
    ],
)
def test_a_map_checks_itself(runs: tuple[Run, ...]) -> None:
    with pytest.raises(ValueError, match="run"):
        OffsetMap(runs)
