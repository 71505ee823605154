"""What a long run meets: much data, a full disk, SIGKILL. In processes of their own."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT
from tests.corpus.samples import joined, jsonl, rows, tree

pytestmark = pytest.mark.slow

MIB = 1024 * 1024
FINISHED = "[!.]*.json"
RULES = ("--select", "leftover/bracketed-word", "--lang", "en", "--from", "ru", "--isolated", "--quiet")


def start(
    folder: Path, *args: str, limit: int | None = None, run: tuple[str, ...] = ("-m", "cleaner")
) -> subprocess.Popen[bytes]:
    """`cleaner corpus` with these arguments; no file may grow beyond `limit` bytes."""

    def full_disk() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, *run, "corpus", *args, *RULES],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        preexec_fn=full_disk,
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=600)
    return process.returncode, said.decode()


def peak(folder: Path, *args: str) -> float:
    """The memory that a run with one job took at most, in MiB."""
    code = """
import atexit, pathlib, sys
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: pathlib.Path("peak").write_text(status.read_text()))
from cleaner.cli import main
sys.argv[0] = "cleaner"
main()
"""
    process = start(folder, *args, "--jobs", "1", run=("-c", code))
    status, said = finish(process)
    assert (status, said) == (0, "")
    return int((folder / "peak").read_text().partition("VmHWM:")[2].split()[0]) / 1024


def big(path: Path, size: int) -> None:
    """A file of so many bytes of rows, 5 KB each."""
    text = "The ministers met on Monday, and nothing was decided. " * 90
    with path.open("wb") as file:
        while file.tell() < size:
            number = file.tell()
            file.write(jsonl({"id": number + i, "text": f"{i}. {text}"} for i in range(100)))


def big_table(path: Path, size: int) -> None:
    lines = "The ministers met on Monday, and nothing was decided. " * 90
    group = pa.table({"text": [f"{number}. {lines}" for number in range(2000)]})
    with pq.ParquetWriter(path, group.schema, compression="none", use_dictionary=False) as writer:
        for _ in range(max(1, size // group.nbytes)):
            writer.write_table(group)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose big files do not stay for the next tests."""
    yield tmp_path
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()


def test_memory_does_not_grow_with_the_file(folder: Path) -> None:
    big(folder / "small.jsonl", 20 * MIB)
    big(folder / "big.jsonl", 300 * MIB)
    small, large = (peak(folder, f"{name}.jsonl", name) for name in ("small", "big"))
    assert large < small + 10, f"{small:.0f} and {large:.0f} MiB"
    assert large < 120
    assert joined(folder / "big" / "text") == (folder / "big.jsonl").read_bytes()


def test_memory_does_not_grow_with_a_table(folder: Path) -> None:
    big_table(folder / "small.parquet", 20 * MIB)
    big_table(folder / "big.parquet", 300 * MIB)
    small, large = (peak(folder, f"{name}.parquet", name) for name in ("small", "big"))
    assert large < small + 40, f"{small:.0f} and {large:.0f} MiB"


def test_a_row_of_200_megabytes_costs_no_memory_and_is_kept(folder: Path) -> None:
    path = folder / "a.jsonl"
    row = b'{"text": "' + b"word " * (40 * MIB) + b'"}\n'
    before, after = jsonl(rows(70)), jsonl(rows(140)[70:])
    path.write_bytes(before + row + after)
    assert peak(folder, "a.jsonl", "out", "--exit-zero") < 120
    assert joined(folder / "out" / "text") == before + after
    assert joined(folder / "out" / "rejected") == row
    assert json.loads(joined(folder / "out" / "reasons")) == {
        "row": 1,
        "byte": len(before),
        "bytes": len(row),
        "reason": f"{len(row):,} bytes, more than the limit of {4 * MIB:,}",
    }


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_stops_the_run_and_keeps_what_is_finished(folder: Path, jobs: str) -> None:
    big(folder / "a.jsonl", 3 * MIB)
    with (folder / "a.jsonl").open("ab") as file:
        file.write(json.dumps({"text": "word " * (MIB // 2)}).encode() + b"\n")
    args = ("a.jsonl", "out", "--part-size", "1", "--jobs", jobs)
    code, said = finish(start(folder, *args, limit=2 * MIB))
    assert code == 3
    assert "File too large" in said and "the same command goes on from there" in said
    assert "Traceback" not in said and "Exception ignored" not in said
    finished = tree(folder / "out" / "parts")
    assert not list((folder / "out").rglob(".cleaner-*"))
    assert finish(start(folder, *args)) == (0, "")
    assert joined(folder / "out" / "text") == (folder / "a.jsonl").read_bytes()
    parts = tree(folder / "out" / "parts")
    assert 1 <= len(finished) < len(parts)
    assert all(parts[name] == data for name, data in finished.items())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_after_sigkill_the_same_command_goes_on(folder: Path, jobs: str) -> None:
    big(folder / "a.jsonl", 12 * MIB)
    args = ("--part-size", "1", "--jobs", jobs)
    assert finish(start(folder, "a.jsonl", "whole", *args)) == (0, "")
    process = start(folder, "a.jsonl", "out", *args)
    parts = folder / "out" / "parts"
    while process.poll() is None and len(list(parts.glob(FINISHED))) < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    finish(process)
    kept = {path.name: path.stat().st_mtime_ns for path in parts.glob(FINISHED)}
    assert 3 <= len(kept) < 13
    assert finish(start(folder, "a.jsonl", "out", *args)) == (0, "")
    assert tree(folder / "out") == tree(folder / "whole")
    assert {name: (parts / name).stat().st_mtime_ns for name in kept} == kept


def test_the_workers_of_a_killed_run_end_with_it(folder: Path) -> None:
    big(folder / "a.jsonl", 30 * MIB)
    process = start(folder, "a.jsonl", "out", "--part-size", "1", "--jobs", "2")
    parts = folder / "out" / "parts"
    while process.poll() is None and not list(parts.glob(FINISHED)):
        time.sleep(0.01)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(workers) >= 2
    process.send_signal(signal.SIGKILL)
    finish(process)
    deadline = time.monotonic() + 20
    while any(_lives(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [worker for worker in workers if _lives(worker)] == []


def _lives(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
