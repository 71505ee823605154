"""GitLab Code Quality: the artifact `reports: codequality`, shown in the merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cleaner.model import FileReport, Report
from cleaner.reporters.base import Look, told
from cleaner.reporters.jsontext import dump, whole
from cleaner.reporters.paths import relative
from cleaner.text.visible import visible

_SEVERITY = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(report: Report, look: Look) -> str:
    """The report as GitLab compares it between branches, by fingerprints without line numbers."""
    seen: Counter[str] = Counter()
    return dump([issue for file in report.files for issue in _issues(file, look, seen)], indent=2)


def _issues(file: FileReport, look: Look, seen: Counter[str]) -> Iterator[dict[str, Any]]:
    path = whole(relative(file.uri, look.root))
    if file.error:
        yield {
            "description": visible(file.error),
            "check_name": "cleaner",
            "fingerprint": _fingerprint(path, "unread", seen),
            "severity": "critical",
            "location": {"path": path, "lines": {"begin": 1}},
        }
    for finding in file.findings:
        yield {
            "description": f"{finding.rule}: {visible(told(finding))}",
            "check_name": finding.rule,
            "fingerprint": _fingerprint(path, finding.fingerprint or finding.rule, seen),
            "severity": _SEVERITY[finding.severity],
            "location": {
                "path": path,
                "lines": {"begin": finding.position.line, "end": finding.end.line},
            },
        }


def _fingerprint(path: str, name: str, seen: Counter[str]) -> str:
    """One that no other issue of the report has: GitLab drops the second of a kind."""
    key = f"{path}\x00{name}"
    seen[key] += 1
    return hashlib.sha256(f"{key}\x00{seen[key]}".encode()).hexdigest()[:32]
