"""What a disk can do to us: a process that is killed, no room, folders that may not be written, races."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import files
from cleaner.errors import InputError
from tests.conftest import ROOT, UNMEASURED, Run

DIRTY = "date 2022-07-29 Ministers met."
CLEAN = "Ministers met."
OLD, NEW = b"old\n" * 500_000, b"new text\n" * 300_000
WRITER = """
import sys
from pathlib import Path
from cleaner import files
path, (old, new) = Path(sys.argv[1]), (b"old\\n" * 500_000, b"new text\\n" * 300_000)
print("ready", flush=True)
while True:
    files.replace(path, old, new)
    old, new = new, old
"""


def started(
    folder: Path, *args: str, prepare: Callable[[], None] | None = None, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,
    )


def cleaned(
    folder: Path, *args: str, prepare: Callable[[], None], env: dict[str, str] | None = None
) -> tuple[int, str]:
    """The exit code of `cleaner fix`, and what it complains of, in a process with less than it needs."""
    process = started(folder, "-m", "cleaner", "fix", *args, "--lang", "en", prepare=prepare, env=env)
    error = process.communicate(timeout=60)[1].decode()
    assert "Traceback" not in error
    return process.returncode, error


@pytest.mark.slow
def test_killed_thirty_times_and_never_torn(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    chance, seen = random.Random(7), set()
    for _ in range(30):
        process = started(tmp_path, "-c", WRITER, str(path))
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        now = path.read_bytes()
        assert now in (OLD, NEW)
        seen.add(now)
        path.write_bytes(OLD)
    assert seen == {OLD, NEW}, "the kills came too early to mean anything"
    path.write_text(DIRTY)
    done = cli("fix", ".", "--lang", "en")
    assert done.returncode == 0, "what a killed run leaves behind is never read"
    assert path.read_text() == CLEAN


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_whole_files(tmp_path: Path) -> None:
    chance = random.Random(3)
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(DIRTY)
    for _ in range(10):
        process = started(tmp_path, "-m", "cleaner", "fix", ".", "--lang", "en", "-q")
        time.sleep(chance.uniform(0.2, 0.8))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert {path.read_text() for path in tmp_path.glob("*.txt")} <= {DIRTY, CLEAN}


def test_a_disk_without_room(tmp_path: Path) -> None:
    def no_file_over_10_kilobytes() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    text = DIRTY + "\n" + "It rained on Monday, they said.\n" * 1000
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.txt").write_text(DIRTY)
    limits = no_file_over_10_kilobytes
    status, error = cleaned(tmp_path, ".", "--select", "feed", prepare=limits, env=UNMEASURED)
    assert status == 3
    assert "a.txt: cannot be written: File too large" in error
    assert (tmp_path / "a.txt").read_text() == text
    assert (tmp_path / "b.txt").read_text() == CLEAN, "the run goes on"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def as_somebody_without_privileges() -> None:
    """Give up what lets the administrator write everywhere (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            if ctypes.CDLL(None).prctl(24, capability, 0, 0, 0):
                raise OSError("capabilities cannot be dropped here")


def unprivileged() -> bool:
    probe = "import os, sys; sys.exit(os.access(sys.argv[1], os.W_OK))"
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o555)
            done = started(Path(folder), "-c", probe, folder, prepare=as_somebody_without_privileges)
            done.communicate()
            return done.returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


needs_permissions = pytest.mark.skipif(
    not (sys.platform == "linux" and unprivileged()), reason="permissions do not bind this user"
)


@needs_permissions
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(DIRTY)
    folder.chmod(0o555)
    try:
        status, error = cleaned(folder, "a.txt", prepare=as_somebody_without_privileges)
    finally:
        folder.chmod(0o755)
    assert status == 3
    assert "a.txt: cannot be written: Permission denied" in error
    assert (folder / "a.txt").read_text() == DIRTY


@needs_permissions
@pytest.mark.parametrize("name", ["a.txt", "secret"])
def test_what_may_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "b.txt").write_text(DIRTY)
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / name).chmod(0)
    try:
        status, error = cleaned(tmp_path, ".", prepare=as_somebody_without_privileges)
    finally:
        (tmp_path / name).chmod(0o755)
    assert status == 3
    assert name in error
    assert "Permission denied" in error


def test_a_change_that_hides_its_traces_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same size, same time of change, same file: only the content tells, just before it is replaced."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old text")
    status, sync = path.stat(), os.fsync

    def meanwhile(handle: int) -> None:
        with path.open("r+b") as file:
            file.write(b"our word")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(InputError, match="changed while"):
        files.replace(path, b"old text", b"new text")
    assert path.read_bytes() == b"our word"


def test_a_file_that_grows_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    status = path.stat()
    path.write_bytes(b"a" * 50)
    monkeypatch.setattr(Path, "stat", lambda self, **_: status)
    monkeypatch.setattr(os, "fstat", lambda handle: status)
    assert files.read(path, limit=50) == b"a" * 50
    with pytest.raises(InputError, match="larger than 49 bytes"):
        files.read(path, limit=49)


def test_a_file_that_grows_without_end_is_refused_in_bounded_time(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    stop = threading.Event()

    def grow() -> None:
        with path.open("a") as file:
            while not stop.wait(0.001):
                file.write("It rained.\n")
                file.flush()

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        done = cli("fix", "a.txt", "--lang", "en", "--select", "feed")
    finally:
        stop.set()
        thread.join()
    assert done.returncode == 3
    assert b"changed while it was being cleaned; not written" in done.stderr
    assert path.read_text().startswith(DIRTY)


def test_two_runs_at_once(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(DIRTY)
    runs = [started(tmp_path, "-m", "cleaner", "fix", ".", "--lang", "en", "-q") for _ in range(3)]
    for run in runs:
        error = run.communicate(timeout=60)[1].decode()
        assert run.returncode in (0, 3)
        assert all("changed while" in line for line in error.splitlines()), error
    assert {path.read_text() for path in tmp_path.iterdir()} == {CLEAN}


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "link to a device", "link to a pipe"])
def test_what_is_no_file_is_refused_and_not_waited_for(cli: Run, tmp_path: Path, kind: str) -> None:
    import socket

    path = tmp_path / "x.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to("pipe")
    (tmp_path / "a.txt").write_text(DIRTY)
    done = cli("fix", "--lang", "en", "--format", "plain", path, "a.txt")
    assert done.returncode == 3
    assert b"not a regular file" in done.stderr
    assert (tmp_path / "a.txt").read_text() == CLEAN, "the run goes on"
