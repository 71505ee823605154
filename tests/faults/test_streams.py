"""Standard output on a full device or to a reader who leaves: exit code 3, a word, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.reporters import FORMATS
from tests.conftest import ROOT

DIRTY = "date 2022-07-29 Ministers met. He said: “yes.\n"
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


def cleaner(folder: Path, *args: str, stdout: int) -> tuple[int, str]:
    (folder / "a.txt").write_text(DIRTY * 2000)
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    error = done.stderr.decode()
    assert "Traceback" not in error
    assert "Exception ignored" not in error
    return done.returncode, error


COMMANDS = {
    "check": ("check", "a.txt", "--lang", "en"),
    "fix --diff": ("fix", "a.txt", "--lang", "en", "--diff"),
    "rules list": ("rules", "list"),
    "rules show": ("rules", "show", "quotes/unpaired"),
    "config show": ("config", "show"),
    "version": ("--version",),
    "help": ("--help",),
}


@full
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_device(tmp_path: Path, command: str) -> None:
    handle = os.open("/dev/full", os.O_WRONLY)
    try:
        status, error = cleaner(tmp_path, *COMMANDS[command], stdout=handle)
    finally:
        os.close(handle)
    assert status == 3
    assert "No space left on device" in error
    assert (tmp_path / "a.txt").read_text() == DIRTY * 2000


@pytest.mark.parametrize("format", ["full", "json", "sarif"])
def test_a_reader_who_leaves(tmp_path: Path, format: str) -> None:
    """The report is larger than a pipe holds (64 KiB), so that it cannot be written in time."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        status, error = cleaner(
            tmp_path, "check", "a.txt", "--lang", "en", "--output-format", format, stdout=writer
        )
    finally:
        os.close(writer)
    assert (status, error) == (3, "")


def test_all_outputs_are_meant() -> None:
    assert {"full", "json", "sarif"} <= set(FORMATS)
