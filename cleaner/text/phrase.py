"""One phrase in the little language of the kind `phrases`: what it looks for, and what is written instead.

See `cleaner.detectors.phrases` for the signs of the language. Spans are code points, half-open.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from cleaner.offsets import Span
from cleaner.text.lettercase import capitalized, carried_over, first_letter, is_capitals
from cleaner.text.recent import recent
from cleaner.text.wording import parts
from cleaner.values import dataclass

Unit = Literal["words", "sentence", "line", "opening"]

KEY = 4
"""Characters by which lines and sentences are looked up."""
MANY = 200
"""Beginnings of one phrase from which on four characters must do."""

# Where a sentence begins, with the marks that may stand before its first letter. Full stops of
# abbreviations count as ends: then a phrase is looked up once more than needed.
_SENTENCE = re.compile(
    r"(?:^|[.!?:…।؟۔]['\"”»)\]*]{0,3}\s|[。！？：][”」』）\]]{0,2})[ \t\u00a0\u3000]{0,8}[\"“«„‘'(（\[【*_>#]{0,3}",
    re.MULTILINE,
)
_LONGEST_START = 16  # characters that `_SENTENCE` may take
LEAD = re.compile(r"[ \t\u00a0\u3000*•·–—▪►→>»|#_\[(（【-]{0,8}")
_TAILS: Mapping[Unit, str] = {
    "words": r"(?!\w)",
    "sentence": r"(?:[.!?。！？:：…।؟۔]{1,3}[)\]）】]?(?![a-z0-9])|(?=[\"”»'’)\]）】*_ ]{0,4}$))",
    "line": r"[\s*.…:：»>→|)\]）】_]{0,8}$",
    "opening": r"[\s*.…:：_!。！।]{0,8}$",
}
# What … may be. In sentences it does not run over an end; in words from languages without spaces
# `\w` on both sides of a boundary is normal, so the boundary is asked of other scripts only.
_GAPS: Mapping[Unit, str] = {
    "words": r"[^\r\n.!?。！？]{1,60}?",
    "sentence": r"[^\r\n.!?。！？।؟۔]{1,60}?",
    "line": r"[^\r\n]{1,100}?",
    "opening": r"[^\r\n]{1,100}?",
}
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SPACES = "[ \u00a0\u202f]"
_BREAK = rf"{_SPACES}?(?:\r\n|[\r\n])[ \t\u00a0\u202f]{{0,8}}"
_SPACE: Mapping[Unit, str] = {
    "words": rf"(?:{_SPACES}{{1,2}}|{_BREAK})",
    "sentence": _SPACES,
    "line": _SPACES,
    "opening": _SPACES,
}
_ANY_SPACE = re.compile(rf"{_BREAK}|{_SPACES}{{1,2}}")
_ARROW = re.compile(r"\s*→\s*|\s+->(?:\s+|$)")
_BRACES = re.compile(r"[^{}]*(?:\{[^{}]*\}[^{}]*)*")


def sides(phrase: str) -> tuple[str, str | None]:
    """What is looked for, and what is written instead; None where there is no arrow.

    >>> sides("Kiev -> Kyiv"), sides("Kiev→"), sides("a->b")
    (('Kiev', 'Kyiv'), ('Kiev', ''), ('a->b', None))
    """
    written, *right = _ARROW.split(phrase, maxsplit=1)
    return written.strip(), right[0].strip() if right else None


def mistake_in(phrase: str) -> str:
    """What is wrong with a phrase, and the way out; "" when it is well. It goes on after the phrase.

    >>> mistake_in("{a|b")
    ': a brace is not closed: write {a|b}'
    """
    written, right = sides(phrase)
    problem = "" if right is None else _wrong_right(written, right)
    if not problem and not _BRACES.fullmatch(written):
        problem = _wrong_braces(written)
    if problem:
        return f": {problem}"
    if len(written.lstrip("{").partition("…")[0].strip()) < 2:
        return " must begin with at least two letters or signs before “…”"
    return ""


def _wrong_right(written: str, right: str) -> str:
    """What is wrong with what stands after an arrow, and the way out."""
    if not right:
        return (
            "nothing stands after the arrow: write the phrase without it, and fix: {do: delete, …} removes it"
        )
    if _ARROW.search(right):
        return "there are two arrows: one phrase has one"
    if "{" in right or "}" in right:
        return (
            "what stands after the arrow is written as it is, with its braces: write a phrase for each choice"
        )
    if "…" in right and "…" in written:
        return "what stands after the arrow is written as it is: the words that … stood for would be lost"
    return ""


def _wrong_braces(written: str) -> str:
    """What is wrong with the braces of a phrase, and the way out."""
    depth = 0
    for sign in re.findall("[{}]", written):
        depth += 1 if sign == "{" else -1
        if depth > 1:
            return "braces cannot stand inside braces: write every choice in one pair, {a|b|c}"
        if depth < 0:
            return "a brace is closed that was not opened: write {a|b}"
    return "a brace is not closed: write {a|b}"


@dataclass(frozen=True)
class Phrase:
    """A phrase; every match contains one of `literals`, in small letters."""

    text: str
    written: str
    right: str
    unit: Unit

    @property
    def starts_word(self) -> bool:
        """Whether no letter can stand right before a match: else it begins a sentence or a line."""
        return self.unit != "words" or _start(self.written, self.unit) != ""

    @property
    def ends_word(self) -> bool:
        """Whether no letter can stand right after a match: else it ends a sentence or a line."""
        return self.unit != "words" or _end(self.written, self.unit) != ""

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return _literals(self.written)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled where a text has its beginning or a literal: few phrases ever are."""
        return self._exact if self.right and not self._small else self._compiled(re.IGNORECASE)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return self._compiled(0)

    def _compiled(self, flag: int) -> re.Pattern[str]:
        return re.compile(
            rf"{_start(self.written, self.unit)}(?:{_pattern(self.written, self.unit)}){_end(self.written, self.unit)}",
            re.MULTILINE | flag,
        )

    @cached_property
    def _small(self) -> tuple[str, ...]:
        """How the readings begin that begin with a small letter, as `_folded` has them."""
        heads = _heads(self.written, KEY)
        return tuple(_folded(head) for head in heads if first_letter(head) == first_letter(head).lower())

    def found_in(self, text: str) -> Iterator[Span]:
        """Where it stands in running text, in a letter case that counts."""
        if not self.right:
            yield from (Span(*match.span()) for match in self.pattern.finditer(text))
            return
        at = 0
        while match := self.pattern.search(text, at):
            is_one = self.stands(text, Span(*match.span()))
            at = match.end() if is_one else match.start() + 1
            if is_one:
                yield Span(*match.span())

    def stands(self, text: str, span: Span) -> bool:
        """Whether what its pattern found in any letter case is the phrase, and not what it is to become."""
        if not self.right:
            return True
        found = text[span.slice]
        return self._is_written(text, found, span.start) and self.instead_of(found) != found

    def _is_written(self, text: str, found: str, start: int) -> bool:
        if not self._small or self._exact.fullmatch(found):
            return True
        if is_capitals(found):
            return _folded(found).startswith(self._small)
        first = first_letter(found)
        small = found.replace(first, first.lower(), 1)
        return first.isupper() and bool(self._exact.fullmatch(small)) and _begins_sentence(text, start)

    def instead_of(self, found: str) -> str:
        """What to write instead of a match: in its letter case, and with its white space where that fits."""
        if not self._small or self._exact.fullmatch(found):
            new = self.right
        else:
            new = carried_over(found, self.right) if is_capitals(found) else capitalized(self.right)
        spaces, parts = _ANY_SPACE.findall(found), new.split(" ")
        if len(spaces) + 1 != len(parts):
            return new
        return "".join(itertools.chain(*zip(parts, (*spaces, ""), strict=True)))


