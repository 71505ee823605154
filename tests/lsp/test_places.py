"""Positions of an editor: every place there and back, in every unit, against Python's own codecs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from cleaner.lsp.places import Places, sound
from cleaner.offsets import Span

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
PIECES = ["a", "и", "😀", "𝔄", "e\u0301", "👩\u200d🚀", "\u2028", "\u0085", "\x0b", "\r\n", "\n", "\r", "文"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXTS, st.sampled_from(list(CODECS)))
def test_every_place_there_and_back(text: str, encoding: str) -> None:
    places = Places(text, encoding)
    codec, width = CODECS[encoding]
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # between them is no place of the protocol
        found = places.at(offset)
        line = text[places.line_start(offset) : offset]
        assert found.character == len(line.encode(codec)) // width
        assert places.offset(found) == offset


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 21), ("utf-16", 12), ("utf-32", 10)])
def test_after_an_emoji_and_an_astral_letter(encoding: str, character: int) -> None:
    text = "Он 😀 𝔄ллы [будут]"  # letters of 2, 4 and 1 bytes: 4 + 1 + 4 + 1 + 4 + 6 + 1
    places = Places(text, encoding)
    assert places.at(text.index("[")) == types.Position(0, character)


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        ((0, 99), 3),  # beyond the line: its end, before the break
        ((9, 0), 7),  # beyond the text: its end
        ((1, 1), 6),  # in the middle of the emoji: after it
        ((1, 2), 6),
    ],
    ids=["beyond the line", "beyond the text", "inside a character", "after it"],
)
def test_positions_that_are_none(position: tuple[int, int], offset: int) -> None:
    assert Places("abc\r\n😀b").offset(types.Position(*position)) == offset


def test_a_range_turned_around_is_the_same() -> None:
    places = Places("one\ntwo")
    turned = types.Range(types.Position(1, 1), types.Position(0, 2))
    assert places.span(turned) == Span(2, 5)


def test_half_a_character_becomes_a_whole_one() -> None:
    assert sound("a\ud83d b") == "a\ufffd b"
    assert Places(sound("\ud83d[x]"), "utf-8").at(1).character == 3
