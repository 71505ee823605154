"""What the README and CONTRIBUTING say is what happens: their examples are run."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

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
