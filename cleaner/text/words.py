"""Words, and what stands around a span.

A word here is a stretch of letters with the marks that belong to them, apostrophes and hyphens
inside included: `дев'ять`, `cul-de-sac`, `l’homme`. Digits and underscores end it. In writing
without spaces a stretch is no word but a clause; detectors look at scripts there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.offsets import Span

# Marks that follow letters and are no letters to `\w`: combining accents, niqqud, harakat, the
# vowel signs of the Indic scripts (Unicode 17, general categories Mn and Mc).
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
LETTER = r"[^\W\d_]"
INNER = "'’ʼ\\-‐‑"  # apostrophes and hyphens inside a word
WORD = re.compile(rf"{LETTER}[{MARKS}]*(?:{LETTER}[{MARKS}]*|[{INNER}](?={LETTER}))*")

_OPENING = dict(zip("([{（［【〔《「『«“‘„‚‹\"'", ")]}）］】〕》」』»”’“‘›\"'", strict=True))
_GERMAN_CLOSE = {"„": "“”„", "‚": "‘’", "«": "»", "»": "«", "“": "”", "”": "”", "’": "’"}


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Spans of the words between two places of a text.

    >>> [text[span.slice] for text in ["Дев'ять 2-km cul-de-sac, l’été"] for span in words(text)]
    ["Дев'ять", 'km', 'cul-de-sac', 'l’été']
    """
    for found in WORD.finditer(text, start, len(text) if end is None else end):
        yield Span(*found.span())


def before(text: str, at: int, reach: int = 80) -> tuple[str, ...]:
    """Words that end before `at`, nearest first, out of the `reach` code points before it.

    A word that the reach cuts in two counts as the part that is inside.

    >>> before("the word «перестройка»", 10)
    ('word', 'the')
    """
    return tuple(reversed(WORD.findall(text, max(0, at - reach), at)))


def after(text: str, at: int, reach: int = 80) -> tuple[str, ...]:
    """Words that begin after `at`, nearest first, out of the `reach` code points after it.

    >>> after("both [будут] be in Cambodia", 12)
    ('be', 'in', 'Cambodia')
    """
    return tuple(WORD.findall(text, at, at + reach))


def fence(text: str, span: Span) -> Span | None:
    """The brackets or quotation marks right around a span, or None.

    Spaces may lie between; the marks must belong together.

    >>> fence("both [будут] be", Span(6, 11))
    Span(start=5, end=12)
    >>> fence("слово „Wort“ и", Span(7, 11))
    Span(start=6, end=12)
    """
    left, right = span.start - 1, span.end
    while left >= 0 and text[left] in " \u00a0\u202f":
        left -= 1
    while right < len(text) and text[right] in " \u00a0\u202f":
        right += 1
    if left < 0 or right >= len(text):
        return None
    mark = text[left]
    closes = _GERMAN_CLOSE.get(mark) or _OPENING.get(mark, "")
    return Span(left, right + 1) if text[right] in closes and closes else None


_QUOTE_BEFORE = re.compile(r"[«„“\"「『‘][^«»„“”\"「」『』\n]{0,60}\Z")
_QUOTE_AFTER = re.compile(r"[^«»„“”\"「」『』\n]{0,60}[»”“\"」』]")


def is_quoted(text: str, span: Span) -> bool:
    """Whether a span lies between a quotation mark within 60 code points before it and one after.

    >>> is_quoted("sein Buch „Une vie“ erschien", Span(11, 14)), is_quoted("ein „Buch“ und so", Span(11, 14))
    (True, False)
    """
    left = text[max(0, span.start - 62) : span.start]
    return bool(_QUOTE_BEFORE.search(left)) and bool(_QUOTE_AFTER.match(text, span.end))


def is_sentence_start(text: str, at: int) -> bool:
    """Whether a word that begins at `at` opens a sentence, a line or a quotation.

    >>> is_sentence_start("Ja. Nein", 4), is_sentence_start("Ja, Nein", 4)
    (True, False)
    """
    left = at - 1
    while left >= 0 and text[left] in " \u00a0\u202f\t«»„“”\"'‘’([{—–-•*":
        left -= 1
    return left < 0 or text[left] in ".!?…:\n\r。！？"
