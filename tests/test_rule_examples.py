"""Every example of every rule is a test; its id reads as a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.errors import Problem
from cleaner.examples import Case, cases, crossfire, failures, only
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Rule, check
from cleaner.ruleset.selection import chosen

RULES = list(shipped().rules.values())


@pytest.mark.parametrize("case", list(cases(RULES)), ids=lambda case: case.id)
def test_example(case: Case) -> None:
    assert failures(case) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.examples.bad
    assert rule.examples.good
    assert all(good.because for good in rule.examples.good)
    assert len(rule.why.split()) >= 8, "say why in a sentence that a sub-editor understands"
    assert rule.since


def test_our_rules_are_well() -> None:
    """A run trusts them: what it may not need is read here."""
    problems: list[Problem] = []
    for rule in RULES:
        check(rule, problems)
    assert problems == []


def test_no_rule_fires_on_what_another_calls_good() -> None:
    on = [shipped().get(id) for id in chosen(shipped(), Config())]
    fires = [(case.id, finding.rule) for case, finding in crossfire(RULES, RULES, only(*on))]
    assert fires == []


def test_an_example_stands_where_its_rule_says() -> None:
    for case in cases(RULES):
        line = Path(case.where.file).read_text("utf-8").split("\n")[case.where.line - 1]
        assert line[case.where.column - 1] == "{" or line.lstrip().startswith("- ")


def test_a_broken_example_says_what_is_wrong() -> None:
    rule = next(rule for rule in RULES if rule.id == "feed/leading-metadata")
    bad, good = rule.examples.bad[0], rule.examples.good[0]
    swapped = type(bad)(text=good.text, finds=("x",), lang="en")
    assert failures(Case(rule, swapped)) == ["expected “x”, found nothing"]
    wrong = type(good)(text=bad.text, lang="en", because="of nothing")
    assert failures(Case(rule, wrong)) == ["found “ date 2022-07-29 ”; it is good because of nothing"]
    unrepaired = type(bad)(text=bad.text, finds=bad.finds, lang="en")
    assert failures(Case(rule, unrepaired))[0].endswith(
        'say so: fixed: "US Secretary of State met his colleague."'
    )
