"""`python -m tests.fuzz SECONDS [FORMAT …]`: each reader for a while, by chance (`guided` goes by coverage).

Stops at the first input that shows a defect, prints it, and gives status 1.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
import traceback

from tests.fuzz.mutate import mutants
from tests.fuzz.seeds import WORDS, seeds
from tests.fuzz.targets import TARGETS, Target

SLOW = 5.0  # seconds that no input of at most 20,000 bytes may take


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("seconds", type=float, help="for each format")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of: {', '.join(TARGETS)}")
    parser.add_argument("--number", type=int, help="where chance begins; printed, to repeat a run")
    wanted = parser.parse_args()
    unknown = set(wanted.formats) - TARGETS.keys()
    if unknown:
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    number = wanted.number if wanted.number is not None else random.randrange(1_000_000)
    print(f"chance begins at {number}", flush=True)
    return max(_fuzz(name, TARGETS[name], wanted.seconds, number) for name in wanted.formats or TARGETS)


def _fuzz(name: str, target: Target, seconds: float, number: int) -> int:
    end = time.monotonic() + seconds
    for count, data in enumerate(itertools.chain(seeds(name), mutants(seeds(name), WORDS[name], number))):
        started = time.process_time()
        try:
            target(data)
        except BaseException:
            traceback.print_exc()
            print(f"{name}: input {count}: {data!r}")
            return 1
        if time.process_time() - started > SLOW:
            print(f"{name}: input {count} took {time.process_time() - started:.1f} s: {data!r}")
            return 1
        if time.monotonic() > end:
            print(f"{name}: {count} inputs", flush=True)
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
