r"""A regular expression, with an optional replacement.

Sees whatever a pattern can say about a stretch of text; `^` and `$` stand at line breaks, `\A` at
the beginning of the segment. Cannot see the language of a word, pairs, or anything that needs
counting: these have kinds of their own.

Cost: one search of the text. The module `regex` with a time limit is the default, because a
pattern that somebody wrote in a hurry must not hang a run; `engine: re` is twice as fast and has no
limit, for patterns that are known to take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from cleaner.detectors.base import Context, Detect
from cleaner.errors import RuleTimeout
from cleaner.fields import setting
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span

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
    group: int = setting("the group that is the finding; 0 is the whole match", 0)
    ignore_case: bool = setting("capital and small letters are the same", False)
    engine: Literal["re", "regex"] = setting(
        "`regex` knows \\p{…} and has a time limit, `re` is faster", "regex"
    )
    timeout_ms: int = setting("milliseconds that the pattern may take on one segment (engine regex)", 250)

    @cached_property
    def compiled(self) -> Any:
        """The pattern. Raises ValueError when it, the group or the replacement does not hold."""
        pattern = self._compiled("pattern", self.pattern)
        if not 0 <= self.group <= pattern.groups:
            raise ValueError(f"“group”: the pattern has {pattern.groups} groups, not {self.group}")
        if self.replace is not None:
            for group in _REFERENCE.findall(self.replace.replace("\\\\", "")):
                if not (int(group) <= pattern.groups if group.isdigit() else group in pattern.groupindex):
                    raise ValueError(f"“replace”: the pattern has no group {group}")
            try:
                pattern.sub(self.replace, "")
            except Exception as error:  # re and regex raise errors of their own, and IndexError
                raise ValueError(f"“replace”: {error}") from None
        return pattern

    @cached_property
    def exempt(self) -> Any:
        """The pattern `unless`, or None. Raises ValueError when it does not hold."""
        return None if self.unless is None else self._compiled("unless", self.unless)

    def _compiled(self, key: str, pattern: str) -> Any:
        flags = re.MULTILINE | (re.IGNORECASE if self.ignore_case else 0)
        try:
            if self.engine == "re":
                return re.compile(pattern, flags)
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
    exempt = _search(params, params.exempt) if params.exempt else None

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        for number, found in enumerate(search(segment.text)):
            if exempt and not number and any(exempt(segment.text)):
                return
            span = Span(*found.span(params.group))
            if span.start < 0:  # the group took no part in the match
                continue
            replacement = None if params.replace is None else found.expand(params.replace)
            repairs = [Repair("delete", (Edit(span, ""),), "delete")]
            if replacement is not None:
                repairs.insert(0, Repair("replace", (Edit(span, replacement),), f"write “{replacement}”"))
            yield Hit(span, tuple(repairs), {"replacement": replacement or ""})

    return detect


def _search(params: Params, compiled: Any) -> Callable[[str], Iterator[Any]]:
    if params.engine == "re":
        return compiled.finditer  # type: ignore[no-any-return]

    def search(text: str) -> Iterator[Any]:
        try:
            yield from compiled.finditer(text, timeout=params.timeout_ms / 1000, concurrent=True)
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {params.timeout_ms} ms") from None

    return search
