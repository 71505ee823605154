"""`cleaner corpus`: rows by the million, into a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli import complain, options, session, streams
from cleaner.errors import MissingPathError, UsageError
from cleaner.formats import language_of
from cleaner.model import Safety
from cleaner.run import Settings as Choice

if TYPE_CHECKING:  # else what only this command needs would slow down the others
    from cleaner.corpus.runner import Engine

MIB = 1024 * 1024
ROWS = "Rows"
WORK = "Work"

Source = Annotated[
    str,
    typer.Argument(
        metavar="IN", help="A file or folder of .jsonl, .jsonl.gz, .jsonl.zst, .parquet or .arrow."
    ),
]
Out = Annotated[str, typer.Argument(metavar="OUT", help="A new folder, or that of a run to go on with.")]
TextColumn = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="NAME", rich_help_panel=ROWS, help="A column of text: text. Repeatable."
    ),
]
LangColumn = Annotated[
    str | None,
    typer.Option(
        "--lang-column", metavar="NAME", rich_help_panel=ROWS, help="Holds the language of each row."
    ),
]
FromColumn = Annotated[
    str | None,
    typer.Option(
        "--from-column",
        metavar="NAME",
        rich_help_panel=ROWS,
        help="Holds the language it was translated from.",
    ),
]
OriginalColumn = Annotated[
    str | None,
    typer.Option(
        "--original-column",
        metavar="NAME",
        rich_help_panel=ROWS,
        help="Holds the text it was translated from.",
    ),
]
FindingsColumn = Annotated[
    str,
    typer.Option(
        "--findings-column", metavar="NAME", rich_help_panel=ROWS, help="What it is called in tables."
    ),
]
MaxRow = Annotated[
    int,
    typer.Option(
        "--max-row", metavar="MIB", min=1, rich_help_panel=ROWS, help="Reject rows that are larger."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, rich_help_panel=WORK, help="Processes; one a core."),
]
PartSize = Annotated[
    int,
    typer.Option("--part-size", metavar="MIB", min=1, rich_help_panel=WORK, help="Size of a part."),
]
EngineName = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", rich_help_panel=WORK, help="local, or spark for a cluster."),
]


def corpus(
    source: Source,
    out: Out,
    column: TextColumn = None,
    lang_column: LangColumn = None,
    from_column: FromColumn = None,
    original_column: OriginalColumn = None,
    findings_column: FindingsColumn = "findings",
    max_row: MaxRow = 4,
    unsafe_fixes: options.UnsafeFixes = False,
    jobs: Jobs = None,
    part_size: PartSize = 8,
    engine: EngineName = "local",
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    exclude: options.Exclude = None,
    extend_exclude: options.ExtendExclude = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    rule_tests: options.RuleTests = None,
    quiet: options.Quiet = False,
    exit_zero: options.ExitZero = False,
    fail_level: options.FailLevel = None,
) -> None:
    """Clean rows of JSON Lines, Parquet or Arrow into a folder.

    It goes on where an earlier run stopped.

    Exit code: 0 nothing remains, 1 findings remain or rows were rejected, 2 wrong usage or
    settings, 3 a file or a part could not be done.

    Example: cleaner corpus news/ cleaned/ --column text --lang-column lang --jobs 8
    """
    from cleaner.cli.corpus_show import progress, summary
    from cleaner.corpus.runner import run
    from cleaner.corpus.settings import Columns, Settings

    session.check_choice("--engine", engine, ("local", "spark"))
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
        extend_select=options.names(extend_select),
        exclude=options.names(exclude),
        extend_exclude=options.names(extend_exclude),
        rule_tests=rule_tests,
        fail_level=fail_level,
    )
    columns = Columns(tuple(column or ["text"]), lang_column, from_column, original_column, findings_column)
    allowed = Safety.UNSAFE if unsafe_fixes else Safety.SAFE
    if not source or not out:
        raise UsageError("an empty path names no file")
    if not Path(source).exists():
        raise MissingPathError(f"{source}: no such file or folder")
    started = time.monotonic()
    with progress(quiet) as shown:
        result = run(
            Path(source),
            Path(out),
            Settings(columns, allowed=allowed, max_row=max_row * MIB),
            config_of=lambda path: _config(wanted, path),
            jobs=jobs,
            part_size=part_size * MIB,
            engine=_engine(engine),
            progress=shown,
        )
    for name, error in result.errors.items():
        complain(f"{name}: {error}")
    if not result.is_complete:
        complain("given up. What is finished is kept: the same command goes on from there")
    if not quiet:
        streams.say(*summary(result, time.monotonic() - started))
    if result.errors:
        raise typer.Exit(3)
    raise typer.Exit(0 if exit_zero else int(result.counts.fails(wanted.fail_level())))


def _config(wanted: Choice, path: Path) -> Any:
    """The settings of one file; news.en.jsonl.gz says its language as news.en.jsonl does."""
    from cleaner.corpus.plan import COMPRESSED

    config = wanted.config(path)
    if path.suffix.lower() in COMPRESSED and wanted.changes.get("lang") is None:
        return config.merged(lang=language_of(path.stem))
    return config


def _engine(name: str) -> Engine:
    if name == "spark":
        from cleaner.spark import outcomes
    else:
        from cleaner.corpus.pool import outcomes
    return outcomes
