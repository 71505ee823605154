"""What two stretches of text state differently, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaner.model import Invariant
from cleaner.text.words import is_sentence_start
from cleaner.verify.facts import PARAGRAPH
from cleaner.verify.tokens import Token, letters

_EMPTY_LINE = "the empty line between two paragraphs"
SHOWN = 5  # lost and new ones that a message names
_LONG = frozenset(
    {Invariant.URLS, Invariant.EMAILS, Invariant.PLACEHOLDERS, Invariant.HANDLES, Invariant.MARKUP}
)


def told(
    old: Sequence[Token], new: Sequence[Token], before: str, after: str
) -> Iterator[tuple[Invariant, str]]:
    """Kind by kind, what became of some facts of one text in another one.

    When every kind is what it was, facts of two kinds may have changed places: 5 men and women, men
    and 5 women.
    """
    found = list(_by_kind(_without_pieces(old, new), _without_pieces(new, old), before, after))
    yield from found
    if not found and _order(old) != _order(new):
        kind = next((fact.kind for fact in old if fact.kind is not Invariant.LETTERS), None)
        yield kind or Invariant.LETTERS, f"{listed([fact.key for fact in old])} are in another order"


def _order(found: Sequence[Token]) -> list[tuple[Invariant | None, str]]:
    """Facts as they follow each other; a word is the same in one piece or in two."""
    out: list[tuple[Invariant | None, str]] = []
    for kind, group in groupby(found, key=lambda fact: fact.kind):
        if kind is Invariant.LETTERS:
            out.append((kind, letters(list(group))))
        else:
            out += [(kind, fact.key) for fact in group]
    return [one for one in out if one[1]]


def _by_kind(
    old: Sequence[Token], new: Sequence[Token], before: str, after: str
) -> Iterator[tuple[Invariant, str]]:
    for kind in Invariant:
        if kind not in (Invariant.LETTERS, Invariant.NAMES):
            was, now = ([fact.key for fact in part if fact.kind is kind] for part in (old, new))
            if was != now:
                yield kind, became(was, now)
    words, others = ([fact for fact in part if fact.kind is Invariant.LETTERS] for part in (old, new))
    if letters(words) == letters(others):
        return
    names = _names(words, others, before, after)
    for kind in (Invariant.NAMES, Invariant.LETTERS):
        wanted = kind is Invariant.NAMES
        was, now = ([fact.key for fact in part if (fact.key in names) is wanted] for part in (words, others))
        if was != now:
            yield kind, became(was, now)


def _without_pieces(found: Sequence[Token], others: Sequence[Token]) -> list[Token]:
    """Without what is only left of an address, a tag or a placeholder that the others have whole."""
    mine = {fact.key for fact in found}
    whole = "\0".join(fact.key for fact in others if fact.kind in _LONG and fact.key not in mine)
    return [fact for fact in found if fact.kind in _LONG or fact.key not in whole] if whole else list(found)


def _names(old: Sequence[Token], new: Sequence[Token], before: str, after: str) -> set[str]:
    """Which words are names: written with a capital letter inside of a sentence, in one text or the other.

    Not those of which only the case has changed.
    """
    found = {
        fact.key
        for part, text in ((old, before), (new, after))
        for fact in part
        if fact.key[0].isupper() and not is_sentence_start(text, fact.span.start)
    }
    written = [{fact.key for fact in part} for part in (old, new)]
    lost, added = written[0] - written[1], written[1] - written[0]
    recased = {key.casefold() for key in lost} & {key.casefold() for key in added}
    return {key for key in found if key.casefold() not in recased}


def became(old: Sequence[str], new: Sequence[str]) -> str:
    """What became of some words.

    >>> became(["Kyiv"], ["Kiev"]), became(["5", "7"], ["7"]), became([], ["5"])
    ('“Kyiv” became “Kiev”', '“5” is gone', '“5” is new')
    >>> became(["3", "5"], ["5", "3"])
    '“3”, “5” are in another order'
    """
    lost = list((Counter(old) - Counter(new)).elements())
    added = list((Counter(new) - Counter(old)).elements())
    if lost and added:
        return f"{listed(lost)} became {listed(added)}"
    if lost:
        return f"{listed(lost)} {_is(lost)} gone"
    if added:
        return f"{listed(added)} {_is(added)} new"
    return f"{listed(old)} are in another order"


def _is(words: Sequence[str]) -> str:
    return "is" if len(words) == 1 or set(words) == {PARAGRAPH} else "are"


def listed(words: Sequence[str]) -> str:
    """Some words as a message names them.

    >>> print(listed(list("абвгдеж")), "/", listed(["5"] * 900 + ["7"]))
    “а”, “б”, “в”, “г”, “д” and 2 more / “5” (900 times), “7”
    """
    if set(words) == {PARAGRAPH}:
        return _EMPTY_LINE
    if len(words) <= SHOWN:
        return ", ".join(map(_quoted, words))
    counts = Counter(words)
    shown = [
        _quoted(word) + (f" ({count:,} times)" if count > 1 else "")
        for word, count in list(counts.items())[:SHOWN]
    ]
    more = f" and {len(counts) - SHOWN:,} more" if len(counts) > SHOWN else ""
    return ", ".join(shown) + more


def _quoted(word: str) -> str:
    if word == PARAGRAPH:
        return _EMPTY_LINE
    return f"“{word if len(word) <= 60 else word[:59] + '…'}”"
