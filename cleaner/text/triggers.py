r"""What a text must have for a pattern to match anywhere in it.

    needs(pattern)    characters and short strings without which there is no match
    Trigger           the answer: a text that lacks one of its groups of characters, or has none of
                      its strings, need not be searched

Derived from the pattern itself, so that nobody has to keep it up to date, and always on the safe
side: what is not understood (look-arounds that forbid, back references, letters without case) asks
for nothing. Proved by a test that searches texts that lack what a pattern needs.

Cannot see order or distance. Of `[(\[]…[)\]]` it says that a bracket of each sort is needed.
"""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleaner.text.recent import recent
from cleaner.values import dataclass

Ranges = tuple[tuple[int, int], ...]
"""Code points, as first and last ones; sorted."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What must stand in a text: one character of each of `groups`, and one of `strings`, if any.

    With `either` one of the two is enough: a character of the only group, or a string. Letter case
    counts. An empty group is never there.
    """

    groups: tuple[Ranges, ...] = ()
    strings: tuple[str, ...] = ()
    either: bool = False


ALWAYS = Trigger()
NEVER = Trigger(((),))

_PROPERTY = re.compile(r"\\[pP]\{\^?[\w=-]+\}")  # of `regex`; nothing is derived from it, as from \w
_OTHER = re.compile(r"(?<!\\[pP])\{[^\d,]|\(\?[^:=!<P]")  # fuzzy matching, flags and verbs of `regex`
_MOST = 24  # strings that are followed; a rule with more is searched at once
_KEPT = 8  # strings of a trigger; each costs a search of its own
_ZEROS = (  # where the decimal digits of each writing begin (Unicode 17, general category Nd)
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
)  # fmt: skip
DIGITS: Ranges = (*((zero, zero + 9) for zero in _ZEROS), (0x10000, 0x1FFFF))


_COMMON: Ranges = ((10, 10), (32, 32), (39, 39), (44, 46), (48, 57), (65, 90), (97, 122))


