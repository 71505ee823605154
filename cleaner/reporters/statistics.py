"""How often each rule fired, and how many of its findings can be repaired, how safely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cleaner.model import Finding, Report, Safety

COLUMNS = ("found", *(safety.value for safety in Safety), "no repair")


def statistics(report: Report) -> str:
    """A table of the findings that remain: a line a rule, the most frequent first, and the total.

    Each finding is counted by the trust in its preferred repair: `safe` ones are made by `cleaner
    fix`, `unsafe` ones with --unsafe-fixes, `manual` ones are only shown. "" when nothing was found.
    """
    found = by_rule(report.findings)
    if not found:
        return ""
    total = sum(found.values(), Counter[str]())
    rows = [*((rule, found[rule]) for rule in found), ("total", total)]
    lines = ["  ".join([*COLUMNS, "rule"])]
    for rule, counts in rows:
        cells = (f"{counts[name]:>{len(name)}}" for name in COLUMNS)
        lines.append("  ".join([*cells, rule]))
    return "\n".join(lines) + "\n"


def by_rule(findings: Iterable[Finding]) -> dict[str, Counter[str]]:
    """The counts of each rule by COLUMNS; the most frequent rule first, then by id."""
    counts: dict[str, Counter[str]] = {}
    for finding in findings:
        of_rule = counts.setdefault(finding.rule, Counter())
        of_rule["found"] += 1
        of_rule[finding.fix.safety.value if finding.fix else "no repair"] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1]["found"], item[0])))
