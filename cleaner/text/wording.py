"""Which words no match of a phrase can be without, so that most texts need not be searched for it.

    Wanted(page, phrases).present(text, signs)    those of some phrases that may stand in a text

Phrases are written as in `detectors.phrases`: literal text with `…` for anything and `{a|b}` for one of
several. A word of a phrase that has marks on both sides stands in every text that has the phrase, as a word
of the text (`codepage`); of a choice, one of the words. What is written in letters of a script that the code
page lacks needs each of its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, TypeVar

from cleaner.text.codepage import Page
from cleaner.text.scripts import script_of
from cleaner.text.triggers import has_odd_case

T = TypeVar("T")
_Groups = tuple[frozenset[bytes], ...]  # of each of which a text with the phrase has a word
ANYTHING = "…"
_MOST = 40  # choices that are written out
_LATIN = b"?Latn"  # what stands for letters that the page lacks begins with their script


def parts(written: str) -> list[list[str]]:
    """What stands in a row: lists of alternatives, of one where there is no choice.

    >>> parts("{My|The} translation{s|}")
    [['My', 'The'], [' translation'], ['s', '']]
    """
    odd = re.split(r"[{}]", written)
    return [part.split("|") if number % 2 else [part] for number, part in enumerate(odd) if part]


def groups(page: Page, written: str, *, starts: bool, ends: bool) -> _Groups:
    """The words of which a match has one each, () when none is certain.

    `starts` and `ends` say whether a match has no letter right before it and after it.

    >>> from cleaner.text.codepage import page_for
    >>> page = page_for(frozenset())
    >>> [sorted(group) for group in groups(page, "I {cannot|can't} help… you", starts=True, ends=False)]
    [[b'i'], [b'can', b'cannot']]
    """
    row = _joined(page, parts(written))
    left, right = [starts], [ends]  # whether a word ends at each seam, whatever is chosen beside it
    for part in row:
        left.append(all(_parts(page, choice[-1]) if choice else left[-1] for choice in part))
    for part in reversed(row):
        right.append(all(_parts(page, choice[0]) if choice else right[-1] for choice in part))
    right.reverse()
    found: list[frozenset[bytes]] = []
    for number, part in enumerate(row):
        each = [list(_whole(page, choice, left[number], right[number + 1])) for choice in part]
        for words, choice in zip(each, part, strict=True):
            if not choice.isascii():
                words += dict.fromkeys(lacked(char) for char in choice if _is_lacked(page, char))
        if len(part) == 1:
            found += (frozenset((word,)) for word in each[0])
        elif all(each):
            found.append(frozenset(max(words, key=_rarity) for words in each))
    return tuple(dict.fromkeys(found))


@cache
def lacked(char: str) -> bytes:
    """What stands among the words for a letter that the page lacks: the letter, small or capital; its script
    where letter case is odd."""
    return _script(char) + (b"" if has_odd_case(char) else char.lower().encode("utf-8", "surrogatepass"))


@cache
def _script(char: str) -> bytes:
    return b"?" + script_of(char).encode()


def _rarity(word: bytes) -> int:
    """Letters of other scripts are rarer than words, those with odd accents more common."""
    return len(word) if word[0] != _LATIN[0] else 0 if word.startswith(_LATIN) else 99


def _joined(page: Page, row: list[list[str]]) -> list[list[str]]:
    """The same with neighbours in one where a word runs over both: photo{|s} is {photo|photos}."""
    out: list[list[str]] = []
    for part in row:
        runs_over = out and any(
            first and choice and not (_parts(page, first[-1]) or _parts(page, choice[0]))
            for first in out[-1]
            for choice in part
        )
        if runs_over and len(out[-1]) * len(part) <= _MOST:
            out[-1] = [first + choice for first in out[-1] for choice in part]
        else:
            out.append(part)
    return out


def _whole(page: Page, written: str, starts: bool, ends: bool) -> Iterator[bytes]:
    """The words of a stretch of a phrase that are whole in every text."""
    for found in page.run.finditer(written):
        start, end = found.span()
        begins = _parts(page, written[start - 1]) if start else starts
        stops = _parts(page, written[end]) if end < len(written) else ends
        if begins and stops and "ß" not in found[0]:  # SS in capitals; all others have both forms in the page
            yield from page.pieces(found[0])


@cache
def _parts(page: Page, char: str) -> bool:
    """Whether a character of a phrase ends a word of the text, in capital or small letters."""
    return char != ANYTHING and char.lower() not in page.letters and char.upper() not in page.letters


@cache
def _is_lacked(page: Page, char: str) -> bool:
    """Whether a character is a letter that the page lacks and that is a sign in a text of its languages."""
    return char.isalpha() and _parts(page, char) and not page.is_spared(char)


class Wanted(Generic[T]):
    """Phrases in the languages of a code page, by their words; each needs one of each of its groups.

    A phrase is given as whatever stands for it, and its groups.
    """

    __slots__ = ("_all", "_keys", "_page", "_phrases")

    def __init__(self, page: Page, phrases: Iterable[tuple[T, _Groups]]) -> None:
        self._page = page
        self._all: list[T] = []
        self._phrases: dict[bytes, list[tuple[T, _Groups]]] = {}
        for phrase, groups in phrases:  # a text with the phrase has one of these words; long ones are rare
            self._all.append(phrase)
            for word in max(groups, key=lambda group: min(map(_rarity, group))):
                self._phrases.setdefault(word, []).append((phrase, groups))
        self._keys = frozenset(self._phrases)

    def present(self, text: str, signs: frozenset[str], *, is_even: bool) -> list[T]:
        """The phrases that may stand in a text; `signs` has all letters that its language lacks.

        All of them when letter case is odd (not `is_even`).
        """
        if not is_even:
            return self._all
        words, strange = self._page.words(text), self._page.strange(signs)
        others = frozenset(map(lacked, strange)).union(map(_script, strange)) if strange else strange
        if self._keys.isdisjoint(words) and (not strange or self._keys.isdisjoint(others)):
            return []
        return [
            phrase
            for word in (self._keys & words) | (self._keys & others)
            for phrase, groups in self._phrases[word]
            if not any(group.isdisjoint(words) and group.isdisjoint(others) for group in groups)
        ]
