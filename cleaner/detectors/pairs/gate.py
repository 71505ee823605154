"""Sound text is told apart quickly: what is left when every flawless pair is crossed out?

A flawless pair stands on one line, is one of the language's own, has its spaces outside and holds
no other mark but one flawless inner pair. Most lines of most documents are empty after that; only
the others are read closely.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from cleaner.detectors.pairs.customs import SINGLES, TWO_WAY, Style, accepted
from cleaner.languages import Language, alphabet
from cleaner.languages.alphabet import Needles
from cleaner.text import anchored
from cleaner.text.triggers import Trigger, ranges

# What can be part of a finding; the apostrophe and the straight single mark alone never are.
_SUSPECT = r"\"“”„‟«»「」『』〝〞〟＂״《》〈〉‹›‘‚"
_FAKE = re.compile(r"``|''|´´|,,|<<|>>|’’")
SUSPICIOUS = re.compile(rf"[{_SUSPECT}]|{_FAKE.pattern}")
_MARK = re.compile(f"[{_SUSPECT}]")
_MARKS = frozenset(_SUSPECT.replace("\\", ""))
TRIGGER = Trigger((ranges(_SUSPECT.replace("\\", "")),), tuple(_FAKE.pattern.split("|")), either=True)
_MANY, _DENSE = 150, 12  # so many marks, one in fewer characters than this: no prose but a table or code
_BRIDGE = 6  # suspicious lines that are no farther apart are read together, with the sound ones between


@lru_cache(maxsize=64)
def _flawless(language: Language) -> re.Pattern[str]:
    """A pattern that matches one flawless pair (or a gershayim, where the language has it)."""
    inner: dict[str, set[tuple[str, str]]] = {}
    for quote in language.quotes:
        if quote.inner_open:
            inner.setdefault(quote.open + quote.close, set()).add((quote.inner_open, quote.inner_close))
    options = []
    for style in accepted(language):
        if not _is_taken_for_granted(style):
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
        if _MARK.match(style.close):  # the filler ends at it, so there is one way to read the body
            body = rf"(?:{filler}++|{'|'.join(inside)})++" if inside else rf"{filler}++"
        options.append(_pair(style.open, style.close, body, language))
    if language.tag in ("he", "yi"):
        options.append(r"(?<=[\u05d0-\u05ea])[\"״](?=[\u05d0-\u05ea](?![\u05d0-\u05ea]))")
    return re.compile("|".join(options))


def _is_taken_for_granted(style: Style) -> bool:
    """Whether a pair of this style can be flawless: an apostrophe does not open one."""
    return style.open not in SINGLES or style.open in "‘‚‹"


def _pair(opening: str, closing: str, body: str, language: Language, *, seek: bool = False) -> str:
    """One pair with its spaces outside; after a figure a mark may be inches and is not taken for granted.

    With `seek` it begins with the mark itself, which is faster to search for than what stands before.
    """
    if not language.word_spaces:
        start = rf"{opening}(?<!{opening}{opening})" if seek else rf"(?<!{opening}){opening}"
        return rf"{start}(?!\s){body}(?<!\s){closing}(?!{closing})"
    two_way = opening in TWO_WAY or opening == closing
    before = r"[^\s(\[{¿¡—–-]" if two_way else r"[^\s(\[{¿¡—–\-’'/“«„‘(]"
    start = rf"{opening}(?<!{before}{opening})" if seek else rf"(?<!{before}){opening}"
    padded = any(style.pad and style.open == opening for style in accepted(language))
    first, last = ("", "") if padded else (r"(?!\s)", r"(?<!\s)")
    if closing in '"”״':
        last += r"(?<!\d)"
    return rf"{start}{first}{body}{last}{closing}(?![\w(\[])"


def windows(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The stretches of whole lines that need a close reading, as code points [start, end).

    >>> from cleaner.languages import lookup
    >>> list(windows("He said “yes.” She said “no.”", lookup("en")))
    []
    >>> list(windows("He said “yes.\\nNo.\\nYes.", lookup("en")))
    [(0, 17)]
    """
    if _is_sound(text, language):
        return
    every = _places(text, language)
    left = _left_over(text, every, language)
    if not left:
        return
    breaks = [-1, *anchored.places(text, "\n"), len(text)]
    lines: list[int] = []
    at = 0
    for place in left:
        while breaks[at + 1] < place:
            at += 1
        if not lines or lines[-1] != at:
            lines.append(at)
    low = high = -1
    for number in lines:
        if low < 0:
            low = number
        elif number - high > _BRIDGE:
            yield from _stretch(text, low, high, breaks, every)
            low = number
        high = number
    yield from _stretch(text, low, high, breaks, every)


