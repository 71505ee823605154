"""XLIFF 1.2 and 2.x, and TMX: translations beside what they were translated from.

A segment is a target, with its source as `original`. Inline elements are gaps; those that stand
for something (`x`, `ph`, `it`, protected text) are shown as OBJECT. What says translate="no" is left
alone: it is no translation. What a project has closed (approved="yes", the states final and signed-off)
is what will be published: it is read and never repaired. In TMX it is the variant of the document's
language that is read, or every variant but the source's.

Cannot see: proposals (`alt-trans`, `mtc:match`), notes, and sub-flows inside of inline codes. HTML
that is escaped in a target is read as the text that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cleaner.errors import FormatError
from cleaner.formats import xmlscan
from cleaner.formats.base import segment
from cleaner.formats.maps import Piece
from cleaner.formats.views import OBJECT, cdata, in_encoding, language_tag, markup_text, weave
from cleaner.formats.xmlscan import CDATA, END, START, Event
from cleaner.model import Document, Role, Segment
from cleaner.values import dataclass, field

_TMX_DTDS = frozenset({"tmx11.dtd", "tmx12.dtd", "tmx13.dtd", "tmx14.dtd"})
_CLOSED = {"final": "the translation is final", "signed-off": "the translation is signed off"}
_APPROVED = "the translation is approved"

# Inline elements whose content is code of the original format and no text; what is not shown as
# OBJECT opens or closes a formatting (XLIFF 1.2, 2.4; XLIFF 2.1, 4.2.3; TMX 1.4b, content markup).
_CODES = frozenset({"x", "ph", "it", "ut", "cp", "bpt", "ept", "bx", "ex", "sc", "ec", "sm", "em"})
_SHOWN = frozenset({"x", "ph", "it", "ut", "cp"})
_BREAKS = frozenset({"lb", "xlf:lb"})
_UNITS = frozenset({"trans-unit", "unit"})
_SCOPES = _UNITS | {"file", "group"}
_ASIDE = frozenset(
    {"alt-trans", "seg-source", "note", "notes", "ignorable", "bin-unit", "header"}
    | {"?:matches", "?:glossary", "?:changeTrack"}
)


@dataclass(slots=True)
class _Side:
    """A source or a target while it is read, and after."""

    lang: str | None
    state: str = ""
    events: list[Event] = field(default_factory=list)


def split(document: Document) -> Iterator[Segment]:
    """A segment for each translation. Raises FormatError for what is neither XLIFF nor TMX.

    >>> xliff = '<xliff version="1.2"><file source-language="ru" target-language="en"><body>' \\
    ...     '<trans-unit id="7"><source>Они <g id="1">будут</g></source>' \\
    ...     '<target>They <g id="1">[будут]</g> be</target></trans-unit></body></file></xliff>'
    >>> [(s.text, s.original, s.lang, s.source_lang) for s in split(Document("a.xlf", xliff))]
    [('They [будут] be', 'Они будут', 'en', 'ru')]
    """
    events = xmlscan.scan(document.text, dtds=_TMX_DTDS)
    for event in events:
        if event.kind == START:
            if event.name == "xliff":
                yield from _xliff(document, event, events)
            elif event.name == "tmx":
                yield from _tmx(document, events)
            else:
                raise FormatError(f"neither XLIFF nor TMX: the root element is <{event.name}>", event.start)


def _xliff(document: Document, root: Event, events: Iterator[Event]) -> Iterator[Segment]:
    heading = xmlscan.read_attributes(root.attributes)
    source_lang, target_lang = _tag(heading, "srcLang"), _tag(heading, "trgLang")
    open_scopes = [True]  # whether units are to be read, for each scope that is open
    unit = part = ""
    state = approved = ""
    source: _Side | None = None
    target: _Side | None = None
    for event in events:
        name = event.name
        if event.kind == START:
            if name in _ASIDE:
                _skip(event, events)
            elif name in _SCOPES:
                own = xmlscan.read_attributes(event.attributes)
                is_read = {"yes": True, "no": False}.get(own.get("translate", ""), open_scopes[-1])
                open_scopes.append(is_read)
                if name == "file":
                    source_lang = _tag(own, "source-language") or source_lang
                    target_lang = _tag(own, "target-language") or target_lang
                elif name in _UNITS:
                    unit, part, state = own.get("id", ""), "", ""
                    approved = _APPROVED if own.get("approved") == "yes" else ""
                    source = target = None
            elif name == "segment":
                own = xmlscan.read_attributes(event.attributes)
                part, state = own.get("id", ""), own.get("state", "")
                source = target = None
            elif name == "source":
                source = _side(event, events, source_lang)
            elif name == "target":
                target = _side(event, events, target_lang)
        elif event.kind == END:
            if name == "segment" or name in _UNITS:
                if target and open_scopes[-1]:
                    address = f"unit {unit}, segment {part}" if part else f"unit {unit}"
                    locked = approved or _CLOSED.get(target.state) or _CLOSED.get(state, "")
                    yield from _segment(document, target, source, address, locked)
                source = target = None
            if name in _SCOPES:
                open_scopes.pop()


def _tmx(document: Document, events: Iterator[Event]) -> Iterator[Segment]:
    header_lang: str | None = None
    unit_lang: str | None = None
    variants: list[_Side] = []
    number = 0
    unit = ""
    for event in events:
        if event.kind == START:
            if event.name == "header":
                header_lang = _tag(xmlscan.read_attributes(event.attributes), "srclang")
            elif event.name == "tu":
                own = xmlscan.read_attributes(event.attributes)
                number += 1
                unit = own.get("tuid", str(number))
                unit_lang = _tag(own, "srclang") or header_lang
                variants = []
            elif event.name == "seg":
                variants.append(_side(event, events, None))
            elif event.name in ("note", "prop"):
                _skip(event, events)
        elif event.kind == END and event.name == "tu":
            source_lang = document.source_lang or unit_lang
            sources = [side for side in variants if source_lang and _same(side.lang, source_lang)]
            source = sources[0] if sources else None
            for side in variants:
                if side in sources or (document.lang and not _same(side.lang, document.lang)):
                    continue
                yield from _segment(document, side, source, f"unit {unit} {side.lang or ''}".rstrip())


def _side(start: Event, events: Iterator[Event], lang: str | None) -> _Side:
    """Read on to the end of a source, target or seg."""
    attributes = xmlscan.read_attributes(start.attributes)
    side = _Side(start.lang or lang, attributes.get("state", ""))
    depth = 1
    for event in events:
        depth += (event.kind == START) - (event.kind == END)
        if not depth:
            break
        side.events.append(event)
    return side


def _skip(start: Event, events: Iterator[Event]) -> None:
    depth = 1
    for event in events:
        depth += (event.kind == START) - (event.kind == END)
        if not depth:
            break


def _segment(
    document: Document, target: _Side, source: _Side | None, address: str, locked: str = ""
) -> Iterator[Segment]:
    woven = weave(document.text, _pieces(document.text, target.events))
    if woven is None:
        return
    original = weave(document.text, _pieces(document.text, source.events)) if source else None
    has_cdata = any(event.kind == CDATA for event in target.events)
    escape: Callable[[str], str] = cdata if has_cdata else markup_text
    yield segment(
        *woven,
        target.lang,
        Role.TARGET,
        address,
        original[0] if original else None,
        source.lang if source else None,
        escape=in_encoding(escape, document.encoding),
        locked=locked,
    )


def _pieces(text: str, events: list[Event]) -> Iterator[Piece]:
    """The text of a side; codes are gaps, and what they hold is no text."""
    depth = 0  # inside a code
    for event in events:
        if depth:
            depth += (event.kind == START) - (event.kind == END)
        elif event.kind == START:
            shown = ""
            if event.name in _CODES:
                depth = 1
                shown = OBJECT if event.name in _SHOWN else ""
                if shown and "lb" in event.attributes:
                    own = xmlscan.read_attributes(event.attributes)
                    if own.get("ctype", own.get("subType")) in _BREAKS:
                        shown = "\n"
            elif event.name == "mrk" and _is_protected(event):
                depth, shown = 1, OBJECT
            if shown:
                yield event.start, event.start, shown
        elif event.kind != END:
            yield from xmlscan.pieces(text, event)


def _is_protected(mark: Event) -> bool:
    own = xmlscan.read_attributes(mark.attributes)
    return own.get("translate") == "no" or own.get("mtype") == "protected"


def _tag(attributes: Mapping[str, str], name: str) -> str | None:
    raw = attributes.get(name)
    return language_tag(raw) if raw and raw != "*all*" else None


def _same(one: str | None, other: str) -> bool:
    """Whether two tags name one language, or one is a variety of the other."""
    if one is None:
        return False
    one, other = one.lower(), other.lower().replace("_", "-")
    return one == other or one.startswith(other + "-") or other.startswith(one + "-")
