"""`cleaner config`: which settings hold, and where they come from; which languages there are."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from cleaner import fields, yamlio
from cleaner.cli import streams
from cleaner.config import Config, discover, load
from cleaner.reporters.jsontext import dump
from cleaner.ruleset.selection import chosen, rules_for
from cleaner.text.quoted import quoted

_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})  # of YAML 1.1

app = typer.Typer(help="See the settings that hold.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def show(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="The file whose settings to show.")] = ".",
) -> None:
    """The settings for a file as YAML, and the file they come from.

    What is printed can be pasted into a cleaner.yaml: it means the same there.

    Example: cleaner config show news/a.txt
    """
    found = discover(Path(path))
    config = (load(found.resolve()) if found else Config()).for_path(path)
    streams.say(f"# {found if found else 'no configuration file: the defaults'}")
    default = Config()
    for field in dataclasses.fields(config):
        if "help" in field.metadata and field.name != "extend":  # what it extends is in it already
            value = getattr(config, field.name)
            is_default = value == getattr(default, field.name) or value == {}
            origin = "" if is_default else "   # set"
            is_mapping = field.name.startswith("per_") and value is None
            written = "{}" if is_mapping else _written(value) if value is not None else ""
            streams.say(f"{fields.key_of(field)}: {written}".rstrip() + origin)
    known = rules_for(config)
    streams.say(f"# {len(chosen(known, config))} of {len(known.rules)} rules are on")


@app.command()
def languages(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the languages that --lang and --from take.

    Of the languages that are not listed, but are languages of BCP 47 (mzn, ks, gn), only the script is
    known: they are taken as well.
    """
    from cleaner.languages import known, lookup
    from cleaner.text.scripts_data import NAMES

    found = [lookup(tag) for tag in known()]
    if as_json:
        rows = [
            {"tag": one.tag, "name": one.name, "scripts": sorted(one.scripts), "full": bool(one.letters)}
            for one in found
        ]
        streams.write(dump(rows, indent=2), sys.stdout)
        return
    for one in found:
        scripts = ", ".join(NAMES.get(script, script) for script in sorted(one.scripts))
        note = "" if one.letters or one.months else "   only the script is known"
        streams.say(f"{one.tag:<8}  {one.name} ({scripts}){note}")


def _written(value: object) -> str:
    """A value as YAML in one line, which is read back as what it was."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (yamlio.Scalar, yamlio.Items, yamlio.Keys)):
        return _written(yamlio.plain(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(name))}: {_written(part)}" for name, part in value.items()) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_written, value)) + "]"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        given = ((field, part) for field, part in pairs if part is not None and part != ())
        return "{" + ", ".join(f"{fields.key_of(field)}: {_written(part)}" for field, part in given) + "}"
    return _text(str(value))


def _text(text: str) -> str:
    """A text bare where every reader of YAML takes it as it stands, in double quotes elsewhere."""
    if text.lower() in _WORDS:
        return quoted(text)
    if text and all(char.isalnum() or char in "/_-." for char in text) and text[0].isalpha():
        return text
    return quoted(text).replace("##", "#\\u0023")  # no log command, and the same text to YAML
