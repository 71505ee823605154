"""Markdown: CommonMark with the tables, strikethrough and footnotes of GitHub, and front matter.

Blocks are segments, emphasis and links are gaps in them. Not read: code, link targets, HTML
comments, HTML in block quotes, TOML front matter, and of YAML front matter everything but title,
subtitle, description, summary and excerpt (or what `document.fields` names); its `lang` or
`language` is that of the document. HTML blocks are read as a page is.

Cannot see: the extensions of single tools (attributes in braces, definition lists, formulas);
they are read as the text that CommonMark takes them for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.errors import FormatError
from cleaner.formats import hypertext, yamlscan
from cleaner.formats.base import segment
from cleaner.formats.markdown.blocks import Block, Kind, outline
from cleaner.formats.markdown.inline import read
from cleaner.formats.named import language_of
from cleaner.formats.views import Unwrapped, weave
from cleaner.model import Document, Role, Segment, Trouble
from cleaner.offsets import Span

_FRONT = re.compile(
    r"(?:---[ \t]*+(?:\r\n|\r|\n)(.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*+(?:\r\n|\r|\n).*?^\+\+\+)[ \t]*+(?:\r\n|\r|\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_FIELDS = ("title", "subtitle", "description", "summary", "excerpt")
_SPECIAL = re.compile(r"[\\`*_<|]|&(?=#?\w)")


def split(document: Document) -> Iterator[Segment | Trouble]:
    """The blocks of a document, its front matter first.

    >>> text = "---\\ntitle: 'Да'\\nlang: uk\\n---\\n# Він [*не*](b.md)\\n\\n![фото](a.jpg)\\n"
    >>> [(s.text, s.lang, s.address) for s in split(Document("a.md", text, format="markdown"))]
    [('Да', 'uk', 'front matter/title'), ('Він не', 'uk', 'heading 1'), ('фото', 'uk', 'image 1')]
    """
    text = document.text
    front = _FRONT.match(text)
    lang: str | None = None
    start = 0
    if front:
        start = front.end()
        try:
            found = list(yamlscan.texts(text, *front.span(1))) if front[1] is not None else []
        except FormatError as error:
            yield Trouble(Span(error.offset, front.end()), f"front matter: {error.message}")
            found = []
        for one in found:
            if one.path in (("lang",), ("language",)):
                lang = language_of(one.woven[0]) or lang
        wanted = {tuple(name.strip("/").split("/")) for name in document.fields or _FIELDS}
        for one in found:
            if one.path in wanted:
                role = Role.TITLE if "title" in one.path[-1] else Role.BODY
                yield segment(*one.woven, lang, role, f"front matter/{'/'.join(one.path)}", escape=one.escape)
    yield from _body(text, start, lang)


def _body(text: str, start: int, lang: str | None) -> Iterator[Segment]:
    counts: dict[str, int] = {}

    def address(what: str) -> str:
        counts[what] = counts.get(what, 0) + 1
        return f"{what} {counts[what]}"

    found = outline(text, start)
    for block in found.blocks:
        if block.kind is Kind.HTML:
            where = address("html")
            for inner in hypertext.scan(text, *block.lines[0], lang=lang):
                yield segment(
                    inner.text, inner.map, inner.lang, inner.role, f"{where}, {inner.address}".rstrip(", "),
                    escape=inner.escape,
                )  # fmt: skip
            continue
        unwrapped = _unwrap(text, block)
        source, low, high = text, *block.lines[0]
        if unwrapped:
            source, low, high = unwrapped.text, 0, len(unwrapped.text)
        line = read(source, low, high, found.labels)
        role = Role.TITLE if block.kind is Kind.HEADING else Role.BODY
        views = [(line.pieces, role, address(block.kind.value))]
        views += [(aside.pieces, Role.ATTRIBUTE, address(aside.what)) for aside in line.asides]
        for pieces, role, where in views:
            woven = weave(source, pieces)
            map = woven and (unwrapped.outward(woven[1]) if unwrapped else woven[1])
            if woven and map:
                yield segment(woven[0], map, lang, role, where, escape=escape)


def _unwrap(text: str, block: Block) -> Unwrapped | None:
    """The lines of a block as one text, None when it is one line; line breaks stand in it as written."""
    if len(block.lines) == 1:
        return None
    between: list[tuple[int, int, str]] = []
    at = block.lines[0].end
    for line in block.lines[1:]:
        low = at
        while text[low] not in "\r\n":
            low += 1
        high = low + (2 if text.startswith("\r\n", low) else 1)
        between += ((at, low, ""),) if at < low else ()
        between += ((high, line.start, ""),) if high < line.start else ()
        at = line.end
    return Unwrapped(text, block.lines[0].start, at, between)


def escape(text: str) -> str:
    """New text in Markdown: what could be markup gets a backslash. Brackets stay as they are.

    >>> escape("a*b [будут] R&D &lt;")
    'a\\\\*b [будут] R\\\\&D \\\\&lt;'
    """
    return _SPECIAL.sub(r"\\\g<0>", text)
