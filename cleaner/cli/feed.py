"""`cleaner feed`: feeds from the web or from files, one look or many."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cleaner import __version__
from cleaner.cli import complain, options, session, streams
from cleaner.cli.helping import Command
from cleaner.cli.outputs import Output, check_targets, show, targets
from cleaner.errors import UsageError
from cleaner.feeds import health as healths
from cleaner.feeds import visit
from cleaner.feeds.choice import Rules
from cleaner.feeds.fetch import Limits
from cleaner.feeds.memory import Round, opened
from cleaner.feeds.state import HEALTH_FILE, NEW_FILE
from cleaner.feeds.survey import Survey
from cleaner.model import Report, Safety
from cleaner.reporters.jsontext import dump
from cleaner.run import exit_status


class _CheckByDefault(TyperGroup):
    """`cleaner feed URL` is `cleaner feed check URL`: whatever is no command is for `check`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["check", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_CheckByDefault,
    help="""Check feeds: RSS, Atom, JSON Feed.

    cleaner feed URL is short for cleaner feed check URL, whose --help has the options.

    \b
    Examples:
      cleaner feed https://example.org/news.rss --lang en --from ru
      cleaner feed --new https://example.org/news.rss      only what was not there before
      cleaner feed health https://example.org/news.rss     how sound it is, over time
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)

FETCH = "Fetch"
REMEMBER = "Remember"
Sources = Annotated[
    list[str], typer.Argument(metavar="URL|FILE…", help="Addresses (http, https) or files of feeds.")
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", rich_help_panel=FETCH, help="Also from addresses that are not public."),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.1, rich_help_panel=FETCH, help="For one feed, in all."
    ),
]
MaxSize = Annotated[
    int,
    typer.Option("--max-size", metavar="BYTES", min=1, rich_help_panel=FETCH, help="Of one feed, unpacked."),
]
AtOnce = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, rich_help_panel=FETCH, help="Feeds at once.")
]
Pause = Annotated[
    float,
    typer.Option(
        "--pause", metavar="SECONDS", min=0, rich_help_panel=FETCH, help="Between two requests to one host."
    ),
]
New = Annotated[
    bool, typer.Option("--new", rich_help_panel=REMEMBER, help="Report only items not seen before.")
]
State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="FILE",
        rich_help_panel=REMEMBER,
        help="Where items are remembered (.cleaner-feeds.json with --new, .cleaner-feed-health.json for health).",
    ),
]
Write = Annotated[
    str | None,
    typer.Option("--write", metavar="DIR", rich_help_panel="Repair", help="Save the cleaned feeds there."),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes/--no-unsafe-fixes",
        rich_help_panel="Repair",
        help="Also make repairs that need eyes; with --write.",
    ),
]
FailUnder = Annotated[
    float | None,
    typer.Option("--fail-under", metavar="SCORE", help="Exit with 1 when a feed scores less."),
]


@app.command(cls=Command)
def check(
    sources: Sources,
    new: New = False,
    state: State = None,
    write: Write = None,
    unsafe_fixes: UnsafeFixes = False,
    allow_private: AllowPrivate = False,
    timeout: Seconds = 30.0,
    max_size: MaxSize = 16 * 1024 * 1024,
    concurrency: AtOnce = 8,
    pause: Pause = 1.0,
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    rule_tests: options.RuleTests = None,
    output: options.Outputs = None,
    output_format: options.OutputFormat = None,
    output_file: options.OutputFile = None,
    color: options.Color = "auto",
    statistics: options.Statistics = False,
    quiet: options.Quiet = False,
    exit_zero: options.ExitZero = False,
    fail_level: options.FailLevel = None,
) -> None:
    """Look at feeds and report what is wrong in their items.

    Exit code: 0 nothing found, 1 findings, 2 wrong usage or settings, 3 a feed could not be fetched,
    read or saved (the others are reported all the same).

    \b
    Examples:
      cleaner feed https://example.org/news.rss --lang en --from ru
      cleaner feed --new https://example.org/news.rss https://example.com/atom --output json
      cleaner feed https://example.org/news.rss --write public/
    """
    if unsafe_fixes and write is None:
        raise UsageError("--unsafe-fixes repairs nothing without --write DIR")
    shown = Output(targets(output, output_format, output_file), color, quiet, statistics, "--write DIR")
    names = visit.named(sources)
    path = Path(state or NEW_FILE) if new or state is not None else None
    check_targets(shown.targets, [Path(name) for name in names if not visit.is_url(name)])
    for target in shown.targets:
        if path and target.file and Path(target.file).resolve() == path.resolve():
            raise UsageError(f"{target.option}: {path} would be overwritten; it remembers what was seen")
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=options.names(select),
        ignore=options.names(ignore),
        extend_select=options.names(extend_select),
        rule_tests=rule_tests,
        fail_level=fail_level,
    )
    allowed = None if write is None else Safety.UNSAFE if unsafe_fixes else Safety.SAFE
    limits = Limits(timeout, max_size, at_once=concurrency, pause=pause, allow_private=allow_private)
    rules = Rules(wanted)
    with opened(path, "new") as memories:
        folder = Path(write) if write is not None else None
        round = Round(rules, __version__, allowed, folder, memories, new)
        visits = list(visit.visit(names, rules.pipeline, allowed, limits, round.known))
        taken = [round.take(one) for one in visits]
        report = Report(tuple(one.checked.report for one in taken), rules.described())
        for file in report.files:
            _complain(file.uri, file.error, file.warning)
        show(report, shown, fixing=write is not None)
        for one, after in zip(visits, taken, strict=True):
            if not after.checked.report.error:  # what could not be saved is new in the next run as well
                round.remember(one)
    status = exit_status(report, fail_level=rules.fail_level())
    raise typer.Exit(0 if exit_zero and status == 1 else status)


@app.command(cls=Command)
def health(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL|FILE…]", help="Feeds to look at; without any, what the last run said."),
    ] = None,
    state: State = None,
    fail_under: FailUnder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    allow_private: AllowPrivate = False,
    timeout: Seconds = 30.0,
    max_size: MaxSize = 16 * 1024 * 1024,
    concurrency: AtOnce = 8,
    pause: Pause = 1.0,
    lang: options.Lang = None,
    source_lang: options.From = None,
    profile: options.Profile = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Score feeds over time. Says what is new and what their producers do wrong.

    Exit code: 0, 1 when a feed scores less than --fail-under, 2 wrong usage or settings, 3 a feed
    could not be fetched or read.

    \b
    Examples:
      cleaner feed health https://example.org/news.rss --lang en --from ru
      cleaner feed health
      cleaner feed health https://example.org/news.rss --fail-under 90 --json
    """
    names = visit.named(sources or [])
    rules = Rules(
        session.settings(
            config=config, isolated=isolated, lang=lang, source_lang=source_lang, profile=profile
        )
    )
    limits = Limits(timeout, max_size, at_once=concurrency, pause=pause, allow_private=allow_private)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with opened(Path(state or HEALTH_FILE), "health") as memories:
        survey = Survey(rules, limits, memories, __version__, now)
        found = list(survey.run(names)) if names else [healths.remembered(one) for one in memories.values()]
        for said in found:
            _complain(said.url, said.error, said.warning)
        if as_json:
            text = dump([healths.wire(said) for said in found], indent=2)
        else:
            text = "\n\n".join(map(healths.page, found)) or "No feed is remembered: name some."
        streams.write(text.rstrip("\n") + "\n", sys.stdout)
    low = fail_under is not None and any(said.run and said.run.score < fail_under for said in found)
    raise typer.Exit(3 if any(said.error for said in found) else int(low))


def _complain(source: str, error: str, warning: str) -> None:
    if error:
        complain(f"{source}:{'' if error[:1].isdigit() else ' '}{error}")
    if warning:
        complain(f"{source}: {warning}")
