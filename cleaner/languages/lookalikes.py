"""Letters and signs that look like others: which, and what they should be.

A finding needs a word in two scripts: a word that is Cyrillic throughout is a leftover, however much
its letters look like Latin ones. Letters are mapped towards the script of the text, never away from
it: `злочинci` in Czech is no slip of the keyboard but a glued leftover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from cleaner import yamlio
from cleaner.languages import Language, data_folder, lexicon
from cleaner.offsets import Edit, Span
from cleaner.text import around, protect, spoken
from cleaner.text.scripts import script_name, script_of
from cleaner.text.triggers import NEVER, Trigger, needs, ranges_of_class
from cleaner.values import dataclass

SCRIPTS = ("Latn", "Cyrl", "Grek")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Signs of a span that should be others.

    sure      at least one letter of the word is of the text's script and has no twin, so the word
              is certainly meant to be in that script
    """

    span: Span
    edits: tuple[Edit, ...]
    right: str
    sure: bool
    evidence: str


@cache
def twins(own: str, other: str) -> dict[str, str]:
    """Letters of one script → those of another that look alike (UTS 39 confusables).

    >>> twins("Cyrl", "Latn")["с"], twins("Latn", "Cyrl")["i"]
    ('c', 'і')
    """
    path = data_folder() / "confusables.yml"
    data = cast("dict[str, dict[str, str]]", yamlio.data(path.read_text("utf-8"), "confusables.yml"))
    return data.get(f"{own}-{other}", {})


_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _OTHERS = "A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u0400-\u052f"
# The same as a search that begins with the rarer of the two.
_LATIN_BESIDE = re.compile(f"[{_LATIN}](?:(?<=[{_OTHERS}].)|(?=[{_OTHERS}]))")
_OTHER_BESIDE = re.compile(f"[{_OTHERS}](?:(?<=[{_LATIN}].)|(?=[{_LATIN}]))")
_MIXED = re.compile(f"[{_LATIN}][{_OTHERS}]|[{_OTHERS}][{_LATIN}]")


def letters(text: str, target: Language) -> Iterator[Lookalike]:
    """Words with letters of another script that all have a twin in the script of the text.

    >>> from cleaner.languages import lookup
    >>> text = "The Servicе sat on a USB-порт."
    >>> for found in letters(text, lookup("en")):
    ...     print(text[found.span.slice], "→", found.right)
    Servicе → Service
    """
    own = next((script for script in SCRIPTS if script in target.scripts), "")
    if not own or not (_LATIN_BESIDE if own != "Latn" else _OTHER_BESIDE).search(text):
        return
    masks = protect.masked(text)
    for found in _WORD.finditer(text):
        span = Span(*found.span())
        word = found[0]
        if not _MIXED.search(word) or protect.mask_at(masks, span):
            continue
        foreign = [(at, script) for at, char in enumerate(word) if (script := script_of(char)) != own]
        native = [char for char in word if script_of(char) == own]
        mapped = [(at, twins(script, own).get(word[at], "")) for at, script in foreign]
        known = all(twin and (not target.letters or twin in target.letters) for _, twin in mapped)
        if not native or not known or len(foreign) > len(native):
            continue
        edits = tuple(Edit(Span(span.start + at, span.start + at + 1), twin) for at, twin in mapped)
        right = "".join(dict(mapped).get(at, char) for at, char in enumerate(word))
        other = foreign[0][1]
        known_word = lexicon.zipf(right.lower(), target.tag) is not None
        if "Grek" in (own, other) and not (known_word and len(word) > _WORD_SIZE and _is_one_case(word)):
            continue  # hν, νMSM, TNFα
        sure = any(char not in twins(own, other) for char in native)
        sure = sure and (known_word or len(word) > _WORD_SIZE) and not _is_spoken_of(text, span)
        wrong = "".join(word[at] for at, _ in foreign)
        yield Lookalike(
            span, edits, right, sure, f"“{wrong}” is {script_name(other)}, the other letters are not"
        )


# A longer word in two scripts is a word for certain: shorter ones are formulas (hν), symbols of physics
# (νe) and names of substances (TNFα) as often as slips.
_WORD_SIZE = 4
_ABOUT_LETTERS = re.compile(
    r"cyrilli|кирил|kyrill|cirill?ic|homogly|homogra|latin letter|латинск|латиниц", re.IGNORECASE
)


def _is_one_case(word: str) -> bool:
    """Whether a word is written small, Capitalised or in CAPITALS."""
    return word.isupper() or word[1:] == word[1:].lower()


def _is_spoken_of(text: str, span: Span) -> bool:
    """Whether the line may be about the letters themselves, or shows the word as a word."""
    line = around.line(text, span)
    return bool(_ABOUT_LETTERS.search(text, line.start, line.end)) or spoken.is_spoken_of(text, span)


_SIGN = re.compile(r"[хХСсЕ\u05be]")
_TIMES = re.compile(r"(?<=\d)(\s?)([хХ])(?=\s?\d)")
_DEGREE = re.compile(r"(?<=°)(\s?)([СсЕ])(?![^\W\d_])")
_MAQAF = re.compile(r"(?<=[A-Za-z\u00c0-\u024f\d])()(\u05be)(?=[A-Za-z\u00c0-\u024f\d])")


def signs(text: str, target: Language) -> Iterator[Lookalike]:
    """Signs of another script between digits and Latin letters: 140х195, 50 °С, Tel Aviv־Jaffa.

    Only in a text in Latin letters, and only the sign: spaces around it stay.

    >>> from cleaner.languages import lookup
    >>> [(found.span, found.right) for found in signs("140 х 195 at 50 °С", lookup("en"))]
    [(Span(start=4, end=5), 'x'), (Span(start=17, end=18), 'C')]
    """
    if "Latn" not in target.scripts or not _SIGN.search(text):
        return
    plain = {"х": "x", "Х": "x", "С": "C", "с": "C", "Е": "E", "\u05be": "-"}
    for pattern, what in ((_TIMES, "the Cyrillic letter kha between digits"), (_DEGREE, "a Cyrillic letter after °"),
                          (_MAQAF, "a Hebrew maqaf between Latin letters")):  # fmt: skip
        for found in pattern.finditer(text):
            span = Span(*found.span(2))
            if _is_spoken_of(text, span):
                continue
            yield Lookalike(span, (Edit(span, plain[found[2]]),), plain[found[2]], True, what)


def trigger(target: Language, *, of_signs: bool) -> Trigger:
    """What a text must have for `letters`, or `signs`, to find anything in it."""
    if of_signs:
        return needs(_SIGN.pattern) if "Latn" in target.scripts else NEVER
    if not target.scripts & frozenset(SCRIPTS):
        return NEVER
    return Trigger((ranges_of_class(_LATIN), ranges_of_class(_OTHERS)))
