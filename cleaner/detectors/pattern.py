r"""A regular expression, with an optional replacement.

Sees whatever a pattern can say about a stretch of text; `^` and `$` stand at line breaks, `\A` at
the beginning of the segment. Cannot see the language of a word, pairs, or anything that needs
counting: these have kinds of their own.

Cost: one search of the text. The module `regex` with a time limit is the default, because a
pattern that somebody wrote in a hurry must not hang a run; `engine: re` is twice as fast and has no
limit, for patterns that are known to take linear time. Only rules that come with cleaner run so: in
those of a house it is read as `timed`, the same language under the limit.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from cleaner.detectors.base import Context, Detect
from cleaner.errors import RuleTimeout
from cleaner.fields import setting
from cleaner.languages import Language, alphabet
from cleaner.limited import Pattern
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import anchored, spoken
from cleaner.text.exempt import HELP, Exempt, is_exempt
from cleaner.text.lettercase import carried_over
from cleaner.text.triggers import Trigger, firsts, needs
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "replace": "write the text of `replace` instead",
    "delete": "remove the match",
}
DETAILS: Mapping[str, str] = {"replacement": "what the match would become"}

_REFERENCE = re.compile(
    r"\\(?:(?=[1-9])|g<)(\w+)"
)  # \1 or \g<name>; `regex` tells a wrong one only when it is used


@dataclass(frozen=True)
class Params:
    """What to look for. The pattern is compiled when it is needed, which takes longer than reading it."""

    pattern: str = setting("the regular expression; ^ and $ match at line breaks")
    replace: str | None = setting(r"the replacement; \1 and \g<name> stand for groups", None)
    unless: str | None = setting("leave a text alone in which this pattern is found", None)
    unless_spoken_of: bool = setting("leave a match alone that the sentence speaks of (the tag X)", False)
    skip: tuple[Exempt, ...] = setting(HELP, ())
    group: int = setting("the group that is the finding; 0 is the whole match", 0)
    ignore_case: bool = setting(
        "capital and small letters are the same; what is written instead follows what was found", False
    )
    engine: Literal["re", "regex", "timed"] = setting(
        "`regex` knows \\p{…}, `timed` reads a pattern as Python's `re` does; both have a time limit. `re` "
        "has none and is `timed` in your own rules",
        "regex",
    )
    timeout_ms: int = setting(
        "milliseconds that the pattern may take on one segment (not with engine re)", 250
    )

    @cached_property
    def compiled(self) -> Any:
        """The pattern. Raises ValueError when it, the group or the replacement does not hold."""
        if "\b" in self.pattern:
            raise ValueError(
                "“pattern”: \\b is a backspace in double quotes: write the pattern in 'single quotes'"
            )
        pattern = self._compiled("pattern", self.pattern)
        if not self.group and next(iter(pattern.finditer("")), None) is not None:
            raise ValueError(
                "“pattern”: it also matches the empty text, so every place would be a finding: write + for *"
            )
        if not 0 <= self.group <= pattern.groups:
            raise ValueError(f"“group”: the pattern has {pattern.groups} groups, not {self.group}")
        if self.replace is not None:
            for group in _REFERENCE.findall(self.replace.replace("\\\\", "")):
                if not (int(group) <= pattern.groups if group.isdigit() else group in pattern.groupindex):
                    raise ValueError(f"“replace”: the pattern has no group {group}")
            names = {number: f"?P<{name}>" for name, number in pattern.groupindex.items()}
            groups = "".join(f"({names.get(number, '')})" for number in range(1, pattern.groups + 1))
            try:
                re.sub(groups, self.replace, "")  # the same groups, all empty: only the replacement is tried
            except (re.error, IndexError) as error:
                raise ValueError(f"“replace”: {error}") from None
        return pattern

    @cached_property
    def exact(self) -> Any:
        """The pattern with its own letter case."""
        return self._compiled("pattern", self.pattern, re.MULTILINE)

    @property
    def flags(self) -> int:
        return int(re.MULTILINE | (re.IGNORECASE if self.ignore_case else 0))

    @cached_property
    def exempt(self) -> Any:
        """The pattern `unless`, or None. Raises ValueError when it does not hold."""
        return None if self.unless is None else self._compiled("unless", self.unless)

    def _compiled(self, key: str, pattern: str, flags: int | None = None) -> Any:
        flags = self.flags if flags is None else flags
        try:
            if self.engine == "re":
                return re.compile(pattern, flags)
            if self.engine == "timed":
                return Pattern(pattern, flags, limit_ms=self.timeout_ms)
            import regex

            return regex.compile(pattern, flags | regex.VERSION1)
        except RecursionError:
            raise ValueError(f"“{key}”: nested too deeply") from None
        except Exception as error:  # re.error and regex.error have no common root but this
            raise ValueError(f"“{key}”: {error}") from None


def compile(params: Params) -> Detect:
    r"""The detector of one pattern. Raises ValueError when it does not compile.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params(r"(?<=\d)х(?=\d)", replace="x", engine="re"))
    >>> text = "Матрац 140х195"
    >>> [hit.span for hit in detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("en")))]
    [Span(start=10, end=11)]
    >>> compile(Params("(", engine="re"))
    Traceback (most recent call last):
    ...
    ValueError: “pattern”: missing ), unterminated subpattern at position 0
    """
    search = _search(params, params.compiled)
    begun = _begun(params) if params.engine == "re" else None
    exempt = _search(params, params.exempt) if params.exempt else None

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        text = segment.text
        for number, found in enumerate(begun(text, context.target) if begun else search(text)):
            if exempt and not number and any(exempt(segment.text)):
                return
            span = Span(*found.span(params.group))
            if span.start < 0:  # the group took no part in the match
                continue
            if params.skip and is_exempt(segment.text, span, params.skip):
                continue
            if params.unless_spoken_of and _is_spoken_of(segment.text, span):
                continue
            replacement = None if params.replace is None else found.expand(params.replace)
            if params.ignore_case and replacement:
                replacement = _in_its_case(params, segment.text, found, span, replacement)
                if replacement == segment.text[span.slice]:  # it stands there already
                    continue
            repairs = [Repair("delete", (Edit(span, ""),), "delete")]
            if replacement is not None:
                repairs.insert(0, Repair("replace", (Edit(span, replacement),), f"write “{replacement}”"))
            yield Hit(span, tuple(repairs), {"replacement": replacement or ""})

    return detect


def lacking(params: Params) -> Mapping[str, str]:
    """The repairs that are never made, and what they lack."""
    return {"replace": "there is no `replace` in params"} if params.replace is None else {}


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """What a text must have for the pattern to match."""
    return needs(params.pattern, params.flags, engine="regex" if params.engine == "regex" else "re")


def _in_its_case(params: Params, text: str, match: Any, span: Span, written: str) -> str:
    """What to write instead in the letter case of what was found, where that is not the pattern's own."""
    limit = {"timeout": params.timeout_ms / 1000} if params.engine == "regex" else {}
    try:
        exact = params.exact.match(text, match.start(), **limit)
    except TimeoutError:
        raise RuleTimeout(f"the pattern took longer than {params.timeout_ms} ms") from None
    return written if exact and exact.span() == match.span() else carried_over(text[span.slice], written)


