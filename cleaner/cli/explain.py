"""`cleaner explain`: why is this reported?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options, rules, session
from cleaner.errors import UsageError
from cleaner.model import FileReport, Report
from cleaner.ruleset.selection import rules_for
from cleaner.run import Task

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")


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
    """Why something is reported: the finding, and the page of its rule.

    Example: cleaner explain news/a.txt:3:113 --lang en --from ru
    """
    place = _PLACE.fullmatch(what)
    if place is None or not Path(place["file"]).exists():
        typer.echo("\n".join(rules.page_of(rules_for(rules.config_of(config)).get(what))))
        return
    wanted = session.settings(config=config, lang=lang, source_lang=source_lang)
    report, _ = session.process([place["file"]], wanted, Task(), None)
    (file,) = report.files
    line, column = int(place["line"]), int(place["column"] or 0)
    found = tuple(
        finding
        for finding in file.findings
        if finding.position.line <= line <= finding.end.line
        and (not column or finding.position <= (line, column) <= finding.end)
    )
    if not found:
        raise UsageError(f"nothing is reported at {what}")
    shown = FileReport(file.uri, found, before=file.before, after=file.after)
    session.show(Report((shown,)), session.Output())
    for name in dict.fromkeys(finding.rule for finding in found):
        typer.echo()
        typer.echo("\n".join(rules.page_of(rules_for(rules.config_of(config)).get(name))))
