"""HTML as readable text: the tokenizer and the reader that web pages and feeds share.

One pattern finds the tags as the HTML standard's tokenizer does (section 13.2.5: quotes count only
after `=`, an unclosed comment or tag runs to the end), a stack of open elements says what they
mean. The tree builder is not followed further than text needs: misnested formatting is not moved
about, only the end tags that authors leave out (`p`, `li`, `td` …) are implied.

A block ends a segment, inline elements are gaps in one. Not read: script, style, pre, code,
textarea, svg, math, comments, what a template fills in (`{% … %}`, `{{ name }}`, `<% … %>`), and whatever says
translate="no" or class="notranslate". An inline element in another language is a segment of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cleaner.formats import elements
from cleaner.formats.base import segment
from cleaner.formats.maps import Piece
from cleaner.formats.references import entities
from cleaner.formats.views import (
    OBJECT,
    double_quoted,
    language_tag,
    markup_text,
    single_quoted,
    unquoted,
    weave,
)
from cleaner.model import Role, Segment

_WS = elements.SPACE
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_WS}>"'][^{_WS}>]*+)"""
_ATTRIBUTE = rf"[^{_WS}/>][^{_WS}/>=]*+(?:[{_WS}]*+=[{_WS}]*+{_VALUE}?+)?+"
MARKUP = re.compile(
    rf"""<(?:
        (/?) ([A-Za-z][^{_WS}/>]*+) ((?:[{_WS}/]++|{_ATTRIBUTE})*+) (?:>|\Z)
        |!--(?:-?>|.*?(?:--!?>|\Z))
        |[!?][^>]*+(?:>|\Z)
        |/(?:>|[^A-Za-z>][^>]*+(?:>|\Z))
    )""",
    re.DOTALL | re.VERBOSE,
)
# XHTML: a CDATA section ends at its own mark
_XHTML_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_ATTRIBUTES = re.compile(
    rf"""([^{_WS}/>][^{_WS}/>=]*+)(?:[{_WS}]*+=[{_WS}]*+(?:"([^"]*+)"|'([^']*+)'|([^{_WS}>"'][^{_WS}>]*+))?+)?+"""
)


# What a template fills in: Jinja and Liquid, EJS and ERB, Vue and Angular. `{{cite web|…}}` is of a wiki.
_TEMPLATE = re.compile(
    r"\{%[^{}]{0,1000}%\}|\{#[^{}]{0,1000}#\}|<%[^<>]{0,1000}%>|\{\{-?(?: [^{}]{0,1000} |[\w.$]{1,100})-?\}\}"
)
_SHORT = 64  # code points of attributes that are remembered
_LOOK_BACK = 8  # open elements that are looked at for an implied end: keeps hostile nesting linear


class _Open(NamedTuple):
    """An open element, and the state to go back to when it ends."""

    name: str
    inline: bool
    lang: str | None
    skipping: bool
    role: Role
    place: tuple[str, int]
    outer: list[Piece] | None  # the text around an inline element that is a segment of its own


class _Attribute(NamedTuple):
    start: int
    end: int
    escape: Callable[[str], str]


def scan(
    text: str, start: int = 0, end: int | None = None, *, lang: str | None = None, xml: bool = False
) -> Iterator[Segment]:
    """The segments of the HTML in `text[start:end]`, in code points of `text`.

    `lang` is the language until the document says another one. `xml` reads it as XHTML: `<div/>`
    is an empty element and a prefix of a name does not count.

    >>> [s.text for s in scan("<h1>R&amp;D</h1><p>[<b>буд</b>ут]<p lang=fr>Oui<br>non")]
    ['R&D', '[будут]', 'Oui\\nnon']
    """
    end = len(text) if end is None else end
    if text.find("<", start, end) < 0 and text.find("{", start, end) < 0:
        return _without_tags(text, start, end, lang)
    return _Reader(text, end, lang, xml).read(start)


def _without_tags(text: str, start: int, end: int, lang: str | None) -> Iterator[Segment]:
    woven = weave(text, entities(text, start, end))
    if woven:
        yield segment(*woven, lang, escape=markup_text)


