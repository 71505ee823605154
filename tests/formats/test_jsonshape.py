"""Lines that are built alike are read by one pattern: the result is that of each line alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.jsonfile import split
from cleaner.formats.jsonscan import strings
from cleaner.formats.jsonshape import Shapes
from cleaner.model import Document, Segment, Trouble

LIKE = '{"id": 7, "title": "Вибори", "tags": ["а", "б"], "more": {"en": "Vote", "uk": "Голос"}}'


def alone(text: str) -> list[tuple[str, str, str | None]]:
    """The segments of each line, read as a file of its own."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            parts = list(split(Document("a", line, "json")))
        except FormatError:
            continue
        for part in parts:
            assert isinstance(part, Segment)
            found.append((f"line {number} {part.address}".rstrip(), part.text, part.lang))
    return found


def together(text: str) -> list[tuple[str, str, str | None]]:
    parts = [part for part in split(Document("a", text, "jsonl")) if isinstance(part, Segment)]
    assert all(part.map.width == len(part.text) for part in parts)
    return [(part.address, part.text, part.lang) for part in parts]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(LIKE.replace("7", "-1.5e9"), id="another number"),
        pytest.param(LIKE.replace("7", "null"), id="null for a number"),
        pytest.param(LIKE.replace('"Вибори"', "null"), id="null for a string"),
        pytest.param(LIKE.replace('"Вибори"', "0"), id="a number for a string"),
        pytest.param(LIKE.replace("7", '"сім"'), id="a string for a number"),
        pytest.param(LIKE.replace('"Вибори"', '""'), id="an empty string"),
        pytest.param(LIKE.replace('"Вибори"', '["Вибори"]'), id="a list for a string"),
        pytest.param(LIKE.replace('"б"', '"б", "в"'), id="one more in a list"),
        pytest.param(LIKE.replace(', "б"', ""), id="one less in a list"),
        pytest.param(LIKE.replace("title", "titel"), id="another key"),
        pytest.param(LIKE.replace(": ", ":").replace(", ", " , "), id="other spaces"),
        pytest.param(f" \t{LIKE} ", id="spaces around it"),
        pytest.param(LIKE.replace("Вибори", r"\"Вибори\""), id="escapes"),
        pytest.param(LIKE.replace("Вибори", r"\u0412\ud83d\ude00"), id="surrogates"),
        pytest.param(LIKE.replace("Вибори", r"Ви\бори"), id="an unknown escape"),
        pytest.param(LIKE.replace("Вибори", "Ви\tбори"), id="a control character"),
        pytest.param(LIKE[:-1], id="no end"),
        pytest.param(LIKE + "}", id="one bracket too many"),
        pytest.param(LIKE + LIKE, id="two values"),
        pytest.param(LIKE.replace(",", "", 1), id="a comma is missing"),
        pytest.param("", id="an empty line"),
        pytest.param("[]", id="an empty list"),
        pytest.param('"а"', id="a string alone"),
    ],
)
def test_a_line_among_others(other: str) -> None:
    text = "\n".join([LIKE, LIKE, LIKE, other, other, other, LIKE, other])
    assert together(text) == alone(text)
    broken = {
        trouble.span.start for trouble in split(Document("a", text, "jsonl")) if isinstance(trouble, Trouble)
    }
    assert len(broken) in (0, 4)


def test_a_pattern_reads_what_the_scanner_reads() -> None:
    shapes = Shapes(None)
    for _ in range(3):
        layout, stretches = shapes.read(LIKE, 0, len(LIKE))
    assert [(place.address, *stretch) for place, stretch in zip(layout, stretches, strict=True)] == list(
        strings(LIKE, 0, len(LIKE))
    )


@pytest.mark.parametrize("fields", [("title",), ("/tags/*",), ("/more",), ("nothing",)])
def test_fields_restrict_lines_that_are_alike(fields: tuple[str, ...]) -> None:
    text = "\n".join([LIKE] * 5)
    parts = [part for part in split(Document("a", text, "jsonl", fields=fields)) if isinstance(part, Segment)]
    one = [part for part in split(Document("a", LIKE, "json", fields=fields)) if isinstance(part, Segment)]
    assert [part.text for part in parts] == [part.text for part in one] * 5


VALUES = st.recursive(
    st.text('аб\\"\n\u2028 ', max_size=3) | st.integers(-9, 9) | st.none() | st.booleans() | st.just(1e30),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "en", "uk", "b/c", "~"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.lists(VALUES, min_size=1, max_size=3), st.lists(st.integers(0, 2), max_size=9), st.booleans())
def test_generated_lines(shapes: list[Any], order: list[int], ascii: bool) -> None:
    lines = [json.dumps(shapes[number % len(shapes)], ensure_ascii=ascii) for number in order]
    text = "\n".join(lines)
    parts = [part for part in split(Document("a", text, "jsonl")) if isinstance(part, Segment)]
    assert [(part.address, part.text, part.lang) for part in parts] == alone(text)
