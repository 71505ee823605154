"""Time that says something on a machine that does other things as well."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

GROWTH = 2.6  # at most, for twice the text
LOOKS = 5  # what takes the square takes four times in each of them; a busy machine may need some


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


def assert_linear(
    measure: Callable[[int], float],
    size: int,
    *,
    factor: int = 2,
    growth: float = GROWTH,
    short: float = 0.05,
    looks: int = LOOKS,
) -> None:
    """`factor` times the size takes at most `growth` times the time, in one of some looks.

    measure    the seconds that a size takes
    short      seconds; who takes no more for the larger size passes: short times say nothing
    """
    taken = []
    for _ in range(looks):
        small, large = measure(size), measure(factor * size)
        if large <= max(short, growth * small):
            return
        taken.append(f"{small:.3f} → {large:.3f} s")
    raise AssertionError(f"{factor} times {size:,} takes more than {growth} times: {', '.join(taken)}")
