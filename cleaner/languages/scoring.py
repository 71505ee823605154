"""A sum of weights, and the probability that it stands for.

The models are logistic regressions over named observations (see `evidence`): each observation adds
its weight, no others matter, and the sum becomes a probability. The weights are in
`data/scoring/*.yml`, written by `tools/train_leftovers.py`, to be read and argued with.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import cast

from cleaner import yamlio
from cleaner.languages import data_folder
from cleaner.values import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """`bias` is the sum when nothing is seen."""

    bias: float
    weights: dict[str, float]

    def probability(self, seen: Iterable[str]) -> float:
        """How likely it is, between 0 and 1.

        >>> round(Model(-1.0, {"lower": 3.0}).probability({"lower", "never heard of"}), 2)
        0.88
        """
        total = self.bias + sum(self.weights.get(name, 0.0) for name in seen)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def may_reach(self, seen: Iterable[str], least: float, more: float) -> bool:
        """Whether it can be as likely as `least` when observations of the weight `more` are added.

        >>> Model(-1.0, {"lower": 3.0}).may_reach({"lower"}, 0.9, 0.5), Model(-1.0, {}).may_reach((), 0.5, 0.5)
        (True, False)
        """
        total = self.bias + more + sum(self.weights.get(name, 0.0) for name in seen) + 1e-9
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) >= least

    def reasons(self, seen: Iterable[str], most: int = 2) -> tuple[str, ...]:
        """The observations that spoke loudest for it.

        >>> Model(-1.0, {"all lower": 3.0, "loan": -2.0}).reasons({"all lower", "loan"})
        ('all lower',)
        """
        heard = sorted(seen, key=lambda name: (-self.weights.get(name, 0.0), name))
        return tuple(name for name in heard[:most] if self.weights.get(name, 0.0) > 0)


@cache
def most(name: str, beginnings: tuple[str, ...]) -> float:
    """The weights of all observations of a model together that begin so and speak for it."""
    weights = model(name).weights.items()
    return sum(weight for seen, weight in weights if weight > 0 and seen.startswith(beginnings))


@cache
def model(name: str) -> Model:
    """The model of `data/scoring/NAME.yml`."""
    path = data_folder() / "scoring" / f"{name}.yml"
    data = cast("dict[str, object]", yamlio.data(path.read_text("utf-8"), f"{name}.yml"))
    weights = cast("dict[str, str]", data["weights"])
    return Model(float(cast(str, data["bias"])), {seen: float(weight) for seen, weight in weights.items()})
