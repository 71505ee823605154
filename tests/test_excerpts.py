"""Excerpts: what is kept of a text stands where it stood, in every unit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import excerpts
from cleaner.excerpts import Cutting, Excerpts, Mark
from cleaner.offsets import LineIndex, Span, utf8, utf16
from cleaner.reporters.source import Source

texts = st.lists(st.sampled_from(["a", "да", "😀", "\udce9", "\n", "\r\n", "\r", "word "]), max_size=60).map(
    "".join
)


def blocks(text: str, ends: list[int]) -> list[str]:
    """The text in blocks that end with a line feed, or with the text."""
    places = sorted({at for end in ends if (at := text.find("\n", end) + 1)} | {0, len(text)})
    return [text[low:high] for low, high in itertools.pairwise(places)]


@given(texts, st.lists(st.integers(0, 60)), st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5))))
@example("\naaa\na", [0, 1], [(0, 2)])  # from one block into the next
def test_what_is_kept_stands_where_it_stood(
    text: str, ends: list[int], wanted: list[tuple[int, int]]
) -> None:
    spans = [Span(min(at, len(text)), min(at + size, len(text))) for at, size in wanted]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(excerpts, "REACH", 9)
        patched.setattr(excerpts, "BEYOND", 4)
        cutting, at = Cutting(), 0
        for block in blocks(text, ends):
            end = at + len(block)
            is_last = end == len(text)
            cutting.add(
                block, [span for span in spans if at <= span.start < end or (is_last and span.start == end)]
            )
            at = end
        kept = Excerpts("", cutting.size, cutting.finish())
    assert kept.size == len(text)
    lines, whole = LineIndex(text), Source(text)
    some = Source(kept)
    for piece in kept.pieces:
        mark = piece.start
        assert text.startswith(piece.text, mark.at)
        row = lines.position(mark.at).line
        assert mark == Mark(
            mark.at,
            row,
            utf16(text, mark.at),
            utf8(text, mark.at),
            lines.start(row),
            utf8(text, lines.start(row)),
        )
        for offset in range(mark.at, piece.end):
            assert some.position(offset) == whole.position(offset)
            assert some.unit(offset) == whole.unit(offset)
            assert some.byte_in_line(offset) == whole.byte_in_line(offset)
    for span in spans if text else []:
        around = Span(max(0, span.start - 4), min(len(text), span.end + 4))
        assert some.slice(*around) == text[around.slice]


def test_what_was_not_kept_cannot_be_asked_for() -> None:
    kept = Excerpts("", 50_000)
    with pytest.raises(LookupError, match="what stands at 7 was not kept"):
        Source(kept).position(7)


def test_the_same_bytes_are_the_same_text() -> None:
    cutting = Cutting()
    cutting.add("a\n", [Span(0, 1)])
    assert Excerpts("x", 2) == Excerpts("x", 2, cutting.finish())
    assert Excerpts("x", 2) != Excerpts("y", 2)
