"""Is a foreign fragment left over or meant? The observations that a decision is made of.

    latin(text, span, …)   a run of Latin letters in a text that is written in others
    words_of(text, …)      words of the source language in a text of the same script

Every observation has a name and is true or false; `scoring` gives each a weight. None of them names
a word: they speak of case, frequency in both languages, spelling, neighbours and frames, and so they
hold for languages and systems that nobody has seen yet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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


# Frames in which a fragment is meant: no score is asked.
MEANT = frozenset(
    (
        "quoted title",
        "context quotation",
        "context gloss",
        "context sic",
        "context language",
        "speaks of code",
        "headline case",
    )
)


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
    original: str | None = None  # the aligned text that it was translated from


def source_tag(source: Language | None) -> str:
    """The tag to ask the lexicon for, "" when there is none."""
    return source.tag if source is not None and lexicon.has(source.tag) else ""


_LATIN_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]")


def setting_of(text: str, target: Language, source: Language | None, original: str | None = None) -> Setting:
    """The setting of a segment."""
    letters = sum(map(str.isalpha, text)) or 1
    share = len(_LATIN_LETTERS.findall(text)) / letters
    return Setting(text, target, source_tag(source), protect.masked(text), share, original)


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


def _steps(name: str, value: float | None, steps: tuple[float, ...]) -> Iterator[str]:
    """One observation for each step that a value reaches, so that weights add up along the scale."""
    if value is not None:
        yield from (f"{name} ≥ {step:g}" for step in steps if value >= step)


def latin(setting: Setting, span: Span) -> Observations:
    """What is seen of a run of Latin letters in a text of another script."""
    text, target = setting.text, setting.target
    seen = set()
    tokens = [text[word.slice] for word in words.words(text, span.start, span.end)]
    shapes = [shape(token) for token in tokens]
    lower = [token for token, form in zip(tokens, shapes, strict=True) if form == "lower"]
    values = [frequency(token, setting) for token in lower]
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
        seen.update(_steps("gap", max(gaps), GAPS))
        seen.update(_steps("least gap", min(gaps), GAPS))
    if (
        len(lower) == native.count("function")
        and len(lower)
        and shapes.count("title") > 1
        and shapes[-1] == "title"
    ):
        seen.add("headline case")
    titles = [token for token, form in zip(tokens, shapes, strict=True) if form == "title"]
    common_titles = [
        t for t in titles if lexicon.zipf(t, target.tag) is None and (frequency(t, setting) or 0) >= NORMAL
    ]
    if common_titles:
        seen.add(_count("common title", len(common_titles), 2))
    if len(tokens) == 1 and lower:
        length = len(lower[0])
        seen.add(f"alone {native[0]}")
        seen.add(f"alone length {'8+' if length >= 8 else '5-7' if length > 4 else length}")
        seen.update(_steps("alone gap", gaps[0], GAPS))
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
    if any(kind == "code" for _, kind in setting.masks):
        seen.add("speaks of code")
    if "unknown" in native:
        odd = max(
            _strange(token, setting) for token, value in zip(lower, values, strict=True) if value is None
        )
        seen.add("unknown spelling" if odd > 5 else "unknown plausible")
    seen |= _surroundings(setting, span)
    share = setting.foreign_share
    seen.add(
        "share=few"
        if share < 0.1
        else "share=some"
        if share < 0.3
        else "share=many"
        if share < 0.6
        else "share=most"
    )
    seen.add("spaced" if target.word_spaces else "unspaced")
    if any(values) and text.count(lower[0]) > 1:
        seen.add("repeated")
    return frozenset(seen)


GAPS = (0.5, 0.9, 1.2, 1.6, 2.1)


def _gap(word: str, value: float | None, target: str) -> float:
    """How much rarer a Latin word is in a language with other letters than where it comes from.

    A loanword is nearly as common in both. `lexicon` keeps no Latin word that is more than 2.1 rarer:
    those count as 3, words that are known nowhere as 0.
    """
    here = lexicon.zipf(word, target)
    if here is None:
        return 3.0 if value is not None else 0.0
    return (value or 0.0) - here


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
    elif words.is_quoted(text, span):
        seen.add("inside quotes")
    context = protect.context_of(text, span)
    if context:
        seen.add(f"context {context}")
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
        seen |= _in_original(text[span.slice], setting.original)
    near = protect.mask_at(setting.masks, Span(max(0, span.start - 2), span.end + 2))
    if near:
        seen.add("near mask")
    return seen


def _in_original(run: str, original: str) -> set[str]:
    """Whether the aligned original has the words of a run, in the same case."""
    own = words.WORD.findall(run)
    listed = _listed(original)
    there = sum(word in listed for word in own)
    return {"in original" if there == len(own) else "partly in original" if there else "not in original"}


@lru_cache(maxsize=16)
def _listed(original: str) -> frozenset[str]:
    """The words of a text, and the Latin ones apart from Han and kana that they are glued to."""
    return frozenset(words.WORD.findall(original)) | frozenset(_LATIN_WORD.findall(original))


_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")

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
    framed = dict(_framed(listed, text))
    while at < len(listed):
        if at in framed:
            yield at, framed[at]
            at = framed[at]
            continue
        if not _speaks(listed[at]):
            at += 1
            continue
        end = at + 1
        probe = end
        while (
            probe < len(listed)
            and probe not in framed
            and probe - end < 2
            and _adjacent(text, listed[probe - 1], listed[probe])
        ):
            probe += 1
            if _speaks(listed[probe - 1]):
                end = probe
        if any(word.shape == "lower" for word in listed[at:end]):
            yield at, end
        at = end


def _is_title(text: str, span: Span, listed: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether a quotation of three words or more is in the source language throughout.

    That is a title or a citation: «Für Frauen ist das kein Problem».
    """
    left = max(text.rfind(mark, 0, span.start) for mark in '«„“"‘')
    right = min((at for mark in '»“”"’' if (at := text.find(mark, span.end)) >= 0), default=len(text))
    while first and listed[first - 1].span.start > left:
        first -= 1
    while last < len(listed) and listed[last].span.end <= right:
        last += 1
    inside = listed[first:last]
    return 3 <= len(inside) <= 12 and all(word.source is not None or word.shape != "lower" for word in inside)


