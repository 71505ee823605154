"""A short look with chance at every reader; `make fuzz` takes longer."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.fuzz.mutate import mutants
from tests.fuzz.seeds import REGRESSIONS, WORDS, seeds
from tests.fuzz.targets import TARGETS

CASES = [(name, text) for name, texts in REGRESSIONS.items() for text in texts]
COUNT = 300


def test_every_format_is_fuzzed() -> None:
    assert TARGETS.keys() == WORDS.keys() == REGRESSIONS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_mutants(name: str) -> None:
    for data in islice(mutants(seeds(name), WORDS[name], 1), COUNT):
        try:
            TARGETS[name](data)
        except BaseException as error:
            error.add_note(f"input: {data!r}")
            raise
