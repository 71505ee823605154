r"""A sign that stands for another: full-width punctuation in Latin text, ASCII commas in Chinese.

Sees single signs, or short runs of them, that a pattern finds by their neighbours, and writes what
a table says instead. Spaces are part of the table: a space at an end of a value is written only
where a word would otherwise touch, never beside a space, before punctuation, between two digits or
at the edge of the text; so `：` becomes `: ` before a word and `:` in 12：30.

Cannot see what a sign means: whether a quoted sign is spoken of, whether a comma is a decimal mark.
`unless-line` leaves whole lines alone, for lines that are written in the other script.

Cost: one search with `re`; patterns must be linear, the best begin with the rare sign itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span

ACTIONS: Mapping[str, str] = {"replace": "write the sign of the table instead"}
DETAILS: Mapping[str, str] = {"replacement": "what the sign would become"}

_CLOSING = ".,;:!?…)]}»”’\"'%"
_OPENING = "([{«“„‘\"'"


@dataclass(frozen=True)
class Params:
    """Where the signs stand and what is right instead. Patterns are compiled when they are needed."""

    pattern: str = setting("where the sign stands: a regular expression whose match is the sign")
    map: Mapping[str, str] = setting("sign → what is right; a space at an end only where a word touches")
    unless_line: str | None = setting("leave lines alone in which this pattern is found", None)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return _pattern("pattern", self.pattern, re.MULTILINE)

    @cached_property
    def exempt(self) -> re.Pattern[str] | None:
        return _pattern("unless-line", self.unless_line) if self.unless_line else None


def _pattern(key: str, written: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(written, flags)
    except re.error as error:
        raise ValueError(f"“{key}”: {error}") from None


def compile(params: Params) -> Detect:
    """The detector of one table. Raises ValueError when a pattern does not compile.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap, splice
    >>> detect = compile(Params("[，：]", {"，": ", ", "：": ": "}))
    >>> text = "В 12：30，сказал он，"
    >>> hits = detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("ru")))
    >>> splice(text, [edit for hit in hits for edit in hit.repairs[0].edits])
    'В 12:30, сказал он,'
    """

    pattern, exempt = params.compiled, params.exempt

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text = segment.text
        is_exempt = _line_test(text, exempt)
        for found in pattern.finditer(text):
            right = params.map.get(found[0])
            if right is None or is_exempt(found.start()):
                continue
            span = Span(*found.span())
            written = _fitted(text, span, right)
            if written == found[0]:
                continue
            repair = Repair("replace", (Edit(span, written),), f"write “{written}”")
            yield Hit(span, (repair,), {"replacement": written})

    return detect


def _fitted(text: str, span: Span, right: str) -> str:
    """`right` without the spaces at its ends that are not needed here."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    core = right.strip(" ")
    number = before.isdigit() and after.isdigit() and core != "."
    lead = right.startswith(" ") and not (number or not before or before.isspace() or before in _OPENING)
    trail = right.endswith(" ") and not (number or not after or after.isspace() or after in _CLOSING)
    return f"{' ' * lead}{core}{' ' * trail}"


def _line_test(text: str, exempt: re.Pattern[str] | None) -> Callable[[int], bool]:
    """Whether the line around an offset is exempt; each line is looked at once, in rising order."""
    end, verdict = -1, False

    def test(at: int) -> bool:
        nonlocal end, verdict
        if exempt is None:
            return False
        if at > end:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            verdict = exempt.search(text, start, end) is not None
        return verdict

    return test
