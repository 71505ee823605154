"""Rules out of the cache are the rules of the files; what is no such pack is as good as none."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cleaner import cache
from cleaner.ruleset import load as loading
from cleaner.ruleset import packed
from cleaner.ruleset.load import RuleSet, load, shipped
from cleaner.ruleset.schema import Rule

RULE = """\
title: A word of the house
why: "We write it otherwise."
kind: pattern
params: {pattern: "\\\\bfoo\\\\b", ignore-case: GIVEN}
severity: warning
message: "“{found}”"
examples:
  bad: [{lang: en, text: "a foo", finds: ["foo"]}]
  good: [{lang: en, text: "a bar", because: another word}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one rule, and an empty cache."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "rules" / "house" / "foo.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RULE.replace("GIVEN", "true"))
    return tmp_path / "rules"


def said(rule: Rule) -> tuple[object, ...]:
    names = [field.name for field in dataclasses.fields(Rule) if field.name != "written"]
    return (*(getattr(rule, name) for name in names), rule.params, rule.examples, rule.where)


def read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on a file that is read is a failure."""

    def refuse(files: object) -> None:
        raise AssertionError("the files were read")

    monkeypatch.setattr(loading, "_read_all", refuse)


def test_the_pack_says_all_that_the_files_say(folder: Path) -> None:
    first, second = load([]), load([])
    assert list(first.rules) == list(second.rules) == list(shipped().rules)
    assert [said(rule) for rule in second.rules.values()] == [said(rule) for rule in first.rules.values()]


def test_what_was_read_once_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load([folder])
    read_again(monkeypatch)
    after = load([folder])
    assert (after.digest, after.house, list(after.rules)) == (
        before.digest,
        ("house/foo",),
        list(before.rules),
    )
    assert after.get("house/foo").params == before.get("house/foo").params
    with pytest.raises(AssertionError, match="the files were read"):
        assert after.get("house/foo").examples


def test_a_changed_byte_is_seen(folder: Path) -> None:
    assert load([folder]).get("house/foo").params.ignore_case is True
    (folder / "house" / "foo.yml").write_text(RULE.replace("GIVEN", "false"))
    assert load([folder]).get("house/foo").params.ignore_case is False


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x80\x04N.", b'{"house": [], "rules": [{"id": "a/b"}]}'])
def test_a_damaged_pack_is_none(folder: Path, damage: bytes) -> None:
    sound = load([folder])
    for entry in (folder.parent / "cache").glob("*.text"):
        entry.write_bytes(damage)
    assert list(load([folder]).rules) == list(sound.rules)


@pytest.mark.parametrize("text", ["", "[]", "null", '{"rules": 1}', '{"house": [], "rules": [{"id": 1}]}'])
def test_no_pack(text: str) -> None:
    assert packed.unpack(text, lambda wanted: shipped().get(wanted).node) is None


def test_without_a_cache_the_rules_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "no-folder").write_text("a file in its place")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder / "no-folder"))
    assert isinstance(load([folder]), RuleSet)
    cache.keep("x", "y")
    assert cache.recall("x") is None
