"""Signs that look like quotation marks and are none.

Apostrophes (workers’, ’90s, rock ’n’ roll), inches and feet (6'2", 20x16"), the gershayim and the
geresh of Hebrew (צה"ל, ג'), commas typed twice, shift operators and arrows (<<, >>, News » World), an empty
string (Default: ""). Each judgement is a cost of being such a sign, and what that makes dearer: a mark after
20x16 hardly opens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.detectors.pairs.customs import FAKES
from cleaner.languages import Language

NEVER = 99.0
SURE = 0.02  # hardly anything else


class Guess(NamedTuple):
    """The cost of being no quotation mark, and what to add to the costs of opening and closing."""

    other: float
    opener: float = 0.0
    closer: float = 0.0


# What follows an apostrophe at the beginning of a word: years, English and Dutch short forms,
# German ’s and ’ne.
_ELIDED = re.compile(
    r"\d|(?:n|em|tis|twas|til|till|cause|bout|round|cos|coz|neath|gainst|im|er|ere|ve|ll"
    r"|s|t|k|ne|nen|nem|m|ns|r|d|re)(?![^\W_])",
    re.IGNORECASE,
)
_ARROWS = dict(zip("«»‹›", "»«›‹", strict=True))  # each with its partner
_ENDS = tuple(".!?…。！？,;:")
_LINE = 160  # code points on either side that are looked at
_FEW, _VERY_FEW = 8, 3  # words
_EMPTY = re.compile(r"(?:.*[^\w\"])?\n[^\w\"]?", re.DOTALL)  # what stands before and after an empty string
_SIZE = re.compile(r"(?:\d\s?[x×х]\s?\d+(?:[.,]\d+)?|\d\s?['’′]\s?\d+(?:[.,]\d+)?|[½¼¾⅛⅜⅝⅞])\s?$")
_NUMBER = re.compile(r"[\d½¼¾]\s?$")
_HEBREW_BEFORE = re.compile(r"[\u05d0-\u05ea]+$")
_HEBREW_AFTER = re.compile(r"[\u05d0-\u05ea]+")
# Particles that are written together with the next word: and, that, the, as, to, in, from.
_HEBREW_PREFIXES = re.compile(r"(?<![\u05d0-\u05ea])[ושהכלבמ]{1,4}$")


def judge(
    glyph: str,
    head: str,
    before: str,
    after: str,
    text: str,
    end: int,
    language: Language,
    *,
    spaced: bool = False,
) -> Guess:
    """How likely a mark is no quotation mark; `head` is the line up to it, at most 16 characters.

    `spaced` says that the language sets the mark off from what it quotes.

    >>> from cleaner.languages import lookup
    >>> judge('"', "a frame of 20x16", "6", " ", 'a frame of 20x16" ', 17, lookup("en")).other < 0.1
    True
    """
    if glyph in _ARROWS and _is_arrow(glyph, before, after, text, end, spaced=spaced):
        return Guess(SURE)
    if glyph == '"' and _EMPTY.fullmatch(f"{head}\n{after}") and text.startswith('""', end - 2):
        return Guess(SURE)
    if glyph in ('"', "”", "''", "״", "’’") and _NUMBER.search(head) and not after.isalpha():
        return _inch(glyph, head)
    if glyph in '"״”“' and (word := _HEBREW_BEFORE.search(head)) and (rest := _HEBREW_AFTER.match(text, end)):
        return _gershayim(word[0], len(rest[0]))
    if glyph in FAKES:
        return Guess(_fake(glyph, before, after))
    if glyph in "'’":
        return Guess(_apostrophe(glyph, before, after, text, end, language))
    if glyph == "‘":
        return Guess(_turned_apostrophe(before, after, text, end, language))
    if glyph in "‚‹›" and (after.isspace() or (before.isspace() and glyph != "‚")):
        return Guess(2.0)  # a comma, an arrow
    return Guess(NEVER)


def _is_arrow(glyph: str, before: str, after: str, text: str, end: int, *, spaced: bool) -> bool:
    """Whether an angled mark between spaces only points, as in the menus of pages: Read more », News » World.

    It does where its partner does not stand in the line, which is no sentence: beside another one, or in a
    few words. Where such marks are set off from what they quote, only one that ends very few can be told.
    """
    if not (before.isspace() or not before) or not (after.isspace() or not after):
        return False
    left = text[max(0, end - 1 - _LINE) : end - 1].rpartition("\n")[2]
    right = text[end : end + _LINE].partition("\n")[0]
    if _ARROWS[glyph] in left or _ARROWS[glyph] in right or (left + right).rstrip().endswith(_ENDS):
        return False
    if f" {glyph} " in f" {left.lstrip()}" or f" {glyph} " in f"{right.rstrip()} ":
        return True
    words = len(left.split()) + len(right.split())
    if spaced:
        return glyph in "»›" and not right.strip() and words <= _VERY_FEW
    return words <= _FEW


def _inch(glyph: str, head: str) -> Guess:
    if glyph == "''" or _SIZE.search(head):
        return Guess(0.05, 3.5, 3.5)
    return Guess(0.7 if glyph in '"״' else 1.2, opener=1.5)


def _gershayim(word: str, size: int) -> Guess:
    """A mark between `word` and `size` more Hebrew letters: the gershayim stands before the last
    letter of an acronym, which can take an ending; a quotation may begin after a particle."""
    if size == 1:
        return Guess(0.05, 2.5, 2.5)
    ending = size <= 3
    opener = -1.0 if _HEBREW_PREFIXES.search(word) else 2.0 if ending else 0.6
    return Guess(0.35 if ending else 1.6, opener, 0.3)


def _fake(glyph: str, before: str, after: str) -> float:
    if glyph in ("<<", ">>") and (before.isspace() or not before) and (after.isspace() or not after):
        return 0.3  # a shift, an arrow
    return 1.4 if glyph in ("‘‘", "’’") else 0.9


def _apostrophe(glyph: str, before: str, after: str, text: str, end: int, language: Language) -> float:
    if not language.word_spaces:
        if before.isascii() and before.isalpha():
            return 0.3
        return 0.8 if glyph == "'" else 2.2
    if before.isalnum() and not after.isalnum():
        if before in "sxzSXZ" or before.isdigit() or language.tag in ("he", "yi"):
            return SURE
        return 0.25 if not after or after.isspace() else 0.4
    if after.isalnum():
        return SURE if before.isalpha() or _ELIDED.match(text, end) else 1.2
    return 0.9


def _turned_apostrophe(before: str, after: str, text: str, end: int, language: Language) -> float:
    """‘ in place of an apostrophe, as word processors set it: ‘90s, Editors‘ Choice, geresh‘."""
    if language.word_spaces and before.isalpha() and after.isalpha():
        return 0.1
    if _ELIDED.match(text, end) or (before and before in "sxzSXZ" and after == " "):
        return 0.5
    return NEVER
