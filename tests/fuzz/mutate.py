"""Mutation of bytes by chance, the same for the same number: what fuzzing does where atheris is absent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_LARGEST = 20_000


def mutants(seeds: Sequence[bytes], words: Sequence[str], number: int) -> Iterator[bytes]:
    """Endless variations of the seeds, with the words of a format put in.

    >>> one, two = (next(mutants([b"<p>a</p>"], ["<b>"], 7)) for _ in range(2))
    >>> one == two
    True
    """
    chance = Random(number)
    tokens = [word.encode() for word in words]
    while True:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            _mutate(data, chance, seeds, tokens)
        yield bytes(data[:_LARGEST])


def _mutate(data: bytearray, chance: Random, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> None:
    at = chance.randint(0, len(data))
    size = chance.choice((1, 1, 2, 5, 20, 100))
    match chance.randint(0, 7):
        case 0:
            del data[at : at + size]
        case 1:
            data[at:at] = data[at : at + size] * chance.choice((1, 2, 30))
        case 2:
            data[at : at + 1] = bytes([chance.randrange(256)])
        case 3:
            other = chance.choice(seeds)
            low = chance.randint(0, len(other))
            data[at : at + size] = other[low : low + size]
        case 4:
            del data[at:]
        case _:
            data[at : at + chance.choice((0, 0, 1, 5))] = chance.choice(tokens) * chance.choice(
                (1, 1, 1, 2, 12)
            )
