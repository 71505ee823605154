"""Which language is a text in, told by its function words: the, of, and, to, in …

No text of some length does without them, and relatives that share most of their words differ in some of
these: Czech has se, Slovak sa, Danish af, Norwegian av. Counting them takes a fiftieth of the time that
langdetect takes, and covers languages of which langdetect has no profile, as Belarusian and Serbian. Of
Chinese, characters that only one of the two orthographies has are counted.

Cannot tell short texts, mixed ones, and languages that are not in `data/function-words.txt`: their
texts have too few of the words of any other, and then nothing is said. Where a language that we do not know
has the function words of one that we do (Scots, Walloon, Asturian), it is taken for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from cleaner.languages import data_folder
from cleaner.values import dataclass

# A text is in a language when it has
HITS = 8  # so many of its function words, or more,
KINDS = 7  # so many different ones, of two letters or more: a, e, i, o are words in too many languages,
SHARE = 0.7  # this part of what its texts usually have,
ALONE = 5  # and, seen from each other language, so many that are not words of that one,
TIMES = 3  # which is so many times what that one has and this one has not.

# Runs of what is neither space nor mark nor digit; the vowel signs of Indian scripts are no letters (\w).
_WORD = re.compile(r"[^\s!-@\[-`{-¿\u2010-\u206f।॥،؛؟۔]+")
_SIGN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Lists:
    """The function words of the languages of one script."""

    languages: dict[str, tuple[str, ...]]  # word → tags
    shares: dict[str, float]  # tag → the share of function words among the words of its texts


def told(text: str, script: str) -> str | None:
    """The BCP 47 tag of the language of a text that is mainly in this script, or None.

    >>> told("The ministers of the two countries met in the capital and said that they would be "
    ...      "at the table again as soon as the budget is on it.", "Latn")
    'en'
    >>> told("The ministers met.", "Latn") is None
    True
    """
    lists = _lists(script)
    words = Counter(_SIGN.findall(text) if script == "Hani" else _WORD.findall(text.lower()))
    languages = lists.languages
    known = [(word, words[word], languages[word]) for word in filter(languages.__contains__, words)]
    hits: dict[str, int] = defaultdict(int)
    for _, count, tags in known:
        for tag in tags:
            hits[tag] += count
    if not hits:
        return None
    best = max(hits, key=hits.__getitem__)
    shared: dict[str, int] = defaultdict(int)
    kinds = 0
    for word, count, tags in known:
        if best in tags:
            kinds += len(word) > 1 or script == "Hani"
            for tag in tags:
                shared[tag] += count
    size = sum(words.values())
    if hits[best] < max(HITS, SHARE * lists.shares[best] * size) or kinds < KINDS:
        return None
    for tag, count in hits.items():
        alone = hits[best] - shared[tag]
        if tag != best and alone < max(ALONE, TIMES * (count - shared[tag])):
            return None
    return best


@cache
def _lists(script: str) -> _Lists:
    content = (data_folder() / "function-words.txt").read_text("utf-8")
    _, _, section = content.partition(f"\n[{script}]\n")
    languages: dict[str, tuple[str, ...]] = {}
    shares: dict[str, float] = {}
    for entry in re.split(r"\n(?! )", section.partition("\n[")[0]):
        head, _, words = entry.partition(":")
        if not words:
            continue
        tag, share = head.split()
        shares[tag] = float(share)
        for word in "".join(words.split()) if script == "Hani" else words.split():
            languages[word] = (*languages.get(word, ()), tag)
    return _Lists(languages, shares)
