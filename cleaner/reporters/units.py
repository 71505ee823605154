"""Offsets in the units of other programs, for many places of one text."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from cleaner.offsets import utf8, utf16

_STEP = 1024  # code points between two places whose counts are kept


class Unit(NamedTuple):
    """A place in UTF-16 units and in bytes of UTF-8 from the beginning of the text."""

    utf16: int
    byte: int


class Units:
    """Converts code-point offsets of one text; counting from its beginning each time would be slow.

    >>> Units("a😀b").at(2)
    Unit(utf16=3, byte=5)
    """

    __slots__ = ("_ascii", "_marks", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()
        steps = [] if self._ascii else [text[at : at + _STEP] for at in range(0, len(text), _STEP)]
        self._marks = list(accumulate(map(_size, steps), _add, initial=Unit(0, 0)))

    def at(self, offset: int) -> Unit:
        """The place of a code-point offset."""
        if self._ascii:
            return Unit(offset, offset)
        step = offset // _STEP
        return _add(self._marks[step], _size(self._text[step * _STEP : offset]))


def _size(text: str) -> Unit:
    return Unit(utf16(text, len(text)), utf8(text, len(text)))


def _add(one: Unit, other: Unit) -> Unit:
    return Unit(one.utf16 + other.utf16, one.byte + other.byte)
