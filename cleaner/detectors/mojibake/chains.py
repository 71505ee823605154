"""Decode chains: bytes written in one encoding and read in another, and how to undo that.

    chain("utf-8 read as cp1252").undo("cafÃ©")    "café"

A chain is written as it happened: *what the bytes were* `read as` *what they were taken for*.
Undoing it is pure arithmetic and proves nothing; `judge` says whether the outcome is better text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache, cached_property

from cleaner.values import dataclass

_NOTATION = re.compile(r"([a-z0-9_-]+) read as ([a-z0-9_-]+)")
_HIGH = range(0x80, 0x100)


@dataclass(frozen=True, eq=False)
class Chain:
    """One way of damaging text; there is one object of each (`chain`), known by its identity.

    >>> chain("cp1251 read as latin-1").undo("Ïðèâåò")
    'Привет'
    >>> chain("utf-8 read as gbk").undo("that鈥檚")
    'that’s'
    """

    was: str
    read: str

    def __str__(self) -> str:
        return f"{self.was} read as {self.read}"

    @property
    def proves_itself(self) -> bool:
        """Whether chance hardly ever gives something that can be undone: UTF-8 has a grammar."""
        return self.was == "utf-8"

    @cached_property
    def undo_table(self) -> Mapping[int, str]:
        """Character → character, where both encodings have one byte a character."""
        was, read = table(self.was), table(self.read)
        if was is None or read is None:
            return {}
        return {ord(read[byte]): was[byte] for byte in _HIGH if read[byte] != was[byte]}

    @cached_property
    def sequences(self) -> re.Pattern[str]:
        """What a character of two to four bytes of UTF-8 looks like in a single-byte encoding.

        A no-break space may have become a plain one on the way.
        """
        read = table(self.read) or ""
        tail = char_class(read[0x80:0xC0]) + (" " if "\u00a0" in read[0x80:0xC0] else "")
        return re.compile(
            f"[{char_class(read[0xC2:0xE0])}][{tail}]"
            f"|[{char_class(read[0xE0:0xF0])}][{tail}]{{2}}"
            f"|[{char_class(read[0xF0:0xF5])}][{tail}]{{3}}"
        )

    @cached_property
    def stumps(self) -> re.Pattern[str]:
        """What is left of a sequence that has lost a byte: its first byte, or the first two of three."""
        read = table(self.read) or ""
        tail = char_class(read[0x80:0xC0])
        return re.compile(
            f"(?P<two>[{char_class(read[0xE0:0xF5])}][{tail}])(?![{tail}])|[{char_class(read[0xC2:0xF5])}](?![{tail}])"
        )

    def undo(self, text: str) -> str | None:
        """What `text` was before, None when this chain cannot have made it (or left it as it is)."""
        if table(self.read) is None:
            return self._undo_runs(text)
        if self.was == "utf-8":
            before = self.sequences.sub(
                lambda found: self._decode(found[0].replace(" ", "\u00a0")) or found[0], text
            )
        elif table(self.was) is None:
            # the second half of a character may be an ASCII letter: “ー” is 0x81 “[” in Shift-JIS
            before = self._decode(text) or self._undo_runs(text) or text
        elif self.only_controls or all(char < "\x80" or char in self._alphabet for char in text):
            before = text.translate(self.undo_table)
        else:
            return None
        return None if before == text else before

    @cached_property
    def only_controls(self) -> bool:
        """Whether nothing but C1 controls is changed, which are never text."""
        return bool(self.undo_table) and all(0x80 <= code < 0xA0 for code in self.undo_table)

    @cached_property
    def _alphabet(self) -> frozenset[str]:
        """The characters that the wrong reading can give, those that mean nothing left out."""
        was, read = table(self.was) or "", table(self.read) or ""
        return frozenset(read[byte] for byte in _HIGH if not "\x80" <= was[byte] <= "\x9f")

    def _undo_runs(self, text: str) -> str | None:
        """Run by run of characters beyond ASCII: a character may be half of one and half of another."""
        before = _RUN.sub(lambda found: self._decode(found[0]) or found[0], text)
        return None if before == text else before

    def _decode(self, run: str) -> str | None:
        try:
            before = encode(run, self.read).decode(self.was)
        except UnicodeError:
            return None
        return before

    def redo(self, text: str) -> str | None:
        """`text` damaged in this way, None when it cannot be: the proof of a repair."""
        try:
            data = encode(text, self.was)
        except UnicodeError:
            return None
        read = table(self.read)
        if read is not None:
            return "".join(read[byte] for byte in data)
        try:
            return data.decode(self.read)
        except UnicodeError:
            return None


_RUN = re.compile(r"[^\x00-\x7f]+")


@cache
def chain(notation: str) -> Chain:
    """The chain that is written so.

    Raises ValueError for anything but "X read as Y" with two encodings that Python knows.

    >>> chain("utf-8 read as cp1253").read
    'cp1253'
    >>> chain("cp1252 → utf-8")
    Traceback (most recent call last):
    ...
    ValueError: “cp1252 → utf-8”: write “WAS read as READ”, for example “utf-8 read as cp1252”
    """
    found = _NOTATION.fullmatch(notation)
    if found is None:
        raise ValueError(f"“{notation}”: write “WAS read as READ”, for example “utf-8 read as cp1252”")
    for name in found.groups():
        try:
            codecs.lookup(name)
        except LookupError:
            raise ValueError(f"“{notation}”: Python knows no encoding “{name}”") from None
    if found[2] == "utf-8":
        raise ValueError(f"“{notation}”: bytes that are no UTF-8 cannot be read as UTF-8 without loss")
    return Chain(found[1], found[2])


@cache
def table(codec: str) -> str | None:
    """The 256 characters of a single-byte encoding, None for other encodings.

    Bytes without a character stand for the control of the same number, as browsers read them
    (WHATWG Encoding Standard).

    >>> table("cp1252")[0x80], table("cp1252")[0x81]
    ('€', '\\x81')
    """
    if codec == "utf-8" or len("é".encode(codec, "ignore")) > 1 or len("あ".encode(codec, "ignore")) > 1:
        return None
    if len("语".encode(codec, "ignore")) > 1 or len("가".encode(codec, "ignore")) > 1:
        return None
    chars = []
    for byte in range(256):
        try:
            chars.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            chars.append(chr(byte))
    return "".join(chars)


@cache
def _bytes_of(codec: str) -> Mapping[str, int]:
    chars = table(codec)
    assert chars is not None
    return {char: byte for byte, char in reversed(list(enumerate(chars)))}


def encode(text: str, codec: str) -> bytes:
    """`text` in bytes; single-byte encodings take the controls that `table` put into the gaps."""
    if table(codec) is None:
        return text.encode(codec)
    to_byte = _bytes_of(codec)
    try:
        return bytes([to_byte[char] for char in text])
    except KeyError as error:
        raise UnicodeError(f"{codec} has no {error}") from None


def char_class(chars: str) -> str:
    """The inside of a character class for `re`."""
    return "".join(map(re.escape, chars))
