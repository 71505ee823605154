"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import check, configuration, explain, fix, rules

app = typer.Typer(
    name="cleaner",
    help="Find and repair what machine translation and scraping leave in news texts.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from cleaner import __version__

        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command("check")(check.check)
app.command("fix")(fix.fix)
app.command("explain")(explain.explain)
app.add_typer(rules.app, name="rules")
app.add_typer(configuration.app, name="config")
