"""Suppressions: what a person has seen and wants to keep.

There are three: a comment in the document (`comments`), an entry in the file `.cleaner-ignore.yaml`
(`sidecar`), and `[sic]` right after the words. What is suppressed is kept apart with its reason; a
suppression that does nothing, names no rule or has expired is a finding itself.

A place that the format cannot read is never silenced: nothing is checked there.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cleaner import builtin
from cleaner.model import By, Document, FileReport, Finding, Silenced
from cleaner.offsets import LineIndex, Position, Span
from cleaner.suppress.policy import NEVER, Policy
from cleaner.suppress.sidecar import Entry, Sidecar
from cleaner.values import dataclass

if TYPE_CHECKING:
    from cleaner.suppress.ledger import Ledger

__all__ = ["NEVER", "By", "Policy", "Silenced", "Suppressed", "apply", "review", "speaks"]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings of a document, parted; `complaints` are findings about suppressions in comments."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...] = ()
    complaints: tuple[Finding, ...] = ()

    @property
    def entries(self) -> frozenset[int]:
        """The numbers of the entries of the side-car file that have silenced something."""
        return frozenset(one.entry for one in self.suppressed if one.entry >= 0)


def apply(
    document: Document,
    findings: Sequence[Finding],
    sidecar: Sidecar | None,
    today: datetime.date,
    policy: Policy = Policy(),
) -> Suppressed:
    """Part the findings of a document into those that are reported and those that are suppressed.

    >>> import cleaner, datetime
    >>> from cleaner.formats import split
    >>> page = split(Document("a.md", "He wrote “teh. <!-- cleaner: ignore[quotes] so he did -->", "markdown"))
    >>> found = cleaner.check_text(page.text, lang="en")
    >>> [(one.finding.rule, one.reason) for one in apply(page, found, None, datetime.date.today()).suppressed]
    [('quotes/unpaired', 'so he did')]
    """
    if not (findings or speaks(document)):
        return Suppressed(())
    comments = _ledger(document)
    entries = list(_regions(document, sidecar, today)) if sidecar and findings else []
    kept: list[Finding] = []
    silenced: list[Silenced] = []
    for finding in findings:
        if finding.family in NEVER:
            kept.append(finding)
        elif comments and (directive := comments.silencer(finding)):
            silenced.append(Silenced(finding, By.COMMENT, directive.reason))
        elif entry := _entry_for(finding, entries):
            silenced.append(Silenced(finding, By.SIDECAR, entry[1].reason, entry[0]))
        elif _sic().match(document.text, finding.span.end):
            silenced.append(Silenced(finding, By.SIC, "marked [sic]"))
        else:
            kept.append(finding)
    complaints = comments.complaints(LineIndex(document.text), policy) if comments else ()
    return Suppressed(tuple(kept), tuple(silenced), tuple(complaints))


def speaks(document: Document) -> bool:
    """Whether a comment of a document may be for us: most documents end here, and cost nothing more."""
    text = document.text
    return "cleaner" in text and ("cleaner:" in text or "cleaner-ignore" in text)


def _ledger(document: Document) -> Ledger | None:
    if not speaks(document):
        return None
    from cleaner.suppress.comments import directives
    from cleaner.suppress.ledger import Ledger  # they take as long to import as a small file to check

    ledger = Ledger(directives(document))
    return ledger if ledger.found else None


@functools.cache
def _sic() -> re.Pattern[str]:
    inner = r"(?:</?[ib]>|</?em>|[*_]{1,2})?"
    return re.compile(
        rf"""[\]"'”’»)“]{{0,2}}\s{{0,2}}[\[(]{inner}sic!?{inner}[\])]""",
        re.IGNORECASE,
    )


def review(
    sidecar: Sidecar,
    paths: Iterable[str],
    used: frozenset[int],
    today: datetime.date,
    policy: Policy = Policy(),
) -> FileReport:
    """The report of a side-car file after a run over `paths` in which `used` of its entries did something.

    An entry for files that were not looked at is not called unused.
    """
    from cleaner.suppress.ledger import complain, idle_message

    met = {number for path in paths for number, _ in sidecar.for_path(path)}
    lines = LineIndex(sidecar.text)
    found: list[Finding] = []
    for number, entry in enumerate(sidecar.entries):
        start = lines.offset(Position(entry.where.line, entry.where.column))
        end = lines.start(entry.where.line) + len(lines.line(entry.where.line))
        span = Span(start, max(start, end))
        expired = entry.has_expired(today)
        said: list[tuple[str, str]] = []
        if expired:
            said.append((builtin.EXPIRED, f"this suppression was good until {entry.expires}"))
        elif number in met and number not in used and (message := idle_message(entry.rule, policy)):
            said.append((builtin.UNUSED, message))
        if "ALL" in entry.rule and not entry.match:
            said.append((builtin.BLANKET, "a suppression of all rules in whole files"))
        if not entry.reason:
            said.append((builtin.NO_REASON, "a suppression without a reason"))
        found += (
            complaint for id, message in said for complaint in complain(id, message, span, lines, policy)
        )
    return FileReport(sidecar.name, tuple(found), before=sidecar.text, after=sidecar.text)


# -- The side-car file -------------------------------------------------------------------------------


def _regions(
    document: Document, sidecar: Sidecar, today: datetime.date
) -> Iterator[tuple[int, Entry, tuple[Span, ...] | None]]:
    """The entries that hold for a document, and where; None stands for all of it."""
    if not document.uri:
        return
    for number, entry in sidecar.for_path(document.uri):
        if not entry.has_expired(today):
            yield number, entry, tuple(_quoted(document, entry.match)) if entry.match else None


def _quoted(document: Document, quotation: str) -> Iterator[Span]:
    """Where a text stands in a document, as a reader sees it; white space counts as a space."""
    words = re.compile(r"\s+".join(map(re.escape, quotation.split())) or "(?!)")
    for segment in document.segments:
        for found in words.finditer(segment.text):
            pieces = segment.map.to_source(Span(*found.span()))
            yield Span(pieces[0].start, pieces[-1].end)


def _entry_for(
    finding: Finding, entries: Sequence[tuple[int, Entry, tuple[Span, ...] | None]]
) -> tuple[int, Entry] | None:
    for number, entry, regions in entries:
        if {finding.rule, finding.family, "ALL"}.isdisjoint(entry.rule):
            continue
        if regions is None or any(region.covers(finding.span) for region in regions):
            return number, entry
    return None
