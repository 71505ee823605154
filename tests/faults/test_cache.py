"""A cache that is broken, foreign, in the way or not to be written: the run gives what it gave before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import cache
from tests.conftest import Inside, Run

DIRTY = "date 2022-07-29 Ministers met and said “yes."
HOUSE = """\
title: Old spelling of a city
why: Our house writes the name in the new way.
kind: pattern
severity: error
message: we write it otherwise
params: {pattern: Kiev}
examples: {bad: [{text: Kiev, finds: [Kiev], lang: en}], good: [{text: Kyiv, lang: en, because: b}]}
"""


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def emptied(folder: Path) -> None:
    for path in entries(folder):
        path.write_bytes(b"")


def cut(folder: Path) -> None:
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[:-7])


def flipped(folder: Path) -> None:
    for path in entries(folder):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)


def exchanged(folder: Path) -> None:
    """Each entry under the name of another, as after a change of the scheme of names."""
    found = sorted(entries(folder))
    kept = [path.read_bytes() for path in found]
    for path, data in zip(found, kept[1:] + kept[:1], strict=True):
        path.write_bytes(data)


def pickled(folder: Path) -> None:
    import pickle

    class Bomb:
        def __reduce__(self) -> tuple[Callable[..., int], tuple[str]]:
            return os.system, (f"touch {folder.parent / 'executed'}",)

    for path in entries(folder):
        path.write_bytes(pickle.dumps(Bomb()))


def folders(folder: Path) -> None:
    for path in entries(folder):
        path.unlink()
        path.mkdir()


def pipes(folder: Path) -> None:
    for path in entries(folder):
        path.unlink()
        os.mkfifo(path)


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"in the way")


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


DAMAGE = (emptied, cut, flipped, exchanged, pickled, folders, pipes, a_file, gone)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__.replace("_", " "))
def test_a_broken_cache_changes_nothing(cli: Run, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    news, kept = tmp_path / "news", tmp_path / "kept"
    (news / "house" / "words").mkdir(parents=True)
    (news / "house" / "words" / "kyiv.yml").write_text(HOUSE)
    (news / "cleaner.yaml").write_text("rules: [house]\nlang: en\n")
    (news / "a.txt").write_text(DIRTY + " He flew to Kiev.")
    env = {"CLEANER_CACHE_DIR": str(kept)}
    first = cli("check", "news/a.txt", "--output-format", "concise", env=env)
    assert len(first.stdout.splitlines()) > 2
    assert len(entries(kept)) > 1, "the run keeps something"
    damage(kept)
    again = cli("check", "news/a.txt", "--output-format", "concise", env=env)
    assert (again.returncode, again.stdout, again.stderr) == (1, first.stdout, b"")
    assert not (tmp_path / "executed").exists()


FORGED: dict[str, tuple[int, object]] = {  # a field of a finding that is kept → what stands there instead
    "a rule that is none": (0, None),
    "a rule that is a command": (0, "\x1b]0;x\x07\n::error::x"),
    "a message that is a number": (2, 5),
    "a span before the text": (3, [-5, -1]),
    "a span behind the text": (3, [10**6, 10**7]),
    "a span of lists": (3, [[0], [1]]),
    "a place that is none": (5, [0, 0]),
    "a line that is a text": (5, ["1", 1]),
    "a language that is a list": (7, []),
    "an item of numbers": (9, [1, 2, 3]),
    "a confidence that is a mapping": (11, {}),
    "a repair without edits": (12, ["delete", None, "safe", "", "", [], ""]),
    "a repair behind the text": (12, ["delete", [[[10**6, 10**7], "x"]], "safe", "", "", [], ""]),
    "a repair that is a number": (12, ["delete", [[[0, 1], 5]], "safe", "", "", [], ""]),
    "a fingerprint that is none": (14, None),
}


@pytest.mark.parametrize("field", [*FORGED, "lists in lists"])
def test_what_is_kept_is_forged(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    """The seal of an entry is no signature: a folder that a build brings along may hold what we never wrote."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "kept"))
    (tmp_path / "a.txt").write_text(DIRTY)
    names: list[str] = []
    recall = cache.recall
    monkeypatch.setattr(cache, "recall", lambda name: (names.append(name), recall(name))[1])
    command = ("check", "a.txt", "--lang", "en", "--output-format", "json", "--jobs", "1")
    first = inside(*command)
    shelf = next(name for name in names if name.startswith("results "))
    kept = json.loads(recall(shelf) or "")
    for report in kept.values():
        for finding in report[0]:
            finding[FORGED[field][0] if field in FORGED else 0] = FORGED.get(field, (0, ""))[1]
    cache.keep(shelf, json.dumps(kept) if field in FORGED else "[" * 100_000)
    again = inside(*command)
    assert (again.status, again.complained) == (first.status, "") == (1, "")
    findings = json.loads(again.said)["findings"]
    assert findings == json.loads(first.said)["findings"] != []


def test_entries_of_another_version_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner.ruleset import load

    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    load.load([])
    before = {path.name for path in entries(tmp_path)}
    monkeypatch.setattr(load, "__version__", "999.0")
    load.load([])
    assert {path.name for path in entries(tmp_path)} > before


def test_the_cache_is_outside_of_what_is_read(cli: Run, tmp_path: Path) -> None:
    """Nothing is written beside the files of a check, and nothing called a cache there is looked at."""
    news = tmp_path / "news"
    (news / ".cache" / "cleaner").mkdir(parents=True)
    (news / "a.txt").write_text(DIRTY)
    before = sorted(news.rglob("*"))
    env = {"CLEANER_CACHE_DIR": "", "XDG_CACHE_HOME": str(tmp_path / "elsewhere")}
    assert cli("check", "news", "--lang", "en", env=env).returncode == 1
    assert sorted(news.rglob("*")) == before
    assert entries(tmp_path / "elsewhere" / "cleaner")
