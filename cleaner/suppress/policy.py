"""What is complained of in suppressions, and what no suppression reaches."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner import builtin
from cleaner.model import Severity
from cleaner.values import dataclass, field

NEVER = frozenset({"format", "suppression"})
"""Families that nothing silences."""


def _defaults() -> dict[str, Severity]:
    return {id: rule.severity for id, rule in builtin.RULES.items() if not rule.optional}


@dataclass(frozen=True, slots=True)
class Policy:
    """What is complained of, and how much it matters.

    `severities` has the rules of suppressions that are on. `ran` are the ids of the rules that have
    looked at the document: a suppression of another one is not called unused. None stands for all.
    `known` are the ids of all rules, on or off; when there are none, names are not checked.
    """

    severities: Mapping[str, Severity] = field(default_factory=_defaults)
    ran: frozenset[str] | None = None
    known: frozenset[str] = frozenset()
