"""Offsets, scripts and protected places at their edges."""

from __future__ import annotations

import pytest

from cleaner.languages import alphabet, lookup
from cleaner.offsets import OffsetMap, Run, Span


@pytest.mark.parametrize(
    ("runs", "span", "expected"),
    [
        pytest.param((), Span(0, 0), (Span(0, 0),), id="an empty view"),
        pytest.param(
            (Run(0, 5, 2, 2), Run(2, 9, 0, 0), Run(2, 20, 2, 2)),
            Span(1, 3),
            (Span(6, 7), Span(20, 21)),
            id="a run of no width says nothing",
        ),
        pytest.param(
            (Run(0, 5, 1, 0, atomic=True), Run(1, 9, 2, 2)), Span(0, 1), (Span(5, 5),), id="only what stands for markup"
        ),
    ],
)  # fmt: skip
def test_spans_at_the_edges_of_runs(runs: tuple[Run, ...], span: Span, expected: tuple[Span, ...]) -> None:
    assert OffsetMap(runs).to_source(span) == expected


def test_a_long_text_is_taken_in_pieces() -> None:
    """The signs of a whole are those of its pieces, wherever a piece ends."""
    known = alphabet.of(lookup("uk"))
    text = "Він сказав: «Ні, cafe!» 😀 " * 45_000
    assert known.signs(text) == known.signs(text[:100])
