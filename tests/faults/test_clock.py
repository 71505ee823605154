"""A clock that jumps back, stands still or is years off: nothing depends on it but dates that expire."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

DIRTY = "date 2022-07-29 Ministers met."
PATCH = """
import itertools, time
real, count = time.time, itertools.count()
def wrong(): return real() {change}
for name in ("time", "perf_counter", "monotonic"):
    setattr(time, name, wrong)
time.time_ns = time.perf_counter_ns = lambda: int(wrong() * 1e9)
"""
CHANGES = {
    "backwards": "- 3600 * next(count)",
    "stands still": "* 0 + 1e9",
    "of 1970": "- real()",
    "years ahead": "+ 3e8",
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_clock_that_is_wrong(cli: Run, tmp_path: Path, change: str) -> None:
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(PATCH.format(change=CHANGES[change]))
    (tmp_path / "a.txt").write_text(DIRTY)
    env = {"PYTHONPATH": f"{tmp_path / 'clock'}:{ROOT}", "CLEANER_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):  # without a cache, and with one whose entries come from the future
        done = cli("check", "a.txt", "--lang", "en", "--output-format", "concise", env=env)
        assert (done.returncode, done.stderr) == (1, b"")
        assert done.stdout.startswith(b"a.txt:1:1: warning feed/leading-metadata")
    assert cli("fix", "a.txt", "--lang", "en", env=env).returncode == 0
    assert (tmp_path / "a.txt").read_text() == "Ministers met."
