"""Character references of HTML: what `&amp;`, `&#8212;` and `&copy` stand for, and where.

The names are those of the standard library, which has them from the HTML standard; an unknown one stands
for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from cleaner.formats.maps import Piece

_ENTITY = re.compile(r"&(?:#(?:[0-9]++|[xX][0-9A-Fa-f]++);?|[A-Za-z][A-Za-z0-9]*+;?)")
# HTML standard, table of numeric character reference end state: what authors of windows-1252 meant
_WINDOWS = {
    0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰",
    0x8A: "Š", 0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•",
    0x96: "–", 0x97: "—", 0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
}  # fmt: skip
_LONGEST_BARE = max(len(name) for name in html5 if not name.endswith(";"))


def entities(text: str, start: int, end: int, *, attribute: bool = False) -> Iterator[Piece]:
    """The pieces of a stretch of text with character references, as HTML reads them.

    A reference without its semicolon counts where browsers let it count; in an attribute
    `?a=1&copy=2` it does not.

    >>> list(entities("R&amp;D&nbsp", 0, 12))
    [(0, 1, None), (1, 6, '&'), (6, 7, None), (7, 12, '\\xa0')]
    """
    at = start
    for found in _ENTITY.finditer(text, start, end):
        begin, stop = found.span()
        token = found[0]
        if token[1] == "#":
            shown = _numeric(token)
        else:
            known = html5.get(token[1:])
            if known is None:
                size, known = _bare_prefix(token)
                stop = begin + size
                if known is None:
                    continue
            if attribute and token[stop - begin - 1] != ";":
                following = text[stop : stop + 1] if stop < end else ""
                if following == "=" or (following.isascii() and following.isalnum()):
                    continue
            shown = known
        if at < begin:
            yield at, begin, None
        yield begin, stop, shown
        at = stop
    if at < end:
        yield at, end, None


def _bare_prefix(token: str) -> tuple[int, str | None]:
    """The longest name without semicolon that a reference begins with: `&notit;` is `¬it;`."""
    for size in range(min(len(token), _LONGEST_BARE + 1), 2, -1):
        known = html5.get(token[1:size])
        if known is not None:
            return size, known
    return 0, None


def _numeric(token: str) -> str:
    digits = token[2:].rstrip(";")
    base = 10
    if digits[0] in "xX":
        digits, base = digits[1:], 16
    digits = digits.lstrip("0")
    code = int(digits or "0", base) if len(digits) <= 7 else 0
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return _WINDOWS.get(code) or chr(code)
