"""Is a foreign fragment left over or meant? The observations that a decision is made of.

    latin(text, span, …)   a run of Latin letters in a text that is written in others
    words_of(text, …)      words of the source language in a text of the same script

Every observation has a name and is true or false; `scoring` gives each a weight. None of them names
a word: they speak of case, frequency in both languages, spelling, neighbours and frames, and so they
hold for languages and systems that nobody has seen yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleaner.languages import Language, lexicon, lookup
from cleaner.offsets import Span
from cleaner.text import protect, words

Observations = frozenset[str]

FUNCTION = 6.0  # a word as common as "after" or "that"
NORMAL = 4.5  # as "garden"
LESS = 3.5


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
    foreign_share: float  # of the letters, how many are Latin (only `latin` asks)


def source_tag(source: Language | None) -> str:
    """The tag to ask the lexicon for, "" when there is none."""
    return source.tag if source is not None and lexicon.has(source.tag) else ""


_LATIN_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]")


def setting_of(text: str, target: Language, source: Language | None) -> Setting:
    """The setting of a segment."""
    letters = sum(map(str.isalpha, text)) or 1
    share = len(_LATIN_LETTERS.findall(text)) / letters
    return Setting(text, target, source_tag(source), protect.masked(text), share)


def frequency(word: str, setting: Setting) -> float | None:
    """How common a Latin word is where it may have come from: the source language or English."""
    best = lexicon.zipf(word, setting.source) if setting.source else None
    if setting.source != "en" and setting.target.tag != "en":
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


def latin(setting: Setting, span: Span) -> Observations:
    """What is seen of a run of Latin letters in a text of another script."""
    text, target = setting.text, setting.target
    seen = set()
    tokens = [text[word.slice] for word in words.words(text, span.start, span.end)]
    shapes = [shape(token) for token in tokens]
    lower = [token for token, form in zip(tokens, shapes, strict=True) if form == "lower"]
    values = [frequency(token, setting) for token in lower]
    loans = [_loan(token, setting) for token in lower]
    seen.add(_count("words", len(tokens), 5))
    seen.add(_count("lower", len(lower)))
    for form in ("title", "upper", "mixed", "letter"):
        seen.add(_count(form, shapes.count(form)))
    native = [bucket(value) for value, loan in zip(values, loans, strict=True) if not loan]
    for name in ("function", "common", "known", "uncommon", "rare", "unknown"):
        if native.count(name):
            seen.add(_count(name, native.count(name)))
    if any(loans):
        seen.add("loan")
        if all(loans):
            seen.add(f"only loans, {min(loan for loan in loans)}")
    if len(lower) == native.count("function") and len(lower) and shapes.count("title") > 1 and shapes[-1] == "title":
        seen.add("headline case")
    titles = [token for token, form in zip(tokens, shapes, strict=True) if form == "title"]
    common_titles = [t for t in titles if lexicon.zipf(t, target.tag) is None and (frequency(t, setting) or 0) >= NORMAL]
    if common_titles:
        seen.add(_count("common title", len(common_titles), 2))
    if len(tokens) == 1 and lower:
        length = len(lower[0])
        seen.add(f"alone {loans[0] or native[0]}")
        seen.add(f"alone length {'8+' if length >= 8 else '5-7' if length > 4 else length}")
        if length <= 4 and text[span.start - 1 : span.start].isdigit():
            seen.add("unit")
        if length <= 4 and not loans[0]:
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
    if any(kind == "code" for _, kind in setting.masks):
        seen.add("speaks of code")
    if "unknown" in native:
        odd = max(_strange(token, setting) for token, value in zip(lower, values, strict=True) if value is None)
        seen.add("unknown spelling" if odd > 5 else "unknown plausible")
    seen |= _surroundings(setting, span)
    share = setting.foreign_share
    seen.add("share=few" if share < 0.1 else "share=some" if share < 0.3 else "share=many" if share < 0.6 else "share=most")
    seen.add("spaced" if target.word_spaces else "unspaced")
    if lower and max((value or 0) for value in values) and text.count(lower[0]) > 1:
        seen.add("repeated")
    return frozenset(seen)


def _loan(word: str, setting: Setting) -> str:
    """How much at home a Latin word is in the target language: "", "loan" or "frequent loan".

    `lexicon` keeps a Latin word of a language with other letters only when it is about as common
    there as where it comes from.
    """
    here = lexicon.zipf(word, setting.target.tag)
    if here is None:
        return ""
    return "frequent loan" if here >= (frequency(word, setting) or 0) - 0.6 else "loan"


def _strange(word: str, setting: Setting) -> float:
    tags = [tag for tag in (setting.source, "en") if tag and tag != setting.target.tag]
    costs = [cost for tag in tags if (cost := lexicon.strangeness(word, tag)) is not None]
    return min(costs, default=9.0)


def _surroundings(setting: Setting, span: Span) -> set[str]:
    text = setting.text
    seen = set()
    enclosed = frame(text, span)
    if enclosed:
        seen.add(f"in {enclosed}")
    context = protect.context_of(text, span)
    if context:
        seen.add(f"context {context}")
    left, right = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if left.isdigit() or right.isdigit():
        seen.add("touches digit")
    if left in "_/\\@#&=+*~^|<>" and left or right in "_/\\@#&=+*~^|<>(" and right:
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
    near = protect.mask_at(setting.masks, Span(max(0, span.start - 2), span.end + 2))
    if near:
        seen.add("near mask")
    return seen


# ---- the same script -------------------------------------------------------------------------

MINIMUM_GAP = 1.0  # how much more common in the source language a candidate must be


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with what both languages say of it."""

    span: Span
    text: str
    shape: str
    target: float | None
    source: float | None

    @property
    def gap(self) -> float:
        """How much more common the word is in the source language; unknown counts as 1."""
        return (self.source or 1.0) - (self.target or 1.0)


