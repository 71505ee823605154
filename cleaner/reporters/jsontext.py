"""JSON that may be printed anywhere: its values are exact, and nothing in it is obeyed or unseen."""

from __future__ import annotations

import json
import re

_LOG_COMMAND = re.compile(r"##(?=\[|vso\[|teamcity\[)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(body: object, indent: int | None = None) -> str:
    r"""`body` as JSON with a line break at its end; what cannot be seen is written as an escape.

    A build log that shows it finds no command and no control character, a parser finds every value
    as it was, lone surrogates (undecodable bytes) included.

    >>> print(dump({"a": "\u202eдва\x7f ##[error]"}), end="")
    {"a": "\u202eдва\u007f #\u0023[error]"}
    """
    text = json.dumps(body, ensure_ascii=False, indent=indent)
    unseen = {ord(char): _escape(char) for char in set(text) if not char.isprintable() and char != "\n"}
    return _LOG_COMMAND.sub(r"#\\u0023", text.translate(unseen)) + "\n"


def whole(text: str) -> str:
    r"""`text` with U+FFFD for what no encoding can carry, for readers that refuse lone surrogates.

    >>> whole("caf\udce9")
    'caf\ufffd'
    """
    return _SURROGATE.sub("\ufffd", text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
