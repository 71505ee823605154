"""What `check` and `fix` have in common: options → settings, files → reports, reports → the screen."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.cli import complain
from cleaner.errors import InputError, UsageError, nearest
from cleaner.formats import FORMATS as READABLE
from cleaner.languages import lookup
from cleaner.model import FileReport, Report, Severity
from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look
from cleaner.run import STDIN, Settings, Task, expand, one_text, run

PROGRESS_FROM = 50


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how the report goes."""

    format: str = "full"
    file: str | None = None
    color: str = "auto"
    quiet: bool = False

    def __post_init__(self) -> None:
        check_choice("--output-format", self.format, FORMATS)
        check_choice("--color", self.color, ("auto", "always", "never"))


def check_choice(option: str, value: str, known: Iterable[str]) -> None:
    """Raises UsageError, naming the option and the nearest value, when `value` is not known."""
    if value not in known:
        hint = nearest(value, known) or f"one of {', '.join(known)}"
        raise UsageError(f"{option}: unknown value “{value}”", hint=hint)


def settings(
    *,
    config: str | None = None,
    isolated: bool = False,
    lang: str | None = None,
    source_lang: str | None = None,
    profile: str | None = None,
    select: tuple[str, ...] | None = None,
    ignore: tuple[str, ...] | None = None,
    extend_select: tuple[str, ...] | None = None,
    exclude: tuple[str, ...] | None = None,
    extend_exclude: tuple[str, ...] | None = None,
    respect_gitignore: bool | None = None,
    rule_tests: bool | None = None,
    fail_level: str | None = None,
) -> Settings:
    """The settings that options ask for. Raises UsageError for a language or level we do not know."""
    for option, tag in (("--lang", lang), ("--from", source_lang)):
        if tag is not None:
            try:
                lookup(tag)
            except UsageError as error:
                raise UsageError(f"{option}: {error.message}", hint=error.hint) from None
    if fail_level is not None:
        check_choice("--fail-level", fail_level, [level.value for level in Severity])
    if config is not None and not Path(config).is_file():
        raise UsageError(f"--config: no such file {config}")
    changes = {
        "lang": lang,
        "source_lang": source_lang,
        "profile": profile,
        "select": select,
        "extend_ignore": ignore,
        "extend_select": extend_select,
        "exclude": exclude,
        "extend_exclude": extend_exclude,
        "respect_gitignore": respect_gitignore,
        "rule_tests": rule_tests,
        "fail_level": Severity(fail_level) if fail_level else None,
    }
    return Settings(changes, Path(config) if config else None, isolated)


def process(
    paths: list[str], wanted: Settings, task: Task, stdin_name: str | None, *, force_exclude: bool = False
) -> tuple[Report, bytes | None]:
    """The report of all paths, and the new bytes of standard input when `-` was one of them."""
    if task.format is not None:
        check_choice("--format", task.format, READABLE)
    if STDIN in paths:
        if len(paths) > 1:
            raise UsageError("- reads standard input and cannot stand beside other paths")
        return _stdin(wanted, task, stdin_name)
    found = expand(paths, wanted, force_exclude=force_exclude)
    if not found:
        complain(f"no files to read in {', '.join(paths)}")
    reports = tuple(_with_progress(run(found, wanted, task), len(found)))
    for file in reports:
        if file.error:
            complain(f"{file.uri}:{'' if file.error[:1].isdigit() else ' '}{file.error}")
        if file.warning:
            complain(f"{file.uri}: {file.warning}")
    return Report(reports, wanted.rules()), None


def _stdin(wanted: Settings, task: Task, name: str | None) -> tuple[Report, bytes | None]:
    data = sys.stdin.buffer.read()
    shown = name or "<stdin>"
    path = Path(name or "stdin.txt")
    if name is None and task.format is None:
        task = Task(task.allowed, task.write, "plain", task.encoding)
    try:
        report, new = one_text(data, shown, wanted.pipeline(path), task)
    except InputError as error:
        complain(f"{shown}: {error}")
        return Report((FileReport(shown, error=str(error)),)), data
    if report.warning:
        complain(f"{shown}: {report.warning}")
    return Report((report,), wanted.rules()), new


def _with_progress(reports: Iterator[FileReport], total: int) -> Iterator[FileReport]:
    """The reports, with a bar on the terminal when there are many files."""
    if total < PROGRESS_FROM or not sys.stderr.isatty():
        yield from reports
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(reports, total=total)


def show(report: Report, output: Output, *, fixing: bool = False, stream: str = "stdout") -> None:
    """Print the report. Raises InputError when its file cannot be written."""
    if output.file is not None:
        look = Look(output.color == "always", fixing=fixing, root=str(Path.cwd()))
        _write(output.file, reporter(output.format)(report, look))
        return
    if output.quiet:
        return
    target = getattr(sys, stream)
    look = Look(coloured(output.color, target), width(target), fixing, str(Path.cwd()))
    target.write(reporter(output.format)(report, look))
    target.flush()


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, "utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror}") from None


def coloured(when: str, stream: object) -> bool:
    """Whether to colour: the option, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", lambda: False)())


def width(stream: object) -> int:
    """The columns of the terminal; 100 when it is none."""
    if getattr(stream, "isatty", lambda: False)():
        return max(40, min(shutil.get_terminal_size().columns, 160))
    return 100
