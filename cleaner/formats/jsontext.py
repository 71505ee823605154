r"""How JSON writes strings: what escapes mean, and how new text is written in a file's own style."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from cleaner.model import Document, Encoding
from cleaner.values import dataclass

ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MUST = {**{char: f"\\{name}" for name, char in _SHORT.items()}, '"': '\\"', "\\": "\\\\"}
# What a string may not hold as it is: control characters and, though no parser minds, halves of
# characters, which no encoding can write.
_MUST_BE_ESCAPED = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')
_UPPER = re.compile(r"\\u[0-9]{0,3}[A-F]")
_ASCII_ONLY = re.compile(r'["\\\x00-\x1f\x7f-\U0010ffff]')


def value(escape: str) -> str:
    r"""What one escape stands for; half of a pair of surrogates is itself.

    >>> value(r"\u0431"), value(r"\ud83d\ude00"), value(r"\n")
    ('б', '😀', '\n')
    """
    if len(escape) == 2:
        return _SHORT.get(escape[1], escape[1])
    code = int(escape[2:6], 16)
    if len(escape) == 6:
        return chr(code)
    return chr(0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)


def decoded(written: str) -> str:
    """What a string says that is written so between its quotation marks."""
    text = json.loads(f'"{written}"')  # the same as `value` of each escape, but faster
    assert isinstance(text, str)
    return text


@dataclass(frozen=True, slots=True)
class Style:
    r"""How a file writes its strings, so that what is inserted looks like the rest.

    `plain` escapes what must be; `ascii` all that is not ASCII, as `json.dumps` does. Hexadecimal
    digits and `\/` are as elsewhere in the file.
    """

    plain: Callable[[str], str]
    ascii: Callable[[str], str]

    @classmethod
    def of(cls, document: Document) -> Style:
        r"""The style of a file: an ASCII file with escapes stays an ASCII file.

        A file of a legacy encoding gets escapes too, since it cannot hold every character.

        >>> Style.of(Document("a.json", r'{"a": "\u00C9t\u00E9 1\/2"}')).plain('“1/2”')
        '\\u201C1\\/2\\u201D'
        >>> Style.of(Document("a.json", '{"a": "Été"}')).plain('“1/2”')
        '“1/2”'
        """
        hand = Hand()
        hand.see(document.text)
        return hand.style(document.encoding)


class Hand:
    r"""What the text of a file shows of its style; it may be seen in pieces that cut no escape.

    >>> hand = Hand()
    >>> hand.see(r'{"a": "\u0434\u0430"}'); hand.see('{"a": "yes"}')
    >>> hand.style(Encoding()).plain("ні")
    '\\u043d\\u0456'
    """

    __slots__ = ("_ascii", "_escapes", "_slash", "_upper")

    def __init__(self) -> None:
        self._ascii, self._escapes, self._slash, self._upper = True, False, False, False

    def see(self, text: str) -> None:
        """Look at some of the text."""
        self._ascii = self._ascii and text.isascii()
        if "\\" in text:
            self._escapes = self._escapes or "\\u" in text
            self._slash = self._slash or "\\/" in text
            self._upper = self._upper or _UPPER.search(text) is not None

    def style(self, encoding: Encoding) -> Style:
        """The style of a file of which all was seen."""
        escaped = _writer(_ASCII_ONLY, self._slash, self._upper)
        if (self._ascii and self._escapes) or not encoding.name.lower().startswith("utf"):
            return Style(escaped, escaped)
        return Style(_writer(_MUST_BE_ESCAPED, self._slash, self._upper), escaped)


def _writer(pattern: re.Pattern[str], slash: bool, upper: bool) -> Callable[[str], str]:
    form = "\\u{:04X}" if upper else "\\u{:04x}"

    def escaped(char: re.Match[str]) -> str:
        known = _MUST.get(char[0])
        if known:
            return known
        code = ord(char[0])
        if code < 0x10000:
            return form.format(code)
        code -= 0x10000
        return form.format(0xD800 + (code >> 10)) + form.format(0xDC00 + (code & 0x3FF))

    def write(text: str) -> str:
        written = pattern.sub(escaped, text)
        return written.replace("/", "\\/") if slash else written

    return write
