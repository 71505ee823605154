"""What the aligned original says of a fragment of its translation.

A word that was left behind stands in the original as it stands in the translation; so does a name.
What the original adds is *how* it stands there: as a plain word in lower case, only with a capital,
inside an address or a handle, in quotation marks, beside names. And a word of the source language
that the original does not hold came by another language.

Cannot see which of several equal words of the original a fragment comes from: all of them speak.
"""

from __future__ import annotations

import re

from cleaner.offsets import Span
from cleaner.text import protect, words
from cleaner.text.recent import recent
from cleaner.values import dataclass

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


@dataclass(frozen=True, slots=True)
class Original:
    """The words of an original: outside of masks with their places, inside of them, and in any case."""

    text: str
    places: dict[str, tuple[Span, ...]]
    masked: frozenset[str]
    folded: frozenset[str]


@recent(16)
def read(text: str) -> Original:
    """The words of a text, and the Latin ones apart from Han and kana that they are glued to."""
    masks = protect.masked(text)
    places: dict[str, tuple[Span, ...]] = {}
    masked = set()
    found = dict.fromkeys(
        (*words.words(text), *(Span(*latin.span()) for latin in _LATIN_WORD.finditer(text)))
    )
    for span in found:
        word = text[span.slice]
        if protect.mask_at(masks, span):
            masked.add(word)
        else:
            places[word] = (*places.get(word, ()), span)
    return Original(text, places, frozenset(masked), frozenset(word.casefold() for word in places))


def holds(original: str | None, word: str) -> bool:
    """Whether the original has this word, in the same case, outside of addresses and handles.

    >>> holds("Der Zug fährt, siehe zug.ch.", "Zug"), holds("Siehe zug.ch.", "zug")
    (True, False)
    """
    return original is not None and word in read(original).places


def observe(run: str, original: str) -> set[str]:
    """What is seen of the words of a run in the original.

    >>> sorted(observe("legifrance", "Les papiers sont sur legifrance, je crois."))
    ['in original']
    >>> sorted(observe("dráhy", "Nahradí České Dráhy.")), sorted(observe("khou", "See khou.com for it."))
    (['capital in original', 'not in original'], ['address in original', 'not in original'])
    """
    source = read(original)
    own = words.WORD.findall(run)
    there = sum(word in source.places for word in own)
    seen = {"in original" if there == len(own) else "partly in original" if there else "not in original"}
    missing = [word for word in own if word not in source.places]
    if any(word in source.masked for word in missing):
        seen.add("address in original")
    if any(word.casefold() in source.folded for word in missing):
        seen.add("capital in original")
    at = source.places.get(own[0], ()) if own else ()
    if at and all(words.fence(original, span) or words.is_quoted(original, span) for span in at):
        seen.add("quoted in original")
    if own and own[-1].islower() and _beside_names(source, own):
        seen.add("name beside in original")
    return seen


def _beside_names(source: Original, own: list[str]) -> bool:
    """Whether a capitalised word stands right before the run in the original, or right after it."""
    firsts, lasts = source.places.get(own[0], ()), source.places.get(own[-1], ())
    before = (
        words.before(source.text, span.start, 24)[:1]
        for span in firsts
        if _joined(source.text, span.start - 1)
    )
    after = (words.after(source.text, span.end, 24)[:1] for span in lasts if _joined(source.text, span.end))
    return any(near and near[0][:1].isupper() and len(near[0]) > 1 for near in (*before, *after))


def _joined(text: str, at: int) -> bool:
    return text[at : at + 1] in (" ", "\u00a0")
