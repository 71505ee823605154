"""Paths → reports: the one module that reads and writes users' files.

A file that cannot be read becomes a report with an error and the run goes on; a rule or a setting
that cannot be used stops the run before anything is read.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner import config as configuration
from cleaner import files, formats
from cleaner.config import Config
from cleaner.discovery import Search
from cleaner.engine import renumbered
from cleaner.errors import FormatError, InputError, UsageError
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode, encode, is_binary
from cleaner.model import Encoding, FileReport, Report, RuleInfo, Safety, Severity
from cleaner.offsets import LineIndex, utf8
from cleaner.pipeline import Pipeline

STDIN = "-"


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

    def config(self, path: Path) -> Config:
        """The settings of one file. Raises ConfigError, InputError."""
        config = self._base(path).for_path(str(path))
        return config.merged(lang=formats.language_of(path.name)).merged(**self.changes)

    def pipeline(self, path: Path) -> Pipeline:
        """The compiled rules for one file; files with the same settings share them."""
        base = self._base(path)
        key = (base.origin, base.matching(str(path)), formats.language_of(path.name))
        if key not in self._pipelines:
            self._pipelines[key] = Pipeline(self.config(path))
        return self._pipelines[key]

    def rules(self) -> dict[str, RuleInfo]:
        """What each rule that was on says of itself, for the reports that explain."""
        return {
            rule.id: RuleInfo(rule.id, rule.title, rule.why, rule.severity, rule.tags)
            for pipeline in self._pipelines.values()
            for rule in pipeline.rules()
        }

    def fail_level(self) -> Severity:
        """The severity from which the whole run fails: of the command line, else of the settings here."""
        return self.config(Path("-")).fail_level

    def _base(self, path: Path) -> Config:
        if self.isolated:
            return Config()
        found = self.file or configuration.discover(path)
        return configuration.load(found.resolve()) if found else Config()


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with each file: only look (`allowed` None), or repair what is allowed.

    `write` false shows what would change. `format` reads every file as that format; `encoding` is
    the one that the user declares.
    """

    allowed: Safety | None = None
    write: bool = True
    format: str | None = None
    encoding: str | None = None


def expand(paths: Iterable[str], settings: Settings, *, force_exclude: bool = False) -> list[Path]:
    """The files of the paths that a user named, each once. Raises MissingPathError."""
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
    return list(dict.fromkeys(search.files(map(Path, named))))


def run(paths: Iterable[Path], settings: Settings, task: Task) -> Iterator[FileReport]:
    """The report of each file, in the order of `paths`."""
    for path in paths:
        yield one_file(path, settings, task)


def one_file(path: Path, settings: Settings, task: Task) -> FileReport:
    """Read one file, look at it, write it back when it changed and that is wanted."""
    started = time.perf_counter()
    pipeline = settings.pipeline(path)
    try:
        data = files.read(path)
        if task.encoding is None and is_binary(data):
            return FileReport(str(path), warning="skipped: a binary file")
        report, new = one_text(data, str(path), pipeline, task)
        if task.write and new is not None and new != data:
            files.replace(path, data, new)
    except FormatError as error:
        place = LineIndex(decode(data, task.encoding)[0]).position(error.offset)
        return FileReport(str(path), error=f"{place}: {error}")
    except (InputError, UsageError) as error:
        return FileReport(str(path), error=str(error).removeprefix(f"{path}: "))
    except Exception as error:  # a mistake of ours stays with the file that showed it
        message = f"internal error, please report it: {type(error).__name__}: {error}; not written"
        return FileReport(str(path), error=message)
    return _timed(report, started)


def one_text(data: bytes, name: str, pipeline: Pipeline, task: Task) -> tuple[FileReport, bytes | None]:
    """The report of the bytes of one document, and its new bytes (None when nothing is to be written).

    Raises InputError when they are no text, UsageError when the format is not known.
    """
    format = task.format or formats.format_of(name)
    if format is None:
        suffix = Path(name).suffix or name
        raise UsageError(f"no format for {suffix}", hint="--format plain reads it as plain text")
    text, encoding = decode(data, task.encoding or _declared(data, format))
    document = pipeline.document(name, text, format=format, encoding=encoding)
    warning = _undecodable(text, encoding)
    if task.allowed is None or encoding.undecodable:
        found = pipeline.find(document)
        report = FileReport(name, renumbered(found.findings), before=text, after=text)
        return _warned(report, warning, found.timeouts), None if task.allowed is None else data
    done = pipeline.clean(document, task.allowed)
    report = FileReport(
        name,
        renumbered(done.findings),
        renumbered(done.applied),
        done.skipped,
        before=text,
        after=done.document.text,
    )
    return _warned(report, warning, done.timeouts), encode(done.document.text, encoding)


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
    return dataclasses.replace(report, warning="; ".join(part for part in parts if part))


def _timed(report: FileReport, started: float) -> FileReport:
    return dataclasses.replace(report, seconds=time.perf_counter() - started)


def exit_status(report: Report, *, fail_level: Severity, changed_fails: bool = False) -> int:
    """0 nothing that matters, 1 findings remain, 3 a file could not be read or written."""
    if any(file.error for file in report.files):
        return 3
    if any(finding.severity.rank <= fail_level.rank for finding in report.findings):
        return 1
    return int(changed_fails and any(file.changed for file in report.files))
