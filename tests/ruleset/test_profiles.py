"""What each profile promises, kept by the rules themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.model import Safety, Severity
from cleaner.ruleset.load import profiles, shipped
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import chosen, rules_for


def on(profile: str) -> set[str]:
    return set(chosen(shipped(), Config(profile=profile)))


def rules(profile: str) -> list[Rule]:
    return [shipped().get(id) for id in sorted(on(profile))]


def test_the_profiles() -> None:
    assert set(profiles()) == {"publish", "ci", "feed", "audit", "minimal"}
    assert Config().profile == "publish"


@pytest.mark.parametrize("name", sorted(profiles()))
def test_a_profile_explains_itself(name: str) -> None:
    assert profiles()[name].title
    assert len(profiles()[name].why.split()) >= 12


def test_audit_has_every_rule() -> None:
    assert on("audit") == set(shipped().rules)


def test_a_gate_has_errors_only() -> None:
    assert {rule.severity for rule in rules("ci")} == {Severity.ERROR}
    assert len(on("ci")) > 20


def test_minimal_has_errors_that_are_safe_to_repair() -> None:
    for rule in rules("minimal"):
        assert (rule.severity, rule.fix[0].safety) == (Severity.ERROR, Safety.SAFE)


def test_a_feed_needs_all_that_publishing_needs_and_what_pages_leave() -> None:
    assert on("publish") < on("feed")
    assert {id for id in shipped().rules if id.startswith("feed/")} <= on("feed")
    assert {shipped().get(id).family for id in on("feed") - on("publish")} == {"feed", "invisible"}


@pytest.mark.parametrize("name", ["ci", "minimal"])
def test_small_profiles_are_part_of_the_default(name: str) -> None:
    assert on(name) <= on("publish")


HOUSE = """\
title: A word that this house does not print
why: The style guide of the house says so, on page three.
kind: pattern
params: {pattern: foo}
severity: info
message: "“{found}” is not our word"
examples:
  bad: {lang: en, text: a foo, finds: foo}
  good: {lang: en, text: a bar, because: it is another word}
"""


@pytest.mark.parametrize("name", sorted(profiles()))
def test_a_profile_chooses_among_our_rules(name: str, tmp_path: Path) -> None:
    """Those of a house are on in each, also in a family of ours; one of ours that it changes is ours."""
    for id in ("words/foo", "repetition/foo"):
        (tmp_path / id).parent.mkdir()
        (tmp_path / f"{id}.yml").write_text(HOUSE, "utf-8")
    (tmp_path / "repetition" / "doubled-word.yml").write_text("extends: repetition/doubled-word\n", "utf-8")
    config = Config(profile=name, rules=(str(tmp_path),))
    known = rules_for(config)
    assert set(chosen(known, config)) == on(name) | {"words/foo", "repetition/foo"}
    off = Config(profile=name, rules=(str(tmp_path),), ignore=("words", "repetition/foo"))
    assert set(chosen(known, off)) == on(name)
    alone = Config(profile=name, rules=(str(tmp_path),), select=("words",))
    assert set(chosen(known, alone)) == {"words/foo"}


def test_a_family_that_is_off_can_be_turned_on_whole() -> None:
    config = Config(profile="minimal", extend_select=("quotes",))
    assert {id for id in shipped().rules if id.startswith("quotes/")} <= set(chosen(shipped(), config))
