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
from html.entities import html5
from typing import NamedTuple

from cleaner.formats.base import segment
from cleaner.formats.maps import Piece
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

_WS = r"\t\n\f\r "
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
_ENTITY = re.compile(r"&(?:#(?:[0-9]++|[xX][0-9A-Fa-f]++);?|[A-Za-z][A-Za-z0-9]*+;?)")


def _names(words: str) -> list[str]:
    return words.split()


# What a tag does. Elements that are not named here are blocks.
_INLINE, _BREAK, _OBJECT, _SKIP_INLINE, _SKIP_BLOCK, _RAW, _RAW_OBJECT, _TITLE, _VOID = range(9)
_BLOCK = 9
_KINDS: dict[str, int] = {
    **dict.fromkeys(
        _names(
            "a abbr acronym b bdi bdo big cite data del dfn em font i ins mark meter nobr noscript output picture"
            " progress q ruby s slot small span strike strong sub sup time u var wbr rb"
        ),
        _INLINE,
    ),
    "br": _BREAK,
    **dict.fromkeys(["img", "input"], _OBJECT),
    **dict.fromkeys(["code", "kbd", "samp", "tt", "svg", "math", "rt", "rp", "rtc"], _SKIP_INLINE),
    **dict.fromkeys(["pre", "listing"], _SKIP_BLOCK),
    **dict.fromkeys(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"], _RAW),
    "textarea": _RAW_OBJECT,
    "title": _TITLE,
    **dict.fromkeys(
        _names("area base basefont bgsound col embed frame hr keygen link meta param source track"), _VOID
    ),
}
_FLUSHES = frozenset({_BLOCK, _SKIP_BLOCK, _TITLE, _VOID})  # what ends a segment
_SHOWN = frozenset({_OBJECT, _SKIP_INLINE, _RAW_OBJECT})  # what stands in the line
_NOTHING_SHOWN = frozenset({"rt", "rp", "rtc"})  # the pronunciation above a word stands in no line
_ROLES = {
    **dict.fromkeys(["title", "h1", "h2", "h3", "h4", "h5", "h6"], Role.TITLE),
    **dict.fromkeys(["figcaption", "caption"], Role.CAPTION),
}
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[{_WS}/>])", re.IGNORECASE)
    for name, kind in _KINDS.items()
    if kind in (_RAW, _RAW_OBJECT, _TITLE)
}
_RAW_ENDS["plaintext"] = re.compile(r"(?!)")

# Which open elements the start of another one ends (HTML standard, 13.1.2.4, optional tags).
_P = frozenset({"p"})
_CELL = frozenset({"p", "td", "th", "caption", "colgroup"})
_IMPLIED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _names(
            "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer"
            " form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul"
            " xmp listing"
        ),
        _P,
    ),
    "li": frozenset({"p", "li"}),
    **dict.fromkeys(["dt", "dd"], frozenset({"p", "dt", "dd"})),
    **dict.fromkeys(["td", "th"], _CELL),
    "tr": _CELL | {"tr"},
    **dict.fromkeys(["tbody", "thead", "tfoot"], _CELL | {"tr", "tbody", "thead", "tfoot"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
}
# What a template fills in: Jinja and Liquid, EJS and ERB, Vue and Angular. `{{cite web|…}}` is of a wiki.
_TEMPLATE = re.compile(
    r"\{%[^{}]{0,1000}%\}|\{#[^{}]{0,1000}#\}|<%[^<>]{0,1000}%>|\{\{-?(?: [^{}]{0,1000} |[\w.$]{1,100})-?\}\}"
)
_SHORT = 64  # code points of attributes that are remembered
_LOOK_BACK = 8  # open elements that are looked at for an implied end: keeps hostile nesting linear

_READABLE = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})
_META = frozenset(
    _names(
        "description og:title og:description og:image:alt twitter:title twitter:description twitter:image:alt"
    )
)
_CURIOUS = frozenset({"meta", "input"})  # whose other attributes may be read as well
_BUTTONS = frozenset({"submit", "button", "reset"})

