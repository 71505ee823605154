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

Cost: the words of a text are looked up once for all lists (`text.wording`), and most texts end there.
Else, for lines and sentences, one look at the first four characters of each; for words one `in` a phrase
and only then its pattern.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, TypeVar

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, alphabet
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import anchored, beginnings, wording
from cleaner.text.codepage import Page
from cleaner.text.exempt import HELP, Exempt, is_exempt
from cleaner.text.phrase import KEY, LEAD, MANY, Phrase, Unit, keys_of, mistake_in, sentence_starts, sides
from cleaner.text.triggers import ALWAYS, NEVER, Trigger, has_odd_case, ranges
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "delete": "remove the phrase; a whole line with its line break",
    "replace": "write what stands after the arrow",
}
DETAILS: Mapping[str, str] = {
    "replacement": "what stands after the arrow",
    "phrase": "the phrase as the rule has it",
}

_T = TypeVar("_T")

_HEAD = beginnings.HEAD  # characters that tell a text without any of them
_LINE = re.compile(r"[^\r\n]+")
_FIRST_LINE = re.compile(r"\s*(\S[^\r\n]*+)(?=\s*\S)")
_FEW = 8  # texts that are searched sooner than `_List.heads` is made for them
_SOME = 200  # texts of which the beginnings are looked at sooner than the words of all phrases are made out


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


@dataclass(frozen=True, eq=False)
class _List:
    """The phrases that hold for one language, all in a row and by the characters they begin with."""

    phrases: tuple[Phrase, ...]
    index: Mapping[str, tuple[Phrase, ...]]
    signs: str  # what the phrases begin with, when these are signs and no letters
    unit: Unit

    @cached_property
    def _asked(self) -> Iterator[int]:
        return itertools.count()

    @cached_property
    def heads(self) -> Mapping[int, frozenset[str]]:
        """What `beginnings.heads` has where a phrase begins."""
        return _heads(frozenset(self.phrases))

    def is_absent(self, text: str, language: Language) -> bool:
        """Whether no phrase can stand in a text."""
        asked = next(self._asked)
        if asked < _FEW:
            return False
        wanted = self._wanted(language) if asked >= _SOME else None
        if wanted is None:
            return self.unit in ("sentence", "line") and _begins_with_none(text, self.heads)
        present = frozenset(_present(wanted, text, language))
        return not present or _cannot_begin(self.unit, present, text)

    def _wanted(self, language: Language) -> wording.Wanted[Phrase] | None:
        """The words of which a text with a phrase has some; None where that cannot be told."""
        page = alphabet.page_of(language)
        if page is None:
            return None
        if page not in self._by_page:
            self._by_page[page] = _wanted(page, [(phrase, phrase) for phrase in self.phrases])
        return self._by_page[page]

    @cached_property
    def _by_page(self) -> dict[Page, wording.Wanted[Phrase] | None]:
        return {}

    def beginning(self, text: str, at: int) -> Iterator[Phrase]:
        """The phrases that may begin at a place, by its first four, three or two characters."""
        for size in (4, 3, 2):
            phrases = self.index.get(text[at : at + size].lower())
            if phrases:
                yield from phrases


def _cannot_begin(unit: Unit, phrases: Collection[Phrase], text: str) -> bool:
    """Whether none of a few phrases can begin a sentence or a line of a text, where they have to."""
    few = unit in ("sentence", "line") and len(phrases) < MANY
    return few and _begins_with_none(text, _heads(frozenset(phrases)))


def _begins_with_none(text: str, heads: Mapping[int, frozenset[str]]) -> bool:
    """Whether no phrase can begin a sentence or a line of a text."""
    if not heads or has_odd_case(text):
        return False
    for size, found in heads.items():  # noqa: SIM110 - `all` takes twice the time
        if not found.isdisjoint(beginnings.heads(text, size)):
            return False
    return True


@functools.lru_cache(maxsize=256)
def _heads(phrases: frozenset[Phrase]) -> Mapping[int, frozenset[str]]:
    """What `beginnings.heads` has where one of some phrases begins, by its length; {} when one begins with
    what it strips.

    It is asked of texts without letters of odd case, so a phrase that begins with such a letter is in
    none of them, and where one comes later the characters before it must do.
    """
    heads: dict[int, set[str]] = {}
    for key in {key for phrase in phrases for key in keys_of(phrase.written, _HEAD)}:
        if has_odd_case(key[:KEY]):
            continue
        size = _HEAD if len(key) >= _HEAD and not has_odd_case(key) else min(len(key), KEY)
        head = _until_end(beginnings.plain(key[:size]))
        if not head or head[0] in beginnings.STRIPPED:
            return {}
        heads.setdefault(size, set()).add(head)
    return {size: frozenset(found) for size, found in heads.items()}


