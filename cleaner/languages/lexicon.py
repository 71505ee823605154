"""How common a word is in a language, from files of one to two bytes a word.

A frequency list with its words written out would need four bytes a word even when compressed, and
a wheel that knows three million words must stay small. So a list is a *binary fuse filter* (Graf
and Lemire, "Binary Fuse Filters", ACM JEA 2022): a word has three places in a table of bytes, and
the XOR of what stands there is its fingerprint. The words themselves are not in the file.

A file `data/lexicon/LANG.lex` holds four filters, built by `tools/build_lexicon.py`:

    frequent words from Zipf 5.0 up, 8 bits: fingerprint only, to make sure of what `common` says
    common   words from Zipf 3.0 up, 12 bits: fingerprint and frequency class
    rare     known words below 3.0 and forms known to a dictionary, 8 bits: fingerprint only; 10
             bits, with a class, in the languages whose list goes far below 3.0; 12 in English, two
             of them to make sure
    letters  trigrams of letters, 12 bits: fingerprint and class of their likelihood

`data/lexicon/international.fuse` is one more filter of 12 bits: what is spelt alike in most languages
of Latin script, and how common it is there.

What it cannot know: a word that was not in the list passes for a known one 1 time in 170 (once in
512 as common, once in 256 as rare, in English once in 1,024), for good: the same word always does.
Names stand in the lists as other words do, in lower case. The lists end with 2021.
"""

from __future__ import annotations

import functools
import re
import struct
from collections.abc import Iterator

from cleaner.hashing import blake2b
from cleaner.languages import data_folder
from cleaner.values import dataclass

MAGIC = b"LEX2"
HEADER = struct.Struct("<IIQI")  # bits of a class, segment length, seed, slots
_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15

_JOINT = re.compile("[’'ʼ‐‑-]")
FREQUENT = 5.0  # the Zipf value at which `frequent` begins
COMMON = 3.0  # the Zipf value at which `common` begins
STEP = 0.25  # the width of a frequency class
RARE = 2.0  # what `zipf` says of a word in `rare` where no classes are kept
RAREST, RARE_STEP = 1.25, 0.5  # where they are: the middle of the lowest class and the way to the next
SPREAD, SPREAD_STEP = 1.0, 0.5  # the classes of `international`
LIKELY = 0.5  # the width of a class of trigrams, in bits
UNLIKELY = 9.0  # bits that an unseen trigram costs


@dataclass(frozen=True, slots=True)
class Filter:
    """A static map from strings to small numbers that has forgotten its keys.

    `prints` holds one byte a slot, `classes` `bits` of a byte a slot: 4 or 2, or 0 where mere
    membership is asked. `tools/build_lexicon.py` fills them.
    """

    seed: int
    segment: int
    slots: int
    prints: bytes
    classes: bytes
    bits: int

    def places(self, key: int) -> tuple[int, int, int, int]:
        """The three slots of a hashed key, and its fingerprint."""
        key = ((key ^ self.seed) * _MIX) & _MASK
        key ^= key >> 32
        first = (key * (self.slots - 2 * self.segment)) >> 64
        mask = self.segment - 1
        second = (first + self.segment) ^ ((key >> 18) & mask)
        third = (first + 2 * self.segment) ^ (key & mask)
        return first, second, third, (key ^ (key >> 32)) & 0xFF

    def get(self, key: int) -> int | None:
        """The class of a hashed key, 0 where none is kept, None for a key that is not there.

        One absent key in 256 gets a number all the same.
        """
        if not self.slots:
            return None
        a, b, c, want = self.places(key)
        prints = self.prints
        if prints[a] ^ prints[b] ^ prints[c] != want:
            return None
        if not self.bits:
            return 0
        return self._class(a) ^ self._class(b) ^ self._class(c)

    def _class(self, slot: int) -> int:
        at = slot * self.bits
        return (self.classes[at >> 3] >> (at & 7)) & ((1 << self.bits) - 1)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one file knows."""

    frequent: Filter
    common: Filter
    rare: Filter
    letters: Filter


@functools.lru_cache(maxsize=65536)
def hashed(text: str) -> int:
    """64 bits of a string, the same on every machine and in every run."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def check(key: int) -> int:
    """Two more bits of a hashed key, for a fingerprint that must fail less often."""
    return key & 3


@functools.cache
def languages() -> frozenset[str]:
    """The languages that we have a lexicon of.

    >>> "de" in languages(), "tlh" in languages()
    (True, False)
    """
    folder = data_folder() / "lexicon"
    names = (entry.name for entry in folder.iterdir())
    return frozenset(name.removesuffix(".lex") for name in names if name.endswith(".lex"))


# Languages that share a list: Serbo-Croatian in Latin letters is one, Norwegian means Bokmål.
_SHARED = {"hr": "sh", "bs": "sh", "sr": "sh", "cnr": "sh", "no": "nb", "nn": "nb", "iw": "he"}


def has(lang: str) -> bool:
    """Whether we have a lexicon of this language.

    >>> has("pt-BR"), has("hr"), has("liv")
    (True, True, False)
    """
    return _file(lang) is not None


