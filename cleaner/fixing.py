"""Choosing, applying and verifying repairs: the one module that changes text.

Repairs are applied phase by phase, because each may reveal the next: what mends an encoding shows
quotation marks that were not there before. After every step the text is looked at anew, and a
repair that does not settle what it was for, or breaks something else, is taken back and reported.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from cleaner import formats
from cleaner.engine import Found, phase
from cleaner.errors import FormatError
from cleaner.model import Document, Finding, Fix, Safety, Segment, Skipped
from cleaner.offsets import Edit, LineIndex, Span, SpanIndex, Undo, splice
from cleaner.values import dataclass, replace

MAX_STEPS = 30
Find = Callable[[Document], Found]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document after repair.

    `applied` are in the coordinates of the original document, in the order in which they were made;
    `steps` says how many were made at a time. `findings` (what remains) are in the coordinates of the
    cleaned one.
    """

    document: Document
    applied: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    timeouts: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Aim:
    """What holds for the whole way: how to look, what is allowed, which rules had findings at first."""

    find: Find
    allowed: Safety
    seen: frozenset[str]


def clean(document: Document, find: Find, allowed: Safety) -> Cleaned:
    """Apply every repair that `allowed` allows, until there is none left.

    A text that does not come to rest in MAX_STEPS steps is given back untouched, with all its
    findings: a pair of rules that undo each other is our mistake and never written.
    """
    now, found = document, find(document)
    first = found
    aim = _Aim(find, allowed, frozenset(finding.rule for finding in found.findings))
    history: list[Undo] = []
    lines = LineIndex(document.text)
    applied: list[Finding] = []
    steps: list[int] = []
    refused: dict[tuple[str, str], Skipped] = {}
    for _ in range(MAX_STEPS):
        wanted = _next(found.findings, allowed, refused)
        if not wanted:
            skipped = tuple(sorted(refused.values(), key=lambda one: one.finding.span))
            return Cleaned(now, tuple(applied), skipped, found.findings, first.timeouts, tuple(steps))
        step = _step(now, found, wanted, aim, refused)
        if step is not None:
            now, found, done = step
            applied += (_in_original(finding, history, lines) for finding in done)
            steps.append(len(done))
            history.append(Undo(edit for finding in done for edit in _edits(finding)))
    reason = f"the text did not come to rest in {MAX_STEPS} steps"
    skipped = tuple(Skipped(finding, reason) for finding in first.findings if finding.fix)
    return Cleaned(document, (), skipped, first.findings, first.timeouts)


def _next(
    findings: Sequence[Finding], allowed: Safety, refused: dict[tuple[str, str], Skipped]
) -> list[Finding]:
    """The findings to repair now: those of the first phase that has any, without overlap."""
    ready = [f for f in findings if f.fix and allowed.allows(f.fix.safety) and _key(f) not in refused]
    if not ready:
        return []
    now = min(phase(finding.rule) for finding in ready)
    chosen: list[Finding] = []
    taken = SpanIndex()
    for finding in ready:
        spans = [edit.span for edit in _edits(finding)]
        if phase(finding.rule) == now and not any(a.touches(b) for a in spans for b in taken.around(a)):
            chosen.append(finding)
            for span in spans:
                taken.add(span)
    return chosen


