"""`cleaner check`: look, report, change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner import cache
from cleaner.cli import complain, known, session
from cleaner.cli.outputs import Output, show, targets
from cleaner.cli.session import names
from cleaner.errors import UsageError
from cleaner.run import STDIN, Task, exit_status

if TYPE_CHECKING:  # `app.as_command` gives it to typer
    from cleaner.cli import options


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
    ignore_suppressions: options.IgnoreSuppressions = False,
    baseline_file: options.Baseline = None,
    no_baseline: options.NoBaseline = False,
    fail_on_stale: options.FailOnStale = False,
    add_ignore: options.AddIgnore = False,
    reason: options.Reason = None,
    output: options.Outputs = None,
    output_format: options.OutputFormat = None,
    output_file: options.OutputFile = None,
    color: options.Color = "auto",
    statistics: options.Statistics = False,
    quiet: options.Quiet = False,
    exit_zero: options.ExitZero = False,
    fail_level: options.FailLevel = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    cache_dir: options.CacheDir = None,
    watch: options.Watch = False,
) -> int:
    """Report what is wrong; change nothing.

    Exit code: 0 nothing found, 1 findings, 2 wrong usage or settings, 3 a file could not be read.
    With --watch: 0 when it is ended by Ctrl-C.

    \b
    Examples:
      cleaner check news/ --lang en --from ru
      cleaner check . --profile ci --output github --output sarif:cleaner.sarif
      cleaner check news/ --statistics
      curl -s https://example.org/feed | cleaner check - --stdin-filename feed.rss
      cleaner check drafts/ --lang de --watch
    """
    cache.use(cache_dir)
    shown = Output(targets(output, output_format, output_file), color, quiet, statistics)
    wanted = session.settings(
        config=config,
        isolated=isolated,
        lang=lang,
        source_lang=source_lang,
        profile=profile,
        select=names(select),
        ignore=names(ignore),
        extend_select=names(extend_select),
        exclude=names(exclude),
        extend_exclude=names(extend_exclude),
        respect_gitignore=respect_gitignore,
        rule_tests=rule_tests,
        fail_level=fail_level,
    )
    adopted = known.load(baseline_file, off=no_baseline)
    task = Task(format=format, encoding=encoding, suppressions=not ignore_suppressions, remember=not no_cache)
    if add_ignore and (watch or STDIN in paths):
        raise UsageError("--add-ignore writes into files that do not change meanwhile", hint="name files")
    if reason is not None and not add_ignore:
        raise UsageError("--reason is the reason of --add-ignore")
    why = ""
    if add_ignore:
        from cleaner.cli import ignoring

        why = ignoring.checked(reason)
    if watch:
        from cleaner.cli.watching import Watch

        if STDIN in paths:
            raise UsageError("--watch: standard input does not change", hint="name files or folders")
        Watch(
            paths, wanted, task, shown, lambda now: known.judge(now, adopted), force_exclude=force_exclude
        ).run()
        return 0
    report, _ = session.process(
        paths, wanted, task, stdin_filename, force_exclude=force_exclude, targets=shown.targets, jobs=jobs
    )
    judged = known.judge(report, adopted, fail_on_stale=fail_on_stale)
    if add_ignore:
        left = ignoring.add(judged.report, wanted, task, why)
        failed = any(file.error for file in report.files)
        return 3 if failed else int(left > 0)
    show(judged.report, shown)
    if judged.message and not quiet:
        complain(judged.message)
    status = exit_status(judged.report, fail_level=wanted.fail_level())
    if judged.stale:
        status = max(status, 1)
    return 0 if exit_zero and status == 1 else status
