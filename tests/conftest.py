"""What several tests share: the seed article, a command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEED = ROOT / "fixtures" / "wild" / "000_765a52ba104f050f.txt"


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
