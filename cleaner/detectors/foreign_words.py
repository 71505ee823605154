"""Words of the source language among words of the same script.

Sees lower-case words, and runs that have one, that are common in the source language and rare or
unknown in the language of the text, spelt like the one and not like the other: German in English,
English in Czech, French in German, Russian in Ukrainian. A score over frequency in both languages,
trigrams of letters, case, neighbours and frames decides; a word at home in several languages, in
quotation marks or beside a name speaks against it. For a source language without a lexicon, words
with letters that the language of the text does not have.

Cannot see words that both languages have (*hat*, *gift*), names, capitalised words alone; stays
silent when the source language is not declared (except English in other languages) or has other
letters. Loanwords of the last years look like leftovers.

Cost: two look-ups a word, a few microseconds; nothing without a lexicon for both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, fragments, remedies
from cleaner.model import Hit, Segment
from cleaner.text.loans import is_taken_over
from cleaner.text.triggers import Trigger
from cleaner.values import dataclass

Form = Literal["bracketed", "beside", "unit", "clause", "alphabet", "word"]

ACTIONS = remedies.ACTIONS
DETAILS = remedies.DETAILS


@dataclass(frozen=True, slots=True)
class Params:
    """Which runs of words a rule takes; a run has one form, so rules of different forms never overlap."""

    form: tuple[Form, ...] = setting(
        "bracketed: alone in brackets · beside: its translation stands next to it · unit: beside a "
        "number · clause: four words or more · alphabet: letters that the language does not have · word: any other"
    )
    minimum: float = setting(
        "the least probability at which it is reported; below ½ nothing is looked at", 0.0
    )


def compile(params: Params) -> Detect:
    """The detector of some forms of runs of words.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> text = "Er blieb auf seinem garlanded Platz sitzen."
    >>> context = Context(lookup("de"), lookup("en"))
    >>> for hit in compile(Params(("word",)))(Segment(text, OffsetMap.identity(len(text))), context):
    ...     print(text[hit.span.slice], hit.details["found_language"])
    garlanded English
    """

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text = segment.text
        for fragment in fragments.in_same_letters(text, context.target, context.source, segment.original):
            found = text[fragment.span.slice]
            if fragment.confidence < params.minimum or found in context.allow or is_taken_over(found):
                continue
            if remedies.role(text, fragment, context.target) in params.form:
                yield remedies.hit(text, fragment, context.target)

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A letter that the language does not have, or, where another language is sought, any text."""
    return fragments.trigger_of_same_letters(target, source)


def concerned(every: tuple[Params, ...]) -> Callable[[Segment, Context], Iterable[int]]:
    """What tells whether there are words of the source language in any form."""
    all_of_them = range(len(every))

    def concerned(segment: Segment, context: Context) -> Iterable[int]:
        found = fragments.in_same_letters(segment.text, context.target, context.source, segment.original)
        return all_of_them if found else ()

    return concerned
