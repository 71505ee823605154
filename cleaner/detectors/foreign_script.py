"""Fragments in letters that the language of the text is not written in.

Sees a word, a clause, a bracketed word or a piece of a word in another script: Cyrillic, Han or
Hebrew in English, Latin words in Russian, Hebrew or Japanese, kana in Chinese, Hangul in Japanese.
What addresses, handles, placeholders and code hold is no prose and stays; so does a word that is
spoken of, glossed, marked [sic] or quoted. Latin letters stand in every script by right: there a
score over case, frequency and neighbours decides, and the finding carries its probability.

Cannot see what a name is: a lower-case brand that is also an English word looks like a leftover.
Cannot see leftovers in the same letters (`foreign-words`) nor look-alike letters (`mixed-script`).

Cost: one search of the text for a letter of another script; most texts end there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, fragments, remedies
from cleaner.model import Hit, Segment
from cleaner.text.loans import is_taken_over
from cleaner.text.scripts import script_of
from cleaner.text.triggers import Trigger
from cleaner.values import dataclass

Form = Literal["bracketed", "beside", "unit", "glued", "clause", "word"]

_EAST_ASIAN = frozenset({"Hani", "Hira", "Kana"})

ACTIONS = remedies.ACTIONS
DETAILS = remedies.DETAILS


@dataclass(frozen=True, slots=True)
class Params:
    """Which fragments a rule takes; a fragment has one form, so rules of different forms never overlap."""

    form: tuple[Form, ...] = setting(
        "bracketed: alone in brackets · beside: its translation stands next to it · unit: beside a "
        "number · glued: to letters of the text · clause: four words or more · word: any other"
    )
    minimum: float = setting(
        "the least probability at which it is reported; below ½ nothing is looked at", 0.0
    )


def compile(params: Params) -> Detect:
    """The detector of some forms of fragments.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> text = "They will both [будут] be there."
    >>> context = Context(lookup("en"), lookup("ru"))
    >>> for hit in compile(Params(("bracketed",)))(Segment(text, OffsetMap.identity(len(text))), context):
    ...     print(text[hit.span.slice], [repair.do for repair in hit.repairs])
    [будут] ['gloss', 'gloss-bare', 'delete']
    """

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text = segment.text
        for fragment in fragments.in_other_letters(text, context.target, context.source, segment.original):
            found = text[fragment.span.slice]
            if fragment.confidence < params.minimum or found in context.allow or is_taken_over(found):
                continue
            if _lists_scripts(found):
                continue
            if remedies.role(text, fragment, context.target) in params.form:
                yield remedies.hit(text, fragment, context.target)

    return detect


def _lists_scripts(found: str) -> bool:
    """Whether a run has letters of three families of scripts: the text shows scripts, nothing was left over."""
    families = {
        "Hani" if script in _EAST_ASIAN else script for script in map(script_of, filter(str.isalpha, found))
    }
    return len(families) > 2


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A letter of another script."""
    return fragments.trigger_of_other_letters(target)


def concerned(every: tuple[Params, ...]) -> Callable[[Segment, Context], Iterable[int]]:
    """What tells of which forms there are fragments."""

    def concerned(segment: Segment, context: Context) -> Iterable[int]:
        text, target = segment.text, context.target
        found = fragments.in_other_letters(text, target, context.source, segment.original)
        roles = {remedies.role(text, fragment, target) for fragment in found}
        return [number for number, params in enumerate(every) if not roles.isdisjoint(params.form)]

    return concerned