def merged(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """Pairs of first and last code points as ranges, sorted and joined."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(pairs):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def ranges(chars: Iterable[str]) -> Ranges:
    """Some characters as ranges.

    >>> ranges("bad")
    ((97, 98), (100, 100))
    """
    return merged((ord(char), ord(char)) for char in chars)


def ranges_of_class(inside: str) -> Ranges:
    r"""The inside of a character class, `a-z\u0400-\u04ff`, as ranges; no escapes but those of Python.

    >>> ranges_of_class("a-cx")
    ((97, 99), (120, 120))
    """
    found = re.finditer("(.)(?:-(.))?", inside, re.DOTALL)
    return merged((ord(pair[1]), ord(pair[2] or pair[1])) for pair in found)


# Signs that so many texts have that a rule had better wait for another one, if it can.
USUAL = merged(((48, 57), (65, 90), (97, 122), *ranges(" .,;:!?'’\"“”„«»()[]-–—\u00a0\n")))


@functools.lru_cache(maxsize=1024)
def needs(pattern: str, flags: int = 0, *, engine: str = "re") -> Trigger:
    r"""What a text must have for `pattern` to match in it.

    A pattern of the module `regex` is only understood as far as both modules read it alike.

    >>> trigger = needs(r"(?<=\w)№[ \u00a0]?(?=\d)")
    >>> trigger.groups[0], needs(r" (?:'s|n't)(?!\w)").strings
    (((8470, 8470),), (" '", " n'"))
    >>> needs("[a-z]?") == ALWAYS
    True
    """
    if engine != "re" and (flags & re.IGNORECASE or _OTHER.search(pattern)):
        return ALWAYS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore" if engine == "re" else "error")  # sets of sets in `regex`
            pattern = _PROPERTY.sub(r"\\w", pattern) if engine != "re" else pattern
            parsed = importlib.import_module("re._parser").parse(pattern, flags)
    except (ImportError, re.error, Warning, RecursionError, OverflowError):
        return ALWAYS
    ignore_case = bool(parsed.state.flags & re.IGNORECASE)
    items = list(parsed)
    groups, strings = _Needs(strings=True).of(items, ignore_case)
    return Trigger(tuple(dict.fromkeys(groups)), _best(strings))


def _best(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The strings that are rarest together: few of them, long ones, with a rare sign."""
    short = (tuple(dict.fromkeys(map(_cut, option))) for option in options)
    fit = [option for option in short if len(option) <= _KEPT and min(map(len, option)) > 1]
    return max(fit, key=lambda option: (min(map(_rarity, option)), -len(option)), default=())


def _cut(text: str) -> str:
    """A string up to its first rare sign: the rest would only make more strings of it."""
    rare = (at for at, char in enumerate(text) if at and _is_rare(char))
    return text[: next(rare, len(text)) + 1]


def _rarity(text: str) -> int:
    """How rare a string is, roughly; a space before a comma or full stop is."""
    return sum(3 if _is_rare(char) else 1 for char in text) + 4 * (text[:2] in (" .", " ,"))


def _is_rare(char: str) -> bool:
    return not (char.isalnum() or char in " .,")


_MOST_FIRST = 12


@functools.lru_cache(maxsize=1024)
def firsts(pattern: str, flags: int = 0) -> frozenset[str]:
    r"""The characters of which one begins every match of a pattern, when they are few and no letters or digits.

    >>> sorted(firsts(r"(?<!x)[(\[](?:a|b)[)\]]|{\d")), firsts("a|b"), firsts("(?:[(])?x")
    (['(', '[', '{'], frozenset(), frozenset())
    """
    try:
        parsed = importlib.import_module("re._parser").parse(pattern, flags)
    except (ImportError, re.error, RecursionError, OverflowError):
        return frozenset()
    found = _first(list(parsed))
    if not found or _width(found) > _MOST_FIRST:
        return frozenset()
    chars = frozenset(chr(code) for low, high in found for code in range(low, high + 1))
    return frozenset() if any(char.isalnum() or char.isspace() for char in chars) else chars


def _first(items: list[Any]) -> Ranges:
    """The characters with which a sequence begins, () when that cannot be said or it may be empty."""
    for at, item in enumerate(items):
        operation, argument = str(item[0]), item[1]
        match operation:
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "LITERAL" | "IN":
                return _class(item, False)  # letters are of no use, so their case does not matter
            case "SUBPATTERN":
                return _first([*argument[3], *items[at + 1 :]])
            case "BRANCH":
                ways = [_first([*branch, *items[at + 1 :]]) for branch in argument[1]]
                return merged(pair for way in ways for pair in way) if all(ways) else ()
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if argument[0]:
                return _first(list(argument[2]))
            case _:
                return ()
    return ()


class _Needs:
    """Walks over a parsed pattern. An item is (operation, argument), as `re` has them."""

    def __init__(self, *, strings: bool) -> None:
        self.strings = strings

    def of(self, items: list[Any], folded: bool) -> tuple[list[Ranges], list[tuple[str, ...]]]:
        """The groups and the strings of which a match has one each."""
        groups: list[Ranges] = []
        strings: list[tuple[str, ...]] = []
        for at, item in enumerate(items):
            more, texts = self._item(item, folded)
            groups += more
            strings += texts
            heads = self._heads(items[at:], folded)[0] if self.strings else []
            if heads and min(map(len, heads)) > 1:
                strings.append(tuple(heads))
        return groups, strings

    def _item(self, item: Any, folded: bool) -> tuple[list[Ranges], list[tuple[str, ...]]]:
        operation, argument = str(item[0]), item[1]
        match operation:
            case "LITERAL" | "IN":
                found = _class(item, folded)
                return ([found] if found else []), []
            case "SUBPATTERN":
                _, added, removed, inner = argument
                return self.of(list(inner), _fold(folded, added, removed))
            case "ATOMIC_GROUP":
                return self.of(list(argument), folded)
            case "ASSERT":
                return self.of(list(argument[1]), folded)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if argument[0]:
                return self.of(list(argument[2]), folded)
            case "BRANCH":
                return self._any(argument[1], folded)
            case _:
                return [], []

    def _any(self, branches: Sequence[Any], folded: bool) -> tuple[list[Ranges], list[tuple[str, ...]]]:
        """One of several ways: the rarest group the best strings of each together."""
        groups: list[Ranges] = []
        strings: list[str] = []
        for branch in branches:
            own, texts = self.of(list(branch), folded)
            best = _best(texts)
            groups.append(min(own, key=_commonness, default=()))
            strings += best or [""]
        whole = merged(pair for group in groups for pair in group)
        together = tuple(dict.fromkeys(strings))
        return ([whole] if all(groups) else []), ([together] if all(together) else [])

    def _heads(self, items: list[Any], folded: bool) -> tuple[list[str], bool]:
        """What a sequence can begin with, and whether that is all of it; [] when too much can."""
        heads = [""]
        for item in items:
            operation, argument = str(item[0]), item[1]
            if operation in ("AT", "ASSERT", "ASSERT_NOT"):
                continue
            more, whole = self._starts(operation, argument, item, folded)
            if not more or len(heads) * len(more) > _MOST:
                return (heads if heads != [""] else []), False
            heads = [head + text for head in heads for text in more]
            if not whole:
                return heads, False
        return heads, True

    def _starts(self, operation: str, argument: Any, item: Any, folded: bool) -> tuple[list[str], bool]:
        match operation:
            case "LITERAL" | "IN":
                found = _class(item, folded)
                if not found or _width(found) > 6:
                    return [], False
                return [chr(code) for low, high in found for code in range(low, high + 1)], True
            case "SUBPATTERN":
                return self._heads(list(argument[3]), _fold(folded, argument[1], argument[2]))
            case "BRANCH":
                parts = [self._heads(list(branch), folded) for branch in argument[1]]
                if not all(heads for heads, _ in parts):
                    return [], False
                # one way that ends early ends all: what follows it is then left open
                whole = all(complete for _, complete in parts)
                return list(dict.fromkeys(text for heads, _ in parts for text in heads)), whole
            case _:
                return [], False


def _fold(folded: bool, added: int, removed: int) -> bool:
    return bool((folded or added & re.IGNORECASE) and not removed & re.IGNORECASE)


def _class(item: Any, folded: bool) -> Ranges:
    """The characters of a literal or a class as ranges, () when that cannot be said."""
    negated = False
    if str(item[0]) == "LITERAL":
        parts = [(item[1], item[1])]
    else:
        parts = []
        for operation, argument in item[1]:
            match str(operation):
                case "LITERAL":
                    parts.append((argument, argument))
                case "RANGE":
                    parts.append(argument)
                case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                    parts += DIGITS
                case "NEGATE":
                    negated = True
                case _:
                    return ()
    if folded and any(_has_case(low, high) for low, high in parts):
        return ()
    return _others(merged(parts)) if negated else merged(parts)


def _others(found: Ranges) -> Ranges:
    """All code points but those of some ranges."""
    starts = [0, *(high + 1 for _, high in found)]
    ends = [*(low - 1 for low, _ in found), 0x10FFFF]
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)


