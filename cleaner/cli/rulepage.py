"""The page of a rule for the terminal: what `cleaner rules show` and `cleaner explain` print."""

from __future__ import annotations

import textwrap

from cleaner import builtin
from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.model import Safety
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import Active, active, rules_for
from cleaner.yamlio import Plain, plain

_MOST_PHRASES = 12  # of one list that are shown
_MOST_LINES = 30  # of params; the others stand in the file


def page(id: str, config: Config) -> list[str]:
    """The page of a rule, whether a YAML file is behind it or not. Raises UsageError for an unknown one."""
    if id in builtin.RULES:
        return builtin.page_of(id)
    known = rules_for(config)
    named = [full for full in known.rules if full.rpartition("/")[2] == id]
    if id not in known.rules and named:
        raise UsageError(f"there is no rule “{id}”", hint=f"did you mean “{named[0]}”?")
    if id not in known.rules and any(rule.family == id for rule in known.rules.values()):
        raise UsageError(f"“{id}” is a family, no rule", hint="cleaner rules list shows its rules")
    known.get(id)
    return page_of(active(known, id, config), known.rules[id])


def page_of(in_force: Active, written: Rule) -> list[str]:
    """The page of a rule for the terminal, line by line: as the settings have it, and as it is written."""
    rule = in_force.rule
    out = [f"{rule.id}: {rule.title}", "", *textwrap.wrap(" ".join(rule.why.split()), 88), ""]
    out.append(f"severity  {in_force.severity.value}{_instead_of(written.severity, in_force.severity)}")
    out += [f"kind      {rule.kind}", f"file      {rule.where.file}"]
    said = {fix.do: fix.safety for fix in written.fix}
    for number, fix in enumerate(rule.fix):
        safety = in_force.trust(number)
        because = f": {fix.because}" if fix.because and safety is not Safety.SAFE else ""
        out.append(f"repair    {fix.do} ({safety.value}{because}){_instead_of(said[fix.do], safety)}")
    for key in ("applies", "params"):
        node = rule.node.values.get(key)
        lines = _written_out(plain(node)) if node is not None else []
        if len(lines) > _MOST_LINES:
            lines[_MOST_LINES:] = ["… (the rest stands in the file)"]
        out += [f"{key if not number else '':<10}{line}" for number, line in enumerate(lines)]
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


def _instead_of(written: str, in_force: str) -> str:
    return "" if written == in_force else f"   # the rule itself: {written}"


def _written_out(value: Plain, indent: str = "") -> list[str]:
    """Params as YAML would have them, a long list cut."""
    if isinstance(value, str):
        return [f"{indent}{_one_line(value)}"]
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value) and sum(map(len, map(str, value))) < 60:
            return [f"{indent}{', '.join(map(str, value))}"]
        lines = [line for item in value[:_MOST_PHRASES] for line in _written_out(item, f"{indent}- ")]
        more = len(value) - _MOST_PHRASES
        return [*lines, f"{indent}… and {more} more"] if more > 0 else lines
    out: list[str] = []
    for key, part in value.items():
        inner = _written_out(part, indent + "  ")
        is_short = len(inner) == 1 and not isinstance(part, dict)
        out += [f"{indent}{key}: {inner[0].strip()}"] if is_short else [f"{indent}{key}:", *inner]
    return out


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")
