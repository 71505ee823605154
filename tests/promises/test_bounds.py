"""Memory and size are bounded, and what is too large is told."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.files import MAX_BYTES
from tests.conftest import ROOT, Run

LINE = "The minister said on {} that they will both be in Cambodia. “Yes,” he added.\n"
TEXTS = {
    "plain lines": ("a.txt", "".join(LINE.format(number) for number in range(40_000))),
    "one line": ("a.txt", "word " * 600_000),
    "with an emoji": ("a.txt", "😀" + "".join(LINE.format(number) for number in range(40_000))),
    "Cyrillic": ("a.txt", "Міністр сказав у п’ятницю, що вони обидва будуть там.\n" * 30_000),
    "JSON": ("a.json", "[" + ",".join(['{"a": "They will both be in Cambodia."}'] * 75_000) + "]"),
    "a finding every few words": ("a.txt", "He said [будут] be. " * 40_000),
    "HTML": ("a.html", "<p>They will both be in Cambodia.</p>\n" * 75_000),
}
BASE, FOLD = 200_000_000, 30  # bytes of address space: Python with its libraries, and for each byte of a file
EACH = 5_000  # bytes for a finding


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_memory(tmp_path: Path, kind: str) -> None:
    name, text = TEXTS[kind]
    (tmp_path / name).write_text(text)
    room = BASE + FOLD * (tmp_path / name).stat().st_size + EACH * text.count("[будут]")

    def with_that_much_room() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (room, room))

    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "check", name, "--isolated", "-q", "--jobs", "1"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin", "CLEANER_CACHE_DIR": str(tmp_path / "cache")},
        preexec_fn=with_that_much_room,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr


@pytest.mark.slow
def test_memory_goes_with_the_largest_file_and_not_with_how_many_there_are(tmp_path: Path) -> None:
    text = "".join(LINE.format(number) for number in range(26_000))

    def peak(files: int) -> int:
        """Kilobytes."""
        for number in range(files):
            (tmp_path / f"{number:02}.txt").write_text(f"{number} [будут]\n{text}")
        code = (
            "import resource, subprocess, sys\n"
            f"subprocess.run([sys.executable, *{['-m', 'cleaner', 'check', '.', '--isolated', '-q', '--jobs', '1']}])\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin", "CLEANER_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            check=True,
        )
        return int(done.stdout)

    assert peak(12) <= 1.25 * peak(2)  # with 2 MB each; what is found costs little


def test_what_is_too_large_is_told(cli: Run, tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "a.txt").write_text("date 2022-07-29 Ministers met.")
    done = cli("fix", ".", "--lang", "en")
    assert done.returncode == 3
    assert b"large.txt: larger than 67,108,864 bytes" in done.stderr
    assert (tmp_path / "a.txt").read_text() == "Ministers met."