def _places(text: str, language: Language) -> list[int]:
    """Where marks stand, and other signs in place of marks."""
    if _is_faked(text, language):
        return [found.start() for found in SUSPICIOUS.finditer(text)]
    if any(map(alphabet.of(language).has, _MARKS)):
        return [found.start() for found in _MARK.finditer(text)]
    present = alphabet.of(language).signs(text) & _MARKS
    return sorted(at for mark in present for at in anchored.places(text, mark))


def _is_sound(text: str, language: Language) -> bool:
    """Whether all marks of a text are those of flawless pairs: one match for the whole of it."""
    if _is_faked(text, language):
        return False
    signs = alphabet.of(language).signs(text)
    present = _MARKS & signs
    if len(present) == 2:
        usual = _usual_pair(language, present)
        if usual is not None:
            count = len(usual.findall(text))
            return all(text.count(mark) == count for mark in present)
    return _all_flawless(language).fullmatch(text) is not None


def _is_faked(text: str, language: Language) -> bool:
    """Whether a text has other signs in place of marks."""
    return alphabet.of(language).has_one(text, _fakes(language))


@lru_cache(maxsize=64)
def _fakes(language: Language) -> Needles:
    return alphabet.of(language).needles(TRIGGER.strings)


@lru_cache(maxsize=256)
def _usual_pair(language: Language, marks: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern that matches flawless pairs of these two marks, when there is one way to pair them."""
    styles = [
        style
        for style in accepted(language)
        if style.open in marks and (style.close in marks or style.close not in _MARKS)
    ]
    if len(styles) != 1 or any(map(alphabet.of(language).has, _MARKS)):
        return None
    style = styles[0]
    if {style.open, style.close} != marks or not _is_taken_for_granted(style):
        return None
    return re.compile(_pair(style.open, style.close, rf"[^{_SUSPECT}\n]++", language, seek=True))


@lru_cache(maxsize=64)
def _all_flawless(language: Language) -> re.Pattern[str]:
    """A pattern that matches a text as `_rest` reads it: each mark begins a flawless pair, or is in one."""
    other = f"[^{_SUSPECT}]*+"
    return re.compile(rf"{other}(?:(?>{_flawless(language).pattern}){other})*+")


def _left_over(text: str, every: list[int], language: Language) -> list[int]:
    """Those of all places of marks that are in no flawless pair."""
    if _is_faked(text, language):
        return _left_beside_fakes(text, language)
    flawless = _flawless(language)
    left: list[int] = []
    end = 0
    for at in every:
        if at < end:
            continue
        pair = flawless.match(text, at)  # each begins with a mark
        if pair is None:
            left.append(at)
        else:
            end = pair.end()
    return left


def _left_beside_fakes(text: str, language: Language) -> list[int]:
    """The same where other signs stand for marks; a pair that holds one is left as well."""
    parts: list[str] = []
    end = 0
    for at in (found.start() for found in _MARK.finditer(text)):
        if at >= end and (pair := _flawless(language).match(text, at)):
            parts += (text[end:at], pair[0] if _FAKE.search(pair[0]) else " " * len(pair[0]))
            end = pair.end()
    return [found.start() for found in SUSPICIOUS.finditer("".join(parts) + text[end:])]


def _stretch(
    text: str, low: int, high: int, breaks: list[int], every: list[int]
) -> Iterator[tuple[int, int]]:
    """The lines from `low` to `high` and the written ones before and after them, when they are prose."""
    last = len(breaks) - 2
    low, high = max(0, low - 1), min(last, high + 1)
    while low and not text[breaks[low] + 1 : breaks[low + 1]].strip():
        low -= 1
    while high < last and not text[breaks[high] + 1 : breaks[high + 1]].strip():
        high += 1
    start, end = breaks[low] + 1, breaks[high + 1]
    marks = bisect_left(every, end) - bisect_left(every, start)
    if marks < _MANY or marks * _DENSE < end - start:
        yield start, end
