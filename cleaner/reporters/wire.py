"""JSON for machines: the wire format, described in docs/wire-format.md and versioned.

`json` is one object for the whole run, `json-lines` one object a finding.
"""

from __future__ import annotations

import json as _json
from typing import Any

from cleaner.model import FileReport, Finding, Fix, Report
from cleaner.offsets import LineIndex, Position, utf8, utf16
from cleaner.reporters.base import Look

VERSION = "1"


def json(report: Report, look: Look) -> str:
    """The whole report as one object."""
    body = {
        "version": VERSION,
        "findings": [finding for file in report.files for finding in _findings(file)],
        "fixed": [finding for file in report.files for finding in _fixed(file)],
        "errors": [{"path": file.uri, "message": file.error} for file in report.files if file.error],
        "warnings": [{"path": file.uri, "message": file.warning} for file in report.files if file.warning],
    }
    return _dump(body, indent=2)


def json_lines(report: Report, look: Look) -> str:
    """One object a finding that remains, one a line."""
    return "".join(_dump(finding) for file in report.files for finding in _findings(file))


def _dump(body: object, indent: int | None = None) -> str:
    # A lone surrogate (an undecodable byte) would make the output itself undecodable: \udcXX is JSON.
    text = _json.dumps(body, ensure_ascii=False, indent=indent)
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) + "\n"


def _findings(file: FileReport) -> list[dict[str, Any]]:
    lines = LineIndex(file.after)
    return [_finding(finding, file.uri, lines) for finding in file.findings]


def _fixed(file: FileReport) -> list[dict[str, Any]]:
    lines = LineIndex(file.before)
    return [_finding(finding, file.uri, lines) for finding in file.applied]


def _finding(finding: Finding, path: str, lines: LineIndex) -> dict[str, Any]:
    start, end = finding.span
    text = lines.text
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "message": finding.message,
        "path": path,
        "address": finding.address,
        "start": _place(lines, start),
        "end": _place(lines, end),
        "match": finding.match,
        "context": text[max(0, start - 40) : end + 40],
        "language": finding.lang,
        "evidence": finding.evidence,
        "fix": _fix(finding.fix, lines) if finding.fix else None,
        "alternatives": [_fix(fix, lines) for fix in finding.alternatives],
        "fingerprint": finding.fingerprint,
    }


def _fix(fix: Fix, lines: LineIndex) -> dict[str, Any]:
    return {
        "do": fix.do,
        "safety": fix.safety.value,
        "title": fix.title,
        "because": fix.because,
        "edits": [
            {"start": _place(lines, span.start), "end": _place(lines, span.end), "content": text}
            for span, text in fix.edits
        ],
    }


def _place(lines: LineIndex, offset: int) -> dict[str, int]:
    position: Position = lines.position(offset)
    return {
        "line": position.line,
        "column": position.column,
        "offset": offset,
        "utf16": utf16(lines.text, offset),
        "byte": utf8(lines.text, offset),
    }
