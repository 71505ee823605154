"""Profile, configuration and rules → the rules that run, each compiled once.

A profile chooses among our rules; those of a house are on in every profile. The most specific word wins: a
rule's id over its family over ALL. Between words that are equally
specific the command line wins over the file, the file over the profile, and off over on.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping

from cleaner import builtin
from cleaner.config import Config, PerRule, where_said
from cleaner.detectors import Detect
from cleaner.errors import ConfigError, Problem, RuleError, UsageError, nearest
from cleaner.languages import Language, lookup
from cleaner.model import Safety, Severity
from cleaner.ruleset.load import RuleSet, is_shipped, load, merge, profiles, rule_files, shipped
from cleaner.ruleset.schema import Rule, compiled
from cleaner.values import dataclass, replace
from cleaner.yamlio import Keys


@dataclass(frozen=True, slots=True, eq=False)
class Active:
    """A rule as it runs, with the severity and trust that the user gave it.

    One that is not ours `is_guarded`: of its repairs those are only shown that would change an address.
    """

    rule: Rule
    severity: Severity
    safety: Safety | None = None
    is_guarded: bool = False

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def detect(self) -> Detect:
        """The detector; compiled when it is first needed, because no text needs them all."""
        return compiled(self.rule)

    def trust(self, number: int) -> Safety:
        """The trust in the repair of this number.

        What the user says holds for the preferred one. The others keep theirs, or less: nobody who makes
        the best repair safe says that the last resort is, and who makes it manual wants none made.
        """
        own = self.rule.fix[number].safety
        if self.safety is None or not number:
            return self.safety or own
        return own.at_most(self.safety)


def rules_for(config: Config) -> RuleSet:
    """The rules that a configuration can choose from: ours and those of its folders."""
    return _rules(config.rule_folders())


@functools.cache
def _rules(folders: tuple[object, ...]) -> RuleSet:
    for folder in folders:
        if not rule_files(folder):  # type: ignore[arg-type]
            raise UsageError(
                f"rules: {folder}: there is no rule in this folder", hint="a rule is a file FAMILY/NAME.yml"
            )
    return load(folders) if folders else shipped()  # type: ignore[arg-type]


def select(config: Config) -> tuple[Active, ...]:
    """The rules that a configuration turns on, in the order of their ids.

    Raises UsageError for a profile, rule or family that does not exist, ConfigError where a file names it,
    RuleError for params that do not fit.
    """
    known = rules_for(config)
    _check_preferred(known, config)
    return tuple(active(known, id, config) for id in chosen(known, config))


def select_by_language(config: Config) -> Callable[[Language], tuple[Active, ...]]:
    """What gives the rules for a text in a language.

    Raises what `select` raises, for all languages at once, and LanguageError for one we do not know.
    """
    default = select(config)

    @functools.cache
    def rules(tag: str) -> tuple[Active, ...]:
        changed = config.for_lang(tag)
        return default if changed is config else select(changed)

    for tag in config.per_lang or {}:  # so that a mistake is told at the start
        rules(lookup(tag).tag)
    return lambda language: rules(language.tag)


def built_in(config: Config) -> dict[str, Severity]:
    """The rules without a YAML file that a configuration turns on, with the severity it gives them.

    They are on until somebody turns them off: a run that selects `quotes` says what is wrong with
    suppressions as well. Only the optional ones have to be named.
    """
    optional = tuple(id for id, rule in builtin.RULES.items() if rule.optional)
    layers = [(("ALL",), optional), *_layers(config)]
    changes = config.per_rule or {}
    words = _words(layers)
    found: dict[str, Severity] = {}
    for id, rule in builtin.RULES.items():
        if _is_on(id, words):
            named = (changes[name].severity for name in (id, id.partition("/")[0]) if name in changes)
            found[id] = next((severity for severity in named if severity), rule.severity)
    return found


_NAMING = (
    "select",
    "extend-select",
    "ignore",
    "extend-ignore",
    "per-rule",
)  # keys under which rules are named


@contextlib.contextmanager
def _telling_where(config: Config, name: str, keys: tuple[str, ...]) -> Iterator[None]:
    """A mistake in a name is told with its place, when the file of the settings has it."""
    try:
        yield
    except UsageError as error:
        where = where_said(config, name, keys)
        if where is None:
            raise
        raise ConfigError([Problem(where, error.message, error.hint)]) from None


def _layers(config: Config, *, own: bool = False) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is selected and what is ignored: by the profile, the file, the command line.

    A profile chooses among our rules: a house's `own` are on in each.
    """
    with _telling_where(config, config.profile, ("profile",)):
        profile = [(("ALL",), ())] if own else _profile(config.profile)
    return [
        *((select if config.select is None else (), ignore) for select, ignore in profile),
        (config.select or (), config.ignore),
        (config.extend_select, config.extend_ignore),
    ]


