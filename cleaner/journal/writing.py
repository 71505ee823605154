"""Noting what is about to be written, line by line, so that a crash loses nothing."""

from __future__ import annotations

import base64
import contextlib
import datetime
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from cleaner.errors import InputError
from cleaner.files import Edit
from cleaner.journal.changes import byte_edits
from cleaner.journal.place import VERSION, file_of, folder, hash_of, numbers_in, sealed
from cleaner.version import __version__

KEPT_RUNS = 100
KEPT_BYTES = 64 * 1024 * 1024  # of all runs together; the last one is kept whatever its size
KEPT_DAYS = 60
_BUSY = 3600  # seconds after its last line in which a run that has not ended may still be going on


class Journal:
    """The journal of one run; nothing is created before the first file is to be written.

    `trouble` says why nothing more is noted, "" as long as all is well.
    """

    __slots__ = ("_count", "_handle", "_seal", "number", "trouble", "undoes")

    def __init__(self, undoes: int = 0) -> None:
        self.undoes = undoes
        self.number = 0
        self.trouble = ""
        self._handle = -1
        self._seal = ""
        self._count = 0

    def noting(self, path: Path, old: bytes, new: bytes) -> AbstractContextManager[None]:
        """Note a file, let it be replaced, seal the note; a note of what was not written is struck out."""
        edits = () if self.trouble else byte_edits(old, new)
        return self.noting_edits(path, (hash_of(old), hash_of(new)), edits)

    @contextlib.contextmanager
    def noting_edits(self, path: Path, hashes: tuple[str, str], edits: Iterable[Edit]) -> Iterator[None]:
        """The same for a file of which only the hashes, before and after, and the edits are known."""
        number = self._note(path, hashes, edits)
        try:
            yield
        except InputError:
            self._line({"void": number})
            raise
        self._line({"seal": number})

    def close(self) -> None:
        """End the run, and drop old ones."""
        if self._handle >= 0:
            self._line({"end": self._count})
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1
            _forget(self.number)

    def _note(self, path: Path, hashes: tuple[str, str], edits: Iterable[Edit]) -> int:
        if self.trouble:
            return 0
        self._count += 1
        if self._handle < 0:
            self._open()
        self._line(
            {
                "write": self._count,
                "path": os.path.realpath(path),
                "before": hashes[0],
                "after": hashes[1],
                "edits": [[at, _text(was), _text(now)] for at, was, now in edits],
            },
            lasting=True,
        )
        return self._count

    def _open(self) -> None:
        try:
            place = folder()
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = max(numbers_in(place), default=0)
            while self._handle < 0:
                number += 1
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
                with contextlib.suppress(FileExistsError):  # another run was faster
                    self._handle = os.open(file_of(place, number), flags, 0o600)
        except (OSError, RuntimeError) as error:
            self._give_up(error)
            return
        self.number = number
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self._line(
            {"run": number, "format": VERSION, "cleaner": __version__, "at": now, "undoes": self.undoes}
        )

    def _line(self, entry: dict[str, Any], *, lasting: bool = False) -> None:
        if self._handle < 0:
            return
        body = json.dumps(entry, separators=(",", ":")).encode("ascii")
        self._seal = sealed(self._seal, body)
        data = self._seal.encode("ascii") + b" " + body + b"\n"
        try:
            while data:
                data = data[os.write(self._handle, data) :]
            if lasting:
                os.fsync(self._handle)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.trouble = getattr(error, "strerror", None) or str(error)
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1


def _forget(newest: int) -> None:
    """Drop what is too old or too much; never a run that may still be going on, never `newest`."""
    with contextlib.suppress(OSError, RuntimeError):
        place = folder()
        now, total, kept = time.time(), 0, 0
        for number in sorted(numbers_in(place), reverse=True):
            path = file_of(place, number)
            with contextlib.suppress(OSError):
                status = path.stat()
                kept += 1
                total += status.st_size
                is_old = now - status.st_mtime > KEPT_DAYS * 86400
                if not (is_old or kept > KEPT_RUNS or total > KEPT_BYTES) or number >= newest:
                    continue
                if now - status.st_mtime > _BUSY or _is_over(path, status.st_size):
                    path.unlink()


def _is_over(path: Path, size: int) -> bool:
    """Whether the last line of a journal ends its run."""
    with path.open("rb") as file:
        file.seek(max(0, size - 60))
        return b'{"end":' in file.read()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
