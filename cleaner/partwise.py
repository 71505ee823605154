"""A file in parts: each is looked at as a document of its own, and the same is found as in the whole.

A part is whole lines of JSON Lines or whole rows of a table, and what such a record says does not depend
on the others. What does is told to each part: its format learns it from the whole (`model.Part`), and the
language of what declares none, the day that a document says it is from and the rules that took too long
are kept here. A repair is weighed beside the other findings of its part, no longer beside all of the file.

Memory grows with what is found and with the size of a part, not with the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner import formats
from cleaner.builtin import BROKEN
from cleaner.engine import language_of, phase
from cleaner.languages.identify import SAMPLE
from cleaner.model import Document, Finding, Fix, Safety, Silenced, Skipped
from cleaner.offsets import Edit, breaks
from cleaner.pipeline import Mended, Pipeline
from cleaner.suppress.sidecar import Sidecar
from cleaner.values import replace


class Place(NamedTuple):
    """Where a part begins in its file: the code points and the line breaks before it."""

    offset: int = 0
    lines: int = 0

    def past(self, text: str) -> Place:
        """Where the part begins that follows on `text`."""
        return Place(self.offset + len(text), self.lines + breaks(text))


class Partwise:
    """Looks at the parts of a file in their order, and gathers what is found, in offsets of the file.

    Nothing is repaired when `allowed` is None.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        allowed: Safety | None = None,
        sidecar: Sidecar | None = None,
        *,
        suppressions: bool = True,
    ) -> None:
        self._base = self._pipeline = pipeline
        self._allowed, self._sidecar, self._suppressions = allowed, sidecar, suppressions
        self._beginning: Document | None = None
        self._lang: str | None = None  # of what declares none
        self._before = self._after = Place()
        self._bytes: list[Finding] = []  # that are not of the encoding
        self._broken: list[Finding] = []
        self._found: list[Finding] = []
        self._suppressed: list[Silenced] = []
        self._steps: list[list[tuple[Finding, ...]]] = []  # of each part
        self._skipped: list[Skipped] = []
        self._timeouts: dict[str, None] = {}

    def look(self, part: Document) -> Mended:
        """What is found in a part and repaired there, in offsets of the file.

        The first part holds at least the beginning from which a language is told (`identify.SAMPLE`).
        """
        is_first, is_undeclared = self._beginning is None, part.lang is None
        if self._beginning is None:
            self._beginning = replace(part, text=part.text[:SAMPLE], segments=(), troubles=())
            self._pipeline = self._base.within(self._beginning)
            self._lang = language_of(part).tag if is_undeclared else None
        if is_undeclared and not (is_first and self._allowed):
            part = replace(part, lang=self._lang)
        done = self._done(part)
        if is_undeclared and is_first and self._allowed:  # repairs may have shown which language it is
            self._lang = language_of(done.document).tag
        if done.timeouts and not self._timeouts.keys() >= set(done.timeouts):
            self._timeouts |= dict.fromkeys(done.timeouts)
            self._pipeline = self._base.within(self._beginning, tuple(self._timeouts))
        return self._gather(part, done)

    def _done(self, part: Document) -> Mended:
        if self._allowed is None:
            found = self._pipeline.find(part, self._sidecar, suppressions=self._suppressions)
            return Mended(part, (), (), found.findings, found.suppressed, found.timeouts)
        return self._pipeline.clean(part, self._allowed, self._sidecar, suppressions=self._suppressions)

    def _gather(self, part: Document, done: Mended) -> Mended:
        before, after = self._before, self._after
        self._before, self._after = before.past(part.text), after.past(done.document.text)
        undecodable = sum(1 for _ in formats.undecodable(part))
        applied = tuple(_moved(one, before) for one in done.applied)
        findings = tuple(_moved(one, after) for one in done.findings)
        suppressed = tuple(replace(one, finding=_moved(one.finding, after)) for one in done.suppressed)
        skipped = tuple(replace(one, finding=_moved(one.finding, after)) for one in done.skipped)
        broken = [one for one in findings if one.rule == BROKEN]
        self._bytes += broken[:undecodable]
        self._broken += broken[undecodable:]
        self._found += (one for one in findings if one.rule != BROKEN)
        self._suppressed += suppressed
        self._skipped += skipped
        if applied:
            ends = [sum(done.steps[: number + 1]) for number in range(len(done.steps))]
            self._steps.append(
                [applied[end - size : end] for end, size in zip(ends, done.steps, strict=True)]
            )
        return Mended(done.document, applied, skipped, findings, suppressed, done.timeouts)

    def all(self, document: Document) -> Mended:
        """What was found in all parts, in the order in which the whole would give it.

        `document` is the whole after the repairs.
        """
        skipped: dict[tuple[str, str], Skipped] = {}  # of several that are the same, the first is told
        for one in self._skipped:
            skipped.setdefault((one.finding.rule, one.finding.fingerprint), one)
        return Mended(
            document,
            tuple(_in_phases(self._steps)),
            tuple(sorted(skipped.values(), key=lambda one: one.finding.span)),
            (*self._bytes[: formats.MOST_UNDECODABLE], *self._broken, *self._found),
            tuple(self._suppressed),
            tuple(self._timeouts),
        )


def _in_phases(parts: Sequence[Sequence[tuple[Finding, ...]]]) -> list[Finding]:
    """The repairs of all parts as a whole file would make them: in each step those of the first phase
    that is next in any part."""
    made: list[Finding] = []
    waiting = [iter(steps) for steps in parts]
    heads = [next(steps) for steps in waiting]
    while heads:
        now = min(phase(step[0].rule) for step in heads)
        left, rest = [], []
        for step, steps in zip(heads, waiting, strict=True):
            head: tuple[Finding, ...] | None = step
            if phase(step[0].rule) == now:
                made += step
                head = next(steps, None)
            if head is not None:
                left.append(head)
                rest.append(steps)
        heads, waiting = left, rest
    return made


def _moved(finding: Finding, by: Place) -> Finding:
    """A finding of a part in the coordinates of its file."""
    if not by.offset:
        return finding
    start, end = finding.position, finding.end
    return replace(
        finding,
        span=finding.span.shift(by.offset),
        position=start._replace(line=start.line + by.lines),
        end=end._replace(line=end.line + by.lines),
        fix=_moved_fix(finding.fix, by) if finding.fix else None,
        alternatives=tuple(_moved_fix(fix, by) for fix in finding.alternatives),
    )


def _moved_fix(fix: Fix, by: Place) -> Fix:
    return replace(fix, edits=tuple(Edit(edit.span.shift(by.offset), edit.text) for edit in fix.edits))