@functools.lru_cache(maxsize=65536)
def zipf(word: str, lang: str) -> float | None:
    """How common a word is, as log10 of its occurrences in a billion words; None when not known.

    Steps of ¼ from 3.0 up (6 is a word like "after", 3 one like "goalless"). Rarer words that are
    known give 1.25, 1.75, 2.25 or 2.75 in the languages with large lists, elsewhere 2.0; words that
    only a dictionary knows give the least of these. Letter case does not matter (ß is ss). An unknown
    word gives a number 1 time in 170, in English 1 time in 340.
    None as well for a language that we have no lexicon of: ask `has`.

    A word with an apostrophe or hyphen counts as its rarest part where the list has it rarer or not
    at all: lists of words are seldom made with hyphens.

    >>> zipf("будут", "ru") > zipf("будут", "uk")
    True
    >>> zipf("Straße", "de"), zipf("Straße", "en"), zipf("n’étais", "fr") is None
    (5.25, None, False)
    """
    lexicon = _load(lang)
    if lexicon is None:
        return None
    key = hashed(word.casefold())
    step = lexicon.common.get(key)
    if step is not None:
        value = COMMON + step * STEP
        if value < FREQUENT or lexicon.frequent.get(key) is not None:
            return value
    step = lexicon.rare.get(key)
    own = None
    if step is not None and (lexicon.rare.bits < 4 or step >> 2 == check(key)):
        own = RAREST + (step & 3) * RARE_STEP if lexicon.rare.bits else RARE
    parts = [part for part in _JOINT.split(word) if part]
    if len(parts) < 2:
        return own
    values = [zipf(part, lang) for part in parts if len(part) > 2 or len(parts) == 2]
    known = [value for value in values if value is not None]
    return max(own or 0.0, min(known)) if known and len(known) == len(values) else own


@functools.lru_cache(maxsize=65536)
def strangeness(word: str, lang: str) -> float | None:
    """Bits a letter that the spelling of a word costs in a language; None without its trigrams.

    2 to 3 is a word as they come, over 5 is no word of the language. Short words say little.

    >>> strangeness("wahrscheinlich", "de") < strangeness("wahrscheinlich", "fr")
    True
    """
    lexicon = _load(lang)
    if lexicon is None or not lexicon.letters.slots:
        return None
    costs = [_cost(gram, lang) for gram in trigrams(word.casefold())]
    return sum(costs) / len(costs)


@functools.lru_cache(maxsize=65536)
def international(word: str) -> float | None:
    """The Zipf value that a word reaches in seven of twelve languages of Latin script, in steps of ½.

    None for a word that is found in fewer (and for 255 of 256 words that are found in none): names,
    brands and loanwords are spread evenly, what one language mixes into others is much rarer there.

    >>> international("matcha"), international("tsunami"), international("ranting")
    (2.0, 3.5, None)
    """
    step = _international().get(hashed(word.casefold()))
    return None if step is None else SPREAD + step * SPREAD_STEP


@functools.cache
def _international() -> Filter:
    path = data_folder() / "lexicon" / "international.fuse"
    return read_filter(path.read_bytes(), 0)[0]


def trigrams(word: str) -> Iterator[str]:
    """The trigrams of a word with its edges; these are the keys of `letters`.

    >>> list(trigrams("va"))
    ['  v', ' va', 'va ']
    """
    padded = f"  {word} "
    return (padded[i : i + 3] for i in range(len(padded) - 2))


@functools.lru_cache(maxsize=65536)
def _cost(gram: str, lang: str) -> float:
    lexicon = _load(lang)
    step = lexicon.letters.get(hashed(gram)) if lexicon else None
    return UNLIKELY if step is None else step * LIKELY


@functools.cache
def _file(lang: str) -> str | None:
    base = lang.lower().replace("_", "-").split("-")[0]
    base = _SHARED.get(base, base)
    return base if base in languages() else None


@functools.cache
def _load(lang: str) -> Lexicon | None:
    name = _file(lang)
    if name is None:
        return None
    if name != lang:
        return _load(name)
    data = (data_folder() / "lexicon" / f"{name}.lex").read_bytes()
    return read(data)


def read(data: bytes) -> Lexicon:
    """The lexicon in the bytes of a file. Raises ValueError when they are something else."""
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("not a lexicon file")
    at = len(MAGIC)
    filters = []
    for _ in range(4):
        part, at = read_filter(data, at)
        filters.append(part)
    return Lexicon(*filters)


def read_filter(data: bytes, at: int) -> tuple[Filter, int]:
    """The filter that begins at an offset, and where it ends."""
    bits, segment, seed, slots = HEADER.unpack_from(data, at)
    at += HEADER.size
    end = at + slots
    last = end + (slots * bits + 7) // 8
    return Filter(seed, segment, slots, data[at:end], data[end:last], bits), last


def write(lexicon: Lexicon) -> bytes:
    """The bytes of a lexicon; the opposite of `read`."""
    parts = (lexicon.frequent, lexicon.common, lexicon.rare, lexicon.letters)
    return MAGIC + b"".join(map(write_filter, parts))


def write_filter(part: Filter) -> bytes:
    """The bytes of a filter; the opposite of `read_filter`."""
    return HEADER.pack(part.bits, part.segment, part.seed, part.slots) + part.prints + part.classes
