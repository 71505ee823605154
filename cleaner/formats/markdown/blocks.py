"""The blocks of Markdown, line by line, as CommonMark 0.31 describes them, with GFM's tables.

Follows appendix A of the specification ("A parsing strategy"): each line first goes through the
containers that are open (block quotes, list items), then may start new blocks, and what is left is
text. Nothing is built but a flat list of the blocks that have text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from cleaner.offsets import Span
from cleaner.values import dataclass

MAX_DEPTH = 32  # containers within each other; deeper ones are text, so that hostile lines stay linear


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    HTML = "html"
    NOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A block with text: its lines without indentation, container marks and trailing white space."""

    kind: Kind
    lines: tuple[Span, ...]


_LINE = re.compile(r"([^\r\n]*+)(\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|\Z)[ \t]*+")
_HEADING_END = re.compile(r"(?:[ \t]++|\A)#++\Z")
_FENCE = re.compile(r"(`{3,}+)(?=[^`]*+\Z)|(~{3,}+)")
_SETEXT = re.compile(r"(?:=++|-++)[ \t]*+\Z")
_THEMATIC = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_MARKER = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
_DELIMITERS = re.compile(r"\|?+[ \t]*+:?+-++:?+[ \t]*+(?:\|[ \t]*+:?+-++:?+[ \t]*+)*+\|?+[ \t]*+\Z")
_DEFINITION = re.compile(
    r"""\[(?!\^)((?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?+
        (?:<(?:[^<>\\\n]|\\.)*+>|(?!<)[^\s\x00-\x1f]++)
        (?:(?:[ \t]++(?:\n[ \t]*+)?+|\n[ \t]*+)
           (?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))(?=[ \t]*+(?:\n|\Z))
        )?+[ \t]*+(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_BARE_DEFINITION = re.compile(
    r"""\[(?!\^)((?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?+
        (?:<(?:[^<>\\\n]|\\.)*+>|(?!<)[^\s\x00-\x1f]++)[ \t]*+(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,99})\]:[ \t]*+")

_TAG_NAME = "[A-Za-z][A-Za-z0-9-]*+"
_VALUE = r"(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\")"
_OPEN_TAG = rf"<{_TAG_NAME}(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+{_VALUE})?+)*+\s*+/?+>"
_CLOSE_TAG = rf"</{_TAG_NAME}\s*+>"
TAG = re.compile(f"{_OPEN_TAG}|{_CLOSE_TAG}")
_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li"
    "|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th"
    "|thead|title|tr|track|ul"
)
_RAW = "script|pre|style|textarea"
_HTML = (  # how an HTML block starts, and what its last line contains (None: a blank line follows)
    (re.compile(rf"<(?:{_RAW})(?:[\s>]|\Z)", re.I), re.compile(rf"</(?:{_RAW})>", re.I)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_NAMES})(?:\s|/?>|\Z)", re.I), None),
)  # fmt: skip
_HTML_LINE = re.compile(rf"(?:{_OPEN_TAG}|{_CLOSE_TAG})[ \t]*+\Z")


class _Container:
    """An open block quote (`indent` 0) or list item, with the columns that its content is indented."""

    __slots__ = ("indent", "is_empty")

    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.is_empty = False  # an item that has begun with a blank line


def label_of(text: str) -> str:
    """A link label as it is compared: case-folded, white space collapsed.

    >>> label_of(" Das\\n GROẞE  ")
    'das grosse'
    """
    return " ".join(text.split()).casefold()


@dataclass(slots=True)
class Outline:
    """What the blocks of a document give: those with text, and the labels of links and footnotes."""

    blocks: list[Block]
    labels: set[str]


def outline(text: str, start: int = 0) -> Outline:
    """The blocks of `text[start:]`, in code points of `text`.

    >>> [(b.kind.value, [text[s.slice] for s in b.lines]) for text in ["# Да #\\n\\n> раз\\nдва\\n\\n    code\\n"]
    ...     for b in outline(text).blocks]
    [('heading', ['Да']), ('paragraph', ['раз', 'два'])]
    """
    scanner = _Scanner(text)
    for line in _LINE.finditer(text, start):
        if line.start() < len(text):
            scanner.line(*line.span(1))
    scanner.close()
    return Outline(scanner.blocks, scanner.labels)


