r"""Strings with escapes: what they say, and where each character of it stands.

An escape that stands for a character (`\u0431`, `""`, `\n`) is an atomic run of the map: it is
edited whole or not at all. An escape that stands for nothing is markup, a gap.

A file may consist of escapes (`json.dumps` writes Cyrillic so), and most strings have no defect: so
the text is made at once, its map when something is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cleaner.offsets import OffsetMap, Run

Value = Callable[[str], str]
"""What an escape, as it is written, stands for; "" for markup."""


def unescape(
    source: str, stretches: Sequence[tuple[int, int]], escapes: re.Pattern[str], value: Value
) -> tuple[str, OffsetMap]:
    r"""The text that stretches (start, end) of the source stand for together, and its map.

    `escapes` finds what is not meant as it is written. What lies between the stretches is a gap.

    >>> text, map = unescape("'it''s' + 'so'", [(1, 6), (11, 13)], re.compile("''"), lambda _: "'")
    >>> text, map.runs[1]
    ("it'sso", Run(view=2, source=3, width=1, size=2, atomic=True))
    """
    return decoded(source, stretches, escapes, value), EscapedMap(source, stretches, escapes, value)


def decoded(source: str, stretches: Iterable[tuple[int, int]], escapes: re.Pattern[str], value: Value) -> str:
    """The text alone."""
    return "".join(
        escapes.sub(lambda escape: value(escape[0]), source[start:end]) for start, end in stretches
    )


class EscapedMap(OffsetMap):
    """The map of a text with escapes, whose runs are found when they are asked for."""

    __slots__ = ("_make",)
    _make: Callable[[], OffsetMap]

    def __init__(
        self, source: str, stretches: Sequence[tuple[int, int]], escapes: re.Pattern[str], value: Value
    ) -> None:
        object.__setattr__(self, "_make", lambda: OffsetMap(tuple(_runs(source, stretches, escapes, value))))

    @property
    def runs(self) -> tuple[Run, ...]:
        made = self._make()
        object.__setattr__(self, "_make", lambda: made)
        return made.runs

    def __reduce__(self) -> tuple[Any, ...]:
        return OffsetMap, (self.runs,)


def _runs(
    source: str, stretches: Iterable[tuple[int, int]], escapes: re.Pattern[str], value: Value
) -> Iterator[Run]:
    width = 0
    for start, end in stretches:
        at = start
        for escape in escapes.finditer(source, start, end):
            first, last = escape.span()
            if first > at:
                yield Run(width, at, first - at, first - at)
                width += first - at
            new = value(escape[0])
            if new:
                yield Run(width, first, len(new), last - first, True)
                width += len(new)
            at = last
        if at < end:
            yield Run(width, at, end - at, end - at)
            width += end - at
