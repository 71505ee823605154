r"""JSON, JSON Lines and JSON Feed: the strings that are values; keys, numbers and layout are left alone.

The address of a string is its JSON Pointer (RFC 6901): "/items/3/title", in JSON Lines after the
number of the line: "line 12 /title". `document.fields` are pointers with `*` for one level; what
lies below a field is read with it, and "title" means "/title".

A JSON document that breaks raises FormatError with the place. In JSON Lines one bad line is a
Trouble, none of it is read, and the others are.

The language is taken from JSON Feed (`language`), from ARB (`@@locale`) and from members that are
called by languages: {"en": …, "uk": …}. NaN and Infinity are accepted, as Python writes them.

A file is read as one pattern's tokens with a small state machine: linear, never deeper than a list.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.errors import FormatError
from cleaner.formats.escapes import EscapedMap
from cleaner.formats.named import are_languages, has_text, language_of, role_of
from cleaner.model import Document, Item, Segment, Trouble
from cleaner.offsets import OffsetMap, Run, Span

MAX_DEPTH = 1000

_SPACE = r"[ \t\r\n]*+"
_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING = rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*+"'
_NUMBER = r"-?(?:(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|Infinity)"
# One match is a token with the space around it and the sign that follows; where nothing fits, the
# match has no token and tells where it breaks.
_TOKEN = re.compile(rf"{_SPACE}(?:({_STRING}|[\[\]{{}}]|{_NUMBER}|true|false|null|NaN){_SPACE}([:,]?))?")
_IS_FEED = re.compile(r'"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version\\?/1')
_LOCALE = re.compile(r'"@@locale"\s*:\s*"([\w-]{1,40})"')
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")

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


def split(document: Document) -> Iterator[Segment | Trouble]:
    r"""The strings of a document of the format json, jsonl or jsonfeed.

    Raises FormatError for a JSON document that breaks.

    >>> text = '{"title": "\\u0412\\u044b\\u0431\\u043e\\u0440\\u044b", "views": 12}'
    >>> [(part.address, part.text) for part in split(Document("a.json", text, "json"))]
    [('/title', 'Выборы')]
    """
    if document.format == "jsonl":
        return _lines(document)
    if document.format == "jsonfeed" or _IS_FEED.search(document.text, 0, 1000):
        return _feed(document)
    return _whole(document)


def _whole(document: Document) -> Iterator[Segment]:
    text = document.text
    found = strings(text, 0, len(text), _pointers(document.fields))
    locale = _LOCALE.search(text, 0, 1000)
    if not locale:
        yield from _segments(text, found, Style.of(document))
        return
    lang = language_of(locale[1])  # ARB: members that begin with @ describe the others
    spoken = [one for one in found if not one[0].startswith("/@")]
    yield from (replace(part, lang=lang) for part in _segments(text, spoken, Style.of(document)))


def _lines(document: Document) -> Iterator[Segment | Trouble]:
    text, wanted, style = document.text, _pointers(document.fields), Style.of(document)
    for number, line in enumerate(_LINE.finditer(text), 1):
        start, end = line.span(1)
        try:
            found = strings(text, start, end, wanted)
        except FormatError as error:
            yield Trouble(Span(error.offset, end), error.message)
        else:
            yield from _segments(text, found, style, f"line {number} ")


def _segments(text: str, found: Sequence[Found], style: Style, prefix: str = "") -> Iterator[Segment]:
    languages = _languages(found)
    for number, (address, start, end) in enumerate(found):
        view, escape = text[start:end], style.plain
        map: OffsetMap | None = None
        if "\\" in view:
            escaped_only, view = view.isascii(), _decoded(view)
            map = EscapedMap(text, [(start, end)], _ESCAPE, _value)
            if escaped_only and not view.isascii():
                escape = style.ascii
        if has_text(view):
            map = map or OffsetMap((Run(0, start, end - start, end - start),))
            where = prefix + address if address else prefix.rstrip()
            yield Segment(view, map, languages.get(number), role_of(address), where, escape=escape)


# -- Escapes -----------------------------------------------------------------------------------------

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MUST = {**{char: f"\\{name}" for name, char in _SHORT.items()}, '"': '\\"', "\\": "\\\\"}
# What a string may not hold as it is: control characters and, though no parser minds, halves of
# characters, which no encoding can write.
_MUST_BE_ESCAPED = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')
_ASCII_ONLY = re.compile(r'["\\\x00-\x1f\x7f-\U0010ffff]')


def _value(escape: str) -> str:
    if len(escape) == 2:
        return _SHORT.get(escape[1], escape[1])
    code = int(escape[2:6], 16)
    if len(escape) == 6:
        return chr(code)
    return chr(0x10000 + ((code - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)


def _decoded(written: str) -> str:
    text = json.loads(f'"{written}"')  # the same as `_value` of each escape, but faster
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
        text = document.text
        slash = "\\/" in text
        upper = re.search(r"\\u[0-9]{0,3}[A-F]", text) is not None
        escaped = _writer(_ASCII_ONLY, slash, upper)
        if (text.isascii() and "\\u" in text) or not document.encoding.name.lower().startswith("utf"):
            return cls(escaped, escaped)
        return cls(_writer(_MUST_BE_ESCAPED, slash, upper), escaped)


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


# -- The state machine -------------------------------------------------------------------------------


def strings(text: str, start: int, end: int, wanted: Wanted = None) -> list[Found]:
    """Every string value in text[start:end], which is one JSON value or only white space.

    Raises FormatError at the first place where it is no JSON.

    >>> text = '{"a/b": ["x", {"c": "y"}]}'
    >>> [(address, text[start:end]) for address, start, end in strings(text, 0, len(text))]
    [('/a~1b/0', 'x'), ('/a~1b/1/c', 'y')]
    """
    found: list[Found] = []
    around: list[tuple[str, Wanted, int]] = []
    # Of the innermost container: its address, what is wanted in it, the index of its next value (in
    # an object -1). `part` is the key or the index of the value that comes.
    address, inside, index = "", wanted, 0
    part = ""
    state, depth, at = _VALUE, 0, start
    for token in _TOKEN.finditer(text, start, end):
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
                found.append((here, first + 1, last - 1))
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
    return found


def _place(address: str, inside: Wanted, part: str) -> tuple[str, Wanted]:
    """The address of a member and what is wanted below it; a long address is cut in its middle."""
    if "\\" in part:
        part = _decoded(part)
    below = inside
    if inside is not None:
        rest = tuple(way[1:] for way in inside if way[0] == part or way[0] == "*")
        below = None if () in rest else rest
    if "~" in part or "/" in part:
        part = part.replace("~", "~0").replace("/", "~1")
    here = f"{address}/{part}"
    return (here if len(here) <= 240 else f"{here[:80]}…{here[-120:]}"), below


def _pointers(fields: Sequence[str]) -> Wanted:
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
    if not state and text[:at].endswith(("\n", "\r")) and text[at] in "{[":
        hint = "; is it JSON Lines?"
    return FormatError(f"JSON: expected {wanted}, found “{text[at]}”{hint}", at)


# -- Languages ---------------------------------------------------------------------------------------


def _languages(found: Sequence[Found]) -> dict[int, str]:
    """The languages of strings (by their number) whose members are called by languages.

    Either the members of the top, {"en": {"title": …}, "uk": …}, or the strings of one object,
    {"title": {"en": …, "uk": …}}.
    """
    tops = {address.split("/", 2)[1] if address else "" for address, _, _ in found}
    if are_languages(tops) and (len(tops) > 1 or any(address.count("/") > 1 for address, _, _ in found)):
        return {number: _tag(address.split("/", 2)[1]) for number, (address, _, _) in enumerate(found)}
    groups: dict[str, dict[str, int]] = {}
    for number, (address, _, _) in enumerate(found):
        parent, _, name = address.rpartition("/")
        groups.setdefault(parent, {})[name] = number
    return {
        number: _tag(name)
        for group in groups.values()
        if len(group) > 1 and are_languages(group)
        for name, number in group.items()
    }


def _tag(name: str) -> str:
    return language_of(name) or name


# -- JSON Feed ---------------------------------------------------------------------------------------

_ITEM = re.compile(r"/items/([0-9]+)/(id|url|external_url|language|title|summary|content_text|content_html)")
_ABOUT = ("id", "url", "external_url", "language", "title")
_READ = ("title", "summary", "content_text", "content_html")


def _feed(document: Document) -> Iterator[Segment | Trouble]:
    """Title, summary and content of the items, each with its id, link and language.

    https://www.jsonfeed.org/version/1.1/ (`language` is new in 1.1, for the feed and the item).
    """
    text, style = document.text, Style.of(document)
    found = strings(text, 0, len(text))
    wanted = set(strings(text, 0, len(text), _pointers(document.fields)) if document.fields else found)
    items: dict[str, dict[str, Found]] = {}
    feed_lang: str | None = None
    for one in found:
        place = _ITEM.fullmatch(one[0])
        if place:
            items.setdefault(place[1], {})[place[2]] = one
        elif one[0] == "/language":
            feed_lang = language_of(_decoded(text[one[1] : one[2]]))
    for fields in items.values():
        about = {name: _decoded(text[slice(*fields[name][1:])]) for name in _ABOUT if name in fields}
        lang = language_of(about.get("language", "")) or feed_lang
        link = about.get("url") or about.get("external_url", "")
        item = Item(about.get("id", ""), link, about.get("title", ""))
        chosen = [one for name, one in fields.items() if name in _READ and one in wanted]
        for part in _segments(text, chosen, style):
            if part.address.endswith("/content_html"):
                yield from _html(text, part, fields["content_html"], lang, item)
            else:
                yield replace(part, lang=lang, item=item)


def _html(
    text: str, whole: Segment, place: Found, lang: str | None, item: Item
) -> Iterator[Segment | Trouble]:
    """The segments of HTML that stands in a string: its maps and escapes over those of the string."""
    from cleaner.formats import hypertext, views  # seldom needed, and not cheap to import

    _, start, end = place
    escapes = ((*found.span(), _value(found[0])) for found in _ESCAPE.finditer(text, start, end))
    html = views.Unwrapped(text, start, end, escapes)
    for part in hypertext.scan(html.text, lang=lang):
        map = html.outward(part.map)
        address = f"{whole.address}, {part.address}" if part.address else whole.address
        if map is None:
            yield Trouble(
                Span(start, end), f"{address}: an HTML entity is cut in two, its paragraph is not read"
            )
            continue
        escape = functools.partial(_both, part.escape, whole.escape)
        yield replace(part, map=map, address=address, item=item, escape=escape)


def _both(inner: Callable[[str], str], outer: Callable[[str], str], text: str) -> str:
    return outer(inner(text))
