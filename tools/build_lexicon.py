#!/usr/bin/env python3
"""Build cleaner/languages/data/lexicon/*.lex from the word lists of wordfreq and simplemma.

    pip install wordfreq==3.1.1 simplemma==2.0.0
    python tools/build_lexicon.py [LANG …]

The result is the same on every machine. wordfreq's lists are CC BY-SA 4.0 and simplemma's are MIT:
see the NOTICE beside the files. How many words a language gets is a matter of the budget: the
wheel stays under 5 MB, and a language that is often translated from or into gets more.

A rare word that another language of the same script uses fifty times as often is left out unless a
dictionary knows it: frequency lists are made from the web, and each of them is full of English.
"""

from __future__ import annotations

import functools
import math
import pathlib
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable

from cleaner.languages import lexicon
from cleaner.languages.lexicon import (
    COMMON,
    FREQUENT,
    LIKELY,
    RARE_STEP,
    RAREST,
    SPREAD,
    SPREAD_STEP,
    STEP,
    Filter,
    Lexicon,
    hashed,
    trigrams,
)
from cleaner.text.words import WORD

FOLDER = pathlib.Path(__file__).parents[1] / "cleaner/languages/data/lexicon"

# Language → (thousands of words to keep, whether dictionary forms fill up what wordfreq lacks)
BUDGET: dict[str, tuple[int, bool]] = {
    "en": (265, True), "de": (200, True), "cs": (220, True), "sh": (330, True),
    "fr": (140, True), "es": (135, True), "is": (110, True), "pl": (70, True),
    "it": (75, True), "pt": (75, True), "nl": (75, True), "sv": (65, True),
    "nb": (50, True), "da": (50, True), "fi": (45, True), "hu": (45, True),
    "ro": (45, True), "tr": (50, True), "sk": (50, True), "sl": (50, True),
    "ru": (95, True), "uk": (100, True), "bg": (45, True),
    "el": (12, False), "he": (15, False), "ar": (12, False), "fa": (10, False),
    "hi": (12, False), "ja": (15, False), "zh": (15, False), "ko": (10, False),
}  # fmt: skip

# Scripts whose lists contaminate each other, and whose trigrams are worth keeping.
LATIN = frozenset(
    [
        "en",
        "de",
        "cs",
        "fr",
        "es",
        "sh",
        "is",
        "pl",
        "it",
        "pt",
        "nl",
        "sv",
        "nb",
        "da",
        "fi",
        "hu",
        "ro",
        "tr",
        "sk",
        "sl",
    ]
)
CYRILLIC = frozenset(["ru", "uk", "bg"])
TRIGRAM_TYPES = 60_000  # so many of the commonest words teach the trigrams
# Languages of which `rare` keeps classes: lists that reach far down, and what is Latin in other scripts.
CLASSED = frozenset({"en", "de", "fr", "es", "cs", "ru", "uk", "he", "ar", "ja", "zh"})
CHECKED = frozenset({"en"})  # most texts come from English: there strangers are kept out with two bits more
# The large lists of Latin script, and in how many of them an international word is found.
SPREAD_OVER = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "nb", "fi")
SPREAD_LEAST = 7
NOISE = 1.7  # English is 100 times rarer in a list of another language than in its own
LOAN = 2.6  # a Latin word that is rarer by more comes from English sentences, not from the language
LOAN_LEAST = 1.3  # the Zipf value below which chance decides what stands in a list
TRIGRAM_SEEN = 3  # a trigram in fewer words is chance


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    total = 0
    if not sys.argv[1:]:
        data = lexicon.write_filter(fill_filter(spread(), 4))
        (FOLDER / "international.fuse").write_bytes(data)
        total += len(data)
    for lang in sys.argv[1:] or BUDGET:
        data = lexicon.write(build(lang))
        (FOLDER / f"{lang}.lex").write_bytes(data)
        total += len(data)
        print(f"{lang}: {len(data):,} bytes", file=sys.stderr)
    print(f"{total:,} bytes", file=sys.stderr)


