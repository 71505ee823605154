"""Bytes → text and back, without losing one.

A byte order mark decides, else UTF-8. A byte that is no UTF-8 becomes a lone surrogate (U+DC80 to
U+DCFF) and is written back as the byte that it was.
"""

from __future__ import annotations

import codecs
import re

from cleaner.errors import InputError
from cleaner.model import Encoding

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NO_CHARSETS = frozenset(
    [
        *("idna", "mbcs", "oem", "punycode", "undefined"),
        *("raw-unicode-escape", "raw_unicode_escape", "unicode-escape", "unicode_escape"),
    ]
)
_ESCAPED = re.compile("[\udc80-\udcff]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, Encoding]:
    r"""The text of `data` without its byte order mark, and how to write it back.

    Raises InputError for bytes that are no text: with NUL, or not of the declared encoding.

    >>> decode(b"\xef\xbb\xbf\xd0\x94\xd0\xb0")
    ('Да', Encoding(name='utf-8', bom=b'\xef\xbb\xbf', undecodable=()))
    >>> decode(b"caf\xe9")[1].undecodable
    (3,)
    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise InputError("UTF-32, which is not read")
    for bom, name in _MARKS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], name, bom)
    return _decode(data, _canonical(declared or "utf-8"), b"")


def _canonical(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        raise InputError(f"unknown encoding “{name}”") from None
    # Python also calls rot13, base64 and the like codecs; those that give text have this mark.
    if not found._is_text_encoding or found.name in _NO_CHARSETS:
        raise InputError(f"“{name}” is no encoding of a text file")
    return found.name


def _decode(data: bytes, name: str, bom: bytes) -> tuple[str, Encoding]:
    if name == "utf-8":
        if is_binary(data):
            raise InputError("not a text: it contains NUL bytes")
        text = data.decode(name, "surrogateescape")
        return text, Encoding(name, bom, undecodable(text))
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(f"not {name}: {error.reason} at byte {error.start + len(bom)}") from None
    if text.encode(name) != data:
        raise InputError(f"reading it as {name} would not keep every byte")
    return text, Encoding(name, bom)


def undecodable(text: str) -> tuple[int, ...]:
    r"""Where bytes stand in a text that are no UTF-8.

    >>> undecodable(b"caf\xe9".decode("utf-8", "surrogateescape"))
    (3,)
    """
    try:
        text.encode()  # many times as fast as to look for them
    except UnicodeEncodeError:
        return tuple(found.start() for found in _ESCAPED.finditer(text))
    return ()


def is_binary(data: bytes) -> bool:
    """Whether these are no bytes of a text: a NUL in the first 8,192 and no byte order mark of UTF-16."""
    return b"\0" in data[:8192] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))


def encode(text: str, encoding: Encoding) -> bytes:
    r"""The bytes of a text as it was read.

    >>> encode(*decode(b"\xff\xfe\x14\x04"))
    b'\xff\xfe\x14\x04'
    """
    errors = "surrogateescape" if encoding.name == "utf-8" else "strict"
    return encoding.bom + text.encode(encoding.name, errors)
