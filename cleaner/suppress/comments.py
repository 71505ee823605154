r"""Suppressions that stand in the comments of a document, and how far each reaches.

    <!-- cleaner: ignore[quotes/unpaired,leftover] why it is right -->

A comment is found as its format reads comments: not in the code of Markdown, the scripts of HTML,
the CDATA of XML, or a cell of a table. Plain text, JSON and SRT have no comments.

`ignore` speaks of its own line. When the comment has the line to itself it speaks of what follows:
a paragraph, a cue, an entry, a row, or whatever begins on the next line that has text.

Cannot see: comments in block quotes of Markdown that stand on a line of their own, and those in the
HTML inside of a feed. In YAML, a `# cleaner:` within a text that the reader of YAML does not follow
is taken for a comment.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from enum import StrEnum

from cleaner.errors import nearest
from cleaner.formats import hypertext
from cleaner.formats.markdown.blocks import Kind, outline
from cleaner.model import Document, Segment, Trouble
from cleaner.offsets import LineIndex, Span
from cleaner.text.visible import excerpt
from cleaner.values import dataclass


class Verb(StrEnum):
    """What a comment asks for."""

    IGNORE = "ignore"
    NEXT_LINE = "ignore-next-line"
    DISABLE = "disable"
    ENABLE = "enable"
    FILE = "ignore-file"


@dataclass(frozen=True, slots=True)
class Directive:
    """A suppression in a comment.

    `span` is the comment, `scope` where it holds: of `disable` and `enable`, what comes after.
    `names` are ids, families or ALL, and ALL when it names none. `flag` is that of PO, which has no
    room for names or a reason.
    """

    verb: Verb
    names: tuple[str, ...]
    reason: str
    span: Span
    scope: Span
    flag: bool = False


Comment = tuple[Span, str]
"""Where a comment stands, and what is in it."""

_FLAGGED = "#, cleaner-ignore"  # stands for what a flag of PO says
_NOWHERE = Span(-1, -1)
_BEGIN = r"(?<![^\r\n])"  # of a line, whatever breaks lines
_DIRECTIVE = re.compile(r"\s*cleaner:\s*([\w-]+)\s*(\[([^\]]*)\]?)?[\s:–—-]*(.*)", re.DOTALL)
_OPEN = re.compile(r"<!--|<!\[CDATA\[")
_MARK = re.compile(r"\\.|`++|<!--", re.DOTALL)
_TICKS = re.compile(r"`++")
_RAW = frozenset(
    {"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext", "textarea", "title"}
)
_FRONT = re.compile(rf"---[ \t]*+(?:\r\n|\r|\n)(.*?){_BEGIN}(?:---|\.\.\.)[ \t]*+(?:[\r\n]|\Z)", re.DOTALL)
_HASH = re.compile(rf"{_BEGIN}[ \t]*+(#([ \t]*+cleaner:[^\r\n]*+))")
_ROW = re.compile(rf"{_BEGIN}#( cleaner:[^\r\n]*+)")
_ENTRY = re.compile(rf"{_BEGIN}#\.?[ \t]++(cleaner:[^\r\n]*+)")
_FLAG = re.compile(rf"{_BEGIN}#,(?:[^\r\n,]*+,)*?[ \t]*+cleaner-ignore[ \t]*+(?=[,\r\n]|\Z)[^\r\n]*+")
_NOTE = re.compile(
    r"(?:(?:\r\n|\r|\n)[ \t]*+(?:\r\n|\r|\n)|\A)(NOTE(?:[ \t]++|\r\n|\r|\n)(cleaner:[^\r\n]*+))"
)
_SEEN = re.compile(r"\S")
_MSGID = re.compile(rf"{_BEGIN}[ \t]*+msgid\b")


def directives(document: Document) -> Iterator[Directive | Trouble]:
    """The suppressions of a document in their order; a Trouble for one that cannot be understood.

    A comment that only looks like one (“cleaner: see below”) is none.

    >>> from cleaner.formats import split
    >>> page = "<p>Он [sic] <!-- cleaner: ignore[quotes] цитата --></p>"
    >>> [(d.verb.value, d.names, d.reason) for d in directives(split(Document("a", page, "html")))]
    [('ignore', ('quotes',), 'цитата')]
    """
    text = document.text
    is_for_us = "cleaner:" in text or "cleaner-ignore" in text  # most texts end here
    if not (is_for_us and document.segments and document.format in _READERS):
        return
    comments = [one for one in _READERS[document.format](text, 0, len(text)) if "cleaner" in one[1]]
    if not comments:
        return
    places = _Places(document)
    for span, said in comments:
        if document.format in _BY_LINES and places.is_text(span):
            continue
        if said == _FLAGGED:
            yield Directive(Verb.IGNORE, ("ALL",), "", span, places.scope(Verb.IGNORE, span), flag=True)
            continue
        found = _read(said)
        if isinstance(found, str):
            yield Trouble(span, found)
        elif found:
            verb, names, reason = found
            yield Directive(verb, names, reason, span, places.scope(verb, span))


def _read(said: str) -> tuple[Verb, tuple[str, ...], str] | str | None:
    """The word, the names and the reason of a comment; what is wrong with it; None when it is not for us.

    >>> _read(" cleaner: ignore[quotes, leftover] — as he wrote it ")
    (<Verb.IGNORE: 'ignore'>, ('quotes', 'leftover'), 'as he wrote it')
    >>> _read(" cleaner: ingore[quotes] ")
    'unknown word “ingore” (did you mean “ignore”?)'
    """
    found = _DIRECTIVE.fullmatch(said)
    if found is None:
        return None
    word, brackets, names, reason = found.groups()
    if word not in list(Verb):
        hint = nearest(word[:60], list(Verb))
        if not hint and not brackets:
            return None
        known = ", ".join(Verb)
        return f"unknown word “{excerpt(word)}” ({hint or f'one of {known}'})"
    if brackets and not brackets.endswith("]"):
        return f"the bracket after “{word}” is not closed"
    parts = tuple(name.strip() for name in (names or "").split(",") if name.strip())
    return Verb(word), tuple(dict.fromkeys(parts)) or ("ALL",), reason.strip()


# -- Where comments stand ----------------------------------------------------------------------------


def _page(text: str, low: int, high: int) -> Iterator[Comment]:
    at = low
    while found := hypertext.MARKUP.search(text, at, high):
        at = found.end()
        if text.startswith("<!--", found.start()):
            yield Span(*found.span()), re.sub(r"--!?>\Z", "", found[0][4:])
        elif found[2] and not found[1] and found[2].lower() in _RAW:
            closing = _end_of(found[2].lower()).search(text, at, high)
            at = closing.start() if closing else high


@functools.cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _tagged(text: str, low: int, high: int) -> Iterator[Comment]:
    while found := _OPEN.search(text, low, high):
        is_comment = found[0] == "<!--"
        end = text.find("-->" if is_comment else "]]>", found.end(), high)
        if end < 0:
            return
        low = end + 3
        if is_comment:
            yield Span(found.start(), low), text[found.end() : end]


def _markdown(text: str, low: int, high: int) -> Iterator[Comment]:
    if "<!--" not in text and "#" not in text:
        return
    front = _FRONT.match(text)
    if front:
        yield from _lines(_HASH)(text, *front.span(1))
    for block in outline(text, front.end() if front else low).blocks:
        start, end = block.lines[0].start, block.lines[-1].end
        if "<!--" not in text[start:end]:
            continue
        if block.kind is Kind.HTML:
            yield from _page(text, start, end)
            continue
        yield from _inline(text, start, end)


def _inline(text: str, low: int, high: int) -> Iterator[Comment]:
    """Comments in the lines of Markdown, outside of code."""
    ticks: dict[int, list[int]] = {}  # where runs of so many backticks begin
    for run in _TICKS.finditer(text, low, high):
        ticks.setdefault(len(run[0]), []).append(run.start())
    while found := _MARK.search(text, low, high):
        low = found.end()
        if found[0] == "<!--":
            end = text.find("-->", low, high)
            if end < 0:
                return
            low = end + 3
            yield Span(found.start(), low), text[found.end() : end]
        elif found[0][0] == "`":
            same = ticks.get(len(found[0]), [])
            closing = bisect_right(same, found.start())
            if closing < len(same):
                low = same[closing] + len(found[0])


def _lines(pattern: re.Pattern[str]) -> Callable[[str, int, int], Iterator[Comment]]:
    """Comments that are lines; the last group of the pattern is what is in them."""

    def read(text: str, low: int, high: int) -> Iterator[Comment]:
        for found in pattern.finditer(text, low, high):
            whole = 1 if pattern.groups > 1 else 0
            yield Span(*found.span(whole)), found[pattern.groups]

    return read


def _catalogue(text: str, low: int, high: int) -> Iterator[Comment]:
    comments = list(_lines(_ENTRY)(text, low, high))
    comments += ((Span(*found.span()), _FLAGGED) for found in _FLAG.finditer(text, low, high))
    yield from sorted(comments)


_READERS: dict[str, Callable[[str, int, int], Iterator[Comment]]] = {
    "html": _page,
    "markdown": _markdown,
    **dict.fromkeys(["feed", "xliff", "tmx", "xml"], _tagged),
    "yaml": _lines(_HASH),
    **dict.fromkeys(["csv", "tsv"], _lines(_ROW)),
    "po": _catalogue,
    "vtt": _lines(_NOTE),
}
_BY_LINES = frozenset({"yaml", "csv", "tsv", "vtt"})


# -- How far they reach ------------------------------------------------------------------------------


class _Places:
    """The lines and the segments of a document, by where they stand in it."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.format = document.format
        self.lines = LineIndex(document.text)
        self.segments = sorted(
            ((_whole(segment), segment) for segment in document.segments), key=lambda pair: pair[0]
        )
        self.starts = [span.start for span, _ in self.segments]
        self._last = 0, _NOWHERE  # the line that was asked for last

    def is_text(self, span: Span) -> bool:
        """Whether a place lies in something that is read, and so is no comment."""
        before = bisect_right(self.starts, span.start) - 1
        return before >= 0 and self.segments[before][0].end > span.start

    def scope(self, verb: Verb, comment: Span) -> Span:
        """Where a comment holds."""
        if verb is Verb.FILE:
            return Span(0, len(self.text))
        if verb in (Verb.DISABLE, Verb.ENABLE):
            return Span(comment.end, len(self.text))
        first, last = (self.lines.position(at).line for at in comment)
        if verb is Verb.NEXT_LINE:
            return self._line(last + 1)
        around = Span(self._line(first).start, self._line(last).end)
        is_alone = not (
            _SEEN.search(self.text, around.start, comment.start)
            or _SEEN.search(self.text, comment.end, around.end)
        )
        return self._element(comment) if is_alone else around

    def _line(self, number: int) -> Span:
        if number > len(self.lines):
            return _NOWHERE
        if number != self._last[0]:  # a line may be long, and full of comments
            start = self.lines.start(number)
            self._last = number, Span(start, start + len(self.lines.line(number)))
        return self._last[1]

    def _element(self, comment: Span) -> Span:
        """The text that follows a comment; _NOWHERE when none belongs to it."""
        at = bisect_left(self.starts, comment.end)
        if at == len(self.segments):
            return _NOWHERE
        start = end = self.starts[at]
        if self.format == "po" and len(_MSGID.findall(self.text[comment.end : start])) != 1:
            return _NOWHERE  # the entry of the comment is not read: the text belongs to another one
        first = previous = self.segments[at]
        for number in range(at, len(self.segments)):
            one = self.segments[number]
            if not self._belongs(first, previous, one):
                break
            previous, end = one, max(end, one[0].end)
        return Span(start, end)

    def _belongs(
        self, first: tuple[Span, Segment], previous: tuple[Span, Segment], one: tuple[Span, Segment]
    ) -> bool:
        """Whether a segment is a part of the same element as those before it."""
        if self.format == "po":
            return one is first or not _MSGID.search(self.text[previous[0].end : one[0].start])
        if self.format in ("csv", "tsv"):
            return one[1].address.partition("/")[0] == first[1].address.partition("/")[0]
        if self.format == "vtt":
            return one[1].address.partition(", after")[0] == first[1].address.partition(", after")[0]
        return self.lines.position(one[0].start).line == self.lines.position(first[0].start).line


def _whole(segment: Segment) -> Span:
    """From the first to the last code point of the document that a segment stands for."""
    pieces = segment.map.to_source(Span(0, len(segment.text)))
    return Span(pieces[0].start, pieces[-1].end)
