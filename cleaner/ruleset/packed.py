"""Rules that were read before, as one JSON text: what a run needs of them, without their examples.

Reading a hundred YAML files takes longer than looking at an article. So what came of them is kept
in the user's cache, under a name made of their contents; a changed byte is another name. It is data
alone: a pack that cannot be understood is as good as none, and the files are read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cleaner.errors import Where
from cleaner.model import Invariant, Safety, Severity
from cleaner.ruleset.schema import Applies, FixRule, Rule, Written
from cleaner.values import fields
from cleaner.yamlio import Items, Keys, Node, Scalar

SHAPE = 3  # of the text; another number for another shape
_TEXTS = ("id", "title", "why", "kind", "message", "since")
_LISTS = ("references", "tags")
_QUOTED, _BARE = '"', "="


def pack(rules: Iterable[Rule], digest: str, house: Iterable[str]) -> str:
    """Rules as a text, with their digest. `house` are the ids of those that are not ours."""
    whole = {"digest": digest, "house": list(house), "rules": [_packed(rule) for rule in rules]}
    return json.dumps(whole, ensure_ascii=False)


def unpack(text: str, read: Callable[[str], Keys]) -> tuple[dict[str, Rule], str, tuple[str, ...]] | None:
    """The rules of a text, their digest, the ids of those that are not ours; None when it is no such text.

    `read` gives the file of a rule as it is written, for whatever is not in the pack.
    """
    try:
        data = json.loads(text)
        rules = [_unpacked(entry, read) for entry in data["rules"]]
        return {rule.id: rule for rule in rules}, str(data["digest"]), tuple(data["house"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _packed(rule: Rule) -> dict[str, Any]:
    return {
        **{name: getattr(rule, name) for name in (*_TEXTS, *_LISTS)},
        "severity": rule.severity.value,
        "applies": _changed(rule.applies),
        "fix": [[fix.do, fix.safety.value, fix.because, *fix.changes] for fix in rule.fix],
        "params": params_text(rule),
        "file": rule.where.file,
    }


def _unpacked(entry: Mapping[str, Any], read: Callable[[str], Keys]) -> Rule:
    id = entry["id"]
    text, where = entry["params"], Where(entry["file"])
    written = Written(lambda: _node(json.loads(text), where), lambda: read(id), text)
    own: dict[str, Any] = {name: entry[name] for name in _TEXTS}
    own |= {name: tuple(entry[name]) for name in _LISTS}
    return Rule(
        **own,
        severity=Severity(entry["severity"]),
        applies=_applies(entry["applies"]),
        fix=tuple(
            FixRule(do, Safety(safety), because, tuple(map(Invariant, changes)))
            for do, safety, because, *changes in entry["fix"]
        ),
        written=written,
    )


def params_text(rule: Rule) -> str:
    """The params of a rule as a text: rules of one kind with the same text find the same."""
    written = rule.written
    return written.text or json.dumps(_plain(written.params), ensure_ascii=False)


def _plain(node: Node) -> Any:
    """A node without its places; the sign before a text says whether it is quoted."""
    match node:
        case Scalar():
            return f"{_QUOTED if node.quoted else _BARE}{node.value}"
        case Items():
            return [_plain(value) for value in node.values]
        case Keys():
            return {key: _plain(value) for key, value in node.values.items()}


def _node(value: Any, where: Where) -> Node:
    match value:
        case str():
            return Scalar(value[1:], where, quoted=value[0] == _QUOTED)
        case list():
            return Items(tuple(_node(item, where) for item in value), where)
        case _:
            entries = {key: _node(item, where) for key, item in value.items()}
            return Keys(entries, dict.fromkeys(entries, where), where)


def _changed(applies: Applies) -> dict[str, Any]:
    values = {field.name: (getattr(applies, field.name), field.default) for field in fields(Applies)}
    return {name: value for name, (value, default) in values.items() if value != default}


def _applies(entry: Mapping[str, Any]) -> Applies:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Applies(**values)