@lru_cache(maxsize=8)
def words_of(text: str, target: str, source: str) -> tuple[Word, ...]:
    """The words of a text outside masks with their frequencies in both languages."""
    masks = protect.masked(text)
    out = []
    for span in words.words(text):
        if masks and protect.mask_at(masks, span):
            continue
        word = text[span.slice]
        here = lexicon.zipf(word, target)
        there = lexicon.zipf(word, source) if spelt_in(word, source) else None
        out.append(Word(span, word, shape(word), here, there))
    return tuple(out)


def spelt_in(word: str, tag: str) -> bool:
    """Whether all letters of a word are letters of a language, loanwords included.

    >>> spelt_in("přemítání", "en"), spelt_in("façade", "en")
    (False, True)
    """
    letters = _letters(tag)
    return not letters or all(char in letters or not char.isalpha() for char in word)


@lru_cache(maxsize=64)
def _letters(tag: str) -> frozenset[str]:
    language = lookup(tag)
    return language.letters | language.auxiliary


def candidates(listed: tuple[Word, ...], text: str) -> Iterator[tuple[int, int]]:
    """Runs of words that belong to the source language rather than the target: index ranges.

    A run begins and ends with words that speak for the source language and has at least one lower
    case word among them; capitalised words join it, and a word of both languages between two of it.
    """
    at = 0
    while at < len(listed):
        if not _speaks(listed[at]):
            at += 1
            continue
        end = at + 1
        probe = end
        while probe < len(listed) and probe - end < 2 and _adjacent(text, listed[probe - 1], listed[probe]):
            probe += 1
            if _speaks(listed[probe - 1]):
                end = probe
        if any(word.shape == "lower" for word in listed[at:end]):
            yield at, end
        at = end


def _speaks(word: Word) -> bool:
    if word.source is None:
        return False
    if word.shape == "lower":
        return word.gap >= MINIMUM_GAP and len(word.text) > 1
    return word.shape == "title" and word.gap >= 2


def _adjacent(text: str, left: Word, right: Word) -> bool:
    between = text[left.span.end : right.span.start]
    return len(between) <= 2 and "\n" not in between and between.strip() in ("", ",", "-", "/", "’", "'")


def same_script(setting: Setting, listed: tuple[Word, ...], first: int, last: int) -> Observations:
    """What is seen of a run of words, `listed[first:last]`."""
    text = setting.text
    run = listed[first:last]
    span = Span(run[0].span.start, run[-1].span.end)
    lower = [word for word in run if word.shape == "lower"]
    best = max(lower, key=lambda word: word.gap)
    seen = {
        _count("words", len(run), 4),
        _count("lower", len(lower), 3),
        f"best source {bucket(best.source)}",
        f"best target {bucket(best.target)}",
        f"best gap {min(5, int(best.gap))}",
        f"best pair {bucket(best.source)}/{bucket(best.target)}",
    }
    size = len(best.text)
    seen.add(f"length {'2' if size == 2 else '3' if size == 3 else '4-5' if size < 6 else '6-8' if size < 9 else '9+'}")
    absent = sum(word.target is None for word in lower)
    seen.add(_count("absent", absent, 3))
    if any(word.shape == "title" for word in run):
        seen.add("has title")
    foreign = lexicon.strangeness(best.text, setting.target.tag)
    own = lexicon.strangeness(best.text, setting.source)
    if foreign is not None and own is not None:
        step = int(2 * (foreign - own))
        seen.add(f"spelling {max(-2, min(5, step))}")
        seen.add(f"odd {max(2, min(6, int(foreign)))}")
    seen |= _surroundings(setting, span)
    for name, index in (("before", first - 1), ("after", last)):
        if 0 <= index < len(listed):
            word = listed[index]
            pair = (word, run[0]) if name == "before" else (run[-1], word)
            if _adjacent(text, *pair):
                strange = word.target is None
                seen.add(f"{word.shape} {'strange ' if strange else ''}{name}")
    unknown = sum(word.target is None and word.shape == "lower" for word in listed)
    share = (unknown - absent) / max(1, len(listed) - len(run))
    seen.add("others fine" if share < 0.02 else "others some" if share < 0.08 else "others strange")
    if text.count(best.text) > 1:
        seen.add("repeated")
    other = [tag for tag in ("en", "fr", "de", "es", "it") if tag not in (setting.target.tag, setting.source)]
    elsewhere = sum((lexicon.zipf(best.text, tag) or 0) >= (best.source or 0) - 1 for tag in other)
    seen.add(_count("elsewhere", elsewhere, 3))
    if setting.source == "en":
        seen.add("from English")
    if setting.target.tag == "en":
        seen.add("into English")
    return frozenset(seen)
