"""Pages about rules, made of the rules: what is wrong, why, examples as before and after.

The pages stand in docs/rules and are written by `make pages`; a test fails when they differ from
the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cleaner import detectors, fields
from cleaner.errors import LanguageError
from cleaner.languages import lookup
from cleaner.model import Safety
from cleaner.ruleset.load import Profile
from cleaner.ruleset.schema import Applies, Bad, Good, Rule

SAFETY_WORDS = {
    Safety.SAFE: "made by `cleaner fix`",
    Safety.UNSAFE: "made with `--unsafe-fixes`",
    Safety.MANUAL: "shown, never made",
}


def page(rule: Rule, on_in: Iterable[str]) -> str:
    """The page of one rule, in Markdown. `on_in` are the profiles that turn it on."""
    parts = [
        f"# {rule.title}",
        f"`{rule.id}` · {rule.severity.value} · on in {_list(on_in) or 'no profile'}",
        " ".join(rule.why.split()),
        _applies(rule.applies),
        _repairs(rule),
        "## Examples",
        *map(_bad, rule.examples.bad),
        "## Not reported",
        *map(_good, rule.examples.good),
        _sources(rule),
        f"Since {rule.since} · detector `{rule.kind}` · [the rule itself]({_up(rule)}rules/{rule.id}.yml)",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def index(rules: Iterable[Rule], on: Mapping[str, set[str]], profiles: Mapping[str, Profile]) -> str:
    """The list of all rules by family and by language, and which profile has which, in Markdown."""
    rules = list(rules)
    names = list(on)
    parts = [
        "# Rules",
        "Profiles are choices among these rules: `cleaner check --profile ci`, or `profile: ci` in cleaner.yaml. "
        "The rules of [your own house](house-rules.md) are on in each.",
        "\n".join(
            f"- **{name}** ({len(on[name])} rules): {profiles[name].title}. {' '.join(profiles[name].why.split())}"
            for name in names
        ),
        f"{len(rules)} rules. A filled circle: the profile turns the rule on.",
    ]
    for family in dict.fromkeys(rule.family for rule in rules):
        head = [
            "| rule | what is wrong | severity | repair | " + " | ".join(names) + " |",
            "|---" * (4 + len(names)) + "|",
        ]
        rows = [
            f"| [{rule.id}](rules/{rule.id}.md) | {rule.title} | {rule.severity.value} | {_best(rule)} | "
            + " | ".join("●" if rule.id in on[name] else "○" for name in names)
            + " |"
            for rule in rules
            if rule.family == family
        ]
        parts += [f"## {family}", "\n".join(head + rows)]
    parts += [
        "## By language",
        "Rules that speak of some languages only; all others hold for every language.",
    ]
    parts.append("\n".join(_by_language(rules)))
    return "\n\n".join(parts) + "\n"


def kinds() -> str:
    """What each kind is told and what its repairs do, in Markdown."""
    parts = []
    for name in detectors.KINDS:
        kind = detectors.kind(name)
        told = fields.schema(kind.Params)
        rows = [
            f"| `{key}`{' (needed)' if key in told.get('required', ()) else ''} | {_cell(field)} |"
            for key, field in told["properties"].items()
        ]
        repairs = [f"| `do: {do}` | {_escaped(help)} |" for do, help in kind.ACTIONS.items()]
        details = [f"| `{{{key}}}` in the message | {_escaped(help)} |" for key, help in kind.DETAILS.items()]
        first = (kind.__doc__ or "").strip().split("\n\n")[0]
        table = "\n".join(("| | |", "|---|---|", *rows, *repairs, *details))
        parts.append(f"### {name}\n\n{' '.join(first.split())}\n\n{table}")
    return "\n\n".join(parts) + "\n"


def _cell(field: Mapping[str, Any]) -> str:
    one = field.get("anyOf", (field,))[0]
    choices = f": {', '.join(map(str, one['enum']))}" if "enum" in one else ""
    help = _escaped(field["description"])
    named = all(str(choice) in help for choice in one.get("enum", ()))
    return help + ("" if named else choices)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _by_language(rules: list[Rule]) -> list[str]:
    tags = sorted({tag for rule in rules for tag in rule.applies.lang})
    return [
        f"- {_name(tag)} (`{tag}`): "
        + ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in rules if tag in rule.applies.lang)
        for tag in tags
    ]


def _best(rule: Rule) -> str:
    return rule.fix[0].safety.value if rule.fix else "report"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def _applies(applies: Applies) -> str:
    said = []
    if applies.lang:
        said.append(f"Only in {_languages(applies.lang)}.")
    if applies.not_lang:
        said.append(f"Not in {_languages(applies.not_lang)}.")
    if applies.source:
        said.append(f"Only translated from {_languages(applies.source)}.")
    if applies.formats:
        said.append(f"Only in the formats {_list(applies.formats)}.")
    if applies.not_formats:
        said.append(f"Not in the formats {_list(applies.not_formats)}.")
    return " ".join(said)


def _languages(tags: Iterable[str]) -> str:
    return _list(map(_name, tags))


def _name(tag: str) -> str:
    """The English name of a language; the tag of one that we know no more of."""
    try:
        return lookup(tag).name
    except LanguageError:
        return f"`{tag}`"


def _repairs(rule: Rule) -> str:
    if not rule.fix:
        return "## Repair\n\nNone: the rule only reports."
    lines = [
        f"- {fix.do}: **{fix.safety.value}**, {SAFETY_WORDS[fix.safety]}"
        + (f"; {fix.because}" if fix.because else "")
        for fix in rule.fix
    ]
    return "## Repair\n\n" + "\n".join(lines)


def _bad(example: Bad) -> str:
    lines = [f"- {example.text}"]
    if example.fixed is not None:
        lines.append(f"+ {example.fixed}")
    note = f" {example.because[:1].upper()}{example.because[1:]}." if example.because else ""
    found = _list(f"“{text}”" for text in example.finds)
    diff = "\n".join("\n  ".join(line.split("\n")) for line in lines)
    fence = "`" * max(3, _longest_fence(diff) + 1)
    return f"{_name(example.lang)}, found {_inline(found)}.{note}\n\n{fence}diff\n{diff}\n{fence}"


def _good(example: Good) -> str:
    fence = "`" * max(3, _longest_fence(example.text) + 1)
    because = f"{example.because[:1].upper()}{example.because[1:]}"
    return f"{_name(example.lang)}: {because}.\n\n{fence}text\n{example.text}\n{fence}"


def _inline(text: str) -> str:
    """Text as inline code that no character in it can end."""
    ticks = "`" * (_longest_fence(text) + 1)
    flat = text.replace("\n", "⏎")
    return f"{ticks} {flat} {ticks}" if "`" in text else f"`{flat}`"


def _longest_fence(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    return longest


def _sources(rule: Rule) -> str:
    if not rule.references:
        return ""
    return "## Sources\n\n" + "\n".join(f"- {reference}" for reference in rule.references)


def _up(rule: Rule) -> str:
    return "../" * (rule.id.count("/") + 2)
