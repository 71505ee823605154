"""Putting the files of a run back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner import files
from cleaner.errors import InputError
from cleaner.journal.changes import reverting
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
        found = files.digest_of(path)
        if found == write.before and write.before != write.after:
            return ""  # the run was killed before it wrote, or somebody was faster
        if found != write.after:
            return "has changed since; left as it is"
        edits = reverting(write.edits)
        if files.digest_of(path, edits) != write.before:
            return "the journal does not give the file that was there; left as it is"
        with journal.noting_edits(path, (write.after, write.before), edits):
            files.rewrite(path, write.after, edits)
    except InputError as error:
        return str(error).removeprefix(f"{path}: ")
    return ""
