"""What the README and CONTRIBUTING say is what happens: their examples are run."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from cleaner.config import PerLang, PerPath, PerRule, load
from cleaner.detectors import pattern, phrases
from cleaner.errors import CleanerError
from cleaner.fields import key_of
from cleaner.model import Role, Safety, Severity
from cleaner.pipeline import Pipeline
from cleaner.ruleset.schema import Applies, Bad, FixRule, Good, RuleFile
from cleaner.values import fields
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_python_example_prints_what_it_says() -> None:
    (code,) = blocks(README, "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})  # the README is ours
    said = [line.removeprefix("# ") for line in code.splitlines() if line.startswith("# ")]
    assert printed.getvalue().splitlines() == said


def test_the_rule_of_one_minute_works(cli: Run, tmp_path: Path) -> None:
    rule, config = blocks(README, "yaml")
    (tmp_path / "house" / "words").mkdir(parents=True)
    (tmp_path / "house" / "words" / "kyiv.yml").write_text(rule, "utf-8")
    assert "2 of 2 examples of 1 rule hold." in cli("rules", "test", "house").stdout.decode()
    (tmp_path / "cleaner.yaml").write_text(config, "utf-8")
    (tmp_path / "a.txt").write_text("He flew to Kiev.", "utf-8")
    assert b"we write Kyiv, not Kiev" in cli("check", "a.txt").stdout
    cli("fix", "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8") == "He flew to Kyiv."


HOUSE = (ROOT / "docs" / "house-rules.md").read_text("utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The rules of the page, each in the file that its first line names."""
    for block in blocks(HOUSE, "yaml"):
        name = block.partition("\n")[0].removeprefix("# ")
        if name.startswith("house/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(block, "utf-8")
    return tmp_path


def test_the_rules_of_the_page_about_house_rules_hold(cli: Run, house: Path) -> None:
    done = cli("rules", "test", "house")
    assert done.stdout.decode().splitlines()[-1] == "13 of 13 examples of 3 rules hold."
    assert "✗" not in done.stdout.decode()


def test_the_settings_of_the_page_about_house_rules_hold(house: Path) -> None:
    written = [block for block in blocks(HOUSE, "yaml") if block.startswith("# cleaner.yaml\n")]
    assert len(written) == 2
    for number, block in enumerate(written):
        path = house / str(number) / "cleaner.yaml"
        path.parent.mkdir()
        path.write_text(block.replace("./house", "../house"), "utf-8")
        pipeline = Pipeline(load(path))
        on = {rule.id for rule in pipeline.rules()}
        assert {"words/again", "words/percent"} <= on
        assert ("numbers/euro-sign" in on) is (number == 0)


def test_the_page_about_house_rules_names_every_field() -> None:
    classes = (RuleFile, FixRule, Applies, Bad, Good, PerRule, PerPath, PerLang)
    keys = {key_of(field) for one in classes for field in fields(one)}
    keys |= {
        sign for kind in (phrases, pattern) for sign in (*kind.ACTIONS, *map(key_of, fields(kind.Params)))
    }
    values = {value.value for one in (Severity, Safety, Role) for value in one}
    assert sorted(word for word in keys | values if not re.search(rf"`[^`]*\b{word}\b[^`]*`", HOUSE)) == []


def test_the_phrases_that_the_page_refuses_are_refused(tmp_path: Path) -> None:
    for phrase in ("{the |}Donbass → {the |}Donbas", "a → b → c"):
        with pytest.raises(ValueError, match="“phrases”"):
            phrases.Params({"en": (phrase,)})
    with pytest.raises(CleanerError, match=r"ignore: \[words/again\]"):
        (tmp_path / "cleaner.yaml").write_text("per-rule: {words/again: off}", "utf-8")
        load(tmp_path / "cleaner.yaml")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DESIGN.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_files_named_in_the_texts_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        for path in re.findall(
            r"`((?:rules|cleaner|tests|docs)/[a-z0-9/_.-]+\.\w+)`", (ROOT / name).read_text("utf-8")
        ):
            assert (ROOT / path).exists(), f"{name} names {path}"
