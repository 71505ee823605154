"""What commands say beside reports: no name of a file and no rule of a stranger can forge a log line.

`cleaner rules test` is a hook and `rules show` is what a reviewer types: the rules may be those of a
pull request.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.feeds.server import DIRTY, rss
from tests.reporters.test_hostile import BIDI

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system allows no such names")
NAME = "::error::pwn"
RULE = r"""
title: "A \e[31mtitle\n::error::t"
why: "Our \e]0;x\a why, so long that a line of the page ends where the next begins: ::error::w ##[error]q \u202e"
kind: pattern
params: {pattern: '\bKiev\b', replace: Kyiv}
severity: warning
message: "\e[31m {replacement}\n::error::m, not {found}"
fix: {do: replace, safety: safe, because: "\n::error::b"}
references: ["\n::error::r"]
examples:
  bad:
    - {lang: en, text: "To Kiev.\n::error::x \u202e", finds: ["Kiev\n::error::f"], fixed: "To\n::error::y"}
  good:
    - {lang: en, text: "Chicken \e[31m Kiev.", because: "it is\n::error::g"}
"""
COMMANDS = {
    "rules test": ("rules", "test", "house"),
    "rules show": ("rules", "show", "words/x"),
    "rules list": ("rules", "list"),
    "rules list as JSON": ("rules", "list", "--json"),
    "explain": ("explain", "words/x"),
    "explain a place": ("explain", f"{NAME}.txt:1"),
    "config show": ("config", "show", "."),
    "check": ("check", ".", "--output", "concise"),
    "add-ignore": ("check", ".", "--add-ignore", "--reason", "so"),
    "baseline create": ("baseline", "create", ".", "--baseline", f"{NAME}.base"),
    "baseline stats": ("baseline", "stats", "--baseline", f"{NAME}.base"),
    "feed health": ("feed", "health", f"{NAME}.rss"),
    "feed health as JSON": ("feed", "health", f"{NAME}.rss", "--json"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "house" / "words").mkdir(parents=True)
    (tmp_path / "house" / "words" / "x.yml").write_text(RULE, "utf-8")
    settings = (
        'lang: en\nfrom: ru\nrules: [house]\nrule-tests: false\nallow: ["\\e[31m\\n::error::a ##[error]"]\n'
    )
    (tmp_path / "cleaner.yaml").write_text(settings, "utf-8")
    for name in (f"{NAME}.md", f"{NAME}.txt", f"\x1b[31m\n{NAME}.md"):
        (tmp_path / name).write_text(f"{NAME} to Kiev. {DIRTY}\n", "utf-8")
    (tmp_path / f"{NAME}.rss").write_text(rss(DIRTY), "utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_nothing_is_forged(cli: Run, folder: Path, args: tuple[str, ...]) -> None:
    if args[:2] == ("baseline", "stats"):
        cli(*COMMANDS["baseline create"])
    done = cli(*args)
    said = (done.stdout + done.stderr).decode()
    assert "pwn" in said or "words/x" in said or "error" in said
    assert done.returncode in (0, 1), said
    for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", said):
        assert not line.strip().startswith("::"), line
        assert "##[" not in line
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    assert not BIDI.search(said)


def test_names_that_are_not_utf_8(cli: Run, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 (pathlib takes no bytes)
        file.write(DIRTY)
    done = cli("check", ".", "--lang", "en", "--from", "ru", "--add-ignore", "--reason", "so")
    assert (done.returncode, done.stdout) == (0, b"caf<U+DCE9>.md: 1 finding ignored in comments\n")
