"""The code frame: carets stand under the words in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from cleaner.model import FileReport, Report, Safety
from cleaner.offsets import Span
from cleaner.reporters.base import Look, summary
from cleaner.reporters.full import window
from tests.reporters.samples import find, repair


@pytest.mark.parametrize(
    ("line", "found", "width", "shown"),
    [
        ("they both [будут] be", "[будут]", 60, ["they both [будут] be", "          ^^^^^^^"]),
        ("今天 [будут] 在", "[будут]", 60, ["今天 [будут] 在", "     ^^^^^^^"]),
        ("e\u0301te\u0301 ok", "ok", 60, ["e\u0301te\u0301 ok", "    ^^"]),
        ("a\u200bb x", "x", 60, ["a<U+200B>b x", "           ^"]),
        ("tab\there", "here", 60, ["tab<U+0009>here", "           ^^^^"]),
        ("x" * 50 + "[y]" + "z" * 50, "[y]", 23, ["…" + "x" * 9 + "[y]" + "z" * 9 + "…", " " * 10 + "^^^"]),
    ],
)
def test_window(line: str, found: str, width: int, shown: list[str]) -> None:
    start = line.index(found)
    assert list(window(line, Span(start, start + len(found)), width)) == shown


def test_something_missing_gets_one_caret() -> None:
    assert window("He said yes.”", Span(8, 8), 60) == ("He said yes.”", "        ^")


@given(st.text(alphabet="aб漢\u0301\u200b\t😀", max_size=80), st.integers(0, 80), st.integers(0, 10))
def test_carets_stand_where_the_words_do(line: str, start: int, size: int) -> None:
    span = Span(min(start, len(line)), min(start + size, len(line)))
    text, carets = window(line, span, 40)
    assert wcswidth(carets) <= max(wcswidth(text), 1) + 1
    assert "\u200b" not in text


FEED = Look(repairs="--write DIR")
SUMMARIES = {
    "safe ones": ([Safety.SAFE], Look(), "1 fixable with `cleaner fix`."),
    "both": (
        [Safety.SAFE, Safety.UNSAFE],
        Look(),
        "1 fixable with `cleaner fix` (1 more with --unsafe-fixes).",
    ),
    "unsafe ones": ([Safety.UNSAFE], Look(), "1 fixable with `cleaner fix --unsafe-fixes`."),
    "unsafe ones of a repair": ([Safety.UNSAFE], Look(fixing=True), "1 fixable with --unsafe-fixes."),
    "a feed": (
        [Safety.SAFE, Safety.UNSAFE],
        FEED,
        "1 fixable with `--write DIR` (1 more with --unsafe-fixes).",
    ),
    "unsafe ones of a feed": ([Safety.UNSAFE], FEED, "1 fixable with `--write DIR --unsafe-fixes`."),
    "manual ones": ([Safety.MANUAL], Look(), "Found 1 problem."),
}


@pytest.mark.parametrize(("safeties", "look", "last"), SUMMARIES.values(), ids=SUMMARIES)
def test_the_closing_line_says_what_to_type(safeties: list[Safety], look: Look, last: str) -> None:
    text = "a teh b"
    found = tuple(
        find(text, "made/up", "teh", "x", repair(text, "teh", "the", safety, "x")) for safety in safeties
    )
    report = Report((FileReport("a.txt", found, before=text, after=text),))
    assert summary(report, look).splitlines()[-1] == last


def test_the_closing_line_tells_of_files_that_could_not_be_read() -> None:
    text = "a teh b"
    found = FileReport("a.txt", (find(text, "made/up", "teh", "x"),), before=text, after=text)
    lost = FileReport("b.txt", error="cannot be read: Permission denied")
    assert summary(Report((found, lost)), Look()) == "Found 1 problem. 1 file could not be read or written."
    assert summary(Report((lost,)), Look()) == "1 file could not be read or written, 0 files checked."
