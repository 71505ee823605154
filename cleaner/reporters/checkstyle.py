"""Checkstyle XML, which many servers and reviewers read."""

from __future__ import annotations

from cleaner.model import FileReport, Report
from cleaner.reporters.base import Look, told, version
from cleaner.reporters.paths import relative
from cleaner.reporters.xmltext import Element, document, element


def checkstyle(report: Report, look: Look) -> str:
    """The report as `<file>` elements with an `<error>` a finding; clean files are named too."""
    root = element("checkstyle", {"version": version()})
    root.extend(_file(file, look) for file in report.files)
    return document(root)


def _file(file: FileReport, look: Look) -> Element:
    made = element("file", {"name": relative(file.uri, look.root)})
    if file.error:
        made.append(element("error", {"severity": "error", "message": file.error, "source": "cleaner"}))
    for finding in file.findings:
        line, column = finding.position
        made.append(
            element(
                "error",
                {
                    "line": line,
                    "column": column,
                    "severity": finding.severity,
                    "message": told(finding),
                    "source": f"cleaner.{finding.rule}",
                },
            )
        )
    return made
