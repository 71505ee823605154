"""What is asked of a file, and what a look at it gives, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cleaner.engine import renumbered
from cleaner.excerpts import excerpts
from cleaner.files import Edit
from cleaner.model import Encoding, FileReport, Finding, Safety, Silenced, Text
from cleaner.offsets import Span
from cleaner.pipeline import Looked, Mended
from cleaner.values import dataclass, replace

if TYPE_CHECKING:
    from cleaner.journal import Journal

LONG = 8192  # code points of a text of which reports keep excerpts


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with each file: only look (`allowed` None), or repair what is allowed.

    `write` false shows what would change. `format` reads every file as that format; `encoding` is
    the one that the user declares. Without `suppressions` nothing is suppressed. `journal` notes what
    is written. Without `remember` no result is taken from the cache, and none is kept.
    """

    allowed: Safety | None = None
    write: bool = True
    format: str | None = None
    encoding: str | None = None
    suppressions: bool = True
    journal: Journal | None = None
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look at a file gives: its report, and its bytes as they were and are to be, if they change.

    Of a file that is not held in memory there are the bytes that change, `edits`, and the SHA-256 of
    the whole as it was and is to be, `digests`. `key` is the name of a report that is worth remembering.
    """

    report: FileReport
    old: bytes = b""
    new: bytes | None = None
    edits: tuple[Edit, ...] = ()
    digests: tuple[str, str] = ("", "")
    key: str = ""


def report_of(
    name: str, found: Looked | Mended, before: Text, after: Text, encoding: Encoding, warning: str = ""
) -> FileReport:
    """The report of a file; `warning` is what is to be said of it as a whole."""
    warnings = [warning, *(f"rule {id} took too long and was left out" for id in found.timeouts)]
    return FileReport(
        name,
        renumbered(found.findings),
        renumbered(found.applied) if isinstance(found, Mended) else (),
        found.skipped if isinstance(found, Mended) else (),
        before=before,
        after=after,
        warning="; ".join(part for part in warnings if part),
        suppressed=_numbered(found.findings, found.suppressed),
        encoding=encoding,
    )


def shortened(report: FileReport) -> FileReport:
    """The same with excerpts in place of long texts, and without a text of which nothing is said.

    A run holds the reports of all its files, and processes send them to one another.
    """
    before, after = report.before, report.after
    if not (report.findings or report.applied or report.skipped or report.suppressed or before != after):
        return replace(report, before="", after="")
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) <= LONG:
        return report
    shown = excerpts(after, _hulls((*report.findings, *(one.finding for one in report.suppressed))))
    if before is after:
        return replace(report, before=shown, after=shown)
    return replace(report, before=excerpts(before, _hulls(report.applied)), after=shown)


def _hulls(findings: Iterable[Finding]) -> list[Span]:
    return [one.hull for one in findings]


def _numbered(findings: tuple[Finding, ...], suppressed: tuple[Silenced, ...]) -> tuple[Silenced, ...]:
    """What is suppressed, with fingerprints that no finding of the report has either."""
    if not suppressed:
        return ()
    every = renumbered((*findings, *(one.finding for one in suppressed)))
    named = every[len(findings) :]
    return tuple(replace(one, finding=f) for one, f in zip(suppressed, named, strict=True))


def is_same_for_all(report: FileReport, task: Task) -> bool:
    """Whether a repair would leave all as it is, so that `check` and `fix` say the same."""
    fixes = (fix for one in report.findings for fix in (one.fix, *one.alternatives) if fix)
    return task.allowed is None or not any(task.allowed.allows(fix.safety) for fix in fixes)


def undecodable_warning(count: int, first: int) -> str:
    """What is said of a file with `count` bytes that are no UTF-8, of which `first` is one; "" when it has none."""
    if not count:
        return ""
    what = f"byte {first}" if count == 1 else f"{count} bytes, the first is byte {first}"
    return f"not valid UTF-8: {what}; the file is checked and never written (declare --encoding)"
