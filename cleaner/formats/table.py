r"""CSV and TSV: the cells below the header; numbers, dates and empty cells are left alone.

The first row names the columns; `document.fields` are such names (or numbers, from 1). The address
of a cell is its row as a spreadsheet counts it, the header being row 1, and its column: "row 88/body".

CSV may be separated by commas, semicolons, tabs or bars: what the first row has most of, or what a
line `sep=;` before it says. A quotation mark that is torn (never closed, or closed in the middle of
a cell) is a Trouble: that line is not read, the next one is. In TSV quotation marks are often just
that; they quote cells only in a file whose every row has the right width when they do.

The language is the name of the column where all columns that hold text are called by languages
(key, en, uk). Lines that begin with `# cleaner:` are comments. Backslash escapes of quotation marks
(MySQL) are not known and read as torn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, cast

from cleaner.errors import FormatError, nearest
from cleaner.formats.base import segment
from cleaner.formats.escapes import unescape
from cleaner.formats.maps import PlainMap
from cleaner.formats.named import are_languages, has_text, is_language, language_of, role_of
from cleaner.model import Document, Part, Segment, Trouble
from cleaner.offsets import Span
from cleaner.values import replace

_SEPARATORS = ",;\t|"
_NAMED_SEPARATOR = re.compile(r"sep=([^\r\n\"])(?:\r\n|\r|\n)", re.IGNORECASE)
_CELL_STARTS = r"(?:(?<=[,;\t|])|(?<![^\r\n]))"  # a mark within a cell quotes nothing
_QUOTED = re.compile(_CELL_STARTS + r'"[^"]*+(?:""[^"]*+)*+"')
_FIRST_ROW = re.compile(rf"(?:{_QUOTED.pattern}|[^\r\n])*+")
_COMMENT = "# cleaner:"
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_DOUBLED = re.compile('""')


class Cell(NamedTuple):
    """Where the content of a cell begins and ends, without the quotation marks around it."""

    start: int
    end: int
    quoted: bool


class Row(NamedTuple):
    """A row of a table; `torn` is where a quotation mark breaks it, -1 when none does."""

    start: int
    end: int
    cells: list[Cell]
    torn: int = -1


def split(document: Document) -> Iterator[Segment | Trouble]:
    """The cells of a document of the format csv or tsv.

    Raises FormatError when a column of `document.fields` is not there.

    >>> document = Document("a.csv", 'id,title\\n7,"Вибори ""сьогодні"", у неділю"\\n', "csv")
    >>> [(part.address, part.text) for part in split(document)]
    [('row 2/title', 'Вибори "сьогодні", у неділю')]
    """
    text, part = document.text, document.part
    layout = cast(_Layout, part.shared) if part else _layout(document)
    start, before = (0, part.records) if part and part.records else (layout.start, layout.rows)
    for number, row in enumerate(rows(text, layout.separator, start, quoting=layout.quoting), before + 1):
        if row.torn >= 0:
            yield Trouble(Span(row.torn, row.end), "CSV: a quotation mark that does not close its cell")
        elif layout.columns:
            yield from _segments(text, f"row {number}/", row.cells, layout.columns, layout.separator)


def parts(document: Document, size: int) -> Iterator[Document]:
    r"""Stretches of whole rows, of at least `size` code points each, as documents.

    Raises FormatError as `split` does.

    >>> table = Document("a.csv", 'id,title\n7,"Вибори\nу неділю"\n8,Вибори\n', "csv")
    >>> [[one.address for one in split(part)] for part in parts(table, 20)]
    [['row 2/title'], ['row 3/title']]
    """
    text, layout = document.text, _layout(document)
    pattern = _row(layout.separator, layout.quoting)
    start = before = 0
    end, number = layout.start, layout.rows
    while end < len(text):
        if end - start >= size:
            yield replace(document, text=text[start:end], part=Part(before, layout))
            start, before = end, number
        sound = pattern.match(text, end)
        end = sound.end() if sound else _after(text, next(rows(text, layout.separator, end)))
        number += 1
    yield replace(document, text=text[start:], part=Part(before, layout))


class _Layout(NamedTuple):
    """How a table is written, and its columns; `start` and `rows` are where its header ends."""

    separator: str
    quoting: bool
    columns: Columns | None
    start: int
    rows: int


def _layout(document: Document) -> _Layout:
    text = document.text
    named = _NAMED_SEPARATOR.match(text) if document.format == "csv" else None
    separator = named[1] if named else "\t" if document.format == "tsv" else _separator(text)
    quoting = document.format != "tsv" or _quotes_cells(text)
    start = named.end() if named else 0
    for number, row in enumerate(rows(text, separator, start, quoting=quoting), 2 if named else 1):
        if row.torn >= 0:
            raise FormatError("CSV: a quotation mark in the first row does not close its cell", row.torn)
        if row.cells:
            names = [text[cell.start : cell.end].strip() for cell in row.cells]
            columns = Columns(names, document.fields)
            return _Layout(separator, quoting, columns, _after(text, row), number)
    return _Layout(separator, quoting, None, len(text), 0)


def _after(text: str, row: Row) -> int:
    """Where the row after a row begins."""
    ended = _LINE_END.match(text, row.end)
    assert ended is not None  # a row ends with a line
    return ended.end()


class Columns:
    """The columns of a table: which are read, what they are called, and in which language they are."""

    def __init__(self, names: Sequence[str], fields: Sequence[str]) -> None:
        self._names = names
        self._wanted = {_index(names, field) for field in fields}
        spoken = [name for name in names if is_language(name)]
        if spoken and spoken[0] == names[0] == "id":  # an identifier, not Indonesian
            del spoken[0]
        self._spoken = frozenset(spoken) if len(spoken) > 1 and are_languages(spoken) else frozenset()

    def __getitem__(self, index: int) -> tuple[str, str | None] | None:
        """The name of a column and its language; None when it is not read."""
        if self._wanted and index not in self._wanted:
            return None
        if index >= len(self._names) or not self._names[index]:
            return f"column {index + 1}", None
        name = self._names[index]
        lang = language_of(name) if name in self._spoken else None
        return (name if len(name) <= 80 else f"{name[:60]}…{name[-19:]}"), lang


def _index(names: Sequence[str], field: str) -> int:
    if field in names:
        return names.index(field)
    if field.isdecimal() and 0 < int(field) <= len(names):
        return int(field) - 1
    known = [name[:40] for name in names[:20]]
    hint = nearest(field, known) or f"columns: {', '.join(known)}"
    raise FormatError(f"no column “{field}” ({hint})")


def _segments(
    text: str, prefix: str, cells: Sequence[Cell], columns: Columns, separator: str
) -> Iterator[Segment]:
    for index, (start, end, quoted) in enumerate(cells):
        raw = text[start:end]
        if not has_text(raw):
            continue
        column = columns[index]
        if column is None:
            continue
        name, lang = column
        if quoted and '"' in raw:
            raw, map = unescape(text, [(start, end)], _DOUBLED, lambda _: '"')
        else:
            map = PlainMap(start, end - start)
        yield segment(raw, map, lang, role_of(name), prefix + name, escape=_writer(separator, quoted))


# -- Escapes -----------------------------------------------------------------------------------------


@functools.cache
def _writer(separator: str, quoted: bool) -> Callable[[str], str]:
    return _doubled if quoted else functools.partial(_bare, separator)


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _bare(separator: str, text: str) -> str:
    """New text for a cell without quotation marks, which nothing can escape.

    Raises FormatError for what would end the cell or begin to quote it.
    """
    for char in (separator, '"', "\r", "\n"):
        if char in text:
            raise FormatError(f"CSV: {char!r} cannot be written into a cell without quotation marks")
    return text


# -- The scanner -------------------------------------------------------------------------------------


def rows(text: str, separator: str, start: int = 0, *, quoting: bool = True) -> Iterator[Row]:
    """The rows of a table; an empty line or a comment is a row without cells.

    A torn row ends with its line, and has the cells before the tear.
    """
    pattern = _cell(separator, quoting)
    cells: list[Cell] = []
    begin = at = start
    while True:
        for found in pattern.finditer(text, at):
            end = found[3]
            if end is None:
                break
            if found[1] is not None:
                cells.append(Cell(*found.span(1), True))
            elif found[2] or cells or end == separator:
                cells.append(Cell(*found.span(2), False))
            if end == separator:
                continue
            if end or cells:
                is_comment = text.startswith(_COMMENT, begin)
                yield Row(begin, found.start(3), [] if is_comment else cells)
            if not end:
                return
            begin, cells = found.end(), []
        torn = found.start()
        line = _LINE_END.search(text, torn)
        assert line is not None  # the end of the text is the end of a line
        yield Row(begin, line.start(), cells, -1 if text.startswith(_COMMENT, begin) else torn)
        begin, at, cells = line.end(), line.end(), []


@functools.cache
def _cell(separator: str, quoting: bool) -> re.Pattern[str]:
    """A cell: 1 its content between quotation marks, or 2 its bare content, and 3 what ends it.

    A quotation mark that does not close its cell matches without any of them.
    """
    sign = re.escape(separator)
    quoted = r'"([^"]*+(?:""[^"]*+)*+)" *+' if quoting else "((?!))"
    bare = rf'[^{sign}"\r\n][^{sign}\r\n]*+|' if quoting else rf"[^{sign}\r\n]*+"
    return re.compile(rf'(?:{quoted}|({bare}))({sign}|\r\n|\r|\n|\Z)|"')


@functools.cache
def _row(separator: str, quoting: bool) -> re.Pattern[str]:
    """A row that is not torn, and its line break, as `rows` reads it."""
    sign = re.escape(separator)
    quoted = r'"[^"]*+(?:""[^"]*+)*+" *+|' if quoting else ""
    cell = rf'(?:{quoted}[^{sign}"\r\n][^{sign}\r\n]*+|)' if quoting else rf"[^{sign}\r\n]*+"
    return re.compile(rf"(?:{cell}{sign})*+{cell}(?:\r\n|\r|\n|\Z)")


def _separator(text: str) -> str:
    """What the first row of a CSV file has most of outside of quotation marks; the comma wins a tie."""
    first = _FIRST_ROW.match(text, 0, 100_000)
    bare = _QUOTED.sub("", first[0] if first else "")
    return max(_SEPARATORS, key=bare.count)


def _quotes_cells(text: str) -> bool:
    """Whether quotation marks around the cells of a TSV file are its own and not the text's.

    They are when every row is as wide as the first and something needed them: a separator, a line
    break or a doubled mark inside. Else the file was written without any quoting.
    """
    if '\t"' not in text and '\n"' not in text and not text.startswith('"'):
        return False
    width, needed = 0, False
    for row in rows(text, "\t"):
        if row.torn >= 0 or (width and row.cells and len(row.cells) != width):
            return False
        width = width or len(row.cells)
        needed = needed or any(
            cell.quoted and any(char in text[cell.start : cell.end] for char in '\t\r\n"')
            for cell in row.cells
        )
    return needed