def _step(
    now: Document,
    found: Found,
    wanted: list[Finding],
    aim: _Aim,
    refused: dict[tuple[str, str], Skipped],
) -> tuple[Document, Found, list[Finding]] | None:
    """Apply all of `wanted` that can be; when that goes wrong, halve it until the culprits are known."""
    result = _apply(now, found, wanted, aim)
    if isinstance(result, dict):  # it is known which of them must not be made
        for finding, reason in result.items():
            refused.setdefault(_key(finding), Skipped(finding, reason))
        rest = [finding for finding in wanted if finding not in result]
        return _step(now, found, rest, aim, refused) if rest else None
    if not isinstance(result, str):
        return (*result, wanted)
    if len(wanted) == 1:
        refused.setdefault(_key(wanted[0]), Skipped(wanted[0], result))
        return None
    halves = wanted[: len(wanted) // 2], wanted[len(wanted) // 2 :]
    steps = [step for half in halves if (step := _step(now, found, half, aim, refused))]
    if len(steps) == 2:
        both = steps[0][2] + steps[1][2]
        result = _apply(now, found, both, aim)
        if not isinstance(result, (str, dict)):
            return (*result, both)
    return steps[0] if steps else None  # the other half comes in the next step


def _apply(
    now: Document, found: Found, wanted: Sequence[Finding], aim: _Aim
) -> tuple[Document, Found] | dict[Finding, str] | str:
    """The document after some repairs and what is found in it, or why they must be taken back.

    A dict names those that would lose something (`verify.certificate`); the others may be made.
    """
    text = splice(now.text, [edit for finding in wanted for edit in _edits(finding)])
    try:
        after = formats.split(replace(now, text=text))
    except FormatError as error:
        return f"it would break the file: {error.message}"
    from cleaner.verify import certificate  # what a check need not import

    if lossy := certificate.refused(now, after, wanted):
        return lossy
    new = aim.find(after)
    return _complaint(now, found, after, new, wanted, aim) or (after, new)


def _complaint(
    before: Document, found: Found, after: Document, new: Found, done: Sequence[Finding], aim: _Aim
) -> str:
    """Why a step must be taken back, "" when it is good.

    A step may reveal a defect of a later phase, one that the next step repairs, or the other half of
    what it mended, or a defect around it that was there at first; it may not leave what it was for,
    nor bring a defect that would stay.
    """
    if not _same_structure(before, after, [edit.span for finding in done for edit in _edits(finding)]):
        return "it would change the structure of the file"
    now = max(phase(finding.rule) for finding in done)
    known = Counter((f.rule, f.match) for f in found.findings)
    known.subtract((f.rule, f.match) for f in done)
    places = _places(done)
    mine: dict[tuple[str, str], list[Span]] = {}
    for f, place in places.items():
        mine.setdefault((f.rule, f.match), []).append(place)
    for finding in new.findings:
        key = (finding.rule, finding.match)
        if known[key] > 0:
            known[key] -= 1
        elif any(place.touches(finding.span) for place in mine.get(key, ())):
            return "the finding would remain"
        elif finding.rule in aim.seen and any(finding.span.covers(place) for place in places.values()):
            continue  # a sentence said twice is said twice again, now that both copies are mended
        elif phase(finding.rule) <= now and not (finding.fix and aim.allowed.allows(finding.fix.safety)):
            rest = (
                f for f, place in places.items() if f.family == finding.family and place.touches(finding.span)
            )
            half = next(rest, None)
            if half is None:
                return f"it would bring a new finding of {finding.rule}"
            del places[half]
    return ""


def _places(done: Sequence[Finding]) -> dict[Finding, Span]:
    """Where the findings of a step lie in the text after it.

    A defect may have two halves: a quotation mark on the wrong side of a space that lacks its
    partner as well. Mending one leaves a finding in the same place, one for each that was mended.
    """
    edits = sorted(edit for finding in done for edit in _edits(finding))
    ends = [span.end for span, _ in edits]
    shifts = [0, *accumulate(len(text) - span.size for span, text in edits)]

    def after(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset)]

    return {finding: Span(after(finding.span.start), after(finding.span.end)) for finding in done}


def _same_structure(before: Document, after: Document, edited: Sequence[Span]) -> bool:
    """Whether both have the same segments, and those that no edit came near the same text."""
    old, new = before.segments, after.segments
    if len(old) != len(new):
        return not new and len(old) == 1 and not old[0].address  # a plain text that is now empty
    return all(
        was.address == now.address
        and (was.text == now.text or any(span.touches(_whole(was)) for span in edited))
        for was, now in zip(old, new, strict=True)
    )


def _whole(segment: Segment) -> Span:
    """From the first to the last code point of the document that a segment stands for."""
    pieces = segment.map.to_source(Span(0, len(segment.text)))
    return Span(pieces[0].start, pieces[-1].end)


def _edits(finding: Finding) -> tuple[Edit, ...]:
    assert finding.fix is not None
    return finding.fix.edits


def _key(finding: Finding) -> tuple[str, str]:
    return (finding.rule, finding.fingerprint)


def _in_original(finding: Finding, history: Sequence[Undo], lines: LineIndex) -> Finding:
    """The finding as it would have been reported in the document before any repair."""
    if not history:
        return finding

    def back(span: Span) -> Span:
        for step in reversed(history):
            span = step.span(span)
        return span

    def moved(fix: Fix) -> Fix:
        return replace(fix, edits=tuple(Edit(back(edit.span), edit.text) for edit in fix.edits))

    span = back(finding.span)
    assert finding.fix is not None
    return replace(
        finding,
        span=span,
        position=lines.position(span.start),
        end=lines.position(span.end),
        fix=moved(finding.fix),
        alternatives=tuple(map(moved, finding.alternatives)),
    )