def _is_spoken_of(text: str, span: Span) -> bool:
    """Whether the sentence speaks of a match; the spaces at its ends do not belong to it."""
    found = text[span.slice]
    start, end = span.start + len(found) - len(found.lstrip()), span.end - len(found) + len(found.rstrip())
    return spoken.is_spoken_of(text, Span(start, max(start, end)))


_FEW = 8  # texts that are searched sooner than it is known how a pattern begins
_SPARSE = 40  # characters for each sign from which on it is worth while


def _begun(params: Params) -> Callable[[str, Language], Iterable[re.Match[str]]]:
    """A search that tries a pattern of `re` where a sign stands with which it begins.

    Where these signs are everyday characters of the language, or many, it is the usual one.
    """
    compiled = params.compiled
    asked = itertools.count()

    @functools.cache
    def begins_with(language: Language) -> frozenset[str]:
        own, signs = alphabet.of(language), firsts(params.pattern, params.flags)
        return frozenset() if len(signs) < 2 or any(map(own.has, signs)) else signs

    def search(text: str, language: Language) -> Iterable[re.Match[str]]:
        if next(asked) < _FEW or not (signs := begins_with(language)):
            return compiled.finditer(text)  # type: ignore[no-any-return]
        present = signs & alphabet.of(language).signs(text)
        if _SPARSE * sum(map(text.count, present)) > len(text):
            return compiled.finditer(text)  # type: ignore[no-any-return]
        at = sorted(at for sign in present for at in anchored.places(text, sign))
        return anchored.matches(compiled, text, at)

    return search


def _search(params: Params, compiled: Any) -> Callable[[str], Iterator[Any]]:
    if params.engine != "regex":
        return compiled.finditer  # type: ignore[no-any-return]

    def search(text: str) -> Iterator[Any]:
        try:
            yield from compiled.finditer(text, timeout=params.timeout_ms / 1000, concurrent=True)
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {params.timeout_ms} ms") from None

    return search
