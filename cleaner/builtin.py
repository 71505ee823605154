"""The rules that no YAML file describes, because no detector is behind them.

They are reported, chosen, given a severity and explained like the others; only the places they
come from are different: the formats, and the suppressions of a user.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.model import Severity
from cleaner.values import dataclass

BROKEN = "format/broken"
UNUSED = "suppression/unused"
BLANKET = "suppression/blanket"
NO_REASON = "suppression/no-reason"
EXPIRED = "suppression/expired"


@dataclass(frozen=True, slots=True)
class Builtin:
    """What is to be said of such a rule. `optional` ones are off until somebody names them."""

    title: str
    why: str
    severity: Severity
    optional: bool = False


RULES: Mapping[str, Builtin] = {
    BROKEN: Builtin(
        "A place that the format cannot read",
        "Nothing is checked where the file is broken, so this can be neither suppressed nor baselined.",
        Severity.ERROR,
    ),
    BLANKET: Builtin(
        "A suppression that names no rule",
        "It hides whatever will be found there later, by rules that nobody has thought of yet.",
        Severity.WARNING,
    ),
    EXPIRED: Builtin(
        "A suppression whose day has passed",
        "It was meant for a time; the finding is reported again. Mend the text, or set another day.",
        Severity.WARNING,
    ),
    NO_REASON: Builtin(
        "A suppression without a reason",
        "Who reads it in a year cannot tell whether it may go.",
        Severity.INFO,
        optional=True,
    ),
    UNUSED: Builtin(
        "A suppression that suppresses nothing",
        "The text has been mended, or the rule is misspelt. Left in place, it would hide the next mistake.",
        Severity.INFO,
    ),
}

FAMILIES = frozenset(id.partition("/")[0] for id in RULES)


def page_of(id: str) -> list[str]:
    """The page of a rule for the terminal, line by line.

    >>> page_of("suppression/unused")[0]
    'suppression/unused: A suppression that suppresses nothing'
    """
    import textwrap

    rule = RULES[id]
    note = " (off until it is selected)" if rule.optional else ""
    return [
        f"{id}: {rule.title}",
        "",
        *textwrap.wrap(rule.why, 88),
        "",
        f"severity  {rule.severity.value}{note}",
        "page      docs/suppressions.md" if id != BROKEN else "kind      the format itself",
    ]
