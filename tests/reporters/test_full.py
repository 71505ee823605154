"""The code frame: carets stand under the words in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from cleaner.offsets import Span
from cleaner.reporters.full import window


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
