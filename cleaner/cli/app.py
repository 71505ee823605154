"""The commands, put together: only the one that is called is imported."""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from cleaner.cli import options
from cleaner.cli.helping import Command
from cleaner.cli.quick import COMMANDS as QUICK
from cleaner.text.visible import visible

COMMANDS = {  # in the order in which they are listed; a function is a command, an app a group of them
    "check": "cleaner.cli.check:check",
    "fix": "cleaner.cli.fix:fix",
    "verify": "cleaner.cli.verify:verify",
    "explain": "cleaner.cli.explain:explain",
    "corpus": "cleaner.cli.corpus:corpus",
    "rules": "cleaner.cli.rules:app",
    "baseline": "cleaner.cli.baseline:app",
    "feed": "cleaner.cli.feed:app",
    "config": "cleaner.cli.configuration:app",
    "lsp": "cleaner.cli.lsp:lsp",
}
_HELP = """Find and repair what machine translation and scraping leave in news texts.

    \b
    Examples:
      cleaner check news/ --lang en --from ru     what is wrong, and where
      cleaner fix news/ --lang en --diff          what the safe repairs would change
      cleaner explain news/a.txt:3:113            why this is reported
      cleaner COMMAND --help                      the options, with examples

    \b
    Completion: put this into ~/.bashrc (bash), ~/.zshrc (zsh) or ~/.config/fish/config.fish (fish)
      eval "$(_CLEANER_COMPLETE=source_bash cleaner)"
      eval "$(_CLEANER_COMPLETE=source_zsh cleaner)"
      _CLEANER_COMPLETE=source_fish cleaner | source
    """


def _version(wanted: bool) -> None:
    if wanted:
        from cleaner import __version__

        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def app_for(args: Sequence[str]) -> typer.Typer:
    """The app for a command line: with the command that it names, or with all of them.

    All are needed to list, to complete and to find the nearest name; a check should wait for none.
    """
    app = typer.Typer(
        name="cleaner",
        help=_HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    first = args[0] if args else ""
    is_named = first in COMMANDS and "_CLEANER_COMPLETE" not in os.environ
    for name in [first] if is_named else COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name, cls=Command)(as_command(found) if name in QUICK else found)
    return app


def run(args: Sequence[str]) -> int:
    """Run a command line; its exit code.

    What typer complains of quotes the arguments, which may be the names of files: it is made harmless.
    """
    try:
        status = app_for(args)(args=args, prog_name="cleaner", standalone_mode=False)
    except Exception as error:
        wrong: Any = error
        if not hasattr(wrong, "format_message"):
            raise
        said, context = wrong.format_message(), getattr(wrong, "ctx", None)
        if context is None or said != context.get_help():  # which is all that is said without arguments
            wrong.format_message = lambda: visible(said)
        wrong.show()
        return int(wrong.exit_code)
    return status if isinstance(status, int) else 0


def as_command(function: Callable[..., int]) -> Callable[..., None]:
    """A function that gives an exit code, as typer wants it.

    Its module knows the options by name only, so that a start without typer does not import it.
    """
    vars(importlib.import_module(function.__module__))["options"] = options

    @functools.wraps(function)
    def command(**given: Any) -> None:
        raise typer.Exit(function(**given))

    return command
