"""JSON for machines: the wire format, described in docs/wire-format.md and versioned.

`json` is one object for the whole run, `json-lines` one object a finding.
"""

from __future__ import annotations

from typing import Any

from cleaner.model import FileReport, Finding, Fix, Item, Report
from cleaner.offsets import LineIndex
from cleaner.reporters.base import Look
from cleaner.reporters.jsontext import dump
from cleaner.reporters.units import Units

VERSION = "1"


def json(report: Report, look: Look) -> str:
    """The whole report as one object."""
    body = {
        "version": VERSION,
        "findings": [finding for file in report.files for finding in _findings(file)],
        "fixed": [finding for file in report.files for finding in _fixed(file)],
        "suppressed": [finding for file in report.files for finding in _suppressed(file)],
        "errors": [{"path": file.uri, "message": file.error} for file in report.files if file.error],
        "warnings": [{"path": file.uri, "message": file.warning} for file in report.files if file.warning],
    }
    return dump(body, indent=2)


def json_lines(report: Report, look: Look) -> str:
    """One object a finding that remains, one a line."""
    return "".join(dump(finding) for file in report.files for finding in _findings(file))


def _findings(file: FileReport) -> list[dict[str, Any]]:
    places = Places(file.after)
    return [_finding(finding, file.uri, places) for finding in file.findings]


def _fixed(file: FileReport) -> list[dict[str, Any]]:
    places = Places(file.before)
    return [_finding(finding, file.uri, places) for finding in file.applied]


def _suppressed(file: FileReport) -> list[dict[str, Any]]:
    places = Places(file.after)
    return [
        {**_finding(one.finding, file.uri, places), "suppression": {"by": one.by.value, "reason": one.reason}}
        for one in file.suppressed
    ]


class Places:
    """The places of one text in all the ways in which programs count."""

    __slots__ = ("_lines", "_units", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = LineIndex(text)
        self._units = Units(text)

    def at(self, offset: int) -> dict[str, int]:
        """Line and column from 1; code points, UTF-16 units and bytes from the beginning."""
        line, column = self._lines.position(offset)
        unit = self._units.at(offset)
        return {"line": line, "column": column, "offset": offset, "utf16": unit.utf16, "byte": unit.byte}


def _finding(finding: Finding, path: str, places: Places) -> dict[str, Any]:
    start, end = finding.span
    text = places.text
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "message": finding.message,
        "path": path,
        "address": finding.address,
        **_item(finding.item, finding.address),
        "start": places.at(start),
        "end": places.at(end),
        "match": finding.match,
        "context": text[max(0, start - 40) : end + 40],
        "language": finding.lang,
        "evidence": finding.evidence,
        "fix": _fix(finding.fix, places) if finding.fix else None,
        "alternatives": [_fix(fix, places) for fix in finding.alternatives],
        "fingerprint": finding.fingerprint,
    }


def _item(item: Item | None, address: str) -> dict[str, dict[str, str]]:
    """The item of a feed that the finding lies in, where there is one."""
    if item is None:
        return {}
    field = address.partition(",")[0].rpartition("/")[2]
    return {"item": {"guid": item.guid, "link": item.link, "title": item.title, "field": field}}


def _fix(fix: Fix, places: Places) -> dict[str, Any]:
    return {
        "do": fix.do,
        "safety": fix.safety.value,
        "title": fix.title,
        "because": fix.because,
        "edits": [
            {"start": places.at(span.start), "end": places.at(span.end), "content": text}
            for span, text in fix.edits
        ],
    }