class _Reader:
    """The state of one pass; `read` is the pass."""

    def __init__(self, text: str, end: int, lang: str | None, xml: bool) -> None:
        self.text = text
        self.end = end
        self.xml = xml
        self.lang = lang
        self.skipping = False
        self.role = Role.BODY
        self.place = ("", 0)
        self.pieces: list[Piece] = []
        self.stack: list[_Open] = []
        self.open: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self.ready: list[Segment] = []

    def read(self, at: int) -> Iterator[Segment]:
        text, end, search, ready, opened = self.text, self.end, MARKUP.search, self.ready, self.open
        after_link = -1  # where the last </a> ended
        seen: dict[str, bool] = {}  # short attributes, as pages repeat them: whether they say anything
        while at < end:
            found = search(text, at, end)
            begin = found.start() if found else end
            if at < begin and not self.skipping and (self.pieces or not text[at:begin].isspace()):
                self._add_text(at, begin)
            if found is None:
                break
            slash, name, attributes = found.groups()
            at = found.end()
            if name is None:
                if self.xml and text.startswith("<![CDATA[", begin):
                    section = _XHTML_CDATA.match(text, begin, end)
                    at = section.end() if section else at
                    self._show(OBJECT)
                continue
            name = name.lower()
            if self.xml and ":" in name:
                name = name.rpartition(":")[2]
            kind = elements.KINDS.get(name, elements.BLOCK)
            if slash:
                if kind == elements.INLINE:
                    if name == "a":
                        after_link = at
                elif kind == elements.BREAK:
                    self._show("\n")
                elif self.pieces and kind in elements.FLUSHES:
                    self._flush()
                if opened.get(name):
                    self._close(name)
            else:
                speaks = False
                if attributes and not self.skipping:
                    known = seen.get(attributes)
                    speaks = _speaks(attributes) if known is None else known
                    if known is None and len(attributes) < _SHORT:
                        seen[attributes] = speaks
                if kind != elements.INLINE:
                    at = self._start(name, kind, at, found.span(3), speaks)
                else:
                    if name == "a" and begin == after_link:
                        self._flush()  # links side by side are items of a menu, not one word
                    if speaks or opened.get(name):
                        self._inline(name, found.span(3), speaks)
            if ready:
                yield from ready
                ready.clear()
        self._pop_to(0)
        self._flush()
        yield from ready

    # --- tags

    def _inline(self, name: str, attributes: tuple[int, int], speaks: bool) -> None:
        """The start tag of an inline element that may open a scope: another language, or not to be read."""
        scoped = False
        if speaks:
            found = self._attributes(*attributes)
            lang, skip = self._scope(found)
            if skip:
                self._show(OBJECT)
                self._push(name, inline=True)
                self.skipping = scoped = True
            else:
                self._read_attributes(name, 0, found, lang)
                if lang != self.lang:
                    self._show(OBJECT)
                    self._push(name, inline=True, outer=self.pieces)
                    self.pieces, self.lang, scoped = [], lang, True
        if not scoped and self.open.get(name):
            self._push(name, inline=True)  # its end tag must not end the one outside
            scoped = True
        if scoped and self.xml and self.text[attributes[1] - 1] == "/":
            self._close(name)

    def _start(self, name: str, kind: int, at: int, attributes: tuple[int, int], speaks: bool) -> int:
        """A start tag that is not plainly inline; gives where to read on."""
        if kind == elements.BREAK:
            self._show("\n")
            return at
        is_empty = self.xml and self.text[attributes[1] - 1] == "/"
        if name in elements.IMPLIED:
            self._imply(elements.IMPLIED[name])
        if self.pieces and kind in elements.FLUSHES:
            self._flush()
        lang, skip = self.lang, False
        number = self.counts[name] = self.counts.get(name, 0) + 1
        if speaks or (name in elements.CURIOUS and not self.skipping):
            found = self._attributes(*attributes)
            lang, skip = self._scope(found)
            if name == "meta":
                self._meta(found)
            elif not skip:
                self._read_attributes(name, number, found, lang)
        if kind in elements.SHOWN and name not in elements.NOTHING_SHOWN:
            self._show(OBJECT)
        if kind in (elements.OBJECT, elements.VOID) or (is_empty and kind != elements.BLOCK):
            return at
        if kind in (elements.RAW, elements.RAW_OBJECT) or (kind == elements.TITLE and not self.xml):
            closing = elements.RAW_ENDS[name].search(self.text, at, self.end)
            stop = closing.start() if closing else self.end
            if kind == elements.TITLE and not (skip or self.skipping):
                self._title(at, stop, lang, number)
            return stop
        self._push(name, inline=kind == elements.SKIP_INLINE)
        self.lang = lang
        if skip or kind in (elements.SKIP_INLINE, elements.SKIP_BLOCK):
            self.skipping = True
        if kind in (elements.BLOCK, elements.TITLE):
            self.role = elements.ROLES.get(name, self.role)
            self.place = (name, number)
        if is_empty:
            self._close(name)
        return at

    def _title(self, low: int, high: int, lang: str | None, number: int) -> None:
        woven = weave(self.text, entities(self.text, low, high))
        if woven:
            self.ready.append(segment(*woven, lang, Role.TITLE, f"title {number}", escape=markup_text))

    def _meta(self, found: Mapping[str, _Attribute]) -> None:
        """A description is read like an attribute for people; a language is that of the page."""
        what = self._value(found, "name") or self._value(found, "property")
        if what.lower() in elements.META and "content" in found:
            self._read_attribute("meta", what.lower(), found["content"], self.lang)
        if self._value(found, "http-equiv").lower() == "content-language" and not self.lang:
            self.lang = language_tag(self._value(found, "content").partition(",")[0])

    # --- open elements

    def _push(self, name: str, *, inline: bool, outer: list[Piece] | None = None) -> None:
        self.stack.append(_Open(name, inline, self.lang, self.skipping, self.role, self.place, outer))
        self.open[name] = self.open.get(name, 0) + 1

    def _close(self, name: str) -> None:
        """End the innermost open `name` and what is open inside it; that there is one is known."""
        if name in ("html", "body"):
            return  # what comes after is still in them
        at = len(self.stack) - 1
        while self.stack[at].name != name:
            at -= 1
        self._pop_to(at)

    def _imply(self, closed: frozenset[str]) -> None:
        """End the open elements that the start of another one ends."""
        at = len(self.stack) - 1
        lowest = max(0, at - _LOOK_BACK)
        while at >= lowest:
            top = self.stack[at]
            if top.name in closed:
                self._flush()
                self._pop_to(at)
            elif not top.inline:
                return
            at -= 1

    def _pop_to(self, size: int) -> None:
        stack = self.stack
        while len(stack) > size:
            name, inline, lang, skipping, role, place, outer = stack.pop()
            self.open[name] -= 1
            if self.pieces and (outer is not None or not inline):
                self._flush()
            if outer is not None:
                self.pieces = outer
            self.lang, self.skipping, self.role, self.place = lang, skipping, role, place

    # --- text

    def _add_text(self, low: int, high: int) -> None:
        if _may_have_template(self.text, low, high):
            for found in _TEMPLATE.finditer(self.text, low, high):
                if low < found.start():
                    self._add_prose(low, found.start())
                self._show(OBJECT, found.end())
                low = found.end()
        if low < high:
            self._add_prose(low, high)

    def _add_prose(self, low: int, high: int) -> None:
        if self.text.find("&", low, high) < 0:
            self.pieces.append((low, high, None))
        else:
            self.pieces += entities(self.text, low, high)

    def _show(self, shown: str, at: int = -1) -> None:
        """Show something that has no text of its own, at the end of what has been read or at `at`."""
        if self.pieces and not self.skipping:
            at = max(at, self.pieces[-1][1])
            self.pieces.append((at, at, shown))

    def _flush(self) -> None:
        if self.pieces and not self.skipping:
            woven = weave(self.text, self.pieces)
            self.pieces = []
            if woven:
                name, number = self.place
                address = f"{name} {number}" if name else ""
                self.ready.append(segment(*woven, self.lang, self.role, address, escape=markup_text))

    # --- attributes

    def _attributes(self, low: int, high: int) -> dict[str, _Attribute]:
        found: dict[str, _Attribute] = {}
        for one in _ATTRIBUTES.finditer(self.text, low, high):
            group = one.lastindex or 1
            escape = (unquoted, double_quoted, single_quoted, unquoted)[group - 1]
            low, high = one.span(group) if group > 1 else (one.end(), one.end())
            found.setdefault(one[1].lower(), _Attribute(low, high, escape))
        return found

    def _value(self, found: Mapping[str, _Attribute], name: str) -> str:
        if name not in found:
            return ""
        woven = weave(self.text, entities(self.text, found[name].start, found[name].end, attribute=True))
        return woven[0] if woven else ""

    def _scope(self, found: Mapping[str, _Attribute]) -> tuple[str | None, bool]:
        """The language that an element sets, and whether it is not to be read."""
        lang = self.lang
        for name in ("xml:lang", "lang"):
            if name in found:
                lang = language_tag(self._value(found, name)) or lang
                break
        if lang and self.lang and lang.lower() == self.lang.lower():
            lang = self.lang
        skip = self._value(found, "translate").lower() == "no" or (
            "notranslate" in self._value(found, "class").split()
        )
        return lang, skip

    def _read_attributes(
        self, name: str, number: int, found: Mapping[str, _Attribute], lang: str | None
    ) -> None:
        for key, attribute in found.items():
            if key in elements.READABLE or (
                key == "value" and name == "input" and self._value(found, "type").lower() in elements.BUTTONS
            ):
                if not number:  # inline elements are counted when there is something to read in them
                    number = self.counts[name] = self.counts.get(name, 0) + 1
                self._read_attribute(f"{name} {number}", key, attribute, lang)

    def _read_attribute(self, element: str, key: str, attribute: _Attribute, lang: str | None) -> None:
        low, high, escape = attribute
        woven = weave(self.text, entities(self.text, low, high, attribute=True))
        if woven and not (
            _may_have_template(self.text, low, high) and _TEMPLATE.search(self.text, low, high)
        ):
            self.ready.append(segment(*woven, lang, Role.ATTRIBUTE, f"{element} {key}", escape=escape))


def _may_have_template(text: str, low: int, high: int) -> bool:
    return text.find("{", low, high) >= 0 or text.find("<%", low, high) >= 0


def _speaks(attributes: str) -> bool:
    """Whether a tag may say something to a reader or about the language; a cheap look before parsing."""
    low = attributes.lower()
    return (
        "title" in low
        or "alt" in low
        or "lang" in low
        or "translate" in low
        or "aria-" in low
        or "placeholder" in low
    )
