r"""A sign that stands for another: full-width punctuation in Latin text, ASCII commas in Chinese.

Sees single signs, or short runs of them, that a pattern finds by their neighbours, and writes what
a table says instead. Spaces are part of the table: a space at an end of a value is written only
where a word would otherwise touch, never beside a space, before punctuation, between two digits or
at the edge of the text; so `：` becomes `: ` before a word and `:` in 12：30.

Cannot see what a sign means: whether a quoted sign is spoken of, whether a comma is a decimal mark.
`unless-line` leaves whole lines alone, for lines that are written in the other script; `unless-beside`
leaves a sign alone whose neighbours are, for a quotation in another script.

Cost: one search with `re`; patterns must be linear, the best begin with the rare sign itself. Those of
a house are searched under a limit of time (`engine: timed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language
from cleaner.limited import Pattern
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text.triggers import Trigger, needs
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {"replace": "write the sign of the table instead"}
DETAILS: Mapping[str, str] = {"replacement": "what the sign would become"}

_REACH = 60  # code points on either side in which a letter is near
_LETTER = re.compile(r"[^\W\d_]")
_LAST_LETTER = re.compile(r"[^\W\d_](?=[\W\d_]*\Z)")

_CLOSING = ".,;:!?…)]}»”’\"'%"
_OPENING = "([{«“„‘\"'"

Searcher = re.Pattern[str] | Pattern


@dataclass(frozen=True)
class Params:
    """Where the signs stand and what is right instead. Patterns are compiled when they are needed."""

    pattern: str = setting("where the sign stands: a regular expression whose match is the sign")
    map: Mapping[str, str] = setting("sign → what is right; a space at an end only where a word touches")
    unless_line: str | None = setting("leave lines alone in which this pattern is found", None)
    unless_beside: str | None = setting(
        "leave a sign alone when the nearest letter before or after it, in its line, matches this pattern",
        None,
    )
    engine: Literal["re", "timed"] = setting(
        "`timed` has a time limit; `re` has none and is `timed` in your own rules", "re"
    )

    @cached_property
    def compiled(self) -> Searcher:
        return self._pattern("pattern", self.pattern, re.MULTILINE)

    @cached_property
    def beside(self) -> Searcher | None:
        return self._pattern("unless-beside", self.unless_beside) if self.unless_beside else None

    @cached_property
    def exempt(self) -> Searcher | None:
        return self._pattern("unless-line", self.unless_line) if self.unless_line else None

    def _pattern(self, key: str, written: str, flags: int = 0) -> Searcher:
        try:
            return Pattern(written, flags) if self.engine == "timed" else re.compile(written, flags)
        except (re.error, RecursionError, ValueError) as error:
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

    pattern, exempt, beside = params.compiled, params.exempt, params.beside

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text = segment.text
        is_exempt = _line_test(text, exempt)
        for found in pattern.finditer(text):
            right = params.map.get(found[0])
            span = Span(*found.span())
            if right is None or is_exempt(span.start) or (beside and _is_beside(text, span, beside)):
                continue
            written = _fitted(text, span, right)
            if written == found[0]:
                continue
            repair = Repair("replace", (Edit(span, written),), f"write “{written}”")
            yield Hit(span, (repair,), {"replacement": written})

    return detect


def _is_beside(text: str, span: Span, letters: Searcher) -> bool:
    """Whether the nearest letter on either side matches; digits and signs between do not count.

    >>> _is_beside("the line «سال 2020، then»", Span(18, 19), re.compile("[ء-ي]"))
    True
    """
    left = _LAST_LETTER.search(
        text, max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH), span.start
    )
    right = _LETTER.search(text, span.end, span.end + _REACH)
    line_end = text.find("\n", span.end)
    near = [left] if left else []
    if right and (line_end < 0 or right.start() < line_end):
        near.append(right)
    return any(letters.search(found[0], 0, 1) for found in near)


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """What a text must have for the pattern to match."""
    return needs(params.pattern, int(re.MULTILINE))


def _fitted(text: str, span: Span, right: str) -> str:
    """`right` without the spaces at its ends that are not needed here."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    core = right.strip(" ")
    number = before.isdigit() and after.isdigit() and core != "."
    lead = right.startswith(" ") and not (number or not before or before.isspace() or before in _OPENING)
    trail = right.endswith(" ") and not (number or not after or after.isspace() or after in _CLOSING)
    return f"{' ' * lead}{core}{' ' * trail}"


def _line_test(text: str, exempt: Searcher | None) -> Callable[[int], bool]:
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
