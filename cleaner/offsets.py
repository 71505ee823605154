"""Where things are: spans, maps from a view to its source, and lines for people.

Inside cleaner there is one unit, the code point, and one form, the half-open span [start, end).
Lines, columns, UTF-16 units and bytes exist only at the edge, for people and other tools, and are
computed here and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.values import dataclass


class Span(NamedTuple):
    """A half-open range of code points [start, end); start == end is an empty place.

    >>> Span(404, 411).size
    7
    >>> "когда [будут]"[Span(6, 13).slice]
    '[будут]'
    """

    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def slice(self) -> slice:
        return slice(self.start, self.end)

    def shift(self, by: int) -> Span:
        """The same span, `by` code points further on.

        >>> Span(1, 3).shift(10)
        Span(start=11, end=13)
        """
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point; an empty span lies in what surrounds it.

        >>> Span(1, 3).overlaps(Span(3, 5)), Span(2, 2).overlaps(Span(1, 3))
        (False, True)
        """
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Whether the two overlap or stand side by side.

        >>> Span(1, 3).touches(Span(3, 5)), Span(1, 3).touches(Span(4, 5))
        (True, False)
        """
        return self.start <= other.end and other.start <= self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside.

        >>> Span(0, 9).covers(Span(2, 9))
        True
        """
        return self.start <= other.start and other.end <= self.end


class Run(NamedTuple):
    """A stretch of view that comes from a stretch of source.

    `view` and `source` are where it begins, `width` its code points in the view, `size` its code
    points in the source. An atomic run is an escape or an entity: it is taken whole or not at all.
    """

    view: int
    source: int
    width: int
    size: int
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From the code points of a view to those of its source.

    Runs are sorted and do not overlap, in the view they follow each other without a gap; a gap in
    the source is markup. The map checks itself when it is built.

    >>> entity = OffsetMap((Run(0, 10, 3, 3), Run(3, 13, 1, 5, atomic=True), Run(4, 18, 2, 2)))
    >>> entity.to_source(Span(2, 5))                  # 'c' + '&amp;' + 'd'
    (Span(start=12, end=19),)
    """

    runs: tuple[Run, ...]

    def __post_init__(self) -> None:
        view = source = 0
        for run in self.runs:
            if run.view != view or run.source < source or run.width < 0 or run.size < 0:
                raise ValueError(f"runs out of order at {run}")
            if not run.atomic and run.width != run.size:
                raise ValueError(f"a literal run has one width: {run}")
            view, source = run.view + run.width, run.source + run.size

    @classmethod
    def identity(cls, size: int, source: int = 0) -> OffsetMap:
        """The map of a view that is a plain stretch of the source.

        >>> OffsetMap.identity(5, source=7).to_source(Span(1, 3))
        (Span(start=8, end=10),)
        """
        return cls((Run(0, source, size, size),))

    @property
    def width(self) -> int:
        """Code points of the whole view."""
        return self.runs[-1].view + self.runs[-1].width if self.runs else 0

    def to_source(self, span: Span) -> tuple[Span, ...]:
        """The pieces of source that `span` of the view stands for; more than one when markup lies between.

        An empty span gives one empty piece: where text would be inserted; so does a span that holds
        nothing but stand-ins for markup. Atomic runs are widened to their whole. Raises ValueError
        when the span lies outside the view.
        """
        if (
            len(self.runs) == 1
            and not self.runs[0].atomic
            and 0 <= span.start <= span.end <= self.runs[0].width
        ):
            start = self.runs[0].source  # plain text: most documents are
            return (Span(start + span.start, start + span.end),)
        if not 0 <= span.start <= span.end <= self.width:
            raise ValueError(f"{span} lies outside a view of {self.width} code points")
        if span.start == span.end:
            at = self._place(span.start)
            return (Span(at, at),)
        pieces: list[Span] = []
        first = bisect_right(self.runs, span.start, key=lambda run: run.view) - 1
        for run in self.runs[first:]:
            if run.view >= span.end:
                break
            if not run.width:
                continue
            if run.atomic:
                piece = Span(run.source, run.source + run.size)
            else:
                low = max(span.start, run.view)
                high = min(span.end, run.view + run.width)
                piece = Span(run.source + low - run.view, run.source + high - run.view)
            if pieces and pieces[-1].end == piece.start:
                pieces[-1] = Span(pieces[-1].start, piece.end)
            elif piece.size:
                pieces.append(piece)
        if not pieces:  # only characters that stand for markup: a <br> that is read as a line break
            at = self.runs[first].source
            return (Span(at, at),)
        return tuple(pieces)

    def _place(self, at: int) -> int:
        """The source offset of an insertion: at the end of a run rather than before the next one."""
        if not self.runs:
            return 0
        number = max(bisect_left(self.runs, at, key=lambda run: run.view) - 1, 0)
        run = self.runs[number]
        if run.atomic:
            return run.source if at == run.view else run.source + run.size
        return run.source + at - run.view


class Edit(NamedTuple):
    """Replace the code points of `span` by `text`: "" deletes, an empty span inserts."""

    span: Span
    text: str


def splice(text: str, edits: Iterable[Edit]) -> str:
    """`text` with non-overlapping edits applied; everything outside the spans is identical.

    Raises ValueError when two edits overlap.

    >>> splice("both [будут] be", [Edit(Span(6, 11), "will")])
    'both [will] be'
    """
    parts: list[str] = []
    at = 0
    for span, new in sorted(edits):
        if span.start < at:
            raise ValueError(f"edits overlap at {span}")
        parts += (text[at : span.start], new)
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def unsplice(span: Span, edits: Iterable[Edit]) -> Span:
    """Where `span` of the edited text lay before the edits; what an edit wrote maps to what it replaced.

    >>> unsplice(Span(6, 10), [Edit(Span(0, 4), "")])
    Span(start=10, end=14)
    """
    return Undo(edits).span(span)


class Undo:
    """What `unsplice` says, for many spans of one edited text."""

    __slots__ = ("_edits", "_ends", "_shifts", "_starts")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits)
        self._starts: list[int] = []  # of what the edits wrote
        self._ends: list[int] = []
        self._shifts = [0]  # by how much the text before an edit has moved
        for span, new in self._edits:
            self._starts.append(span.start + self._shifts[-1])
            self._ends.append(self._starts[-1] + len(new))
            self._shifts.append(self._shifts[-1] + len(new) - span.size)

    def span(self, span: Span) -> Span:
        """Where a span of the edited text lay before the edits."""
        start = self._place(span.start, is_end=False)
        return Span(start, max(start, self._place(span.end, is_end=True)))

    def _place(self, at: int, *, is_end: bool) -> int:
        number = (bisect_left if is_end else bisect_right)(self._ends, at)
        if number == len(self._edits):
            return at - self._shifts[number]
        start = self._starts[number]
        if at <= start:
            return at - self._shifts[number]
        written = self._edits[number].span
        return written.end if is_end else written.start


class SpanIndex:
    """Spans by where they lie, so that asking what is near one does not look at all of them.

    >>> index = SpanIndex()
    >>> index.add(Span(3, 5)); index.add(Span(900, 901))
    >>> list(index.around(Span(5, 6)))
    [Span(start=3, end=5)]
    """

    __slots__ = ("_cells",)
    _WIDTH = 64  # code points a cell; most spans lie in one or two

    def __init__(self) -> None:
        self._cells: dict[int, list[Span]] = {}

    def add(self, span: Span) -> None:
        for cell in self._of(span):
            self._cells.setdefault(cell, []).append(span)

    def around(self, span: Span) -> Iterator[Span]:
        """Every span that overlaps or touches, and others near it; one may come more than once."""
        for cell in self._of(span):
            yield from self._cells.get(cell, ())

    def _of(self, span: Span) -> range:
        """The cells of a span and of where it ends, so that spans which touch have one in common."""
        return range(span.start // self._WIDTH, span.end // self._WIDTH + 1)


class Position(NamedTuple):
    """A place as people and editors count it: line and column from 1, in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


