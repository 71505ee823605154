"""Edits of the source as edits of the readable text: what a reader saw before, and sees after.

A certificate speaks of what is read. In a file with escapes the source says `&amp;nbsp;` where the
reader sees `&nbsp;`; so both sides are looked up in the views that the format gives, before the edit
and after it, and nothing here knows any escape.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cleaner.model import Document, Finding, Segment
from cleaner.offsets import Edit, OffsetMap, Span

_EMPTY = Segment("", OffsetMap(()))  # what a plain text is that is empty now


class Views:
    """The segments of a document before and after some repairs, and what each repair did in them.

    `fits` is false when the two have not the same number of segments; then nothing can be said.
    """

    __slots__ = ("_after", "_before", "_now", "_runs", "fits")

    def __init__(self, before: Document, after: Document, done: Sequence[Finding]) -> None:
        self._before = before.segments
        self._after = after.segments or (_EMPTY,) * (len(before.segments) == 1)
        self.fits = len(self._before) == len(self._after)
        edits = sorted(edit for finding in done if finding.fix for edit in finding.fix.edits)
        moved = accumulate((len(text) - span.size for span, text in edits), initial=0)
        self._now = {edit: edit.span.start + by for edit, by in zip(edits, moved, strict=False)}
        addresses = {finding.address for finding in done}
        self._runs: dict[str, list[tuple[int, int]]] = {address: [] for address in addresses}
        for number, segment in enumerate(self._before):
            if segment.address in addresses:
                self._runs[segment.address] += ((run.source, number) for run in segment.map.runs)
        for runs in self._runs.values():
            runs.sort()

    def edits(self, finding: Finding) -> dict[int, list[Edit]]:
        """The edits of a repair in the views before it, each with what is read there now, by segment."""
        found: dict[int, list[Edit]] = {}
        for edit in finding.fix.edits if finding.fix else ():
            span, text = edit
            number = self._segment(span, finding.address)
            segment, now = self._before[number], self._after[number]
            new = ""
            if text and now is not _EMPTY:
                start = self._now[edit]
                new = now.text[_in_view(now, Span(start, start + len(text))).slice]
            found.setdefault(number, []).append(Edit(_in_view(segment, span), new))
        return found

    def found(self, finding: Finding, number: int) -> Span:
        """What was found as a span of the view of a segment before the repairs; empty where it does not reach."""
        return _in_view(self._before[number], finding.span)

    def before(self, number: int) -> str:
        """The readable text of a segment before the repairs."""
        return self._before[number].text

    def after(self, number: int) -> str:
        """The readable text of the same segment after them."""
        return self._after[number].text

    def _segment(self, span: Span, address: str) -> int:
        """The number of the segment with an address that a span of the source belongs to.

        Several may have one address, the paragraphs of a page; what is inserted belongs to the one
        that ends there.
        """
        runs = self._runs[address]
        key = (span.start, -1 if span.start == span.end else len(self._before))
        return runs[max(bisect_left(runs, key) - 1, 0)][1]


def _in_view(segment: Segment, span: Span) -> Span:
    """The stretch of a view that a stretch of the source is read as.

    An empty one lies at the end of what stands before it, as in `OffsetMap.to_source`.
    """
    end = _end(segment, span.end)
    return Span(end if span.start == span.end else min(_start(segment, span.start), end), end)


def _start(segment: Segment, at: int) -> int:
    runs = segment.map.runs
    number = bisect_right(runs, at, key=lambda run: run.source) - 1
    if number < 0:
        return 0
    run = runs[number]
    inside = at - run.source
    if inside >= run.size:
        return run.view + run.width
    return run.view if run.atomic else run.view + inside


def _end(segment: Segment, at: int) -> int:
    runs = segment.map.runs
    number = bisect_left(runs, at, key=lambda run: run.source) - 1
    if number < 0:
        return 0
    run = runs[number]
    inside = at - run.source
    return run.view + (run.width if inside >= run.size or run.atomic else inside)
