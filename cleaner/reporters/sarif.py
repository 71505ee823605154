"""SARIF 2.1.0, for code scanning on GitHub and for viewers in editors.

Written by hand from the standard (OASIS, SARIF 2.1.0 plus errata 01); the numbers of sections below
are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleaner.model import By, FileReport, Finding, Fix, Report, RuleInfo, Safety, Severity
from cleaner.offsets import Span
from cleaner.reporters.base import Look, counted, field_of, version
from cleaner.reporters.jsontext import dump, whole
from cleaner.reporters.paths import reference
from cleaner.reporters.source import Source
from cleaner.text.visible import visible

MOST_RESULTS = 25_000  # what GitHub takes of one run
AROUND = 40  # code points of context
MOST_TAGS = 20  # of one rule
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def sarif(report: Report, look: Look) -> str:
    """The report as a log with one run."""
    rules = _rules(report)
    index = {rule.id: number for number, rule in enumerate(rules)}
    results = [
        _result(finding, file, source, index[finding.rule], look)
        for file, findings in _kept(report)
        for source in [Source(file.after)]
        for finding in findings
    ]
    silenced = list(_silenced(report, index, look, MOST_RESULTS - len(results)))
    if silenced:  # on every result or on none (3.27.23)
        results = [*({**result, "suppressions": []} for result in results), *silenced]
    run = {
        "tool": {
            "driver": {
                "name": "cleaner",
                "semanticVersion": version(),
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [_invocation(report, look)],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that was checked."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _kept(report: Report) -> Iterator[tuple[FileReport, list[Finding]]]:
    """The findings of each file, without those that are too many; the least severe go first."""
    ranks = sorted(finding.severity.rank for finding in report.findings)
    lowest = ranks[MOST_RESULTS - 1] if len(ranks) > MOST_RESULTS else len(Severity)
    room = MOST_RESULTS - sum(rank < lowest for rank in ranks)
    for file in report.files:
        kept = []
        for finding in file.findings:
            if finding.severity.rank < lowest or (finding.severity.rank == lowest and room > 0):
                room -= finding.severity.rank == lowest
                kept.append(finding)
        yield file, kept


def _silenced(report: Report, index: dict[str, int], look: Look, room: int) -> Iterator[dict[str, Any]]:
    """The results that are suppressed, as many as there is room for."""
    for file in report.files:
        source = Source(file.after)
        for one in file.suppressed[: max(room, 0)]:
            result = _result(one.finding, file, source, index[one.finding.rule], look)
            inside = one.by in (By.COMMENT, By.SIC)
            suppression = {"kind": "inSource" if inside else "external", "status": "accepted"}
            if one.reason:
                suppression["justification"] = visible(one.reason)
            yield {**result, "suppressions": [suppression]}
        room -= len(file.suppressed)


def _rules(report: Report) -> list[RuleInfo]:
    """What is known of each rule that ran or found something, by id."""
    rules = dict(report.rules)
    for finding in (*report.findings, *(one.finding for one in report.suppressed)):
        rules.setdefault(finding.rule, RuleInfo(finding.rule, finding.rule, "", finding.severity))
    return [rules[id] for id in sorted(rules)]


def _rule(rule: RuleInfo) -> dict[str, Any]:
    title, why = rule.title.rstrip("."), " ".join(rule.why.split())
    off = f"Turn it off with ignore: [{rule.id}] in cleaner.yaml."
    family = rule.id.partition("/")[0]
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in re.split(r"[/-]", rule.id)),
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": why or f"{title}."},
        "help": {
            "text": f"{why} {off}".strip(),
            "markdown": f"{why}\n\nTurn it off with `ignore: [{rule.id}]` in `cleaner.yaml`.".strip(),
        },
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"tags": list(dict.fromkeys([family, *rule.tags]))[:MOST_TAGS]},
    }


def _result(finding: Finding, file: FileReport, source: Source, index: int, look: Look) -> dict[str, Any]:
    artifact = _artifact(file.uri, look)
    place: dict[str, Any] = {"artifactLocation": artifact, "region": _shown(finding.span, source)}
    around = source.near(finding.span, AROUND)
    if around.size > finding.span.size:  # a context is a proper superset (3.29.5)
        place["contextRegion"] = _shown(around, source)
    fixes = [finding.fix, *finding.alternatives] if finding.fix else []
    details: dict[str, object] = {
        "safety": finding.fix.safety.value if finding.fix else "none",
        "language": finding.lang,
        "evidence": visible(finding.evidence),
        "address": visible(finding.address),
        "repair": visible(finding.fix.title) if finding.fix else "",
        "item": _item(finding),
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": message(finding.message)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"cleaner/v1": finding.fingerprint} if finding.fingerprint else {},
        "fixes": [_fix(fix, source, artifact) for fix in fixes if _is_offered(fix)],
        "properties": {key: value for key, value in details.items() if value},
    }


def _item(finding: Finding) -> dict[str, str]:
    """What a feed calls the item that the finding lies in."""
    if finding.item is None:
        return {}
    values = {"title": finding.item.title, "link": finding.item.link, "guid": finding.item.guid}
    return {key: visible(text) for key, text in {**values, "field": field_of(finding)}.items() if text}


def message(text: str) -> str:
    r"""`text` as a plain message: no link (3.11.6) and no placeholder (3.11.5) comes of it.

    >>> print(message("[click](https://example.org) is left, {0}"))
    [click\](https://example.org) is left, {{0}}
    """
    text = visible(text).replace("](", r"\](")
    return re.sub(r"\{(\d+)\}", r"{{\1}}", text)


def _is_offered(fix: Fix) -> bool:
    """A manual repair is for a person to make: a viewer would offer to apply it."""
    return fix.safety is not Safety.MANUAL and bool(fix.edits)


def _fix(fix: Fix, source: Source, artifact: dict[str, str]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(span, source), "insertedContent": {"text": whole(text)}}
        for span, text in fix.edits
    ]
    because = f": {fix.because}" if fix.because else ""
    return {
        "description": {"text": message(f"{fix.title} ({fix.safety}{because})")},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _shown(span: Span, source: Source) -> dict[str, Any]:
    return {**_region(span, source), "snippet": {"text": whole(source.slice(*span))}}


def _region(span: Span, source: Source) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": source.offset(span.start),
        "charLength": span.size,
    }


def _artifact(uri: str, look: Look) -> dict[str, str]:
    written = reference(uri, look.root)
    return {"uri": written} if "://" in written else {"uri": written, "uriBaseId": "%SRCROOT%"}


def _invocation(report: Report, look: Look) -> dict[str, Any]:
    notes = list(_notes(report, look))
    done = {"executionSuccessful": not any(file.error for file in report.files)}
    return {**done, "toolExecutionNotifications": notes} if notes else done


def _notes(report: Report, look: Look) -> Iterator[dict[str, Any]]:
    for file in report.files:
        for level, text in (("error", file.error), ("warning", file.warning)):
            if text:
                place = {"physicalLocation": {"artifactLocation": _artifact(file.uri, look)}}
                yield {"level": level, "message": {"text": message(text)}, "locations": [place]}
    left = sum(1 for _ in report.findings) - MOST_RESULTS
    if left > 0:
        text = f"{counted(left, 'less severe result')} left out: a run may have {MOST_RESULTS:,}."
        yield {"level": "warning", "message": {"text": text}}
