"""Paths → reports: the one module that reads and writes users' files.

A file that cannot be read becomes a report with an error and the run goes on; a rule or a setting
that cannot be used stops the run before anything is read.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner import config as configuration
from cleaner import files, formats, results, suppress
from cleaner.builtin import RULES
from cleaner.config import Config
from cleaner.discovery import Search, without_own
from cleaner.engine import renumbered
from cleaner.errors import FileProblems, FormatError, InputError, UsageError
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode, encode, is_binary
from cleaner.model import (
    Document,
    Encoding,
    FileReport,
    Finding,
    Report,
    RuleInfo,
    Safety,
    Severity,
    Silenced,
)
from cleaner.offsets import LineIndex, utf8
from cleaner.pipeline import Pipeline
from cleaner.results import Results
from cleaner.suppress.sidecar import Sidecar, for_file
from cleaner.values import dataclass, field, replace

if TYPE_CHECKING:
    from cleaner.journal import Journal

STDIN = "-"
NO_NAME = "<stdin>"
"""How standard input is called when nobody names it."""
_TABLES = (".parquet", ".arrow", ".arrows", ".feather", ".ipc")


@dataclass(slots=True)
class Settings:
    """Which settings hold for which file. `changes` come from the command line and win.

    `file` is a configuration file named by the user; without it the nearest one above each file is
    taken, unless the run is `isolated`.
    """

    changes: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None
    isolated: bool = False
    _pipelines: dict[object, Pipeline] = field(default_factory=dict)
    _bases: dict[Path, Config] = field(default_factory=dict)

    def config(self, path: Path) -> Config:
        """The settings of one file. Raises ConfigError, InputError."""
        config = self._base(path).for_path(str(path))
        return config.merged(lang=formats.language_of(path.name)).merged(**self.changes)

    def pipeline(self, path: Path) -> Pipeline:
        """The compiled rules for one file; files with the same settings share them."""
        base = self._bases.get(path.parent)
        if base is None:
            base = self._bases[path.parent] = self._base(path)
        key = (base.origin, base.matching(str(path)), formats.language_of(path.name))
        if key not in self._pipelines:
            self._pipelines[key] = Pipeline(self.config(path))
        return self._pipelines[key]

    def rule_folders(self, paths: Iterable[Path]) -> frozenset[tuple[Path, Path]]:
        """The folders of rules that the settings here and of some files name, each with that of the settings."""
        configs = (self._base(folder) for folder in {Path(), *(path.parent for path in paths)})
        return frozenset((folder, Path(one.root)) for one in configs for folder in one.rule_folders())

    def rules(self) -> dict[str, RuleInfo]:
        """What each rule that was on says of itself, for the reports that explain."""
        known = {
            rule.id: RuleInfo(rule.id, rule.title, rule.why, rule.severity, rule.tags)
            for pipeline in self._pipelines.values()
            for rule in pipeline.rules()
        }
        return known | {id: RuleInfo(id, rule.title, rule.why, rule.severity) for id, rule in RULES.items()}

    def fail_level(self) -> Severity:
        """The severity from which the whole run fails: of the command line, else of the settings here."""
        return self.config(Path("-")).fail_level

    def journals(self) -> bool:
        """Whether what is written is to be noted, as the settings here say."""
        return self.config(Path("-")).journal

    def _base(self, path: Path) -> Config:
        if self.isolated:
            return Config()
        found = self.file or configuration.discover(path)
        return configuration.load(found.resolve()) if found else Config()


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


def expand(paths: Iterable[str], settings: Settings, *, force_exclude: bool = False) -> list[Path]:
    """The texts of the paths that a user named, each once. Raises MissingPathError, ConfigError."""
    config = settings.config(Path("-"))
    if "" in (named := list(paths)):
        raise UsageError("an empty path names no file", hint=". is this folder")
    search = Search(
        lambda path: formats.format_of(path.name) is not None,
        exclude=(*config.exclude, *config.extend_exclude),
        root=Path(config.root),
        respect_ignore_files=config.respect_gitignore,
        force=force_exclude,
    )
    found = dict.fromkeys(search.files(map(Path, named)))
    return without_own(found, settings.rule_folders(found))


def run(paths: Iterable[Path], settings: Settings, task: Task) -> Iterator[FileReport]:
    """The report of each file, in the order of `paths`."""
    wanted = list(paths)
    tell_mistakes(wanted, task)
    known = Results() if task.remember else None
    try:
        for path in wanted:
            yield done(path, looked_at(path, settings, task, known), task, known)
    finally:
        if known:
            known.save()


def tell_mistakes(paths: Iterable[Path], task: Task) -> None:
    """Raise what is wrong with a side-car file before anything is repaired."""
    folders: set[Path] = set()
    for path in paths if task.suppressions else ():
        if path.parent not in folders or path.is_symlink():
            folders.add(path.parent)
            for_file(path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look at a file gives: its report, and its bytes as they were and are to be, if they change.

    `key` is the name of a report that is worth remembering.
    """

    report: FileReport
    old: bytes = b""
    new: bytes | None = None
    key: str = ""


