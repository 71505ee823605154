"""The findings of each file under its name."""

from __future__ import annotations

from cleaner.model import Finding, Report
from cleaner.reporters.base import MARK, Look, counted, shown, summary
from cleaner.text.visible import visible


def grouped(report: Report, look: Look) -> str:
    """The report for people who mend one file after the other."""
    parts = []
    for file in report.files:
        if file.findings:
            head = look.paint("bold", shown(file.uri)) + f" ({counted(len(file.findings), 'problem')})"
            places = max(len(str(finding.position)) for finding in file.findings)
            parts.append("\n".join([head, *(_line(finding, places, look) for finding in file.findings)]))
    return "\n\n".join([*parts, summary(report, look, f"{MARK} ")]) + "\n"


def _line(finding: Finding, places: int, look: Look) -> str:
    severity = look.paint(finding.severity.value, f"{finding.severity.value:7}")
    place = look.paint("dim", f"{finding.position!s:>{places}}")
    mark = f" {MARK}" if finding.fix and finding.fix.safety == "safe" else ""
    return f"  {place} {severity} {finding.rule}{mark} {visible(finding.message)}"
