"""`cleaner fix`: repair what may be repaired, report the rest."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cleaner.cli import options, session
from cleaner.model import Safety
from cleaner.reporters.base import Look
from cleaner.reporters.patch import patch
from cleaner.run import STDIN, Task, exit_status

REPAIR = "Repair"
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


def fix(
    paths: options.Paths,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    exit_non_zero_on_fix: ExitNonZeroOnFix = False,
    lang: options.Lang = None,
    source_lang: options.From = None,
    format: options.Format = None,
    encoding: options.Encoding = None,
    stdin_filename: options.StdinName = None,
    profile: options.Profile = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    extend_select: options.ExtendSelect = None,
    exclude: options.Exclude = None,
    extend_exclude: options.ExtendExclude = None,
    force_exclude: options.ForceExclude = False,
    respect_gitignore: options.RespectGitignore = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    rule_tests: options.RuleTests = None,
    output_format: options.OutputFormat = "full",
    output_file: options.OutputFile = None,
    color: options.Color = "auto",
    quiet: options.Quiet = False,
    exit_zero: options.ExitZero = False,
    fail_level: options.FailLevel = None,
) -> None:
    """Make the safe repairs and report what remains.

    With - as the path the repaired text goes to standard output, the report to standard error.
    Exit code: 0 nothing remains, 1 findings remain, 2 wrong usage or settings, 3 a file could not
    be read or written. With --diff: 1 when something would change, 0 when nothing would.

    Example: cleaner fix news/ --lang en --from ru --diff
    """
    output = session.Output(output_format, output_file, color, quiet)
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
        respect_gitignore=respect_gitignore,
        rule_tests=rule_tests,
        fail_level=fail_level,
    )
    allowed = Safety.UNSAFE if unsafe_fixes else Safety.SAFE
    task = Task(allowed, not diff, format, encoding)
    report, new = session.process(paths, wanted, task, stdin_filename, force_exclude=force_exclude)
    if diff:
        look = Look(session.coloured(color, sys.stdout))
        sys.stdout.write(patch(report, look))
        failed = any(file.error for file in report.files)
        raise typer.Exit(3 if failed else int(any(file.changed for file in report.files)))
    if new is not None:
        sys.stdout.buffer.write(new)
        sys.stdout.buffer.flush()
    session.show(report, output, fixing=True, stream="stderr" if paths == [STDIN] else "stdout")
    status = exit_status(report, fail_level=wanted.fail_level(), changed_fails=exit_non_zero_on_fix)
    raise typer.Exit(0 if exit_zero and status == 1 else status)
