r"""JSON Lines → the same lines with their texts cleaned, to the byte.

A line is a row; lines end with \n, and what stands before it (\r, spaces) stays. Only the text
between the quotation marks of a column changes, written as the file writes its strings. A blank
line is no row and is kept. A line that cannot be read is moved to the rejected rows as it is.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from cleaner.corpus.rows import Row, RowCleaner
from cleaner.errors import FormatError
from cleaner.formats import jsonfile
from cleaner.formats.jsonscan import Found, strings
from cleaner.formats.jsontext import Style
from cleaner.model import Document, Segment
from cleaner.offsets import Edit, splice

SAMPLE = 64 * 1024
"""Bytes at the beginning of a file that show how it writes its strings."""
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line as it is to be written, and its row; None for a blank line."""

    data: bytes
    row: Row | None


class Lines:
    """Cleans the lines of one file, whose beginning is `sample`."""

    __slots__ = ("_addresses", "_cleaner", "_columns", "_style", "_wanted")

    def __init__(self, cleaner: RowCleaner, sample: bytes) -> None:
        self._cleaner = cleaner
        self._columns = cleaner.settings.columns
        self._addresses = [pointer(name) for name in self._columns.read]
        self._wanted = tuple(tuple(_steps(address)) for address in self._addresses)
        text = sample.removeprefix(_BOM).decode("utf-8", "ignore")
        self._style = Style.of(Document("", text, "jsonl"))

    def clean(self, data: bytes) -> Line:
        r"""A line with its line break, if it has one.

        >>> from cleaner.corpus.settings import Settings
        >>> from cleaner.config import Config
        >>> lines = Lines(RowCleaner(Settings(config=Config(lang="en"))), b"")
        >>> line = '{"text": "The cafÃ© is open.", "n": 1.0}\r\n'
        >>> lines.clean(line.encode()).data.decode()
        '{"text": "The café is open.", "n": 1.0}\r\n'
        >>> lines.clean(b'{"text": 7}\n').row.rejected
        'the column “text” holds a number, not text'
        """
        mark = _BOM if data.startswith(_BOM) else b""
        try:
            text = data[len(mark) :].decode("utf-8")
        except UnicodeDecodeError as error:
            return Line(data, Row((), rejected=f"not UTF-8 at byte {error.start + len(mark)}"))
        if not text or text.isspace():
            return Line(data, None)
        try:
            places = self._places(text)
        except _Refused as error:
            return Line(data, Row((), rejected=error.message))
        except FormatError as error:
            return Line(data, Row((), rejected=f"{error.message} at byte {_bytes(text, error.offset)}"))
        values = {name: place and _said(text, place) for name, place in places.items()}
        columns = self._columns
        about = (values[name] if name is not None else None for name in columns.about)
        row = self._cleaner.clean([values[name] for name in columns.text], *about)
        if row.rejected or not any(row.edits):
            return Line(data, row)
        new = splice(text, self._edits(text, places, row))
        if not self._is_same_but_for(text, new, row):
            reason = "internal error, please report it: the repaired line would not be the same JSON"
            return Line(data, Row((), rejected=reason))
        return Line(mark + new.encode("utf-8"), row)

    def _places(self, text: str) -> dict[str, Found | None]:
        """Where the value of each column stands; None for a null, and for a column that only says
        something about the texts and is absent.

        Raises FormatError when it is no JSON, or a column is absent or no text.
        """
        found: dict[str, Found] = {}
        for one in list(strings(text, 0, len(text), self._wanted)):  # only when all of it is JSON
            if one[0] in found:
                raise _Refused(f"the column “{one[0].removeprefix('/')}” is there twice")
            found[one[0]] = one
        places: dict[str, Found | None] = {}
        for name, address in zip(self._columns.read, self._addresses, strict=True):
            place = found.get(address)
            if place is None:
                _check_null(text, name, address, optional=name not in self._columns.text)
            places[name] = place
        return places

    def _edits(self, text: str, places: dict[str, Found | None], row: Row) -> Iterator[Edit]:
        """The edits of the row as edits of the line."""
        segments = {
            part.address.partition(" /")[2]: part
            for part in jsonfile.split(Document("", text, "jsonl", fields=tuple(self._addresses)))
            if isinstance(part, Segment)
        }
        for name, edits in zip(self._columns.text, row.edits, strict=True):
            place = places[name]
            if not edits or place is None:
                continue
            written = text[place[1] : place[2]]
            segment = segments[place[0].removeprefix("/")]
            is_ascii = written.isascii() and not segment.text.isascii()
            escape = self._style.ascii if is_ascii else self._style.plain
            for span, new in edits:
                pieces = segment.map.to_source(span)
                yield Edit(pieces[0], escape(new))

    def _is_same_but_for(self, text: str, new: str, row: Row) -> bool:
        """Whether the repaired line says the same, but for the texts that were to change."""
        try:
            old, now = _parsed(text), _parsed(new)
            for address, wanted in zip(self._addresses, row.texts, strict=False):
                *steps, last = _steps(address)
                if _member(now, steps)[last] != wanted:
                    return False
                _member(now, steps)[last] = _member(old, steps)[last]
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        return bool(old == now)


class _Refused(FormatError):
    """A line that is JSON and yet no row."""


@functools.cache
def pointer(column: str) -> str:
    """The JSON Pointer of a column: one that begins with / is one, another is a member of the top.

    >>> pointer("text"), pointer("a/b"), pointer("/meta/text")
    ('/text', '/a~1b', '/meta/text')
    """
    return column if column.startswith("/") else "/" + column.replace("~", "~0").replace("/", "~1")


def _parsed(text: str) -> Any:
    """JSON whose numbers are kept as they are written: NaN is not equal to itself, 1.0 is to 1."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _steps(address: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in address[1:].split("/")]


def _said(text: str, place: Found) -> str:
    written = text[place[1] : place[2]]
    return str(json.loads(f'"{written}"')) if "\\" in written else written


def _member(value: Any, steps: list[str]) -> Any:
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


_KINDS = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}


def _check_null(text: str, name: str, address: str, *, optional: bool) -> None:
    """Why a column has no text in a line: nothing when it is null. Raises FormatError."""
    try:
        value = json.loads(text, parse_int=len)
        if not isinstance(value, dict):
            raise _Refused("the line is not an object")
        value = _member(value, _steps(address))
    except (KeyError, IndexError, TypeError, ValueError):
        if optional:
            return
        raise _Refused(f"the column “{name}” is not there") from None
    except RecursionError:
        raise _Refused("nested too deep") from None
    if value is not None:
        raise _Refused(f"the column “{name}” holds {_KINDS.get(type(value), 'something else')}, not text")


def _bytes(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-8"))
