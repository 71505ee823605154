"""Where reports go: to the screen, to files, to several of them at once."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from cleaner import files
from cleaner.cli import streams
from cleaner.errors import InputError, UsageError, nearest
from cleaner.model import Report
from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look
from cleaner.values import dataclass

DEFAULT = "full"
FOR_PEOPLE = frozenset({"full", "concise", "grouped"})
ENVIRONMENT = "CLEANER_OUTPUT_FORMAT"
_OURS = {  # what a file of ours holds; no report replaces it
    "cleaner.yaml": "settings",
    "pyproject.toml": "settings",
    ".cleaner-ignore.yaml": "suppressions",
    ".cleaner-baseline.json": "what is known",
    ".cleaner-feeds.json": "what was seen",
    ".cleaner-feed-health.json": "what was seen",
}


@dataclass(frozen=True, slots=True)
class Target:
    """One report: its format, and its file, None for standard output. `option` is who asked for it."""

    format: str
    file: str | None = None
    option: str = "--output"


@dataclass(frozen=True, slots=True)
class Output:
    """All reports of a run, how they look on a screen, and what they say makes the safe repairs."""

    targets: tuple[Target, ...] = (Target(DEFAULT),)
    color: str = "auto"
    quiet: bool = False
    statistics: bool = False
    repairs: str = "cleaner fix"

    def __post_init__(self) -> None:
        check_choice("--color", self.color, ("auto", "always", "never"))


def check_choice(option: str, value: str, known: Iterable[str]) -> None:
    """Raises UsageError, naming the option and the nearest value, when `value` is not known."""
    if value not in known:
        hint = nearest(value, known) or f"one of {', '.join(known)}"
        raise UsageError(f"{option}: unknown value “{value}”", hint=hint)


def targets(specs: Sequence[str] | None, format: str | None, file: str | None) -> tuple[Target, ...]:
    """The reports that options ask for: `--output FORMAT[:FILE]`, or a format and a file.

    Raises UsageError for a format that we do not have, for two reports in one place, and for both
    ways of asking at once. The environment only speaks when no option does.

    >>> targets(["sarif:out.sarif", "full"], None, None)[1]
    Target(format='full', file=None, option='--output')
    >>> targets(None, "json", "out.json")
    (Target(format='json', file='out.json', option='--output-file'),)
    """
    if not specs:
        option = "--output-format" if format else ENVIRONMENT
        name = format or os.environ.get(ENVIRONMENT) or DEFAULT
        check_choice(option, name, FORMATS)
        return (Target(name, file, "--output-file"),)
    if format or file:
        other = "--output-file" if file else "--output-format"
        raise UsageError(f"{other} and --output say the same", hint="use --output FORMAT:FILE alone")
    found: list[Target] = []
    for spec in specs:
        name, colon, path = spec.partition(":")
        check_choice("--output", name, FORMATS)
        if colon and not path:
            raise UsageError(f"--output: “{spec}” names no file", hint=f"{name} alone prints the report")
        found.append(Target(name, path if path and path != "-" else None))
    places = [target.file and os.path.realpath(target.file) for target in found]
    for number, place in enumerate(places):
        if place in places[:number]:
            where = f"to {found[number].file}" if place else "to standard output"
            raise UsageError(f"--output: two reports go {where}")
    return tuple(found)


def check_targets(wanted: Iterable[Target], inputs: Iterable[Path]) -> None:
    """Look before anything is read whether every file can be a report.

    Raises UsageError for one of `inputs`, or a file of settings, that would be overwritten;
    InputError for a folder, or one in a folder that is not there.
    """
    paths = [(target, Path(target.file)) for target in wanted if target.file is not None]
    if not paths:
        return
    read = {identity for path in inputs if (identity := _identity(path))}
    for target, path in paths:
        if _identity(path) in read:
            raise UsageError(f"{target.option}: {path} is one of the files to read; it is not overwritten")
        if path.name in _OURS:
            raise UsageError(f"{target.option}: {path} would be overwritten; it holds {_OURS[path.name]}")
        if path.is_dir():
            raise InputError(f"{path}: cannot be written: it is a folder")
        if not path.parent.is_dir():
            raise InputError(f"{path}: cannot be written: there is no folder {path.parent}")


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is whatever it is called: links to it are the same. None for a device, a folder."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def show(report: Report, output: Output, *, fixing: bool = False, stream: TextIO | None = None) -> None:
    """Write every report: files first, so that they are there when the reader of the screen has left.

    With statistics the table stands in place of the findings where people read, and on standard
    error where a program does. Raises InputError when a file cannot be written.
    """
    root = str(Path.cwd())
    for target in output.targets:
        if target.file is not None:
            look = Look(output.color == "always", fixing=fixing, root=root, repairs=output.repairs)
            text = _text(report, target, look, output)
            files.put(Path(target.file), text.encode("utf-8", "backslashreplace"))
    if output.quiet:
        return
    for target in output.targets:
        if target.file is None:
            screen = stream or sys.stdout
            painted, wraps = coloured(output.color, screen), is_terminal(screen)
            look = Look(painted, width(screen), fixing, root, wraps, output.repairs)
            streams.write(_text(report, target, look, output), screen)
    if output.statistics and not any(target.format in FOR_PEOPLE for target in output.targets):
        from cleaner.reporters.statistics import statistics

        streams.write(statistics(report), sys.stderr)


def _text(report: Report, target: Target, look: Look, output: Output) -> str:
    if output.statistics and target.format in FOR_PEOPLE:
        from cleaner.reporters.base import summary
        from cleaner.reporters.statistics import statistics

        table = statistics(report)
        return (f"{table}\n" if table else "") + summary(report, look) + "\n"
    return reporter(target.format)(report, look)


def coloured(when: str, stream: object) -> bool:
    """Whether to colour: the option, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """Whether a person looks at a stream."""
    return bool(getattr(stream, "isatty", lambda: False)())


def width(stream: object) -> int:
    """The columns of the terminal; 100 when it is none."""
    if is_terminal(stream):
        return max(40, min(_columns(stream), 160))
    return 100


def _columns(stream: object) -> int:
    """The columns of the terminal behind a stream: COLUMNS says it, else the terminal; 80 if neither does.

    `shutil.get_terminal_size` would ask the stream that Python began with, and `streams` replaced that.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given[:6]):
        return int(given[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return 80
