r"""A letter that is written as a base and a combining mark, although one code point exists for it.

Sees what Unicode's normal form C would join: `é` as e and U+0301. Two spellings that look the same
are different words to a search engine and break in many fonts. Leaves alone what has no composed
form (stress marks on Russian vowels, Vietnamese and Yoruba stacks) and the signs that form C would
change for good (the Ångström and Kelvin signs, Hebrew and Arabic presentation forms): only runs
that contain a combining mark are joined.

Cost: one search for a combining mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from cleaner.detectors.base import Context, Detect
from cleaner.languages import Language
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text.triggers import Trigger, needs
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {"compose": "write the letter as one code point"}
DETAILS: Mapping[str, str] = {"composed": "the letter as one code point"}

# Combining Diacritical Marks, the kana voicing marks, the jamo of one Korean syllable; Hebrew points stay:
# form C takes them apart.
_MARKED = re.compile(
    "[^\\W\\d_][\u0300-\u036f\u3099\u309a]{1,8}|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing to set."""


def compile(params: Params) -> Detect:
    r"""The detector.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> text = "cafe\u0301 \u0438\u0306 \u0430\u0301"    # é and й are decomposed, á of Cyrillic has no other form
    >>> detect = compile(Params())
    >>> hits = detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("fr")))
    >>> [hit.details["composed"] for hit in hits]
    ['é', 'й']
    """

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        for found in _MARKED.finditer(segment.text):
            composed = unicodedata.normalize("NFC", found[0])
            if len(composed) < len(found[0]):
                span = Span(*found.span())
                repair = Repair("compose", (Edit(span, composed),), f"write “{composed}” as one code point")
                yield Hit(span, (repair,), {"composed": composed})

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A combining mark."""
    return needs(_MARKED.pattern)
