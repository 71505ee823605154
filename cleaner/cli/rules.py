"""`cleaner rules`: see, test and check rules."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleaner import examples, formats
from cleaner.cli import options, rulepage, streams
from cleaner.config import Config, discover
from cleaner.config import load as load_config
from cleaner.engine import Choose
from cleaner.errors import InputError, MissingPathError, Problem, RuleError, UsageError
from cleaner.languages import lookup
from cleaner.languages.identify import identify
from cleaner.reporters.base import counted
from cleaner.reporters.jsontext import dump
from cleaner.ruleset.load import is_ours, load, rule_files, rule_id, shipped, shipped_root
from cleaner.ruleset.schema import Rule, check
from cleaner.ruleset.selection import active, chosen, rules_for

app = typer.Typer(help="See, test and check rules.", no_args_is_help=True, rich_markup_mode=None)
_MOST_WARNINGS = 20
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
    actives = (active(known, id, settings) for id in known.rules)
    in_force = {one.id: (one.rule, one.severity) for one in actives}
    if as_json:
        rows = [
            {"id": id, "on": id in on, "severity": severity, "title": rule.title}
            for id, (rule, severity) in in_force.items()
        ]
        streams.write(dump(rows, indent=2), sys.stdout)
        return
    width = max(map(len, known.rules), default=0)
    for rule, severity in in_force.values():
        mark = "●" if rule.id in on else "○"
        streams.say(f"{mark} {rule.id:<{width}}  {severity.value:<7}  {rule.title}")
    streams.say("", f"{len(on)} of {len(known.rules)} rules are on (profile {settings.profile}).")


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The rule, as in quotes/unpaired.")],
    config: options.ConfigFile = None,
) -> None:
    """Show a rule: why it matters, what it repairs, examples."""
    streams.say(*rulepage.page(id, config_of(config)))


@app.command()
def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH…]", help="Rule files or folders; ours and those of the settings by default."
        ),
    ] = None,
) -> None:
    """Run the examples of rules.

    Warns of rules that fire on what another calls good.

    Exit code: 0 all hold, 1 one does not, 2 a rule file has mistakes.

    Example: cleaner rules test rules/quotes
    """
    rules = _well(paths)
    count = failed = 0
    for case in examples.cases(rules):
        count += 1
        for failure in examples.failures(case):
            failed += 1
            streams.say(f"✗ {case.claim}", f"    {failure}", f"    {case.where}")
    crossed = examples.crossfire(rules, _with_ours(rules), _all_that_run(rules))
    for case, finding in itertools.islice(crossed, _MOST_WARNINGS):
        streams.say(
            f"! {finding.rule} finds “{finding.match}” in a good example", f"    {case.where}: {case.id}"
        )
    if next(crossed, None) is not None:
        streams.say(f"! … and more: the first {_MOST_WARNINGS} are shown")
    for rule in rules if paths else (rule for rule in rules if not is_ours(rule)):
        hostile = examples.hostile_text(rule)
        if hostile is not None:
            streams.say(
                f"! {rule.id} takes too long on “{hostile[:12]}…” ({len(hostile)} characters): its pattern tries too "
                "many ways, as (a+)+ does",
                f"    {examples.place_of_pattern(rule)}",
            )
    streams.say(f"{count - failed} of {counted(count, 'example')} of {counted(len(rules), 'rule')} hold.")
    raise typer.Exit(int(failed > 0))


@app.command()
def validate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH…]", help="Rule files or folders; ours and those of the settings by default."
        ),
    ] = None,
) -> None:
    """Check rule files without running them; every mistake at once.

    Exit code: 0 all are well, 2 one has mistakes.
    """
    number = len(_well(paths))
    streams.say(f"{counted(number, 'rule')} {'is' if number == 1 else 'are'} well.")


@app.command()
def schema() -> None:
    """The JSON Schema of rule files, for editors."""
    from cleaner.ruleset.jsonschema import rule_schema

    streams.write(dump(rule_schema(), indent=2), sys.stdout)


@app.command()
def new(
    path: Annotated[str, typer.Argument(metavar="ROOT/FAMILY/NAME.yml", help="The file to write.")],
    bad: Annotated[str, typer.Option("--bad", help="A text with the defect.")],
    good: Annotated[str, typer.Option("--good", help="A sound text, best the same one mended.")],
    lang: Annotated[str, typer.Option("--lang", metavar="TAG", help="The language of both.")],
) -> None:
    """Write a draft of a rule from one bad and one good text.

    Beside it stands the schema by which an editor completes and checks it.

    Example: cleaner rules new house/words/kyiv.yml --lang en --bad "to Kiev" --good "to Kyiv"
    """
    from cleaner.ruleset.draft import SCHEMA_NAME, draft
    from cleaner.ruleset.jsonschema import rule_schema

    lookup(lang)
    target = Path(path)
    if target.suffix not in (".yml", ".yaml") or len(target.parts) < 3:
        raise UsageError(
            f"{path}: a rule is written to ROOT/FAMILY/NAME.yml", hint="as in house/words/kyiv.yml"
        )
    _check_id(target)
    if target.exists():
        raise UsageError(f"{path}: is there already")
    try:
        text = draft(bad=bad, good=good, lang=lang, depth=1)
    except ValueError as error:
        raise UsageError(f"--bad, --good: {error}") from None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    schema_file = target.parent.parent / SCHEMA_NAME
    brings_schema = not schema_file.exists()
    if brings_schema:
        schema_file.write_text(json.dumps(rule_schema(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside = f" (and {schema_file}, by which an editor completes and checks it)" if brings_schema else ""
    streams.say(
        f"{path} is written{beside}. Fill in what says TODO, then run",
        f"  cleaner rules test {shlex.quote(path)}",
    )


def _check_id(target: Path) -> None:
    """Raises UsageError when FAMILY/NAME.yml is no id of a rule."""
    problems: list[Problem] = []
    id = rule_id(target, target.parent.parent, problems)
    if problems:
        raise UsageError(f"{target}: {problems[0].message}", hint=f"{problems[0].hint}, as {_as_id(id)}.yml")


def _as_id(name: str) -> str:
    return re.sub("[^a-z0-9/]+", "-", name.lower()).strip("-")


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
    """Measure rules in milliseconds a megabyte, the dearest first.

    Example: cleaner rules bench rules/quotes --text article.txt --lang en
    """
    rules = [rule for path in paths or [str(shipped_root())] for rule in _rules_in(Path(path))]
    for milliseconds, rule in sorted(
        examples.timings(rules, _bench_texts(text, lang)), key=lambda row: -row[0]
    ):
        streams.say(f"{milliseconds:10.1f} ms/MB  {rule.id}")


def _bench_texts(file: str | None, lang: str | None) -> list[tuple[str, str]]:
    """(language, text) pairs of at least 200,000 code points in all."""
    if file is not None:
        try:
            content = Path(file).read_text("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{file}: not UTF-8: byte {error.start}") from None
        if not content.strip():
            raise InputError(f"{file}: is empty", hint="name a text of some length")
        return [(lang or identify(content).tag, content * (200_000 // max(len(content), 1) + 1))]
    texts: dict[str, list[str]] = {}
    for case in examples.cases(shipped().rules.values()):
        texts.setdefault(case.example.lang, []).append(case.example.text)
    joined = {tag: "\n".join(parts) for tag, parts in texts.items()}
    size = sum(map(len, joined.values()))
    return [(tag, (part + "\n") * (200_000 // size + 1)) for tag, part in joined.items()]


def _well(paths: list[str] | None) -> list[Rule]:
    """The rules of files and folders (ours and those of the settings by default), checked. Raises RuleError."""
    if paths:
        rules = [rule for path in paths for rule in _rules_in(Path(path))]
    else:
        rules = list(rules_for(config_of()).rules.values())
    problems: list[Problem] = []
    for rule in rules:
        check(rule, problems)
        problems += _unknown_formats(rule)
    if problems:
        raise RuleError(problems)
    return rules


def _unknown_formats(rule: Rule) -> Iterator[Problem]:
    """Names of formats that do not exist: the rule would never run."""
    known = formats.FORMATS
    for name in (*rule.applies.formats, *rule.applies.not_formats):
        if name not in known:
            yield Problem(
                rule.node.values["applies"].where,
                f"there is no format “{name}”",
                f"formats: {', '.join(known)}",
            )


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
    if resolved.is_dir() and not rule_files(resolved):
        raise UsageError(f"{path}: there is no rule in this folder", hint="a rule is a file FAMILY/NAME.yml")
    ours = shipped_root().resolve()
    if resolved == ours or ours in resolved.parents:
        return [rule for rule in shipped().rules.values() if _inside(Path(rule.where.file), resolved)]
    root = _root(resolved)
    return [rule for rule in load([root]).rules.values() if _inside(Path(rule.where.file), resolved)]


def _root(path: Path) -> Path:
    """The root of a folder of rules: files stand in FAMILY/NAME.yml below it."""
    family = path.parent if path.is_file() else path
    if not _has_yaml(family):
        return path
    return family if _has_yaml(family.parent) else family.parent  # a root holds folders, no rules


def _has_yaml(folder: Path) -> bool:
    return any(child.suffix in (".yml", ".yaml") for child in folder.iterdir())


def _inside(file: Path, path: Path) -> bool:
    resolved = file.resolve()
    return resolved == path or path in resolved.parents