def chosen(known: RuleSet, config: Config) -> list[str]:
    """The ids that a configuration turns on."""
    layers = _layers(config)
    families = {*(rule.family for rule in known.rules.values()), *builtin.FAMILIES}
    for name in (*(config.per_rule or {}), *(name for on, off in layers for name in (*on, *off))):
        with _telling_where(config, name, _NAMING):
            _check_name(name, known, families)
    ours, own = _words(layers), _words(_layers(config, own=True))
    added = {id for id in known.house if not is_shipped(id)}
    return [id for id in known.rules if _is_on(id, own if id in added else ours)]


def _profile(name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What a profile selects and ignores, after what it extends."""
    available = profiles()
    if name not in available:
        hint = nearest(name, available) or f"profiles: {', '.join(available)}"
        raise UsageError(f"there is no profile “{name}”", hint=hint)
    profile = available[name]
    return [*(_profile(profile.extends) if profile.extends else ()), (profile.select, profile.ignore)]


def _check_name(name: str, known: RuleSet, families: Iterable[str]) -> None:
    names = {"ALL", *families, *known.rules, *builtin.RULES}
    if name in (builtin.BROKEN, builtin.BROKEN.partition("/")[0]):
        raise UsageError(f"“{name}” cannot be chosen", hint="nothing is checked where a file is broken")
    if name not in names:
        raise UsageError(f"there is no rule or family “{name}”", hint=nearest(name, names))


def _words(layers: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, bool]:
    """What the last word on each name is: on or off. In one layer off wins."""
    words: dict[str, bool] = {}
    for on, off in layers:
        words |= dict.fromkeys(on, True) | dict.fromkeys(off, False)
    return words


def _is_on(id: str, words: Mapping[str, bool]) -> bool:
    names = (id, id.partition("/")[0], "ALL")
    return next((words[name] for name in names if name in words), False)


def active(known: RuleSet, id: str, config: Config) -> Active:
    """A rule with what the settings change about it."""
    rule, changes = known.rules[id], config.per_rule or {}
    severity, safety = rule.severity, None
    for name in (rule.family, rule.id):
        change = changes.get(name)
        if change is not None:
            severity = change.severity or severity
            safety = change.safety or safety
            rule = _preferring(_with_params(rule, change), change.prefer)
    return Active(rule, severity, safety, id in known.house)


def _check_preferred(known: RuleSet, config: Config) -> None:
    """Raises UsageError for a repair asked for by name that no such rule has."""
    for name, change in (config.per_rule or {}).items():
        rules = [rule for rule in known.rules.values() if name in (rule.id, rule.family)]
        offered = dict.fromkeys(fix.do for rule in rules for fix in rule.fix)
        if change.prefer is not None and change.prefer not in offered:
            hint = f"one of {', '.join(offered)}" if offered else "it offers none"
            with _telling_where(config, change.prefer, ("prefer",)):
                raise UsageError(f"per-rule: {name} has no repair “{change.prefer}”", hint=hint)


def _preferring(rule: Rule, do: str | None) -> Rule:
    """The rule with the repair that the user named first; what was only shown may now be asked for."""
    wanted = [fix for fix in rule.fix if fix.do == do]
    if not wanted:
        return rule
    others = [fix for fix in rule.fix if fix.do != do]
    asked = [replace(fix, safety=Safety.UNSAFE) if fix.safety is Safety.MANUAL else fix for fix in wanted]
    return replace(rule, fix=(*asked, *others))


def _with_params(rule: Rule, change: PerRule) -> Rule:
    """The rule with some of its params changed by the user."""
    if change.params is None:
        return rule
    if not isinstance(change.params, Keys):
        raise RuleError([Problem(change.params.where, f"the params of {rule.id} must be a mapping")])
    where = change.params.where
    merged = merge(rule.node, Keys({"params": change.params}, {"params": where}, where))
    changed = rule.rewritten(merged)
    compiled(changed)  # a mistake is told before the run, in the words of the configuration
    return changed
