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
from cleaner.engine import Choose
from cleaner.errors import MissingPathError, Problem, RuleError, UsageError
from cleaner.languages import lookup
from cleaner.languages.identify import identify
from cleaner.ruleset.load import load, shipped, shipped_root
from cleaner.ruleset.schema import Rule, check
from cleaner.ruleset.selection import chosen, rules_for

app = typer.Typer(help="See, test and check rules.", no_args_is_help=True, rich_markup_mode=None)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def config_of(file: str | None = None) -> Config:
    """The settings that hold here, or those of `file`."""
    path = Path(file) if file else discover(Path.cwd())
    return load_config(path.resolve()) if path else Config()


@app.command("list")
def list_rules(
    profile: options.Profile = None, config: options.ConfigFile = None, as_json: Json = False
) -> None:
    """All rules; a mark tells which are on."""
    settings = config_of(config).merged(profile=profile)
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
    rule = rules_for(config_of(config)).get(id)
    typer.echo("\n".join(page_of(rule)))


def page_of(rule: Rule) -> list[str]:
    """The page of a rule for the terminal, line by line."""
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
    """Run the examples of rules, and warn of rules that fire on what another calls good.

    Exit code: 0 all hold, 1 one does not, 2 a rule file has mistakes.

    Example: cleaner rules test rules/quotes
    """
    rules = _well(paths)
    count = failed = 0
    for case in examples.cases(rules):
        count += 1
        for failure in examples.failures(case):
            failed += 1
            typer.echo(f"✗ {case.id}\n    {failure}")
    for case, finding in examples.crossfire(rules, _with_ours(rules), _all_that_run(rules)):
        typer.echo(f"! {finding.rule} finds “{finding.match}” in a good example\n    {case.where}: {case.id}")
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
    typer.echo(f"{len(_well(paths))} rules are well.")


@app.command()
def schema() -> None:
    """The JSON Schema of rule files, for editors."""
    from cleaner.ruleset.jsonschema import rule_schema

    typer.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))


@app.command()
def new(
    path: Annotated[str, typer.Argument(metavar="ROOT/FAMILY/NAME.yml", help="The file to write.")],
    bad: Annotated[str, typer.Option("--bad", help="A text with the defect.")],
    good: Annotated[str, typer.Option("--good", help="A sound text, best the same one mended.")],
    lang: Annotated[str, typer.Option("--lang", metavar="TAG", help="The language of both.")],
) -> None:
    """Write a draft of a rule from one bad and one good text, and the schema that helps to edit it.

    Example: cleaner rules new house/words/kyiv.yml --lang en --bad "to Kiev" --good "to Kyiv"
    """
    from cleaner.ruleset.draft import SCHEMA_NAME, draft
    from cleaner.ruleset.jsonschema import rule_schema

    lookup(lang)
    target = Path(path)
    if target.suffix not in (".yml", ".yaml") or len(target.parts) < 3:
        raise UsageError(f"{path}: a rule is written to ROOT/FAMILY/NAME.yml")
    if target.exists():
        raise UsageError(f"{path}: is there already")
    try:
        text = draft(bad=bad, good=good, lang=lang, depth=1)
    except ValueError as error:
        raise UsageError(f"--bad, --good: {error}") from None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    schema_file = target.parent.parent / SCHEMA_NAME
    if not schema_file.exists():
        schema_file.write_text(json.dumps(rule_schema(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    typer.echo(f"{path} is written. Fill in what says TODO, then run\n  cleaner rules test {path}")


@app.command()
def bench(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH…]", help="Rule files or folders.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="FILE", help="Measure on this text; on the examples by default."),
    ] = None,
    lang: options.Lang = None,
) -> None:
    """How long rules take, in milliseconds a megabyte, the dearest first.

    Example: cleaner rules bench rules/quotes --text article.txt --lang en
    """
    rules = [rule for path in paths or [str(shipped_root())] for rule in _rules_in(Path(path))]
    for milliseconds, rule in sorted(
        examples.timings(rules, _bench_texts(text, lang)), key=lambda row: -row[0]
    ):
        typer.echo(f"{milliseconds:10.1f} ms/MB  {rule.id}")


def _bench_texts(file: str | None, lang: str | None) -> list[tuple[str, str]]:
    """(language, text) pairs of at least 200,000 code points in all."""
    if file is not None:
        content = Path(file).read_text("utf-8")
        return [(lang or identify(content).tag, content * (200_000 // max(len(content), 1) + 1))]
    texts: dict[str, list[str]] = {}
    for case in examples.cases(shipped().rules.values()):
        texts.setdefault(case.example.lang, []).append(case.example.text)
    joined = {tag: "\n".join(parts) for tag, parts in texts.items()}
    size = sum(map(len, joined.values()))
    return [(tag, (part + "\n") * (200_000 // size + 1)) for tag, part in joined.items()]


def _well(paths: list[str] | None) -> list[Rule]:
    """The rules of files and folders (all of ours by default), checked. Raises RuleError."""
    rules = [rule for path in paths or [str(shipped_root())] for rule in _rules_in(Path(path))]
    problems: list[Problem] = []
    for rule in rules:
        check(rule, problems)
    if problems:
        raise RuleError(problems)
    return rules


def _with_ours(rules: list[Rule]) -> list[Rule]:
    """These rules, and those of ours that they do not replace."""
    return list({**shipped().rules, **{rule.id: rule for rule in rules}}.values())


def _all_that_run(rules: list[Rule]) -> Choose:
    """What runs by default when these rules are there: they, and ours that are on."""
    on = {*chosen(shipped(), Config()), *(rule.id for rule in rules if rule.id not in shipped().rules)}
    return examples.only(*(rule for rule in _with_ours(rules) if rule.id in on))


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
