"""`cleaner fix --undo`: put the files of a run back."""

from __future__ import annotations

import sys

from cleaner import journal
from cleaner.cli import complain, streams
from cleaner.errors import InputError, UsageError
from cleaner.journal.reading import Run
from cleaner.reporters.base import counted, shown


def undone(names: list[str], *, quiet: bool = False) -> int:
    """Take back the run of this number, else the last one; the exit code.

    Raises UsageError when there is no such run, InputError when its journal is damaged.
    """
    if len(names) > 1 or not all(name.isascii() and name.isdigit() for name in names):
        raise UsageError(
            f"--undo takes the number of a run, not {', '.join(names)}", hint="cleaner fix --undo --list"
        )
    run = journal.load(int(names[0])) if names else journal.last()
    notes = journal.Journal(undoes=run.number)
    back = left = 0
    try:
        for outcome in journal.undo(run, notes):
            if outcome.trouble:
                left += 1
                complain(f"{outcome.path}: {outcome.trouble}")
            else:
                back += 1
    finally:
        notes.close()
    if notes.trouble:
        complain(f"no journal, so this cannot be taken back: {notes.trouble}")
    if not quiet:
        text = f"Run {run.number} of {run.at or 'an unknown time'}: {counted(back, 'file')} as before"
        text += f", {left:,} left as they are" if left else ""
        again = f" To take that back: cleaner fix --undo {notes.number}" if notes.number else ""
        streams.write(f"{text}.{again}\n", sys.stdout)
    return 3 if left else 0


def listed(*, quiet: bool = False) -> int:
    """Print the runs that are remembered, the last one first; the exit code."""
    lines, broken = [], False
    undone_by: dict[int, int] = {}
    for number in journal.numbers():
        try:
            run = journal.load(number)
        except InputError as error:
            broken = True
            lines.append(f"{number:6}  damaged: {error}")
            continue
        if run.undoes and number not in undone_by:
            undone_by.setdefault(run.undoes, number)
        lines.append(_line(run, undone_by.get(number, 0)))
    if not quiet:
        streams.write("".join(f"{line}\n" for line in lines or ["no runs are remembered"]), sys.stdout)
    return 3 if broken else 0


def _line(run: Run, undone_by: int) -> str:
    writes = [write for write in run.writes if not write.is_void]
    what = counted(len(writes), "file")
    if len(writes) == 1:
        what = shown(writes[0].path)
    notes = [f"takes back {run.undoes}"] if run.undoes else []
    notes += [f"taken back by {undone_by}"] if undone_by else []
    notes += [] if run.is_whole else ["interrupted"]
    return f"{run.number:6}  {run.at:25}  {what}" + (f"  ({', '.join(notes)})" if notes else "")
