"""What a part or a run comes to: rows, findings by rule, rejections by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.corpus.rows import Row, RowFinding
from cleaner.model import Severity


@dataclass(slots=True)
class Counts:
    """Numbers that add up. `found` counts by rule what was found, `applied` what of it was repaired,
    `remaining` by severity what is left; `rejected` counts rows by reason, `timeouts` by rule the
    rows on which it took too long.
    """

    rows: int = 0
    changed: int = 0
    found: Counter[str] = field(default_factory=Counter)
    applied: Counter[str] = field(default_factory=Counter)
    remaining: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    timeouts: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Count a row."""
        self.rows += 1
        if row.rejected:
            self.rejected[_kind(row.rejected)] += 1
            return
        self.changed += any(row.edits)
        self.timeouts.update(row.timeouts)
        self.add_findings(row.findings)

    def add_findings(self, findings: Iterable[RowFinding | Mapping[str, Any]]) -> None:
        for finding in findings:
            self.found[finding["rule"]] += 1
            if finding["applied"]:
                self.applied[finding["rule"]] += 1
            else:
                self.remaining[finding["severity"]] += 1

    def reject(self, reason: str) -> None:
        """Count a row that could not even be cut out."""
        self.rows += 1
        self.rejected[_kind(reason)] += 1

    def plus(self, other: Counts) -> None:
        """Add the numbers of another part."""
        self.rows += other.rows
        self.changed += other.changed
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))

    def fails(self, level: Severity) -> bool:
        """Whether a finding of this severity or a worse one remains, or a row was rejected."""
        worst = any(count and Severity(name).rank <= level.rank for name, count in self.remaining.items())
        return worst or bool(self.rejected)

    def as_json(self) -> dict[str, Any]:
        """The numbers as JSON, in an order that does not depend on that of the parts."""
        counters = {name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS}
        return {"rows": self.rows, "changed": self.changed, **counters}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Counts:
        """What `as_json` gave. Raises KeyError, TypeError or ValueError for anything else."""
        counters = {name: Counter({str(k): int(v) for k, v in said[name].items()}) for name in _COUNTERS}
        return cls(int(said["rows"]), int(said["changed"]), **counters)


_COUNTERS = ("found", "applied", "remaining", "rejected", "timeouts")


def _kind(reason: str) -> str:
    """What reasons of one kind have in common: no offsets, no words of the row.

    >>> _kind("unknown language “Klingonese”"), _kind("209,715,200 bytes, more than the limit of 16")
    ('unknown language', 'too big')
    """
    if "bytes, more than the limit" in reason:
        return "too big"
    for start in ("unknown language", "not UTF-8", "internal error", "there is not enough memory"):
        if reason.startswith(start):
            return start
    return "broken JSON" if reason.startswith("JSON:") else reason
