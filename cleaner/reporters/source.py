"""The text of a file as reports ask for it: whole, or in excerpts when it is too large to be held."""

from __future__ import annotations

from cleaner.excerpts import Mark, Piece
from cleaner.model import Finding, Text
from cleaner.offsets import LineIndex, Position, Span
from cleaner.reporters.units import Unit, Units


class Source:
    """Answers in the coordinates of the file.

    What was not kept in excerpts cannot be asked for: it raises LookupError. The surroundings of a
    finding and of its repairs are kept, `excerpts.BEYOND` code points at least.

    >>> Source("один\\nдва😀три").position(9), Source("один\\nдва😀три").unit(9)
    (Position(line=2, column=5), Unit(utf16=10, byte=19))
    """

    __slots__ = ("_is_table", "_lines", "_text", "_units", "size")

    def __init__(self, text: Text) -> None:
        self._text = text
        self._is_table = not isinstance(text, str) and text.is_table
        self._lines: dict[int, LineIndex] = {}  # of the pieces that were asked for, by where they begin
        self._units: dict[int, Units] = {}
        self.size = len(text) if isinstance(text, str) else text.size

    def position(self, offset: int) -> Position:
        """Line and column, from 1, of a code-point offset."""
        piece = self._piece(offset)
        line, column = self._lines_of(piece).position(offset - piece.start.at)
        return Position(line + piece.start.line - 1, column + (_cut(piece) if line == 1 else 0))

    def offset(self, offset: int) -> int:
        """A code-point offset as it is told: from the beginning of the file, in a table of the cell."""
        return offset - self._piece(offset).start.line_at if self._is_table else offset

    def near(self, span: Span, reach: int) -> Span:
        """A span with so many code points on each side, as far as the text goes, in a table the cell."""
        low, high = 0, self.size
        if self._is_table:
            piece = self._piece(span.start)
            low, high = piece.start.at, piece.end
        return Span(max(low, span.start - reach), min(high, span.end + reach))

    def unit(self, offset: int) -> Unit:
        """UTF-16 units and bytes before a code-point offset."""
        piece = self._piece(offset)
        unit = self._units_of(piece).at(offset - piece.start.at)
        return Unit(unit.utf16 + piece.start.utf16, unit.byte + piece.start.byte)

    def byte_in_line(self, offset: int) -> int:
        """Bytes before a code-point offset in its line."""
        piece = self._piece(offset)
        lines = self._lines_of(piece)
        line = lines.position(offset - piece.start.at).line
        start = self.unit(piece.start.at + lines.start(line)).byte if line > 1 else piece.start.line_byte
        return self.unit(offset).byte - start

    def slice(self, start: int, end: int) -> str:
        """What stands between two offsets."""
        piece = self._piece(start)
        return piece.text[start - piece.start.at : end - piece.start.at]

    def line(self, finding: Finding) -> tuple[str, Span]:
        """The line in which a finding begins, or what was kept of it, and where in it the finding lies."""
        piece = self._piece(finding.span.start)
        line = finding.position.line - piece.start.line + 1
        text = self._lines_of(piece).line(line)
        start = finding.position.column - 1 - (_cut(piece) if line == 1 else 0)
        return text, Span(start, min(start + finding.span.size, len(text)))

    def around(self, offset: int) -> tuple[str, int]:
        """A stretch of the text in which an offset lies, and the offset at which it begins."""
        piece = self._piece(offset)
        return piece.text, piece.start.at

    def _piece(self, offset: int) -> Piece:
        return Piece(Mark(), self._text) if isinstance(self._text, str) else self._text.piece(offset)

    def _lines_of(self, piece: Piece) -> LineIndex:
        known = self._lines.get(piece.start.at)
        if known is None:
            text = piece.text if not self._is_table else piece.text.translate(_ONE_LINE)
            known = self._lines[piece.start.at] = LineIndex(text)
        return known

    def _units_of(self, piece: Piece) -> Units:
        known = self._units.get(piece.start.at)
        if known is None:
            known = self._units[piece.start.at] = Units(piece.text)
        return known


_ONE_LINE = str.maketrans("\r\n", "  ")


def _cut(piece: Piece) -> int:
    """The code points of its first line that were not kept."""
    return piece.start.at - piece.start.line_at
