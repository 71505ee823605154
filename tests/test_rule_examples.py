"""Every example of every rule is a test; its id reads as a sentence."""

from __future__ import annotations

import pytest

from cleaner.examples import Case, cases, failures
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Rule

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


def test_a_broken_example_says_what_is_wrong() -> None:
    rule = next(rule for rule in RULES if rule.id == "feed/leading-metadata")
    bad, good = rule.examples.bad[0], rule.examples.good[0]
    swapped = type(bad)(text=good.text, finds=("x",), lang="en")
    assert failures(Case(rule, swapped)) == ["expected “x”, found nothing"]
    wrong = type(good)(text=bad.text, lang="en", because="of nothing")
    assert failures(Case(rule, wrong)) == ["should be silent because of nothing; found “ date 2022-07-29 ”"]
    unrepaired = type(bad)(text=bad.text, finds=bad.finds, lang="en")
    assert failures(Case(rule, unrepaired))[0].startswith("expected the repair ' date 2022-07-29")
