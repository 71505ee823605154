"""A text of which only some stretches are kept: what reports show of a file that is too large to hold.

Mark        a place in a text, in all the units that reports count in
Excerpts    stretches of a text, each with the place at which it begins
excerpts    those of a text
Cutting     cuts them out while the text goes by, block after block
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from cleaner.hashing import blake2b
from cleaner.offsets import Span, breaks, utf8
from cleaner.values import dataclass, field

REACH = 1300
"""Code points that are kept on each side of a place, within its line: reports show at most eight times
the width of a screen, which is 160 columns at most."""
BEYOND = 200
"""Code points that are kept beyond the line: the context in a report goes over line breaks."""


class Mark(NamedTuple):
    """A place in a text: the code points, UTF-16 units and bytes before it, its line, from 1.

    `line_at` and `line_byte` are where the line begins, in code points and bytes.
    """

    at: int = 0
    line: int = 1
    utf16: int = 0
    byte: int = 0
    line_at: int = 0
    line_byte: int = 0

    def past(self, text: str) -> Mark:
        r"""The place after `text`, which stands here and ends in no half of a line break.

        >>> Mark().past("один\r\nд😀")
        Mark(at=8, line=2, utf16=9, byte=16, line_at=6, line_byte=10)
        """
        at, byte = self.at + len(text), self.byte + utf8(text, len(text))
        units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        ended = breaks(text)
        line_at, line_byte = self.line_at, self.line_byte
        if ended:
            rest = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
            line_at, line_byte = at - len(rest), byte - utf8(rest, len(rest))
        return Mark(at, self.line + ended, self.utf16 + units, byte, line_at, line_byte)


class Piece(NamedTuple):
    """A stretch of a text, and the place at which it begins."""

    start: Mark
    text: str

    @property
    def end(self) -> int:
        """The code point of the whole text at which it ends."""
        return self.start.at + len(self.text)


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Stretches of a text of `size` code points, sorted, none touching another.

    Two texts are the same when their digests are: those of the bytes of the file. In a table
    (`is_table`) each stretch lies in a cell: its row is its line, whatever breaks it holds, and its
    offsets are told from the beginning of the cell (`Mark.line_at`).
    """

    digest: str
    size: int
    pieces: tuple[Piece, ...] = field(default=(), compare=False)
    is_table: bool = False

    def piece(self, at: int) -> Piece:
        """The stretch in which code point `at` lies. Raises LookupError when it was not kept."""
        number = bisect_right(self.pieces, at, key=lambda piece: piece.start.at) - 1
        if number < 0 or at > self.pieces[number].end:
            raise LookupError(f"what stands at {at:,} was not kept")
        return self.pieces[number]


def excerpts(text: str, wanted: Iterable[Span]) -> Excerpts:
    """What reports show of a text, of which some spans are wanted."""
    cutting = Cutting()
    cutting.add(text, wanted)
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Excerpts(digest, cutting.size, cutting.finish())


class Cutting:
    r"""Cuts pieces out of a text that comes in blocks of whole lines.

    >>> cutting = Cutting()
    >>> cutting.add("один\n" * 500, [Span(5, 9)])
    >>> cutting.add("два\n", [])
    >>> [(piece.start.at, len(piece.text)) for piece in cutting.finish()]
    [(0, 209)]
    """

    __slots__ = ("_pieces", "_start", "_text", "_wanted")

    def __init__(self) -> None:
        self._start, self._text = Mark(), ""  # the end of what went by, as far as it may still be needed
        self._wanted: list[tuple[Span, int]] = []  # with the end of the block that each ends in
        self._pieces: list[Piece] = []

    @property
    def size(self) -> int:
        """The code points that went by."""
        return self._start.at + len(self._text)

    def add(self, text: str, wanted: Iterable[Span]) -> None:
        """The next block, and what is wanted of it: spans of the whole text."""
        self._text += text
        self._wanted = [
            *((span, self.size if end < span.end else end) for span, end in self._wanted),
            *((span, self.size) for span in sorted(wanted)),
        ]
        ready = [
            span for span, _ in itertools.takewhile(lambda one: one[1] + BEYOND <= self.size, self._wanted)
        ]
        self._cut(ready)
        self._wanted = self._wanted[len(ready) :]
        needed = min((span.start for span, _ in self._wanted), default=self.size) - self._start.at
        self._forget(self._whole(max(0, self._line(needed) - BEYOND)))

    def finish(self) -> tuple[Piece, ...]:
        """All pieces, when no more text comes."""
        self._cut(span for span, _ in self._wanted)
        self._wanted = []
        return tuple(self._pieces)

    def _cut(self, spans: Iterable[Span]) -> None:
        mark, at = self._start, 0
        for span in spans:
            low, high = span.start - self._start.at, span.end - self._start.at
            start = self._whole(max(0, low - REACH, self._line(low) - BEYOND))
            mark, at = mark.past(self._text[at:start]), start
            end_of_line = self._text.find("\n", high)
            beyond = (len(self._text) if end_of_line < 0 else end_of_line) + BEYOND
            self._keep(Piece(mark, self._text[start : min(high + REACH, beyond)]))

    def _keep(self, piece: Piece) -> None:
        last = self._pieces[-1] if self._pieces else None
        if last is None or piece.start.at > last.end:
            self._pieces.append(piece)
        elif piece.end > last.end:
            self._pieces[-1] = Piece(last.start, last.text + piece.text[last.end - piece.start.at :])

    def _forget(self, count: int) -> None:
        self._start = self._start.past(self._text[:count])
        self._text = self._text[count:]

    def _line(self, at: int) -> int:
        """Where the line begins in which something stands."""
        return self._text.rfind("\n", 0, at) + 1

    def _whole(self, at: int) -> int:
        """The same place, or the one before it in the middle of a line break."""
        return at - 1 if self._text[at - 1 : at + 1] == "\r\n" else at
