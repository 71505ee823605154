"""RSS 0.9 to 2.0 and Atom: titles, summaries and contents, with the HTML that is in them.

HTML stands in a feed in three ways: escaped, in CDATA, or as XHTML elements. The first is read
through two maps, one that undoes the XML and one that undoes the HTML. Every segment knows the
GUID, the link and the title of its item.

An RSS 0.91 that names its public DTD is read without it; an entity that only the DTD would explain
is refused, as is a DTD that declares anything in the file.

Titles of RSS are plain text, as the RSS Advisory Board recommends; in Atom `type` says what they
are. Not read: categories, names of people, and elements of namespaces that we do not know.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial

from cleaner.errors import FormatError
from cleaner.formats import hypertext, xmlscan
from cleaner.formats.base import segment
from cleaner.formats.views import Unwrapped, cdata, in_encoding, language_tag, markup_text, weave
from cleaner.formats.xmlscan import CDATA, END, START, Event
from cleaner.model import Document, Item, Role, Segment, Trouble, as_written
from cleaner.offsets import Span
from cleaner.values import dataclass, field

PLAIN, HTML, BY_TYPE = "plain", "html", "by type"

# The public DTDs that feeds of the years before 2.0 name; they are never fetched.
_DTDS = frozenset({"rss-0.91.dtd", "rss-0_91.dtd", "rss-0.9.dtd"})

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
_PLAIN_TYPES = frozenset({"", "text", "plain"})


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
    fields = deque(_fields(document.text, channel))
    while fields:
        one = fields.popleft()  # and forget it: a feed may have very many
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
    for event in xmlscan.scan(text, dtds=_DTDS):
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
        is_plain = type in _PLAIN_TYPES or type.startswith("text/")  # RFC 4287, 4.1.3.3
        kind = _TYPES.get(type, PLAIN if is_plain else "")
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
    for inner in found:
        map = unwrapped.outward(inner.map) if unwrapped else inner.map
        if map is None:
            whole = Span(texts[0].start, texts[-1].end)
            yield Trouble(whole, f"{where}: an HTML entity is cut in two by CDATA, its paragraph is not read")
            continue
        escape = escapes.get((inner.escape, wrap))
        if escape is None:
            escape = in_encoding(partial(_both, inner.escape, wrap), document.encoding)
            escapes[inner.escape, wrap] = escape
        yield segment(
            inner.text,
            map,
            inner.lang,
            one.role if inner.role is Role.BODY else inner.role,
            f"{where}, {inner.address}" if inner.address else where,
            item=item,
            escape=escape,
        )


def _plain(text: str, texts: list[Event], lang: str | None) -> Iterator[Segment]:
    """The text of an element that holds no HTML."""
    woven = weave(text, (piece for event in texts for piece in xmlscan.pieces(text, event)))
    if woven:
        yield segment(*woven, lang)


def _both(inner: _Escape, outer: _Escape, text: str) -> str:
    return outer(inner(text))
