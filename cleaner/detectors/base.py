"""What a detector is: a module with four names, and nothing that remembers anything.

    Params    a frozen dataclass; its fields are the `params` of a rule, each with its help text
    ACTIONS   what its repairs may do → one sentence; a rule's `fix` names these
    DETAILS   the {placeholders} it fills in a rule's message → what they stand for
    compile   Params → Detect, called once a rule

A fifth is for speed: `trigger(params, target, source)` gives what a text must have for the rule to find
anything in it (`text.triggers`). The rule is not run on other texts, so it must never ask too much.
A sixth as well: `concerned(every)` gives, for the params of several rules, what tells of a segment and its
context which of them (by their numbers) may find anything. It is asked once for all of them. A seventh is
for who writes rules: `lacking(params)` names the ACTIONS that the params of a rule leave without anything to
write, and says why.

The docstring of the module says what it sees, what it cannot see, and what it costs. A detector
is pure: it gets a segment and its context and yields hits in the segment's own coordinates. It
knows no file, no format and no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from cleaner.languages import Language
from cleaner.model import Facts, Hit, Segment
from cleaner.values import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """What a detector may know besides the segment.

    `target` is the language that the text should be in (tag "und" when nobody knows), `source` the
    one it was translated from, `facts` what the untouched document says of itself, `allow` the
    user's terms that are right as they stand.
    """

    target: Language
    source: Language | None = None
    facts: Facts = Facts()
    allow: frozenset[str] = frozenset()


Detect = Callable[[Segment, Context], Iterator[Hit]]


class Kind(Protocol):
    """The four names of a detector module."""

    Params: type[Any]
    ACTIONS: Mapping[str, str]
    DETAILS: Mapping[str, str]

    @staticmethod
    def compile(params: Any, /) -> Detect: ...
