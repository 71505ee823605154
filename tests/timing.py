"""Time that says something on a machine that does other things as well."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(run: Callable[[], object], times: int = 3) -> float:
    """Processor time of the best of some runs, without the garbage collector.

    Its full passes through all that the test run has in memory come at some sizes and not at others.
    """
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            started = time.process_time()
            run()
            best = min(best, time.process_time() - started)
    finally:
        gc.enable()
    return best
