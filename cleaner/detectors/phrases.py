r"""Many phrases at once: whole lines, whole sentences, or words in running text, language by language.

A phrase is literal text with three signs of its own:

    …          up to 60 characters, all in one line; not beyond the sentence in running text
    {a|b|}     one of these, the last may be nothing
    a → b      what to write instead, as it stands; `a -> b` is the same

Letter case does not matter, except in a phrase with an arrow. One that begins with a small letter is
also found with a capital where a sentence begins, and in CAPITALS, and what is written instead follows:
“einmal mehr → erneut” makes “Erneut” of “Einmal mehr”. One that begins with a capital is found as it is
written. A space stands for one white space; in running text also for two, or for the end of a line. ' and
’ are the same. `unit` says what must be the phrase:

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
from cleaner.text.exempt import HELP, Exempt, is_exempt
from cleaner.text.phrase import KEY, LEAD, Phrase, Unit, keys_of, mistake_in, sentence_starts, sides
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

_HEAD = beginnings.HEAD  # characters that tell a text without any of them
_LINE = re.compile(r"[^\r\n]+")
_FIRST_LINE = re.compile(r"\s*(\S[^\r\n]*+)(?=\s*\S)")
_FEW = 8  # texts that are searched sooner than `_List.heads` is made for them


@dataclass(frozen=True)
class Params:
    """The phrases and where they count.

    Raises ValueError for an open brace, or a phrase without two given characters to begin with.

    >>> Params({"en": ("{a|b",)})
    Traceback (most recent call last):
    ...
    ValueError: “phrases”: “{a|b”: a brace is not closed: write {a|b}
    """

    phrases: Mapping[str, tuple[str, ...]] = setting(
        "language → its phrases; `any` for every language", way_out="write the language first: {en: […]}"
    )
    unit: Unit = setting("what must be the phrase: words, sentence, line, opening", "words")
    languages: Literal["target", "all"] = setting(
        "`all`: the phrases of every language, whatever the text is in", "target"
    )

    skip: tuple[Exempt, ...] = setting(HELP, ())

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
            problem = mistake_in(phrase)
            if problem:
                raise ValueError(f"“phrases”: “{phrase}”{problem}")


@dataclass(frozen=True)
class _List:
    """The phrases that hold for one language, all in a row and by the characters they begin with."""

    phrases: tuple[Phrase, ...]
    index: Mapping[str, tuple[Phrase, ...]]
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
        for key in {key for phrase in self.phrases for key in keys_of(phrase.written, _HEAD)}:
            if has_odd_case(key[:KEY]):
                continue
            size = _HEAD if len(key) >= _HEAD and not has_odd_case(key) else min(len(key), KEY)
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

    def beginning(self, text: str, at: int) -> Iterator[Phrase]:
        """The phrases that may begin at a place, by its first four, three or two characters."""
        for size in (4, 3, 2):
            phrases = self.index.get(text[at : at + size].lower())
            if phrases:
                yield from phrases


_Matches = Iterator[tuple[Span, Span, Phrase]]  # what is found, what a deletion takes, the phrase


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
                if not (params.skip and is_exempt(segment.text, found, params.skip)):
                    yield _hit(segment.text, found, all_of_it, phrase)

    return detect


def lacking(params: Params) -> Mapping[str, str]:
    """The repairs that are never made, and what they lack."""
    every = itertools.chain.from_iterable(params.phrases.values())
    return {} if any(sides(phrase)[1] for phrase in every) else {"replace": "no phrase has an arrow"}


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """The sign that all phrases begin with, where they begin with signs."""
    phrases = params.listed(target.tag)
    if not phrases.phrases:
        return NEVER
    if params.unit == "words" and phrases.signs:
        return needs(phrases.signs.pattern)
    return ALWAYS


def _hit(text: str, found: Span, all_of_it: Span, phrase: Phrase) -> Hit:
    repairs = [Repair("delete", (Edit(all_of_it, ""),), "delete")]
    new = phrase.instead_of(text[found.slice]) if phrase.right else ""
    if new:
        repairs.insert(0, Repair("replace", (Edit(found, new),), f"write “{new}”"))
    return Hit(found, tuple(repairs), {"replacement": new, "phrase": phrase.text})


def _words(phrases: _List, text: str) -> _Matches:
    if phrases.signs:
        places = [found.start() for found in phrases.signs.finditer(text)]
        tried = (
            (phrase.pattern.match(text, at), phrase)
            for at in places
            for phrase in phrases.beginning(text, at)
        )
        found = [
            (Span(*match.span()), phrase)
            for match, phrase in tried
            if match and phrase.stands(text, Span(*match.span()))
        ]
    else:
        lowered = text.lower()
        found = [
            (span, phrase)
            for phrase in phrases.phrases
            if any(literal in lowered for literal in phrase.literals)
            for span in phrase.found_in(text)
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
    for at in sentence_starts(text):
        for phrase in phrases.beginning(text, at):
            match = phrase.pattern.match(text, at)
            if match and at >= done and phrase.stands(text, Span(*match.span())):
                done = match.end()
                yield Span(at, done), _with_space(text, Span(at, done)), phrase
                break


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
    lead = LEAD.match(text, line.start, line.end)
    at = lead.end() if lead else line.start
    for phrase in phrases.beginning(text, at):
        match = phrase.pattern.match(text, at, line.end)
        if match and phrase.stands(text, Span(*match.span())):
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
    phrases: list[Phrase] = []
    index: dict[str, list[Phrase]] = {}
    for text in dict.fromkeys(text for tag in tags for text in params.phrases.get(tag, ())):
        written, right = sides(text)
        phrase = Phrase(text, written, right or "", params.unit)
        phrases.append(phrase)
        for key in keys_of(written, in_words=params.unit == "words"):
            index.setdefault(key, []).append(phrase)
    first = {key[0] for key in index}
    signs = None
    if first and not any(char.isalnum() for char in first):
        signs = re.compile("[" + "".join(map(re.escape, sorted(first))) + "]")
    return _List(tuple(phrases), {key: tuple(found) for key, found in index.items()}, signs)
