"""The signs of a text: every character but the ordinary ones of its language.

    of(language).signs(text)         the set of them, in a few microseconds
    of(language).has_one(text, …)    whether it holds one of some strings, asked where that is cheapest

Ordinary are the letters of the language, the line feed, and the space, comma and full stop as the
language has them: nearly every text does, so their presence says nothing. A rule that
needs a sign which a text does not have need not look at it; that is what the signs are for.

Letters of other languages are signs. Where we know no letters, those of the script are ordinary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaner.languages import Language
from cleaner.text.codepage import LATIN, Page, coded, page_for
from cleaner.text.recent import recent
from cleaner.text.scripts import letters_class
from cleaner.text.scripts_data import OWN
from cleaner.text.triggers import (
    Ranges,
    has_odd_case,
    holds,
    meet,
    merged,
    odd_case,
    ranges,
    ranges_of_class,
    utf8,
)
from cleaner.values import dataclass

_ASCII_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_PIECE = 1 << 20  # code points at once, so that a large text takes no more memory than a small one
_ASCII, _HIGH = bytes(range(128)), bytes(range(128, 256))
_ODD = odd_case()

Needles = tuple[tuple[str, str, int], ...]
"""Strings to look for, as `Alphabet.needles` makes them: the string, a sign in it or "", the row that keeps
it together: of the signs in ASCII, of those beyond, or none of the two."""
_IN_ASCII, _BEYOND, _NOWHERE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """What is ordinary: `ranges` of code points, `delete` the ASCII ones as bytes, with all others;
    `others` matches a character beyond ASCII that is not ordinary. `codec` is a code page in which the
    ordinary ones are the bytes `plain`, "" where there is none; `has_odd` says that some have odd case."""

    ranges: Ranges
    delete: bytes
    others: re.Pattern[str]
    codec: str
    plain: bytes
    has_odd: bool

    def signs(self, text: str) -> frozenset[str]:
        """The characters of a text that are not ordinary.

        >>> from cleaner.languages import lookup
        >>> sorted(of(lookup("uk")).signs("Він сказав: «Ні, cafe!»"))
        ['!', ':', 'a', 'c', 'e', 'f', '«', '»']
        """
        return _signs(self, text)[0]

    def has(self, char: str) -> bool:
        """Whether a character is ordinary."""
        return holds(self.ranges, char)

    def needles(self, strings: Iterable[str]) -> Needles:
        """Some strings, ready to be looked for in many texts."""
        return tuple((string, self._sign(string), self._row(string)) for string in strings)

    def _sign(self, string: str) -> str:
        return next((char for char in string if not self.has(char)), "")

    def _row(self, string: str) -> int:
        if string.isascii():
            return _NOWHERE if any(map(self.has, string)) else _IN_ASCII
        return _NOWHERE if any(map(str.isascii, string)) else _BEYOND

    def has_one(self, text: str, needles: Needles) -> bool:
        """Whether a text has one of some strings.

        >>> from cleaner.languages import lookup
        >>> own = of(lookup("en"))
        >>> needles = own.needles(["``", ",,"])
        >>> own.has_one("He said ,,yes.", needles), own.has_one("a, b, c", needles)
        (True, False)
        """
        signs, *rows = _signs(self, text)
        for string, sign, row in needles:
            if sign and sign not in signs:
                continue
            # What stands side by side still does when all else is taken away: a short look says no.
            if row != _NOWHERE and string not in rows[row]:
                continue
            if string in text:
                return True
        return False

    def is_even(self, text: str) -> bool:
        """Whether small letters of a text tell what a search without case would find in it.

        It does not where there are letters of odd case (`triggers.has_odd_case`).
        """
        if self.has_odd:
            return not has_odd_case(text)
        return _ODD.isdisjoint(_signs(self, text)[0])  # a letter that is not ordinary is a sign

    def is_ordinary(self, group: Ranges) -> bool:
        """Whether one of some characters is ordinary, so that their absence cannot be told."""
        return meet(self.ranges, group)


@recent(8)
def _signs(alphabet: Alphabet, text: str) -> tuple[frozenset[str], str, str]:
    """The signs of a text; those in ASCII as they stand there in a row; those beyond, perhaps with letters."""
    if text.isascii():
        row = text.encode("ascii").translate(None, alphabet.delete).decode("ascii")
        return _few(row), row, ""
    if alphabet.codec:
        left = coded(text, alphabet.codec).translate(None, alphabet.plain)
        if b"&" not in left:  # every character has its byte
            row = left.decode(alphabet.codec)
            return _few(row), row, row
    data = utf8(text)
    row = data.translate(None, alphabet.delete).decode("ascii")
    beyond = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    pieces = (beyond[at : at + _PIECE] for at in range(0, len(beyond), _PIECE))
    return _few(row).union(*map(alphabet.others.findall, pieces)), row, beyond


def _few(row: str) -> frozenset[str]:
    """The characters of a row, which may be as long as a book."""
    pieces = (row[at : at + _PIECE] for at in range(0, len(row), _PIECE))
    return frozenset().union(*pieces)


@cache
def page_of(language: Language) -> Page | None:
    """The code page of a language; None where none holds all its letters, or words are not set apart.

    >>> from cleaner.languages import lookup
    >>> [page.codec if (page := page_of(lookup(tag))) else None for tag in ("en", "fr", "cs", "uk", "he", "ja")]
    ['latin-1', 'cp1252', 'cp1250', 'cp1251', 'cp1255', None]
    """
    return page_for(language.letters) if language.word_spaces and language.letters else None


@cache
def of(language: Language) -> Alphabet:
    """The alphabet of a language."""
    page = page_of(language)
    codec = page.codec if page is not None and page.codec != LATIN else ""  # which lacks “ and ’
    return _of(language.letters, language.scripts, language.word_spaces, codec)


@cache
def _of(letters: frozenset[str], scripts: frozenset[str], word_spaces: bool, codec: str) -> Alphabet:
    plain = {"\n", " ", ",", "."} if word_spaces else {"\n", "，", "、", "。"}
    if "Latn" in scripts:
        plain |= _ASCII_LETTERS
    plain |= letters
    inside = "".join(map(re.escape, sorted(char for char in plain if char >= "\x80")))
    own = ranges(plain)
    if not letters or "Hani" in scripts:  # Han is in no list of letters
        script = letters_class(script for script in scripts if script in OWN and script != "Latn")
        inside += script
        own = merged((*own, *ranges_of_class(script)))
    return Alphabet(
        own,
        _HIGH + "".join(sorted(char for char in plain if char < "\x80")).encode(),
        re.compile(f"[^\\x00-\\x7f{inside}]"),
        codec,
        "".join(plain).encode(codec, "ignore") if codec else b"",
        any(holds(own, char) for char in _ODD),
    )
