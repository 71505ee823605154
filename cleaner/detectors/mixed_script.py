"""Words written in two scripts, and signs of another script in place of the right one.

Sees letters that look like letters of the text's script (a Cyrillic е in an English word, a Latin i
in a Ukrainian one) and a few signs: х between digits, С after °, a maqaf between Latin letters. All
foreign letters of the word must have a twin; they are mapped towards the script of the text.

Cannot see a word that is in the wrong script throughout (`foreign-script` does), nor two words
joined by a hyphen (`USB-порт` is right).

Cost: one search for two neighbouring letters of different scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, lookalikes
from cleaner.model import Hit, Repair, Segment
from cleaner.text.triggers import Trigger
from cleaner.values import dataclass

ACTIONS = {
    "map": "write the letters or signs of the text's script; at least one letter proves the script",
    "map-guess": "the same where every letter of the word could be of either script",
}
DETAILS = {"right": "the word or sign as it should be"}


@dataclass(frozen=True, slots=True)
class Params:
    """Letters of words, or signs between digits and letters."""

    of: Literal["letters", "signs"] = setting(
        "letters: in words · signs: between digits and letters", "letters"
    )


def compile(params: Params) -> Detect:
    """The detector of look-alike letters or signs.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> text = "вiн"
    >>> hits = compile(Params())(Segment(text, OffsetMap.identity(3)), Context(lookup("uk")))
    >>> [hit.details["right"] for hit in hits]
    ['він']
    """
    look = lookalikes.letters if params.of == "letters" else lookalikes.signs

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        for found in look(segment.text, context.target):
            repair = Repair("map" if found.sure else "map-guess", found.edits, f"write “{found.right}”")
            yield Hit(
                found.span, (repair,), {"right": found.right}, found.evidence, 0.98 if found.sure else 0.7
            )

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A letter of another script than most."""
    return lookalikes.trigger(target, of_signs=params.of == "signs")