def looked_at(path: Path, settings: Settings, task: Task, known: Results | None) -> Outcome:
    """Read one file and look at it; nothing is written. Raises mistakes of a person in rules and settings."""
    started = time.perf_counter()
    pipeline = settings.pipeline(path)
    try:
        if task.format is None and path.suffix.lower() in _TABLES:
            raise InputError("a table of rows", hint=f"cleaner corpus {path} OUT cleans it")
        data = files.read(path)
        if task.encoding is None and is_binary(data):
            return Outcome(FileReport(str(path), warning="skipped: a binary file"))
        key = _key(path, data, pipeline, task) if known is not None else ""
        found = _remembered(path, data, task, known, key) if known is not None and key else None
        if found is not None:
            return Outcome(_timed(found, started))
        report, new = one_text(data, str(path), pipeline, task)
    except FileProblems:
        raise  # mistakes of a person in a side-car file or a rule: the run stops
    except FormatError as error:
        place = LineIndex(decode(data, task.encoding)[0]).position(error.offset)
        return Outcome(FileReport(str(path), error=f"{place}: {error}"))
    except (InputError, UsageError) as error:
        return Outcome(FileReport(str(path), error=str(error).removeprefix(f"{path}: ")))
    except Exception as error:
        return Outcome(_our_mistake(path, error))
    is_new = task.write and new is not None and new != data
    return Outcome(_timed(report, started), data if is_new else b"", new if is_new else None, key)


def done(path: Path, outcome: Outcome, task: Task, known: Results | None) -> FileReport:
    """Write a file back when it is to change; its report."""
    if known is not None and outcome.key and _is_same_for_all(outcome.report, task):
        known.keep(outcome.key, outcome.report)
    if outcome.new is None:
        return outcome.report
    try:
        with (
            task.journal.noting(path, outcome.old, outcome.new) if task.journal else contextlib.nullcontext()
        ):
            files.replace(path, outcome.old, outcome.new)
    except InputError as error:
        return FileReport(str(path), error=str(error).removeprefix(f"{path}: "))
    except Exception as error:
        return _our_mistake(path, error)
    return outcome.report


def _our_mistake(path: Path, error: Exception) -> FileReport:
    """A mistake of ours stays with the file that showed it."""
    message = f"internal error, please report it: {type(error).__name__}: {error}; not written"
    return FileReport(str(path), error=message)


def _key(path: Path, data: bytes, pipeline: Pipeline, task: Task) -> str:
    """The name of what is found in a file; "" when it is not to be remembered."""
    format = task.format or formats.format_of(path.name)
    if format is None or (task.suppressions and for_file(path) is not None):
        return ""
    return results.key(str(path), data, format, pipeline, (task.encoding, task.suppressions))


def _remembered(path: Path, data: bytes, task: Task, known: Results, key: str) -> FileReport | None:
    """What is known of a file; None when nothing is, or when there is something to repair."""
    text, encoding = _decoded(data, str(path), task)[1:]
    found = known.recall(key, str(path), text)
    if found is None or not _is_same_for_all(found, task):
        return None
    return replace(found, encoding=encoding)


def _is_same_for_all(report: FileReport, task: Task) -> bool:
    """Whether a repair would leave all as it is, so that `check` and `fix` say the same."""
    fixes = (fix for one in report.findings for fix in (one.fix, *one.alternatives) if fix)
    return task.allowed is None or not any(task.allowed.allows(fix.safety) for fix in fixes)


