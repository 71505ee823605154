"""Is a foreign fragment left over or meant? The observations that a decision is made of.

    latin(setting, span)           a run of Latin letters in a text that is written in others
    surroundings(setting, span)    what stands around any fragment, and what the original says of it

Every observation has a name and is true or false; `scoring` gives each a weight. None of them names
a word: they speak of case, frequency here, there and everywhere, spelling, neighbours and frames, and
so they hold for languages and systems that nobody has seen yet. `same_script` has those of words
among words of the same letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.languages import Language, lexicon, original
from cleaner.offsets import Span
from cleaner.text import around, frames, protect, words
from cleaner.text.recent import recent
from cleaner.values import dataclass

Observations = frozenset[str]

FUNCTION = 6.0  # a word as common as "after" or "that"
NORMAL = 4.5  # as "garden"
LESS = 3.5
UNKNOWN = lexicon.RAREST - 1.0  # the Zipf value that a word counts with in a language that does not know it
AT_HOME = 1.6  # a Latin word that is less rarer here than in its own language is a term or a loanword
EVERYDAY = 5.5  # but a word as common as "game" is a plain one wherever it stands
GAPS = (0.5, 0.9, 1.2, 1.6, 2.1, 2.6)

# Frames in which a fragment is meant: no score is asked.
MEANT = frozenset(
    (
        "quoted title",
        "quoted mention",
        "context quotation",
        "context gloss",
        "context sic",
        "context language",
        "speaks of code",
        "headline case",
    )
)
MEANT_ALIGNED = MEANT - {"quoted title"}  # the original says whether a quoted title was translated


def bucket(value: float | None) -> str:
    """A frequency as a word.

    >>> bucket(6.5), bucket(2.0), bucket(None)
    ('function', 'rare', 'unknown')
    """
    if value is None:
        return "unknown"
    if value >= FUNCTION:
        return "function"
    if value >= NORMAL:
        return "common"
    return "known" if value >= LESS else "uncommon" if value >= lexicon.COMMON else "rare"


def shape(word: str) -> str:
    """The case of a word.

    >>> [shape(word) for word in ("web", "Web", "USB", "iPhone", "x")]
    ['lower', 'title', 'upper', 'mixed', 'letter']
    """
    if len(word) == 1:
        return "letter"
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper"
    return "title" if word[0].isupper() and (word[1:].islower() or "-" in word) else "mixed"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the observations need to know of a segment, computed once."""

    text: str
    target: Language
    source: str  # the tag of a language with a lexicon, "" when none is known
    masks: tuple[tuple[Span, str], ...]
    original: str | None = None  # the aligned text that it was translated from
    latin_words: tuple[int, int, int] = (0, 0, 0)  # how many are plain words, jargon, names (the same)
    strangers: int = 0  # how many words the language does not know (only `same_script` asks)
    of_code: bool = False  # whether it speaks of code


def source_tag(source: Language | None) -> str:
    """The tag to ask the lexicon for, "" when there is none."""
    return source.tag if source is not None and lexicon.has(source.tag) else ""


_LATIN_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


def setting_of(text: str, target: Language, source: Language | None, aligned: str | None = None) -> Setting:
    """The setting of a segment in which Latin words are foreign."""
    tag = source_tag(source)
    kinds = _kinds(text, tag, target.tag)
    masks = protect.masked(text)
    of_code = any(kind == "code" for _, kind in masks)
    return Setting(text, target, tag, masks, aligned, kinds, of_code=of_code)


@recent(16)
def latin_share(text: str) -> float:
    """Of the letters, how many are Latin."""
    letters = sum(map(str.isalpha, text)) or 1
    return len(_LATIN_LETTERS.findall(text)) / letters


def _kinds(text: str, source: str, target: str) -> tuple[int, int, int]:
    """How many Latin words of a text are plain words of a language, jargon, and names."""
    count = Counter(_kind(found[0], source, target) for found in _LATIN_WORD.finditer(text))
    return count["plain"], count["jargon"], count["name"]


def _kind(word: str, source: str, target: str) -> str:
    """A plain word, jargon (nearly as common here as there, or known nowhere) or a name.

    >>> [_kind(word, "en", "ja") for word in ("thoroughly", "gcc", "Linux")]
    ['plain', 'jargon', 'name']
    """
    if not word.islower() or len(word) == 1:
        return "name"
    value = frequency(word, source, target)
    return "plain" if (value or 0) >= EVERYDAY or _gap(word, value, target) >= AT_HOME else "jargon"


