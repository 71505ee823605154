"""What docs/verify.md says is what happens: its files are written, its commands run, its output compared."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.model import Invariant
from cleaner.ruleset.schema import REPAIRABLE
from cleaner.verify.report import RULES
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "verify.md").read_text("utf-8")
MODEL = "your-model() { cat edited.orig; }"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_print_what_they_say(tmp_path: Path) -> None:
    for name, text in re.findall(r"^`([\w./]+)`[^\n]*:\n\n```\w+\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "edited.orig").write_bytes((tmp_path / "edited.txt").read_bytes())
    first, *sessions = blocks("console")
    assert len(sessions) >= 3
    for session in (first, *sessions):
        for command, said in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE):
            assert run(command, tmp_path) == said, command
    assert (tmp_path / "edited.txt").read_bytes() == (tmp_path / "article.txt").read_bytes()
    assert '"verify/digits"' in (tmp_path / "told.jsonl").read_text("utf-8")


def run(command: str, folder: Path) -> str:
    """What a command prints, with the time and the folder of the page."""
    cleaner = f'cleaner() {{ "{sys.executable}" -m cleaner "$@"; }}'
    places = {"CLEANER_STATE_DIR": str(folder / ".state"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["/bin/bash", "-c", f"{cleaner}\n{MODEL}\n{command}"],
        cwd=folder,
        env={**os.environ, **places},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    printed = done.stdout.decode().replace(os.path.realpath(folder), "/home/you/news")
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d", "2026-11-30T19:53:50+00:00", printed)


def test_the_rule_of_the_page_holds_when_it_says_what_it_changes(tmp_path: Path) -> None:
    (rule,) = blocks("yaml")
    declared = "fix: {do: replace, safety: safe, changes: [digits]}"
    assert declared in PAGE
    (tmp_path / "house" / "words").mkdir(parents=True)
    changed = rule.replace("fix: {do: replace, safety: safe}", declared)
    (tmp_path / "house" / "words" / "day.yml").write_text(changed, "utf-8")
    assert run("cleaner rules test house", tmp_path) == "2 of 2 examples of 1 rule hold.\n"


def test_the_python_example_prints_what_it_says() -> None:
    (code,) = blocks("python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})  # the page is ours
    said = [line.removeprefix("# ") for line in code.splitlines() if line.startswith("# ")]
    assert printed.getvalue().splitlines() == said


def test_every_kind_is_in_the_table_with_its_severity() -> None:
    table = PAGE.partition("| kind |")[2].partition("\n\n")[0]
    rows = {
        kind: line.rsplit("|", 2)[1].strip()
        for line in table.splitlines()[2:]
        for kind in re.findall(r"`([\w-]+)`", line.split("|")[1])
    }
    assert rows == {kind.value: RULES[kind][2].value for kind in Invariant}


def test_what_a_rule_may_declare_is_named() -> None:
    named = PAGE.partition("`changes` may name")[2].partition("\n\n")[0]
    assert re.findall(r"`([\w-]+)`", named) == [kind.value for kind in REPAIRABLE]


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", PAGE))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).exists()
