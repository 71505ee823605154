"""What may change in a text because it was wrong: the findings in it, and what their repairs write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from cleaner.model import Document, Finding, Fix, Invariant
from cleaner.offsets import Edit, Span, SpanIndex, splice
from cleaner.verify.tokens import Token, letters, tokens

AROUND = 60  # code points around an edit that may belong to the same fact
_MUCH = 12  # letters that a person may write more than three times what was wrong

Key = tuple[Invariant | None, str]


class Excuses:
    """The findings of a document, by where they stand.

    A fact that a repair would take away may be gone, one that it would write may be new. A word in a
    finding may become another one of about that length: a person translates a leftover better than a
    list does.
    """

    __slots__ = ("_at", "_document", "_index", "_of")

    def __init__(self, document: Document, known: Sequence[Finding]) -> None:
        self._document = document
        self._index = SpanIndex()
        self._at: dict[Span, list[Finding]] = {}
        for finding in known:
            reach = _reach(finding)
            self._index.add(reach)
            self._at.setdefault(reach, []).append(finding)
        self._of: dict[Finding, tuple[frozenset[Key], frozenset[Key]]] = {}

    def without(
        self, span: Span, old: Sequence[Token], new: Sequence[Token], source: Callable[[Span], Span]
    ) -> tuple[list[Token], list[Token]]:
        """What is left of a difference when all that is excused is taken out. `span` is in the source."""
        near = dict.fromkeys(
            finding
            for reach in set(self._index.around(span))
            if reach.touches(span)
            for finding in self._at[reach]
        )
        if not near:
            return list(old), list(new)
        takes: set[Key] = set()
        writes: set[Key] = set()
        for finding in near:
            taken, written = self._repairs(finding)
            takes |= taken
            writes |= written
        spans = [finding.span for finding in near]
        rest_old = [
            token
            for token in old
            if (token.kind, token.key) not in takes
            and not (token.kind is Invariant.LETTERS and _lies_in(source(token.span), spans))
        ]
        rest_new = [token for token in new if (token.kind, token.key) not in writes]
        if not any(token.kind is Invariant.LETTERS for token in rest_old):
            own = len(letters(list(old)))
            if own and len(letters(rest_new)) <= 3 * own + _MUCH:
                may_name = any(not token.key.islower() for token in old if token.kind is Invariant.LETTERS)
                rest_new = [token for token in rest_new if not _is_word(token, may_name=may_name)]
        return rest_old, rest_new

    def _repairs(self, finding: Finding) -> tuple[frozenset[Key], frozenset[Key]]:
        """What the repairs of a finding would take away, and what they would write."""
        if finding not in self._of:
            takes: set[Key] = set()
            writes: set[Key] = set()
            for fix in (finding.fix, *finding.alternatives):
                if fix is not None:
                    old, new = self._around(fix)
                    takes.update(old - new)
                    writes.update(new - old)
            self._of[finding] = frozenset(takes), frozenset(writes)
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
                side.update((token.kind, token.key) for token in tokens(written) if token.kind)
        return found


def _reach(finding: Finding) -> Span:
    """From the first to the last place that a finding or one of its repairs speaks of."""
    start, end = finding.span
    for fix in (finding.fix, *finding.alternatives):
        for edit in fix.edits if fix else ():
            start, end = min(start, edit.span.start), max(end, edit.span.end)
    return Span(start, end)


def _is_word(token: Token, *, may_name: bool) -> bool:
    """Whether a new token is a word; a name only where a name may have been wrong."""
    return token.kind is Invariant.LETTERS and (may_name or not token.key[0].isupper())


def _lies_in(span: Span, spans: Sequence[Span]) -> bool:
    return any(other.overlaps(span) for other in spans)
