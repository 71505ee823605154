"""Parts by processes: whatever dies, every part comes back with an outcome.

A worker that is killed (by the system when memory is short, by a crash in a library) takes the pool
with it. The pool is made anew, and what was under way is done again, one part alone at a time: a
part that kills its worker once more is given up and reported, the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection

from cleaner.corpus.plan import Part
from cleaner.corpus.tables import is_parquet
from cleaner.corpus.work import Job, Outcome, do

AHEAD = 2  # parts that wait, so that a worker need not
DIED = "its process died twice (killed, or out of memory?)"


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def outcomes(parts: Sequence[Part], job: Job, jobs: int) -> Iterator[Outcome]:
    """What became of each part, as they are finished. After a fatal outcome no part is begun.

    With one job it all happens in this process, but for Parquet: its reader ends the process at some
    footers that were changed.
    """
    if (jobs == 1 or len(parts) < 2) and not any(is_parquet(part.input.path) for part in parts):
        for part in parts:
            outcome = do(part, job)
            yield outcome
            if outcome.fatal:
                return
        return
    waiting = deque(parts)
    while waiting:
        suspects: list[Part] = []
        for outcome in _until_broken(waiting, job, min(jobs, len(parts)), suspects):
            yield outcome
            if outcome.fatal:
                return
        for part in suspects:
            alone = deque([part])
            again: list[Part] = []
            done = list(_until_broken(alone, job, 1, again))
            yield from done or [Outcome(part, error=DIED)]
            if any(outcome.fatal for outcome in done):
                return


def _live_with_parent() -> None:
    """End this worker in silence with the process that started it, however that ends.

    Else what was killed would go on writing beside the next run.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _until_broken(waiting: deque[Part], job: Job, jobs: int, lost: list[Part]) -> Iterator[Outcome]:
    """The outcomes of parts that wait, until all are done or a worker dies; then what was under way
    is in `lost`.

    Workers are started anew, not forked: threads of this process (a progress bar, Arrow) would be
    cut off in the middle of what they hold.
    """
    context = multiprocessing.get_context("spawn")
    running: dict[Future[Outcome], Part] = {}
    pool = ProcessPoolExecutor(jobs, context, _live_with_parent)
    try:
        while waiting or running:
            try:
                while waiting and len(running) < jobs + AHEAD:
                    future = pool.submit(do, waiting[0], job)
                    running[future] = waiting.popleft()
            except BrokenProcessPool:  # the futures tell it as well, when there are any
                if not running:
                    return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in [future for future in running if future in finished]:
                part = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(part)
            if lost:
                lost += running.values()
                return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
