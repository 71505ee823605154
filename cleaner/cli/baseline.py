"""`cleaner baseline`: adopt what is known, so that only new findings fail."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cleaner import baseline
from cleaner.baseline import FILE_NAME, Baseline
from cleaner.cli import options, session
from cleaner.errors import MissingPathError, UsageError
from cleaner.model import Report
from cleaner.run import Task

app = typer.Typer(
    help="Keep a list of known findings, so that only new ones fail.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

KNOWN = "Known findings"
File = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        rich_help_panel=KNOWN,
        help=f"Known findings, which do not fail; {FILE_NAME} here or above when not given.",
    ),
]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", rich_help_panel=KNOWN, help="Report what is known as well.")
]
FailOnStale = Annotated[
    bool,
    typer.Option(
        "--fail-on-stale", rich_help_panel=KNOWN, help="Exit with 1 when something known is no longer found."
    ),
]


@dataclass(frozen=True, slots=True)
class Judged:
    """A report without what is known, what to say of that, and how much of it is stale."""

    report: Report
    message: str = ""
    stale: int = 0


def judge(report: Report, file: str | None, *, off: bool = False, fail_on_stale: bool = False) -> Judged:
    """A report in the light of the baseline that is named or found, if there is one.

    What is stale is told only to those who ask for it: with other rules than those of `create`, or
    after a repair, much is.

    Raises MissingPathError when the named one is not there, ConfigError when it has mistakes.
    """
    path = None if off else _path(file)
    if path is None:
        return Judged(report)
    known = baseline.load(path)
    compared = baseline.compare(known, baseline.seen(report, path.parent, known))
    stale = sum(entry.count for entry in compared.stale) if fail_on_stale else 0
    parts = [baseline.summary(compared, datetime.date.today())]
    parts += [f"{stale:,} no longer found: run cleaner baseline prune"] if stale else []
    message = "; ".join(part for part in parts if part)
    return Judged(baseline.only_new(report, compared), message, stale)


@app.command()
def create(
    paths: options.Paths,
    file: File = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
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
    report = _look(paths, lang, source_lang, profile, config, isolated)
    new = baseline.create(baseline.seen(report, path.parent), datetime.date.today())
    baseline.save(path, new)
    _done(path, Baseline(), new, report)


@app.command()
def update(
    paths: options.Paths,
    file: File = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
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
    report = _look(paths, lang, source_lang, profile, config, isolated)
    new = baseline.update(old, baseline.seen(report, path.parent, old), datetime.date.today())
    baseline.save(path, new)
    _done(path, old, new, report)


@app.command()
def prune(
    paths: options.Paths,
    file: File = None,
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Strike out what is gone; add nothing.

    Exit code: as create.

    Example: cleaner baseline prune news/ --lang en --from ru
    """
    path = _required(file)
    old = baseline.load(path)
    report = _look(paths, lang, source_lang, profile, config, isolated)
    new = baseline.prune(old, baseline.seen(report, path.parent, old))
    baseline.save(path, new)
    _done(path, old, new, report)


@app.command()
def stats(
    file: File = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
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
        typer.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{found.total:,} known in {found.files:,} files (oldest {found.oldest:,} days)")
    typer.echo(", ".join(f"{count:,} {level}" for level, count in found.by_severity if count))
    for rule, count in found.by_rule:
        typer.echo(f"{count:7,}  {rule}")


def _look(
    paths: list[str],
    lang: str | None,
    source_lang: str | None,
    profile: str | None,
    config: str | None,
    isolated: bool,
) -> Report:
    wanted = session.settings(
        config=config, isolated=isolated, lang=lang, source_lang=source_lang, profile=profile
    )
    report, _ = session.process(paths, wanted, Task(), None)
    return report


def _path(file: str | None) -> Path | None:
    """The baseline that is named, or the nearest one. Raises MissingPathError for one that is not there."""
    if file is not None and not Path(file).is_file():
        raise MissingPathError(f"--baseline: no such file {file}")
    return Path(file) if file is not None else baseline.discover(Path.cwd())


def _required(file: str | None) -> Path:
    path = _path(file)
    if path is None:
        raise MissingPathError(f"there is no {FILE_NAME} here or above", hint="cleaner baseline create")
    return path


def _done(path: Path, old: Baseline, new: Baseline, report: Report) -> None:
    before, after = (sum(entry.count for entry in one.entries) for one in (old, new))
    typer.echo(f"{path}: {after:,} known ({after - before:+,}).")
    raise typer.Exit(3 if any(file.error for file in report.files) else 0)