def frequency(word: str, source: str, target: str) -> float | None:
    """How common a Latin word is where it may have come from: the source language or English."""
    best = lexicon.zipf(word, source) if source else None
    if source != "en" and target != "en":
        english = lexicon.zipf(word, "en")
        best = max((value for value in (best, english) if value is not None), default=None)
    return best


def frame(text: str, span: Span) -> str:
    """What encloses a span: quotes, parentheses, brackets or nothing ("")."""
    around = words.fence(text, span)
    if around is None:
        return ""
    mark = text[around.start]
    return "parentheses" if mark in "(（" else "brackets" if mark in "[【［〔" else "quotes"


def _count(name: str, number: int, most: int = 3) -> str:
    return f"{name}={min(number, most)}" + ("+" if number >= most else "")


def steps(name: str, value: float | None, steps: tuple[float, ...]) -> Iterator[str]:
    """One observation for each step that a value reaches, so that weights add up along the scale."""
    if value is not None:
        yield from (f"{name} ≥ {step:g}" for step in steps if value >= step)


def latin(setting: Setting, span: Span) -> Observations:
    """What is seen of a run of Latin letters in a text of another script."""
    return frozenset(latin_itself(setting, span) | around_latin(setting, span))


def latin_itself(setting: Setting, span: Span) -> set[str]:
    """What is seen of a run of Latin letters without looking at what stands around it."""
    text, target = setting.text, setting.target
    seen = set()
    tokens = [text[word.slice] for word in words.words(text, span.start, span.end)]
    shapes = [shape(token) for token in tokens]
    lower = [token for token, form in zip(tokens, shapes, strict=True) if form == "lower"]
    values = [frequency(token, setting.source, target.tag) for token in lower]
    gaps = [_gap(token, value, target.tag) for token, value in zip(lower, values, strict=True)]
    seen.add(_count("words", len(tokens), 5))
    seen.add(_count("lower", len(lower)))
    for form in ("title", "upper", "mixed", "letter"):
        seen.add(_count(form, shapes.count(form)))
    native = [bucket(value) for value in values]
    for name in ("function", "common", "known", "uncommon", "rare", "unknown"):
        if native.count(name):
            seen.add(_count(name, native.count(name)))
    if gaps:
        pairs = list(zip(lower, values, strict=True))
        leads = [(value or UNKNOWN) - (lexicon.international(token) or 0.0) for token, value in pairs]
        word, value = pairs[leads.index(max(leads))]
        seen |= international(word, value)
        seen.update(steps("source", value or UNKNOWN, (1.5, 2.0, 2.5, 3.0, 3.75, 4.5, 5.25, 6.0)))
        seen.update(steps("gap", max(gaps), GAPS))
        seen.update(steps("least gap", min(gaps), GAPS))
    if (
        len(lower) == native.count("function")
        and len(lower)
        and shapes.count("title") > 1
        and shapes[-1] == "title"
    ):
        seen.add("headline case")
    titles = [token for token, form in zip(tokens, shapes, strict=True) if form == "title"]
    common_titles = [
        t
        for t in titles
        if lexicon.zipf(t, target.tag) is None and (frequency(t, setting.source, target.tag) or 0) >= NORMAL
    ]
    if common_titles:
        seen.add(_count("common title", len(common_titles), 2))
    if len(tokens) == 1 and lower:
        length = len(lower[0])
        seen.add(f"alone {native[0]}")
        seen.add(f"alone length {'8+' if length >= 8 else '5-7' if length > 4 else length}")
        seen.update(steps("alone gap", gaps[0], GAPS))
        if length <= 4 and text[span.start - 1 : span.start].isdigit():
            seen.add("unit")
        if length <= 4:
            seen.add(f"short {native[0]}")
        if not re.search("[aeiouy]", lower[0]):
            seen.add("no vowel")
        if "-" in lower[0]:
            seen.add("alone hyphenated")
    if lower and len(lower) == len(tokens):
        seen.add("all lower")
    if len(tokens) > 1 and shapes[0] == "title" and "lower" in shapes[1:]:
        seen.add("sentence case")
    if len(tokens) > 1 and shapes[-1] == "lower" and shapes[0] != "lower":
        seen.add("name then lower")
    if len(tokens) > 1 and shapes[0] == "lower" and shapes[-1] != "lower":
        seen.add("lower then name")
    if setting.of_code:
        seen.add("speaks of code")
    if "unknown" in native:
        odd = max(
            _strange(token, setting) for token, value in zip(lower, values, strict=True) if value is None
        )
        seen.add("unknown spelling" if odd > 5 else "unknown plausible")
    seen.add("spaced" if target.word_spaces else "unspaced")
    seen |= _company(setting, span)
    if any(values) and around.repeats(text, span, lower[0]):
        seen.add("repeated")
    return seen


