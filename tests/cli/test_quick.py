"""The plain parser of `check` and `fix` says what typer says, or nothing."""

from __future__ import annotations

import functools
import inspect
import typing
from typing import Any

import pytest
import typer
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.cli import check, fix, quick
from cleaner.cli.app import as_command

FUNCTIONS = {"check": check.check, "fix": fix.fix}


@functools.cache
def heard(command: str) -> tuple[Any, list[dict[str, Any]]]:
    """The command as typer makes it, and what it is called with."""
    calls: list[dict[str, Any]] = []

    @functools.wraps(FUNCTIONS[command])
    def listen(**given: Any) -> int:
        calls.append(given)
        return 0

    app = typer.Typer()
    app.command(command)(as_command(listen))
    app.command("other")(lambda: None)
    return typer.main.get_command(app), calls


def by_typer(command: str, args: list[str]) -> dict[str, Any]:
    made, calls = heard(command)
    made.main([command, *args], standalone_mode=False)
    return calls.pop()


def defaults(command: str) -> dict[str, Any]:
    found = inspect.signature(FUNCTIONS[command]).parameters.values()
    return {one.name: one.default for one in found}


@pytest.mark.parametrize("command", FUNCTIONS)
def test_the_table_has_all_options_of_typer(command: str) -> None:
    made, _ = heard(command)
    kinds = typing.get_type_hints(FUNCTIONS[command])
    declared: dict[str, tuple[str, object]] = {}
    for param in made.commands[command].params:
        if param.param_type_name == "argument":
            continue
        assert param.nargs == 1
        assert not param.count
        takes = {int | None: quick.NUMBER, list[str] | None: quick.TEXTS}.get(kinds[param.name], quick.TEXT)
        declared |= dict.fromkeys(param.opts, (param.name, quick.ON if param.is_flag else takes))
        declared |= dict.fromkeys(param.secondary_opts, (param.name, quick.OFF))
    declared = {option: what for option, what in declared.items() if what[0] != "help"}
    assert dict(quick.COMMANDS[command]) == declared


CALLS = {
    "a file": ["a.txt"],
    "standard input": ["-"],
    "the usual": ["news/", "--lang", "en", "--from=ru", "-q"],
    "a hook": ["--isolated", "--force-exclude", "a.txt", "b.txt"],
    "lists": ["a.txt", "--select", "quotes", "--select=leftover,dates", "--output", "json:o.json", "--output", "full"],
    "both ways": ["--no-respect-gitignore", "a.txt", "--respect-gitignore", "--no-rule-tests"],
    "the last wins": ["a.txt", "--lang", "en", "--lang", "de"],
    "a file named twice": ["a.txt", "a.txt"],
    "short names": ["-o", "x.txt", "a.txt", "-j", "2"],
    "an empty value": ["a.txt", "--lang="],
    "a value with =": ["a.txt", "--exclude=a=b"],
    "jobs": ["--jobs=3", "a.txt", "--no-cache", "--cache-dir", "c"],
}  # fmt: skip


@pytest.mark.parametrize("command", FUNCTIONS)
@pytest.mark.parametrize("args", CALLS.values(), ids=CALLS.keys())
def test_what_people_write_is_parsed_without_typer(command: str, args: list[str]) -> None:
    found = quick.parse([command, *args])
    assert found is not None
    assert {**defaults(command), **found[1]} == by_typer(command, args)


LEFT = {
    "nothing": [],
    "no command": ["a.txt"],
    "another command": ["rules", "list"],
    "help": ["check", "a.txt", "--help"],
    "short help": ["check", "-h"],
    "no path": ["check", "--lang", "en"],
    "an unknown option": ["check", "a.txt", "--lagn", "en"],
    "an abbreviation": ["check", "a.txt", "--stat"],
    "no value": ["check", "a.txt", "--lang"],
    "an option for a value": ["check", "a.txt", "--lang", "--quiet"],
    "a value for a flag": ["check", "a.txt", "--quiet=yes"],
    "short names in one": ["check", "a.txt", "-qofile"],
    "the end of options": ["check", "--", "-a.txt"],
    "no number": ["check", "a.txt", "--jobs", "many"],
    "no processes": ["check", "a.txt", "--jobs", "0"],
    "an option of the other command": ["check", "a.txt", "--unsafe-fixes"],
}


@pytest.mark.parametrize("args", LEFT.values(), ids=LEFT.keys())
def test_what_is_left_to_typer(args: list[str]) -> None:
    assert quick.parse(args) is None


WORDS = st.sampled_from(["a.txt", "-", "--", "", "en", "3", "0", "-1", "a=b", "--nothing", "-x", "²", "٣"])
OPTIONS = st.sampled_from(sorted({*quick.COMMANDS["check"], *quick.COMMANDS["fix"], "--help", "-h"}))
ARGS = st.lists(
    st.one_of(WORDS, OPTIONS, st.builds("{}={}".format, OPTIONS, WORDS), st.builds("{}{}".format, OPTIONS, WORDS)),
    max_size=6,
)  # fmt: skip


@given(st.sampled_from(sorted(FUNCTIONS)), ARGS)
@example("check", ["a.txt", "-o", "-"])
@example("fix", ["a.txt", "--jobs", "٣"])
def test_both_parsers_agree(command: str, args: list[str]) -> None:
    found = quick.parse([command, *args])
    if found is not None:
        assert found[0] == command
        assert {**defaults(command), **found[1]} == by_typer(command, args)
