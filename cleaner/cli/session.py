"""What `check` and `fix` have in common: options → settings, files → reports, reports → the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.cli import complain, streams
from cleaner.cli.outputs import Output, Target, check_choice, check_targets, show
from cleaner.errors import InputError, UsageError, nearest
from cleaner.formats import FORMATS as READABLE
from cleaner.formats import is_table
from cleaner.languages import lookup
from cleaner.model import FileReport, Report, Severity
from cleaner.run import NO_NAME, STDIN, Settings, Task, expand, one_text, review, run
from cleaner.values import replace

__all__ = ["PROGRESS_FROM", "Output", "check_choice", "process", "settings", "show"]

PROGRESS_FROM = 50


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
    paths: list[str],
    wanted: Settings,
    task: Task,
    stdin_name: str | None,
    *,
    force_exclude: bool = False,
    targets: Sequence[Target] = (),
    jobs: int | None = None,
) -> tuple[Report, bytes | None]:
    """The report of all paths, and the new bytes of standard input when `-` was one of them.

    The files of `targets` are looked at before anything is read: none may be one of the paths.
    """
    if task.format is not None:
        check_choice("--format", task.format, READABLE)
    if task.encoding is not None:
        _check_encoding(task.encoding)
    if STDIN in paths:
        if len(paths) > 1:
            raise UsageError("- reads standard input and cannot stand beside other paths")
        check_targets(targets, [Path("/dev/stdin")])  # a file, when the shell was told < FILE
        return _stdin(wanted, task, stdin_name)
    found = expand(paths, wanted, force_exclude=force_exclude)
    check_targets(targets, found)
    if not found:
        complain(f"no files to read in {', '.join(paths)}")
    return look(found, wanted, task, jobs), None


def _check_encoding(name: str) -> None:
    """Raises UsageError, with the nearest name, when no file could be read so."""
    if message := _no_encoding(name):
        from encodings.aliases import aliases

        known = [one for one in {*aliases.values(), "windows_1251", "windows_1252"} if not _no_encoding(one)]
        hint = nearest(name.lower().replace("-", "_"), sorted(known)) or "as in windows-1251"
        raise UsageError(f"--encoding: {message}", hint=hint)


def _no_encoding(name: str) -> str:
    """Why nothing can be read in this encoding, "" when something can."""
    from cleaner.formats.decode import decode

    try:
        decode(b"", name)
    except InputError as error:
        return error.message
    return ""


def look(found: list[Path], wanted: Settings, task: Task, jobs: int | None = 1) -> Report:
    """The report of some files, what is wrong with them told, and with the side-car files above them.

    `jobs` processes look at them; None: as many as their size is worth.
    """
    reports = tuple(_with_progress(_run(found, wanted, task, jobs), len(found)))
    for file in reports:
        if file.error:
            complain(f"{file.uri}:{'' if file.error[:1].isdigit() else ' '}{file.error}")
        if file.warning:
            complain(f"{file.uri}: {file.warning}")
    if task.suppressions:
        reports += tuple(review(reports, wanted))
    return Report(reports, wanted.rules())


def _run(found: list[Path], wanted: Settings, task: Task, jobs: int | None) -> Iterator[FileReport]:
    # The reader of Parquet ends its process at some footers that were changed: it gets one of its own.
    may_die = any(is_table(path.name) for path in found)
    if (len(found) < 2 or jobs == 1) and not may_die:
        return run(found, wanted, task)
    from cleaner import parallel  # slow to import

    count = parallel.jobs_for(found, jobs)
    return (
        run(found, wanted, task) if count == 1 and not may_die else parallel.run(found, wanted, task, count)
    )


def _stdin(wanted: Settings, task: Task, name: str | None) -> tuple[Report, bytes | None]:
    data = streams.read()
    shown = name or NO_NAME
    path = Path(name or "stdin.txt")
    if name is None and task.format is None:
        task = replace(task, format="plain")
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
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Task as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second."""

        def render(self, task: Bar) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f} files/s" if speed else "")

    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(reports, total=total)


def names(values: list[str] | None) -> tuple[str, ...] | None:
    """Comma lists and repeats as one tuple; None when nothing was given.

    >>> names(["quotes,leftover", "mojibake"])
    ('quotes', 'leftover', 'mojibake')
    """
    if values is None:
        return None
    found = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    if values and not found:
        raise UsageError("an empty list of names", hint="leave the option out, or name something")
    return found
