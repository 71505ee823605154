"""`cleaner config`: which settings hold, and where they come from."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from cleaner import fields
from cleaner.config import Config, discover, load
from cleaner.ruleset.selection import chosen, rules_for

app = typer.Typer(help="See the settings that hold.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def show(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="The file whose settings to show.")] = ".",
) -> None:
    """The settings for a file, and the file they come from."""
    found = discover(Path(path))
    config = (load(found.resolve()) if found else Config()).for_path(path)
    typer.echo(f"# {found if found else 'no configuration file: the defaults'}")
    default = Config()
    for field in dataclasses.fields(config):
        if "help" in field.metadata:
            value = getattr(config, field.name)
            origin = "" if value == getattr(default, field.name) else "   # set"
            typer.echo(f"{fields.key_of(field)}: {_shown(value)}{origin}")
    known = rules_for(config)
    typer.echo(f"# {len(chosen(known, config))} of {len(known.rules)} rules are on")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_shown(part)}" for name, part in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return "{" + ", ".join(f"{fields.key_of(f)}: {_shown(v)}" for f, v in pairs if v is not None) + "}"
    return str(value)
