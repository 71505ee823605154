r"""Characters that are still written in the notation of some machine: `&eacute;`, `\u00e9`, `<0xC3>`.

Three notations, one a rule:

html         `&quot;`, `&#233;`, escaped twice (`&amp;quot;`) or torn apart by a tokenizer (`& apos; s`)
backslash    `\u00e9`, `\x93`, surrogate pairs included
byte-token   `<0xC3><0xA9>`: bytes of UTF-8 that a translation system spelled out

The text of a segment is what a reader sees: in an HTML file `&eacute;` is é before it comes here,
so whatever is found was escaped once too often. `AT&T; R&D;` are no entities, and entities without
their semicolon are not looked for (`?a=1&copy=2`). Cannot see whether a text *means* the notation;
texts about HTML, and addresses, are left alone, as is code.

Cost: one search for `&`, `\` or `<0x`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text.protect import masked

ACTIONS: Mapping[str, str] = {
    "decode": "write the character itself",
    "close-up": "write the character itself and take away the spaces that tore it apart",
    "decode-markup": "write < or > itself, which may make a tag of what follows",
}
DETAILS: Mapping[str, str] = {"character": "the character that is meant"}


@dataclass(frozen=True, slots=True)
class Params:
    """Which notation is looked for."""

    notation: Literal["html", "backslash", "byte-token"] = setting("html, backslash or byte-token")


def compile(params: Params) -> Detect:
    """The detector of one notation.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params("html"))
    >>> text = "S&amp;eacute;gol&egrave;ne & AT&T; x"
    >>> [(hit.span, hit.details["character"])
    ...  for hit in detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("fr")))]
    [(Span(start=1, end=13), 'é'), (Span(start=16, end=24), 'è')]
    """
    sign, find = _NOTATIONS[params.notation]

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        if sign in segment.text:
            yield from find(segment.text)

    return detect


# `&` once or escaped (&amp;amp;), a name or a number, and the semicolon; spaces only where a
# tokenizer puts them: after the &, around the # and before the semicolon.
_ENTITY = re.compile(
    r"&(?:\ ?amp\ ?;\ ?){0,3}\ ?(?P<body>\#\ ?[0-9]{1,7}|\#\ ?[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})\ ?;",
    re.VERBOSE,
)
_RUN = re.compile(f"(?:{_ENTITY.pattern.replace('(?P<body>', '(?:')})+", re.VERBOSE)
_ABOUT_MARKUP = re.compile(r"\b(?:X?HTML|XML|entit\w+|tags?|escap\w+|unescap\w+)\b", re.IGNORECASE)
_PLAIN_NAMES = ("amp", "lt", "gt", "quot", "apos", "nbsp")


def _entities(text: str) -> Iterator[Hit]:
    about = "<" in text and _ABOUT_MARKUP.search(text)
    for found in _RUN.finditer(text):
        parts = list(_ENTITY.finditer(found[0]))
        characters = "".join(_character(part["body"]) for part in parts)
        if not all(_character(part["body"]) for part in parts) or _in_address(text, found.start()):
            continue
        if any(char in "<>&" for char in characters) and (about or _in_code(text, found.start())):
            continue
        span = Span(*found.span())
        shown = characters.replace("\u00a0", "no-break space")
        yield Hit(span, (_entity_repair(text, span, characters),), {"character": shown})


def _character(body: str) -> str:
    """What the inside of an entity stands for, "" when it is none.

    >>> _character("eacute"), _character("# 233"), _character("#x1F600"), _character("T"), _character("#0")
    ('é', 'é', '😀', '', '')
    """
    body = body.replace(" ", "")
    if body[0] != "#" and f"{body};" not in html5:
        return ""
    character = html.unescape(f"&{body};")
    return (
        ""
        if "\ufffd" in character or any(unicodedata.category(c) in ("Cc", "Cn") for c in character)
        else character
    )


def _entity_repair(text: str, span: Span, characters: str) -> Repair:
    title = f"write “{characters}”"
    if any(char in "<>" for char in characters):
        return Repair("decode-markup", (Edit(span, characters),), title)
    if " " not in text[span.slice]:
        return Repair("decode", (Edit(span, characters),), title)
    start, end = span
    if characters == "'":  # the Party & apos; s  →  the Party's
        start -= text[start - 1 : start] == " "
        end += text[end : end + 1] == " "
    return Repair("close-up", (Edit(Span(start, end), characters),), title)


_BACKSLASH = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\U000[0-9a-fA-F]{5}|\\x[89a-fA-F][0-9a-fA-F])+")

_IN_CLASS = re.compile(r"\[[^\]\s]*$")


def _backslashes(text: str) -> Iterator[Hit]:
    for found in _BACKSLASH.finditer(text):
        try:
            escaped = found[0].encode("ascii").decode("unicode_escape")
            characters = escaped.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeError:
            continue
        before = text[max(0, found.start() - 40) : found.start()]
        if before.endswith("\\") or _IN_CLASS.search(before) or _in_code(text, found.start()):
            continue  # a character class, an escaped backslash
        if all(unicodedata.category(c) not in ("Cc", "Cn", "Cs") for c in characters):
            yield _decoded(Span(*found.span()), characters)


_BYTES = re.compile(r"(?:<0x[0-9a-fA-F]{2}>)+")


def _byte_tokens(text: str) -> Iterator[Hit]:
    for found in _BYTES.finditer(text):
        span = Span(*found.span())
        try:
            characters = bytes.fromhex(found[0].replace("<0x", "").replace(">", "")).decode("utf-8")
        except UnicodeDecodeError:
            yield Hit(span, details={"character": "?"}, evidence="the bytes are no whole character")
            continue
        yield _decoded(span, characters)


def _decoded(span: Span, characters: str) -> Hit:
    repair = Repair("decode", (Edit(span, characters),), f"write “{characters}”")
    return Hit(span, (repair,), {"character": characters})


def _in_address(text: str, at: int) -> bool:
    return any(span.start <= at < span.end and kind in ("address", "code") for span, kind in masked(text))


def _in_code(text: str, at: int) -> bool:
    """Whether there is an odd number of back quotes on both sides."""
    return bool(text.count("`", 0, at) % 2 and text.count("`", at) % 2)


_NOTATIONS: Mapping[str, tuple[str, Callable[[str], Iterator[Hit]]]] = {
    "html": ("&", _entities),
    "backslash": ("\\", _backslashes),
    "byte-token": ("<0x", _byte_tokens),
}
