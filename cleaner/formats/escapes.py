r"""Strings with escapes: what they say, and where each character of it stands.

An escape that stands for a character (`\u0431`, `""`, `\n`) is an atomic run of the map: it is
edited whole or not at all. An escape that stands for nothing is markup, a gap.

A file may consist of escapes (`json.dumps` writes Cyrillic so), and most strings have no defect: so
the text is made at once, its map when something is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaner.formats.maps import EscapedMap, Value
from cleaner.offsets import OffsetMap


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
