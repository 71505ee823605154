r"""The same words again and again: loops, sentences that stand twice, doubled words.

    loop       a stretch of text that follows itself `times` times, with spaces between words or
               without; what a model writes when it has lost the thread
    sentence   a sentence right after itself, in one paragraph
    word       a word right after itself: those of `words`, or all but those of `words`

Knows no meaning: “again and again and again and again” is a loop too. So a loop of one short word
must be longer (`short-times`), laughter and signs without letters do not count, and `words` lists
what a language may double (German “die die”, Chinese 看看 never counts: it has no spaces).

Cost: whether a text repeats itself at all is asked of all its characters at once (`text.periods`), and
nearly every text does not; else loops look at every twelfth place for the same four characters near by.
Sentences are one split that other rules need as well, listed words one search after an `in`.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, alphabet, lexicon
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import beginnings, periods
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {"delete": "keep the first and remove the others"}
DETAILS: Mapping[str, str] = {
    "unit": "what is repeated",
    "count": "how often it stands there",
}

_REACH = 128  # the longest stretch that can loop, in code points
# So many characters are looked for again, at every so many places. A loop of r rounds of p
# characters has (r - 1) p - gram places from which it is found: four rounds of “word, ” or three
# times as many of “no ” are enough, in writing without spaces four rounds of three signs.
_SPACED = (4, 12)
_PACKED = (2, 6)
# Laughter and song: letters of laughter only, or syllables that mean nothing.
_LAUGHTER = re.compile(
    r"(?:[haeioxj]|[хаеи]|[哈呵嘿嘻笑ㅋㅎㅠㅜwｗ草]|[\W_])+|(?:(?:blah?|la|na|da|ta|tik|tak|бла|ля|на|та|тук|ба|ла)[\W_]{0,3})+",
    re.IGNORECASE,
)
_SEPARATORS = " ,;.!?–—\u00a0、，。\n-"
_LETTER = re.compile(r"[^\W\d_]")
_TAIL = 4
_SENTENCE = re.compile(rf"[^.!?。！？।؟۔\n]+[.!?。！？।؟۔\"”»」』)）]{{0,{_TAIL}}}")
_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]+)(?: \1)+(?![\w'’-])", re.IGNORECASE)
_PLAIN_NOUN = 3.0  # Zipf: German nouns from here on are hardly names of towns (Baden-Baden) and persons
_PLAIN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Params:
    """What counts as a repetition."""

    unit: Literal["loop", "sentence", "word"] = setting("what is repeated")
    times: int = setting("a loop has at least so many rounds", 4)
    short_times: int = setting("and so many when one round is a word of up to four letters, or two signs", 8)
    length: int = setting(
        "a sentence has at least so many characters; half of them in Chinese or Japanese", 20
    )
    words: Mapping[str, tuple[str, ...]] | None = setting(
        "language → words that must not be (or may be) doubled", None
    )
    listed: Literal["only", "except"] = setting("what `words` says: only these, or all except these", "only")

    def __post_init__(self) -> None:
        if self.times < 2 or self.short_times < self.times:
            raise ValueError("“times” is at least 2, “short-times” not less than “times”")


def compile(params: Params) -> Detect:
    """The detector of one unit.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params("loop"))
    >>> texts = {"de": "Wegen der Brücke der Brücke der Brücke der Brücke.", "ja": "増加する増加する増加する増加する。"}
    >>> for lang, text in texts.items():
    ...     for hit in detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup(lang))):
    ...         print(hit.details["count"], hit.details["unit"])
    4 der Brücke
    4 増加する
    """

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        if params.unit == "loop":
            if not _has_no_period(segment.text, context.target, params):
                yield from _loops(segment.text, context.target.word_spaces, params)
        elif params.unit == "sentence":
            if _may_repeat(segment.text, context.target, params.length // 2):
                yield from _sentences(segment.text, params)
        else:
            yield from _doubled(segment.text, context.target.tag, params)

    return detect


def _loops(text: str, word_spaces: bool, params: Params) -> Iterator[Hit]:
    lowered = beginnings.lowered(text)
    if len(lowered) != len(text):  # İ becomes two code points
        lowered = text
    gram, step = _SPACED if word_spaces else _PACKED
    find, at, size = lowered.find, 0, len(text) - gram
    while at < size:
        near = find(lowered[at : at + gram], at + 1, at + _REACH + gram)
        loop = _loop_at(lowered, at, near, gram) if near > 0 else None
        if loop is None:
            at += step
            continue
        span, period = loop
        hit = _judged(text, span, period, params)
        if hit is not None:
            yield hit
        at = max(span.end - gram, at + step)


def _has_no_period(text: str, language: Language, params: Params) -> bool:
    """Whether no stretch of a text stands there often enough to be a loop.

    Of `times` rounds of p characters the last may lack what parts them, so p characters further on the
    same stands for at least (times - 2) p + 2 characters. One round has two letters: when it has no more
    characters than these, it is short.
    """
    if params.times < 4:
        return False
    shortest = (params.short_times - 2) * 2 + 2
    folded: str | bytes | None = _folded(text, language)
    if folded is None:
        lowered = text.lower()
        folded = lowered if len(lowered) == len(text) else text  # İ becomes two code points
    return not periods.has_period(folded, _REACH, lambda period: shortest if period == 2 else 2 * period + 2)


def _folded(text: str, language: Language) -> bytes | None:
    """A byte for each character of a text, the same for small and capital letters; None where case is odd."""
    page = alphabet.page_of(language)
    return page.folded(text) if page is not None and alphabet.of(language).is_even(text) else None


def _loop_at(text: str, at: int, near: int, gram: int) -> tuple[Span, int] | None:
    """The longest stretch around `at` in which the text repeats itself, and its period, or None.

    `near` is the next place where the `gram` characters of `at` stand. A stretch counts from three
    rounds on; at most three distances are tried.
    """
    for _ in range(3):
        period = near - at
        start, end = at, near
        while start > 0 and at - start < _REACH and text[start - 1] == text[start - 1 + period]:
            start -= 1
        while end < len(text) and text[end] == text[end - period]:
            end += 1
        if end - start >= 3 * period:
            return Span(start, end), period
        near = text.find(text[at : at + gram], near + 1, at + _REACH + gram)
        if near < 0:
            break
    return None


def _judged(text: str, span: Span, period: int, params: Params) -> Hit | None:
    """The hit of a stretch that repeats itself, in whole words, or None when it is no defect."""
    start, end = _whole_words(text, span)
    unit = text[start : start + period]
    core = unit.rstrip(_SEPARATORS)
    rounds = (end - start + period - len(core)) // period  # the last may lack what parts them
    bare = core.strip(_SEPARATORS)
    if len(_LETTER.findall(bare)) < 2 or len(set(bare.lower())) < 2:
        return None
    packed = _PLAIN.search(unit) is not None
    short = len(bare) <= (2 if packed else 4) and " " not in bare
    if rounds < (params.short_times if short else params.times) or _LAUGHTER.fullmatch(bare):
        return None
    first = start + len(core)
    found = Span(start, first + (rounds - 1) * period)
    repair = Repair("delete", (Edit(Span(first, found.end), ""),), f"keep one “{bare}”")
    return Hit(found, (repair,), {"unit": bare, "count": str(rounds)}, evidence=f"{rounds} times")


def _whole_words(text: str, span: Span) -> Span:
    """The span without the parts of words at its ends, in writing with spaces."""
    start, end = span
    while 0 < start < end and _joins(text[start - 1], text[start]):
        start += 1
    while start < end < len(text) and _joins(text[end - 1], text[end]):
        end -= 1
    while start < end and text[start] in _SEPARATORS:
        start += 1
    return Span(start, end)


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and left < "\u0e00" and right < "\u0e00"


def _sentences(text: str, params: Params) -> Iterator[Hit]:
    before, end, count = "", 0, 1
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip().lower()
        if sentence == before and "\n" not in text[end : found.start() + 1] and _is_long(sentence, params):
            count += 1
            span = Span(found.end() - len(found[0].lstrip()), found.end())
            repair = Repair("delete", (Edit(Span(end, found.end()), ""),), "delete the second one")
            yield Hit(span, (repair,), {"unit": text[span.slice], "count": str(count)})
        else:
            count = 1
        before, end = sentence, found.end()


_ENDS = ".!?。！？।؟۔"


def _may_repeat(text: str, language: Language, least: int) -> bool:
    """Whether a sentence of `least` characters or more may stand right after itself.

    Two that are alike have the same letters before their ends, and between these there is but the end of
    the first one, of up to four signs. So does the second one then, as the text goes on.

    >>> from cleaner.languages import lookup
    >>> texts = ("He left the town. She stayed there.", "“Who left it?” Who left it?")
    >>> [_may_repeat(text, lookup("en"), 10) for text in texts]
    [False, True]
    """
    size = least - _TAIL
    if size < _TAIL or not alphabet.of(language).is_even(text):
        return True
    for end in _ENDS:
        text = text.replace(end, "\n")
    letters = [piece[-size:].lower() for piece in text.split("\n") if len(piece) >= size]
    return any(map(operator.eq, letters, letters[1:]))


def _is_long(sentence: str, params: Params) -> bool:
    return len(sentence) >= (params.length // 2 if _PLAIN.search(sentence) else params.length)


def _doubled(text: str, tag: str, params: Params) -> Iterator[Hit]:
    listed = _listed(params, tag)
    if params.listed == "only":
        lowered = beginnings.lowered(text)
        if not any(f"{word} {word}" in lowered for word in listed):
            return
    for found in _WORD.finditer(text):
        word = found[1]
        if (word.lower() in listed) != (params.listed == "only"):
            continue
        if found[0][len(word) + 1].isupper() and not _is_noun(word, tag):  # The The, Han Han: names
            continue
        span = Span(*found.span())
        repair = Repair("delete", (Edit(Span(found.end(1), found.end()), ""),), "keep one")
        yield Hit(span, (repair,), {"unit": word, "count": str(found[0].count(" ") + 1)})


def _is_noun(word: str, tag: str) -> bool:
    """Whether a word with a capital is a plain noun of a language that gives them one, and no name."""
    return tag.split("-")[0] == "de" and (lexicon.zipf(word.lower(), "de") or 0.0) >= _PLAIN_NOUN


def _listed(params: Params, tag: str) -> frozenset[str]:
    return _words_of(tuple((lang, tuple(words)) for lang, words in (params.words or {}).items()), tag)


@functools.lru_cache(maxsize=64)
def _words_of(words: tuple[tuple[str, tuple[str, ...]], ...], tag: str) -> frozenset[str]:
    return frozenset(
        word for lang, listed in words if tag == lang or tag.startswith(lang + "-") for word in listed
    )
