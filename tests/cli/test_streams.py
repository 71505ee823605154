"""Streams that are closed, full, or whose reader has left: a word, a code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

DIRTY = "date 2022-07-29 Ministers met."
COMMAND = f"{sys.executable} -m cleaner"


def shell(folder: Path, line: str) -> tuple[int, str, str]:
    """What a line of sh gives: the code of `cleaner`, what is said, and what is complained of."""
    (folder / "a.txt").write_text(DIRTY, "utf-8")
    done = subprocess.run(
        ["/bin/bash", "-c", line.replace("cleaner", COMMAND, 1)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


CLOSED = [
    pytest.param("cleaner check a.txt --lang en >&-", 3, "cleaner: standard output: is closed\n", id="stdout"),
    pytest.param("cleaner check a.txt --lang en 2>&-", 1, "", id="stderr: nobody to be told"),
    pytest.param("cleaner check a.txt --lang en -q >&- 2>&-", 1, "", id="quiet: the code says it"),
    pytest.param("cleaner check a.txt --lang en <&-", 1, "", id="stdin, not needed"),
    pytest.param("cleaner check - --lang en <&-", 3, "cleaner: standard input: is closed\n", id="stdin, needed"),
    pytest.param("cleaner fix - --lang en <a.txt >&-", 3, "cleaner: standard output: is closed\n", id="fix"),
    pytest.param("cleaner check a.txt --lang en <&- >&- 2>&-", 3, "", id="all"),
    pytest.param(
        "cleaner check a.txt --lang en --output json:o.json >&-", 1, "", id="a report in a file needs no stdout"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "status", "said"), CLOSED)
def test_closed_streams(tmp_path: Path, line: str, status: int, said: str) -> None:
    code, _, error = shell(tmp_path, line)
    assert (code, error) == (status, said)
    assert (tmp_path / "a.txt").read_text("utf-8") == DIRTY


@pytest.mark.parametrize(
    "command", ["rules list", "check a.txt --lang en --output-format json", "fix - < a.txt"]
)
def test_a_reader_that_leaves(tmp_path: Path, command: str) -> None:
    line = f"cleaner {command} | true; echo ${{PIPESTATUS[0]}}"
    code, out, error = shell(tmp_path, line)
    assert (code, error) == (0, "")
    assert out in ("3\n", "0\n", "1\n")  # what was written before `true` had ended is nobody's error


def test_a_reader_that_has_left(tmp_path: Path) -> None:
    code, out, error = shell(tmp_path, "(sleep 0.0; cleaner rules list; echo $? >&2) | :")
    assert (code, out) == (0, "")
    assert error in ("3\n", "0\n")
