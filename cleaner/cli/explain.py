"""`cleaner explain`: why is this reported?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options, rulepage, rules, session, streams
from cleaner.cli.outputs import Output, show
from cleaner.errors import UsageError
from cleaner.model import By, FileReport, Finding, Report
from cleaner.run import Task

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")
_BY = {
    By.COMMENT: "a comment",
    By.SIC: "[sic]",
    By.SIDECAR: ".cleaner-ignore.yaml",
    By.BASELINE: "the baseline",
}


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="RULE|FILE:LINE[:COLUMN]", help="A rule, or the place of a finding as it is printed."
        ),
    ],
    lang: options.Lang = None,
    source_lang: options.From = None,
    config: options.ConfigFile = None,
) -> None:
    """Tell why something is reported: the page of its rule.

    Example: cleaner explain news/a.txt:3:113 --lang en --from ru
    """
    place = _PLACE.fullmatch(what)
    if place is None or not Path(place["file"]).exists():
        streams.say(*rulepage.page(what, rules.config_of(config)))
        return
    wanted = session.settings(config=config, lang=lang, source_lang=source_lang)
    report, _ = session.process([place["file"]], wanted, Task(), None)
    file = report.files[0]
    if file.error:
        raise typer.Exit(3)
    line, column = int(place["line"]), int(place["column"] or 0)

    def is_here(finding: Finding) -> bool:
        return finding.position.line <= line <= finding.end.line and (
            not column or finding.position <= (line, column) <= finding.end
        )

    quiet = [one for one in file.suppressed if is_here(one.finding)]
    found = (*filter(is_here, file.findings), *(one.finding for one in quiet))
    if not found:
        raise UsageError(f"nothing is reported at {what}")
    shown = FileReport(file.uri, found, before=file.before, after=file.after)
    show(Report((shown,)), Output())
    for one in quiet:
        streams.say(f"suppressed by {_BY[one.by]}{': ' + one.reason if one.reason else ''}")
    for name in dict.fromkeys(finding.rule for finding in found):
        streams.say("", *rulepage.page(name, rules.config_of(config)))
