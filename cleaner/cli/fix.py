"""`cleaner fix`: repair what may be repaired, report the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cleaner import cache
from cleaner.cli import complain, known, session, streams
from cleaner.cli.outputs import Output, show, targets
from cleaner.cli.session import names
from cleaner.errors import UsageError
from cleaner.model import Safety
from cleaner.run import STDIN, Task, exit_status

if TYPE_CHECKING:  # `app.as_command` gives it to typer
    from cleaner.cli import options


def fix(
    paths: options.MaybePaths = None,
    unsafe_fixes: options.UnsafeFixes = False,
    diff: options.Diff = False,
    exit_non_zero_on_fix: options.ExitNonZeroOnFix = False,
    undo: options.Undo = False,
    list_runs: options.ListRuns = False,
    journal: options.Journal = None,
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
) -> int:
    """Make the safe repairs and report what remains.

    With - as the path the repaired text goes to standard output, the report to standard error.
    Exit code: 0 nothing remains, 1 findings remain, 2 wrong usage or settings, 3 a file could not
    be read or written. With --diff: 1 when something would change, 0 when nothing would. With
    --undo: 0 all files are as they were, 3 some are not.

    \b
    Examples:
      cleaner fix news/ --lang en --from ru --diff      see it first
      cleaner fix news/ --lang en --from ru             make the safe repairs
      cleaner fix a.txt --unsafe-fixes                  and those that need eyes
      cleaner fix - --lang en < a.txt > b.txt           from a program
      cleaner fix news/ --diff -o fixes.patch           a patch: git apply -p0 fixes.patch
      cleaner fix --undo                                take the last run back
      cleaner fix --undo --list                         what can be taken back
    """
    if undo or list_runs:
        from cleaner.cli import undoing

        if diff or not undo:
            raise UsageError("--diff shows repairs" if diff else "--list lists runs", hint="--undo --list")
        return undoing.listed(quiet=quiet) if list_runs else undoing.undone(paths or [], quiet=quiet)
    if not paths:
        raise UsageError("missing argument PATH", hint="name files or folders; - reads standard input")
    if diff and (output or output_format or statistics):
        raise UsageError("--diff prints a patch and no report", hint="-o FILE writes the patch to a file")
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
    allowed = Safety.UNSAFE if unsafe_fixes else Safety.SAFE
    adopted = known.load(baseline_file, off=no_baseline)
    notes = None
    if not diff and paths != [STDIN] and (wanted.journals() if journal is None else journal):
        from cleaner.journal import Journal

        notes = Journal()
    task = Task(allowed, not diff, format, encoding, not ignore_suppressions, notes, not no_cache)
    try:
        report, new = session.process(
            paths, wanted, task, stdin_filename, force_exclude=force_exclude, targets=shown.targets, jobs=jobs
        )
    finally:
        if notes:
            notes.close()
    if notes and notes.trouble:
        complain(f"no journal, so --undo cannot take this run back: {notes.trouble}")
    if diff:
        from cleaner.cli import patching

        patching.show(report, output_file, color, quiet=quiet)
        failed = any(file.error for file in report.files)
        return 3 if failed else int(any(file.changed for file in report.files))
    if new is not None:
        streams.write_bytes(new)
    judged = known.judge(report, adopted)
    show(judged.report, shown, fixing=True, stream=sys.stderr if paths == [STDIN] else None)
    if judged.message and not quiet:
        complain(judged.message)
    status = exit_status(judged.report, fail_level=wanted.fail_level(), changed_fails=exit_non_zero_on_fix)
    return 0 if exit_zero and status == 1 else status