def _has_case(low: int, high: int) -> bool:
    """Whether one of a range has another form; long ranges are taken to have some."""
    if high - low > 64:
        return True
    return any(chr(code).lower() != chr(code).upper() for code in range(low, high + 1))


def _commonness(found: Ranges) -> tuple[bool, int]:
    return meet(_COMMON, found), _width(found)


def _width(found: Ranges) -> int:
    return sum(high - low + 1 for low, high in found)


# Letters that a search without case takes for others, and `lower` or `casefold` do not: dotless and
# dotted i, long s, Greek finals and symbols, the Kelvin, Ohm and Angstrom signs, ligatures.
_ODD_CASE = re.compile(
    "[\u0130\u0131\u017f\u0345\u0370-\u03ff\u1c80-\u1c88\u1e9b\u1e9e\u1f00-\u1fff\u2126\u212a\u212b\ufb00-\ufb06]"
)


@recent(2)
def utf8(text: str) -> bytes:
    """The text in UTF-8, remembered, because questions to its bytes are the cheapest and several ask them."""
    return text.encode("utf-8", "surrogatepass")


def odd_case() -> frozenset[str]:
    """The letters of which `has_odd_case` looks for one."""
    pairs = ranges_of_class(_ODD_CASE.pattern[1:-1])
    return frozenset(chr(code) for low, high in pairs for code in range(low, high + 1))


# All bytes of UTF-8 but those that most of these begin with, and the first two of the signs and the ligatures.
_TELLING = bytes((0xC4, 0xC5, 0xCD, 0xCE, 0xCF, 0xE1))
_NOT_ODD = bytes(set(range(256)) - {*_TELLING, 0xE2, 0x84, 0xEF, 0xAC})
_EVEN = bytes(set(range(256)) - set(_TELLING))


@recent(16)
def has_odd_case(text: str) -> bool:
    """Whether small letters of a text do not tell what a search without case would find in it.

    >>> has_odd_case("Straße"), has_odd_case("İstanbul")
    (False, True)
    """
    if text.isascii():
        return False
    left = utf8(text).translate(None, _NOT_ODD)  # what stands side by side in the text still does
    if b"\xe2\x84" not in left and b"\xef\xac" not in left and not left.translate(None, _EVEN):
        return False
    return _ODD_CASE.search(text) is not None


def holds(found: Ranges, char: str) -> bool:
    """Whether a character is in some ranges.

    >>> holds(ranges("abc"), "b"), holds(ranges("abc"), "d")
    (True, False)
    """
    code = ord(char)
    for low, high in found:  # they are sorted
        if code <= high:
            return low <= code
    return False


def meet(one: Ranges, other: Ranges) -> bool:
    """Whether two sets of ranges share a code point."""
    pairs: Iterator[tuple[int, int]] = iter(other)
    low, high = next(pairs, (0x110000, 0x110000))
    for first, last in one:
        while high < first:
            low, high = next(pairs, (0x110000, 0x110000))
        if low <= last:
            return True
    return False
