"""RSS 0.9 to 2.0 and Atom: titles, summaries and contents, with the HTML that is in them.

HTML stands in a feed in three ways: escaped, in CDATA, or as XHTML elements. The first is read
through two maps, one that undoes the XML and one that undoes the HTML. Every segment knows the
GUID, the link and the title of its item.

Titles of RSS are plain text, as the RSS Advisory Board recommends; in Atom `type` says what they
are. Not read: categories, names of people, and elements of namespaces that we do not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from cleaner.errors import FormatError
from cleaner.formats import hypertext, xmlscan
from cleaner.formats.views import Unwrapped, cdata, in_encoding, language_tag, markup_text, weave
from cleaner.formats.xmlscan import CDATA, END, START, Event
from cleaner.model import Document, Item, Role, Segment, Trouble, as_written
from cleaner.offsets import Span

PLAIN, HTML, BY_TYPE = "plain", "html", "by type"

_ITEMS = frozenset({"item", "atom:entry"})
_FIELDS: dict[str, tuple[Role, str]] = {
    "title": (Role.TITLE, PLAIN),
    "description": (Role.BODY, HTML),
    "content:encoded": (Role.BODY, HTML),
    "dc:title": (Role.TITLE, PLAIN),
    "dc:description": (Role.BODY, HTML),
    "itunes:title": (Role.TITLE, PLAIN),
    "itunes:subtitle": (Role.BODY, PLAIN),
    "itunes:summary": (Role.BODY, HTML),
    "media:title": (Role.TITLE, BY_TYPE),
    "media:description": (Role.CAPTION, BY_TYPE),
    "atom:title": (Role.TITLE, BY_TYPE),
    "atom:subtitle": (Role.TITLE, BY_TYPE),
    "atom:tagline": (Role.TITLE, BY_TYPE),
    "atom:summary": (Role.BODY, BY_TYPE),
    "atom:content": (Role.BODY, BY_TYPE),
}
_NOTES = frozenset({"guid", "link", "language", "dc:language", "atom:id"})
_TITLES = frozenset({"title", "atom:title"})
_TYPES = {"html": HTML, "text/html": HTML, "xhtml": HTML, "application/xhtml+xml": HTML}
_PLAIN_TYPES = frozenset({"", "text", "plain", "text/plain"})


_Escape = Callable[[str], str]
_Escapes = dict[tuple[_Escape, _Escape], _Escape]  # that of the HTML and that around it → both


@dataclass(slots=True)
class _Entry:
    """What is known of the feed itself or of one item, filled while it is read."""

    name: str
    guid: str = ""
    link: str = ""
    title: str = ""
    lang: str | None = None


@dataclass(slots=True)
class _Field:
    """An element that people read, while it is open and after."""

    entry: _Entry
    event: Event
    role: Role
    kind: str
    end: int = 0
    texts: list[Event] = field(default_factory=list)
    has_elements: bool = False


def split(document: Document) -> Iterator[Segment | Trouble]:
    """The readable fields of a feed. Raises FormatError for what is no feed, or has a DTD.

    >>> rss = "<rss><channel><language>uk</language><item><guid>7</guid>" \\
    ...     "<title>R&amp;D</title><description>&lt;p&gt;Це &lt;b&gt;він</description></item></channel></rss>"
    >>> [(s.text, s.lang, s.address, s.item.guid) for s in split(Document("a", rss, format="rss"))]
    [('R&D', 'uk', 'item 1/title', '7'), ('Це він', 'uk', 'item 1/description, p 1', '7')]
    """
    channel = _Entry("channel")
    escapes: _Escapes = {}
    # the language and the GUID may stand behind the text that they belong to: first all, then segments
    for one in list(_fields(document.text, channel)):
        item = None if one.entry is channel else Item(one.entry.guid, one.entry.link, one.entry.title)
        lang = one.event.lang or one.entry.lang or channel.lang
        yield from _segments(document, one, lang, item, escapes)


def _fields(text: str, channel: _Entry) -> Iterator[_Field]:
    entry, number = channel, 0
    path: list[str] = []
    current: _Field | None = None
    note: str = ""
    texts: list[Event] = []
    depth = 0  # of elements inside the current field
    for event in xmlscan.scan(text):
        if event.kind == START:
            if not path and event.name not in ("rss", "rdf:RDF", "atom:feed", "atom:entry"):
                raise FormatError(f"neither RSS nor Atom: the root element is <{event.name}>", event.start)
            path.append(event.name)
            if current:
                current.has_elements = True
                depth += 1
            elif event.name in _ITEMS:
                number += 1
                entry = _Entry(f"item {number}")
                if "rdf:about" in event.attributes:
                    entry.guid = xmlscan.read_attributes(event.attributes).get("rdf:about", "")
            elif event.name in _FIELDS:
                current, depth = _Field(entry, event, *_how(event)), 0
            elif event.name in _NOTES:
                note, texts = event.name, []
            elif event.name == "atom:link" and not entry.link:
                attributes = xmlscan.read_attributes(event.attributes)
                if attributes.get("rel", "alternate") == "alternate":
                    entry.link = attributes.get("href", "")
        elif event.kind == END:
            path.pop()
            if current and depth:
                depth -= 1
            elif current:
                current.end = event.start
                if current.event.name in _TITLES and not entry.title:
                    entry.title = _title(text, current)
                if current.kind:
                    yield current
                current = None
            elif note:
                _take(entry, note, xmlscan.decoded(text, texts))
                note = ""
            elif event.name in _ITEMS:
                entry = channel
        elif current:
            current.texts.append(event)
        elif note:
            texts.append(event)


def _how(event: Event) -> tuple[Role, str]:
    """What a field is and how its text is to be read, "" for not at all."""
    role, kind = _FIELDS[event.name]
    if kind == BY_TYPE:
        attributes = xmlscan.read_attributes(event.attributes)
        type = attributes.get("type", "").lower()
        kind = _TYPES.get(type, PLAIN if type in _PLAIN_TYPES else "")
        if attributes.get("src"):
            kind = ""
    return role, kind


def _take(entry: _Entry, name: str, value: str) -> None:
    if name in ("guid", "atom:id"):
        entry.guid = entry.guid or value
    elif name == "link":
        entry.link = entry.link or value
    else:
        entry.lang = entry.lang or (language_tag(value) if value else None)


def _title(text: str, title: _Field) -> str:
    """A title for people to recognise an item by."""
    raw = xmlscan.decoded(text, title.texts)
    if title.kind == HTML and not title.has_elements:
        raw = " ".join(segment.text for segment in hypertext.scan(raw))
    return " ".join(raw.split())


def _segments(
    document: Document, one: _Field, lang: str | None, item: Item | None, escapes: _Escapes
) -> Iterator[Segment | Trouble]:
    text = document.text
    where = f"{one.entry.name}/{one.event.name.removeprefix('atom:')}"
    texts = [event for event in one.texts if not text[event.start : event.end].isspace()]
    wrap: _Escape = markup_text  # what the container asks of new text, after the HTML has
    unwrapped: Unwrapped | None = None
    if one.has_elements:
        found = hypertext.scan(text, one.event.end, one.end, lang=lang, xml=True)
        wrap = as_written
    elif not texts:
        return
    elif one.kind == PLAIN:
        found = _plain(text, texts, lang)
        wrap = cdata if texts[0].kind == CDATA else markup_text
    else:
        if texts[0].kind == CDATA:
            wrap = cdata
        if len(texts) == 1 and (wrap is cdata or text.find("&", texts[0].start, texts[0].end) < 0):
            found = hypertext.scan(text, texts[0].start, texts[0].end, lang=lang)
        else:
            unwrapped = xmlscan.unwrap(text, texts)
            found = hypertext.scan(unwrapped.text, lang=lang)
    for segment in found:
        map = unwrapped.outward(segment.map) if unwrapped else segment.map
        if map is None:
            whole = Span(texts[0].start, texts[-1].end)
            yield Trouble(whole, f"{where}: an HTML entity is cut in two by CDATA, its paragraph is not read")
            continue
        escape = escapes.get((segment.escape, wrap))
        if escape is None:
            escape = in_encoding(partial(_both, segment.escape, wrap), document.encoding)
            escapes[segment.escape, wrap] = escape
        yield Segment(
            segment.text,
            map,
            segment.lang,
            one.role if segment.role is Role.BODY else segment.role,
            f"{where}, {segment.address}" if segment.address else where,
            item=item,
            escape=escape,
        )


def _plain(text: str, texts: list[Event], lang: str | None) -> Iterator[Segment]:
    woven = weave(text, (piece for event in texts for piece in xmlscan.pieces(text, event)))
    if woven:
        yield Segment(*woven, lang)


def _both(inner: _Escape, outer: _Escape, text: str) -> str:
    return outer(inner(text))