@recent(16)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Where sentences may begin; several rules ask."""
    return tuple(found.end() for found in _SENTENCE.finditer(text))


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at a place, marks before it aside."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = _SENTENCE.finditer(text, max(0, at - _LONGEST_START), at)
    return LEAD.fullmatch(text, line, at) is not None or any(found.end() == at for found in before)


def _start(written: str, unit: Unit) -> str:
    """A word must begin where the phrase begins with one; writing without spaces has no such edge."""
    return r"(?<!\w)" if unit == "words" and _is_spaced(parts(written)[0], 0) else ""


def _end(written: str, unit: Unit) -> str:
    row = parts(written)
    last = row[-1] if all(row[-1]) else [*row[-1], *(row[-2] if len(row) > 1 else [])]
    return "" if unit == "words" and not _is_spaced(last, -1) else _TAILS[unit]


def _is_spaced(choices: list[str], at: Literal[0, -1]) -> bool:
    """Whether one of some texts has a letter of a script with spaces at its beginning or end."""
    edges = [choice[at] for choice in choices if choice]
    return any(edge.isalnum() and not _WITHOUT_SPACES.match(edge) for edge in edges)


def _pattern(written: str, unit: Unit) -> str:
    """The regular expression of a phrase."""
    signs = {"{": "(?:", "}": ")", "|": "|", "…": _GAPS[unit], " ": _SPACE[unit], "'": "['’]", "’": "['’]"}
    return "".join(signs.get(char) or re.escape(char) for char in written)


def keys_of(written: str, size: int = KEY, *, in_words: bool = False) -> set[str]:
    """The first characters, at most `size` and in small letters, of every reading of a phrase.

    `in_words` they end before a space, which may be two there.

    >>> sorted(keys_of("{I'm|We} sorry")), sorted(keys_of("[to do]", in_words=True))
    (["i'm ", 'i’m ', 'we s'], ['[to'])
    """
    keys = {head.lower() for head in _heads(written, size)}
    if in_words:
        keys = {key if " " in key[:2] else key.partition(" ")[0] for key in keys}
    plain = {key.replace("’", "'") for key in keys}
    return keys | plain | {key.replace("'", "’") for key in plain}


def _heads(written: str, size: int) -> set[str]:
    """The first characters, at most `size`, of every reading of a phrase."""
    heads = {""}
    for part in parts(written):
        enough = size if len(heads) < MANY else min(size, KEY)
        if all(len(head) >= enough or "…" in head for head in heads):
            break
        heads = {head if "…" in head else head + choice for head in heads for choice in part}
    return {head.partition("…")[0][:size] for head in heads}


def _folded(text: str) -> str:
    """A text in which letter case, apostrophes and the width of spaces make no difference."""
    return " ".join(text.lower().replace("’", "'").split())


def _literals(written: str) -> tuple[str, ...]:
    """Words in small letters of which every reading of a phrase has one.

    >>> _literals("{the|a} translation"), _literals("{über|sowie} …")
    (('translation',), ('über', 'sowie'))
    """
    row = [[_longest(choice) for choice in part] for part in parts(written)]
    return tuple(max(row, key=lambda choices: min(map(len, choices))))


def _longest(text: str) -> str:
    """The longest stretch of a text in which nothing may be written otherwise."""
    return max(re.split("['’ …]", text), key=len).lower()
