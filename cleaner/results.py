"""What was found in files, remembered: what nobody has changed is not looked at again.

    key(...)         a name for a file's content and for all that decides what is found in it
    Results          the reports that are known by such names

A name is made of the bytes of the file, its format, the settings and rules that hold for it, and the code;
where the text speaks of suppressions, of the day as well, because these expire. The time of a file says
nothing. Files with suppressions in a side-car file are always looked at anew.

Reports stand in the user's cache, a few hundred in one text, chosen by the path of the file. Two runs at
once may forget what the other has found; neither reads half of it.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from cleaner import cache
from cleaner.hashing import blake2b
from cleaner.model import By, FileReport, Finding, Fix, Invariant, Item, Safety, Severity, Silenced
from cleaner.offsets import Edit, Position, Span
from cleaner.pipeline import Pipeline
from cleaner.ruleset.selection import rules_for

_SHAPE = 2  # of the text; another number for another shape
_MOST = 400  # reports in one text
_LONGEST = 262_144  # characters of it
_ID = re.compile(r"[a-z0-9/-]+")  # of a rule
_SHELVES = 2  # hexadecimal digits: 256 texts


def key(name: str, data: bytes, format: str, pipeline: Pipeline, options: tuple[object, ...]) -> str:
    """A name for what is found in a file called `name`, as `Results` knows it. `options` are those of a run."""
    day = datetime.date.today().isoformat() if b"cleaner" in data else ""
    content = blake2b(f"{format} {day}\0".encode() + data, digest_size=16).hexdigest()
    return f"{_settings(pipeline, options)} {_short(name)[:_SHELVES]} {content}"


@functools.lru_cache(maxsize=256)
def _settings(pipeline: Pipeline, options: tuple[object, ...]) -> str:
    rules = rules_for(pipeline.config).digest
    return _short(f"{cache.edition()}\0{rules}\0{pipeline.config!r}\0{options!r}")


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Results:
    """Reports by their names; `save` keeps what is new."""

    def __init__(self) -> None:
        self._shelves: dict[str, dict[str, Any]] = {}
        self._fresh: dict[str, dict[str, Any]] = {}

    def recall(self, key: str, uri: str, text: str) -> FileReport | None:
        """The report that was kept under a name, for a file and its text; None when there is none."""
        shelf, _, content = key.rpartition(" ")
        if shelf not in self._shelves:
            self._shelves[shelf] = _read(cache.recall(f"results {_SHAPE} {shelf}"))
        entry = self._shelves[shelf].get(content)
        try:
            report = None if entry is None else _report(entry, uri, text)
            size = len(text) if text else sys.maxsize  # a large file is not held
            return report if report and all(_is_finding(one, size) for one in _all(report)) else None
        except (ValueError, TypeError, LookupError, AttributeError):
            return None

    def keep(self, key: str, report: FileReport) -> None:
        """Remember a report, unless something else than the file may have shaped it."""
        if not (report.error or report.warning or report.skipped or report.applied or report.changed):
            shelf, _, content = key.rpartition(" ")
            self._fresh.setdefault(shelf, {})[content] = _plain(report)

    def save(self) -> None:
        """Write what is new to the user's cache; the oldest makes room for it."""
        for shelf, fresh in self._fresh.items():
            name = f"results {_SHAPE} {shelf}"
            entries = list((_read(cache.recall(name)) | fresh).items())[-_MOST:]
            while (
                len(text := json.dumps(dict(entries), separators=(",", ":"))) > _LONGEST and len(entries) > 1
            ):
                entries = entries[len(entries) // 2 :]
            if len(text) <= _LONGEST:
                cache.keep(name, text)
        self._fresh.clear()


def _read(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(report: FileReport) -> list[Any]:
    return [
        list(map(_plain_finding, report.findings)),
        [[_plain_finding(one.finding), one.by.value, one.reason, one.entry] for one in report.suppressed],
    ]


def _plain_finding(finding: Finding) -> list[Any]:
    item = finding.item
    return [
        finding.rule, finding.severity.value, finding.message, finding.span, finding.match, finding.position,
        finding.end, finding.lang, finding.address, [item.guid, item.link, item.title] if item else None,
        finding.evidence, finding.confidence, _plain_fix(finding.fix), list(map(_plain_fix, finding.alternatives)),
        finding.fingerprint,
    ]  # fmt: skip


def _plain_fix(fix: Fix | None) -> list[Any] | None:
    if fix is None:
        return None
    changes = [one.value for one in fix.changes]
    return [fix.do, fix.edits, fix.safety.value, fix.title, fix.because, changes, fix.claim]


def _report(entry: Any, uri: str, text: str) -> FileReport:
    findings, suppressed = entry
    silenced = (Silenced(_finding(one), By(by), reason, entry) for one, by, reason, entry in suppressed)
    found = tuple(map(_finding, findings))
    return FileReport(uri, found, before=text, after=text, suppressed=tuple(silenced))


def _all(report: FileReport) -> Iterator[Finding]:
    yield from report.findings
    for one in report.suppressed:
        yield one.finding
        if not isinstance(one.reason, str) or type(one.entry) is not int:
            raise TypeError


def _is_finding(finding: Finding, size: int) -> bool:
    """Whether what was kept is a finding that we could have made: whatever shows it relies on that."""
    item, fixes = finding.item, (*((finding.fix,) if finding.fix else ()), *finding.alternatives)
    texts = [
        finding.message, finding.match, finding.lang, finding.address, finding.evidence, finding.fingerprint,
        *((item.guid, item.link, item.title) if item else ()),
        *(text for fix in fixes for text in (fix.do, fix.title, fix.because, fix.claim)),
        *(edit.text for fix in fixes for edit in fix.edits),
    ]  # fmt: skip
    spans = [finding.span, *(edit.span for fix in fixes for edit in fix.edits)]
    places = [finding.position, finding.end]
    return (
        _ID.fullmatch(finding.rule) is not None
        and all(isinstance(text, str) for text in texts)
        and all(type(number) is int for pair in (*spans, *places) for number in pair)
        and all(0 <= start <= end <= size for start, end in spans)
        and all(line > 0 and column > 0 for line, column in places)
        and type(finding.confidence) in (int, float)
    )


def _finding(entry: Any) -> Finding:
    (rule, severity, message, span, match, position, end, lang, address, item, evidence, confidence, fix,
     alternatives, fingerprint) = entry  # fmt: skip
    return Finding(
        rule,
        Severity(severity),
        message,
        Span(*span),
        match,
        Position(*position),
        Position(*end),
        lang,
        address,
        Item(*item) if item else None,
        evidence,
        confidence,
        _fix(fix) if fix else None,
        tuple(map(_fix, alternatives)),
        fingerprint,
    )


def _fix(entry: Any) -> Fix:
    do, edits, safety, title, because, changes, claim = entry
    made = tuple(Edit(Span(*span), text) for span, text in edits)
    return Fix(do, made, Safety(safety), title, because, tuple(map(Invariant, changes)), claim)