def one_text(data: bytes, name: str, pipeline: Pipeline, task: Task) -> tuple[FileReport, bytes | None]:
    """The report of the bytes of one document, and its new bytes (None when nothing is to be written).

    Raises InputError when they are no text, UsageError when the format is not known.
    """
    document = opened(data, name, pipeline, task)
    text, encoding = document.text, document.encoding
    warning = _undecodable(text, encoding)
    sidecar = for_file(Path(name)) if task.suppressions and name != NO_NAME else None
    if task.allowed is None or encoding.undecodable:
        found = pipeline.find(document, sidecar, suppressions=task.suppressions)
        report = FileReport(
            name,
            renumbered(found.findings),
            before=text,
            after=text,
            suppressed=_numbered(found.findings, found.suppressed),
            encoding=encoding,
        )
        return _warned(report, warning, found.timeouts), None if task.allowed is None else data
    done = pipeline.clean(document, task.allowed, sidecar, suppressions=task.suppressions)
    report = FileReport(
        name,
        renumbered(done.findings),
        renumbered(done.applied),
        done.skipped,
        before=text,
        after=done.document.text,
        suppressed=_numbered(done.findings, done.suppressed),
        encoding=encoding,
    )
    return _warned(report, warning, done.timeouts), encode(done.document.text, encoding)


def opened(data: bytes, name: str, pipeline: Pipeline, task: Task) -> Document:
    """The document that bytes are. Raises what `one_text` raises."""
    format, text, encoding = _decoded(data, name, task)
    return pipeline.document(name, text, format=format, encoding=encoding)


def _decoded(data: bytes, name: str, task: Task) -> tuple[str, str, Encoding]:
    """The format of a file, its text, its encoding."""
    format = task.format or formats.format_of(name)
    if format is None:
        suffix = Path(name).suffix or name
        raise UsageError(f"no format for {suffix}", hint="--format plain reads it as plain text")
    return format, *decode(data, task.encoding or _declared(data, format))


def _numbered(findings: tuple[Finding, ...], suppressed: tuple[Silenced, ...]) -> tuple[Silenced, ...]:
    """What is suppressed, with fingerprints that no finding of the report has either."""
    if not suppressed:
        return ()
    every = renumbered((*findings, *(one.finding for one in suppressed)))
    named = every[len(findings) :]
    return tuple(replace(one, finding=f) for one, f in zip(suppressed, named, strict=True))


def review(reports: Iterable[FileReport], settings: Settings) -> Iterator[FileReport]:
    """What is to be said of the side-car files that hold for the files of a run."""
    groups: dict[str, tuple[Sidecar, list[FileReport]]] = {}
    for file in reports:
        sidecar = None if file.error or file.uri == NO_NAME else for_file(Path(file.uri))
        if sidecar:
            groups.setdefault(sidecar.name, (sidecar, []))[1].append(file)
    for sidecar, members in groups.values():
        used = frozenset(one.entry for file in members for one in file.suppressed if one.entry >= 0)
        policy = settings.pipeline(Path(sidecar.name)).policy
        paths = [file.uri for file in members]
        report = suppress.review(sidecar, paths, used, datetime.date.today(), policy)
        if report.findings:
            yield replace(report, findings=renumbered(report.findings))


def _declared(data: bytes, format: str) -> str | None:
    """The encoding that the file itself names, in the formats that can."""
    return (
        declared(data, html=format == "html") if format in ("html", "feed", "xliff", "tmx", "xml") else None
    )


def _undecodable(text: str, encoding: Encoding) -> str:
    if not encoding.undecodable:
        return ""
    count = len(encoding.undecodable)
    first = len(encoding.bom) + utf8(text, encoding.undecodable[0])
    what = f"byte {first}" if count == 1 else f"{count} bytes, the first is byte {first}"
    return f"not valid UTF-8: {what}; the file is checked and never written (declare --encoding)"


def _warned(report: FileReport, warning: str, timeouts: tuple[str, ...]) -> FileReport:
    parts = [warning, *(f"rule {id} took too long and was left out" for id in timeouts)]
    return replace(report, warning="; ".join(part for part in parts if part))


def _timed(report: FileReport, started: float) -> FileReport:
    return replace(report, seconds=time.perf_counter() - started)


def exit_status(report: Report, *, fail_level: Severity, changed_fails: bool = False) -> int:
    """0 nothing that matters, 1 findings remain, 3 a file could not be read or written."""
    if any(file.error for file in report.files):
        return 3
    if any(finding.severity.rank <= fail_level.rank for finding in report.findings):
        return 1
    return int(changed_fails and any(file.changed for file in report.files))
