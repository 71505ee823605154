"""Every rule on texts that are not its examples: what it must find, and what it must leave alone.

fixtures/unseen/FAMILY.jsonl holds them, traps.jsonl those texts that no rule may touch. A text runs with the default
profile and the rule, so that a finding of another rule counts: a sound text gives none but those of `reported-by`.
`known` tells why a row does not hold yet; a row that begins to hold must lose it.
"""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaner import engine
from cleaner.config import Config
from cleaner.formats import split
from cleaner.languages import Language
from cleaner.model import Document
from cleaner.ruleset.load import shipped
from cleaner.ruleset.selection import Active, select_by_language

FOLDER = Path(__file__).parent.parent / "fixtures" / "unseen"
TRAPS = "traps"
ROWS = {
    file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for file in sorted(FOLDER.glob("*.jsonl"))
}


@functools.cache
def by_default() -> engine.Choose:
    return select_by_language(Config())


@functools.cache
def everything() -> engine.Choose:
    return select_by_language(Config(profile="audit"))


@functools.cache
def with_rule(id: str) -> engine.Choose:
    """The default profile and one rule more; every rule for a trap."""
    if not id:
        return everything()
    rule = shipped().get(id)
    extra = Active(rule, rule.severity)

    @functools.cache
    def chosen(language: Language) -> Sequence[Active]:
        rules = by_default()(language)
        return rules if any(active.id == id for active in rules) else (*rules, extra)

    return chosen


def mistakes(row: dict[str, Any]) -> list[str]:
    """What is wrong with the findings in a text, [] when it holds."""
    document = split(
        Document(
            "unseen",
            row["text"],
            row.get("format", "plain"),
            lang=row["lang"],
            source_lang=row.get("source"),
        )
    )
    found = engine.find(document, with_rule(row["rule"]), engine.facts(document)).findings
    own = [finding.match for finding in found if finding.rule == row["rule"]]
    if row["finds"]:
        return [] if own == row["finds"] else [f"{row['rule']} finds {own}, not {row['finds']}"]
    allowed = row.get("reported-by", ())
    return [f"{finding.rule} finds {finding.match!r}" for finding in found if finding.rule not in allowed]


@pytest.mark.parametrize("family", ROWS)
def test_texts_that_no_rule_was_made_from(family: str) -> None:
    wrong = []
    for row in ROWS[family]:
        told = mistakes(row)
        if bool(told) != ("known" in row):
            told = told or ["it holds now: take “known” out"]
            wrong.append(f"[{row['lang']}] {row['text']!r} ({row['because']}): {'; '.join(told)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_rule_is_asked_at_least_four_times_each_way() -> None:
    found, silent = Counter[str](), Counter[str]()
    for rows in ROWS.values():
        for row in rows:
            (found if row["finds"] else silent)[row["rule"]] += 1
    few = [id for id in shipped().rules if found[id] < 4 or silent[id] < 4]
    assert not few


def test_no_text_is_an_example_of_its_rule() -> None:
    seen = defaultdict(set)
    for rule in shipped().rules.values():
        for example in (*rule.examples.bad, *rule.examples.good):
            seen[rule.id].add(example.text)
    assert not [row["text"] for rows in ROWS.values() for row in rows if row["text"] in seen[row["rule"]]]
