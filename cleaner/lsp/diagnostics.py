"""Findings as an editor underlines them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from lsprotocol import types

from cleaner import builtin
from cleaner.errors import UsageError
from cleaner.lsp.documents import Checked
from cleaner.model import Finding, Severity
from cleaner.offsets import Span
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import rules_for

SOURCE = "cleaner"
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(checked: Checked, pages: str = "") -> list[types.Diagnostic]:
    """Everything to be shown of a document; `pages` is the address of the pages of rules."""
    return [*_notes(checked), *(diagnostic(one, checked, pages) for one in checked.findings)]


def diagnostic(finding: Finding, checked: Checked, pages: str = "") -> types.Diagnostic:
    """A finding, named by its rule, which leads to the page of the rule or, without pages, to its file."""
    return types.Diagnostic(
        range=checked.places.range(finding.span),
        message=finding.message,
        severity=_SEVERITY[finding.severity],
        code=finding.rule,
        code_description=_description(finding.rule, checked, pages),
        source=SOURCE,
        data={"fingerprint": finding.fingerprint},
    )


def rule_of(id: str, checked: Checked) -> Rule | None:
    """The rule behind a finding; None for one that no file describes."""
    if id in builtin.RULES or checked.pipeline is None:
        return None
    try:
        return rules_for(checked.pipeline.config).get(id)
    except UsageError:
        return None


def _description(id: str, checked: Checked, pages: str) -> types.CodeDescription | None:
    rule = rule_of(id, checked)
    if rule is None:
        return None
    if pages:
        return types.CodeDescription(f"{pages.rstrip('/')}/{quote(id)}/")
    file = Path(rule.where.file)
    return types.CodeDescription(file.resolve().as_uri()) if file.is_file() else None


def _notes(checked: Checked) -> Iterator[types.Diagnostic]:
    if checked.note:
        yield types.Diagnostic(
            range=checked.places.range(Span(0, 0)),
            message=checked.note,
            severity=types.DiagnosticSeverity.Information,
            source=SOURCE,
        )
