"""Damage that may be none: line ends, a brand in capitals, damage that the text shows on purpose.

Each question is asked about a word that `search` holds for damaged.
"""

from __future__ import annotations

import re

from cleaner.detectors.mojibake.search import Damage
from cleaner.languages import Language, lexicon
from cleaner.offsets import Edit, Span
from cleaner.text import spoken

# No small letter, an accented capital, and a sign that stands behind words: a trade mark, a number of a
# note, the end of an ordinal.
_CAPITALS_AND_SIGN = re.compile(r"^[^\W\d_a-zß-öø-ÿ]*[À-ÖØ-ÞĂÂŞŢ][®©™¹²³ªº](?![^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = frozenset('.!?…:;”"»)\x85')


def ends_lines(text: str, damage: Damage) -> bool:
    """Whether the only controls of a word are U+0085 after the end of a sentence: a line end (NEL), no “…”."""
    word = damage.token.text
    if "\x85" not in word or any("\x80" <= char <= "\x9f" and char != "\x85" for char in word):
        return False
    return all(
        text[damage.token.start + at - 1] in _SENTENCE_ENDS
        for at, char in enumerate(word)
        if char == "\x85" and damage.token.start + at
    )


def ends_in_a_sign(damage: Damage) -> bool:
    """Whether a word is sound capitals and a sign: the brand LÃ®, the footnote DÎ¹, the ordinal IRMÃª.

    >>> from cleaner.detectors.mojibake.chains import chain
    >>> from cleaner.detectors.mojibake.search import Token
    >>> plan = (chain("utf-8 read as cp1252"),)
    >>> ends_in_a_sign(Damage(Token(0, "AMANHÃ®"), plan, "AMANHî", 20.0, 0.0, 0.0, True))
    True
    """
    return bool(_CAPITALS_AND_SIGN.search(damage.token.text))


def is_sound(damage: Damage, language: Language) -> bool:
    """Whether a word is capitals of the language, and would be a sign alone: ÔÇÜ, which is a ‚ in code page 850,
    may be an abbreviation in French. Of Â© the © stays, so it is none.

    >>> from cleaner.detectors.mojibake.chains import chain
    >>> from cleaner.detectors.mojibake.search import Token
    >>> from cleaner.languages import lookup
    >>> damaged = Damage(Token(0, "(ÔÇÜ)"), (chain("utf-8 read as cp850"),), "(‚)", 20.0, 0.0, 0.0, True)
    >>> is_sound(damaged, lookup("fr")), is_sound(damaged, lookup("en"))
    (True, False)
    """
    word, was = damage.token.text, damage.text or ""
    letters = _LETTERS.findall(word)
    if len(letters) != 1 or not letters[0].isupper() or not language.letters.issuperset(letters[0]):
        return False
    before, _, after = word.partition(letters[0])
    is_framed = was.startswith(before) and was.endswith(after) and len(was) > len(before) + len(after)
    return is_framed and not any(map(str.isalpha, was))


def gives_a_word(damage: Damage, language: Language) -> bool:
    """Whether the word that was is known; where it ends in the sign itself, as ROM® for ROMÂ®, it need not be.

    >>> from cleaner.detectors.mojibake.chains import chain
    >>> from cleaner.detectors.mojibake.search import Token
    >>> from cleaner.languages import lookup
    >>> plan = (chain("utf-8 read as cp1252"),)
    >>> pairs = ("SÃ³", "Só"), ("LÃ®", "Lî")
    >>> damaged = [Damage(Token(0, now), plan, was, 20.0, 0.0, 0.0, True) for now, was in pairs]
    >>> [gives_a_word(damage, lookup("pt")) for damage in damaged]
    [True, False]
    """
    was = (damage.text or "").rstrip(".,;:!?)”’»\"'")
    return not was[-1:].isalpha() or lexicon.zipf(was.lower(), language.tag) is not None


def is_shown(text: str, span: Span, was: str, edits: list[Edit]) -> bool:
    """Whether the text may show the damage: it names it, or has the sound word beside it."""
    if spoken.is_spoken_of(text, span) or spoken.stands_as_itself(text, span, was):
        return True
    return any(len(edit.text) > 1 and spoken.stands_as_itself(text, edit.span, edit.text) for edit in edits)
