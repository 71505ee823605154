"""The pages about the rules are those of the rules, and Markdown cannot be broken by an example."""

from __future__ import annotations

import subprocess
import sys

from cleaner.ruleset.load import merge, shipped
from cleaner.ruleset.pages import page
from cleaner.yamlio import Keys, from_plain
from tests.conftest import ROOT


def test_the_pages_are_those_of_the_rules() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_pages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_an_example_cannot_end_its_fence() -> None:
    rule = shipped().get("feed/leading-metadata")
    hostile = {"text": "```\n# x\n````", "finds": ["```"], "lang": "en"}
    sound = {"text": "x", "lang": "en", "because": "it is"}
    written = from_plain({"examples": {"bad": [hostile], "good": [sound]}}, rule.where)
    assert isinstance(written, Keys)
    shown = page(rule.rewritten(merge(rule.node, written)), [])
    assert "`````diff\n- ```\n  # x\n  ````\n`````" in shown
