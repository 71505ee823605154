"""Outputs of a part: written beside their place, moved there when they are whole.

A run that is killed leaves at most hidden temporary files, which the next one removes.
"""

from __future__ import annotations

import contextlib
import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cleaner.corpus.settings import needed

TEMPORARY = ".cleaner-"
_BUFFER = 256 * 1024


class Sink:
    """A file that appears whole at `commit`, or not at all. Nothing is made before the first write.

    What ends in .gz or .zst is compressed, with the same bytes at each run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
        self._raw: IO[bytes] | None = None
        self._file: Any = None

    @property
    def is_open(self) -> bool:
        return self._raw is not None

    def open(self) -> Any:
        """The binary file to write to. Raises OSError."""
        if self._raw is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._raw = self._temporary.open("wb", buffering=_BUFFER)
            self._file = _packed(self._raw, self.path.name.lower())
        return self._file

    def write(self, data: bytes) -> None:
        self.open().write(data)

    def commit(self) -> int | None:
        """Give the file its name, when there is one. Its bytes, None for none. Raises OSError."""
        if self._raw is None:
            self.path.unlink(missing_ok=True)  # of an earlier run
            return None
        if self._file is not self._raw:
            self._file.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        size = self._raw.tell()
        self._raw.close()
        self._temporary.replace(self.path)
        self._raw = None
        return size

    def abort(self) -> None:
        if self._raw is not None:
            with contextlib.suppress(Exception):  # on a full disk nothing can be closed
                self._file.close()
            with contextlib.suppress(OSError):
                self._raw.close()
            with contextlib.suppress(OSError):
                self._temporary.unlink()
            self._raw = None


def _packed(raw: IO[bytes], name: str) -> Any:
    if name.endswith(".gz"):
        return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0)
    if name.endswith(".zst"):
        return needed("zstandard").ZstdCompressor(level=3).stream_writer(raw, closefd=False)
    return raw


@contextlib.contextmanager
def all_or_none(*sinks: Sink) -> Iterator[None]:
    """Removes what was begun when something goes wrong; committing is left to the block."""
    try:
        yield
    finally:
        for sink in sinks:
            sink.abort()


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed run left."""
    for path in folder.rglob(f"{TEMPORARY}*"):
        path.unlink(missing_ok=True)
