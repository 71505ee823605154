"""JSON for machines: the wire format, described in docs/wire-format.md and versioned.

`json` is one object for the whole run, `json-lines` one object a finding.
"""

from __future__ import annotations

from typing import Any

from cleaner.model import FileReport, Finding, Fix, Report
from cleaner.reporters.base import Look, field_of
from cleaner.reporters.jsontext import dump
from cleaner.reporters.source import Source

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
    source = Source(file.after)
    return [_finding(finding, file.uri, source) for finding in file.findings]


def _fixed(file: FileReport) -> list[dict[str, Any]]:
    source = Source(file.before)
    return [_finding(finding, file.uri, source) for finding in file.applied]


def _suppressed(file: FileReport) -> list[dict[str, Any]]:
    source = Source(file.after)
    return [
        {**_finding(one.finding, file.uri, source), "suppression": {"by": one.by.value, "reason": one.reason}}
        for one in file.suppressed
    ]


def _place(offset: int, source: Source) -> dict[str, int]:
    """Line and column from 1; code points, UTF-16 units and bytes from the beginning."""
    line, column = source.position(offset)
    unit = source.unit(offset)
    return {
        "line": line,
        "column": column,
        "offset": source.offset(offset),
        "utf16": unit.utf16,
        "byte": unit.byte,
    }


def _finding(finding: Finding, path: str, source: Source) -> dict[str, Any]:
    start, end = finding.span
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "message": finding.message,
        "path": path,
        "address": finding.address,
        **_item(finding),
        "start": _place(start, source),
        "end": _place(end, source),
        "match": finding.match,
        "context": source.slice(*source.near(finding.span, 40)),
        "language": finding.lang,
        "evidence": finding.evidence,
        "fix": _fix(finding.fix, source) if finding.fix else None,
        "alternatives": [_fix(fix, source) for fix in finding.alternatives],
        "fingerprint": finding.fingerprint,
    }


def _item(finding: Finding) -> dict[str, dict[str, str]]:
    """The item of a feed that the finding lies in, where there is one."""
    item = finding.item
    if item is None:
        return {}
    return {"item": {"guid": item.guid, "link": item.link, "title": item.title, "field": field_of(finding)}}


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    return {
        "do": fix.do,
        "safety": fix.safety.value,
        "title": fix.title,
        "because": fix.because,
        "edits": [
            {"start": _place(span.start, source), "end": _place(span.end, source), "content": text}
            for span, text in fix.edits
        ],
    }
