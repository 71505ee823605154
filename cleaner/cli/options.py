"""The options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from cleaner.cli.session import names as names
from cleaner.formats import FORMATS as READABLE
from cleaner.reporters import FORMATS

LOOK = "Look for"
CHOOSE = "Choose rules"
KNOWN = "Known findings"
REPAIR = "Repair"
RUN = "Run"
PRINT = "Print"
PROFILES = ("publish", "ci", "feed", "audit", "minimal")


def _among(values: Iterable[str]) -> Callable[[str], list[str]]:
    """What a shell offers for a value that is begun."""

    def offered(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return offered


def _language(incomplete: str) -> list[str]:
    from cleaner.languages import known

    return [tag for tag in known() if tag.startswith(incomplete)]


Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Files or folders; - reads standard input.")]
MaybePaths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files or folders; - reads standard input.", show_default=False),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="TAG",
        autocompletion=_language,
        rich_help_panel=LOOK,
        help="Language of the text, as BCP 47: en, pt-BR. Detected when not given.",
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TAG",
        autocompletion=_language,
        rich_help_panel=LOOK,
        help="Language it was translated from.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        autocompletion=_among(READABLE),
        rich_help_panel=LOOK,
        help=f"Read every file as this format, whatever it is called: {', '.join(READABLE)}.",
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
IgnoreSuppressions = Annotated[
    bool,
    typer.Option("--ignore-suppressions", rich_help_panel=KNOWN, help="Report what is suppressed as well."),
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        rich_help_panel=KNOWN,
        help="Known findings, which do not fail; .cleaner-baseline.json here or above when not given.",
    ),
]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", rich_help_panel=KNOWN, help="Report what is known as well.")
]
Statistics = Annotated[
    bool,
    typer.Option(
        "--statistics", rich_help_panel=PRINT, help="Count the findings of each rule instead of showing them."
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
        autocompletion=_among(PROFILES),
        rich_help_panel=CHOOSE,
        help=f"The choice to start from: {', '.join(PROFILES)}.",
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
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="NAME[:FILE]",
        autocompletion=_among(FORMATS),
        rich_help_panel=PRINT,
        help="A report as this format, to a file or the screen; repeat it for several at once.",
    ),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        "--output-format",
        metavar="NAME",
        autocompletion=_among(FORMATS),
        rich_help_panel=PRINT,
        help=f"One of {', '.join(FORMATS)} (default: $CLEANER_OUTPUT_FORMAT, else full).",
    ),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output-file", "-o", metavar="FILE", rich_help_panel=PRINT, help="Write the report there."
    ),
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="WHEN",
        autocompletion=_among(("auto", "always", "never")),
        rich_help_panel=PRINT,
        help="auto, always or never.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", rich_help_panel=PRINT, help="No report; the exit code says it.")
]
AddIgnore = Annotated[
    bool,
    typer.Option(
        "--add-ignore",
        rich_help_panel=KNOWN,
        help="Write a suppression for each finding: a comment where the format has some, else into "
        ".cleaner-ignore.yaml.",
    ),
]
Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", rich_help_panel=KNOWN, help="Why, for --add-ignore."),
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch", rich_help_panel=PRINT, help="Look again at every file that changes, until Ctrl-C."
    ),
]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", rich_help_panel=PRINT, help="Exit with 0 even when there are findings.")
]
FailLevel = Annotated[
    str | None,
    typer.Option(
        "--fail-level",
        metavar="LEVEL",
        autocompletion=_among(("error", "warning", "info")),
        rich_help_panel=PRINT,
        help="Fail from this severity on: error, warning (default), info.",
    ),
]
FailOnStale = Annotated[
    bool,
    typer.Option(
        "--fail-on-stale", rich_help_panel=KNOWN, help="Exit with 1 when something known is no longer found."
    ),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes/--no-unsafe-fixes", rich_help_panel=REPAIR, help="Also make repairs that need eyes."
    ),
]
Diff = Annotated[
    bool, typer.Option("--diff", rich_help_panel=REPAIR, help="Write nothing; print what would change.")
]
ExitNonZeroOnFix = Annotated[
    bool,
    typer.Option(
        "--exit-non-zero-on-fix", rich_help_panel=REPAIR, help="Exit with 1 when a file was changed."
    ),
]
Undo = Annotated[
    bool,
    typer.Option(
        "--undo",
        rich_help_panel=REPAIR,
        help="Take the last run back, or the run whose number is given as PATH.",
    ),
]
ListRuns = Annotated[
    bool,
    typer.Option("--list", rich_help_panel=REPAIR, help="With --undo: list the runs that are remembered."),
]
Journal = Annotated[
    bool | None,
    typer.Option(
        "--journal/--no-journal",
        rich_help_panel=REPAIR,
        help="Remember what is written, for --undo (default: as the settings say, else yes).",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        rich_help_panel=RUN,
        help="So many processes; as many as the size of the files is worth when not given.",
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        rich_help_panel=RUN,
        help="Look at every file, also at those that have not changed since they were checked.",
    ),
]
CacheDir = Annotated[
    str | None,
    typer.Option(
        "--cache-dir",
        metavar="DIR",
        rich_help_panel=RUN,
        help="Remember there what was found out (default: $CLEANER_CACHE_DIR, else your cache folder).",
    ),
]
