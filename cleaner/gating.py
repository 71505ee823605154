"""Which rules a text can touch at all: the others are not run.

    gate = Gate(rules, target, source)
    gate.rules(text)    those of `rules` that may find something in `text`, in their order

A kind may say what a text must have for its rule to find anything (`trigger`, see `detectors.base`).
The signs of a text are looked up once (`languages.alphabet`); each sign stands for the rules that it
can touch, so a rule that no sign of the text calls for costs nothing, however many there are.

Gates are exact: with them and without, the same is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.languages import Language, alphabet
from cleaner.ruleset.selection import Active
from cleaner.ruleset.triggers import triggers
from cleaner.text.triggers import USUAL, Ranges, Trigger, holds, meet

_REMEMBERED = 4096  # sets of rules
_Strings = tuple[tuple[str, str], ...]  # each with a sign in it that is not ordinary, or ""


class Gate:
    """The rules of one kind of text: one target and one source language."""

    __slots__ = (
        "_alphabet", "_always", "_by_sign", "_chosen", "_groups", "_rules", "_source", "_strings", "_target", "_texts"
    )  # fmt: skip

    def __init__(self, rules: Sequence[Active], target: Language, source: Language | None) -> None:
        self._alphabet = alphabet.of(target)
        self._rules, self._target, self._source = tuple(rules), target, source
        self._always = 0  # sets of rules are bits of a number: the first rule is 1, the second 2
        self._groups: list[tuple[Ranges, int]] = []
        self._strings: dict[_Strings, int] = {}  # one of these calls for the rules
        self._texts: dict[int, _Strings] = {}  # a rule that was called for needs one of these
        self._by_sign: dict[str, int] = {}
        self._chosen: dict[int, tuple[tuple[Active, _Strings], ...]] = {}
        for number, trigger in enumerate(triggers([active.rule for active in rules], target, source)):
            self._add(number, trigger)

    def _add(self, number: int, trigger: Trigger) -> None:
        groups = [group for group in trigger.groups if not self._alphabet.is_ordinary(group)]
        bit = 1 << number
        if groups:
            self._groups.append((min(groups, key=_usualness), bit))
        strings = self._with_signs(trigger.strings)
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
        """The rules that may find something in a text."""
        wanted = self._always
        signs = self._alphabet.signs(text)
        by_sign = self._by_sign
        for sign in signs:
            called = by_sign.get(sign)
            wanted |= self._called_by(sign) if called is None else called
        for strings, bits in self._strings.items():
            if bits & ~wanted and self._has_one(text, strings, signs):
                wanted |= bits
        return [
            active
            for active, strings in self._chosen.get(wanted) or self._choose(wanted)
            if not strings or self._has_one(text, strings, signs)
        ]

    def _has_one(self, text: str, strings: _Strings, signs: frozenset[str]) -> bool:
        """Whether a text has one of some strings; one with a sign that the text lacks is not sought."""
        for string, sign in strings:  # noqa: SIM110 - `any` takes twice the time
            if (not sign or sign in signs) and string in text:
                return True
        return False

    def _with_signs(self, strings: tuple[str, ...]) -> _Strings:
        return tuple(
            (string, next((char for char in string if not self._alphabet.has(char)), ""))
            for string in strings
        )

    def _called_by(self, sign: str) -> int:
        called = 0
        for group, bit in self._groups:
            if holds(group, sign):
                called |= bit
        self._by_sign[sign] = called
        return called

    def _choose(self, wanted: int) -> tuple[tuple[Active, _Strings], ...]:
        chosen = tuple(
            (active, self._texts.get(number, ()))
            for number, active in enumerate(self._rules)
            if wanted >> number & 1
        )
        if len(self._chosen) < _REMEMBERED:
            self._chosen[wanted] = chosen
        return chosen


def _usualness(group: Ranges) -> tuple[bool, int]:
    return meet(USUAL, group), sum(high - low + 1 for low, high in group)
