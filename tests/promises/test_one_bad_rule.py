"""One bad rule, or one bad pattern for paths, never hangs a run; the others go on."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from cleaner.discovery import spec
from cleaner.errors import ConfigError
from tests.conftest import Run

LIMIT_S = 8  # wall clock of a whole run on a busy machine; each bomb alone would take hours

# kind and params of a rule, and the text that would hang it
BOMBS = {
    "nested": (r"pattern: '(a+)+$'", "a" * 5_000 + "!"),
    "alternatives that overlap": (r"pattern: '(a|aa)+$'", "a" * 60 + "!"),
    "overlapping classes": (r"pattern: '(?:\w|\w\w)+\d'", "1 " + "a" * 60),
    "a lazy run, twenty times": (r"pattern: '(.*?,){20}P'", "a,b," * 60),
    "in unless": (r"pattern: 'aaa', unless: '(a|aa)+$'", "a" * 60 + "!"),
}


def rule(kind: str, params: str) -> str:
    return (
        f"title: Old spelling\nwhy: Our house writes it in the new way.\nkind: {kind}\n"
        f"severity: error\nmessage: we write it otherwise\nparams: {{{params}}}\n"
        "examples: {bad: [{text: zz, finds: [zz], lang: en}], good: [{text: x, lang: en, because: b}]}\n"
    )


def house(folder: Path, kind: str, params: str) -> None:
    """A house with one bad rule and one good one."""
    (folder / "house" / "words").mkdir(parents=True)
    (folder / "house" / "words" / "bad.yml").write_text(rule(kind, params), "utf-8")
    (folder / "house" / "words" / "good.yml").write_text(rule("pattern", "pattern: Kiev"), "utf-8")
    (folder / "cleaner.yaml").write_text("rules: [house]\nselect: [words]\nlang: en\nrule-tests: false\n")


def found(cli: Run, *args: str) -> tuple[list[str], str]:
    """The rules that found something, and what is complained of; in time."""
    started = time.perf_counter()
    done = cli("check", *args, "--output-format", "json")
    assert time.perf_counter() - started < LIMIT_S
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]], done.stderr.decode()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["regex", "re", "timed"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_pattern_that_takes_for_ever(cli: Run, tmp_path: Path, bomb: str, engine: str) -> None:
    params, text = BOMBS[bomb]
    house(tmp_path, "pattern", f"{params}, engine: {engine}")
    (tmp_path / "a.txt").write_text(f"He flew to Kiev. {text}")
    rules, said = found(cli, "a.txt")
    assert "words/good" in rules
    if bomb != "nested":  # which the module `regex` sees through
        assert "words/bad took too long" in said


@pytest.mark.parametrize(
    "params",
    ["pattern: '(a|aa)+$', map: {a: b}", "pattern: '!', map: {'!': '?'}, unless-line: '(a|aa)+$'"],
    ids=["pattern", "unless-line"],
)
def test_signs_that_take_for_ever(cli: Run, tmp_path: Path, params: str) -> None:
    house(tmp_path, "signs", params)
    (tmp_path / "a.txt").write_text("He flew to Kiev. " + "a" * 60 + "!")
    rules, said = found(cli, "a.txt")
    assert rules == ["words/good"]
    assert "words/bad took too long" in said


def test_what_a_house_inherits_from_us_is_limited_as_well(cli: Run, tmp_path: Path) -> None:
    house(tmp_path, "pattern", "pattern: x")
    inherited = (
        "extends: numbers/decimal-comma-in-english\nparams: {pattern: '(a|aa)+$', replace: '', engine: re}\n"
    )
    (tmp_path / "house" / "words" / "bad.yml").write_text(inherited)
    (tmp_path / "a.txt").write_text("He flew to Kiev. " + "a" * 60 + "!")
    assert found(cli, "a.txt")[0] == ["words/good"]


def test_a_pattern_that_is_nested_too_deeply(cli: Run, tmp_path: Path) -> None:
    house(tmp_path, "pattern", f"pattern: '{'(' * 2000}a{')' * 2000}'")
    (tmp_path / "a.txt").write_text("x")
    done = cli("check", "a.txt")
    assert done.returncode == 2
    assert b"bad.yml:6:9: \xe2\x80\x9cpattern\xe2\x80\x9d: nested too deeply" in done.stderr


STARS = "*a" * 25 + "b"
LONG = "ab" + "a" * 200 + ".txt"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (".gitignore", f"# ours\n{STARS}\n"),
        (".cleanerignore", f"# ours\n{'**/*a' * 20}b\n"),
        ("cleaner.yaml", f"exclude: ['{STARS}']\n"),
        ("cleaner.yaml", f"per-path: [{{match: '{STARS}', lang: uk}}]\n"),
        (".cleaner-ignore.yaml", f"- {{path: '{STARS}', rule: ALL}}\n"),
    ],
    ids=["gitignore", "cleanerignore", "exclude", "per-path", "side-car"],
)
def test_a_pattern_for_paths_that_takes_for_ever(cli: Run, tmp_path: Path, file: str, content: str) -> None:
    (tmp_path / file).write_text(content)
    (tmp_path / LONG).write_text("date 2022-07-29 Ministers met.")
    assert "feed/leading-metadata" in found(cli, ".", "--lang", "en")[0]


def test_a_pattern_for_paths_that_really_takes_too_long_is_named() -> None:
    made = spec(["# ours", "/**/a" * 60 + "/b"], "news/.gitignore")
    with pytest.raises(ConfigError, match=r"news/\.gitignore:2:1: .* takes too long to compare with paths"):
        made.match_file("a/" * 2000 + "c.txt")


@pytest.mark.parametrize("name", [".gitignore", ".ignore", ".cleanerignore", ".cleaner-ignore.yaml"])
@pytest.mark.parametrize("what", ["pipe", "device", "folder"])
def test_settings_that_are_no_files_are_not_waited_for(
    cli: Run, tmp_path: Path, name: str, what: str
) -> None:
    if what == "pipe":
        os.mkfifo(tmp_path / name)
    elif what == "device":
        (tmp_path / name).symlink_to("/dev/zero")
    else:
        (tmp_path / name).mkdir()
    (tmp_path / "a.txt").write_text("date 2022-07-29 Ministers met.")
    assert "feed/leading-metadata" in found(cli, ".", "--lang", "en")[0]