# HTML standard, table of numeric character reference end state: what authors of windows-1252 meant
_WINDOWS = {
    0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰",
    0x8A: "Š", 0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•",
    0x96: "–", 0x97: "—", 0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
}  # fmt: skip
_LONGEST_BARE = max(len(name) for name in html5 if not name.endswith(";"))


def entities(text: str, start: int, end: int, *, attribute: bool = False) -> Iterator[Piece]:
    """The pieces of a stretch of text with character references, as HTML reads them.

    A reference without its semicolon counts where browsers let it count; in an attribute
    `?a=1&copy=2` it does not.

    >>> list(entities("R&amp;D&nbsp", 0, 12))
    [(0, 1, None), (1, 6, '&'), (6, 7, None), (7, 12, '\\xa0')]
    """
    at = start
    for found in _ENTITY.finditer(text, start, end):
        begin, stop = found.span()
        token = found[0]
        if token[1] == "#":
            shown = _numeric(token)
        else:
            known = html5.get(token[1:])
            if known is None:
                size, known = _bare_prefix(token)
                stop = begin + size
                if known is None:
                    continue
            if attribute and token[stop - begin - 1] != ";":
                following = text[stop : stop + 1] if stop < end else ""
                if following == "=" or (following.isascii() and following.isalnum()):
                    continue
            shown = known
        if at < begin:
            yield at, begin, None
        yield begin, stop, shown
        at = stop
    if at < end:
        yield at, end, None


def _bare_prefix(token: str) -> tuple[int, str | None]:
    """The longest name without semicolon that a reference begins with: `&notit;` is `¬it;`."""
    for size in range(min(len(token), _LONGEST_BARE + 1), 2, -1):
        known = html5.get(token[1:size])
        if known is not None:
            return size, known
    return 0, None


def _numeric(token: str) -> str:
    digits = token[2:].rstrip(";")
    base = 10
    if digits[0] in "xX":
        digits, base = digits[1:], 16
    digits = digits.lstrip("0")
    code = int(digits or "0", base) if len(digits) <= 7 else 0
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return _WINDOWS.get(code) or chr(code)


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
            kind = _KINDS.get(name, _BLOCK)
            if slash:
                if kind == _INLINE:
                    if name == "a":
                        after_link = at
                elif kind == _BREAK:
                    self._show("\n")
                elif self.pieces and kind in _FLUSHES:
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
                if kind != _INLINE:
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
        if kind == _BREAK:
            self._show("\n")
            return at
        is_empty = self.xml and self.text[attributes[1] - 1] == "/"
        if name in _IMPLIED:
            self._imply(_IMPLIED[name])
        if self.pieces and kind in _FLUSHES:
            self._flush()
        lang, skip = self.lang, False
        number = self.counts[name] = self.counts.get(name, 0) + 1
        if speaks or (name in _CURIOUS and not self.skipping):
            found = self._attributes(*attributes)
            lang, skip = self._scope(found)
            if name == "meta":
                self._meta(found)
            elif not skip:
                self._read_attributes(name, number, found, lang)
        if kind in _SHOWN and name not in _NOTHING_SHOWN:
            self._show(OBJECT)
        if kind in (_OBJECT, _VOID) or (is_empty and kind != _BLOCK):
            return at
        if kind in (_RAW, _RAW_OBJECT) or (kind == _TITLE and not self.xml):
            closing = _RAW_ENDS[name].search(self.text, at, self.end)
            stop = closing.start() if closing else self.end
            if kind == _TITLE and not (skip or self.skipping):
                self._title(at, stop, lang, number)
            return stop
        self._push(name, inline=kind == _SKIP_INLINE)
        self.lang = lang
        if skip or kind in (_SKIP_INLINE, _SKIP_BLOCK):
            self.skipping = True
        if kind in (_BLOCK, _TITLE):
            self.role = _ROLES.get(name, self.role)
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
        if what.lower() in _META and "content" in found:
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
            if key in _READABLE or (
                key == "value" and name == "input" and self._value(found, "type").lower() in _BUTTONS
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
