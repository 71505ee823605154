r"""Many phrases at once: whole lines, whole sentences, or words in running text, language by language.

A phrase is literal text with three signs of its own:

    …          up to 60 characters, all in one line; not beyond the sentence in running text
    {a|b|}     one of these, the last may be nothing
    a → b      where the phrase is running text: what to write instead

Letter case does not matter, except that a phrase with an arrow keeps it: “infobae → Infobae”. A
space stands for any white space inside a line, ' for ’ too. `unit` says what must be the phrase:

    words      a stretch of running text, between word boundaries
    sentence   from the beginning of a sentence to its end
    line       a whole line; marks that open or close it (“*”, “•”, “–”, “>”, brackets) do not matter
    opening    the first line of a text that goes on after it

Cannot see grammar: a phrase matches the words that it names. Closed lists are the point; a pattern
that is nearly right belongs elsewhere.

Cost: for lines and sentences one look at the first four characters of each; for words one
`in` a phrase and only then its pattern.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import beginnings
from cleaner.text.triggers import ALWAYS, NEVER, Trigger, has_odd_case, needs
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "delete": "remove the phrase; a whole line with its line break",
    "replace": "write what stands after the arrow",
}
DETAILS: Mapping[str, str] = {
    "replacement": "what stands after the arrow",
    "phrase": "the phrase as the rule has it",
}

Unit = Literal["words", "sentence", "line", "opening"]

_KEY = 4  # characters by which lines and sentences are looked up
_HEAD = beginnings.HEAD  # characters that tell a text without any of them
_MANY = 200  # beginnings of one phrase from which on four characters must do
_LINE = re.compile(r"[^\r\n]+")
_FIRST_LINE = re.compile(r"\s*(\S[^\r\n]*+)(?=\s*\S)")
# Where a sentence begins, with the marks that may stand before its first letter. Full stops of
# abbreviations count as ends: then a phrase is looked up once more than needed.
_SENTENCE = re.compile(
    r"(?:^|[.!?:…।؟۔]['\"”»)\]*]{0,3}\s|[。！？：][”」』）\]]{0,2})[ \t\u00a0\u3000]{0,8}[\"“«„‘'(（\[【*_>#]{0,3}",
    re.MULTILINE,
)
_LEAD = re.compile(r"[ \t\u00a0\u3000*•·–—▪►→>»|#_\[(（【-]{0,8}")
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


_FEW = 8  # texts that are searched sooner than `_List.heads` is made for them


_BRACES = re.compile(r"[^{}]*(?:\{[^{}]*\}[^{}]*)*")


@dataclass(frozen=True)
class Params:
    """The phrases and where they count.

    Raises ValueError for an open brace, or a phrase without two given characters to begin with.

    >>> Params({"en": ("{a|b",)})
    Traceback (most recent call last):
    ...
    ValueError: “phrases”: “{a|b”: a brace is not closed: write {a|b}
    """

    phrases: Mapping[str, tuple[str, ...]] = setting("language → its phrases; `any` for every language")
    unit: Unit = setting("what must be the phrase: words, sentence, line, opening", "words")
    languages: Literal["target", "all"] = setting(
        "`all`: the phrases of every language, whatever the text is in", "target"
    )

    @cached_property
    def _lists(self) -> dict[str, _List]:
        return {}

    def listed(self, tag: str) -> _List:
        """The phrases that hold in a text in a language."""
        key = "" if self.languages == "all" else tag
        if key not in self._lists:
            self._lists[key] = _compiled(self, tuple(self.phrases) if not key else _spoken(key))
        return self._lists[key]

    def __post_init__(self) -> None:
        for phrase in itertools.chain.from_iterable(self.phrases.values()):
            written = phrase.partition("→")[0].strip()
            if not _BRACES.fullmatch(written):
                raise ValueError(f"“phrases”: “{phrase}”: {_wrong_braces(written)}")
            if len(written.lstrip("{").partition("…")[0].strip()) < 2:
                raise ValueError(
                    f"“phrases”: “{phrase}” must begin with at least two letters or signs before “…”"
                )


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
class _Phrase:
    """A phrase; every match contains one of `literals`, in small letters."""

    text: str
    written: str
    right: str
    unit: Unit

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return _literals(self.written)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled where a text has its beginning or a literal: few phrases ever are."""
        return re.compile(
            rf"{_start(self.written, self.unit)}(?:{_pattern(self.written, self.unit)}){_end(self.written, self.unit)}",
            re.MULTILINE | (0 if self.right else re.IGNORECASE),
        )


@dataclass(frozen=True)
class _List:
    """The phrases that hold for one language, all in a row and by the characters they begin with."""

    phrases: tuple[_Phrase, ...]
    index: Mapping[str, tuple[_Phrase, ...]]
    signs: re.Pattern[str] | None  # what every phrase begins with, when that is a sign and no letter

    @cached_property
    def _asked(self) -> Iterator[int]:
        return itertools.count()

    @cached_property
    def heads(self) -> Mapping[int, frozenset[str]]:
        """What `beginnings.heads` has where a phrase begins, by its length; {} when one begins with
        what it strips.

        It is asked of texts without letters of odd case, so a phrase that begins with such a letter is in
        none of them, and where one comes later the characters before it must do.
        """
        heads: dict[int, set[str]] = {}
        for key in {key for phrase in self.phrases for key in _keys(phrase.written, _HEAD)}:
            if has_odd_case(key[:_KEY]):
                continue
            size = _HEAD if len(key) >= _HEAD and not has_odd_case(key) else min(len(key), _KEY)
            head = _until_end(beginnings.plain(key[:size]))
            if not head or head[0] in beginnings.STRIPPED:
                return {}
            heads.setdefault(size, set()).add(head)
        return {size: frozenset(found) for size, found in heads.items()}

    def is_absent(self, text: str) -> bool:
        """Whether no phrase can begin a sentence or a line of a text."""
        if next(self._asked) < _FEW or not self.heads or has_odd_case(text):
            return False
        for size, found in self.heads.items():  # noqa: SIM110 - `all` takes twice the time
            if not found.isdisjoint(beginnings.heads(text, size)):
                return False
        return True

    def beginning(self, text: str, at: int) -> Iterator[_Phrase]:
        """The phrases that may begin at a place, by its first four, three or two characters."""
        for size in (4, 3, 2):
            phrases = self.index.get(text[at : at + size].lower())
            if phrases:
                yield from phrases


_Matches = Iterator[tuple[Span, Span, _Phrase]]  # what is found, what a deletion takes, the phrase


def compile(params: Params) -> Detect:
    """The detector of one list.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params({"de": ("{Lesen|Sehen} Sie auch: …",)}, unit="line"))
    >>> text = "Der Rat tagt.\\n– Lesen Sie auch: Wer regiert in Bonn?\\nEr tagt oft."
    >>> [text[hit.span.slice] for hit in detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("de")))]
    ['– Lesen Sie auch: Wer regiert in Bonn?']
    """
    find = _FINDERS[params.unit]

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        phrases = params.listed(context.target.tag)
        if phrases.phrases:
            for found, all_of_it, phrase in find(phrases, segment.text):
                yield _hit(found, all_of_it, phrase)

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """The sign that all phrases begin with, where they begin with signs."""
    phrases = params.listed(target.tag)
    if not phrases.phrases:
        return NEVER
    if params.unit == "words" and phrases.signs:
        return needs(phrases.signs.pattern)
    return ALWAYS


def _hit(found: Span, all_of_it: Span, phrase: _Phrase) -> Hit:
    repairs = [Repair("delete", (Edit(all_of_it, ""),), "delete")]
    if phrase.right:
        repairs.insert(0, Repair("replace", (Edit(found, phrase.right),), f"write “{phrase.right}”"))
    return Hit(found, tuple(repairs), {"replacement": phrase.right, "phrase": phrase.text})


def _words(phrases: _List, text: str) -> _Matches:
    if phrases.signs:
        places = [found.start() for found in phrases.signs.finditer(text)]
        tried = (
            (phrase.pattern.match(text, at), phrase)
            for at in places
            for phrase in phrases.beginning(text, at)
        )
        found = [(Span(*match.span()), phrase) for match, phrase in tried if match]
    else:
        lowered = text.lower()
        found = [
            (Span(*match.span()), phrase)
            for phrase in phrases.phrases
            if any(literal in lowered for literal in phrase.literals)
            for match in phrase.pattern.finditer(text)
        ]
    end = 0
    for span, phrase in sorted(found, key=lambda pair: pair[0]):
        if span.start >= end:
            end = span.end
            yield span, span, phrase


def _sentences(phrases: _List, text: str) -> _Matches:
    if phrases.is_absent(text):
        return
    done = 0
    for at in _sentence_starts(text):
        for phrase in phrases.beginning(text, at):
            match = phrase.pattern.match(text, at)
            if match and at >= done:
                done = match.end()
                yield Span(at, done), _with_space(text, Span(at, done)), phrase
                break


@functools.lru_cache(maxsize=16)
def _sentence_starts(text: str) -> tuple[int, ...]:
    """Where sentences may begin; several rules ask."""
    return tuple(found.end() for found in _SENTENCE.finditer(text))


def _until_end(head: str) -> str:
    """The beginning of a phrase up to what ends a sentence or a line in a text."""
    return next((head[:at] for at, char in enumerate(head) if char in beginnings.ENDS), head)


def _lines(phrases: _List, text: str) -> _Matches:
    if phrases.is_absent(text):
        return
    for line in _LINE.finditer(text):
        yield from _line(phrases, text, Span(*line.span()))


def _opening(phrases: _List, text: str) -> _Matches:
    line = _FIRST_LINE.match(text)
    if line:
        yield from _line(phrases, text, Span(*line.span(1)))


def _line(phrases: _List, text: str, line: Span) -> _Matches:
    lead = _LEAD.match(text, line.start, line.end)
    at = lead.end() if lead else line.start
    for phrase in phrases.beginning(text, at):
        if phrase.pattern.match(text, at, line.end):
            yield line, _with_break(text, line), phrase
            return


_FINDERS: Mapping[Unit, Callable[[_List, str], _Matches]] = {
    "words": _words,
    "sentence": _sentences,
    "line": _lines,
    "opening": _opening,
}


def _with_break(text: str, line: Span) -> Span:
    """A line with the break that follows it, or, when it is the last, the one before it."""
    start, end = line
    if text.startswith("\r\n", end):
        return Span(start, end + 2)
    if end < len(text):
        return Span(start, end + 1)
    while start > 0 and text[start - 1] in "\r\n":
        start -= 1
    return Span(start, end)


def _with_space(text: str, span: Span) -> Span:
    """A sentence with the space after it, or the one before it when it ends a line."""
    if text.startswith((" ", "\u00a0"), span.end):
        return Span(span.start, span.end + 1)
    if span.start and text[span.start - 1] in " \u00a0":
        return Span(span.start - 1, span.end)
    return span


def _spoken(tag: str) -> tuple[str, ...]:
    """The keys of a list that hold for a language: itself, what it is a variety of, `any`.

    >>> _spoken("pt-PT")
    ('pt-PT', 'pt', 'any')
    """
    subtags = tag.split("-")
    return (*("-".join(subtags[:size]) for size in range(len(subtags), 0, -1)), "any")


def _compiled(params: Params, tags: tuple[str, ...]) -> _List:
    phrases: list[_Phrase] = []
    index: dict[str, list[_Phrase]] = {}
    for text in dict.fromkeys(text for tag in tags for text in params.phrases.get(tag, ())):
        written, _, right = (part.strip() for part in text.partition("→"))
        phrase = _Phrase(text, written, right, params.unit)
        phrases.append(phrase)
        for key in _keys(written):
            index.setdefault(key, []).append(phrase)
    first = {key[0] for key in index}
    signs = None
    if first and not any(char.isalnum() for char in first):
        signs = re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
    return _List(tuple(phrases), {key: tuple(found) for key, found in index.items()}, signs)


def _start(written: str, unit: Unit) -> str:
    """A word must begin where the phrase begins with one; writing without spaces has no such edge."""
    return r"(?<!\w)" if unit == "words" and _is_spaced(_parts(written)[0], 0) else ""


def _end(written: str, unit: Unit) -> str:
    parts = _parts(written)
    last = parts[-1] if all(parts[-1]) else [*parts[-1], *(parts[-2] if len(parts) > 1 else [])]
    return "" if unit == "words" and not _is_spaced(last, -1) else _TAILS[unit]


def _is_spaced(choices: list[str], at: Literal[0, -1]) -> bool:
    """Whether one of some texts has a letter of a script with spaces at its beginning or end."""
    edges = [choice[at] for choice in choices if choice]
    return any(edge.isalnum() and not _WITHOUT_SPACES.match(edge) for edge in edges)


def _pattern(written: str, unit: Unit) -> str:
    """The regular expression of a phrase."""
    signs = {"{": "(?:", "}": ")", "|": "|", "…": _GAPS[unit], " ": r"[ \u00a0\u202f]", "'": "['’]"}
    return "".join(signs.get(char) or re.escape(char) for char in written)


def _parts(written: str) -> list[list[str]]:
    """What stands in a row: lists of alternatives, of one where there is no choice.

    >>> _parts("{My|The} translation{s|}")
    [['My', 'The'], [' translation'], ['s', '']]
    """
    odd = re.split(r"[{}]", written)
    return [part.split("|") if number % 2 else [part] for number, part in enumerate(odd) if part]


def _keys(written: str, size: int = _KEY) -> set[str]:
    """The first characters, at most `size` and in small letters, of every reading of a phrase.

    >>> sorted(_keys("{I'm|We} sorry"))
    ["i'm ", 'i’m ', 'we s']
    """
    heads = {""}
    for part in _parts(written):
        enough = size if len(heads) < _MANY else min(size, _KEY)
        if all(len(head) >= enough or "…" in head for head in heads):
            break
        heads = {head if "…" in head else head + choice for head in heads for choice in part}
    keys = {head.partition("…")[0][:size].lower() for head in heads}
    return keys | {key.replace("'", "’") for key in keys}


def _literals(written: str) -> tuple[str, ...]:
    """Words in small letters of which every reading of a phrase has one.

    >>> _literals("{the|a} translation"), _literals("{über|sowie} …")
    (('translation',), ('über', 'sowie'))
    """
    parts = [[_longest(choice) for choice in part] for part in _parts(written)]
    return tuple(max(parts, key=lambda choices: min(map(len, choices))))


def _longest(text: str) -> str:
    """The longest stretch of a text in which nothing may be written otherwise."""
    return max(re.split("['’ …]", text), key=len).lower()
