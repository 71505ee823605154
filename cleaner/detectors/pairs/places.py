"""Where a lost mark can have stood.

A quotation of a whole sentence begins at a colon, at the start of its line or where the sentence
before it ends, and it ends where a sentence does, or at the comma before “said Smith”. When only
one such place is left between a mark and the borders of its line (or the nearest pair), the lost
mark stood there. A quotation of a few words in the middle of a sentence can end after any of them,
so nobody can know, unless only one word is left.

Attributions are told by their form, a small word before a name, not by a list of verbs; where a
script has no capitals they cannot be told, and less is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.detectors.pairs.marks import Mark
from cleaner.detectors.pairs.search import Kind, Role
from cleaner.languages import Language

_SENTENCE_END = re.compile(r"(?<![A-ZА-ЯІЇЄ.])[.!?…]+(?=\s)|[。！？]+")
_CLAUSE_END = re.compile(r"[,;:—–](?=\s)|[，；：、]")
_COLON = re.compile(r":(?=\s|[^\x00-\x7f])|：")
_ENDED = re.compile(r"[.!?…。！？।]$")
_ATTRIBUTION = re.compile(r"[,，][ \u00a0]*[-–—]?[ \u00a0]*\w|[ \u00a0]*[-–—][ \u00a0]")
_CAPITALISED = re.compile(r"[^\W\d_]*[A-ZÀ-ÞА-ЯЁЂЃЄ-ЏҐΑ-ΩԱ-Ֆ]")

_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_NAME_SAID = re.compile(
    r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][^\W\d_]+ (?:said|says|told|added|stated|noted|sagte|erklärte|teilte|a dit|a déclaré|dijo|afirmó"
    r"|ha detto|disse|zei|sade|sagde|sa|powiedział|řekla?|rekao|сказала?|заявила?|сообщила?|сказав|заявив"
    r"|повідомив)(?![^\W_])[,:]?"
)

_SAID_IN_JAPANESE = re.compile(r"と[^、。]{0,12}(?:述べ|話し|話す|語っ|語る|言っ|言う|伝え)")

# Where the full stop of a quoted sentence stands after the closing mark (Milchin; RAE, Ortografía;
# PN-83/P-55366), and where it stands before it even after a single word (The Chicago Manual of Style).
_STOP_OUTSIDE = frozenset({"ru", "uk", "be", "bg", "kk", "es", "ca", "gl", "it", "pl"})
_STOP_INSIDE = frozenset({"en"})

# Marks of other quotations: the lost one stands on this side of them.
_QUOTING = frozenset({Kind.OPEN, Kind.CLOSE, Kind.CLOSE_TWO, Kind.CLOSE_AND_OPEN})


class Places(NamedTuple):
    """Offsets where the lost mark can be inserted, likeliest first; `only` when nowhere else."""

    only: bool
    offsets: tuple[int, ...]


def _several(options: list[int]) -> Places:
    return Places(False, tuple(dict.fromkeys(options))[:4])


def closings(text: str, number: int, marks: list[Mark], roles: list[Role], language: Language) -> Places:
    """Where the closing mark of the unclosed quotation `number` can have stood."""
    mark = marks[number]
    end, bounded = _line_end(text, mark.end), False
    for other in range(number + 1, len(marks)):
        if marks[other].start >= end:
            break
        if roles[other].kind in _QUOTING:
            end, bounded = marks[other].start, True
            break
    rest = text[mark.end : end].rstrip()
    if not rest.strip():
        return Places(False, ())
    final = mark.end + len(rest)
    if roles[number].partner >= 0 and not bounded:
        return Places(True, (final,))  # a quotation of several paragraphs ends with the last one
    line = text.rfind("\n", 0, mark.start) + 1
    head = text[line : mark.start].rstrip()
    colon = head.endswith((":", "："))
    resumed = head.endswith((",", "，", "-", "–", "—")) and any(
        roles[other].kind is Kind.CLOSE for other in _on_line(number, marks, line)
    )
    whole = not head or colon or resumed or head[-1] in ".!?…。！？"
    tag = language.tag.split("-")[0]
    stop = rest[-1] in ".。।" and not rest.endswith("..")
    if stop and (tag in _STOP_OUTSIDE or (not whole and tag not in _STOP_INSIDE)):
        final -= 1
    clauses = [mark.end + found.start() for found in _CLAUSE_END.finditer(rest)]
    sentences = [mark.end + found.end() for found in _SENTENCE_END.finditer(rest) if found.end() < len(rest)]
    first_word = mark.end + len(rest.split(maxsplit=1)[0].rstrip(".,;:!?"))
    if bounded:
        return _several([*sentences, *clauses, first_word])
    if not clauses and len(rest.split()) == 1 and _cased(language):
        return Places(True, (final,))
    one = not sentences and not _COLON.search(rest) and (colon or _ENDED.search(rest))
    told = colon or _cased(language) or (" " not in rest and not clauses)
    if whole and one and told and not _attributed(rest) and not _is_excerpt(text):
        return Places(True, (final,))
    return _several([*sentences, *clauses, final] if whole else [first_word, *clauses, final])


def _is_excerpt(text: str) -> bool:
    """Whether a text is a single line: its quotation may go on in a sentence that was not taken along."""
    return "\n" not in text.strip()


def openings(text: str, number: int, marks: list[Mark], roles: list[Role], language: Language) -> Places:
    """Where the opening mark of the quotation that mark `number` closes can have stood."""
    mark = marks[number]
    start, bounded = text.rfind("\n", 0, mark.start) + 1, False
    for other in _on_line(number, marks, start):
        if roles[other].kind in _QUOTING:
            start, bounded = marks[other].end, True
            break
    body = text[start : mark.start]
    bullet = len(body) - len(body.lstrip(" \t\u00a0-–—•>"))
    start, body = start + bullet, body[bullet:].rstrip()
    if not body:
        return Places(False, ())
    before_stop = len(body.rstrip(" .!?…。！？,"))
    sentences = [
        _next_word(text, start + f.end()) for f in _SENTENCE_END.finditer(body) if f.end() < before_stop
    ]
    colons = [_next_word(text, start + found.end()) for found in _COLON.finditer(body)]
    said = body[-1] in ".!?…,。！？，" or (
        language.word_spaces and _ATTRIBUTION.match(text, mark.end, _line_end(text, mark.end))
    )
    within = body.rfind("(") > body.rfind(")")
    told = sentences or colons or bounded or within or _is_told(body, text[mark.end : mark.end + 60])
    if said and not told:
        return Places(True, (start,))
    last_word = start + max(body.rfind(" "), body.rfind("\u00a0")) + 1
    reports = [_next_word(text, start + found.end()) for found in _NAME_SAID.finditer(body)]
    return _several([*colons, *reports, *reversed(sentences), *([] if bounded else [start]), last_word])


def _is_told(body: str, attribution: str) -> bool:
    """Whether the words before a lone closing mark are not all quoted: they name the speaker themselves.

    They do when a longer word of the attribution stands in them (“spokesman Ned Price said … in
    Asia,” the spokesman is quoted), or a verb of saying after a name.

    >>> _is_told("Spokesman Ned Price said he would go to Asia,", " the spokesman is quoted.")
    True
    >>> _is_told("We will rebuild the bridge,", " the mayor said.")
    False
    """
    named = {word.lower() for word in _LONG_WORD.findall(attribution.partition(".")[0])}
    return bool(named & {word.lower() for word in _LONG_WORD.findall(body)}) or bool(_NAME_SAID.search(body))


def _on_line(number: int, marks: list[Mark], line: int) -> Iterator[int]:
    """The marks before `number` that stand at or after offset `line`, nearest first."""
    for other in range(number - 1, -1, -1):
        if marks[other].start < line:
            return
        yield other


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _cased(language: Language) -> bool:
    """Whether the script has capitals, so that names can be told."""
    return language.word_spaces and (
        not language.letters or any(letter.isupper() for letter in language.letters)
    )


def _attributed(rest: str) -> bool:
    """Whether a later clause looks like “said Smith” or “Smith said”: small words and a name.

    >>> _attributed("We go, now, said the old Smith."), _attributed("We go, Smith of Kyiv said.")
    (True, True)
    >>> _attributed("We go, and we stay.")
    False
    """
    if _SAID_IN_JAPANESE.search(rest):
        return True
    for clause in re.split(r"[,，–—]", rest)[1:]:
        words = clause.split()
        if len(words) < 2:
            continue
        first, *others = (bool(_CAPITALISED.match(word)) for word in words[:6])
        if not first and any(others):
            return True
        if first and len(words) <= 4 and words[-1][:1].islower():
            return True
    return False


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
