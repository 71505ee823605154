"""Rule files: what is refused and in which words."""

from __future__ import annotations

import dataclasses
import textwrap
from pathlib import Path

import pytest

from cleaner.errors import RuleError, UsageError
from cleaner.examples import cases, failures
from cleaner.ruleset.load import load, profiles, shipped, shipped_root

SOUND = """\
title: A word of the house that we do not print
why: The style guide says so, on page three, and readers have complained.
kind: pattern
params: {pattern: "\\\\bfoo\\\\b"}
severity: warning
message: "“{found}” is not our word"
examples:
  bad:
    - {lang: en, text: "a foo b", finds: ["foo"]}
  good:
    - {lang: en, text: "a bar b", because: it is another word}
since: "1"
"""


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def problems(root: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load([root])
    return [str(problem).removeprefix(f"{root}/") for problem in caught.value.problems]


def test_a_sound_rule(tmp_path: Path) -> None:
    write(tmp_path, "house/foo.yml", SOUND)
    rule = load([tmp_path]).get("house/foo")
    assert (rule.id, rule.family, rule.severity) == ("house/foo", "house", "warning")
    assert [failures(case) for case in cases([rule])] == [[], []]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title:", "titel:", "house/x.yml:1:1: unknown key “titel” (did you mean “title”?)"),
        ("kind: pattern", "kind: patern", "house/x.yml:3:7: unknown kind “patern” (did you mean “pattern”?)"),
        ("severity: warning", "severity: warn", "house/x.yml:5:11: “severity”: expected one of error, warning, info, got “warn” (did you mean “warning”?)"),  # noqa: E501
        ("params: {pattern:", "params: {patern:", "house/x.yml:4:10: unknown key “patern” (did you mean “pattern”?)"),
        ('"\\\\bfoo\\\\b"', '"("', "house/x.yml:4:9: “pattern”: missing ) at position 1"),
        ('"\\\\bfoo\\\\b"', '"\\bfoo"', "house/x.yml:4:9: “pattern”: \\b is a backspace in double quotes: write the pattern in 'single quotes'"),  # noqa: E501
        ('"\\\\bfoo\\\\b"', '"o*"', "house/x.yml:4:9: “pattern”: it also matches the empty text, so every place would be a finding: write + for *"),  # noqa: E501
        ("The style guide says so, on page three, and readers have complained.", "Old.", "house/x.yml:2:6: “why”: “Old.” is too short (say in a sentence why it matters)"),  # noqa: E501
        ("lang: en, text: \"a foo", "lang: english, text: \"a foo", "house/x.yml:9:14: unknown language “english” (did you mean “en” (English)?)"),  # noqa: E501
        ("severity:", "applies: {lang: [english]}\nseverity:", "house/x.yml:5:18: unknown language “english” (did you mean “en” (English)?)"),  # noqa: E501
        ("kind: pattern\nparams: {pattern: \"\\\\bfoo\\\\b\"}", "kind: phrases\nparams: {phrases: {english: [foo]}}", "house/x.yml:4:20: unknown language “english” (did you mean “en” (English)?)"),  # noqa: E501
        ("kind: pattern\nparams: {pattern: \"\\\\bfoo\\\\b\"}", "kind: phrases\nparams: {phrases: {en: [\"{a|{b|c}}\"]}}", "house/x.yml:4:9: “phrases”: “{a|{b|c}}”: braces cannot stand inside braces: write every choice in one pair, {a|b|c}"),  # noqa: E501
        ("kind: pattern\nparams: {pattern: \"\\\\bfoo\\\\b\"}", "kind: phrases\nparams: {phrases: {en: [\"{foo|bar\"]}}", "house/x.yml:4:9: “phrases”: “{foo|bar”: a brace is not closed: write {a|b}"),  # noqa: E501
        ("title: A", "title: One: A", "house/x.yml:1:11: not YAML: mapping values are not allowed in this context (put a text with “: ” in it in quotes)"),  # noqa: E501
        ("{found}", "{fond}", "house/x.yml:6:10: “message”: nothing is called {fond} (did you mean “found”?)"),
        ("{found}", "{found.__class__}", "house/x.yml:6:10: “message”: nothing is called {found.__class__}"),
        ("  good:\n    - {lang: en, text: \"a bar b\", because: it is another word}\n", "", "house/x.yml:8:3: “good” is missing"),  # noqa: E501
        ("because: it is another word", "becuase: x", "house/x.yml:11:35: unknown key “becuase” (did you mean “because”?)"),  # noqa: E501
        ("since:", "fix: {do: replase, safety: safe}\nsince:", "house/x.yml:12:6: “fix”: unknown action “replase” (did you mean “replace”?)"),  # noqa: E501
        ("since:", "fix: {do: delete, safety: unsafe}\nsince:", "house/x.yml:12:6: “because” is missing: say why “delete” is unsafe"),  # noqa: E501
        ("since:", "why: again\nsince:", "house/x.yml:12:1: key “why” stands twice (first on line 2)"),
        ("title: A word", "title: [A, word]\nx: A word", "house/x.yml:1:8: “title”: expected a text, got a list (put the text in quotes)"),  # noqa: E501
        ('"“{found}” is not our word"', "{found} is wrong", "house/x.yml:6:18: not YAML: did not find expected key (put the text in quotes)"),  # noqa: E501
        ('"“{found}” is not our word"', "{found}", "house/x.yml:6:10: “message”: expected a text, got a mapping (put the text in quotes)"),  # noqa: E501
        ("  bad:", "\tbad:", "house/x.yml:8:1: not YAML: a tab (indent with spaces)"),
        ("kind: pattern\nparams: {pattern: \"\\\\bfoo\\\\b\"}", "kind: phrases\nparams: {phrases: [Kiev → Kyiv]}", "house/x.yml:4:19: “phrases”: expected a mapping, got a list (write the language first: {en: […]})"),  # noqa: E501
        ("kind: pattern\nparams: {pattern: \"\\\\bfoo\\\\b\"}", "kind: phrases\nparams: {phrases: {en: [foo]}}\nfix: {do: replace, safety: safe}", "house/x.yml:5:6: “fix”: nothing to replace: no phrase has an arrow"),  # noqa: E501
        ("since:", "fix: {do: replace, safety: safe}\nsince:", "house/x.yml:12:6: “fix”: nothing to replace: there is no `replace` in params"),  # noqa: E501
        ("since:", "zzz: 1\nsince:", "house/x.yml:12:1: unknown key “zzz” (valid keys: title, why, kind, severity, message, examples, params, applies, fix, references, tags, since, extends)"),  # noqa: E501
        ("lang: en, text: \"a foo", "lang: ua, text: \"a foo", "house/x.yml:9:14: unknown language “ua” (did you mean “uk” (Ukrainian)?)"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place_and_the_way_out(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in SOUND
    write(tmp_path, "house/x.yml", SOUND.replace(old, new, 1))
    assert any(line.startswith(message) for line in problems(tmp_path)), problems(tmp_path)


def test_five_mistakes_in_two_files_at_once(tmp_path: Path) -> None:
    broken = (
        SOUND.replace("title:", "titel:")
        .replace("kind: pattern", "kind: patern")
        .replace(": warning", ": warn")
    )
    write(tmp_path, "house/a.yml", broken)
    write(tmp_path, "house/b.yml", SOUND.replace("{found}", "{fond}").replace("\nexamples:", "\nexample:"))
    found = problems(tmp_path)
    assert [line.split(":")[0] for line in found] == ["house/a.yml"] * 3 + ["house/b.yml"] * 2
    assert len(found) == 5


def test_a_misspelt_key_is_told_once_and_hides_nothing(tmp_path: Path) -> None:
    broken = (
        SOUND.replace("severity:", "severety:")
        .replace("{found}", "{fond}")
        .replace('lang: en, text: "a bar', 'lang: english, text: "a bar')
        .replace("since:", "fix: [{do: delete, safety: safe}, {do: replase, safety: safe}]\nsince:")
        .replace('["foo"]', "[foo], fixd: x")
        .replace("The style guide says so, on page three, and readers have complained.", "Old.")
    )
    write(tmp_path, "house/x.yml", broken)
    assert [line.partition(" (")[0] for line in problems(tmp_path)] == [
        "house/x.yml:2:6: “why”: “Old.” is too short",
        "house/x.yml:5:1: unknown key “severety”",
        "house/x.yml:6:10: “message”: nothing is called {fond}",
        "house/x.yml:9:49: unknown key “fixd”",
        "house/x.yml:11:14: unknown language “english”",
        "house/x.yml:12:35: “fix”: unknown action “replase”",
    ]


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "house/words/x.yml", SOUND)
    assert problems(path) == [f"{path}: not a folder (name the folder: {tmp_path / 'house'})"]


@pytest.mark.parametrize("name", ["x.yml", "House/x.yml", "house/x y.yml", "house/слово.yml"])
def test_a_path_that_is_no_id(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, SOUND)
    assert "cannot be the id of a rule" in problems(tmp_path)[0]


def test_a_rule_that_is_no_utf8(tmp_path: Path) -> None:
    write(tmp_path, "house/x.yml", SOUND).write_bytes(b"title: a\nwhy: \xff\n")
    assert problems(tmp_path) == ["house/x.yml:2:1: not UTF-8 (save the file as UTF-8)"]


def test_norwegian_is_a_language(tmp_path: Path) -> None:
    write(tmp_path, "house/x.yml", SOUND + "applies: {lang: [no, nb]}\n")
    assert load([tmp_path]).get("house/x").applies.lang == ("no", "nb")


def test_a_rule_extends_another(tmp_path: Path) -> None:
    write(tmp_path, "house/metadata.yml", "extends: feed/leading-metadata\nseverity: error\n")
    ours, theirs = (load([tmp_path]).get(id) for id in ("feed/leading-metadata", "house/metadata"))
    assert theirs.severity == "error"
    assert theirs.params.engine == "timed"  # a pattern of a house has a time limit
    assert dataclasses.replace(theirs.params, engine=ours.params.engine) == ours.params
    assert theirs.title == ours.title


def test_params_of_an_extended_rule_are_added_key_by_key(tmp_path: Path) -> None:
    write(tmp_path, "house/a.yml", SOUND)
    write(tmp_path, "house/b.yml", "extends: house/a\nparams: {ignore-case: true}\n")
    assert load([tmp_path]).get("house/b").params.pattern == "\\bfoo\\b"
    assert load([tmp_path]).get("house/b").params.ignore_case is True


def test_a_rule_may_change_ours_only_by_saying_so(tmp_path: Path) -> None:
    path = write(tmp_path, "feed/leading-metadata.yml", SOUND)
    assert "already exists" in problems(tmp_path)[0]
    path.write_text("extends: feed/leading-metadata\nseverity: info\n")
    assert load([tmp_path]).get("feed/leading-metadata").severity == "info"


def test_extending_nothing(tmp_path: Path) -> None:
    write(tmp_path, "house/x.yml", "extends: feed/leading-metadta\n")
    assert problems(tmp_path)[0].startswith(
        "house/x.yml:1:10: there is no rule “feed/leading-metadta” to extend (did you mean “feed/leading-metadata”?)"
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: no such folder of rules"]


def test_an_unknown_rule_has_a_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean “feed/leading-metadata”"):
        shipped().get("feed/leading-metdata")


def test_our_rules_and_profiles_are_found() -> None:
    assert shipped_root().name == "rules"
    assert {"publish", "audit"} <= set(profiles())
    assert len(shipped().digest) == 64