_FRAME = re.compile(r"\[([^\[\]\n]{2,60})\]|\(([^()\n]{2,60})\)")


def _framed(listed: tuple[Word, ...], text: str) -> Iterator[tuple[int, int]]:
    """Brackets that hold words of the source language only: index ranges."""
    if "[" not in text and "(" not in text:
        return
    starts = [word.span.start for word in listed]
    for found in _FRAME.finditer(text):
        first = bisect_left(starts, found.start())
        last = bisect_left(starts, found.end())
        inside = listed[first:last]
        if not 1 <= len(inside) <= 6 or not all(word.source is not None for word in inside):
            continue
        if any(word.shape == "lower" and word.gap >= MINIMUM_GAP for word in inside):
            yield first, last


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
    absent = sum(word.target is None for word in lower)
    seen = {
        *_steps("words", len(run), (2, 3, 4)),
        *_steps("lower", len(lower), (2, 3)),
        *_steps("absent", absent, (1, 2, 3)),
        *_steps("source", best.source, (3.0, 3.75, 4.5, 5.25, 6.0)),
        *_steps("target", best.target, (0.0, 3.0, 3.75, 4.5)),
        *_steps("gap", best.gap, (1.5, 2.0, 2.5, 3.0, 4.0)),
        *_steps("length", len(best.text), (3, 4, 6, 9)),
    }
    if any(word.shape == "title" for word in run):
        seen.add("has title")
    foreign = lexicon.strangeness(best.text, setting.target.tag)
    own = lexicon.strangeness(best.text, setting.source)
    if foreign is not None and own is not None:
        seen.update(_steps("spelling", foreign - own, (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)))
        seen.update(_steps("odd", foreign, (3.5, 4.5, 5.5)))
    seen |= _surroundings(setting, span)
    if seen & {"in quotes", "inside quotes"} and _is_title(text, span, listed, first, last):
        seen.add("quoted title")
    for name, index in (("before", first - 1), ("after", last)):
        if 0 <= index < len(listed):
            word = listed[index]
            pair = (word, run[0]) if name == "before" else (run[-1], word)
            if _adjacent(text, *pair):
                strange = word.target is None
                seen.add(f"{word.shape} {'strange ' if strange else ''}{name}")
    unknown = sum(word.target is None and word.shape == "lower" for word in listed)
    share = (unknown - absent) / max(1, len(listed) - len(run))
    seen.update(_steps("strange text", share, (0.02, 0.08)))
    if text.count(best.text) > 1:
        seen.add("repeated")
    other = [tag for tag in ("en", "fr", "de", "es", "it") if tag not in (setting.target.tag, setting.source)]
    elsewhere = sum((lexicon.zipf(best.text, tag) or 0) >= (best.source or 0) - 1 for tag in other)
    seen.update(_steps("elsewhere", elsewhere, (1, 2, 3)))
    if setting.source == "en":
        seen.add("from English")
    if setting.target.tag == "en":
        seen.add("into English")
    return frozenset(seen)