def _present(wanted: wording.Wanted[_T], text: str, language: Language) -> list[_T]:
    """The phrases of which a text in a language has the words."""
    own = alphabet.of(language)
    return wanted.present(text, own.signs(text), is_even=own.is_even(text))


@functools.lru_cache(maxsize=8192)
def _groups(page: Page, phrase: Phrase) -> tuple[frozenset[bytes], ...]:
    return wording.groups(page, phrase.written, starts=phrase.starts_word, ends=phrase.ends_word)


@functools.lru_cache(maxsize=64)
def _of_lists(page: Page, lists: tuple[_List, ...]) -> wording.Wanted[tuple[int, Phrase]] | None:
    """The words of the phrases of some lists, with the numbers of these."""
    return _wanted(
        page, [((number, phrase), phrase) for number, one in enumerate(lists) for phrase in one.phrases]
    )


def _wanted(page: Page, phrases: Iterable[tuple[_T, Phrase]]) -> wording.Wanted[_T] | None:
    """The words of some phrases, each with what stands for it; None when of one no word is certain."""
    every = [(owner, _groups(page, phrase)) for owner, phrase in phrases]
    return wording.Wanted(page, every) if all(groups for _, groups in every) else None


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
    find, is_opening = _FINDERS[params.unit], params.unit == "opening"  # of which one line is looked at

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        phrases = params.listed(context.target.tag)
        if phrases.phrases and (is_opening or not phrases.is_absent(segment.text, context.target)):
            for found, all_of_it, phrase in find(phrases, segment.text):
                if not (params.skip and is_exempt(segment.text, found, params.skip)):
                    yield _hit(segment.text, found, all_of_it, phrase)

    return detect


def lacking(params: Params) -> Mapping[str, str]:
    """The repairs that are never made, and what they lack."""
    every = itertools.chain.from_iterable(params.phrases.values())
    return {} if any(sides(phrase)[1] for phrase in every) else {"replace": "no phrase has an arrow"}


def concerned(every: tuple[Params, ...]) -> Callable[[Segment, Context], Iterable[int]]:
    """What tells of which lists a phrase may stand in a text: one look at its words for all of them."""
    asked: Iterator[int] = itertools.count()
    all_of_them = range(len(every))

    @functools.cache
    def wanted(language: Language) -> wording.Wanted[tuple[int, Phrase]] | None:
        page = alphabet.page_of(language)
        return None if page is None else _of_lists(page, tuple(one.listed(language.tag) for one in every))

    def concerned(segment: Segment, context: Context) -> Iterable[int]:
        if next(asked) < _SOME or (found := wanted(context.target)) is None:
            return all_of_them
        lists: dict[int, set[Phrase]] = {}
        for number, phrase in _present(found, segment.text, context.target):
            lists.setdefault(number, set()).add(phrase)
        return [
            number
            for number, phrases in sorted(lists.items())
            if not _cannot_begin(every[number].unit, phrases, segment.text)
        ]

    return concerned


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """The sign that all phrases begin with, where they begin with signs."""
    phrases = params.listed(target.tag)
    if not phrases.phrases:
        return NEVER
    if params.unit == "words" and phrases.signs:
        return Trigger((ranges(phrases.signs),))
    return ALWAYS


def _hit(text: str, found: Span, all_of_it: Span, phrase: Phrase) -> Hit:
    repairs = [Repair("delete", (Edit(all_of_it, ""),), "delete")]
    new = phrase.instead_of(text[found.slice]) if phrase.right else ""
    if new:
        repairs.insert(0, Repair("replace", (Edit(found, new),), f"write “{new}”"))
    return Hit(found, tuple(repairs), {"replacement": new, "phrase": phrase.text})


def _words(phrases: _List, text: str) -> _Matches:
    if phrases.signs:
        places = sorted(at for sign in phrases.signs for at in anchored.places(text, sign))
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
    signs = "" if any(char.isalnum() for char in first) else "".join(sorted(first))
    return _List(tuple(phrases), {key: tuple(found) for key, found in index.items()}, signs, params.unit)
