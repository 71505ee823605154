"""What is remembered of the runs of `cleaner fix`."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Container, Iterator, Sequence
from typing import Any

from cleaner import files
from cleaner.errors import InputError, UsageError
from cleaner.journal.changes import ByteEdit
from cleaner.journal.place import VERSION, file_of, folder, numbers_in, sealed
from cleaner.values import dataclass

_LARGEST = 1 << 30  # bytes of a journal that is read


@dataclass(frozen=True, slots=True)
class Write:
    """A file that was replaced, or was about to be. `is_void` says that it was not, after all."""

    path: str
    before: str
    after: str
    edits: tuple[ByteEdit, ...]
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `undoes` is the number of the run that it took back, 0 for none.

    `is_whole` is false for a run that was interrupted; it can be taken back as far as it came.
    """

    number: int
    at: str
    version: str
    undoes: int = 0
    writes: tuple[Write, ...] = ()
    is_whole: bool = True


def numbers() -> list[int]:
    """The numbers of the runs that are remembered, the last one first."""
    try:
        return sorted(numbers_in(folder()), reverse=True)
    except (OSError, RuntimeError):
        return []


def load(number: int) -> Run:
    """A run.

    Raises UsageError when there is none of this number, InputError when its journal is damaged or
    not the user's own.
    """
    path = file_of(folder(), number)
    if not path.is_file():
        raise UsageError(f"there is no run {number} to undo", hint="cleaner fix --undo --list")
    data = files.read(path, limit=_LARGEST)
    if hasattr(os, "geteuid"):
        status = path.stat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o022:
            raise InputError(f"{path}: others can write this journal; nothing is undone")
    try:
        return _run(number, list(_entries(data)))
    except _DamagedError as error:
        raise InputError(f"{path}: the journal is damaged ({error}); nothing is undone") from None


def last() -> Run:
    """The last run that was not taken back and takes nothing back itself.

    Raises UsageError when there is none, InputError when a later one is damaged.
    """
    undone: set[int] = set()
    for number in numbers():
        run = load(number)
        if run.undoes:
            if number not in undone:
                undone.add(run.undoes)
        elif number not in undone and any(not write.is_void for write in run.writes):
            return run
    raise UsageError("there is nothing to undo", hint="cleaner fix --undo --list shows what there was")


class _DamagedError(Exception):
    """A journal that is not what was written."""


def _entries(data: bytes) -> Iterator[dict[str, Any]]:
    """The lines of a journal. One that was cut off at its end, by a crash, counts as not written."""
    seal = ""
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], 1):
        written, _, body = line.partition(b" ")
        seal = sealed(seal, body)
        if written != seal.encode("ascii"):
            raise _DamagedError(f"line {number} is not what was written")
        try:
            yield json.loads(body)
        except (ValueError, RecursionError):
            raise _DamagedError(f"line {number} is no JSON") from None


def _run(number: int, entries: Sequence[dict[str, Any]]) -> Run:
    try:
        if not entries:  # killed before the first line was whole
            return Run(number, "", "", is_whole=False)
        head = entries[0]
        if head["format"] != VERSION or head["run"] != number:
            raise _DamagedError(f"its first line speaks of run {head['run']}, format {head['format']}")
        void = {entry["void"] for entry in entries if "void" in entry}
        writes = tuple(_write(entry, void) for entry in entries if "write" in entry)
        at, version, undoes = _text(head["at"]), _text(head["cleaner"]), _number(head["undoes"])
        return Run(number, at, version, undoes, writes, "end" in entries[-1])
    except (LookupError, TypeError, ValueError) as error:
        raise _DamagedError(f"{type(error).__name__}: {error}") from None


def _write(entry: dict[str, Any], void: Container[int]) -> Write:
    edits: list[ByteEdit] = []
    end = 0
    for at, old, new in entry["edits"]:
        edits.append(ByteEdit(_number(at, end), _bytes(old), _bytes(new)))
        end = at + len(edits[-1].old)
    path = _text(entry["path"])
    if "\0" in os.fsdecode(os.fsencode(path)):
        raise ValueError("a path with NUL")
    return Write(path, _text(entry["before"]), _text(entry["after"]), tuple(edits), entry["write"] in void)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a {type(value).__name__} stands for a text")
    return value


def _number(value: object, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise ValueError(f"what should be a number from {least:,} on is none")
    return value


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
