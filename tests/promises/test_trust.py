"""Only safe repairs are made without being asked for; every rule says how far each of its repairs is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import clean_text
from cleaner.config import Config
from cleaner.model import Safety
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Rule
from tests.conftest import Run

RULES = shipped().rules


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_repair_states_its_trust(rule: Rule) -> None:
    for fix in rule.fix:
        assert fix.safety in (Safety.SAFE, Safety.UNSAFE, Safety.MANUAL)
        assert fix.because or fix.safety is Safety.SAFE


def cleaned(id: str, safety: str) -> list[tuple[Safety, bool]]:
    """The trust of every repair that was made in the bad examples of a rule."""
    config = Config(select=(id,))
    made = []
    for case in RULES[id].examples.bad:
        if case.format == "plain":
            done = clean_text(
                case.text, lang=case.lang, source_lang=case.source, safety=safety, config=config
            )
            made += [(f.fix.safety, done.text != case.text) for f in done.applied if f.fix]
            assert done.applied or done.text == case.text
    return made


@pytest.mark.parametrize("id", RULES)
def test_only_safe_repairs_are_made_by_default(id: str) -> None:
    assert {trust for trust, _ in cleaned(id, "safe")} <= {Safety.SAFE}
    assert {trust for trust, _ in cleaned(id, "unsafe")} <= {Safety.SAFE, Safety.UNSAFE}


def test_the_table_is_not_empty() -> None:
    """There are rules of each kind, so that the tests above could fail."""
    assert {fix.safety for rule in RULES.values() for fix in rule.fix} == set(Safety)
    unsafe = [id for id in RULES if Safety.UNSAFE in {trust for trust, _ in cleaned(id, "unsafe")}]
    assert len(unsafe) > 20


def test_what_was_not_made_is_counted(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They both [будут] be in Cambodia.")
    done = cli("fix", "a.txt", "--lang", "en", "--from", "ru")
    assert done.returncode == 1
    assert b"--unsafe-fixes" in done.stdout
    assert (tmp_path / "a.txt").read_text() == "They both [будут] be in Cambodia."
