"""What may change in a text because it was wrong: the findings in it, and what their repairs write."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cleaner.model import Document, Finding, Fix, Invariant
from cleaner.offsets import Edit, Span, SpanIndex, splice
from cleaner.verify.facts import facts
from cleaner.verify.tokens import Token, letters

AROUND = 60  # code points around an edit that may belong to the same fact
_MUCH = 12  # letters that a person may write more than three times what was wrong

Key = tuple[Invariant | None, str]


class Excuses:
    """The findings of a document, by where they stand.

    A fact that a repair would take away may be gone, one that it would write may be new, as often as it
    would. A word in a finding may become another one of about that length: a person translates a
    leftover better than a list does.
    """

    __slots__ = ("_at", "_document", "_index", "_of")

    def __init__(self, document: Document, known: Sequence[Finding]) -> None:
        self._document = document
        self._index = SpanIndex()
        self._at: dict[Span, list[Finding]] = {}
        for finding in dict.fromkeys(known):
            reach = _reach(finding)
            if reach not in self._at:
                self._index.add(reach)
            self._at.setdefault(reach, []).append(finding)
        self._of: dict[Finding, tuple[Counter[Key], Counter[Key]]] = {}

    def without(
        self, span: Span, old: Sequence[Token], new: Sequence[Token], source: Callable[[Span], Span]
    ) -> tuple[list[Token], list[Token]]:
        """What is left of a difference when all that is excused is taken out. `span` is in the source."""
        near = sorted(reach for reach in set(self._index.around(span)) if reach.touches(span))
        if not near:
            return list(old), list(new)
        takes, writes = self._together(near)
        wrong = _merged(finding.span for reach in near for finding in self._at[reach])
        inside = {fact.span for fact in old if _lies_in(source(fact.span), wrong)}
        excused = {  # what was found first, and what a repair takes from beside it then
            fact.span
            for place in (True, False)
            for fact in old
            if (fact.span in inside) is place
            and (_taken(fact, takes) or (place and fact.kind is Invariant.LETTERS))
        }
        rest_old = [fact for fact in old if fact.span not in excused]
        rest_new = [fact for fact in new if not _taken(fact, writes)]
        if not any(fact.kind is Invariant.LETTERS for fact in rest_old):
            own = len(letters(list(old)))
            if own and len(letters(rest_new)) <= 3 * own + _MUCH:
                may_name = any(not fact.key.islower() for fact in old if fact.kind is Invariant.LETTERS)
                rest_new = [fact for fact in rest_new if not _is_word(fact, may_name=may_name)]
        return rest_old, rest_new

    def _together(self, near: Sequence[Span]) -> tuple[Counter[Key], Counter[Key]]:
        """What all repairs near a place would take away and write; of those in one place, one is made."""
        takes: Counter[Key] = Counter()
        writes: Counter[Key] = Counter()
        here: tuple[Counter[Key], Counter[Key]] = Counter(), Counter()
        end = -1
        for reach in near:
            if reach.start >= end:
                takes += here[0]
                writes += here[1]
                here = Counter(), Counter()
            for finding in self._at[reach]:
                taken, written = self._repairs(finding)
                here = here[0] | taken, here[1] | written
            end = max(end, reach.end)
        return takes + here[0], writes + here[1]

    def _repairs(self, finding: Finding) -> tuple[Counter[Key], Counter[Key]]:
        """What the repairs of a finding would take away, and what they would write; one of them is made."""
        if finding not in self._of:
            takes: Counter[Key] = Counter()
            writes: Counter[Key] = Counter()
            for fix in (finding.fix, *finding.alternatives):
                if fix is not None:
                    old, new = self._around(fix)
                    takes |= old - new
                    writes |= new - old
            self._of[finding] = takes, writes
        return self._of[finding]

    def _around(self, fix: Fix) -> tuple[Counter[Key], Counter[Key]]:
        """What is stated around the edits of a repair before and after them."""
        text = self._document.text
        found: tuple[Counter[Key], Counter[Key]] = Counter(), Counter()
        for (start, end), new in fix.edits:
            low, high = max(0, start - AROUND), min(len(text), end + AROUND)
            before = text[low:high]
            after = splice(before, [Edit(Span(start - low, end - low), new)])
            for side, written in zip(found, (before, after), strict=True):
                side.update((fact.kind, fact.key) for fact in facts(written, paragraphs=True))
        return found


def _taken(fact: Token, counted: Counter[Key]) -> bool:
    """Whether a fact is one of some, which is then one less."""
    key = fact.kind, fact.key
    if counted[key] <= 0:
        return False
    counted[key] -= 1
    return True


def _reach(finding: Finding) -> Span:
    """From the first to the last place that a finding or one of its repairs speaks of."""
    start, end = finding.span
    for fix in (finding.fix, *finding.alternatives):
        for edit in fix.edits if fix else ():
            start, end = min(start, edit.span.start), max(end, edit.span.end)
    return Span(start, end)


def _is_word(fact: Token, *, may_name: bool) -> bool:
    """Whether a new token is a word; a name only where a name may have been wrong."""
    return fact.kind is Invariant.LETTERS and (may_name or not fact.key[0].isupper())


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same places as spans that do not overlap, in order."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _lies_in(span: Span, places: Sequence[Span]) -> bool:
    """Whether a span overlaps one of some places, which are in order."""
    at = bisect_left(places, (span.end, span.end)) - 1
    return at >= 0 and places[at].overlaps(span)
