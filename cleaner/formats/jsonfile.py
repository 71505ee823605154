r"""JSON, JSON Lines and JSON Feed: the strings that are values; keys, numbers and layout are left alone.

The address of a string is its JSON Pointer (RFC 6901): "/items/3/title", in JSON Lines after the
number of the line: "line 12 /title". `document.fields` are pointers with `*` for one level; what
lies below a field is read with it, and "title" means "/title".

A JSON document that breaks raises FormatError with the place. In JSON Lines one bad line is a
Trouble, none of it is read, and the others are.

The language is taken from JSON Feed (`language`), from ARB (`@@locale`) and from members that are
called by languages: {"en": …, "uk": …}.

`jsonscan` finds the strings, `jsonshape` those of lines that are alike, `jsontext` reads and writes them.
"""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from cleaner.errors import FormatError
from cleaner.formats.base import segment
from cleaner.formats.jsonscan import Found, pointers, strings
from cleaner.formats.jsonshape import Place, Shapes, Stretch, places_of
from cleaner.formats.jsontext import ESCAPE, Style, decoded, value
from cleaner.formats.maps import EscapedMap, PlainMap
from cleaner.formats.named import has_text, language_of
from cleaner.model import Document, Item, Part, Segment, Trouble
from cleaner.offsets import OffsetMap, Span, breaks
from cleaner.values import replace

_IS_FEED = re.compile(r'"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version\\?/1')
_LOCALE = re.compile(r'"@@locale"\s*:\s*"([^"\\]{0,40})"')
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")


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
    found = strings(text, 0, len(text), pointers(document.fields))
    locale = _LOCALE.search(text, 0, 1000)
    if not locale:
        return _all(text, found, Style.of(document))
    lang = language_of(locale[1])  # ARB: members that begin with @ describe the others
    spoken = (one for one in found if not one[0].startswith("/@"))
    return (replace(part, lang=lang) for part in _all(text, spoken, Style.of(document)))


def _lines(document: Document) -> Iterator[Segment | Trouble]:
    text, part = document.text, document.part
    style = cast(Style, part.shared) if part else Style.of(document)
    shapes = Shapes(pointers(document.fields))
    for number, line in enumerate(_LINE.finditer(text), 1 + part.records if part else 1):
        start, end = line.span(1)
        try:
            layout, stretches = shapes.read(text, start, end)
        except FormatError as error:
            yield Trouble(Span(error.offset, end), error.message)
        else:
            yield from _segments(text, layout, stretches, style, f"line {number} ")


def parts(document: Document, size: int) -> Iterator[Document]:
    r"""Stretches of whole lines of JSON Lines, of at least `size` code points each, as documents.

    >>> lines = Document("a.jsonl", '"a"\n\n{"t": "b"}\n', "jsonl")
    >>> [[one.address for one in split(part)] for part in parts(lines, 2)]
    [['line 1'], ['line 3 /t']]
    """
    text, style = document.text, Style.of(document)
    start = lines = 0
    while start < len(text):
        end = text.find("\n", start + size - 1) + 1 or len(text)
        part = replace(document, text=text[start:end], part=Part(lines, style))
        yield part
        lines += breaks(part.text)
        start = end


def _all(text: str, found: Iterable[Found], style: Style) -> Iterator[Segment]:
    addresses: list[str] = []
    starts, ends = array("q"), array("q")  # a value may have a string for each word of a large file
    for address, start, end in found:
        addresses.append(address)
        starts.append(start)
        ends.append(end)
    return _segments(text, places_of(addresses), zip(starts, ends, strict=True), style)


def _segments(
    text: str, places: Iterable[Place], stretches: Iterable[Stretch], style: Style, prefix: str = ""
) -> Iterator[Segment]:
    for (address, role, lang), (start, end) in zip(places, stretches, strict=True):
        if start == end:
            continue  # an empty string, or no string at all
        view, escape = text[start:end], style.plain
        map: OffsetMap | None = None
        if "\\" in view:
            escaped_only, view = view.isascii(), decoded(view)
            map = EscapedMap(text, [(start, end)], ESCAPE, value)
            if escaped_only and not view.isascii():
                escape = style.ascii
        if has_text(view):
            map = map or PlainMap(start, end - start)
            where = prefix + address if address else prefix.rstrip()
            yield segment(view, map, lang, role, where, escape=escape)


# -- JSON Feed ---------------------------------------------------------------------------------------

_ITEM = re.compile(r"/items/([0-9]+)/(id|url|external_url|language|title|summary|content_text|content_html)")
_ABOUT = ("id", "url", "external_url", "language", "title")
_READ = ("title", "summary", "content_text", "content_html")


def _feed(document: Document) -> Iterator[Segment | Trouble]:
    """Title, summary and content of the items, each with its id, link and language.

    https://www.jsonfeed.org/version/1.1/ (`language` is new in 1.1, for the feed and the item).
    """
    text, style = document.text, Style.of(document)
    found = list(strings(text, 0, len(text)))
    wanted = set(strings(text, 0, len(text), pointers(document.fields)) if document.fields else found)
    items: dict[str, dict[str, Found]] = {}
    feed_lang: str | None = None
    for one in found:
        place = _ITEM.fullmatch(one[0])
        if place:
            items.setdefault(place[1], {})[place[2]] = one
        elif one[0] == "/language":
            feed_lang = language_of(decoded(text[one[1] : one[2]]))
    for fields in items.values():
        about = {name: decoded(text[slice(*fields[name][1:])]) for name in _ABOUT if name in fields}
        lang = language_of(about.get("language", "")) or feed_lang
        link = about.get("url") or about.get("external_url", "")
        item = Item(about.get("id", ""), link, about.get("title", ""))
        chosen = [one for name, one in fields.items() if name in _READ and one in wanted]
        for part in _all(text, chosen, style):
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
    escapes = ((*found.span(), value(found[0])) for found in ESCAPE.finditer(text, start, end))
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
