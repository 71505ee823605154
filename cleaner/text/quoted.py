"""A text between quotation marks, as YAML reads it."""

from __future__ import annotations

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    r"""`text` as a YAML scalar in double quotes (YAML 1.2.2, 5.7), on one line, nothing in it unseen.

    JSON would write what is beyond U+FFFF as two surrogates, which YAML does not put together.

    >>> print(quoted('сказал: “да”\u200b\n'), quoted("😀 \U000e0041"))
    "сказал: “да”\u200B\n" "😀 \U000E0041"
    """
    return '"' + "".join(_ESCAPES.get(char) or _seen(char) for char in text) + '"'


def _seen(char: str) -> str:
    if char.isprintable() and char != "\ufeff":
        return char
    number = ord(char)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"
