"""What several tests share: the seed article, a command line in a process of its own."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from cleaner import config, discovery
from cleaner.cli import main
from cleaner.suppress import sidecar

# No deadline: by the clock, a busy machine would decide. Who works on the code meets new samples with each
# run; a change is not refused for one that it has not brought (FIXED_SAMPLES, as .ci/run sets it).
settings.register_profile("cleaner", deadline=None, derandomize="FIXED_SAMPLES" in os.environ)
settings.load_profile("cleaner")

ROOT = Path(__file__).parent.parent
SEED = ROOT / "fixtures" / "wild" / "000_765a52ba104f050f.txt"
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
"""The environment of a process that `make coverage` must not look into: that imports and writes as well."""


@pytest.fixture(autouse=True, scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test looks into the cache folder of whoever runs it, nor leaves anything there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def seed() -> str:
    """The article that the project was made for."""
    return SEED.read_text("utf-8")


@pytest.fixture
def seed_copy(tmp_path: Path) -> Path:
    """A copy of the article that may be changed."""
    path = tmp_path / "article.txt"
    path.write_bytes(SEED.read_bytes())
    return path


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    """`cleaner` in a process of its own, in an empty folder: cli("check", "a.txt", stdin=b"…")."""

    def run(
        *args: object, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "cleaner", *map(str, args)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
        return subprocess.run(
            command, cwd=tmp_path, input=stdin, capture_output=True, env=environment, timeout=60, check=False
        )

    return run


class Done(NamedTuple):
    """What a command came to: its exit code, what it said, what it complained of."""

    status: int
    said: str
    complained: str


Inside = Callable[..., Done]


class _Bytes(io.BytesIO):
    """What a stream wrote, also when it has been closed; a terminal if wanted."""

    def __init__(self, *, terminal: bool, data: bytes = b"") -> None:
        super().__init__(data)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def close(self) -> None:
        pass


def _forget() -> None:
    """Forget what was read of settings and suppressions: a new process would read them anew."""
    for module in (config, discovery, sidecar):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inside:
    """`cleaner` in this process, in an empty folder: quicker than `cli`, for what needs no process of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*args: object, stdin: bytes = b"", terminal: bool = False) -> Done:
        _forget()
        out, err = _Bytes(terminal=terminal), _Bytes(terminal=terminal)
        threshold = gc.get_threshold()
        with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", ["cleaner", *map(str, args)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(_Bytes(terminal=False, data=stdin), "utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8"))
            try:
                main()
            finally:
                gc.set_threshold(*threshold)
                sys.stdout.flush()
                sys.stderr.flush()
        status = ended.value.code or 0
        assert isinstance(status, int)
        return Done(status, out.getvalue().decode("utf-8", "surrogateescape"), err.getvalue().decode())

    return run
