"""Reading all our rules is a small part of every start; what it must not do is counted, not timed."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: nothing imported, nothing remembered.
MEASURE = """
import sys, time
from cleaner.ruleset.load import load
started = time.process_time()
rules = load([]).rules
print(time.process_time() - started, len(rules))
print(*(name for name in sys.modules if name.startswith("cleaner.detectors.")), *("regex",) * ("regex" in sys.modules))
"""


def test_reading_the_rules_is_quick_and_compiles_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    first, modules = done.stdout.splitlines()
    seconds, count = first.split()
    assert int(count) > 60
    assert modules.split() == ["cleaner.detectors.base"]
    assert float(seconds) < 0.25, "0.05 s on a quiet machine"
