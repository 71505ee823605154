"""Where signs stand, and patterns that begin with one: tried there, and nowhere else.

    places(text, "(")              where a sign stands
    matches(pattern, text, at)     the matches that begin at some places

A search for one of several signs looks at every character, one for a single sign runs over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def places(text: str, sign: str) -> Iterator[int]:
    """Where a sign stands in a text, in order.

    >>> list(places("a (b) (c)", "("))
    [2, 6]
    """
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def matches(
    pattern: re.Pattern[str], text: str, at: Iterable[int], end: int | None = None
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at some places, which rise, but not inside of the one before.

    They are those of `finditer`, if every match begins at one of them.

    >>> [found[0] for found in matches(re.compile(r"[(]+\\w"), "a ((b (c", [2, 3, 6])]
    ['((b', '(c']
    """
    last, done = len(text) if end is None else end, 0
    for place in at:
        if place >= done and (found := pattern.match(text, place, last)):
            done = found.end()
            yield found
