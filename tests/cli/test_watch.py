"""`check --watch` as a person uses it: a process that goes on, files that change, Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

DIRTY = "date 2022-07-29 Ministers met."
PATIENCE = 30.0  # seconds


class Watched:
    """`cleaner check news --watch`, and the lines that it has said."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "check", "news", "--watch", "--lang", "en", "--select", "feed",
             "--output", "concise", *args],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.child.stdout is not None
        for line in self.child.stdout:
            self.lines.put(line.rstrip())

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        self.reader.join()
        assert self.child.stdout is not None
        self.child.stdout.close()

    def until(self, part: str) -> list[str]:
        """The lines up to the first that has `part`."""
        seen: list[str] = []
        while not seen or part not in seen[-1]:
            seen.append(self.lines.get(timeout=PATIENCE))
        return seen

    def interrupt(self) -> int:
        self.child.send_signal(signal.SIGINT)
        return self.child.wait(timeout=PATIENCE)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(DIRTY, "utf-8")
    (tmp_path / "news" / "b.txt").write_text("Ministers met.", "utf-8")
    return tmp_path / "news"


@pytest.fixture
def watched(news: Path) -> Iterator[Watched]:
    made = Watched(news.parent, "--output", "json-lines:all.jsonl")
    yield made
    made.close()


def test_only_what_changes_is_shown_until_ctrl_c(watched: Watched, news: Path) -> None:
    first = watched.until("watching")
    assert first[0].startswith("news/a.txt:1:1: warning feed/leading-metadata")
    assert first[-1] == "cleaner: watching 2 files; Ctrl-C ends it"
    (news / "b.txt").write_text(f"{DIRTY}\n", "utf-8")
    assert [line.split(":")[0] for line in watched.until("fixable")] == [
        "news/b.txt",
        "Found 1 problem.",
        "[*] 1 fixable with `cleaner fix`.",
    ]
    (news / "c.txt").write_text(f"{DIRTY} It rained.", "utf-8")
    assert any("news/c.txt:1:1" in line for line in watched.until("fixable"))
    (news / "a.txt").unlink()
    assert watched.until("gone")[-1] == "cleaner: news/a.txt: is gone"
    (news / "b.txt").write_text("Ministers met again.", "utf-8")
    assert watched.until("All clear")[-1] == "All clear. 1 file checked."
    left = (news.parent / "all.jsonl").read_text("utf-8")
    assert "news/c.txt" in left
    assert "news/b.txt" not in left
    assert watched.interrupt() == 0


def test_new_settings_hold_at_once(watched: Watched, news: Path) -> None:
    watched.until("watching")
    (news / "cleaner.yaml").write_text("ignore: [feed/leading-metadata]\n", "utf-8")
    assert watched.until("watching") == [
        "cleaner: the settings have changed: starting anew",
        "All clear. 2 files checked.",
        "cleaner: watching 2 files; Ctrl-C ends it",
    ]
    assert watched.interrupt() == 0


BROKEN = {  # a file of settings that is saved halfway
    "cleaner.yaml": "ignore: [feed",
    ".cleaner-ignore.yaml": "- pth: a.txt\n",
    "../.cleaner-baseline.json": "{",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_settings_with_a_mistake_do_not_end_the_watch(watched: Watched, news: Path, name: str) -> None:
    watched.until("watching")
    (news / name).write_text(BROKEN[name], "utf-8")
    told = watched.until("those before still hold")
    assert Path(name).name in told[0]
    (news / "b.txt").write_text(f"{DIRTY}\n", "utf-8")
    assert any("news/b.txt:1:1" in line for line in watched.until("fixable"))
    (news / name).unlink()
    assert watched.until("watching")[0] == "cleaner: the settings have changed: starting anew"
    assert watched.interrupt() == 0


def test_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "check", "-", "--watch"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"--watch: standard input does not change" in done.stderr
