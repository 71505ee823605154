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
from typing import Any

from cleaner import config as configuration
from cleaner import files, formats, results, suppress
from cleaner.builtin import RULES
from cleaner.config import Config
from cleaner.discovery import Search, without_own
from cleaner.engine import renumbered
from cleaner.errors import FileProblems, FormatError, InputError, UsageError, unexpected
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode, encode, is_binary
from cleaner.model import Document, Encoding, FileReport, Report, RuleInfo, Safety, Severity
from cleaner.offsets import LineIndex, utf8
from cleaner.outcome import Outcome, Task, is_same_for_all, report_of, shortened, undecodable_warning
from cleaner.pipeline import Looked, Mended, Pipeline
from cleaner.results import Results
from cleaner.suppress.sidecar import Sidecar, for_file
from cleaner.values import dataclass, field, replace

__all__ = ["Outcome", "Settings", "Task"]

STDIN = "-"
NO_NAME = "<stdin>"
"""How standard input is called when nobody names it."""


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
        folder = path.parent
        base = self._bases.get(folder)
        if base is None:
            base = self._bases[folder] = self._base(path)
        matching = base.matching(str(path)) if base.per_path else ()
        key = (base.origin, matching, formats.language_of(path.name))
        pipeline = self._pipelines.get(key)
        if pipeline is None:
            pipeline = self._pipelines[key] = Pipeline(self.config(path))
        return pipeline

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


