"""What became of the suppressions in the comments of a document: which did something, which did not."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from cleaner import builtin
from cleaner.errors import nearest
from cleaner.model import Finding, Trouble, fingerprint
from cleaner.offsets import LineIndex, Span
from cleaner.suppress.comments import Directive, Verb
from cleaner.suppress.policy import NEVER, Policy
from cleaner.text.visible import excerpt

_AROUND = 120  # more than the 40 that a fingerprint keeps: it normalises white space first


class _Regions:
    """Where one name is silenced, by one kind of comment: the places are the same or hardly overlap."""

    def __init__(self) -> None:
        self._found: dict[Span, list[Directive]] = defaultdict(list)
        self._places: list[Span] = []
        self._starts: list[int] = []
        self._reach: list[int] = []  # the furthest end of all up to here

    def add(self, scope: Span, directive: Directive) -> None:
        self._found[scope].append(directive)

    def touching(self, span: Span) -> Iterator[list[Directive]]:
        """The comments that hold at a place, those of one scope together: a line may have thousands.

        After the first call nothing is added.
        """
        if not self._starts:
            self._places = sorted(self._found)
            self._starts = [scope.start for scope in self._places]
            self._reach = list(accumulate((scope.end for scope in self._places), max))
        at = bisect_right(self._starts, span.end) - 1
        while at >= 0 and self._reach[at] >= span.start:
            if self._places[at].touches(span):
                yield self._found[self._places[at]]
            at -= 1


class Ledger:
    """The suppressions in the comments of a document, and what became of each."""

    def __init__(self, found: Iterable[Directive | Trouble]) -> None:
        self.found = list(found)
        self._used: set[tuple[Span, str]] = set()
        self._narrow: dict[str, _Regions] = defaultdict(_Regions)  # lines and elements
        self._wide: dict[str, _Regions] = defaultdict(_Regions)  # from disable to enable
        self._whole: dict[str, Directive] = {}
        opened: dict[str, Directive] = {}
        for one in self.found:
            if isinstance(one, Trouble):
                continue
            if one.verb is Verb.ENABLE:
                self._enable(one, opened)
                continue
            for name in one.names:
                if one.verb is Verb.DISABLE:
                    opened.setdefault(name, one)
                elif one.verb is Verb.FILE:
                    self._whole.setdefault(name, one)
                else:
                    self._narrow[name].add(one.scope, one)
        for name, one in opened.items():
            self._wide[name].add(one.scope, one)

    def _enable(self, one: Directive, opened: dict[str, Directive]) -> None:
        """Close what a comment names: a family closes its rules, ALL everything."""
        for name in one.names:
            for other in list(opened):
                if name in ("ALL", other, other.partition("/")[0]):
                    begin = opened.pop(other)
                    self._wide[other].add(Span(begin.scope.start, one.span.start), begin)
                    self._used.add((one.span, name))

    def silencer(self, finding: Finding) -> Directive | None:
        """The comment that silences a finding; every one that would is counted as used."""
        first: Directive | None = None
        for name in (finding.rule, finding.family, "ALL"):
            holding: list[list[Directive]] = []
            for regions in (self._narrow, self._wide):
                if name in regions:
                    holding += regions[name].touching(finding.span)
            if name in self._whole:
                holding.append([self._whole[name]])
            for together in holding:
                if (together[-1].span, name) not in self._used:
                    self._used.update((directive.span, name) for directive in together)
                first = first or together[-1]
        return first

    def complaints(self, lines: LineIndex, policy: Policy) -> Iterator[Finding]:
        """Findings about the comments, in their order."""
        for one in self.found:
            if isinstance(one, Trouble):
                yield from complain(builtin.UNUSED, one.message, one.span, lines, policy)
                continue
            idle = [name for name in one.names if (one.span, name) not in self._used]
            if one.verb is Verb.ENABLE:
                message = f"{_listed(idle)}: not disabled before, so not enabled here" if idle else ""
            else:
                message = idle_message(idle, policy)
            if message:
                yield from complain(builtin.UNUSED, message, one.span, lines, policy)
            if one.flag or one.verb is Verb.ENABLE:
                continue
            if "ALL" in one.names:
                message = f"name the rules: {one.verb}[quotes/unpaired]"
                yield from complain(builtin.BLANKET, message, one.span, lines, policy)
            if not one.reason:
                message = "say why, after the bracket"
                yield from complain(builtin.NO_REASON, message, one.span, lines, policy)


def idle_message(names: Sequence[str], policy: Policy) -> str:
    """What to say of names that have silenced nothing, "" when nothing is to be said."""
    unknown = [name for name in names if not _is_known(name, policy)]
    if unknown:
        families = {id.partition("/")[0] for id in policy.known}
        hint = nearest(unknown[0][:60], {"ALL", *families, *policy.known})
        return f"there is no rule or family {_listed(unknown)}" + (f" ({hint})" if hint else "")
    never = [name for name in names if name.partition("/")[0] in NEVER]
    if never:
        return f"{_listed(never)} cannot be suppressed"
    idle = [name for name in names if _has_run(name, policy)]
    return f"{_listed(idle)}: nothing is found here that this would suppress" if idle else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{excerpt(name)}”" for name in names)


def _is_known(name: str, policy: Policy) -> bool:
    return (
        not policy.known
        or name == "ALL"
        or name.partition("/")[0] in NEVER
        or any(name in (id, id.partition("/")[0]) for id in policy.known)
    )


def _has_run(name: str, policy: Policy) -> bool:
    return (
        policy.ran is None
        or (name == "ALL" and bool(policy.ran))
        or any(name in (id, id.partition("/")[0]) for id in policy.ran)
    )


def complain(id: str, message: str, span: Span, lines: LineIndex, policy: Policy) -> Iterator[Finding]:
    """A finding about a suppression; none when its rule is off."""
    if id not in policy.severities:
        return
    text = lines.text
    match = text[span.slice]
    around = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    yield Finding(
        rule=id,
        severity=policy.severities[id],
        message=message,
        span=span,
        match=match,
        position=lines.position(span.start),
        end=lines.position(span.end),
        lang="und",
        fingerprint=fingerprint(id, match, *around),
    )
