"""One name that a document spells in two ways: Bakhmut and Bahmut, Jablonski and Yablonsky.

A name that goes through another alphabet comes back in the spelling of whoever wrote that sentence.
Two capitalised words are one name when they agree after the differences between systems of
transliteration are taken away: kh and h, y, j and i, ck, k and c, ph and f, w and v, double letters,
accents; in Cyrillic э and е, й, ы, і and и, ъ and ь. The spelling that stands there less often is
found, the later one when both are as frequent.

Cannot know which of the two is right, nor two persons with nearly the same name from one: a pair
whose members stand beside each other is left alone, and so are words that the language knows well
(where we have its lexicon). Languages in which names have many endings need another rule.

Cost: one search for capitalised words; the keys are computed once a word and remembered.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import lexicon
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {"unify": "write the spelling that the document has more often"}
DETAILS: Mapping[str, str] = {
    "other": "the spelling that the document has more often",
    "count": "how often it has that one",
}

# Begins with the class of capitals (Latin, Greek, Cyrillic), so that a search runs over all the rest;
# Latin Extended-A mixes both cases, `isupper` sorts them.
_NAME = re.compile(
    r"[A-Z\u00c0-\u00de\u0100-\u017e\u0391-\u03ab\u0400-\u042f\u0490](?<![\w@#./’'-].)[^\W\d_]{3,40}(?![\w@]|[./-]\w)"
)

# Systems of transliteration differ in these (ISO 9, BGN/PCGN, the scholarly one, the German, French
# and English ones of newspapers; the tables of Wikipedia, “Romanization of Russian”, “of Ukrainian”).
_LATIN = (
    (r"shch|schtsch|chtch|šč", "ś"),
    (r"(?<!t)sch", "ś"),  # before “ch”, which stands in it
    (r"tsch|tch|ch(?=$|[aeiouy])|č", "ć"),
    (r"sch|sh|š|ş", "ś"),
    (r"zh|ž", "ź"),
    (r"kh|gh|x", "h"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"ck|q|c(?![eiyh])", "k"),
    (r"ts|tz", "z"),
    (r"iy|yi|ij|yj|ey|ee|y|j", "i"),
    (r"ou|oo|ü", "u"),
)
_CYRILLIC = (("[эё]", "е"), ("[йыіїј]", "и"), ("[ьъ’']", ""), ("ґ", "г"))
_SOUND = {
    "Latin": tuple((re.compile(written), sound) for written, sound in _LATIN),
    "Cyrillic": tuple((re.compile(written), sound) for written, sound in _CYRILLIC),
}
_ROMAN = re.compile("[IVXLCDM]+")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Params:
    """How sure the rule must be."""

    letters: int = setting("names have at least so many letters", 5)
    familiar: float = setting(
        "a pair with a word this common in the language is left alone (Zipf; 4 is “mayor”)", 4.0
    )


def compile(params: Params) -> Detect:
    """The detector.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> text = "The fight for Bakhmut goes on. Bakhmut is in ruins, said a man from Bahmut."
    >>> (hit,) = compile(Params())(Segment(text, OffsetMap.identity(len(text))), Context(lookup("en")))
    >>> text[hit.span.slice], hit.details["other"]
    ('Bahmut', 'Bakhmut')
    """

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text, lang = segment.text, context.target.tag
        names = {found[0] for found in _NAME.finditer(text)}  # a text may have very many, of few
        if len(set(map(key, names))) == len(names):  # nearly every text: no two of them are one name
            return
        places: dict[str, list[int]] = {}
        for found in _NAME.finditer(text):
            if found[0][0].isupper() and not _ROMAN.fullmatch(found[0]):
                places.setdefault(found[0], []).append(found.start())
        if len(places) < 2:
            return
        spellings: dict[str, list[str]] = {}
        for name in places:
            if len(name) >= params.letters:
                spellings.setdefault(key(name), []).append(name)
        for same in spellings.values():
            if len(same) > 1:
                yield from _judged(text, lang, same, places, params)

    return detect


def _judged(
    text: str, lang: str, same: list[str], places: Mapping[str, list[int]], params: Params
) -> Iterator[Hit]:
    best = max(same, key=lambda name: (len(places[name]), -places[name][0]))
    for name in same:
        if name is best or not _differ(name, best) or _beside(text, name, best):
            continue
        if _familiar(name, lang, params.familiar) or _familiar(best, lang, params.familiar):
            continue
        for at in places[name]:
            span = Span(at, at + len(name))
            repair = Repair("unify", (Edit(span, best),), f"write “{best}”")
            details = {"other": best, "count": str(len(places[best]))}
            often = "once" if len(places[best]) == 1 else f"{len(places[best])} times"
            yield Hit(span, (repair,), details, evidence=f"“{best}” stands there {often}")


@functools.lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What is left of a name when the differences of transliteration are taken away.

    >>> key("Yablonsky") == key("Jablonski"), key("Omikron") == key("Omicron"), key("Wordle") == key("Wardle")
    (True, True, False)
    """
    small = name.lower()
    for pattern, sound in _SOUND["Latin" if small[0] < "\u0370" else "Cyrillic"]:
        small = pattern.sub(sound, small)
    letters = unicodedata.normalize("NFD", small)
    bare = "".join(char for char in letters if char in "\u0301\u030c" or not unicodedata.combining(char))
    return _DOUBLE.sub(r"\1", bare)


def _differ(name: str, other: str) -> bool:
    """Whether two spellings differ in more than letter case or, in Cyrillic, an ending (Анны, Анни)."""
    small, other = name.lower(), other.lower()
    return small != other and (small[0] < "\u0370" or small[:-1] != other[:-1])


def _beside(text: str, name: str, other: str) -> bool:
    """Whether the two stand side by side in a line: “Omicron (Omikron)” explains itself."""
    between = r"[^\w\n]{1,4}"
    pair = f"(?:{name}{between}{other}|{other}{between}{name})"
    return re.search(pair, text) is not None


def _familiar(name: str, lang: str, zipf: float) -> bool:
    known = lexicon.zipf(name.lower(), lang) if lexicon.has(lang) else None
    return known is not None and known >= zipf