def expand(paths: Iterable[str], settings: Settings, *, force_exclude: bool = False) -> list[Path]:
    """The texts of the paths that a user named, each once. Raises MissingPathError, ConfigError."""
    config = settings.config(Path("-"))
    if "" in (named := list(paths)):
        raise UsageError("an empty path names no file", hint=". is this folder")
    search = Search(
        lambda name: formats.format_of(name) is not None,
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
    for path in paths if task.suppressions else ():
        for_file(path)


def looked_at(path: Path, settings: Settings, task: Task, known: Results | None) -> Outcome:
    """Read one file and look at it; nothing is written. Raises mistakes of a person in rules and settings."""
    started = time.perf_counter()
    pipeline = settings.pipeline(path)
    text = ""
    try:
        if task.format is None and formats.is_table(path.name):
            from cleaner import columnar  # few runs meet such a file, and pyarrow is large

            return _timed_outcome(columnar.looked_at(path, pipeline, task), started)
        outcome = _streamed(path, pipeline, task, known)
        if outcome is not None:
            return _timed_outcome(outcome, started)
        data = files.read(path)
        if task.encoding is None and is_binary(data):
            return Outcome(FileReport(str(path), warning="skipped: a binary file"))
        key = _key(path, data, pipeline, task) if known is not None else ""
        found = _remembered(path, data, task, known, key) if known is not None and key else None
        if found is not None:
            return Outcome(shortened(_timed(found, started)))
        format, text, encoding = _decoded(data, str(path), task)
        if task.allowed is None:
            data = b""  # they are as large as the text, and a check needs them no more
        report, after = _looked(Document(str(path), text, format, encoding=encoding), pipeline, task)
        new = None if after is None else encode(after, encoding)
    except FileProblems:
        raise  # mistakes of a person in a side-car file or a rule: the run stops
    except FormatError as error:
        place = LineIndex(text).position(error.offset)
        return Outcome(FileReport(str(path), error=f"{place}: {error}"))
    except (InputError, UsageError) as error:
        return Outcome(FileReport(str(path), error=str(error).removeprefix(f"{path}: ")))
    except Exception as error:
        return Outcome(_our_mistake(path, error))
    is_new = task.write and new is not None and new != data
    if task.write or not report.changed:  # else the difference is to be shown
        report = shortened(report)
    return Outcome(_timed(report, started), data if is_new else b"", new if is_new else None, key=key)


def _streamed(path: Path, pipeline: Pipeline, task: Task, known: Results | None) -> Outcome | None:
    """The outcome of a file that is too large to be held; None when it is to be read whole."""
    if (task.format or formats.format_of(path.name)) != "jsonl":
        return None
    from cleaner import streaming  # few runs meet such a file

    return streaming.looked_at(path, pipeline, task, known) if streaming.is_streamed(path, task) else None


def done(path: Path, outcome: Outcome, task: Task, known: Results | None) -> FileReport:
    """Write a file back when it is to change; its report."""
    if known is not None and outcome.key and is_same_for_all(outcome.report, task):
        known.keep(outcome.key, outcome.report)
    if outcome.new is None and not outcome.edits:
        return outcome.report
    journal, old, new = task.journal, outcome.old, outcome.new
    try:
        if new is not None:
            with journal.noting(path, old, new) if journal else contextlib.nullcontext():
                files.replace(path, old, new)
        else:
            edits, digests = outcome.edits, outcome.digests
            with journal.noting_edits(path, digests, edits) if journal else contextlib.nullcontext():
                files.rewrite(path, digests[0], edits)
    except InputError as error:
        return FileReport(str(path), error=str(error).removeprefix(f"{path}: "))
    except Exception as error:
        return _our_mistake(path, error)
    return outcome.report


def _our_mistake(path: Path, error: Exception) -> FileReport:
    """A mistake of ours stays with the file that showed it."""
    return FileReport(str(path), error=f"{unexpected(error)}; not written")


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
    if found is None or not is_same_for_all(found, task):
        return None
    return replace(found, encoding=encoding)


def one_text(data: bytes, name: str, pipeline: Pipeline, task: Task) -> tuple[FileReport, bytes | None]:
    """The report of the bytes of one document, and its new bytes (None when nothing is to be written).

    Raises InputError when they are no text, UsageError when the format is not known.
    """
    format, text, encoding = _decoded(data, name, task)
    report, after = _looked(Document(name, text, format, encoding=encoding), pipeline, task)
    return report, None if after is None else encode(after, encoding)


def _looked(document: Document, pipeline: Pipeline, task: Task) -> tuple[FileReport, str | None]:
    """The report of a document, and its new text (None when nothing is to be written)."""
    name, text, encoding = document.uri, document.text, document.encoding
    sidecar = for_file(Path(name)) if task.suppressions and name != NO_NAME else None
    allowed = None if encoding.undecodable else task.allowed
    found = _found(pipeline.unsplit(document), pipeline, allowed, sidecar, task)
    after = found.document.text if isinstance(found, Mended) else text
    places = encoding.undecodable
    first = len(encoding.bom) + utf8(text, places[0]) if places else 0
    report = report_of(name, found, text, after, encoding, undecodable_warning(len(places), first))
    return report, None if task.allowed is None else after


def _found(
    document: Document, pipeline: Pipeline, allowed: Safety | None, sidecar: Sidecar | None, task: Task
) -> Looked | Mended:
    """What a look at a document gives, part by part where it has many."""
    is_silent = document.format != "jsonl" and task.suppressions and suppress.speaks(document)
    parts = None if is_silent else formats.parts(document)
    if parts is not None:  # comments may hold for what stands elsewhere
        from cleaner.partwise import Partwise

        look = Partwise(pipeline, allowed, sidecar, suppressions=task.suppressions)
        texts = [look.look(part).document.text for part in parts]
        return look.all(replace(document, text="".join(texts)))
    document = formats.split(document)
    if allowed is None:
        return pipeline.find(document, sidecar, suppressions=task.suppressions)
    return pipeline.clean(document, allowed, sidecar, suppressions=task.suppressions)


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


def review(reports: Iterable[FileReport], settings: Settings) -> Iterator[FileReport]:
    """What is to be said of the side-car files that hold for the files of a run."""
    groups: dict[str, tuple[Sidecar, list[FileReport]]] = {}
    for file in reports:
        sidecar = None if file.error or file.uri == NO_NAME else for_file(file.uri)
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


def _timed_outcome(outcome: Outcome, started: float) -> Outcome:
    return replace(outcome, report=_timed(outcome.report, started))


def _timed(report: FileReport, started: float) -> FileReport:
    return replace(report, seconds=time.perf_counter() - started)


def exit_status(report: Report, *, fail_level: Severity, changed_fails: bool = False) -> int:
    """0 nothing that matters, 1 findings remain, 3 a file could not be read or written."""
    if any(file.error for file in report.files):
        return 3
    if any(finding.severity.rank <= fail_level.rank for finding in report.findings):
        return 1
    return int(changed_fails and any(file.changed for file in report.files))
