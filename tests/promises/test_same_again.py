"""The same files and rules give the same bytes: whatever the seed of hashes, the jobs, the order, the place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.reporters import FORMATS
from tests.conftest import ROOT, SEED

DIRTY = "date 2022-07-29 Ministers met. They both [будут] be there, he said: “yes.\n\nIt was cafÃ© a ,b and МiнicтP.\n"


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    for number in range(6):
        (made / f"{number}.txt").write_text(DIRTY * (number + 1))
    (made / "seed.txt").write_bytes(SEED.read_bytes())
    (made / "a.html").write_text(f"<p>{DIRTY}</p>")
    (made / "a.json").write_text('{"a": "They both [будут] be there", "b": "Привет"}')
    return made


def run(place: Path, seed: str, *args: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args, "."],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


VARIANTS = [("0", "1"), ("1", "1"), ("4242", "1"), ("1", "2"), ("7", "4")]
BY_TIME = ("html",)  # says when it was made
DURATION = re.compile(rb' time="[0-9.]+"')  # JUnit tells how long each file took


CHOSEN = [
    name if name in ("json", "full") else pytest.param(name, marks=pytest.mark.slow)
    for name in FORMATS
    if name not in BY_TIME
]


@pytest.mark.parametrize("format", CHOSEN)
def test_reports(tmp_path: Path, format: str) -> None:
    place = folder(tmp_path, "news")
    args = ("check", "--from", "ru", "--output-format", format)
    variants = VARIANTS if format == "json" else VARIANTS[1::2]
    outputs = {DURATION.sub(b"", run(place, seed, *args, "--jobs", jobs)) for seed, jobs in variants}
    assert len(outputs) == 1


def test_repairs(tmp_path: Path) -> None:
    results = []
    for number, (seed, jobs) in enumerate(VARIANTS[::2]):
        place = folder(tmp_path, str(number))
        run(place, seed, "fix", "--from", "ru", "--unsafe-fixes", "--jobs", jobs, "-q")
        results.append({path.name: path.read_bytes() for path in place.iterdir()})
    assert all(result == results[0] for result in results)
    assert results[0]["0.txt"] != DIRTY.encode()
