"""`cleaner verify`: what an edit changed that should not have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cleaner import files
from cleaner.cli import complain, options, session, streams
from cleaner.cli.outputs import Output, check_choice, check_targets, show, targets
from cleaner.errors import FormatError, InputError, MissingPathError, UsageError
from cleaner.formats import FORMATS as READABLE
from cleaner.formats import format_of
from cleaner.formats.decode import decode, is_binary
from cleaner.model import Document, FileReport, Finding, Invariant, Report, Safety, Severity
from cleaner.offsets import LineIndex, Span
from cleaner.pipeline import Pipeline
from cleaner.run import NO_NAME, STDIN, Settings, Task, exit_status, expand, opened
from cleaner.values import replace
from cleaner.verify.compare import Change, compare
from cleaner.verify.report import report as as_report
from cleaner.verify.report import rules

_PIPED = Path(NO_NAME)  # this very path, whatever others are called
KINDS = tuple(kind.value for kind in Invariant)
Before = Annotated[
    str, typer.Argument(metavar="BEFORE", help="The file or folder as it was; - reads standard input.")
]
After = Annotated[
    str, typer.Argument(metavar="AFTER", help="The same after somebody edited it; - reads standard input.")
]
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
    """Tell what an edit changed beyond what was wrong.

    Numbers, names, addresses, words and tags must stay, whoever made the edit: a person, a language
    model, another tool. Punctuation and spaces may change, and whatever cleaner finds wrong in BEFORE.
    Two folders are compared file by file.
    Exit code: 0 nothing changed beyond that, 1 something did, 2 wrong usage or settings, 3 a file
    could not be read.

    \b
    Examples:
      cleaner verify article.txt edited.txt --lang en --from ru
      cleaner verify old/ new/ --lang uk --allow letters,names
      cleaner verify a.srt b.srt --output-format json
      ask-a-model < article.txt | cleaner verify article.txt -
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
    pairs = list(_pairs(before, after, wanted))
    inputs = [Path("/dev/stdin") if path is _PIPED else path for pair in pairs for path in pair[:2]]
    check_targets(shown.targets, inputs)
    reports = tuple(_compared(pair, wanted, task, frozenset(allowed)) for pair in pairs)
    for file in reports:
        if file.error:
            complain(f"{file.uri}:{'' if file.error[:1].isdigit() else ' '}{file.error}")
    report = Report(reports, rules())
    show(report, shown)
    raise typer.Exit(exit_status(report, fail_level=Severity.INFO))


class _Pair(NamedTuple):
    """Two versions of a file; `trouble` is why they must not be read."""

    old: Path
    new: Path
    trouble: str = ""


def _pairs(before: str, after: str, wanted: Settings) -> Iterator[_Pair]:
    """The files to compare. Raises MissingPathError, and UsageError for a file and a folder."""
    if "" in (before, after):
        raise UsageError("an empty path names no file", hint=". is this folder")
    if before == after == STDIN:
        raise UsageError("standard input can be only one of the two versions", hint="name a file")
    old, new = (_PIPED if name == STDIN else Path(name) for name in (before, after))
    for path in (old, new):
        if path is not _PIPED and not path.exists():
            raise MissingPathError(f"{path}: no such file or folder")
    folders = [path for path in (old, new) if path is not _PIPED and path.is_dir()]
    if len(folders) == 1:
        raise UsageError("verify compares two files or two folders", hint="name the file in the folder")
    if not folders:
        yield _Pair(old, new)
        return
    names = dict.fromkeys(
        path.relative_to(folder) for folder in folders for path in expand([str(folder)], wanted)
    )
    if not names:
        complain(f"no files to read in {old}, {new}")
    for name in names:
        links = [folder / name for folder in folders if _is_linked(folder, name)]
        yield _Pair(old / name, new / name, f"{links[0]}: a link, which is not followed" if links else "")


def _is_linked(folder: Path, name: Path) -> bool:
    """Whether a file of a folder, or a folder in between, is a link; that may lead out of it."""
    return any((folder / part).is_symlink() for part in (name, *name.parents[:-1]))


def _compared(pair: _Pair, wanted: Settings, task: Task, allowed: frozenset[str]) -> FileReport:
    """What changed from one file to the other; a file that cannot be read is an error of the report."""
    old, new, trouble = pair
    if trouble:
        return _failed(InputError(trouble), new)
    if _PIPED not in (old, new) and not (old.exists() and new.exists()):
        return _alone(old, new, allowed)
    at = old
    try:
        was = _bytes(old)
        at = new
        now = _bytes(new)
        if was == now:
            return FileReport(str(new))
        at = old
        settings = new if old is _PIPED else old
        if task.format is None and old is _PIPED:
            task = replace(task, format=format_of(new.name) or "plain")
        before, known, cleaned = _read(old, was, wanted.pipeline(settings), task)
        at = new
        task = replace(task, format=before.format)
        after, _, _ = _read(new, now, wanted.pipeline(settings), task, look=False)
    except (InputError, UsageError) as error:
        return _failed(error, at)
    changes = [
        change for change in compare(before, after, known, cleaned) if change.kind.value not in allowed
    ]
    return as_report(before, after, changes)


def _failed(error: InputError | UsageError, path: Path) -> FileReport:
    return FileReport(str(path), error=str(error).removeprefix(f"{path}:").lstrip())


def _bytes(path: Path) -> bytes:
    return streams.read() if path is _PIPED else files.read(path)


def _read(
    path: Path, data: bytes, pipeline: Pipeline, task: Task, *, look: bool = True
) -> tuple[Document, tuple[Finding, ...], Document | None]:
    """A document, what is wrong in it with what would be written instead, and the whole of that.

    Raises InputError for a file that cannot be read.
    """
    if task.encoding is None and is_binary(data):
        raise InputError("a binary file")
    try:
        document = opened(data, str(path), pipeline, task)
        if not look:
            return document, (), None
        found = pipeline.find(document, suppressions=False).findings
        done = pipeline.clean(document, Safety.UNSAFE, suppressions=False) if found else None
    except FormatError as error:
        place = LineIndex(decode(data, task.encoding)[0]).position(error.offset)
        raise InputError(f"{place}: {error}") from None
    if done is None:
        return document, found, None
    return document, (*found, *done.applied), done.document


def _alone(old: Path, new: Path, allowed: frozenset[str]) -> FileReport:
    """The report of a file that only one of the folders has."""
    if Invariant.STRUCTURE.value in allowed:
        return FileReport(str(new))
    is_gone = old.exists()
    what, evidence = ("gone", f"{old} is there") if is_gone else ("new", f"there is no {old}")
    change = Change(Invariant.STRUCTURE, f"the file is {what}", Span(0, 0), Span(0, 0))
    empty = Document(str(new), "")
    found = as_report(empty, empty, [change])
    return replace(found, findings=tuple(replace(one, evidence=evidence) for one in found.findings))
