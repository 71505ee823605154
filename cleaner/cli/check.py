"""`cleaner check`: look, report, change nothing."""

from __future__ import annotations

import typer

from cleaner.cli import options, session
from cleaner.run import Task, exit_status


def check(
    paths: options.Paths,
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
    """Report what is wrong; change nothing.

    Exit code: 0 nothing found, 1 findings, 2 wrong usage or settings, 3 a file could not be read.

    Example: cleaner check news/ --lang en --from ru
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
    task = Task(format=format, encoding=encoding)
    report, _ = session.process(paths, wanted, task, stdin_filename, force_exclude=force_exclude)
    session.show(report, output)
    status = exit_status(report, fail_level=wanted.fail_level())
    raise typer.Exit(0 if exit_zero and status == 1 else status)
