"""`check` and `fix` without typer, whose import takes longer than checking a file.

    parse(args)   the command and its keyword arguments, or None when typer has to look

The options stand in tables here; a test compares them with those that typer reads in the signatures.
Whatever is not an option as it is written there, followed by a value that looks like one (help, a
mistake, `-qoFILE`, `--`), is left to typer, so that nothing is told in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

TEXT, TEXTS, NUMBER = "text", "texts", "number"  # one value, the last wins; all values; a whole number from 1
ON, OFF = True, False

Table = Mapping[str, tuple[str, object]]  # as written → parameter, what it takes or says

_COMMON: Table = {
    "--lang": ("lang", TEXT),
    "--from": ("source_lang", TEXT),
    "--format": ("format", TEXT),
    "--encoding": ("encoding", TEXT),
    "--stdin-filename": ("stdin_filename", TEXT),
    "--profile": ("profile", TEXT),
    "--select": ("select", TEXTS),
    "--ignore": ("ignore", TEXTS),
    "--extend-select": ("extend_select", TEXTS),
    "--exclude": ("exclude", TEXTS),
    "--extend-exclude": ("extend_exclude", TEXTS),
    "--force-exclude": ("force_exclude", ON),
    "--respect-gitignore": ("respect_gitignore", ON),
    "--no-respect-gitignore": ("respect_gitignore", OFF),
    "--config": ("config", TEXT),
    "--isolated": ("isolated", ON),
    "--rule-tests": ("rule_tests", ON),
    "--no-rule-tests": ("rule_tests", OFF),
    "--ignore-suppressions": ("ignore_suppressions", ON),
    "--baseline": ("baseline_file", TEXT),
    "--no-baseline": ("no_baseline", ON),
    "--output": ("output", TEXTS),
    "--output-format": ("output_format", TEXT),
    "--output-file": ("output_file", TEXT),
    "-o": ("output_file", TEXT),
    "--color": ("color", TEXT),
    "--statistics": ("statistics", ON),
    "--quiet": ("quiet", ON),
    "-q": ("quiet", ON),
    "--exit-zero": ("exit_zero", ON),
    "--fail-level": ("fail_level", TEXT),
    "--jobs": ("jobs", NUMBER),
    "-j": ("jobs", NUMBER),
    "--no-cache": ("no_cache", ON),
    "--cache-dir": ("cache_dir", TEXT),
}
COMMANDS: Mapping[str, Table] = {
    "check": {
        **_COMMON,
        "--fail-on-stale": ("fail_on_stale", ON),
        "--add-ignore": ("add_ignore", ON),
        "--reason": ("reason", TEXT),
        "--watch": ("watch", ON),
    },
    "fix": {
        **_COMMON,
        "--unsafe-fixes": ("unsafe_fixes", ON),
        "--no-unsafe-fixes": ("unsafe_fixes", OFF),
        "--diff": ("diff", ON),
        "--exit-non-zero-on-fix": ("exit_non_zero_on_fix", ON),
        "--undo": ("undo", ON),
        "--list": ("list_runs", ON),
        "--journal": ("journal", ON),
        "--no-journal": ("journal", OFF),
    },
}


def parse(args: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    """The command that a line names and what it is called with; None when typer has to look.

    >>> parse(["check", "a.txt", "--lang=en", "-q", "--select", "quotes", "b.txt"])
    ('check', {'lang': 'en', 'quiet': True, 'select': ['quotes'], 'paths': ['a.txt', 'b.txt']})
    >>> parse(["check", "--help"]), parse(["check"]), parse(["rules", "list"])
    (None, None, None)
    """
    if not args or args[0] not in COMMANDS:
        return None
    table = COMMANDS[args[0]]
    given: dict[str, Any] = {}
    paths: list[str] = []
    rest = iter(args[1:])
    for arg in rest:
        if arg == "-" or not arg.startswith("-"):
            paths.append(arg)
            continue
        option, equals, value = arg.partition("=") if arg.startswith("--") else (arg, "", "")
        if option not in table:
            return None
        parameter, takes = table[option]
        if takes is ON or takes is OFF:
            if equals:
                return None
            given[parameter] = takes
            continue
        if not equals:
            value = next(rest, "--")
            if value.startswith("-") and value != "-":
                return None
        if not _put(given, parameter, takes, value):
            return None
    if not paths:
        return None
    return args[0], {**given, "paths": paths}


def _put(given: dict[str, Any], parameter: str, takes: object, value: str) -> bool:
    """Whether the value of an option can be taken as it stands."""
    if takes is TEXTS:
        given.setdefault(parameter, []).append(value)
    elif takes is TEXT:
        given[parameter] = value
    else:
        if not (value.isascii() and value.isdecimal() and len(value) < 6 and int(value)):
            return False
        given[parameter] = int(value)
    return True
