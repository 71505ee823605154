"""`cleaner verify`: what an edit changed that should not have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleaner import files
from cleaner.cli import complain, options, session
from cleaner.cli.outputs import Output, check_choice, check_targets, show, targets
from cleaner.errors import FormatError, InputError, MissingPathError, UsageError
from cleaner.formats import FORMATS as READABLE
from cleaner.formats.decode import decode, is_binary
from cleaner.model import Document, FileReport, Finding, Invariant, Report, Safety, Severity
from cleaner.offsets import LineIndex, Span
from cleaner.run import Settings, Task, exit_status, expand, opened
from cleaner.values import replace
from cleaner.verify.compare import Change, compare
from cleaner.verify.report import report as as_report
from cleaner.verify.report import rules

KINDS = tuple(kind.value for kind in Invariant)
Before = Annotated[str, typer.Argument(metavar="BEFORE", help="The file or folder as it was.")]
After = Annotated[str, typer.Argument(metavar="AFTER", help="The same after somebody edited it.")]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="KINDS",
        rich_help_panel=options.CHOOSE,
        help=f"What may change (comma list or repeated): {', '.join(KINDS)}.",
    ),
]


def verify(
    before: Before,
    after: After,
    lang: options.Lang = None,
    source_lang: options.From = None,
    format: options.Format = None,
    encoding: options.Encoding = None,
    allow: Allow = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    output: options.Outputs = None,
    output_format: options.OutputFormat = None,
    output_file: options.OutputFile = None,
    color: options.Color = "auto",
    statistics: options.Statistics = False,
    quiet: options.Quiet = False,
) -> None:
    """Tell what an edit changed beyond what was wrong: numbers, names, addresses, words, tags.

    Whoever made it: a person, a language model, another tool. Punctuation and spaces may change, and
    whatever cleaner finds wrong in BEFORE. Two folders are compared file by file.
    Exit code: 0 nothing changed beyond that, 1 something did, 2 wrong usage or settings, 3 a file
    could not be read.

    \b
    Examples:
      cleaner verify article.txt edited.txt --lang en --from ru
      cleaner verify old/ new/ --lang uk --allow letters,names
      cleaner verify a.srt b.srt --output-format json
    """
    shown = Output(targets(output, output_format, output_file), color, quiet, statistics)
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
    )
    allowed = options.names(allow) or ()
    for kind in allowed:
        check_choice("--allow", kind, KINDS)
    if format is not None:
        check_choice("--format", format, READABLE)
    task = Task(format=format, encoding=encoding, suppressions=False)
    pairs = list(_pairs(Path(before), Path(after), wanted))
    check_targets(shown.targets, [path for pair in pairs for path in pair])
    reports = tuple(_compared(old, new, wanted, task, frozenset(allowed)) for old, new in pairs)
    for file in reports:
        if file.error:
            complain(f"{file.uri}:{'' if file.error[:1].isdigit() else ' '}{file.error}")
    report = Report(reports, rules())
    show(report, shown)
    raise typer.Exit(exit_status(report, fail_level=Severity.INFO))


def _pairs(before: Path, after: Path, wanted: Settings) -> Iterator[tuple[Path, Path]]:
    """The files to compare. Raises MissingPathError, and UsageError for a file and a folder."""
    for path in (before, after):
        if not path.exists():
            raise MissingPathError(f"{path}: no such file or folder")
    if before.is_dir() != after.is_dir():
        raise UsageError("verify compares two files or two folders", hint="name the file in the folder")
    if not before.is_dir():
        yield before, after
        return
    names = dict.fromkeys(
        path.relative_to(folder) for folder in (before, after) for path in expand([str(folder)], wanted)
    )
    if not names:
        complain(f"no files to read in {before}, {after}")
    for name in names:
        yield before / name, after / name


def _compared(old: Path, new: Path, wanted: Settings, task: Task, allowed: frozenset[str]) -> FileReport:
    """What changed from one file to the other; a file that cannot be read is an error of the report."""
    for path, other, what in ((old, new, "new"), (new, old, "gone")):
        if not path.exists():
            return _alone(other, new, what, allowed)
    try:
        before, known, cleaned = _read(old, wanted, task)
        after, _, _ = _read(new, wanted, replace(task, format=before.format), look=False)
    except (InputError, UsageError) as error:
        path = next((path for path in (old, new) if str(error).startswith(f"{path}:")), new)
        return FileReport(str(path), error=str(error).removeprefix(f"{path}:").lstrip())
    changes = [
        change for change in compare(before, after, known, cleaned) if change.kind.value not in allowed
    ]
    return as_report(before, after, changes)


def _read(
    path: Path, wanted: Settings, task: Task, *, look: bool = True
) -> tuple[Document, tuple[Finding, ...], Document | None]:
    """A document, what is wrong in it with what would be written instead, and the whole of that.

    Raises InputError, with the path, for a file that cannot be read.
    """
    data = files.read(path)
    if task.encoding is None and is_binary(data):
        raise InputError(f"{path}: a binary file")
    pipeline = wanted.pipeline(path)
    try:
        document = opened(data, str(path), pipeline, task)
        if not look:
            return document, (), None
        found = pipeline.find(document, suppressions=False).findings
        done = pipeline.clean(document, Safety.UNSAFE, suppressions=False) if found else None
    except FormatError as error:
        place = LineIndex(decode(data, task.encoding)[0]).position(error.offset)
        raise InputError(f"{path}:{place}: {error}") from None
    except InputError as error:
        raise InputError(f"{path}: {str(error).removeprefix(f'{path}: ')}") from None
    if done is None:
        return document, found, None
    return document, (*found, *done.applied), done.document


def _alone(there: Path, new: Path, what: str, allowed: frozenset[str]) -> FileReport:
    """The report of a file that only one of the folders has."""

    empty = Document(str(there), "")
    change = Change(Invariant.STRUCTURE, f"the file is {what}", Span(0, 0), Span(0, 0))
    changes = [] if Invariant.STRUCTURE.value in allowed else [change]
    return replace(as_report(empty, empty, changes), uri=str(new))