class _Scanner:
    """The state between two lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.labels: set[str] = set()
        self.containers: list[_Container] = []
        self.paragraph: list[Span] = []
        self.fence = ""  # the fence that is open
        self.html: list[Span] = []  # the lines of an HTML block that is open
        self.html_end: re.Pattern[str] | None = None
        self.columns = 0  # of the table that is open

    # --- one line; `at` is its first character that is no space, `column` where that stands, `base`
    #     the column at which the innermost container's content begins

    def line(self, start: int, end: int) -> None:
        text = self.text
        at, column = self._skip(start, 0, end)
        base = matched = 0
        for container in self.containers:
            if not container.indent:
                if at == end or column - base > 3 or text[at] != ">":
                    break
                at, column, base = self._quote(at, column, end)
            elif at == end:
                if container.is_empty:
                    break
            elif column - base >= container.indent:
                base += container.indent
                container.is_empty = False
            else:
                break
            matched += 1
        is_matched = matched == len(self.containers)

        if self.fence or self.html:
            if is_matched:
                self._inside(at, end, column - base)
                return
            self._close_leaf()
        if at == end:
            self._blank(matched)
            return
        self._starts(at, end, column, base, matched)

    def _inside(self, at: int, end: int, indent: int) -> None:
        """A line of a fenced code block or an HTML block."""
        if self.fence:
            written = self.text[at:end].rstrip(" \t")
            if (
                indent < 4
                and len(written) >= len(self.fence)
                and not written.strip(self.fence[0])
                and written
            ):
                self.fence = ""
        elif self.html_end is None and at == end:
            self._close_leaf()
        else:
            self._add_html(at, end)

    def _add_html(self, at: int, end: int) -> None:
        self.html.append(Span(at, end))
        if self.html_end and self.html_end.search(self.text, at, end):
            self._close_leaf()

    def _blank(self, matched: int) -> None:
        self._close_leaf()
        del self.containers[matched:]

    def _starts(self, at: int, end: int, column: int, base: int, matched: int) -> None:
        """The blocks that a line starts, and then the text that is left of it."""
        text = self.text
        is_fresh = False  # a container has been started by this line
        while True:
            indent = column - base
            is_matched = matched == len(self.containers)
            in_paragraph = bool(self.paragraph) and not is_fresh
            if indent > 3:
                if in_paragraph:
                    break
                self._leave(matched)
                return  # indented code
            rest = text[at:end]
            char = rest[0]
            if char == ">" and len(self.containers) < MAX_DEPTH:
                self._leave(matched)
                at, column, base = self._quote(at, column, end)
                self.containers.append(_Container(0))
            elif char == "#" and (heading := _HEADING.match(rest)):
                self._leave(matched)
                self._heading(at + heading.end(), end)
                return
            elif char in "`~" and (fence := _FENCE.match(rest)):
                self._leave(matched)
                self.fence = fence[1] or fence[2]
                return
            elif char == "<" and self._html_starts(rest, in_paragraph):
                self._leave(matched)
                self._add_html(at, end)
                return
            elif char in "=-" and in_paragraph and is_matched and not self.columns and _SETEXT.match(rest):
                lines = self._without_definitions()
                if lines:
                    self._add(Kind.HEADING, lines)
                    self.paragraph = []
                    return
                break
            elif char in "*-_" and _THEMATIC.match(rest):
                self._leave(matched)
                return
            elif (marker := _MARKER.match(rest)) and len(self.containers) < MAX_DEPTH:
                after = at + marker.end()
                following, column_there = self._skip(after, column + marker.end(), end)
                if in_paragraph and is_matched and (following == end or (marker[1] and int(marker[1]) != 1)):
                    break
                self._leave(matched)
                spaces = column_there - column - marker.end()
                width = marker.end() + (spaces if following < end and spaces <= 4 else 1)
                item = _Container(indent + width)
                item.is_empty = following == end
                self.containers.append(item)
                base += indent + width
                at, column = following, column_there
            else:
                break
            matched = len(self.containers)
            is_fresh = True
            if at == end:
                return
        self._text(at, end, matched, is_fresh, column - base > 3)

    def _text(self, at: int, end: int, matched: int, is_fresh: bool, is_indented: bool) -> None:
        is_matched = matched == len(self.containers)
        if self.columns:
            if is_matched and not is_fresh:
                self._row(at, end)
                return
            self._leave(matched)
        if self.paragraph and not is_fresh:
            if is_matched and not is_indented and self._is_table(at, end):
                header = self.paragraph.pop()
                self._close_leaf()
                self.columns = len(list(_cells(self.text, header)))
                self._row(*header)
                return
        else:
            self._leave(matched)
        low = end
        while self.text[low - 1] in " \t":
            low -= 1
        if self.text[low - 1] != "\\":  # a backslash before them breaks no line: they stay
            end = low
        self.paragraph.append(Span(at, end))

    # --- parts of a line

    def _skip(self, at: int, column: int, end: int) -> tuple[int, int]:
        text = self.text
        while at < end:
            if text[at] == " ":
                column += 1
            elif text[at] == "\t":
                column += 4 - column % 4
            else:
                break
            at += 1
        return at, column

    def _quote(self, at: int, column: int, end: int) -> tuple[int, int, int]:
        """Past the `>` at `at` and the space that belongs to it."""
        base = column + 1
        following, column = self._skip(at + 1, base, end)
        if following > at + 1:
            base += 1
        return following, column, base

    def _html_starts(self, rest: str, in_paragraph: bool) -> bool:
        for begin, ends in _HTML:
            if begin.match(rest):
                self.html_end = ends
                return True
        if not in_paragraph and _HTML_LINE.match(rest):
            self.html_end = None
            return True
        return False

    def _heading(self, at: int, end: int) -> None:
        written = self.text[at:end].rstrip(" \t")
        closing = _HEADING_END.search(written)
        if closing:
            written = written[: closing.start()].rstrip(" \t")
        if written:
            self._add(Kind.HEADING, [Span(at, at + len(written))])

    def _is_table(self, at: int, end: int) -> bool:
        """Whether this is the line under the header of a table."""
        header = self.paragraph[-1]
        rest = self.text[at:end]
        if (
            "|" not in self.text[header.slice]
            or not ("|" in rest or ":" in rest)
            or not _DELIMITERS.match(rest)
        ):
            return False
        return len(list(_cells(self.text, header))) == len(list(_cells(self.text, Span(at, end))))

    def _row(self, at: int, end: int) -> None:
        for number, cell in enumerate(_cells(self.text, Span(at, end))):
            if number < self.columns and cell.size:
                self._add(Kind.CELL, [cell])

    # --- ends

    def _leave(self, matched: int) -> None:
        """A new block begins: what was open inside of the containers that go on is over."""
        self._close_leaf()
        del self.containers[matched:]

    def _close_leaf(self) -> None:
        if self.paragraph:
            lines = self._without_definitions()
            if lines:
                self._add(Kind.PARAGRAPH, lines)
            self.paragraph = []
        if self.html:
            if all(container.indent for container in self.containers):
                self.blocks.append(Block(Kind.HTML, (Span(self.html[0].start, self.html[-1].end),)))
            self.html = []
        self.fence = ""
        self.columns = 0

    def close(self) -> None:
        self._close_leaf()

    def _add(self, kind: Kind, lines: list[Span]) -> None:
        if kind is Kind.PARAGRAPH:
            note = _NOTE.match(self.text, lines[0].start, lines[0].end)
            if note:
                self.labels.add("^" + note[1])
                kind, lines = Kind.NOTE, [Span(note.end(), lines[0].end), *lines[1:]]
        self.blocks.append(Block(kind, tuple(lines)))

    def _without_definitions(self) -> list[Span]:
        """The lines of the open paragraph after the link reference definitions that it begins with."""
        lines = self.paragraph
        if self.text[lines[0].start] != "[":
            return lines
        joined = "\n".join(self.text[line.slice] for line in lines)
        at = 0
        while at < len(joined) and joined[at] == "[":
            found = _DEFINITION.match(joined, at) or _BARE_DEFINITION.match(joined, at)
            if not found or not found[1].strip():
                break
            self.labels.add(label_of(found[1]))
            at = found.end()
        self.paragraph = lines[joined.count("\n", 0, at) :] if at < len(joined) else []
        return self.paragraph


def _cells(text: str, line: Span) -> Iterator[Span]:
    """The cells of a row, trimmed; a bar after a backslash does not part them."""
    at, end = line
    while at < end and text[at] in " \t":
        at += 1
    while at < end and text[end - 1] in " \t":
        end -= 1
    if at < end and text[at] == "|":
        at += 1
    if end - 1 > at and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    for cell in _CELL.finditer(text, at, end):
        low, high = cell.span(1)
        written = text[low:high]
        low += len(written) - len(written.lstrip(" \t"))
        yield Span(low, max(low, low + len(written.strip(" \t"))))
        if cell.end() == high:
            return  # the last one: no bar follows


_CELL = re.compile(r"((?:[^|\\]|\\.|\\)*+)(?:\||\Z)", re.DOTALL)
