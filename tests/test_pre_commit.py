"""The hooks in a real pre-commit, against a real repository: a commit fails once and passes then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
DIRTY = "date 2022-07-29 Ministers met.\n"
NAMES = ["a.txt", "-dash.txt", "новость.txt", "two\nlines.txt", "page.html"]


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


@pytest.fixture
def newsroom(tmp_path: Path, hooks: Path) -> Path:
    """A repository of news that uses the fixing hook."""
    folder = tmp_path / "news"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name in NAMES:
        (folder / name).write_text(f"<p>{DIRTY}</p>" if name.endswith("html") else DIRTY)
    config = f"repos:\n  - repo: {hooks}\n    rev: v1\n    hooks:\n      - {{id: cleaner-fix, args: [--lang, en]}}\n"
    (folder / ".pre-commit-config.yaml").write_text(config)
    git(folder, "add", "-A")
    return folder


def git(folder: Path, *args: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    who = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def pre_commit(folder: Path, home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    command = [sys.executable, "-m", "pre_commit", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env, check=False)


def test_the_manifest_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_commit_fails_once_and_passes_then(newsroom: Path, tmp_path: Path) -> None:
    first = pre_commit(newsroom, tmp_path / "home", "run", "--all-files")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    for name in NAMES:
        assert "date 2022-07-29" not in (newsroom / name).read_text() or name.endswith("html"), first.stdout
    assert not any(line.lstrip().startswith("::") for line in first.stdout.splitlines())
    git(newsroom, "add", "-A")
    second = pre_commit(newsroom, tmp_path / "home", "run", "--all-files")
    assert second.returncode == 0, second.stdout
