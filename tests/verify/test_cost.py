"""Twice the text takes about twice the time, whatever the texts and however they differ."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable

import pytest

from cleaner.formats import split
from cleaner.model import Document
from cleaner.verify.compare import compare
from cleaner.verify.tokens import tokens
from tests import timing

SHORT_S = 0.25


def prose(size: int, seed: int) -> list[str]:
    chosen = random.Random(seed)
    return ["".join(chosen.choices("abcdefghijklmnop", k=chosen.randint(2, 9))) for _ in range(size // 6)]


def edited(size: int, every: int) -> tuple[str, str]:
    words = prose(size, 1)
    return " ".join(words), " ".join(word[::-1] if not at % every else word for at, word in enumerate(words))


def repeated(unit: str, other: str) -> Callable[[int], tuple[str, str]]:
    return lambda size: (unit * (size // len(unit)), other * (size // len(other)))


def ended(unit: str, end: str) -> Callable[[int], tuple[str, str]]:
    return lambda size: (unit * (size // len(unit)), unit * (size // len(unit)) + end)


PAIRS: dict[str, Callable[[int], tuple[str, str]]] = {
    "one word in a hundred": lambda size: edited(size, 100),
    "every second word": lambda size: edited(size, 2),
    "another text": lambda size: (" ".join(prose(size, 1)), " ".join(prose(size, 2))),
    "backwards": lambda size: (" ".join(prose(size, 1)), " ".join(reversed(prose(size, 1)))),
    "one word": ended("a ", "b"),
    "Chinese without a unique sign": repeated("選舉將於三", "選舉將於四"),
    "two words that change places": repeated("a b ", "b a "),
    "paragraphs as lines": repeated("a\n\n", "a\n"),
    "pictures": repeated("👍\u200d", "👎\u200d"),
    "bytes that are no text": repeated("a\udce9", "a\udce8"),
    "marks on one letter": lambda size: ("a" + "\u0acd" * size, "b" + "\u0acd" * size),
    "spaces": lambda size: (" " * size + "a", " " * size + "b"),
    "quotation marks": lambda size: ("a" + "«" * size + "A", "b" + "«" * size + "B"),
    "one address": lambda size: (f"https://a.org/{'x' * size}", f"https://a.org/{'x' * size}y"),
    "addresses without an end": ended("a://b", "c"),
    "domains without an end": lambda size: ended("a.com/", "c")(size),
    "brackets after an address": lambda size: (f"https://a{')' * size} b", f"https://a{')' * size} c"),
    "brackets in an address": lambda size: (
        f"https://a{'(' * (size // 2)}{')' * (size // 2)} b",
        f"https://a{'(' * (size // 2)}{')' * (size // 2)} c",
    ),
    **{unit: ended(unit, "a") for unit in ("<!--", "<a ", "{", "{{ ", "{% ", "%(", "%-0", "$a", "1.", "@", "&#", "[[")},
}  # fmt: skip

OFTEN = ("one word in a hundred", "every second word", "another text", "one word", "one address")


def seconds(pair: tuple[str, str]) -> float:
    old, new = (split(Document("a", text)) for text in pair)
    return timing.seconds(lambda: compare(old, new), 1)


def assert_linear(name: str, size: int) -> None:
    timing.assert_linear(lambda size: seconds(PAIRS[name](size)), size, short=SHORT_S)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAIRS)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    assert PAIRS[name](100)[0] != PAIRS[name](100)[1]
    assert_linear(name, 20_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PAIRS if name not in OFTEN])
def test_long_texts(name: str) -> None:
    assert_linear(name, 250_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", OFTEN)
def test_a_megabyte_and_two(name: str) -> None:
    assert_linear(name, 1_000_000)


@pytest.mark.slow
def test_what_a_text_states_is_read_in_linear_time() -> None:
    text = " ".join(prose(1_000_000, 1))
    timing.assert_linear(lambda times: timing.seconds(functools.partial(tokens, text * times)), 1)


def test_a_text_that_has_not_changed_costs_nothing() -> None:
    text = " ".join(prose(1_000_000, 1))
    assert seconds((text, text)) < 0.1
