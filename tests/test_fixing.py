"""Choosing, applying and verifying repairs, with rules made for the test."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Config, check_text, clean_text

RULE = """\
title: A rule of the test {name}
why: It is made for a test and says nothing about any language at all.
kind: pattern
params: {{pattern: '{pattern}', replace: '{replace}'}}
severity: warning
message: "“{{found}}”"
fix: {{do: replace, safety: {safety}{because}}}
examples:
  bad: [{{lang: en, text: x, finds: [x]}}]
  good: [{{lang: en, text: y, because: of the test}}]
"""


def house(folder: Path, **rules: tuple[str, str, str]) -> Config:
    """A configuration with only these rules: name → (pattern, replacement, safety)."""
    (folder / "house").mkdir()
    for name, (pattern, replace, safety) in rules.items():
        because = "" if safety == "safe" else ", because: of the test"
        text = RULE.format(name=name, pattern=pattern, replace=replace, safety=safety, because=because)
        (folder / "house" / f"{name}.yml").write_text(text, "utf-8")
    return Config(select=("house",), rules=(str(folder),), rule_tests=False)


def test_only_what_is_allowed_is_applied(tmp_path: Path) -> None:
    config = house(tmp_path, a=("a", "A", "safe"), b=("b", "B", "unsafe"), c=("c", "C", "manual"))
    assert clean_text("abc", lang="en", config=config).text == "Abc"
    assert clean_text("abc", lang="en", config=config, safety="unsafe").text == "ABc"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("See https://a.org/percents/2022.", "it would lose the address “https://a.org/percents/2022”"),
        ("See percents.com now.", "it would lose the address “percents.com”"),
        ("Ask percents@a.org now.", "it would lose the e-mail address “percents@a.org”"),
        ("By @percents today.", "it would lose the handle “@percents”"),
        ("In {percents} of it.", "it would lose the placeholder “{percents}”"),
        ("In percents.", None),
        ("(percents, https://a.org/x)", None),
    ],
)
def test_check_and_fix_say_the_same_of_an_address(tmp_path: Path, text: str, reason: str | None) -> None:
    config = house(tmp_path, words=("percents", "per cent", "safe"))
    (found,) = check_text(text, lang="en", config=config)
    assert found.fix is not None
    assert (found.fix.safety, found.fix.because) == (("manual", reason) if reason else ("safe", ""))
    done = clean_text(text, lang="en", config=config)
    assert done.text == (text if reason else text.replace("percents", "per cent"))
    assert done.skipped == ()


def test_rules_that_undo_each_other_change_nothing(tmp_path: Path) -> None:
    config = house(tmp_path, a=("a", "b", "safe"), b=("b", "a", "safe"))
    done = clean_text("xay", lang="en", config=config)
    assert done.text == "xay"
    assert done.skipped
    assert len(done.findings) == 1


def test_a_repair_that_grows_for_ever_is_refused(tmp_path: Path) -> None:
    config = house(tmp_path, a=("a", "aa", "safe"))
    done = clean_text("xay", lang="en", config=config)
    assert done.text == "xay"
    assert [skipped.reason for skipped in done.skipped] == ["the finding would remain"]


def test_one_bad_repair_does_not_hinder_the_others(tmp_path: Path) -> None:
    config = house(tmp_path, a=("a(?=y)", "a", "safe"), b=("b", "B", "safe"))
    assert clean_text("xay b", lang="en", config=config).text == "xay B"


def test_repairs_that_touch_are_made_one_after_the_other(tmp_path: Path) -> None:
    config = house(tmp_path, a=("ab", "AB", "safe"), b=("cd", "CD", "safe"))
    done = clean_text("abcd", lang="en", config=config)
    assert done.text == "ABCD"
    assert [(f.match, f.span) for f in done.applied] == [("ab", (0, 2)), ("cd", (2, 4))]


def test_applied_findings_speak_of_the_text_as_it_was(tmp_path: Path) -> None:
    config = house(tmp_path, a=("long", "l", "safe"), b=("l x", "l X", "safe"))
    text = "a long x, a long y"
    done = clean_text(text, lang="en", config=config)
    assert done.text == "a l X, a l y"
    assert [f.span for f in done.applied] == [(2, 6), (12, 16), (2, 8)]


def test_a_pattern_that_takes_too_long_does_not_hang(tmp_path: Path) -> None:
    config = house(tmp_path, a=(r"(?:\w|\w\w)+\d", "-", "safe"), b=("b", "B", "safe"))
    assert clean_text("a" * 60 + "! b", lang="en", config=config).text == "a" * 60 + "! B"


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aб [](){}“”\"'‘’«» .,\n0-"), max_size=60))
@pytest.mark.parametrize("lang", ["en", "ru", "de", "fr"])
@pytest.mark.parametrize("safety", ["safe", "unsafe"])
def test_twice_is_once_for_every_text(text: str, lang: str, safety: str) -> None:
    once = clean_text(text, lang=lang, safety=safety).text
    assert clean_text(once, lang=lang, safety=safety).text == once
