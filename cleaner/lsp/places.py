"""Our offsets as positions of the editor, and back: lines from 0, columns in the units agreed upon."""

from __future__ import annotations

import re
from bisect import bisect_left

from lsprotocol import types

from cleaner.offsets import LineIndex, Position, Span
from cleaner.reporters.units import Units

_LONE = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    r"""`text` with U+FFFD for halves of characters, which JSON can carry and UTF-8 cannot.

    >>> sound("a\ud800b") == "a\ufffdb"
    True
    """
    return _LONE.sub("\ufffd", text)


class Places:
    r"""Converts places of one text. `encoding` is utf-8, utf-16 (the default of editors) or utf-32.

    Lines break at \n, \r\n and \r, as the protocol wants it; a form feed or U+2028 breaks none.

    >>> places = Places("Привіт 😀 [будут]\r\n", "utf-16")
    >>> places.at(9)
    0:10
    >>> places.offset(places.at(9))
    9
    """

    __slots__ = ("_units", "encoding", "lines", "text")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.lines = LineIndex(text)
        self.encoding = encoding
        self._units = Units(text)

    def at(self, offset: int) -> types.Position:
        """The position of a code-point offset."""
        row = self.lines.position(offset).line
        start = self.lines.start(row)
        return types.Position(row - 1, self._count(offset) - self._count(start))

    def range(self, span: Span) -> types.Range:
        """The range of a span of code points."""
        return types.Range(self.at(span.start), self.at(span.end))

    def offset(self, position: types.Position) -> int:
        """The code-point offset of a position.

        One beyond its line is the end of the line, one beyond the text the end of the text, one in
        the middle of a character its end.
        """
        if position.line >= len(self.lines):
            return len(self.text)
        row = max(position.line, 0) + 1
        start = self.lines.start(row)
        line = range(start, start + len(self.lines.line(row)))
        wanted = self._count(start) + max(position.character, 0)
        return start + bisect_left(line, wanted, key=self._count)

    def span(self, range: types.Range) -> Span:
        """The span of a range, which may have been turned around."""
        start, end = sorted((self.offset(range.start), self.offset(range.end)))
        return Span(start, end)

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line break."""
        row = self.lines.position(offset).line
        return self.lines.start(row) + len(self.lines.line(row))

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.lines.offset(Position(self.lines.position(offset).line, 1))

    def _count(self, offset: int) -> int:
        if self.encoding == "utf-32":
            return offset
        unit = self._units.at(offset)
        return unit.byte if self.encoding == "utf-8" else unit.utf16
