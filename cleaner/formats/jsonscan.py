r"""Where the strings of a JSON value stand: one pattern's tokens and a small state machine.

Linear, and never deeper than a list. The address of a string is its JSON Pointer (RFC 6901). NaN and
Infinity are accepted, as Python writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.errors import FormatError
from cleaner.formats.jsontext import decoded

MAX_DEPTH = 1000

SPACE = r"[ \t\r\n]*+"
_PLAIN = r'[^"\\\x00-\x1f]*+'
STRING = rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*+"'
NUMBER = r"-?(?:(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|Infinity)"
# One match is a token with the space around it and the sign that follows; where nothing fits, the
# match has no token and tells where it breaks.
TOKEN = re.compile(rf"{SPACE}(?:({STRING}|[\[\]{{}}]|{NUMBER}|true|false|null|NaN){SPACE}([:,]?))?")
# What may come next; a sum of these.
_VALUE, _KEY, _CLOSE = 1, 2, 4
_EXPECTED = {
    0: "nothing more",
    _VALUE: "a value",
    _KEY: "a key in quotation marks",
    _CLOSE: "“,” or the closing bracket",
    _VALUE | _CLOSE: "a value or “]”",
    _KEY | _CLOSE: "a key in quotation marks or “}”",
}

Wanted = tuple[tuple[str, ...], ...] | None
"""The parts of the pointers that are wanted below a place; None is everything, () nothing."""

Found = tuple[str, int, int]
"""The address of a string, and where its content begins and ends."""


def strings(text: str, start: int, end: int, wanted: Wanted = None) -> Iterator[Found]:
    """Every string value in text[start:end], which is one JSON value or only white space.

    Raises FormatError at the first place where it is no JSON: then what was given before is void.

    >>> text = '{"a/b": ["x", {"c": "y"}]}'
    >>> [(address, text[start:end]) for address, start, end in strings(text, 0, len(text))]
    [('/a~1b/0', 'x'), ('/a~1b/1/c', 'y')]
    """
    around: list[tuple[str, Wanted, int]] = []
    # Of the innermost container: its address, what is wanted in it, the index of its next value (in
    # an object -1). `part` is the key or the index of the value that comes.
    address, inside, index = "", wanted, 0
    part = ""
    state, depth, at = _VALUE, 0, start
    for token in TOKEN.finditer(text, start, end):
        first, last = token.span(1)
        if first < 0:
            at = token.end()
            break
        mark, sign = text[first], token[2]
        if mark == '"' and state & _KEY:
            if sign != ":":
                raise FormatError("JSON: expected “:” after a key", token.end() - len(sign))
            part, state = text[first + 1 : last - 1], _VALUE
            continue
        if mark == "]" or mark == "}":
            if not state & _CLOSE or (mark == "]") is (index < 0):
                raise _unexpected(text, first, state)
            depth -= 1
            address, inside, index = around.pop()
        elif not state & _VALUE:
            raise _unexpected(text, first, state)
        elif mark == '"':
            if depth:
                here, below = _place(address, inside, part if index < 0 else str(index))
            else:
                here, below = "", inside
            if below is None:
                yield here, first + 1, last - 1
        elif mark == "[" or mark == "{":
            if sign:
                raise _unexpected(text, token.end() - 1, _VALUE | _CLOSE if mark == "[" else _KEY | _CLOSE)
            if depth == MAX_DEPTH:
                raise FormatError(f"JSON: nested more than {MAX_DEPTH:,} deep", first)
            around.append((address, inside, index))
            if depth:
                address, inside = _place(address, inside, part if index < 0 else str(index))
            depth += 1
            index, state = (0, _VALUE | _CLOSE) if mark == "[" else (-1, _KEY | _CLOSE)
            continue
        # A value is complete.
        state = _CLOSE if depth else 0
        if sign:
            if sign == ":" or not depth:
                raise _unexpected(text, token.end() - 1, state)
            state = _KEY if index < 0 else _VALUE
        if index >= 0:
            index += 1
    if at < end or (state and (depth or text[start:end].strip(" \t\r\n"))):
        raise _unexpected(text, at, state)


def _place(address: str, inside: Wanted, part: str) -> tuple[str, Wanted]:
    """The address of a member and what is wanted below it; a long address is cut in its middle."""
    if "\\" in part:
        part = decoded(part)
    below = inside
    if inside is not None:
        rest = tuple(way[1:] for way in inside if way[0] == part or way[0] == "*")
        below = None if () in rest else rest
    if "~" in part or "/" in part:
        part = part.replace("~", "~0").replace("/", "~1")
    here = f"{address}/{part}"
    return (here if len(here) <= 240 else f"{here[:80]}…{here[-120:]}"), below


def pointers(fields: Sequence[str]) -> Wanted:
    """The parts of JSON Pointers: "/items/*/title" and, for the members of the top, "title"."""
    if not fields:
        return None
    ways = []
    for field in fields:
        parts = field.split("/")
        parts = parts[1:] if field.startswith("/") else parts if field else []
        ways.append(tuple(part.replace("~1", "/").replace("~0", "~") for part in parts))
    return None if () in ways else tuple(ways)


def _unexpected(text: str, at: int, state: int) -> FormatError:
    """The error at a place where the machine stands still, in the words of a person."""
    wanted = _EXPECTED[state]
    if at >= len(text) or text[at] in "\r\n":
        return FormatError(f"JSON: it ends where {wanted} is expected", at)
    if text[at] == '"' and state & (_VALUE | _KEY):
        whole = re.compile(rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*+').match(text, at)
        to = whole.end() if whole else at
        if to >= len(text) or text[to] in "\r\n":
            return FormatError("JSON: a string that is not closed", at)
        what = "an unknown escape" if text[to] == "\\" else "a control character"
        return FormatError(f"JSON: {what} in a string", to)
    hint = ""
    if not state and text[at - 1 : at] in ("\n", "\r") and text[at] in "{[":
        hint = "; is it JSON Lines?"
    return FormatError(f"JSON: expected {wanted}, found “{text[at]}”{hint}", at)
