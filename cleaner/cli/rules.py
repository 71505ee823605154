"""`cleaner rules`: see, test and check rules."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from cleaner import examples
from cleaner.cli import options
from cleaner.config import Config, discover
from cleaner.config import load as load_config
from cleaner.errors import MissingPathError
from cleaner.ruleset.load import load, shipped, shipped_root
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import chosen, rules_for

app = typer.Typer(help="See, test and check rules.", no_args_is_help=True, rich_markup_mode=None)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _config(file: str | None = None) -> Config:
    path = Path(file) if file else discover(Path.cwd())
    return load_config(path.resolve()) if path else Config()


@app.command("list")
def list_rules(
    profile: options.Profile = None, config: options.ConfigFile = None, as_json: Json = False
) -> None:
    """All rules; a mark tells which are on."""
    settings = _config(config).merged(profile=profile)
    known = rules_for(settings)
    on = set(chosen(known, settings))
    if as_json:
        rows = [
            {"id": r.id, "on": r.id in on, "severity": r.severity, "title": r.title}
            for r in known.rules.values()
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(map(len, known.rules), default=0)
    for rule in known.rules.values():
        mark = "●" if rule.id in on else "○"
        typer.echo(f"{mark} {rule.id:<{width}}  {rule.severity.value:<7}  {rule.title}")
    typer.echo(f"\n{len(on)} of {len(known.rules)} rules are on (profile {settings.profile}).")


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The rule, as in quotes/unpaired.")],
    config: options.ConfigFile = None,
) -> None:
    """What a rule finds, why it matters, what it repairs, and its examples."""
    rule = rules_for(_config(config)).get(id)
    typer.echo("\n".join(_page(rule)))


def _page(rule: Rule) -> list[str]:
    out = [f"{rule.id}: {rule.title}", "", *textwrap.wrap(" ".join(rule.why.split()), 88), ""]
    out += [f"severity  {rule.severity.value}", f"kind      {rule.kind}", f"file      {rule.where.file}"]
    for fix in rule.fix:
        out.append(f"repair    {fix.do} ({fix.safety.value}{': ' + fix.because if fix.because else ''})")
    if rule.references:
        out += ["", "Sources", *(f"  {reference}" for reference in rule.references)]
    out += ["", "Examples"]
    for bad in rule.examples.bad:
        out += [f"  ✗ [{bad.lang}] {_one_line(bad.text)}"]
        if bad.fixed is not None:
            out += [f"  → [{bad.lang}] {_one_line(bad.fixed)}"]
    for good in rule.examples.good:
        out += [f"  ✓ [{good.lang}] {_one_line(good.text)}", f"      {good.because}"]
    return out


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


@app.command()
def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH…]", help="Rule files or folders; all of ours by default."),
    ] = None,
) -> None:
    """Run the examples of rules.

    Exit code: 0 all hold, 1 one does not, 2 a rule file has mistakes.

    Example: cleaner rules test rules/quotes
    """
    rules = [rule for path in paths or [str(shipped_root())] for rule in _rules_in(Path(path))]
    count = failed = 0
    for case in examples.cases(rules):
        count += 1
        for failure in examples.failures(case):
            failed += 1
            typer.echo(f"✗ {case.id}\n    {failure}")
    typer.echo(f"{count - failed} of {count} examples of {len(rules)} rules hold.")
    raise typer.Exit(int(failed > 0))


@app.command()
def validate(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH…]", help="Rule files or folders.")
    ] = None,
) -> None:
    """Check rule files without running them; every mistake at once.

    Exit code: 0 all are well, 2 one has mistakes.
    """
    rules = [rule for path in paths or [str(shipped_root())] for rule in _rules_in(Path(path))]
    typer.echo(f"{len(rules)} rules are well.")


@app.command()
def schema() -> None:
    """The JSON Schema of rule files, for editors."""
    from cleaner.ruleset.jsonschema import rule_schema

    typer.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))


def _rules_in(path: Path) -> list[Rule]:
    """The rules of a file or folder, whether it is ours, a part of ours, or somebody's own folder.

    The root from which ids count is the nearest folder above that has a `profiles` folder or is
    ours; else the parent of the folder of the file (FAMILY/NAME.yml).
    """
    if not path.exists():
        raise MissingPathError(f"{path}: no such file or folder")
    resolved = path.resolve()
    ours = shipped_root().resolve()
    if resolved == ours or ours in resolved.parents:
        return [rule for rule in shipped().rules.values() if _inside(Path(rule.where.file), resolved)]
    root = _root(resolved)
    return [rule for rule in load([root]).rules.values() if _inside(Path(rule.where.file), resolved)]


def _root(path: Path) -> Path:
    """The root of a folder of rules: files stand in FAMILY/NAME.yml below it."""
    if path.is_file():
        return path.parent.parent
    return path.parent if any(child.suffix in (".yml", ".yaml") for child in path.iterdir()) else path


def _inside(file: Path, path: Path) -> bool:
    resolved = file.resolve()
    return resolved == path or path in resolved.parents
