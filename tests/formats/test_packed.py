"""Packed segments are those that were added, and take little memory."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import formats
from cleaner.formats.base import segment
from cleaner.formats.escapes import unescape
from cleaner.formats.maps import PlainMap
from cleaner.formats.packed import Packed
from cleaner.model import Document, Item, Role, Segment
from cleaner.offsets import OffsetMap, Run

_TWO = re.compile("''")
SOURCE = "<p>Так &amp; ні</p>"
ITEM = Item("7", "https://example.org/7")

ADDED = {
    "plain": segment("Так", PlainMap(3, 3), "uk", Role.TITLE, "p 1", None, "ru", ITEM, str.upper),
    "a map with runs": segment("ні", OffsetMap.identity(2, 13), address="p 2"),
    "an escape": segment("&", OffsetMap((Run(0, 7, 1, 5, True),)), "uk", address="p 3"),
    "with its original": segment("ні", PlainMap(13, 2), "uk", Role.TARGET, "unit 1", "нет", "ru"),
    "locked": segment("Так", PlainMap(3, 3), locked="the translation is final"),
    "not what is written": segment("Ні", PlainMap(13, 2), "uk"),
    "shorter than its map": segment("Та", PlainMap(3, 3)),
    "empty": segment("", PlainMap(3, 0)),
}


def packed(*added: Segment) -> Packed:
    segments = Packed(SOURCE)
    for one in added:
        segments.append(one)
    return segments


@pytest.mark.parametrize("one", ADDED.values(), ids=ADDED)
def test_a_segment_comes_out_as_it_went_in(one: Segment) -> None:
    assert packed(one)[0] == one
    assert list(packed(one, one)) == [one, one]


def test_segments_are_a_sequence() -> None:
    all = tuple(ADDED.values())
    segments = packed(*all)
    assert segments == all
    assert all == segments
    assert segments == packed(*all)
    assert hash(segments) == hash(all)
    assert segments != packed(*all[1:])
    assert segments != packed(*all[:-1], all[0])
    assert segments != list(all)
    assert (segments[-1], segments[1:3], segments[::-2]) == (all[-1], all[1:3], all[::-2])
    assert not packed()
    with pytest.raises(IndexError):
        segments[len(all)]


@given(st.lists(st.sampled_from(list(ADDED.values()))))
def test_any_segments_come_out_as_they_went_in(added: list[Segment]) -> None:
    assert list(packed(*added)) == added


def test_a_map_that_is_made_late_is_equal_to_one_that_stands() -> None:
    late, now = PlainMap(3, 4), OffsetMap.identity(4, 3)
    assert late == now
    assert now == late
    assert hash(late) == hash(now)
    assert late != PlainMap(3, 5)
    assert late != "(3, 4)"
    _, escaped = unescape("it''s", [(0, 5)], _TWO, lambda _: "'")
    assert escaped == OffsetMap((Run(0, 0, 2, 2), Run(2, 2, 1, 2, True), Run(3, 4, 1, 1)))


WORDS = {
    "json": ("[", '{"en": "Monday", "uk": "Понеділок"},\n', '"end"]'),
    "html": ("", "<tr><td>Monday</td><td lang=uk>Понеділок</td></tr>\n", ""),
    "yaml": ("", "- en: Monday\n  uk: Понеділок\n", ""),
    "csv": ("en,uk\n", "Monday,Понеділок\n", ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("format", WORDS)
def test_many_short_texts_take_little_more_than_their_addresses(format: str) -> None:
    begin, record, end = WORDS[format]
    document = Document("a", begin + record * 5000 + end, format)
    formats.split(Document("a", begin + record * 2 + end, format))  # what is imported and compiled once
    tracemalloc.start()
    try:
        segments = formats.split(document).segments
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(segments) >= 10_000
    assert kept / len(segments) < 130  # bytes; a Segment with its text, map and address takes 400
    assert peak / len(segments) < 600
