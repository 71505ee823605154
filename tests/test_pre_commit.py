"""The hooks in a real pre-commit, against a real repository: a commit fails once and passes then."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cleaner.formats import EXTENSIONS
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
DIRTY = "date 2022-07-29 Ministers met.\n"
RULE = """\
title: Old spelling of Kyiv
why: Our house writes Kyiv.
kind: pattern
severity: warning
message: we write Kyiv, not {found}
params: {pattern: Kiev}
examples:
  bad:
    - {text: He flew to Kiev., finds: [Kiev], lang: en}
  good:
    - {text: He flew to Kyiv., lang: en, because: the spelling of the house}
"""
NAMES = ["a.txt", "-dash.txt", "новость.txt", "two\nlines.txt", "UPPER.TEXT", "page.html"]


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository with what is not committed yet, tagged v1."""
    folder = tmp_path_factory.mktemp("hooks") / "cleaner"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    git(folder, "tag", "v1")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it has installed: once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def newsroom(tmp_path: Path, hooks: Path) -> Path:
    """A repository of news that uses the fixing hook."""
    folder = repository(tmp_path / "news", hooks, "{id: cleaner-fix, args: [--lang, en]}")
    for name in NAMES:
        (folder / name).write_text(f"<p>{DIRTY}</p>" if name.endswith("html") else DIRTY)
    git(folder, "add", "-A")
    return folder


def repository(folder: Path, hooks: Path, *wanted: str) -> Path:
    """A git repository whose settings of pre-commit name some of our hooks."""
    git(folder, "init", "-q", "-b", "main")
    lines = "".join(f"      - {hook}\n" for hook in wanted)
    config = f"repos:\n  - repo: {hooks}\n    rev: v1\n    hooks:\n{lines}"
    (folder / ".pre-commit-config.yaml").write_text(config)
    return folder


def git(folder: Path, *args: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    who = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def pre_commit(folder: Path, home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return ran(folder, home, sys.executable, "-m", "pre_commit", *args)


def ran(folder: Path, home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRE_COMMIT_HOME": str(home), "GIT_AUTHOR_NAME": "t", "GIT_COMMITTER_NAME": "t"}
    env |= {"GIT_AUTHOR_EMAIL": "t@localhost", "GIT_COMMITTER_EMAIL": "t@localhost"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env, check=False)


def test_the_manifest_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_hooks_take_every_format_that_is_read() -> None:
    """YAML is read by the name of a language only, which the settings of a house have to say."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks[:2]:
        pattern = hook["files"]
        (names,) = re.findall(r"\((?!\?)(.+)\)\$$", pattern)
        taken = {re.sub(r"\w\?", part, name) for name in names.split("|") for part in ("", name[-2:-1])}
        assert {f".{name}" for name in taken} == set(EXTENSIONS), hook["id"]
        assert all(re.search(pattern, f"a{suffix.upper()}") for suffix in EXTENSIONS)
        assert not re.search(pattern, "a.txt.bak")


def test_a_commit_fails_once_and_passes_then(newsroom: Path, home: Path) -> None:
    first = pre_commit(newsroom, home, "run", "--all-files")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    for name in NAMES:
        assert "date 2022-07-29" not in (newsroom / name).read_text() or name.endswith("html"), first.stdout
    assert not any(line.lstrip().startswith("::") for line in first.stdout.splitlines())
    git(newsroom, "add", "-A")
    second = pre_commit(newsroom, home, "run", "--all-files")
    assert second.returncode == 0, second.stdout


def test_a_real_commit_fails_once_and_passes_after_add(newsroom: Path, home: Path) -> None:
    assert pre_commit(newsroom, home, "install").returncode == 0
    first = ran(newsroom, home, "git", "commit", "-m", "news")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stderr
    git(newsroom, "add", "-A")
    second = ran(newsroom, home, "git", "commit", "-m", "news")
    assert second.returncode == 0, second.stdout + second.stderr
    assert ran(newsroom, home, "git", "status", "--porcelain").stdout == ""


def test_try_repo_reports_every_name(newsroom: Path, home: Path, hooks: Path) -> None:
    done = pre_commit(newsroom, home, "try-repo", str(hooks), "cleaner-check", "--all-files", "--ref", "v1")
    assert done.returncode == 1, done.stdout + done.stderr
    for name in NAMES:
        assert (name.replace("\n", "↵") + ":1:") in done.stdout or name.endswith("html")
    assert not any(line.lstrip().startswith("::") for line in done.stdout.splitlines())


def test_processes_at_once_with_a_cold_cache(
    tmp_path: Path, hooks: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many names that pre-commit splits them among processes; each makes the cache that is not there."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cold"))
    folder = repository(tmp_path / "many", hooks, "{id: cleaner-fix, args: [--lang, en]}")
    names = [f"{'long' * 40}-{number:03}.txt" for number in range(60)]
    for name in names:
        (folder / name).write_text(DIRTY)
    git(folder, "add", "-A")
    first = pre_commit(folder, home, "run", "--all-files", "--verbose")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "Traceback" not in first.stdout
    assert {(folder / name).read_text() for name in names} == {"Ministers met.\n"}
    git(folder, "add", "-A")
    assert pre_commit(folder, home, "run", "--all-files").returncode == 0


def test_settings_exclude_even_what_is_named(tmp_path: Path, hooks: Path, home: Path) -> None:
    folder = repository(tmp_path / "news", hooks, "{id: cleaner-check, args: [--lang, en]}")
    (folder / "cleaner.yaml").write_text("exclude: [archive]\n")
    (folder / "archive").mkdir()
    (folder / "archive" / "old.txt").write_text(DIRTY)
    git(folder, "add", "-A")
    done = pre_commit(folder, home, "run", "--all-files")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("good", "status", "said"),
    [("He flew to Kyiv.", 0, "Passed"), ("He flew to Kiev.", 1, "1 of 2 examples")],
    ids=["sound", "an example that fails"],
)
def test_rules_of_a_house_are_tested(
    tmp_path: Path, hooks: Path, home: Path, good: str, status: int, said: str
) -> None:
    folder = repository(tmp_path / "news", hooks, "{id: cleaner-rules}")
    rule = folder / "cleaner-rules" / "words" / "kyiv.yml"
    rule.parent.mkdir(parents=True)
    rule.write_text(RULE.replace("He flew to Kyiv.", good))
    git(folder, "add", "-A")
    done = pre_commit(folder, home, "run", "--all-files")
    assert done.returncode == status, done.stdout
    assert said in done.stdout
