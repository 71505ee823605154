"""A feed server for every test that wants one, and `cleaner feed` in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaner.cli import complain
from cleaner.cli.app import app_for
from cleaner.errors import CleanerError
from tests.feeds.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@dataclass(frozen=True, slots=True)
class Done:
    """What a command has said and returned."""

    returncode: int
    stdout: bytes
    stderr: bytes


Feed = Callable[..., Done]


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Feed:
    """`cleaner feed` in an empty folder: feed("--new", "a.rss")."""
    monkeypatch.chdir(tmp_path)

    def run(*args: object) -> Done:
        capsys.readouterr()
        try:
            app_for(given := ["feed", *map(str, args)])(args=given, prog_name="cleaner")
        except SystemExit as end:
            status = end.code
        except CleanerError as error:
            complain(str(error))
            status = error.exit_status
        said = capsys.readouterr()
        return Done(int(status or 0), said.out.encode(), said.err.encode())

    return run
