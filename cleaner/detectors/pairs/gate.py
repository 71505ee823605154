"""Sound text is told apart quickly: what is left when every flawless pair is crossed out?

A flawless pair stands on one line, is one of the language's own, has its spaces outside and holds
no other mark but one flawless inner pair. Most lines of most documents are empty after that; only
the others are read closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.detectors.pairs.customs import SINGLES, TWO_WAY, accepted
from cleaner.languages import Language

# What can be part of a finding; the apostrophe and the straight single mark alone never are.
_SUSPECT = r"\"“”„‟«»「」『』〝〞〟＂״《》〈〉‹›‘‚"
_FAKE = re.compile(r"``|''|´´|,,|<<|>>|’’")
SUSPICIOUS = re.compile(rf"[{_SUSPECT}]|{_FAKE.pattern}")
_MANY, _DENSE = 150, 12  # so many marks, one in fewer characters than this: no prose but a table or code
_BRIDGE = 6  # sound lines between two suspicious ones that are read as well


@lru_cache(maxsize=64)
def _flawless(language: Language) -> re.Pattern[str]:
    """A pattern that matches one flawless pair (or a gershayim, where the language has it)."""
    inner: dict[str, set[tuple[str, str]]] = {}
    for quote in language.quotes:
        if quote.inner_open:
            inner.setdefault(quote.open + quote.close, set()).add((quote.inner_open, quote.inner_close))
    options = []
    for style in accepted(language):
        if style.open in SINGLES and style.open not in "‘‚‹":
            continue
        inside = [
            _pair(a, b, rf"[^{_SUSPECT}’\n]+?" if a in "‘‚" else rf"[^{_SUSPECT}\n]+?", language)
            for a, b in sorted(inner.get(style.open + style.close, ()))
            if a not in TWO_WAY
            and b not in TWO_WAY
            and a not in (style.open, style.close)
            and a != b
            and b not in (style.open, style.close)
        ]
        filler = rf"[^{_SUSPECT}\n]"
        body = rf"(?:{filler}|{'|'.join(inside)})+?" if inside else rf"{filler}+?"
        options.append(_pair(style.open, style.close, body, language))
    if language.tag in ("he", "yi"):
        options.append(r"(?<=[\u05d0-\u05ea])[\"״](?=[\u05d0-\u05ea](?![\u05d0-\u05ea]))")
    return re.compile("|".join(options))


def _pair(opening: str, closing: str, body: str, language: Language) -> str:
    """One pair with its spaces outside; after a figure a mark may be inches and is not taken for granted."""
    if not language.word_spaces:
        return rf"(?<!{opening}){opening}(?!\s){body}(?<!\s){closing}(?!{closing})"
    two_way = opening in TWO_WAY or opening == closing
    before = r"(?<![^\s(\[{¿¡—–-])" if two_way else r"(?<![^\s(\[{¿¡—–\-’'/“«„‘(])"
    padded = any(style.pad and style.open == opening for style in accepted(language))
    first, last = ("", "") if padded else (r"(?!\s)", r"(?<!\s)")
    if closing in '"”״':
        last += r"(?<!\d)"
    return rf"{before}{opening}{first}{body}{last}{closing}(?![\w(\[])"


def windows(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The stretches of whole lines that need a close reading, as code points [start, end).

    >>> from cleaner.languages import lookup
    >>> list(windows("He said “yes.” She said “no.”", lookup("en")))
    []
    >>> list(windows("He said “yes.\\nNo.\\nYes.", lookup("en")))
    [(0, 17)]
    """
    if not SUSPICIOUS.search(text):
        return
    rest = _flawless(language).sub(_blank, text)
    if not SUSPICIOUS.search(rest):
        return
    breaks = [-1, *(m.start() for m in re.finditer("\n", text)), len(text)]
    lines: list[int] = []
    at = 0
    for found in SUSPICIOUS.finditer(rest):
        while breaks[at + 1] < found.start():
            at += 1
        if not lines or lines[-1] != at:
            lines.append(at)
    low = high = -1
    for number in lines:
        if low < 0:
            low = number
        elif number - high > _BRIDGE:
            yield from _stretch(text, low, high, breaks)
            low = number
        high = number
    yield from _stretch(text, low, high, breaks)


def _stretch(text: str, low: int, high: int, breaks: list[int]) -> Iterator[tuple[int, int]]:
    """The lines from `low` to `high` and the written ones before and after them, when they are prose."""
    last = len(breaks) - 2
    low, high = max(0, low - 1), min(last, high + 1)
    while low and not text[breaks[low] + 1 : breaks[low + 1]].strip():
        low -= 1
    while high < last and not text[breaks[high] + 1 : breaks[high + 1]].strip():
        high += 1
    start, end = breaks[low] + 1, breaks[high + 1]
    marks = sum(1 for _ in SUSPICIOUS.finditer(text, start, end))
    if marks < _MANY or marks * _DENSE < end - start:
        yield start, end


def _blank(found: re.Match[str]) -> str:
    """Spaces in place of a flawless pair; one that holds a fake mark is left to be read."""
    return found[0] if _FAKE.search(found[0]) else " " * len(found[0])
