"""Profile, configuration and rules → the rules that run, each compiled once.

The most specific word wins: a rule's id over its family over ALL. Between words that are equally
specific the command line wins over the file, the file over the profile, and off over on.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner import detectors
from cleaner.config import Config, PerRule
from cleaner.errors import Problem, RuleError, UsageError, nearest
from cleaner.fields import bind
from cleaner.model import Safety, Severity
from cleaner.ruleset.load import RuleSet, load, merge, profiles, shipped
from cleaner.ruleset.schema import Rule
from cleaner.yamlio import Keys


@dataclass(frozen=True, slots=True, eq=False)
class Active:
    """A rule as it runs: compiled, with the severity and trust that the user gave it."""

    rule: Rule
    detect: detectors.Detect
    severity: Severity
    safety: Safety | None = None

    @property
    def id(self) -> str:
        return self.rule.id


def rules_for(config: Config) -> RuleSet:
    """The rules that a configuration can choose from: ours and those of its folders."""
    return _rules(config.rule_folders())


@functools.cache
def _rules(folders: tuple[object, ...]) -> RuleSet:
    return load(folders) if folders else shipped()  # type: ignore[arg-type]


def select(config: Config) -> tuple[Active, ...]:
    """The rules that a configuration turns on, in the order of their ids.

    Raises UsageError for a profile, rule or family that does not exist, RuleError for params that
    do not fit.
    """
    known = rules_for(config)
    return tuple(_active(known.rules[id], config) for id in chosen(known, config))


def chosen(known: RuleSet, config: Config) -> list[str]:
    """The ids that a configuration turns on."""
    available = profiles()
    if config.profile not in available:
        hint = nearest(config.profile, available) or f"profiles: {', '.join(available)}"
        raise UsageError(f"there is no profile “{config.profile}”", hint=hint)
    profile = available[config.profile]
    layers = [
        (profile.select if config.select is None else (), profile.ignore),
        (config.select or (), config.ignore),
        (config.extend_select, config.extend_ignore),
    ]
    families = {rule.family for rule in known.rules.values()}
    for name in (*(config.per_rule or {}), *(name for on, off in layers for name in (*on, *off))):
        _check_name(name, known, families)
    return [id for id in known.rules if _is_on(id, layers)]


def _check_name(name: str, known: RuleSet, families: Iterable[str]) -> None:
    names = {"ALL", *families, *known.rules}
    if name not in names:
        raise UsageError(f"there is no rule or family “{name}”", hint=nearest(name, names))


def _is_on(id: str, layers: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    best = (-1, -1, False, False)
    for level, (on, off) in enumerate(layers):
        for names, ignored in ((on, False), (off, True)):
            for name in names:
                specific = {"ALL": 0, id.partition("/")[0]: 1, id: 2}.get(name)
                if specific is not None:
                    best = max(best, (specific, level, ignored, not ignored))
    return best[3]


def _active(rule: Rule, config: Config) -> Active:
    changes = config.per_rule or {}
    severity, safety = rule.severity, None
    for name in (rule.family, rule.id):
        change = changes.get(name)
        if change is not None:
            severity = change.severity or severity
            safety = change.safety or safety
            rule = _with_params(rule, change)
    return Active(rule, compiled(rule), severity, safety)


@functools.cache
def compiled(rule: Rule) -> detectors.Detect:
    """The detector of a rule, compiled once."""
    return detectors.kind(rule.kind).compile(rule.params)


def _with_params(rule: Rule, change: PerRule) -> Rule:
    """The rule with some of its params changed by the user."""
    if change.params is None:
        return rule
    if not isinstance(change.params, Keys):
        raise RuleError([Problem(change.params.where, f"the params of {rule.id} must be a mapping")])
    where = change.params.where
    merged = merge(rule.node, Keys({"params": change.params}, {"params": where}, where))
    problems: list[Problem] = []
    params = bind(detectors.kind(rule.kind).Params, merged.values["params"], problems)
    if problems:
        raise RuleError(problems)
    return dataclasses.replace(rule, params=params, node=merged)
