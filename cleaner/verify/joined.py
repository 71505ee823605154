"""Some segments as one text: what it states, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cleaner.model import Document, Segment
from cleaner.offsets import Span
from cleaner.verify.facts import facts
from cleaner.verify.tokens import Token

_GAP = "\n\n"
# Formats in which an empty line is read as one, rather than as a space or as an end of the segment.
_WITH_PARAGRAPHS = frozenset({"plain", "json", "jsonl", "csv", "tsv", "po", "yaml"})


class Joined:
    """Some segments of a document; spans are in `text`. `facts` lie each in one segment.

    `at` is where in the source they would stand when there are none; of a single one a part can be looked
    at, `window`.
    """

    __slots__ = ("at", "facts", "segments", "starts", "text", "window")

    def __init__(
        self, segments: Sequence[Segment], document: Document, at: int = 0, window: Span | None = None
    ) -> None:
        self.segments, self.at = segments, at
        self.window = window or Span(0, sum(len(segment.text) for segment in segments))
        texts = [segment.text for segment in segments] if window is None else [segments[0].text[window.slice]]
        self.text = _GAP.join(texts)
        self.starts: list[int] = []
        self.facts: list[Token] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            own = facts(text, paragraphs=document.format in _WITH_PARAGRAPHS)
            self.facts += [fact._replace(span=fact.span.shift(at)) for fact in own] if at else own
            at += len(text) + len(_GAP)

    def source(self, span: Span) -> Span:
        """A span of the text in the source of the document."""
        if not self.segments:
            return Span(self.at, self.at)
        start, end = (self._place(at, is_end=bool(n)) for n, at in enumerate(span))
        return Span(min(start, end), end)

    def address(self, at: int) -> str:
        return self.segments[self.number(at)].address if self.segments else ""

    def number(self, at: int) -> int:
        """Which of the segments a place lies in."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def _place(self, at: int, *, is_end: bool) -> int:
        number = self.number(at - is_end if at else 0)
        segment = self.segments[number]
        inside = min(at - self.starts[number] + self.window.start, len(segment.text))
        if is_end and inside:
            return segment.map.to_source(Span(inside - 1, inside))[-1].end
        if inside < len(segment.text):
            return segment.map.to_source(Span(inside, inside + 1))[0].start
        return segment.map.to_source(Span(inside, inside))[0].start

    def span(self, low: int, high: int) -> Span:
        """From one fact to another; empty when there is none, after the one before."""
        if low < high:
            return Span(self.facts[low].span.start, self.facts[high - 1].span.end)
        at = self.facts[low - 1].span.end if low else 0
        return Span(at, at)
