"""XML as a stream of tags and text with exact places, for every vocabulary that we read.

expat is the judge: it reads the whole document first and refuses what is not well-formed, and any
DTD, so that there is no entity to expand and no file to fetch. Where things stand is then found by
one pattern over the text, in code points, which is exact because the text is known to be
well-formed; the tests compare both.

Control characters that XML forbids, and undecodable bytes, are hidden from expat: they are a defect
of the text, which rules report and repair, and no reason to leave a file unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from xml.parsers import expat

from cleaner.errors import FormatError
from cleaner.formats.maps import Piece
from cleaner.formats.views import Reference, Unwrapped, language_tag

START, END, TEXT, CDATA = range(4)

_MARKUP = re.compile(
    r"""<(?:
        (/)?+ ([^\s/>!?]++) ((?:[^>"']|"[^"]*+"|'[^']*+')*+) >
            (?(1)|(?:(?<!/>) ([^<]*+) (</\2>))?+)  # most elements hold only text: all of one at once
        |!\[CDATA\[ (.*?) \]\]>
        |!--.*?-->
        |\?.*?\?>
        |!(?:[^>"'\[]|"[^"]*+"|'[^']*+')*+>
    )""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = re.compile(r"&(?:#([0-9]++)|#x([0-9A-Fa-f]++)|(amp|lt|gt|quot|apos));")
_COMMON = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = "*"  # means nothing to XML outside of a DTD: within markup it stays an error

# The namespaces that we know, in small letters, and the prefix that their names get whatever the document calls them.
_NAMESPACES = {
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",  # Atom 0.3
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "urn:oasis:names:tc:xliff:document:1.1": "",
    "urn:oasis:names:tc:xliff:document:1.2": "",
    "urn:oasis:names:tc:xliff:document:2.0": "",
    "urn:oasis:names:tc:xliff:document:2.1": "",
    "urn:oasis:names:tc:xliff:document:2.2": "",
    "http://www.lisa.org/tmx14": "",
}
_FOREIGN = "?:"  # the prefix of names in a namespace that we do not know


class Event(NamedTuple):
    """A tag, or text between tags. `start` and `end` are its code points; of CDATA, those inside.

    An empty element gives a START and an END in the same place. `lang` is what xml:lang says here.
    """

    kind: int
    start: int
    end: int
    name: str = ""
    attributes: str = ""
    lang: str | None = None


_event = partial(tuple.__new__, Event)  # as Event(…), which takes twice as long


def check(text: str, *, dtds: frozenset[str] = frozenset()) -> None:
    """Raise FormatError when `text` is not well-formed XML, or has a DTD.

    `dtds` are file names of external DTDs that may be named (they are never read) as long as
    nothing is declared in the document itself.

    >>> check("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    Traceback (most recent call last):
    ...
    cleaner.errors.FormatError: a DTD: entities could be declared in it, so the file is not read
    """
    data = _UNSEEN.sub(_HIDDEN, text).encode()
    parser = expat.ParserCreate("utf-8")

    def place() -> int:
        return len(data[: parser.CurrentByteIndex].decode("utf-8", "ignore"))

    def refuse(name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal or not system or system.rpartition("/")[2] not in dtds:
            raise FormatError("a DTD: entities could be declared in it, so the file is not read", place())

    def unknown(name: str, is_parameter: int) -> None:
        raise FormatError(f"an entity that XML does not know: &{name};", place())

    parser.StartDoctypeDeclHandler = refuse
    parser.SkippedEntityHandler = unknown
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        offset = len(data[: parser.ErrorByteIndex].decode("utf-8", "ignore"))
        raise FormatError(f"not well-formed XML: {expat.ErrorString(error.code)}", offset) from None


def scan(text: str, *, dtds: frozenset[str] = frozenset()) -> Iterator[Event]:
    """The tags and texts of a document. Raises FormatError before the first when it is not well-formed.

    >>> [(e.kind, e.name or (e.start, e.end)) for e in scan("<a>да<b/></a>")]
    [(0, 'a'), (2, (3, 5)), (0, 'b'), (1, 'b'), (1, 'a')]
    """
    check(text, dtds=dtds)
    return _events(text)


def _events(text: str) -> Iterator[Event]:
    names: dict[str, str] = {}  # as written → as known, under the namespaces that hold now
    spaces: dict[str, str] = {"xml": "xml:"}
    lang: str | None = None
    depth = 0
    outer: list[tuple[int, dict[str, str], dict[str, str], str | None]] = []  # what holds again at a depth
    at = 0
    for found in _MARKUP.finditer(text):
        start, end = found.span()
        if at < start:
            yield _event((TEXT, at, start, "", "", lang))
        at = end
        slash, raw, attributes, _, close, _ = found.groups()
        if raw is None:
            if found.start(6) >= 0:
                yield _event((CDATA, *found.span(6), "", "", lang))
            continue
        if not slash:
            if attributes and ("xmlns" in attributes or "xml:lang" in attributes):
                outer.append((depth, names, spaces, lang))
                here = read_attributes(attributes)
                lang = _declared_language(here, lang)
                declared = {key[6:]: _prefix(uri) for key, uri in here.items()
                            if key == "xmlns" or key.startswith("xmlns:")}  # fmt: skip
                if declared:
                    names, spaces = {}, {**spaces, **declared}
            depth += 1
            name = names.get(raw)
            if name is None:
                name = names[raw] = _known_name(raw, spaces)
            if close:
                low, high = found.span(4)
                yield _event((START, start, low, name, attributes, lang))
                if low < high:
                    yield _event((TEXT, low, high, "", "", lang))
                start = high
            else:
                yield _event((START, start, end, name, attributes, lang))
                if not attributes.endswith("/"):
                    continue
        yield _event((END, start, end, names[raw], "", lang))
        depth -= 1
        if outer and outer[-1][0] == depth:
            _, names, spaces, lang = outer.pop()
    # what follows the last tag is white space


def _prefix(uri: str) -> str:
    """The prefix of a namespace; "" for none. Capital letters are taken for small ones, as feeds mix them."""
    return _NAMESPACES.get(uri.strip().lower(), _FOREIGN if uri else "")


def _known_name(raw: str, spaces: dict[str, str]) -> str:
    prefix, _, local = raw.rpartition(":")
    if prefix and prefix not in spaces:
        return raw  # a prefix that nobody declared: take it for the usual one
    return spaces.get(prefix, "") + local


def _declared_language(attributes: dict[str, str], outer: str | None) -> str | None:
    raw = attributes.get("xml:lang")
    return outer if raw is None else language_tag(raw) or outer


def read_attributes(raw: str) -> dict[str, str]:
    """The attributes of a start tag, decoded.

    >>> read_attributes(''' id="7" note='R&amp;D' ''')
    {'id': '7', 'note': 'R&D'}
    """
    return {
        found[1]: _decoded(found[2] if found[2] is not None else found[3])
        for found in _ATTRIBUTE.finditer(raw)
    }


def references(text: str, start: int, end: int) -> list[Reference]:
    """The character and entity references of a stretch of text, with what they stand for.

    >>> references("R&#38;D", 0, 7)
    [(1, 6, '&')]
    """
    return [
        (*found.span(), _COMMON.get(found[0]) or _referred(found))
        for found in _REFERENCE.finditer(text, start, end)
    ]


def pieces(text: str, event: Event) -> Iterator[Piece]:
    """The pieces of a TEXT or CDATA event."""
    at = event.start
    if event.kind == TEXT and text.find("&", at, event.end) >= 0:
        for reference in references(text, event.start, event.end):
            if at < reference[0]:
                yield at, reference[0], None
            yield reference
            at = reference[1]
    if at < event.end:
        yield at, event.end, None


def unwrap(text: str, events: list[Event]) -> Unwrapped:
    """What TEXT and CDATA events say, with the way back; there is at least one."""
    shown: list[Reference] = []
    at = events[0].start
    for event in events:
        if at < event.start:
            shown.append((at, event.start, ""))
        if event.kind == TEXT:
            shown += references(text, event.start, event.end)
        at = event.end
    return Unwrapped(text, events[0].start, at, shown)


def decoded(text: str, events: list[Event]) -> str:
    """What TEXT and CDATA events say, without white space at the ends."""
    return "".join(
        text[event.start : event.end] if event.kind == CDATA else _decoded(text[event.start : event.end])
        for event in events
    ).strip()


def _decoded(value: str) -> str:
    return _REFERENCE.sub(_referred, value) if "&" in value else value


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _PREDEFINED[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))  # expat has refused what is no character
