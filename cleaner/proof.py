"""Rules of a house are tested before they are used: their examples must hold.

What held is remembered in the user's cache folder under the exact content of all rule files and the
version of cleaner, so that a run pays for it once.
"""

from __future__ import annotations

from cleaner import cache
from cleaner.errors import Problem, RuleError
from cleaner.examples import cases, failures
from cleaner.ruleset.load import RuleSet
from cleaner.version import __version__

HINT = "--no-rule-tests runs without these tests"


def prove(known: RuleSet) -> None:
    """Test every example of the rules that are not ours.

    Raises RuleError with each example that does not hold: its place, its rule, what was expected.
    """
    fact = f"the examples hold: rules {known.digest}, cleaner {__version__}"
    if not known.house or cache.holds(fact):
        return
    problems = [
        Problem(case.where, f"{case.claim}: {failure}", HINT)
        for case in cases(known.rules[id] for id in known.house)
        for failure in failures(case)
    ]
    if problems:
        raise RuleError(problems)
    cache.remember(fact)
