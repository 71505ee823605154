"""Nothing that lies among the files is run or unpickled, and nothing outside of them is read or written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

DIRTY = "date 2022-07-29 Ministers met."
CLEAN = "Ministers met."
BOMB = "import pathlib; pathlib.Path({mark!r}).write_text('run')\n"
PLANTED = [
    "cleaner.py",
    "cleaner/__init__.py",
    "cleaner/plugin.py",
    "cleaner/detectors/evil.py",
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "yaml.py",
    "regex.py",
    "typer.py",
    "ftfy.py",
    "langdetect.py",
    "pathspec.py",
    "rules/evil.py",
    "cleaner-rules/words/evil.py",
]


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A folder of news in which somebody has put code under the names of what we import."""
    folder = tmp_path / "news"
    mark = str(tmp_path / "was-run")
    for name in PLANTED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(BOMB.format(mark=mark))
    (folder / "a.pth").write_text(BOMB.format(mark=mark))
    (folder / "entry_points.txt").write_text("[cleaner]\nevil = evil:main\n")
    (folder / "a.txt").write_text(DIRTY)
    return folder


@pytest.mark.parametrize("command", ["check", "fix"])
def test_no_code_of_the_folder_is_run(planted: Path, command: str) -> None:
    """The installed command, started in the folder itself: what a person does."""
    script = Path(sys.executable).parent / "cleaner"
    if not script.exists():
        pytest.skip("the command is not installed")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [script, command, ".", "--lang", "en"], cwd=planted, env=env, capture_output=True, check=False
    )
    assert b"a.txt" in done.stdout
    assert done.returncode == (0 if command == "fix" else 1)
    assert not (planted.parent / "was-run").exists()


def test_the_bombs_would_go_off(planted: Path) -> None:
    """What is planted is real: Python started there by hand does import it."""
    subprocess.run([sys.executable, "-c", "import cleaner"], cwd=planted, check=False, capture_output=True)
    assert (planted.parent / "was-run").exists()


@pytest.mark.parametrize(
    "settings",
    [
        "plugins: [evil]\n",
        "rules: ['http://localhost/rules']\n",
        "rules: ['!!python/name:os.system']\n",
        "detectors: {evil: evil.py}\n",
    ],
)
def test_settings_name_no_code(cli: Run, planted: Path, settings: str) -> None:
    (planted / "cleaner.yaml").write_text(settings)
    done = cli("check", planted, "--lang", "en", env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 2
    assert b"cleaner.yaml" in done.stderr or b"no such folder" in done.stderr
    assert not (planted.parent / "was-run").exists()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is none of ours, and a folder of news with ways to it."""
    secret = tmp_path / "outside" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(DIRTY)
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(DIRTY)
    (news / "link.txt").symlink_to(secret)
    (news / "folder").symlink_to(secret.parent)
    (news / "up").symlink_to("..")
    os.mkfifo(news / "pipe.txt")
    (news / "zero.txt").symlink_to("/dev/zero")
    (news / "stdin.txt").symlink_to("/dev/stdin")
    return secret


def test_links_are_not_followed_out_of_a_folder(cli: Run, outside: Path, tmp_path: Path) -> None:
    done = cli("fix", "news", "--lang", "en")
    assert (tmp_path / "news" / "a.txt").read_text() == CLEAN
    assert outside.read_text() == DIRTY
    assert b"secret" not in done.stdout + done.stderr
    assert done.returncode == 3
    assert b"pipe.txt: not a regular file" in done.stderr


def test_a_link_that_is_named_stays_a_link(cli: Run, outside: Path, tmp_path: Path) -> None:
    """Whoever names a link means what it leads to."""
    assert cli("fix", "news/link.txt", "--lang", "en").returncode == 0
    assert (tmp_path / "news" / "link.txt").is_symlink()
    assert outside.read_text() == CLEAN
