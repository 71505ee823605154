"""What markdown-it-py reads of a Markdown text, in the terms of our segments: the second opinion."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cleaner.formats.markdown.inline import _UNREAD_TAG
from cleaner.formats.views import BLANK, OBJECT

_EDGES = BLANK + OBJECT
_KINDS = {"heading_open": "heading", "paragraph_open": "paragraph", "td_open": "cell", "th_open": "cell"}


def blocks(text: str) -> list[tuple[str, str]]:
    """Kind and text of each block that has text: paragraphs, headings, cells; in order."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    found = []
    for before, token in pairwise(tokens):
        if token.type == "inline" and before.type in _KINDS:
            shown = normal(_inline(token.children or [])).strip(_EDGES)
            if shown:
                found.append((_KINDS[before.type], shown))
    return found


def _inline(children: list[Token]) -> str:
    parts = []
    autolink = False
    for child in children:
        if child.type == "link_open" and child.markup == "autolink":
            autolink = True
            parts.append(OBJECT)
        elif child.type == "link_close":
            autolink = False
        elif autolink:
            continue
        elif child.type in ("text", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("code_inline", "image"):
            parts.append(OBJECT)
        elif child.type == "html_inline" and re.match(r"<br\s*/?>", child.content, re.IGNORECASE):
            parts.append("\n")
    return "".join(parts)


def normal(text: str) -> str:
    """Text with line breaks as CommonMark's, and without the white space that markdown-it leaves before one."""
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"\r\n|\r", "\n", text))


def is_comparable(text: str) -> bool:
    """Whether a text is free of what is read in different ways for good reasons.

    Inline `<code>` and the like we leave out on purpose. As cmark and GitHub do and markdown-it does
    not, three tildes strike nothing out, a line after a link reference definition continues its
    paragraph even when it looks like code or an empty list item, a comment may end in `--->`, and
    dashes under a line with a bar make a heading of it rather than a table of one column.
    """
    return not (
        _UNREAD_TAG.search(text)
        or "~~~" in text
        or "--->" in text
        or re.search(r"\|[^\r\n]*(?:\r\n|\n|\r)[ \t>]*-{3,}[ \t]*(?:\r|\n|\Z)", text)
        or re.search(r"\]:\s*/u[ \t]*(?:\r\n|\n|\r)[>\s]*(?:\t| {4}|-|\+|\*|[0-9])", text)
    )
