"""Quotation marks: paired, directed and spaced as the language does it.

Sees a mark whose partner is missing, one that neither opens nor closes, marks the wrong way round,
on the wrong side of a space, doubled, typed with other signs (``x'', <<x>>), of two styles in one
pair, or of another language. All marks of a paragraph are read together: the cheapest reading
decides what is broken, and the repair makes that reading perfect.

Cannot see a whole pair that is missing, a quotation that ends at the wrong word, or who speaks.
An apostrophe or straight single mark alone is never reported.

Cost: two passes of a pattern over sound text; 0.1 ms for each mark near a suspicious one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.detectors.pairs.gate import TRIGGER
from cleaner.detectors.pairs.mend import analyse
from cleaner.fields import setting
from cleaner.languages import Language
from cleaner.model import Hit, Segment
from cleaner.text.triggers import Trigger
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "respace": "move or remove the space beside a mark whose direction is certain",
    "respace-unsure": "move or remove the space beside a mark that does not show its direction",
    "respace-spoken": "the same where the words beside the mark may speak of it",
    "replace": "write the mark that belongs there",
    "single": "leave one of two equal marks",
    "insert": "insert the lost mark at the only place where it can have stood",
    "insert-one-of": "insert the lost mark at one of several places",
    "delete": "remove the mark",
    "delete-unpaired": "remove the mark whose partner is missing",
}
DETAILS: Mapping[str, str] = {
    "expected": "the mark that is missing or should stand there",
    "side": "opening, closing or stray: what the mark is",
}


@dataclass(frozen=True, slots=True)
class Params:
    """Which slip a rule is about; all rules of this kind share one reading of the text."""

    defect: Literal[
        "unpaired", "stray", "reversed", "detached", "spaced", "doubled", "fake", "mixed", "foreign"
    ] = setting("the slip that is reported")


def compile(params: Params) -> Detect:
    """The detector of one slip."""

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        for defect in analyse(segment.text, context.target):
            if defect.kind == params.defect:
                yield Hit(defect.span, defect.repairs, defect.details, defect.evidence, defect.confidence)

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A mark, or a sign that is typed for one."""
    return TRIGGER


def concerned(every: tuple[Params, ...]) -> Callable[[Segment, Context], Iterable[int]]:
    """What tells which slips a text has: most have none."""
    numbers = {params.defect: number for number, params in enumerate(every)}
    if len(numbers) < len(every):
        return lambda segment, context: range(len(every)) if analyse(segment.text, context.target) else ()

    def concerned(segment: Segment, context: Context) -> Iterable[int]:
        kinds = {defect.kind for defect in analyse(segment.text, context.target)}
        return sorted(numbers[kind] for kind in kinds if kind in numbers)

    return concerned
