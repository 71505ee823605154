"""Question marks that stand for letters: what an encoding without these letters left of the text.

    Nejvy??? soud      m?tropolitaine      ?????? ????????

The letters are gone. In writing that is mostly ASCII the words around the gaps prove the damage: a
word that becomes one of the language when a letter takes the place of the mark. In other writing
nothing but marks is left, and their pattern proves it: words of marks, with spaces between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from cleaner.detectors.mojibake.judge import Judge
from cleaner.languages import lexicon
from cleaner.offsets import Span, SpanIndex
from cleaner.text.protect import mask_at, masked

# Words of marks: three of them, or a single long run that no sentence would end with.
_MARKS_ONLY = re.compile(r"(?<![\w?!])\?{1,40}(?:[ ,.:;\"'()-]{1,3}\?{1,40}){2,}|(?<![\w!?])\?{6,}|\w\?{12,}")
# A mark inside a word or before one, at most three of them; a word may end with more.
_GAP = re.compile(r"(?<![\w?])(?=[^\s?]{0,40}\?)[\w?'’]{2,40}")
# What a text needs to have one of these: a mark before a letter, or marks after a mark.
_MAYBE = re.compile(r"\?(?:\w|\?{5}|[ ,.:;\"'()-]{1,3}\?)")
_INSIDE = re.compile(r"\w\?{1,3}\w|^\?{1,2}\w")
_MOST = 400  # words that are tried for one gap


def lost_letters(text: str, judge: Judge) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Spans of words with lost letters, each with the words it may have been.

    Words of one letter, and gaps at the end of a word, count only where another gap is proven.
    """
    if not _MAYBE.search(text):
        return
    masks = masked(text)
    runs = [Span(*found.span()) for found in _MARKS_ONLY.finditer(text) if _is_long(found[0], judge)]
    near = SpanIndex()
    for run in runs:
        near.add(run)
    found: list[tuple[Span, tuple[str, ...]]] = [(span, ()) for span in runs]
    open_: list[Span] = []
    for match in _GAP.finditer(text):
        span = Span(*match.span())
        if any(span.overlaps(run) for run in near.around(span)) or mask_at(masks, span):
            continue
        if not _INSIDE.search(match[0]):
            if re.search(r"[^\W\d_]\?+$", match[0]) and text[span.end : span.end + 2].strip()[:1].islower():
                open_.append(span)
            continue
        fits = _fits(match[0], judge)
        if fits:
            found.append((span, fits))
        else:
            open_.append(span)
    if found:
        found += [(span, ()) for span in open_]
    yield from sorted(found)


def _is_long(run: str, judge: Judge) -> bool:
    """Whether so many marks cannot be a question: astonished people write five in Latin writing."""
    marks = run.count("?")
    return marks >= 12 or ("Latn" not in judge.language.scripts and marks >= 6)


def _fits(word: str, judge: Judge) -> tuple[str, ...]:
    """The words of the language that the gaps leave room for; none when it has no lexicon."""
    if not lexicon.has(judge.language.tag):
        return ()
    bare = word.rstrip("?'’")
    gaps = bare.count("?")
    letters = "".join(sorted(c for c in judge.language.letters if c > "\x7f" and c == c.lower())) or "’"
    if not gaps or len(bare) - gaps < 2 or len(letters) ** gaps > _MOST:
        return ()
    pieces = bare.split("?")
    fits = []
    for fill in product(letters, repeat=gaps):
        candidate = pieces[0] + "".join(map("".join, zip(fill, pieces[1:], strict=True)))
        known = lexicon.zipf(candidate.replace("’", "'"), judge.language.tag)
        if known is not None and known >= 3:
            fits.append(candidate + word[len(bare) :])
    return tuple(fits)
