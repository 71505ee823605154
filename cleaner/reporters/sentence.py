"""A finding in its sentence: the words around it as they are, and as a repair would make them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.offsets import Edit, Span

AROUND = 160  # code points on each side, when no sentence ends before
_WORD = 24  # code points; what is longer may be cut
_LONGEST = 240  # of a piece; a longer one loses its middle
_BORDER = re.compile(r"""[.!?…][\])"'“”’»]*\s+|[。！？؟।۔][”’」』]*\s*|[\r\n]+""")

# Where the text of a field ends in a file that has fields. Tags that stand inside of sentences do not.
_TAG = re.compile(
    r"</?(?!(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|ruby|s|small|span|strong|sub|sup"
    r"|time|u|var)[\s/>])[A-Za-z][^<>]{0,400}>|<!\[CDATA\[|\]\]>|<!--|-->",
    re.IGNORECASE,
)
_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*"')
_IN_QUOTES = re.compile(r"(?:line \d+ )?/|msg")  # addresses of JSON, JSON Lines, YAML and PO


class Piece(NamedTuple):
    """A stretch of text: `same`, `found` by the rule, taken `out` or put `in` by a repair."""

    kind: str
    text: str


class Window(NamedTuple):
    """What is shown of a text; `cut_start` and `cut_end` say that the sentence goes on there."""

    span: Span
    cut_start: bool
    cut_end: bool


def sentence(text: str, span: Span, address: str = "") -> Window:
    """The sentence that `span` stands in, cut AROUND code points before and after it.

    `address` is where the finding lies in a file with fields: its sentence ends with its field. It knows
    no abbreviation: after “Dr. ” it sees a border. That costs context, never a finding.

    >>> text = "Да. Ministers [будут] meet. No."
    >>> text[sentence(text, Span(14, 21)).span.slice]
    'Ministers [будут] meet. '
    >>> text = "<title>They <b>[будут]</b> meet</title>"
    >>> text[sentence(text, Span(15, 22), "item 1/title").span.slice]
    'They <b>[будут]</b> meet'
    """
    low, high = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    starts = [found.end() for found in _BORDER.finditer(text, low, span.start)]
    border = _BORDER.search(text, span.end, high)
    ends = [border.end()] if border else []
    if address:
        field = _QUOTE if _IN_QUOTES.match(address) else _TAG
        starts += [found.end() for found in field.finditer(text, low, span.start)]
        if outside := field.search(text, span.end, high):
            ends.append(outside.start())
    start = max(starts, default=-1)
    end = min(ends, default=-1)
    window = Span(
        start if starts else _word_start(text, low, span.start),
        end if ends else _word_end(text, span.end, high),
    )
    return Window(window, not starts and window.start > 0, not ends and window.end < len(text))


def _word_start(text: str, low: int, high: int) -> int:
    """The first place from `low` at which a word begins; `low` in a script that has no spaces."""
    found = re.compile(r"\s+").search(text, low, min(low + _WORD, high)) if low else None
    return found.end() if found else low


def _word_end(text: str, low: int, high: int) -> int:
    """The last place up to `high` at which a word ends; `high` in a script that has no spaces."""
    if high == len(text):
        return high
    spaces = [found.start() for found in re.compile(r"\s+").finditer(text, max(low, high - _WORD), high)]
    return spaces[-1] if spaces else high


def before(text: str, span: Span, edits: Sequence[Edit] = (), address: str = "") -> list[Piece]:
    """The sentence as it is: `span` is found, and what `edits` take out is marked.

    >>> before("They [будут] meet.", Span(5, 12), [Edit(Span(6, 11), "will")])[1:4]
    [Piece(kind='found', text='['), Piece(kind='out', text='будут'), Piece(kind='found', text=']')]
    """
    window = sentence(text, _hull(span, edits), address)
    ends = {*window.span, *span, *(end for edit in edits for end in edit.span)}
    places = sorted(ends)
    pieces: list[Piece] = []
    for low, high in itertools.pairwise(places):
        if low == span.start == span.end:
            pieces.append(Piece("found", ""))
        part = Span(low, high)
        taken = any(edit.span.covers(part) for edit in edits)
        kind = "out" if taken else "found" if span.covers(part) else "same"
        pieces.append(Piece(kind, text[low:high]))
    if span.start == span.end == places[-1]:
        pieces.append(Piece("found", ""))
    return _trimmed(pieces, window)


def after(text: str, span: Span, edits: Sequence[Edit], address: str = "") -> list[Piece]:
    """The sentence as the edits make it; what they put in is marked.

    >>> after("They [будут] meet.", Span(5, 12), [Edit(Span(6, 11), "will")])[1]
    Piece(kind='in', text='will')
    """
    window = sentence(text, _hull(span, edits), address)
    pieces = []
    at = window.span.start
    for place, new in sorted(edits):
        pieces += [Piece("same", text[at : place.start]), Piece("in", new)]
        at = place.end
    pieces.append(Piece("same", text[at : window.span.end]))
    return _trimmed([piece for piece in pieces if piece.text], window)


def _hull(span: Span, edits: Sequence[Edit]) -> Span:
    spans = [span, *(edit.span for edit in edits)]
    return Span(min(each.start for each in spans), max(each.end for each in spans))


def _trimmed(pieces: Sequence[Piece], window: Window) -> list[Piece]:
    """The pieces without white space around them, with … where something was cut."""
    out = [Piece(kind, _shortened(text)) for kind, text in pieces]
    if out and out[0].kind == "same":
        out[0] = Piece("same", "…" * window.cut_start + out[0].text.lstrip())
    if out and out[-1].kind == "same":
        out[-1] = Piece("same", out[-1].text.rstrip() + "…" * window.cut_end)
    return out


def _shortened(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} […] {text[-half:]}"
