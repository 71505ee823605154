"""Many files by several processes: the same reports, in the same order, whatever happens to a process.

    jobs_for(paths, asked)            how many processes a run takes
    run(paths, settings, task, jobs)  as `run.run`

The processes only read and look; this one writes, so that a file is written once and by one. A process
that is killed takes those that it shares a pool with along. What they had not finished is looked at again,
one file after the other: one that kills its process becomes an error, the others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from pathlib import Path

from cleaner.model import FileReport
from cleaner.patterns import remembered
from cleaner.results import Results
from cleaner.run import Outcome, Settings, Task, done, looked_at, tell_mistakes
from cleaner.values import replace

DIED = "its process died (killed, or out of memory?); not written"
PER_JOB = 2_000_000
"""Bytes that are worth another process: to start one takes as long as to look at so much."""
_FILES, _BYTES = 32, 262_144  # of a batch, so that sending it costs little and none takes long
_AHEAD = 3  # batches for each process that are under way or wait to be taken

_Batch = Sequence[Path]


def jobs_for(paths: Sequence[Path], asked: int | None) -> int:
    """How many processes look at some files: as many as asked for, else as their size is worth."""
    if asked is not None:
        return max(1, min(asked, len(paths)))
    if len(paths) < 2:
        return 1
    return min(cores(), len(paths), 1 + sum(map(_size, paths)) // PER_JOB)


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(paths: Sequence[Path], settings: Settings, task: Task, jobs: int) -> Iterator[FileReport]:
    """The report of each file, in the order of `paths`. The processes start at once."""
    tell_mistakes(paths, task)
    for path in paths:
        settings.pipeline(path)  # a mistake in rules or settings is told here, and reports ask for them
    return _reports(paths, settings, task, jobs, _Pool(settings, task, jobs))


def _reports(
    paths: Sequence[Path], settings: Settings, task: Task, jobs: int, pool: _Pool
) -> Iterator[FileReport]:
    known = Results() if task.remember else None
    waiting = deque(_batches(paths))
    try:
        while True:
            for path, outcome in _until_broken(waiting, settings, task, jobs, pool):
                yield done(path, outcome, task, known)
            if not waiting:
                return
            pool = _Pool(settings, task, jobs)  # the one before has lost a process
    finally:
        if known:
            known.save()


def _batches(paths: Sequence[Path]) -> Iterator[_Batch]:
    batch: list[Path] = []
    room = _BYTES
    for path in paths:
        size = _size(path)
        if batch and (room < size or len(batch) == _FILES):
            yield batch
            batch, room = [], _BYTES
        batch.append(path)
        room -= size
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told when it is read
        return 0


def _until_broken(
    waiting: deque[_Batch], settings: Settings, task: Task, jobs: int, pool: _Pool
) -> Iterator[tuple[Path, Outcome]]:
    """The outcomes of batches that wait, in their order, until all are done or a process has died."""
    running: deque[tuple[_Batch, Future[list[Outcome]]]] = deque()
    with pool:
        broken = False
        while running or (waiting and not broken):
            while waiting and not broken and len(running) < jobs * _AHEAD:
                try:
                    running.append((waiting[0], pool.submit(_look, waiting[0])))
                    waiting.popleft()
                except BrokenProcessPool:
                    broken = True
            if not running:
                return
            batch, future = running.popleft()
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                broken = True
                outcomes = list(_one_by_one(batch, settings, task))
            yield from zip(batch, outcomes, strict=True)


def _one_by_one(batch: _Batch, settings: Settings, task: Task) -> Iterator[Outcome]:
    rest = deque(batch)
    while rest:
        with _Pool(settings, task, 1) as pool:
            try:
                while rest:
                    yield pool.submit(_look, [rest[0]]).result()[0]
                    rest.popleft()
            except BrokenProcessPool:
                yield Outcome(FileReport(str(rest.popleft()), error=DIED))


class _Pool(ProcessPoolExecutor):
    """Processes that know the settings, started at once. What waits is given up at the end.

    Where they can they are forked: they have what this process has compiled, and start in no time. A thread
    of this process (of a progress bar, of a pool before) would be cut off in the middle of what it holds;
    when there is one they are started anew.
    """

    def __init__(self, settings: Settings, task: Task, jobs: int) -> None:
        is_alone = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if is_alone else "spawn")
        sent = settings if is_alone else Settings(dict(settings.changes), settings.file, settings.isolated)
        super().__init__(jobs, context, _begin, (sent, replace(task, journal=None)))
        self.submit(_look, ())

    def __exit__(self, *about: object) -> None:
        self.shutdown(wait=True, cancel_futures=True)


_work: tuple[Settings, Task, Results | None]
_patterns = remembered(keep=False)


def _begin(settings: Settings, task: Task) -> None:
    """Make a new process ready. It ends in silence with the one that started it, however that ends."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(50_000, 20, 20)  # as in `cli`: what is made here is seldom a circle
    _patterns.__enter__()  # for as long as the process lives
    _work = (settings, task, Results() if task.remember else None)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _look(batch: _Batch) -> list[Outcome]:
    return [looked_at(path, *_work) for path in batch]
