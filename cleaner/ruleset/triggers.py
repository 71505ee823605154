"""What a text must have for each of some rules, remembered between runs.

    triggers(rules, target, source)   a Trigger for each rule

Deriving them needs the detectors and takes longer than looking at an article. So they are kept in the
user's cache, under a name made of the rules, the languages and the code: a start imports only the
detectors of rules that the text calls for.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence

from cleaner import cache, detectors
from cleaner.hashing import sha256
from cleaner.languages import Language
from cleaner.ruleset.packed import params_text
from cleaner.ruleset.schema import Rule
from cleaner.text.triggers import ALWAYS, Trigger

_SHAPE = 1  # of the text; another number for another shape


def triggers(rules: Sequence[Rule], target: Language, source: Language | None) -> list[Trigger]:
    """What a text in a language must have for each of some rules; ALWAYS where its kind does not say."""
    name = _name(rules, target, source)
    kept = cache.recall(name)
    found = _read(kept, len(rules)) if kept else None
    if found is None:
        found = [_trigger(rule, target, source) for rule in rules]
        cache.keep(name, json.dumps([_plain(one) for one in found], ensure_ascii=False))
    return found


def _name(rules: Sequence[Rule], target: Language, source: Language | None) -> str:
    content = sha256()
    for rule in rules:
        content.update(f"{rule.kind}\0{params_text(rule)}\0".encode("utf-8", "surrogatepass"))
    languages = f"{target.tag} {source.tag if source else '-'}"
    return f"triggers {_SHAPE} {cache.edition()} {languages} {content.hexdigest()}"


@functools.lru_cache(maxsize=4096)
def _trigger(rule: Rule, target: Language, source: Language | None) -> Trigger:
    find = getattr(detectors.kind(rule.kind), "trigger", None)
    if find is None:
        return ALWAYS
    trigger: Trigger = find(rule.params, target, source)
    return trigger


def _plain(trigger: Trigger) -> object:
    return [trigger.groups, trigger.strings, trigger.either]


def _read(text: str, count: int) -> list[Trigger] | None:
    """The triggers of a text; None when it is no such text."""
    try:
        entries = json.loads(text)
        found = [
            Trigger(
                tuple(tuple((low, high) for low, high in group) for group in groups),
                tuple(strings),
                bool(either),
            )
            for groups, strings, either in entries
        ]
    except (ValueError, TypeError):
        return None
    return found if len(found) == count else None