def _company(setting: Setting, span: Span) -> set[str]:
    """How many other Latin words stand in the text: plain ones of a language, jargon, and names.

    Who leaves one word behind may leave several; who writes of a programme names several things.
    """
    own = _kinds(setting.text[span.slice], setting.source, setting.target.tag)
    plain, jargon, names = (all_ - mine for all_, mine in zip(setting.latin_words, own, strict=True))
    return {
        *steps("plain company", plain, (1, 2, 4, 8)),
        *steps("jargon company", jargon, (1, 2, 4)),
        *steps("named company", names, (1, 2, 4, 8)),
    }


def _gap(word: str, value: float | None, target: str) -> float:
    """How much rarer a Latin word is in a language with other letters than where it comes from.

    A loanword is nearly as common in both. `lexicon` keeps no Latin word that is more than 2.6 rarer:
    those count as 3, words that are known nowhere as 0.
    """
    here = None if "-" in word else lexicon.zipf(word, target)  # its parts may be at home, not the compound
    if here is None:
        return 3.0 if value is not None else 0.0
    return (value or 0.0) - here


def _strange(word: str, setting: Setting) -> float:
    tags = [tag for tag in (setting.source, "en") if tag and tag != setting.target.tag]
    costs = [cost for tag in tags if (cost := lexicon.strangeness(word, tag)) is not None]
    return min(costs, default=9.0)


# A word in quotation marks of its own; three of them in a text, and it speaks of words.
_QUOTED_WORD = re.compile(r"[«„“\"‘]\s?[^\W\d_]{1,30}(?:[-/][^\W\d_]{1,30})?\s?[»“”\"’]")


def around_latin(setting: Setting, span: Span) -> set[str]:
    """What is seen around a run of Latin letters in a text of another script."""
    share = latin_share(setting.text)
    many = "few" if share < 0.1 else "some" if share < 0.3 else "many" if share < 0.6 else "most"
    return {f"share={many}", *surroundings(setting, span)}


# What the observations of `around_latin` begin with.
SURROUNDINGS = (
    "share=",
    "in parentheses", "in brackets", "in quotes", "inside quotes", "context ", "quoted mention", "among quoted words",
    "touches ", "hyphen ", "opens sentence", "colon after", "near mask",
)  # fmt: skip

# And those of `latin_itself` that the rest of the text has a part in.
COMPANY = ("plain company", "jargon company", "named company", "repeated", "speaks of code", "unit")


def surroundings(setting: Setting, span: Span) -> set[str]:
    """What stands around a fragment: marks, frames, context, the original."""
    text = setting.text
    seen = set()
    enclosed = frame(text, span)
    if enclosed:
        seen.add(f"in {enclosed}")
    elif words.is_quoted(text, span):
        seen.add("inside quotes")
    context = frames.context_of(text, span)
    if context:
        seen.add(f"context {context}")
    if enclosed == "quotes" and context == "mention":
        seen.add("quoted mention")
    if enclosed == "quotes" and len(_QUOTED_WORD.findall(text)) > 2:
        seen.add("among quoted words")
    left, right = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if left.isdigit() or right.isdigit():
        seen.add("touches digit")
    if (left in "_/\\@#&=+*~^|<>" and left) or (right in "_/\\@#&=+*~^|<>(" and right):
        seen.add("touches sign")
    if left in "-‐‑–−" and left:
        seen.add("hyphen before")
    if right in "-‐‑–−" and right:
        seen.add("hyphen after")
    if left.isalpha() or right.isalpha():
        seen.add("touches letter")
    if words.is_sentence_start(text, span.start):
        seen.add("opens sentence")
    if right in ":：" and right:
        seen.add("colon after")
    if setting.original is not None:
        seen |= original.observe(text[span.slice], setting.original)
    near = protect.mask_at(setting.masks, Span(max(0, span.start - 2), span.end + 2))
    if near:
        seen.add("near mask")
    return seen


def international(word: str, value: float | None) -> set[str]:
    """How common a word is in most languages of Latin script, by itself and beside the source language."""
    spread = lexicon.international(word)
    if spread is None:
        return set()
    lead = (value or UNKNOWN) - spread
    return {
        *steps("international", spread, (1.0, 1.5, 2.0, 2.5, 3.0)),
        *(f"lead ≤ {step:g}" for step in (0.5, 1.0, 1.5, 2.0, 2.5) if lead <= step),
    }
