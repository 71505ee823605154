"""Which rules a text can touch at all: the others are not run.

    gate = Gate(rules, target, source)
    gate.called(segment, context)    those of `rules` that may find something, each with its detector

A kind may say what a text must have for its rule to find anything (`trigger`, see `detectors.base`).
The signs of a text are looked up once (`languages.alphabet`); each sign stands for the rules that it
can touch, so a rule that no sign of the text calls for costs nothing, however many there are. Rules of
one kind that read a text together (nine on quotation marks) are asked together whether there is anything
to be found at all (`silence`, see `detectors.base`).

Gates are exact: with them and without, the same is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner import detectors
from cleaner.detectors import Context, Detect
from cleaner.languages import Language, alphabet
from cleaner.languages.alphabet import Needles
from cleaner.model import Segment
from cleaner.ruleset.selection import Active
from cleaner.ruleset.triggers import triggers
from cleaner.text.triggers import USUAL, Ranges, Trigger, holds, meet
from cleaner.values import dataclass

_REMEMBERED = 4096  # sets of rules
_Called = tuple[Active, Detect]
_Concerned = Callable[[Segment, Context], Iterable[int]]


class Gate:
    """The rules of one kind of text: one target and one source language."""

    __slots__ = (
        "_alphabet", "_always", "_by_sign", "_chosen", "_groups", "_kinds", "_rules", "_source", "_strings",
        "_target", "_texts",
    )  # fmt: skip

    def __init__(self, rules: Sequence[Active], target: Language, source: Language | None) -> None:
        self._alphabet = alphabet.of(target)
        self._rules, self._target, self._source = tuple(rules), target, source
        self._always = 0  # sets of rules are bits of a number: the first rule is 1, the second 2
        self._groups: list[tuple[Ranges, int]] = []
        self._strings: dict[Needles, int] = {}  # one of these calls for the rules
        self._texts: dict[int, Needles] = {}  # a rule that was called for needs one of these
        self._by_sign: dict[str, int] = {}
        self._chosen: dict[int, _Chosen] = {}
        self._kinds: dict[str, _Together | None] = {}
        for number, trigger in enumerate(triggers([active.rule for active in rules], target, source)):
            self._add(number, trigger)

    def _add(self, number: int, trigger: Trigger) -> None:
        groups = [group for group in trigger.groups if not self._alphabet.is_ordinary(group)]
        bit = 1 << number
        if groups:
            self._groups.append((min(groups, key=_usualness), bit))
        strings = self._alphabet.needles(trigger.strings)
        if not trigger.either and any(not meet(USUAL, group) for group in groups):
            strings = ()  # a rare sign says enough
        if strings and (trigger.either or not groups):
            self._strings[strings] = self._strings.get(strings, 0) | bit
        elif strings:
            self._texts[number] = strings
        if not groups and (trigger.either or not trigger.strings):
            self._always |= bit

    @property
    def all_rules(self) -> tuple[Active, ...]:
        return self._rules

    def is_of(self, target: Language, source: Language | None) -> bool:
        """Whether it was made for these languages."""
        return self._target is target and self._source is source

    def rules(self, text: str) -> list[Active]:
        """The rules that may find something in a text, as far as its signs tell it."""
        chosen = self._choice(text)
        return [
            *(active for active, strings in chosen.asking if self._alphabet.has_one(text, strings)),
            *(active for active, _ in chosen.alone),
            *(active for _, wanted in chosen.groups for active, _ in wanted.values()),
        ]

    def called(self, segment: Segment, context: Context) -> Iterator[_Called]:
        """The rules that may find something in a segment, each with its detector."""
        chosen = self._choice(segment.text)
        for active, strings in chosen.asking:
            if self._alphabet.has_one(segment.text, strings):
                yield active, active.detect
        yield from chosen.alone
        for kind, wanted in chosen.groups:
            for number in kind.concerned(segment, context):
                if number in wanted:
                    yield wanted[number]

    def _choice(self, text: str) -> _Chosen:
        wanted = self._always
        by_sign = self._by_sign
        for sign in self._alphabet.signs(text):
            called = by_sign.get(sign)
            wanted |= self._called_by(sign) if called is None else called
        for strings, bits in self._strings.items():
            if bits & ~wanted and self._alphabet.has_one(text, strings):
                wanted |= bits
        return self._chosen.get(wanted) or self._choose(wanted)

    def _called_by(self, sign: str) -> int:
        called = 0
        for group, bit in self._groups:
            if holds(group, sign):
                called |= bit
        self._by_sign[sign] = called
        return called

    def _choose(self, wanted: int) -> _Chosen:
        asking, alone = [], []
        groups: dict[_Together, dict[int, _Called]] = {}
        for number, active in enumerate(self._rules):
            if not wanted >> number & 1:
                continue
            if number in self._texts:
                asking.append((active, self._texts[number]))
            elif (together := self._together(active.rule.kind)) is not None:
                groups.setdefault(together, {})[together.numbers[active]] = (active, active.detect)
            else:
                alone.append((active, active.detect))
        chosen = _Chosen(tuple(asking), tuple(alone), tuple(groups.items()))
        if len(self._chosen) < _REMEMBERED:
            self._chosen[wanted] = chosen
        return chosen

    def _together(self, kind: str) -> _Together | None:
        """The rules of a kind, where they are asked together; made when one of them is called for."""
        if kind not in self._kinds:
            make = getattr(detectors.kind(kind), "concerned", None)
            members = [active for active in self._rules if active.rule.kind == kind]
            self._kinds[kind] = make and _Together(
                make(tuple(active.rule.params for active in members)),
                {active: number for number, active in enumerate(members)},
            )
        return self._kinds[kind]


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """All rules of a kind, with their numbers, and what tells which of them are concerned."""

    concerned: _Concerned
    numbers: dict[Active, int]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rules that the signs of a text call for: those that need one of some strings as well, those that
    are asked one by one, and those of one kind that are asked together, by their numbers."""

    asking: tuple[tuple[Active, Needles], ...]
    alone: tuple[_Called, ...]
    groups: tuple[tuple[_Together, dict[int, _Called]], ...]


def _usualness(group: Ranges) -> tuple[bool, int]:
    return meet(USUAL, group), sum(high - low + 1 for low, high in group)
