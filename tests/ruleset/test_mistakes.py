"""Mistakes in rules, settings and the cache that seldom happen: each is told with its place, or healed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner import cache
from cleaner.config import Config, discover, load
from cleaner.discovery import spec
from cleaner.errors import ConfigError, InputError, RuleError
from cleaner.examples import cases, failures
from cleaner.languages import lookup
from cleaner.ruleset import draft, pages, triggers
from cleaner.ruleset.load import load as load_rules
from cleaner.ruleset.load import shipped
from cleaner.ruleset.selection import select
from tests.conftest import Inside
from tests.ruleset.test_load import SOUND, problems, write

PARAMS = 'kind: pattern\nparams: {pattern: "\\\\bfoo\\\\b"}'

MISTAKES = {  # what of the sound rule, instead of it → the message
    "a replacement that is none": (
        "params: {pattern:", "params: {replace: '\\q', pattern:", "house/x.yml:4:9: “replace”: bad escape \\q"
    ),
    "a replacement that is none, with the engine re": (
        "params: {pattern:", "params: {engine: re, replace: '\\q', pattern:",
        "house/x.yml:4:9: “replace”: bad escape \\q"
    ),
    "a replacement with a reference that does not end": (
        "params: {pattern:", "params: {replace: '\\g<0', pattern:", "house/x.yml:4:9: “replace”: missing >"
    ),
    "a replacement with a group that is not there": (
        "params: {pattern:", "params: {replace: '\\1', pattern:",
        "house/x.yml:4:9: “replace”: the pattern has no group 1"
    ),
    "a message that is broken": ("{found}", "{found", "house/x.yml:6:10: “message”: expected '}' before end of string"),
    "a message with a format": ("{found}", "{found:>9}", "house/x.yml:6:10: “message”: {found} takes no format"),
    "a message with a conversion": ("{found}", "{found!r}", "house/x.yml:6:10: “message”: {found} takes no format"),
    "no good example": (
        '  good:\n    - {lang: en, text: "a bar b", because: it is another word}', "  good: []",
        "house/x.yml:8:3: a rule needs at least one bad and one good example",
    ),
    "too few rounds": (
        PARAMS, "kind: repetition\nparams: {unit: loop, times: 1}",
        "house/x.yml:4:9: “times” is at least 2, “short-times” not less than “times”",
    ),
    "a number that is none": (
        PARAMS, "kind: repetition\nparams: {unit: loop, times: two}",
        "house/x.yml:4:29: “times”: expected a whole number, got “two”",
    ),
    "a truth that is none": (
        PARAMS, 'kind: pattern\nparams: {pattern: foo, ignore-case: "true"}',
        "house/x.yml:4:",
    ),
    "a list where a mapping is wanted": (
        PARAMS, "kind: phrases\nparams: {phrases: [foo]}", "house/x.yml:4:19: “phrases”: expected a mapping, got a list"
    ),
    "a long text where a word is wanted": (
        "severity: warning", f"severity: {'w' * 50}",
        f"house/x.yml:5:11: “severity”: expected one of error, warning, info, got “{'w' * 39}…”",
    ),
    "nothing where a word is wanted": (
        "severity: warning", "severity:",
        "house/x.yml:5:10: “severity”: expected one of error, warning, info, got nothing"
    ),
    "a repair may not change everything": (
        "since:", "fix: {do: delete, safety: safe, changes: [digits, letters, structure]}\nsince:", "house/x.yml:12:",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_rule_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SOUND
    write(tmp_path, "house/x.yml", SOUND.replace(old, new, 1))
    assert any(line.startswith(message) for line in problems(tmp_path)), problems(tmp_path)


def test_a_rule_file_that_is_a_list(tmp_path: Path) -> None:
    write(tmp_path, "house/x.yml", "- foo\n")
    assert problems(tmp_path) == ["house/x.yml:1:1: expected a mapping: title, why, kind …"]


def test_params_of_the_settings_are_a_mapping() -> None:
    from cleaner.config import from_mapping

    config = from_mapping({"per-rule": {"repetition/loop": {"params": "5"}}})
    with pytest.raises(RuleError, match="the params of repetition/loop must be a mapping"):
        select(config)


EXAMPLES = {  # what is wrong in an example → what is said of it
    "another repair": (
        'params: {pattern: "\\\\bfoo\\\\b"',
        'params: {replace: bar, pattern: "\\\\bfoo\\\\b"',
        'finds: ["foo"]',
        'finds: ["foo"], fixed: "a baz b"',
        "expected the repair 'a baz b', got 'a bar b'",
    ),
    "a pattern that takes for ever": (
        'params: {pattern: "\\\\bfoo\\\\b"',
        'params: {engine: regex, pattern: "(?:\\\\w|\\\\w\\\\w)+\\\\d"',
        'text: "a foo b", finds: ["foo"]',
        f'text: "1 {"a" * 60}!", finds: ["foo"]',
        "the rule took too long on this text: its pattern tries too many ways, as (a+)+ does",
    ),
}


@pytest.mark.parametrize(("params", "own", "example", "changed", "said"), EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_that_does_not_hold(
    tmp_path: Path, params: str, own: str, example: str, changed: str, said: str
) -> None:
    text = SOUND.replace(params, own).replace(example, changed)
    if "replace" in own:
        text += "fix: {do: replace, safety: unsafe, because: it is a test}\n"
    write(tmp_path, "house/x.yml", text)
    bad = next(cases([load_rules([tmp_path]).get("house/x")]))
    (failure,) = failures(bad)
    assert failure.startswith(said)


# -- Drafts and pages --------------------------------------------------------------------------------


def test_a_draft_for_a_word_that_is_only_too_much() -> None:
    text = draft.draft(bad="He is very very old.", good="He is old.", lang="en", depth=1)
    assert "replace" not in text
    assert "\nfix:" not in text


def test_a_draft_for_a_word_that_stands_twice_leaves_the_replacement_to_the_person() -> None:
    assert draft.replacement("no, say no more", "no, say one more") is None


def test_a_language_that_nobody_knows_is_shown_as_its_tag() -> None:
    assert pages._languages(["uk", "zz-klingon"]) == "Ukrainian, `zz-klingon`"


# -- Settings ----------------------------------------------------------------------------------------


SETTINGS = {  # files → what is said of cleaner.yaml
    "it extends itself": (
        {"cleaner.yaml": "extend: cleaner.yaml\n"}, "cleaner.yaml:1:9: cleaner.yaml extends this file again"
    ),
    "in a circle": (
        {"cleaner.yaml": "extend: b.yaml\n", "b.yaml": "extend: cleaner.yaml\n"},
        "b.yaml:1:9: cleaner.yaml extends this file again",
    ),
    "what it extends is a list": (
        {"cleaner.yaml": "extend: b.yaml\n", "b.yaml": "- a\n"}, "b.yaml:1:1: expected a mapping of settings"
    ),
    "what it extends is no YAML": ({"cleaner.yaml": "extend: b.yaml\n", "b.yaml": "a: [\n"}, "b.yaml:2:1: not YAML"),
    "a list": ({"cleaner.yaml": "- a\n"}, "cleaner.yaml:1:1: expected a mapping of settings"),
    "a path that is none": ({"cleaner.yaml": 'extend: "a\\0b"\n'}, "is no path: "),
}  # fmt: skip


@pytest.mark.parametrize(("files", "message"), SETTINGS.values(), ids=SETTINGS)
def test_settings_that_cannot_be(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "cleaner.yaml")
    assert message in str(caught.value)


@pytest.mark.parametrize("folder", ["'a\\0b'", '"a\\0b"'], ids=["as it is written", "NUL"])
def test_a_folder_of_rules_that_cannot_be(inside: Inside, tmp_path: Path, folder: str) -> None:
    (tmp_path / "cleaner.yaml").write_text(f"rules: [{folder}]\n")
    (tmp_path / "a.txt").write_text("x")
    done = inside("check", "a.txt")
    assert done.status == 2
    assert "no such folder of rules" in done.complained or "a<U+0000>b is no path" in done.complained


def test_rule_files_that_are_none(inside: Inside, tmp_path: Path) -> None:
    """A name that is no UTF-8, and twenty gigabytes of nothing: both are told, neither is read."""
    (tmp_path / "cleaner.yaml").write_text("rules: [house]\n")
    (tmp_path / "a.txt").write_text("x")
    words = tmp_path / "house" / "words"
    words.mkdir(parents=True)
    (words / os.fsdecode(b"caf\xe9.yml")).write_text("title: x\n")
    (words / "large.yml").touch()
    os.truncate(words / "large.yml", 20 * 2**30)
    done = inside("check", "a.txt")
    assert done.status == 2
    assert "large.yml: larger than 4,000,000 bytes" in done.complained
    assert "caf<U+DCE9>” cannot be the id of a rule" in done.complained


@pytest.mark.parametrize("data", [b"lang: \xff\n", None], ids=["no text", "gone"])
def test_settings_that_cannot_be_read(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "cleaner.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=r"cleaner\.yaml: cannot be read"):
        load(path)


def test_a_pyproject_that_is_gone_says_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "pyproject.toml") == Config(
        root=str(tmp_path), origin=str(tmp_path / "pyproject.toml")
    )
    assert discover(tmp_path) != tmp_path / "pyproject.toml"


def test_settings_for_paths_hold_below_their_folder_only(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "cleaner.yaml").write_text("per-path:\n  - match: ['*.txt']\n    lang: uk\n")
    config = load(tmp_path / "in" / "cleaner.yaml")
    assert config.for_path(str(tmp_path / "in" / "a.txt")).lang == "uk"
    assert config.for_path(str(tmp_path / "a.txt")).lang is None


def test_a_pattern_that_git_would_refuse() -> None:
    with pytest.raises(ConfigError, match=r"\.gitignore: not a pattern as in \.gitignore"):
        spec(["a.txt", "!"], ".gitignore")


# -- What is remembered ------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["[", "[[1]]", "[]", '{"a": 1}', "7"])
def test_triggers_that_were_kept_broken_are_made_anew(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, english = list(shipped().rules.values())[:5], lookup("en")
    expected = triggers.triggers(rules, english, None)
    monkeypatch.setattr(cache, "recall", lambda _: kept)
    assert triggers.triggers(rules, english, None) == expected
