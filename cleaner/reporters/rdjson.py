"""The Reviewdog Diagnostic Format: comments and suggestions in a code review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.model import FileReport, Finding, Fix, Report, Safety
from cleaner.offsets import Edit, LineIndex, Span, splice
from cleaner.reporters.base import Look
from cleaner.reporters.jsontext import dump, whole
from cleaner.reporters.paths import relative
from cleaner.reporters.units import Units
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
    places = Places(file.after)
    for finding in file.findings:
        yield {
            "message": visible(finding.message),
            "location": {"path": path, "range": places.range(finding.span)},
            "severity": finding.severity.name,
            "code": {"value": finding.rule},
            "suggestions": list(_suggestions(finding, places)),
        }


def _suggestions(finding: Finding, places: Places) -> Iterator[dict[str, Any]]:
    """The preferred repair as one replacement; a manual one is no suggestion that a click may take."""
    fix = finding.fix
    if fix is not None and fix.safety is not Safety.MANUAL and fix.edits:
        span, text = _joined(fix, places.text)
        yield {"range": places.range(span), "text": whole(text)}


def _joined(fix: Fix, text: str) -> tuple[Span, str]:
    """All edits of a repair as one, because a reviewer takes a suggestion alone and a repair is whole."""
    start = min(span.start for span, _ in fix.edits)
    end = max(span.end for span, _ in fix.edits)
    moved = (Edit(Span(span.start - start, span.end - start), new) for span, new in fix.edits)
    return Span(start, end), splice(text[start:end], moved)


class Places:
    """The places of one text as this format counts them: lines from 1, columns in bytes from 1."""

    __slots__ = ("_lines", "_units", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = LineIndex(text)
        self._units = Units(text)

    def range(self, span: Span) -> dict[str, Any]:
        """The beginning and the exclusive end of a span."""
        return {"start": self._at(span.start), "end": self._at(span.end)}

    def _at(self, offset: int) -> dict[str, int]:
        line = self._lines.position(offset).line
        start = self._units.at(self._lines.start(line)).byte
        return {"line": line, "column": self._units.at(offset).byte - start + 1}
