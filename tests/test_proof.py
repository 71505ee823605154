"""House rules are tested before they are used, once for each content; what the cache folder holds is
never trusted further than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Config, cache, check_text, examples, proof
from cleaner.errors import RuleError
from cleaner.pipeline import Pipeline
from tests.conftest import Run

RULE = """\
title: A word that this house does not print
why: The style guide of the house says so, on page three.
kind: pattern
params: {pattern: '\\bfoo\\b', engine: re}
severity: error
message: "“{found}” is not our word"
examples:
  bad:
    - {lang: en, text: "a foo b", finds: ["foo"]}
  good:
    - {lang: en, text: "a GOOD b", because: it is another word}
since: "1"
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for rules, and a cache folder that is empty."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "rules" / "words").mkdir(parents=True)
    return tmp_path / "rules"


def write(house: Path, good: str = "bar", name: str = "foo") -> Path:
    path = house / "words" / f"{name}.yml"
    path.write_text(RULE.replace("GOOD", good), "utf-8")
    return path


def entries(house: Path) -> list[Path]:
    return sorted((house.parent / "cache").glob("*.fact"))


def count_tests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The examples that are tested from now on."""
    seen: list[str] = []

    def failures(case: examples.Case) -> list[str]:
        seen.append(case.id)
        return examples.failures(case)

    monkeypatch.setattr(proof, "failures", failures)
    return seen


def config(house: Path, **values: object) -> Config:
    return Config(rules=(str(house),), select=("words",), **values)  # type: ignore[arg-type]


def fresh(house: Path) -> None:
    """A pipeline as another process would build it."""
    from cleaner.ruleset import selection

    selection._rules.cache_clear()
    Pipeline(config(house))


def test_a_failing_example_names_its_place_its_rule_and_what_was_expected(house: Path) -> None:
    path = write(house, good="foo")
    with pytest.raises(RuleError) as caught:
        fresh(house)
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"{path}:11:7: words/foo must be silent in en: a foo b: found “foo”; it is good because "
        "it is another word (--no-rule-tests runs without these tests)"
    )


def test_the_tests_can_be_left_out(house: Path) -> None:
    write(house, good="foo")
    assert [f.match for f in check_text("a foo", lang="en", config=config(house, rule_tests=False))] == [
        "foo"
    ]


def test_what_held_is_not_tested_again(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = count_tests(monkeypatch)
    write(house)
    fresh(house)
    assert len(seen) == 2
    fresh(house)
    assert len(seen) == 2


@pytest.mark.parametrize("change", ["content", "name", "another rule"])
def test_what_changed_is_tested_again(house: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    path = write(house)
    fresh(house)
    seen = count_tests(monkeypatch)
    if change == "content":
        write(house, good="baz")
    elif change == "name":
        path.rename(path.with_name("other.yml"))
    else:
        write(house, name="second")
    fresh(house)
    assert seen


@pytest.mark.parametrize("content", [b"", b"\x80\x04N.", b"the examples hold", b"x" * 1_000_000])
def test_a_broken_or_foreign_entry_is_none(
    house: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    write(house)
    fresh(house)
    (entry,) = entries(house)
    sound = entry.read_bytes()
    entry.write_bytes(content)
    seen = count_tests(monkeypatch)
    fresh(house)
    assert len(seen) == 2
    assert entry.read_bytes() == sound


def test_a_failure_is_not_remembered(house: Path) -> None:
    write(house, good="foo")
    for _ in range(2):
        with pytest.raises(RuleError):
            fresh(house)
    assert entries(house) == []


def test_a_cache_folder_that_cannot_be_written_is_no_error(house: Path) -> None:
    write(house)
    (house.parent / "cache").write_text("a file in its place")
    fresh(house)


def test_no_temporary_file_stays(house: Path) -> None:
    write(house)
    fresh(house)
    assert [path.suffix for path in entries(house)] == [".fact"]


def test_our_own_rules_are_not_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = count_tests(monkeypatch)
    Pipeline(Config())
    assert seen == []


def test_old_facts_are_forgotten(house: Path) -> None:
    import os

    cache.remember("old")
    (entry,) = entries(house)
    os.utime(entry, (0, 0))
    os.utime(house.parent / "cache" / ".swept", (0, 0))  # it looks around once a day
    cache.remember("new")
    assert not cache.holds("old")
    assert cache.holds("new")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"CLEANER_CACHE_DIR": "/a"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/cleaner"),
        ({"HOME": "/c"}, "/c/.cache/cleaner"),
    ],
)
def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], expected: str) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("CLEANER_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == Path(expected)


def test_on_the_command_line(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "house" / "words").mkdir(parents=True)
    write(tmp_path / "house", good="foo")
    (tmp_path / "cleaner.yaml").write_text("rules: [./house]\nlang: en\n")
    (tmp_path / "a.txt").write_text("a foo b")
    done = cli("check", "a.txt")
    assert done.returncode == 2
    assert b"house/words/foo.yml:11:7: words/foo must be silent in en" in done.stderr
    assert cli("check", "a.txt", "--no-rule-tests").returncode == 1
    write(tmp_path / "house")
    assert b"is not our word" in cli("check", "a.txt").stdout
