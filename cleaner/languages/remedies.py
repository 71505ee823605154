"""What can honestly be done about a leftover, and when deleting it loses nothing.

    redundant    its translation or its name in the letters of the text stands right beside it
    role         bracketed, beside, unit, glued, clause or word: what the rules tell apart
    repairs      delete what is proven redundant, gloss, transliterate, delete

A gloss comes from closed lists and may not fit the grammar; a name is transliterated by a standard
and may be inflected; deletion of what is not proven redundant loses what the word said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.languages import Language
from cleaner.languages.fragments import Fragment
from cleaner.languages.gloss import Gloss, gloss, standard, transliterate
from cleaner.model import Hit, Repair
from cleaner.offsets import Edit, Span
from cleaner.text import words
from cleaner.text.recent import recent

DETAILS = {
    "found_language": "the language of the fragment, or its script when no more is known",
    "beside": "the words beside it that say the same",
}
ACTIONS = {
    "delete-redundant": "remove it where its translation or its name stands beside it",
    "gloss": "write its equivalent from the closed lists; brackets stay",
    "gloss-bare": "write its equivalent and take the brackets away",
    "transliterate": "write the name in Latin letters by the standard of its language",
    "delete": "remove it",
}
_SPACES = " \u00a0\u202f"
_NUMBER_AFTER = re.compile(r"[ \u00a0]?(\d[\d.,]*(?:[ \u00a0](?:thousand|million|billion))?)(?!\w)")
_NUMBER_BEFORE = re.compile(r"(?:\d|\b(?:thousand|million|billion))[ \u00a0]?$")


def hit(text: str, fragment: Fragment, target: Language) -> Hit:
    """The hit of a fragment: its repairs, its language, its evidence."""
    return Hit(
        fragment.outer,
        tuple(repairs(text, fragment, target)),
        {"found_language": fragment.language, "beside": redundant(text, fragment, target)},
        fragment.evidence,
        round(fragment.confidence, 2),
    )


@recent(64)
def role(text: str, fragment: Fragment, target: Language) -> str:
    """The one role in which a fragment is reported.

    >>> from cleaner.languages import lookup
    >>> from cleaner.languages.fragments import in_other_letters
    >>> for text in ("Анна Anna came.", "It cost 100 грн then.", "They [будут] come."):
    ...     print(role(text, in_other_letters(text, lookup("en"), lookup("uk"), None)[0], lookup("en")))
    beside
    unit
    bracketed
    """
    if redundant(text, fragment, target):
        return "beside"
    if fragment.form == "word" and measures(text, fragment, target):
        return "unit"
    return fragment.form


@recent(4096)  # every rule of leftovers asks, and each look of a repair
def redundant(text: str, fragment: Fragment, target: Language) -> str:
    """The text beside a fragment that says the same, "" when none is found.

    Right before or right after it: the gloss of all its words, or the same name in Latin letters.

    >>> from cleaner.languages import lookup
    >>> from cleaner.languages.fragments import in_other_letters
    >>> for text in ("But кожна every family knows.", "They both [будут] be there."):
    ...     print(redundant(text, in_other_letters(text, lookup("en"), lookup("uk"), None)[0], lookup("en")))
    every
    <BLANKLINE>
    """
    if fragment.form in ("glued", "clause"):
        return ""
    own = words.WORD.findall(text, fragment.span.start, fragment.span.end)
    if not 1 <= len(own) <= 3:
        return ""
    for wanted in _sayings(own, fragment, target):
        size = len(wanted.split())
        for near in _beside(text, fragment.outer, size):
            if _sound(near) == _sound(wanted):
                return near
    return ""


def measures(text: str, fragment: Fragment, target: Language) -> bool:
    """Whether a fragment is a unit, a currency or a month beside a number."""
    word = text[fragment.span.slice].strip(".")
    found = _gloss(word, fragment, target) or (gloss(word, fragment.lang, "en") if fragment.lang else None)
    if found is None or found.kind in ("function", "weekday"):
        return False
    left = text[max(0, fragment.span.start - 12) : fragment.span.start]
    return bool(_NUMBER_BEFORE.search(left) or _NUMBER_AFTER.match(text, fragment.span.end))


def repairs(text: str, fragment: Fragment, target: Language) -> Iterator[Repair]:
    """Every repair that is known for a fragment; the rule says how far each is trusted."""
    beside = redundant(text, fragment, target)
    removed = Edit(_with_space(text, fragment.outer), "")
    if beside:
        yield Repair("delete-redundant", (removed,), f"delete it: “{beside}” says the same", beside)
    found = _gloss(text[fragment.span.slice], fragment, target)
    if found is not None:
        yield from _glosses(text, fragment, found, target)
    name = _name(text, fragment, target)
    if name:
        title = f"write “{name}” ({standard(fragment.lang)})"
        yield Repair("transliterate", (Edit(fragment.span, name),), title)
    yield Repair("delete", (removed,), "delete it")


def _sayings(own: list[str], fragment: Fragment, target: Language) -> Iterator[str]:
    """What may stand beside a fragment and say the same."""
    glosses = [gloss(word, fragment.lang, target.tag) for word in own] if fragment.lang else []
    if glosses and all(glosses):
        yield " ".join(found.text for found in glosses if found)
    if fragment.script == "Cyrl" and "Latn" in target.scripts:
        for tag in dict.fromkeys((fragment.lang, "ru", "uk")):
            spelt = transliterate(" ".join(own), tag)
            if len(spelt) > 2:
                yield spelt


def _beside(text: str, outer: Span, count: int) -> Iterator[str]:
    """The `count` words right before a span, and those right after it, nothing but spaces between."""
    end = outer.start
    while end and text[end - 1] in _SPACES:
        end -= 1
    before = list(words.words(text, max(0, end - 80), end))[-count:]
    if len(before) == count and before[-1].end == end:
        yield text[before[0].start : end]
    start = outer.end
    while text[start : start + 1] and text[start] in _SPACES:
        start += 1
    after = [span for span, _ in zip(words.words(text, start, start + 80), range(count), strict=False)]
    if len(after) == count and after[0].start == start:
        yield text[start : after[-1].end]


_SOUND = (
    (r"kh|gh", "h"),
    ("[gh]", "h"),
    ("[yj]", "i"),
    ("i+", "i"),
    ("i(?=[aeou])", ""),
    ("ks", "x"),
    ("(.)\\1", r"\1"),
)


@lru_cache(maxsize=4096)
def _sound(name: str) -> str:
    """A spelling in which the standards of transliteration agree.

    >>> _sound("Stoltenberh") == _sound("Stoltenberg"), _sound("Yuriy") == _sound("Yuri")
    (True, True)
    """
    name = " ".join(name.lower().split())
    for pattern, plain in _SOUND:
        name = re.sub(pattern, plain, name)
    return name


def _gloss(word: str, fragment: Fragment, target: Language) -> Gloss | None:
    return gloss(word, fragment.lang, target.tag) if fragment.lang else None


def _glosses(text: str, fragment: Fragment, found: Gloss, target: Language) -> Iterator[Repair]:
    span, outer = fragment.span, fragment.outer
    said = found.text
    opens = words.is_sentence_start(text, outer.start) and outer == span
    if text[span.start].isupper() or (opens and target.word_spaces):
        said = said[:1].upper() + said[1:]
    number = _NUMBER_AFTER.match(text, outer.end) if found.kind == "currency" and outer == span else None
    if number:  # דולר 100 → 100 dollars
        moved = _spaced(text, Span(span.start, number.end()), f"{number[1]} {said}", target)
        yield Repair("gloss", (Edit(Span(span.start, number.end()), moved),), f"write “{moved.strip()}”")
        return
    if outer == span:
        said = _spaced(text, span, said, target)
        yield Repair("gloss", (Edit(span, said),), f"write “{said.strip()}”")
        return
    framed = text[outer.start : span.start] + said + text[span.end : outer.end]
    yield Repair("gloss", (Edit(span, said),), f"write “{framed}”")
    yield Repair("gloss-bare", (Edit(outer, _spaced(text, outer, said, target)),), f"write “{said}”")


def _spaced(text: str, span: Span, new: str, target: Language) -> str:
    """`new` with the spaces that keep it apart from the words beside it."""
    if not target.word_spaces:
        return new
    left, right = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (" " if left.isalnum() else "") + new + (" " if right.isalnum() else "")


def _name(text: str, fragment: Fragment, target: Language) -> str:
    run = text[fragment.span.slice]
    listed = words.WORD.findall(run)
    if "Latn" not in target.scripts or not listed or not all(word[0].isupper() for word in listed):
        return ""
    return transliterate(run, fragment.lang) if fragment.form in ("word", "bracketed") else ""


def _with_space(text: str, span: Span) -> Span:
    """A span with one of the spaces around it, so that its deletion leaves one."""
    before = text[span.start - 1 : span.start]
    after = text[span.end : span.end + 1]
    if before and before in _SPACES and (not after or not after.isalnum()):
        return Span(span.start - 1, span.end)
    if after and after in _SPACES and (not before or before in _SPACES or before in "\n([{“„«\"'"):
        return Span(span.start, span.end + 1)
    if before and before in _SPACES and after.isalnum():
        return span
    return span
