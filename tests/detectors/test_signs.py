"""Signs for signs: the spaces that a table may bring, and the lines that it leaves alone."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.signs import Params, compile
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap, splice

WIDE = Params("[，：（）]", {"，": ", ", "：": ": ", "（": " (", "）": ") "}, unless_line="[一-鿿]")


def repaired(text: str, params: Params = WIDE) -> str:
    hits = compile(params)(Segment(text, OffsetMap.identity(len(text))), Context(lookup("en")))
    return splice(text, [edit for hit in hits for edit in hit.repairs[0].edits])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One，two", "One, two"),
        ("One， two", "One, two"),
        ("One，", "One,"),
        ("12：30", "12:30"),
        ("1，000 или 2，5", "1,000 или 2,5"),
        ("the mayor（a lawyer）left", "the mayor (a lawyer) left"),
        ("（a lawyer）", "(a lawyer)"),
        ("One，two\n他说，好\nthree，four", "One, two\n他说，好\nthree, four"),
        ("nothing to do", "nothing to do"),
    ],
)
def test_signs(text: str, expected: str) -> None:
    assert repaired(text) == expected


def test_a_broken_pattern_is_told() -> None:
    with pytest.raises(ValueError, match="“pattern”"):
        compile(Params("(", {}))
