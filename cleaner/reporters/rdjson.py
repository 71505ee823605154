"""The Reviewdog Diagnostic Format: comments and suggestions in a code review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.model import FileReport, Finding, Fix, Report, Safety
from cleaner.offsets import Edit, Span, splice
from cleaner.reporters.base import Look, told
from cleaner.reporters.jsontext import dump, whole
from cleaner.reporters.paths import relative
from cleaner.reporters.source import Source
from cleaner.text.visible import visible


def rdjson(report: Report, look: Look) -> str:
    """The report as a DiagnosticResult; columns count bytes of UTF-8, as that format does."""
    body = {
        "source": {"name": "cleaner"},
        "diagnostics": [entry for file in report.files for entry in _diagnostics(file, look)],
    }
    return dump(body, indent=2)


def _diagnostics(file: FileReport, look: Look) -> Iterator[dict[str, Any]]:
    path = whole(relative(file.uri, look.root))
    if file.error:
        yield {"message": visible(file.error), "location": {"path": path}, "severity": "ERROR"}
    source = Source(file.after)
    for finding in file.findings:
        yield {
            "message": visible(told(finding)),
            "location": {"path": path, "range": _range(finding.span, source)},
            "severity": finding.severity.name,
            "code": {"value": finding.rule},
            "suggestions": list(_suggestions(finding, source)),
        }


def _suggestions(finding: Finding, source: Source) -> Iterator[dict[str, Any]]:
    """The preferred repair as one replacement; a manual one is no suggestion that a click may take."""
    fix = finding.fix
    if fix is not None and fix.safety is not Safety.MANUAL and fix.edits:
        span, text = _joined(fix, source)
        yield {"range": _range(span, source), "text": whole(text)}


def _joined(fix: Fix, source: Source) -> tuple[Span, str]:
    """All edits of a repair as one, because a reviewer takes a suggestion alone and a repair is whole."""
    start = min(span.start for span, _ in fix.edits)
    end = max(span.end for span, _ in fix.edits)
    moved = (Edit(Span(span.start - start, span.end - start), new) for span, new in fix.edits)
    return Span(start, end), splice(source.slice(start, end), moved)


def _range(span: Span, source: Source) -> dict[str, Any]:
    """The beginning and the exclusive end of a span: lines from 1, columns in bytes from 1."""
    return {"start": _place(span.start, source), "end": _place(span.end, source)}


def _place(offset: int, source: Source) -> dict[str, int]:
    return {"line": source.position(offset).line, "column": source.byte_in_line(offset) + 1}
