"""`cleaner check --add-ignore`: write down that what is found is right as it stands."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from cleaner import files
from cleaner.cli import complain, streams
from cleaner.errors import InputError, UsageError
from cleaner.excerpts import Excerpts
from cleaner.formats.decode import encode
from cleaner.hashing import sha256
from cleaner.model import FileReport, Finding, Report
from cleaner.pipeline import Pipeline
from cleaner.reporters.base import counted, shown
from cleaner.run import Settings, Task, opened
from cleaner.suppress import adding, sidecar
from cleaner.suppress.policy import NEVER


def checked(reason: str | None) -> str:
    """The reason to write down. Raises UsageError for one that no comment can hold."""
    if reason is None:
        return adding.PLACEHOLDER
    if not reason.strip() or "--" in reason or not reason.isprintable():
        raise UsageError("--reason: a comment holds one line of text, without “--”")
    return reason.strip()


def add(report: Report, wanted: Settings, task: Task, reason: str) -> int:
    """Write a suppression for each finding, and say where; the number of those that cannot have one.

    Raises InputError when a file cannot be written, or has changed since it was looked at.
    """
    left = 0
    entries: dict[Path, list[str]] = {}
    for file in report.files:
        if file.error or file.warning or not any(one.family not in NEVER for one in file.findings):
            left += len(file.findings)
            continue
        if isinstance(file.after, Excerpts) and file.after.is_table:
            complain(f"{file.uri}: a table holds no comments; an entry of {sidecar.FILE_NAME} can name it")
            left += len(file.findings)
            continue
        path = Path(file.uri)
        pipeline = wanted.pipeline(path)
        rest = _comments(file, path, pipeline, task, reason)
        home = sidecar.discover(path) or _new_sidecar(path)
        document = opened(files.read(path), file.uri, pipeline, task)
        inside = os.path.relpath(path.resolve(), home.parent.resolve()).replace(os.sep, "/")
        for finding in rest:
            written = adding.entry(document, finding, inside, reason)
            if written is None:
                complain(f"{file.uri}:{finding.position}: {finding.rule}: no suppression can name this place")
                left += 1
            elif written not in entries.setdefault(home, []):
                entries[home].append(written)
        left += sum(one.family in NEVER for one in file.findings)
    for home, new in entries.items():
        _append(home, new)
    return left


def _comments(
    file: FileReport, path: Path, pipeline: Pipeline, task: Task, reason: str
) -> tuple[Finding, ...]:
    """Write comments into one file; the findings that need the side-car file."""
    data = files.read(path)
    document = opened(data, file.uri, pipeline, task)
    is_held = isinstance(file.after, str)
    if (document.text if is_held else Excerpts(sha256(data).hexdigest(), len(document.text))) != file.after:
        raise InputError(f"{path}: changed while it was being checked; nothing is written there")
    if document.encoding.undecodable:
        return tuple(one for one in file.findings if one.family not in NEVER)
    find = functools.partial(pipeline.find, sidecar=sidecar.for_file(path))
    added = adding.comments(document, file.findings, reason, lambda now: find(now).findings)
    if added.text != document.text:
        files.replace(path, data, encode(added.text, document.encoding))
        done = sum(one.family not in NEVER for one in file.findings) - len(added.left)
        streams.say(f"{shown(file.uri)}: {counted(done, 'finding')} ignored in comments")
    return _moved(added, file.findings, path, pipeline, task)


def _moved(
    added: adding.Added, before: tuple[Finding, ...], path: Path, pipeline: Pipeline, task: Task
) -> tuple[Finding, ...]:
    """What is left, where it stands now that there are comments."""
    if not added.left:
        return ()
    now = pipeline.find(opened(files.read(path), str(path), pipeline, task), sidecar.for_file(path))
    return tuple(one for one in now.findings if one.family not in NEVER)


def _new_sidecar(path: Path) -> Path:
    """Where a side-car file is made: here, when the file lies below; else beside it."""
    here = Path.cwd().resolve()
    folder = here if path.resolve().is_relative_to(here) else path.resolve().parent
    return folder / sidecar.FILE_NAME


def _append(home: Path, new: list[str]) -> None:
    name = os.path.relpath(home)
    old = files.read(home) if home.exists() else None
    try:
        text = adding.appended(old.decode("utf-8-sig") if old else "", new)
    except ValueError as error:
        raise InputError(f"{name}: cannot be added to: {error}") from None
    if old is None:
        files.create(home, text.encode("utf-8"))
    else:
        files.replace(home, old, text.encode("utf-8"))
    streams.say(f"{shown(name)}: {counted(len(new), 'entry').replace('entrys', 'entries')} written")
