"""The bytes of a feed → its report, its items and the bytes of the cleaned feed."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from cleaner.errors import FileProblems, FormatError, InputError, UsageError, unexpected
from cleaner.feeds import items, kind
from cleaner.feeds.items import Entry, place_of
from cleaner.feeds.state import Memory
from cleaner.formats.decode import decode
from cleaner.model import FileReport, Finding, Safety
from cleaner.offsets import LineIndex
from cleaner.pipeline import Pipeline
from cleaner.ruleset.selection import rules_for
from cleaner.run import Task, one_text


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one feed. `cleaned` are the bytes that may be saved, None when that is not certain
    to be right; `suffix` is the extension of their file."""

    report: FileReport
    entries: tuple[Entry, ...] = ()
    cleaned: bytes | None = None
    suffix: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What its items are remembered by."""
        return tuple(entry.key for entry in self.entries)


def check(data: bytes, name: str, content_type: str, pipeline: Pipeline, allowed: Safety | None) -> Checked:
    """Look at the bytes of a feed, and repair what is allowed (None: nothing, and nothing to save).

    What goes wrong is the `error` of its report. Raises ConfigError for a mistake in a side-car file.
    """
    started = time.perf_counter()
    encoding: str | None = None
    try:
        found = kind.kind_of(data, content_type)
        encoding = found.encoding
        task = Task(allowed, write=False, format=found.format, encoding=encoding)
        report, cleaned = one_text(data, name, pipeline, task)
        assert isinstance(report.before, str)  # bytes that are held have their whole text
        entries = items.entries(report.before, found.format)
        doubt = _doubt(data, found) if cleaned is not None else ""
    except FormatError as error:
        place = LineIndex(decode(data, encoding)[0]).position(error.offset)
        return Checked(FileReport(name, error=f"{place}: {error}"))
    except (InputError, UsageError) as error:
        return Checked(FileReport(name, error=str(error)))
    except FileProblems:  # in rules, settings, suppressions: they are the same for all feeds
        raise
    except Exception as error:  # a mistake of ours stays with the feed that showed it
        return Checked(FileReport(name, error=f"{unexpected(error)}; not saved"))
    warning = "; ".join(part for part in (found.warning, report.warning, doubt) if part)
    report = dataclasses.replace(report, warning=warning, seconds=time.perf_counter() - started)
    return Checked(report, entries, None if doubt else cleaned, found.suffix)


def _doubt(data: bytes, found: kind.Kind) -> str:
    """Why the cleaned feed is better not saved, "" when it may be."""
    if decode(data, found.encoding)[1].undecodable:
        return "not saved: bytes of it are no text"
    if not found.stands_alone:
        return "not saved: a file has no header that says its encoding"
    return ""


def only_new(checked: Checked, known: Memory) -> Checked:
    """The same with what is said of items that were not seen before, and of the head what is new there."""
    seen, head = frozenset(known.items), frozenset(known.head)
    fresh = {entry.place for entry in checked.entries if entry.key not in seen}

    def is_new(finding: Finding) -> bool:
        place = place_of(finding.address)
        return place in fresh if place else finding.fingerprint not in head

    report = checked.report
    report = dataclasses.replace(
        report,
        findings=tuple(filter(is_new, report.findings)),
        applied=tuple(filter(is_new, report.applied)),
        skipped=tuple(one for one in report.skipped if is_new(one.finding)),
    )
    return dataclasses.replace(checked, report=report)


def head_of(report: FileReport) -> tuple[str, ...]:
    """The fingerprints of what is found outside of items."""
    findings = (*report.findings, *report.applied)
    return tuple(dict.fromkeys(f.fingerprint for f in findings if not place_of(f.address)))


def made_with(pipeline: Pipeline, allowed: Safety | None, version: str) -> str:
    """A name for all that decides what is found and repaired: cleaner, the rules, the settings."""
    parts = (version, repr(allowed), repr(pipeline.config), rules_for(pipeline.config).digest)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


Choose = Callable[[str], Pipeline]
"""What gives the rules for a source."""
