"""Where a rule may be told to leave a text alone: addresses, and what somebody else has said.

    is_exempt(text, span, ("quotations",))   whether a span lies in one of these

A quotation is what stands between two marks of a pair in one paragraph, at most 1,000 characters. Cannot see
one whose mark is missing, one that goes on in the next paragraph, and reported speech without marks.

Cost: one search of the text for each sort, and only where a rule has found something.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from cleaner.offsets import Span
from cleaner.text.protect import stated
from cleaner.text.recent import recent

Exempt = Literal["addresses", "quotations"]
HELP = (
    "where nothing is found: `addresses` (URLs, e-mail addresses, @handles, #tags), `quotations` (between "
    "quotation marks)"
)


def _between(opening: str, closing: str, *, before: str = "", after: str = "") -> str:
    inside = rf"(?:[^{opening}{closing}\r\n]|\r?\n(?!\s*\n)){{1,1000}}"
    return f"{before}[{opening}]{inside}[{closing}]{after}"


_QUOTATION = re.compile(
    "|".join(
        (
            _between("“", "”"),  # English
            _between("„‚", "“”‘’"),  # German, Polish
            _between("”", "”"),  # Swedish, Finnish
            _between("«‹", "»›"),  # French, Russian
            _between("»›", "«‹"),  # Danish, German books
            _between("「『", "」』"),
            _between('"', '"', before=r"(?<!\w)", after=r"(?!\w)"),
            r"(?<!\w)‘(?:[^‘’\r\n]|’(?=\w)|\r?\n(?!\s*\n)){1,1000}’(?!\w)",  # British; ’ in a word is an apostrophe
        )
    )
)


def is_exempt(text: str, span: Span, sorts: Iterable[Exempt]) -> bool:
    """Whether a span touches an address or a quotation, as far as `sorts` names them.

    >>> is_exempt("He said “to Kiev” in Kiev.", Span(12, 16), ("quotations",))
    True
    >>> is_exempt("He said “to Kiev” in Kiev.", Span(21, 25), ("quotations",))
    False
    """
    for sort in sorts:
        places = _PLACES[sort](text)
        at = bisect_left(places, span.start, key=lambda place: place.end)
        if any(place.overlaps(span) for place in places[at : at + 2]):
            return True
    return False


@recent(16)
def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a text with their marks, in order.

    >>> [span.slice for span in quotations("Er sagt: „Nein“, «oui».")]
    [slice(9, 15, None), slice(17, 22, None)]
    """
    return tuple(Span(*found.span()) for found in _QUOTATION.finditer(text))


@recent(16)
def _addresses(text: str) -> tuple[Span, ...]:
    return tuple(span for span, _ in stated(text))


_PLACES = {"addresses": _addresses, "quotations": quotations}
