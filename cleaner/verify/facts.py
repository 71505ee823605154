"""A text → what of it is compared: all that it states, and the marks that say something.

Most marks and all spaces may change in an edit. These may not: a sign of comparison before a number, a
brace that a program reads, the empty line between two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.model import Invariant
from cleaner.offsets import Span
from cleaner.verify.tokens import Token, tokens

PARAGRAPH = "\n\n"
"""The key of what parts two paragraphs."""
_BREAK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*[\r\n]\s*")
_OPERATORS = "±∓≤≥≦≧≠≈×÷√∞∑∆"  # U+2200 to U+22FF and two of Latin-1, as news has them
_BEFORE_NUMBER = "<>=+＜＞＝＋"
_SPACED_DIGIT = re.compile(r"\s?\d")


def facts(text: str, *, paragraphs: bool = False) -> list[Token]:
    """What a text states, in order, with the kind of each; `paragraphs` as well, where empty lines part them.

    >>> [(str(fact.kind), fact.key) for fact in facts("Temperature > 5 °C 👍")]
    [('letters', 'Temperature'), ('digits', '>'), ('digits', '5'), ('digits', '°'), ('letters', 'C'), ('letters', '👍')]
    """
    found = list(_facts(text))
    if paragraphs and "\n" in text.strip():
        found = sorted([*found, *_breaks(text)], key=lambda fact: fact.span)
    return found


def _facts(text: str) -> Iterator[Token]:
    for token in tokens(text):
        if token.kind is not None:
            yield token
        elif (kind := _kind(token, text)) is not None:
            yield token._replace(kind=kind)


def _kind(mark: Token, text: str) -> Invariant | None:
    """What a mark is that says something, None for all others."""
    if mark.key in _OPERATORS:
        return Invariant.DIGITS
    if mark.key in _BEFORE_NUMBER:
        start, end = mark.span
        is_arrow = text[start - 1 : start] in tuple("<>-=\u2013\u2014") or text[end : end + 1] in tuple("<>")
        return Invariant.DIGITS if not is_arrow and _SPACED_DIGIT.match(text, end) else None
    if mark.key in "{}":
        return Invariant.PLACEHOLDERS
    return None


def _breaks(text: str) -> Iterator[Token]:
    """The empty lines inside of a text, not those around it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for found in _BREAK.finditer(text, start, end):
        yield Token(Invariant.STRUCTURE, PARAGRAPH, Span(*found.span()))
