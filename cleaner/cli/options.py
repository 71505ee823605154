"""The options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.errors import UsageError
from cleaner.reporters import FORMATS

LOOK = "Look for"
CHOOSE = "Choose rules"
PRINT = "Print"

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files or folders; - reads standard input.")
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="TAG",
        rich_help_panel=LOOK,
        help="Language of the text, as BCP 47: en, pt-BR. Detected when not given.",
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="TAG", rich_help_panel=LOOK, help="Language it was translated from."),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="NAME", rich_help_panel=LOOK, help="Read every file as this format: plain."
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        rich_help_panel=LOOK,
        help="Encoding of files without a byte order mark.",
    ),
]
StdinName = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        metavar="NAME",
        rich_help_panel=LOOK,
        help="Name of what comes on standard input: sets its format and settings.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULES",
        rich_help_panel=CHOOSE,
        help="Only these rules, families or ALL (comma list or repeated).",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULES", rich_help_panel=CHOOSE, help="Not these rules or families."),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option("--extend-select", metavar="RULES", rich_help_panel=CHOOSE, help="These as well."),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        rich_help_panel=CHOOSE,
        help="The choice to start from: publish, ci, feed, audit, minimal.",
    ),
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", rich_help_panel=CHOOSE, help="This configuration file for every path."
    ),
]
RuleTests = Annotated[
    bool | None,
    typer.Option(
        "--rule-tests/--no-rule-tests",
        rich_help_panel=CHOOSE,
        help="Test the examples of your own rules before they are used.",
    ),
]
Isolated = Annotated[
    bool, typer.Option("--isolated", rich_help_panel=CHOOSE, help="Ignore every configuration file.")
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="GLOB", rich_help_panel=LOOK, help="Leave these alone, as in .gitignore."
    ),
]
ExtendExclude = Annotated[
    list[str] | None,
    typer.Option("--extend-exclude", metavar="GLOB", rich_help_panel=LOOK, help="Leave these alone as well."),
]
ForceExclude = Annotated[
    bool,
    typer.Option("--force-exclude", rich_help_panel=LOOK, help="Exclude even files that are named."),
]
RespectGitignore = Annotated[
    bool | None,
    typer.Option(
        "--respect-gitignore/--no-respect-gitignore",
        rich_help_panel=LOOK,
        help="Leave alone what ignore files name.",
    ),
]
OutputFormat = Annotated[
    str,
    typer.Option(
        "--output-format",
        metavar="NAME",
        rich_help_panel=PRINT,
        envvar="CLEANER_OUTPUT_FORMAT",
        help=f"One of {', '.join(FORMATS)}.",
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output-file", "-o", metavar="FILE", rich_help_panel=PRINT, help="Write the report there."
    ),
]
Color = Annotated[
    str, typer.Option("--color", metavar="WHEN", rich_help_panel=PRINT, help="auto, always or never.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", rich_help_panel=PRINT, help="No report; the exit code says it.")
]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", rich_help_panel=PRINT, help="Exit with 0 even when there are findings.")
]
FailLevel = Annotated[
    str | None,
    typer.Option(
        "--fail-level",
        metavar="LEVEL",
        rich_help_panel=PRINT,
        help="Fail from this severity on: error, warning (default), info.",
    ),
]


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
