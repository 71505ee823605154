"""One line a finding: path:line:column: severity rule message."""

from __future__ import annotations

from cleaner.model import Finding, Report
from cleaner.reporters.base import MARK, Look, shown, summary
from cleaner.text.visible import visible


def concise(report: Report, look: Look) -> str:
    """The report for people in a hurry and for tools that read lines."""
    lines = [line(file.uri, finding, look) for file in report.files for finding in file.findings]
    return "\n".join([*lines, summary(report, look, f"{MARK} ")]) + "\n"


def line(uri: str, finding: Finding, look: Look) -> str:
    """A finding on one line; it never begins with what a build log would obey."""
    place = look.paint("bold", shown(uri)) + f":{finding.position}"
    mark = f" {MARK}" if finding.fix and finding.fix.safety == "safe" else ""
    severity = look.paint(finding.severity.value, finding.severity.value)
    return f"{place}: {severity} {finding.rule}{mark} {visible(finding.message)}"
