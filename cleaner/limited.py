"""Regular expressions that somebody else wrote, under a limit of time.

    Pattern   what `re.compile` gives, as far as we use it; a search that takes too long is ended
    Budget    seconds that all searches with one pattern may take together

The module `re` has no limit and backtracks: a rule of a house or a line of .gitignore, written in a
hurry or in bad faith, could hang a run. `regex` reads the same language (its version 0) and can be
told to stop. It costs half of the speed, so what we wrote and tested ourselves stays with `re`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from cleaner.errors import ConfigError, Problem, RuleTimeout, Where


class Pattern:
    """A pattern as `re` reads it, with a limit in milliseconds for each search.

    Raises ValueError when it does not compile; RuleTimeout when a search takes too long.

    >>> [found[0] for found in Pattern("с+").finditer("сс нос")]
    ['сс', 'с']
    >>> Pattern("(a|aa)+$").search("a" * 60 + "!")
    Traceback (most recent call last):
    ...
    cleaner.errors.RuleTimeout: the pattern took longer than 250 ms
    """

    __slots__ = ("_limit", "groupindex", "groups", "pattern", "regex")

    def __init__(self, written: str, flags: int = 0, *, limit_ms: int = 250) -> None:
        import regex  # most runs have no such pattern

        try:
            self.regex = regex.compile(written, flags | regex.VERSION0)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except Exception as error:  # regex.error has no root of its own, and others come as well
            raise ValueError(str(error)) from None
        self.pattern = written
        self.groups: int = self.regex.groups
        self.groupindex: dict[str, int] = self.regex.groupindex
        self._limit = limit_ms

    def search(self, text: str, *bounds: int) -> Any:
        """The first match, or None. `bounds` are where to begin and to end."""
        try:
            return self.regex.search(text, *bounds, timeout=self._limit / 1000, concurrent=True)
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {self._limit} ms") from None

    def match(self, text: str, *bounds: int) -> Any:
        """The match that begins where the search does, or None."""
        try:
            return self.regex.match(text, *bounds, timeout=self._limit / 1000, concurrent=True)
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {self._limit} ms") from None

    def finditer(self, text: str, *bounds: int) -> Iterator[Any]:
        """All matches; the limit holds for all of them together."""
        try:
            yield from self.regex.finditer(text, *bounds, timeout=self._limit / 1000, concurrent=True)
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {self._limit} ms") from None

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced."""
        try:
            return str(self.regex.sub(replacement, text, timeout=self._limit / 1000, concurrent=True))
        except TimeoutError:
            raise RuleTimeout(f"the pattern took longer than {self._limit} ms") from None


class Budget:
    """A pattern for paths, as `re` reads it, whose searches may take only so many seconds together.

    It stands in for what `re.compile` gives. Raises ConfigError, which names the place of `shown`, the
    pattern as a person wrote it, when they take longer.

    >>> path = Budget("^a(b)?", "a*", Where(".gitignore"))
    >>> path.search("ab")[1], path.fullmatch("abc")
    ('b', None)
    """

    __slots__ = ("_left", "_pattern", "_shown", "_where")

    def __init__(
        self, written: str, shown: str, where: Where, *, flags: int = 0, seconds: float = 1.0
    ) -> None:
        self._pattern = Pattern(written, flags).regex
        self._left, self._shown, self._where = seconds, shown, where

    def search(self, text: str) -> Any:
        """The first match, or None."""
        return self._timed(self._pattern.search, text)

    def fullmatch(self, text: str) -> Any:
        """The match of the whole text, or None."""
        return self._timed(self._pattern.fullmatch, text)

    def _timed(self, run: Any, text: str) -> Any:
        started = time.perf_counter()
        try:
            return run(text, timeout=max(self._left, 0.001), concurrent=True)
        except TimeoutError:
            message = f"“{self._shown}” takes too long to compare with paths"
            raise ConfigError([Problem(self._where, message, "write it with fewer *")]) from None
        finally:
            self._left -= time.perf_counter() - started