_BREAK = re.compile(r"\r\n|\n|\r")
_FEED = re.compile(r"\n")  # the same for texts without \r, many times as fast


def breaks(text: str) -> int:
    r"""How many line breaks there are: \n, \r\n, \r.

    >>> breaks("раз\r\nдва\u2028три\n")
    2
    """
    return text.count("\n") if "\r" not in text else sum(1 for _ in _BREAK.finditer(text))


class LineIndex:
    r"""Lines of a text, broken at \n, \r\n and \r and nowhere else, as editors and SARIF do.

    `str.splitlines` also breaks at U+2028, U+0085 and form feeds, and would move every later line.

    >>> index = LineIndex("раз\r\nдва\u2028три")
    >>> index.position(7)
    Position(line=2, column=3)
    >>> index.line(2)
    'два\u2028три'
    """

    __slots__ = ("_found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[int] | None = None

    @property
    def _starts(self) -> list[int]:
        """Where lines begin; looked for when they are first asked for, as most texts have no finding."""
        if self._found is None:
            breaks = _BREAK if "\r" in self.text else _FEED
            self._found = [0, *(found.end() for found in breaks.finditer(self.text))]
        return self._found

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Line and column, from 1, of a code-point offset."""
        row = bisect_right(self._starts, offset) - 1
        return Position(row + 1, offset - self._starts[row] + 1)

    def offset(self, position: Position) -> int:
        """The code-point offset of a line and column; the opposite of `position`."""
        return self._starts[position.line - 1] + position.column - 1

    def start(self, number: int) -> int:
        """The code-point offset at which line `number` (from 1) begins."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """The text of line `number` (from 1) without its line break."""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")


def utf16(text: str, offset: int) -> int:
    """UTF-16 units before code point `offset`: what LSP and JavaScript count.

    >>> utf16("a😀b", 2)
    3
    """
    return offset + sum(char > "\uffff" for char in text[:offset])


def utf8(text: str, offset: int) -> int:
    """Bytes of UTF-8 before code point `offset`; an undecodable byte counts as itself.

    Any other lone surrogate, which a string of a program or of JSON may hold, counts as the three bytes
    that it would have (WTF-8).

    >>> utf8("a😀b", 2)
    5
    """
    before = text[:offset]
    try:
        return len(before.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        escaped = sum("\udc80" <= char <= "\udcff" for char in before)
        return len(before.encode("utf-8", "surrogatepass")) - 2 * escaped


def lines_of(text: str) -> Iterator[Span]:
    r"""Spans of the lines of `text` without their breaks.

    >>> [text[span.slice] for text in ["a\r\nb"] for span in lines_of(text)]
    ['a', 'b']
    """
    at = 0
    for found in _BREAK.finditer(text):
        yield Span(at, found.start())
        at = found.end()
    yield Span(at, len(text))
