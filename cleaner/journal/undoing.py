"""Putting the files of a run back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner import files
from cleaner.errors import InputError
from cleaner.journal.changes import reverted
from cleaner.journal.place import hash_of
from cleaner.journal.reading import Run, Write
from cleaner.journal.writing import Journal
from cleaner.values import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: "" when it is as it was, else why it is left as it is now."""

    path: str
    trouble: str = ""


def undo(run: Run, journal: Journal) -> Iterator[Outcome]:
    """Put the files of a run back, the last one first, and note that in `journal`."""
    for write in reversed(run.writes):
        if not write.is_void:
            yield Outcome(write.path, _put_back(write, journal))


def _put_back(write: Write, journal: Journal) -> str:
    path = Path(write.path)
    try:
        now = files.read(path)
    except InputError as error:
        return str(error).removeprefix(f"{path}: ")
    found = hash_of(now)
    if found == write.before and write.before != write.after:
        return ""  # the run was killed before it wrote, or somebody was faster
    if found != write.after:
        return "has changed since; left as it is"
    before = reverted(now, write.edits)
    if before is None or hash_of(before) != write.before:
        return "the journal does not give the file that was there; left as it is"
    try:
        with journal.noting(path, now, before):
            files.replace(path, now, before)
    except InputError as error:
        return str(error).removeprefix(f"{path}: ")
    return ""