def build(lang: str) -> Lexicon:
    """The four filters of a language."""
    thousands, fill = BUDGET[lang]
    zipfs = frequencies(lang)
    own = [word for word in zipfs if in_script(word, lang)][: thousands * 1000]
    borrowed = [word for word in zipfs if not in_script(word, lang)]
    common = {word: zipfs[word] for word in own + borrowed if zipfs[word] >= COMMON}
    known = dictionary(lang) if fill else frozenset()
    rare = [word for word in own if zipfs[word] < COMMON and is_own(word, zipfs[word], lang, known)]
    rare += [word for word in borrowed if zipfs[word] < COMMON]
    room = thousands * 1000 - len(common)
    if len(rare) < room and fill:
        more = sorted(word for word in known - zipfs.keys() if 3 < len(word) < 16)
        rare += more[:: max(1, -(-len(more) // (room - len(rare))))]
    classes = {word: min(15, int((value - COMMON) / STEP)) for word, value in common.items()}
    letters = (
        likelihoods(lang, [word for word in (*common, *rare) if in_script(word, lang)])
        if lang in LATIN | CYRILLIC
        else {}
    )
    print(f"{lang}: {len(common):,} common, {len(rare):,} rare, {len(letters):,} trigrams", file=sys.stderr)
    return Lexicon(
        fill_filter(dict.fromkeys((w for w, value in common.items() if value >= FREQUENT), 0), 0),
        fill_filter(classes, 4),
        fill_filter(
            {word: rarity(zipfs.get(word, 0.0)) | lexicon.check(hashed(word)) << 2 for word in rare}
            if lang in CHECKED
            else {word: rarity(zipfs.get(word, 0.0)) for word in rare},
            4 if lang in CHECKED else 2 if lang in CLASSED else 0,
        ),
        fill_filter(letters, 4),
    )


def rarity(value: float) -> int:
    """The class of a word in `rare`; `RAREST` is the middle of the lowest."""
    return max(0, min(3, int((value - RAREST + RARE_STEP / 2) / RARE_STEP)))


def spread() -> dict[str, int]:
    """Words found in `SPREAD_LEAST` of the lists or more → class of the Zipf value that they reach in so many."""
    values: dict[str, list[float]] = {}
    for lang in SPREAD_OVER:
        for word, value in frequencies(lang).items():
            if in_script(word, lang):
                values.setdefault(word, []).append(value)
    reached = {
        word: sorted(found)[-SPREAD_LEAST] for word, found in values.items() if len(found) >= SPREAD_LEAST
    }
    return {word: max(0, min(15, round((value - SPREAD) / SPREAD_STEP))) for word, value in reached.items()}


@functools.cache
def frequencies(lang: str) -> dict[str, float]:
    """Words of wordfreq's largest list with their Zipf values, most frequent first."""
    import wordfreq

    listed = wordfreq.get_frequency_list(lang, wordlist="best")
    found: dict[str, float] = {}
    for centibels, words in enumerate(listed):
        for word in sorted(words):
            word = unicodedata.normalize("NFC", word)
            if WORD.fullmatch(word) and (in_script(word, lang) or is_borrowed(word, 9 - centibels / 100)):
                found.setdefault(word, 9 - centibels / 100)
    return found


@functools.cache
def dictionary(lang: str) -> frozenset[str]:
    """Inflected forms that simplemma knows, in lower case."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms = DefaultDictionaryFactory().get_dictionary({"sh": "hbs"}.get(lang, lang))
    folded = (unicodedata.normalize("NFC", form).casefold() for form in forms)
    return frozenset(form for form in folded if WORD.fullmatch(form) and in_script(form, lang))


def in_script(word: str, lang: str) -> bool:
    """Whether a word could be of the language by its first letter."""
    name = unicodedata.name(word[0], "").split(" ")[0]
    if lang in LATIN:
        return name == "LATIN"
    if lang in CYRILLIC:
        return name == "CYRILLIC"
    return name != "LATIN"


def is_borrowed(word: str, value: float) -> bool:
    """Whether a Latin word in the list of a language with other letters is at home there.

    `usb` is as common in Japanese as in English, `order` a hundred times rarer: that one comes from
    English sentences in Japanese web pages.
    """
    if value < LOAN_LEAST or len(word) < 2 or not word.isascii():
        return False
    return all(frequencies(other).get(word, 0) < value + LOAN for other in ("en", "de", "fr", "es", "it"))


def is_own(word: str, value: float, lang: str, known: frozenset[str]) -> bool:
    """Whether a rare word is more than foreign matter in this language's list."""
    if word in known:
        return True
    others = LATIN if lang in LATIN else CYRILLIC if lang in CYRILLIC else frozenset()
    return all(frequencies(other).get(word, 0) < value + NOISE for other in others if other != lang)


def likelihoods(lang: str, words: Iterable[str]) -> dict[str, int]:
    """Trigrams of letters → class of −log2 P(last letter | first two)."""
    grams: Counter[str] = Counter()
    others = (LATIN if lang in LATIN else CYRILLIC) - {lang}
    zipfs = frequencies(lang)
    taken = 0
    for word in words:
        value = zipfs.get(word, 2.0)
        if any(frequencies(other).get(word, 0) > value for other in others):
            continue
        grams.update(trigrams(word))
        taken += 1
        if taken == TRIGRAM_TYPES:
            break
    before: Counter[str] = Counter()
    for gram, count in grams.items():
        before[gram[:2]] += count
    kept = sorted(gram for gram, count in grams.items() if count >= TRIGRAM_SEEN)
    return {gram: min(15, round(-math.log2(grams[gram] / before[gram[:2]]) / LIKELY)) for gram in kept}


def fill_filter(values: dict[str, int], bits: int) -> Filter:
    """A filter of these strings: hang every key on three slots, then peel off those that hang alone."""
    keys = {hashed(text): value for text, value in sorted(values.items())}
    count = len(keys)
    if not count:
        return Filter(0, 1, 0, b"", b"", bits)
    segment = 1 << max(2, min(18, int(math.log(count) / math.log(3.33) + 2.25)))
    size = int(count * max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(max(count, 2))))
    slots = max(3, -(-size // segment)) * segment
    for seed in range(1, 1000):
        empty = Filter(seed, segment, slots, b"", b"", bits)
        order = peel(keys, empty)
        if order is not None:
            return assign(keys, empty, order)
    raise RuntimeError("no seed works")


def peel(keys: Iterable[int], empty: Filter) -> list[tuple[int, int]] | None:
    """Pairs (key, the slot that is its own), in the order of peeling, or None when a knot remains."""
    degree = [0] * empty.slots
    hanging = [0] * empty.slots  # XOR of the keys at a slot: with one left, it is that key
    count = 0
    for key in keys:
        count += 1
        for slot in empty.places(key)[:3]:
            degree[slot] += 1
            hanging[slot] ^= key
    alone = [slot for slot in range(empty.slots) if degree[slot] == 1]
    order: list[tuple[int, int]] = []
    while alone:
        slot = alone.pop()
        if degree[slot] != 1:
            continue
        key = hanging[slot]
        order.append((key, slot))
        for other in empty.places(key)[:3]:
            degree[other] -= 1
            hanging[other] ^= key
            if degree[other] == 1:
                alone.append(other)
    return order if len(order) == count else None


def assign(keys: dict[int, int], empty: Filter, order: list[tuple[int, int]]) -> Filter:
    """Fill the slots backwards, so that the own slot of each key is still free to make its XOR right."""
    cells = [0] * empty.slots
    for key, slot in reversed(order):
        a, b, c, fingerprint = empty.places(key)
        want = fingerprint << 4 | keys[key]
        cells[slot] = 0
        cells[slot] = want ^ cells[a] ^ cells[b] ^ cells[c]
    prints = bytes(cell >> 4 for cell in cells)
    return Filter(empty.seed, empty.segment, empty.slots, prints, packed(cells, empty.bits), empty.bits)


def packed(cells: list[int], bits: int) -> bytes:
    """The classes of some cells, the first in the lowest bits of each byte."""
    if not bits:
        return b""
    each = 8 // bits
    full = [*cells, *[0] * (-len(cells) % each)]
    return bytes(
        sum((full[at + i] & 0xF) << (i * bits) for i in range(each)) for at in range(0, len(full), each)
    )


if __name__ == "__main__":
    main()
