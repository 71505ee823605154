"""The signs of a text: every character but the ordinary ones of its language.

    of(language).signs(text)    the set of them, in a few microseconds

Ordinary are the letters of the language, the line feed, and the space, comma and full stop as the
language has them: nearly every text does, so their presence says nothing. A rule that
needs a sign which a text does not have need not look at it; that is what the signs are for.

Letters of other languages are signs. Where we know no letters, those of the script are ordinary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleaner.languages import Language
from cleaner.text.scripts import letters_class
from cleaner.text.scripts_data import OWN
from cleaner.text.triggers import Ranges, holds, meet, merged, ranges, ranges_of_class, utf8
from cleaner.values import dataclass

_ASCII_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_PIECE = 1 << 20  # code points at once, so that a large text takes no more memory than a small one
_ASCII, _HIGH = bytes(range(128)), bytes(range(128, 256))


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """What is ordinary: `ranges` of code points, `delete` the ASCII ones as bytes, with all others;
    `others` matches a character beyond ASCII that is not ordinary."""

    ranges: Ranges
    delete: bytes
    others: re.Pattern[str]

    def signs(self, text: str) -> frozenset[str]:
        """The characters of a text that are not ordinary.

        >>> from cleaner.languages import lookup
        >>> sorted(of(lookup("uk")).signs("Він сказав: «Ні, cafe!»"))
        ['!', ':', 'a', 'c', 'e', 'f', '«', '»']
        """
        return _signs(self, text)

    def has(self, char: str) -> bool:
        """Whether a character is ordinary."""
        return holds(self.ranges, char)

    def is_ordinary(self, group: Ranges) -> bool:
        """Whether one of some characters is ordinary, so that their absence cannot be told."""
        return meet(self.ranges, group)


@lru_cache(maxsize=8)
def _signs(alphabet: Alphabet, text: str) -> frozenset[str]:
    if len(text) > _PIECE:
        pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
        return frozenset().union(*(_signs.__wrapped__(alphabet, piece) for piece in pieces))
    if text.isascii():
        return frozenset(text.encode("ascii").translate(None, alphabet.delete).decode("ascii"))
    data = utf8(text)
    beyond = data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    ascii_signs = data.translate(None, alphabet.delete).decode("ascii")
    return frozenset(ascii_signs).union(alphabet.others.findall(beyond))


def of(language: Language) -> Alphabet:
    """The alphabet of a language."""
    return _of(language.letters, language.scripts, language.word_spaces)


@cache
def _of(letters: frozenset[str], scripts: frozenset[str], word_spaces: bool) -> Alphabet:
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
    )
