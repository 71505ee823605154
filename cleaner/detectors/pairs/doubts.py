"""Pairs that look broken and may be right: spoken of, at home in another script, parted by printers.

Nothing is searched here; `mend` asks about each pair before it reports or repairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaner.detectors.pairs.customs import SINGLES, Customs
from cleaner.detectors.pairs.marks import GAP, Mark
from cleaner.languages import Language
from cleaner.offsets import Span
from cleaner.text import spoken
from cleaner.text.scripts import script_of

# Which mark opens, and what stands off from the words, only those know who know the language.
MATTERS_OF_CUSTOM = frozenset({"reversed", "spaced", "foreign"})
_MAY_BE_LETTERS = SINGLES - frozenset("‹›")
_TWICE_SINGLE = frozenset({"hi", "mr", "ne", "gu", "pa", "bn", "or", "as"})


def customs_are_unknown(language: Language) -> bool:
    """Whether a language is declared of which we do not know how it quotes (an undetermined one may be any)."""
    return not language.quotes and not language.tag.startswith("und")


def letters_among(text: str, glyphs: Iterable[str]) -> frozenset[str]:
    """Those marks that may be letters in a text whose language we do not know.

    Single ones are in many alphabets (the okina of Polynesia, the hooks of Hausa, glottal stops of
    Arawak), others are where they stand inside a word: лага”тарутуо in Nganasan.

    >>> sorted(letters_among("сойбу”о, лага”тарутуо, “да”", '“”’'))
    ['’', '”']
    """
    return frozenset(
        glyph for glyph in glyphs if glyph in _MAY_BE_LETTERS or _inside_a_word(glyph).search(text)
    )


@cache
def _inside_a_word(glyph: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d_]){glyph}(?=[^\W\d_])")


def is_at_home(text: str, first: Mark, second: Mark, kind: str, customs: Customs) -> bool:
    """Whether a pair that is not one of the language's own is right all the same.

    Where we do not know the customs, and around words in a script that is neither ours nor Latin, which
    keep their marks; ‘‘x’’ in Indian papers, whose keyboards have no double marks; ``x``, which is code in
    reStructuredText, while TeX closes with two apostrophes.
    """
    language = customs.language
    if kind == "fake":
        if first.glyph == second.glyph == "``":
            return True
        return first.glyph == "‘‘" and second.glyph == "’’" and language.tag in _TWICE_SINGLE
    if not language.quotes:
        return True
    letters = [script_of(char) for char in text[first.end : second.start] if char.isalpha()]
    return bool(letters) and not (language.scripts | {"Latn"}) & set(letters)


def is_certain(text: str, first: Mark, second: Mark) -> bool:
    """Whether two marks quote what stands between them, and are not themselves spoken of.

    >>> opens, closes = Mark(0, 1, "“", 0), Mark(20, 21, "”", 0)
    >>> is_certain("“ opens a quotation ” ends it", opens, closes)
    False
    """
    if not any(map(str.isalnum, text[first.end : second.start])):
        return False  # “ . . . ”
    spans = Span(first.start, first.end), Span(second.start, second.end)
    after = any(spoken.says_what_it_does(text, span, after=True) for span in spans)
    return not after and not all(spoken.says_what_it_does(text, span, after=False) for span in spans)


def is_between_marks(text: str, mark: Mark, partner: Mark, opens: bool) -> bool:
    """Whether the space only parts two marks, as printers do: “he said ‘no’ ”."""
    at = skip(text, mark.end) if opens else skip_back(text, mark.start) - 1
    slip = partner.closer_slip if opens else partner.opener_slip
    # ’ after an opening mark is an apostrophe: “ ’s Avonds”
    return not slip and text[at : at + 1] in tuple("“„‘‚«»‹›" if opens else "“”‘’«»‹›")


def skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in GAP:
        at += 1
    return at


def skip_back(text: str, at: int) -> int:
    while at and text[at - 1] in GAP:
        at -= 1
    return at
