"""A repair that was applied, as a reader sees it: the edits, and the text around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cleaner.model import Finding
from cleaner.offsets import Edit, Span, splice
from cleaner.values import dataclass
from cleaner.verify.views import Views

NEAR = 80  # code points around an edit that are compared at least, up to the next white space
FAR = 400  # and at most


@dataclass(frozen=True, slots=True)
class Case:
    """A repair and what it did. `edits` are in the views of its segments, with what is read there now.

    `pairs` are stretches of text around the edits, before and after this repair alone; `beyond` what an
    edit replaces before and after the place that was found, with what it writes.
    """

    finding: Finding
    edits: tuple[tuple[str, Edit], ...]
    pairs: tuple[tuple[str, str], ...]
    beyond: tuple[tuple[str, str], ...] = ()

    @property
    def claim(self) -> str:
        return self.finding.fix.claim if self.finding.fix else ""


Proof = Callable[[Case], str]
"""What is wrong with a repair, "" when it proves itself."""


def case_of(finding: Finding, by_segment: Mapping[int, list[Edit]], views: Views) -> Case:
    """What a repair did, from its edits in the views of its segments."""
    edits, pairs, beyond = [], [], []
    for number, own in by_segment.items():
        text = views.before(number)
        found = views.found(finding, number)
        edits += [(text, edit) for edit in own]
        for span, new in own if found.size else ():
            sides = Span(span.start, min(span.end, found.start)), Span(max(span.start, found.end), span.end)
            beyond += [(_whole_words(text, side), new) for side in sides if side.size > 0]
        for span, inside in _windows(text, sorted(own)):
            moved = [Edit(edit.span.shift(-span.start), edit.text) for edit in inside]
            pairs.append((text[span.slice], splice(text[span.slice], moved)))
    return Case(finding, tuple(edits), tuple(pairs), tuple(beyond))


def _whole_words(text: str, span: Span) -> str:
    """What stands in a span, and the rest of the words that it cuts."""
    start, end = span
    while start > max(0, span.start - FAR) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < min(len(text), span.end + FAR) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return text[start:end]


def _windows(text: str, edits: list[Edit]) -> list[tuple[Span, list[Edit]]]:
    """The stretches of a text that are compared, each with the edits that lie in it."""
    found: list[tuple[Span, list[Edit]]] = []
    for edit in edits:
        start, end = max(0, edit.span.start - NEAR), min(len(text), edit.span.end + NEAR)
        low, high = max(0, edit.span.start - FAR), min(len(text), edit.span.end + FAR)
        while start > low and not text[start - 1].isspace():
            start -= 1
        while end < high and not text[end].isspace():
            end += 1
        if found and found[-1][0].end >= start:
            last, inside = found.pop()
            found.append((Span(last.start, max(last.end, end)), [*inside, edit]))
        else:
            found.append((Span(start, end), [edit]))
    return found


def quoted(case: Case) -> str:
    """The edits of a repair in a few words."""
    old, new = (
        "…".join(parts)
        for parts in zip(*((text[edit.span.slice], edit.text) for text, edit in case.edits), strict=True)
    )
    return f"“{old[:60]}” to “{new[:60]}”"
