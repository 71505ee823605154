"""Words of the source language among words of the same script: which may be left over, what is seen of them.

    words_of(text, …)       the words of a text with their frequencies in both languages
    candidates(listed, …)   runs of them that belong to the source language rather than the target
    observe(setting, …)     what is seen of a run, for `scoring` to weigh

Cannot see words that both languages have. Lists of words end somewhere: what neither knows is silent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from cleaner.languages import Language, evidence, lexicon, lookup, original
from cleaner.offsets import Span
from cleaner.text import around, protect, words
from cleaner.text.recent import recent
from cleaner.values import dataclass

PLAUSIBLE = 3.5  # bits a letter below which a word is spelt as words of a language are
NEARER = 0.3  # bits a letter by which it must be nearer to the one than to the other
ODD = 4.5  # bits a letter below which it may still be a word, and
MUCH_NEARER = 13.0  # bits in all by which it must be nearer then, or when the list says it is common
MINIMUM_GAP = 1.0  # how much more common in the source language a candidate must be
NAME_GAP = 2.75  # the same for a capitalised word


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
        """How much more common the word is in the source language."""
        return (self.source or evidence.UNKNOWN) - (self.target or evidence.UNKNOWN)


@recent(8)
def words_of(text: str, target: str, source: str, aligned: str | None = None) -> tuple[Word, ...]:
    """The words of a text outside masks with their frequencies in both languages.

    A word that only the aligned original knows counts as a rare one of the source language.
    """
    masks = protect.masked(text)
    out = []
    for span in words.words(text):
        if masks and protect.mask_at(masks, span):
            continue
        word = text[span.slice]
        here, there, shape = _known(word, target, source)
        if here is None and there is None and len(word) > 2 and original.holds(aligned, word):
            there = lexicon.RAREST
        out.append(Word(span, word, shape, here, there))
    return tuple(out)


@lru_cache(maxsize=65536)
def _known(word: str, target: str, source: str) -> tuple[float | None, float | None, str]:
    """How common a word is in both languages, and its shape."""
    here = lexicon.zipf(word, target)
    there = lexicon.zipf(word, source) if spelt_in(word, source) else None
    if here is None and there is not None and _spelt_as(word, target, source, there):
        there = None
    return here, there, evidence.shape(word)


_DULL_MOST = 200_000  # tokens that are remembered of two languages


@lru_cache(maxsize=64)
def _dull(target: str, source: str, framed: bool) -> set[str]:
    return set()


def may_have_candidates(text: str, target: str, source: str) -> bool:
    """Whether a text has a word at all that speaks for the source language, masked or not.

    Most texts have none: their words were seen before, so that this is one look at a set.
    """
    framed = "[" in text or "(" in text
    dull = _dull(target, source, framed)
    tokens = text.split()
    if dull.issuperset(tokens):
        return False
    for token in set(tokens) - dull:
        for name in words.WORD.findall(token):
            here, there, shape = _known(name, target, source)
            word = Word(Span(0, 0), name, shape, here, there)
            if _speaks(word) or (framed and _speaks_in_frame(word)):
                return True
        if len(dull) < _DULL_MOST:
            dull.add(token)
    return False


def setting_of(
    text: str, target: Language, source: str, listed: tuple[Word, ...], aligned: str | None = None
) -> evidence.Setting:
    """The setting of a segment whose words are `listed`."""
    strangers = sum(word.target is None and word.shape == "lower" for word in listed)
    return evidence.Setting(text, target, source, protect.masked(text), aligned, strangers=strangers)


def _spelt_as(word: str, target: str, source: str, there: float) -> bool:
    """Whether a word that only the source language lists is spelt as the target spells, and less as it does.

    Lists end somewhere, and one word in some two hundred passes for a listed one (`lexicon`): what is
    spelt like the text's own language is more likely a rare word of it.

    >>> _spelt_as("enakovrednem", "sl", "en", 3.5), _spelt_as("thoroughly", "sl", "en", 3.5)
    (True, False)
    """
    own, foreign = lexicon.strangeness(word, target), lexicon.strangeness(word, source)
    if own is None or foreign is None:
        return False
    if own < ODD and (foreign - own) * len(word) >= MUCH_NEARER:
        return True
    return there < lexicon.COMMON and own < PLAUSIBLE and own <= foreign - NEARER


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
        if any(map(_speaks_in_frame, inside)):
            yield first, last


def _speaks_in_frame(word: Word) -> bool:
    return word.source is not None and word.shape == "lower" and word.gap >= MINIMUM_GAP


def _speaks(word: Word) -> bool:
    if word.source is None:
        return False
    if word.shape == "lower":
        return word.gap >= MINIMUM_GAP and len(word.text) > 1
    return word.shape == "title" and word.gap >= NAME_GAP


def _adjacent(text: str, left: Word, right: Word) -> bool:
    between = text[left.span.end : right.span.start]
    return len(between) <= 2 and "\n" not in between and between.strip() in ("", ",", "-", "/", "’", "'")


def _continues_name(text: str, listed: tuple[Word, ...], first: int) -> bool:
    """Whether a capitalised word of the source language stands before a run, particles between: Place des …"""
    at = first - 1
    while at > first - 3 and at > 0 and listed[at].shape == "lower" and len(listed[at].text) <= 3:
        at -= 1
    if at < 0 or listed[at].shape != "title" or listed[at].gap < MINIMUM_GAP:
        return False
    if words.is_sentence_start(text, listed[at].span.start):
        return False
    return all(_adjacent(text, listed[i], listed[i + 1]) for i in range(at, first))


def observe(
    setting: evidence.Setting, listed: tuple[Word, ...], first: int, last: int
) -> evidence.Observations:
    """What is seen of a run of words, `listed[first:last]`."""
    text = setting.text
    run = listed[first:last]
    span = Span(run[0].span.start, run[-1].span.end)
    lower = [word for word in run if word.shape == "lower"]
    best = max(lower, key=lambda word: word.gap)
    absent = sum(word.target is None for word in lower)
    seen = {
        *evidence.steps("words", len(run), (2, 3, 4)),
        *evidence.steps("lower", len(lower), (2, 3)),
        *evidence.steps("absent", absent, (1, 2, 3)),
        *evidence.steps("source", best.source, (1.5, 2.0, 2.5, 3.0, 3.75, 4.5, 5.25, 6.0)),
        *evidence.steps("target", best.target, (1.0, 1.5, 2.0, 2.5, 3.0, 3.75, 4.5)),
        *evidence.steps("gap", best.gap, (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0)),
        *evidence.steps("length", len(best.text), (3, 4, 6, 9)),
    }
    if any(word.shape == "title" for word in run):
        seen.add("has title")
    foreign = lexicon.strangeness(best.text, setting.target.tag)
    own = lexicon.strangeness(best.text, setting.source)
    if foreign is not None and own is not None:
        seen.update(evidence.steps("spelling", foreign - own, (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)))
        seen.update(evidence.steps("odd", foreign, (3.5, 4.5, 5.5)))
    seen |= evidence.surroundings(setting, span)
    if seen & {"in quotes", "inside quotes"} and _is_title(text, span, listed, first, last):
        seen.add("quoted title")
    for name, index in (("before", first - 1), ("after", last)):
        if 0 <= index < len(listed):
            word = listed[index]
            pair = (word, run[0]) if name == "before" else (run[-1], word)
            if _adjacent(text, *pair):
                strange = word.target is None
                seen.add(f"{word.shape} {'strange ' if strange else ''}{name}")
    if _continues_name(text, listed, first):
        seen.add("continues a name")
    share = (setting.strangers - absent) / max(1, len(listed) - len(run))
    seen.update(evidence.steps("strange text", share, (0.02, 0.08)))
    if around.repeats(text, span, best.text):
        seen.add("repeated")
    seen |= evidence.international(best.text, best.source)
    if setting.source == "en":
        seen.add("from English")
    if setting.target.tag == "en":
        seen.add("into English")
    return frozenset(seen)
