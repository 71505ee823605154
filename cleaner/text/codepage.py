"""The words of a text in the code page of its language: what is cheapest to ask of a whole text.

    page_for(letters).words(text)    its words in small letters, as bytes, without repetition
    page_for(letters).data(text)     the text, one byte a character

In a code page a character is one byte, so a table turns a whole text into small letters and all its marks
into spaces in a microsecond. What is in no code page of the language becomes a mark: of “č” in a Western
page nothing is left, of “třeba” `eba`; the pieces of whatever is looked for are the same. So a rule that
needs a word which is not among them need not look at the text. Where letter case is odd
(`triggers.has_odd_case`) nothing can be told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from cleaner.text.recent import recent
from cleaner.values import dataclass

# Those that hold all letters of some languages, the quickest to encode first.
LATIN = "latin-1"
_CODECS = (LATIN, "cp1252", "cp1250", "cp1251", "cp1254", "cp1255", "cp1257")
_ASCII = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_SPARED = frozenset("ẞʼ")  # a capital of odd case, the apostrophe of Ukrainian: both end a word
_NONE: frozenset[str] = frozenset()
_PIECE = 1 << 20  # bytes at once, so that a large text takes no more memory than a small one
_MARKS = frozenset("“”„‘’‚‹›«»–—…•№€™\u00a0\u202f\u200b「」。、，（）")  # no letters, in a page or not


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A code page; `small` turns its letters into small ones and all the rest into spaces.

    `letters` are those that it leaves, in both forms, and `run` matches some of them; `known` are characters
    of which none is a letter that the page lacks. One of each page exists, known by its identity.
    """

    codec: str
    small: bytes
    letters: frozenset[str]
    run: re.Pattern[str]
    known: frozenset[str]

    def data(self, text: str) -> bytes:
        """The text, one byte a character, but for `&#…;` for what the page lacks."""
        return coded(text, self.codec)

    def words(self, text: str) -> frozenset[bytes]:
        """The words of a text: stretches of letters of the page.

        >>> sorted(page_for(frozenset("äöüß")).words("Über „29“ Städte, über Dvořák"))
        [b'dvo', b'st\\xe4dte', b'\\xe1k', b'\\xfcber']
        """
        return _words(text, self.codec, self.small)

    def folded(self, text: str) -> bytes:
        """The text in small letters, with spaces for all else, a byte for each character."""
        data = coded(text, self.codec)
        if len(data) != len(text):
            data = text.encode(self.codec, "replace")
        return data.translate(self.small)

    def pieces(self, written: str) -> list[bytes]:
        """What is left of a word of a rule, as `words` has it."""
        return written.encode(self.codec, "xmlcharrefreplace").translate(self.small).split()

    def has(self, char: str) -> bool:
        """Whether a character is in the page."""
        return _is_in(char, self.codec)

    def is_spared(self, char: str) -> bool:
        """Whether a letter may be one of the language though the page lacks it."""
        return char.upper() in _SPARED or char.lower() in _SPARED

    def is_plain(self, written: str) -> bool:
        """Whether capital and small letters of a word are one letter in the page."""
        return all(self.pieces(char.lower()) == self.pieces(char.upper()) for char in written)

    def forms_of_name(self, name: str, joined: str = "") -> Iterator[bytes]:
        """What a text that has a name has among its words: one of these; b"" when that cannot be told.

        Up to two letters of `joined` may stand before the name in one word with it.
        """
        pieces = self.pieces(name)
        if not pieces or not self.is_plain(name) or "ss" in name.lower():  # which ß stands for as well
            yield b""
            return
        longest = max(pieces, key=len)
        yield longest
        if longest == pieces[0]:
            letters = ["", *joined]
            for before in {one + other for one in letters for other in letters}:
                yield self.pieces(before + name)[0]

    def strange(self, signs: frozenset[str]) -> frozenset[str]:
        """Those of some characters that are letters which the page lacks."""
        if signs <= self.known:
            return _NONE
        return frozenset(sign for sign in signs - self.known if sign.isalpha() and not self.has(sign))


@recent(2)
def coded(text: str, codec: str) -> bytes:
    """A text in a code page; what it lacks becomes marks and digits, `&#…;`, which part words as well."""
    return text.encode(codec, "xmlcharrefreplace")


@recent(2)
def _words(text: str, codec: str, small: bytes) -> frozenset[bytes]:
    data = coded(text, codec).translate(small)
    if len(data) < _PIECE:
        return frozenset(data.split())
    found: set[bytes] = set()
    start = 0
    while start < len(data):
        end = data.find(b" ", start + _PIECE)
        end = len(data) if end < 0 else end
        found.update(data[start:end].split())
        start = end
    return frozenset(found)


@cache
def _is_in(char: str, codec: str) -> bool:
    return len(char) == 1 == len(char.encode(codec, "ignore"))


@cache
def page_for(letters: frozenset[str]) -> Page | None:
    """The first code page that holds all of some letters, and ASCII; None without one."""
    wanted = (letters | _ASCII) - _SPARED
    fit = (codec for codec in _CODECS if all(_is_in(char, codec) for char in wanted))
    codec = next(fit, None)
    return _page(codec) if codec else None


def _small(char: str, codec: str) -> int:
    """The small letter as a byte; a space for what is no letter, or of which the page lacks the other form,
    or another letter has it (ı)."""
    small, capital = char.lower(), "ß" if char == "ß" else char.upper()
    if not char.isalpha() or capital.lower() != small:
        return 32
    return small.encode(codec)[0] if _is_in(small, codec) and _is_in(capital, codec) else 32


@cache
def _page(codec: str) -> Page:
    chars = [bytes((code,)).decode(codec, "replace") for code in range(256)]
    small = bytes(map(_small, chars, itertools.repeat(codec)))
    letters = frozenset(char for char, byte in zip(chars, small, strict=True) if byte != 32)
    run = re.compile(f"[{''.join(sorted(letters))}]+")
    return Page(codec, small, letters, run, frozenset(chars) | _MARKS)
