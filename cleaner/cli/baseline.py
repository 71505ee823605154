"""`cleaner baseline`: adopt what is known, so that only new findings fail."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner import baseline
from cleaner.baseline import FILE_NAME, Baseline
from cleaner.cli import known, options, session, streams
from cleaner.cli.helping import Command
from cleaner.errors import MissingPathError, UsageError
from cleaner.model import Report
from cleaner.reporters.base import shown
from cleaner.reporters.jsontext import dump
from cleaner.run import Task

app = typer.Typer(
    help="Keep a list of known findings, so that only new ones fail.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(cls=Command)
def create(
    paths: options.Paths,
    file: options.Baseline = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    format: options.Format = None,
    encoding: options.Encoding = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Write down all that is found now.

    Exit code: 0 written, 2 wrong usage or settings, 3 a file could not be read.

    Example: cleaner baseline create news/ --lang en --from ru
    """
    path = Path(file or FILE_NAME)
    if path.exists():
        raise UsageError(f"{path}: is there already", hint="cleaner baseline update brings it up to date")
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
        extend_select=options.names(extend_select),
    )
    report, _ = session.process(paths, wanted, Task(format=format, encoding=encoding), None)
    new = baseline.create(baseline.seen(report, path.parent), datetime.date.today())
    baseline.save(path, new)
    _done(path, Baseline(), new, report)


@app.command(cls=Command)
def update(
    paths: options.Paths,
    file: options.Baseline = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    format: options.Format = None,
    encoding: options.Encoding = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Write down what is new as well, and strike out what is gone.

    What is known keeps the day on which it was first seen; files that are not named keep their
    entries. Exit code: as create.

    Example: cleaner baseline update news/ --lang en --from ru
    """
    path = _required(file)
    old = baseline.load(path)
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
        extend_select=options.names(extend_select),
    )
    report, _ = session.process(paths, wanted, Task(format=format, encoding=encoding), None)
    new = baseline.update(old, baseline.seen(report, path.parent, old), datetime.date.today())
    baseline.save(path, new)
    _done(path, old, new, report)


@app.command(cls=Command)
def prune(
    paths: options.Paths,
    file: options.Baseline = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    format: options.Format = None,
    encoding: options.Encoding = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Strike out what is gone; add nothing.

    Exit code: as create.

    Example: cleaner baseline prune news/ --lang en --from ru
    """
    path = _required(file)
    old = baseline.load(path)
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
        extend_select=options.names(extend_select),
    )
    report, _ = session.process(paths, wanted, Task(format=format, encoding=encoding), None)
    new = baseline.prune(old, baseline.seen(report, path.parent, old))
    baseline.save(path, new)
    _done(path, old, new, report)


@app.command(cls=Command)
def stats(
    file: options.Baseline = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """How much is known, since when, and of which rules."""
    found = baseline.stats(baseline.load(_required(file)), datetime.date.today())
    if as_json:
        body = {
            "total": found.total,
            "files": found.files,
            "oldest_days": found.oldest,
            "by_rule": dict(found.by_rule),
            "by_severity": dict(found.by_severity),
        }
        streams.write(dump(body, indent=2), sys.stdout)
        return
    streams.say(f"{found.total:,} known in {found.files:,} files (oldest {found.oldest:,} days)")
    streams.say(", ".join(f"{count:,} {level}" for level, count in found.by_severity if count))
    for rule, count in found.by_rule:
        streams.say(f"{count:7,}  {rule}")


def _required(file: str | None) -> Path:
    path = known.find(file)
    if path is None:
        raise MissingPathError(f"there is no {FILE_NAME} here or above", hint="cleaner baseline create")
    return path


def _done(path: Path, old: Baseline, new: Baseline, report: Report) -> None:
    before, after = (sum(entry.count for entry in one.entries) for one in (old, new))
    streams.say(f"{shown(str(path))}: {after:,} known ({after - before:+,}).")
    raise typer.Exit(3 if any(file.error for file in report.files) else 0)
