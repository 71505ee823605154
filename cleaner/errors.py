"""Every error that cleaner raises on purpose, drawn as a tree.

    CleanerError
    ├── UsageError       a wrong argument: unknown rule, unknown option value      exit 2
    │   ├── LanguageError    a language tag we know nothing of                     exit 2
    │   └── MissingPathError a path that does not exist                            exit 2
    ├── RuleError        one or more mistakes in rule files                        exit 2
    ├── ConfigError      one or more mistakes in cleaner.yaml or pyproject.toml    exit 2
    ├── InputError       a file that cannot be read or written                     exit 3
    │   └── FormatError      a file that is not what its format says               exit 3
    └── RuleTimeout      a pattern that took too long on one text; the run goes on

An error says what is wrong, where, and what to do; it is printed without a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.values import dataclass


class Where(NamedTuple):
    """A place in a file that a person wrote; line and column start at 1, 0 means unknown.

    >>> str(Where("rules/quotes/unpaired.yml", 7, 3))
    'rules/quotes/unpaired.yml:7:3'
    >>> str(Where("pyproject.toml"))
    'pyproject.toml'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file that a person wrote, with its place and the way out.

    >>> print(Problem(Where("x.yml", 2, 1), "unknown key “patern”", "did you mean “pattern”?"))
    x.yml:2:1: unknown key “patern” (did you mean “pattern”?)
    """

    where: Where
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class CleanerError(Exception):
    """The root: catch it to catch everything that cleaner raises on purpose."""

    exit_status = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message + (f" ({self.hint})" if self.hint else "")


class UsageError(CleanerError):
    """An argument that cannot be meant: an unknown rule, an unknown value."""

    exit_status = 2


class LanguageError(UsageError):
    """A language tag that we know nothing of."""


class MissingPathError(UsageError):
    """A path that does not exist."""


class InputError(CleanerError):
    """A file that cannot be read or written; the run goes on with the others."""


class FormatError(InputError):
    """A document that is not what its format says: nothing in it is read, nothing is written.

    `offset` is where it breaks, in code points of the text.
    """

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


class RuleTimeout(CleanerError):
    """A pattern that took longer than it may on one text; the other rules go on."""


class FileProblems(CleanerError):
    """Mistakes in files that a person wrote: all of them at once, in the order of the file."""

    exit_status = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.where.file, p.where.line, p.where.column)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[FileProblems], tuple[tuple[Problem, ...]]]:
        """Another process raises the same: what is made again is made of the problems."""
        return type(self), (self.problems,)


class RuleError(FileProblems):
    """One or more mistakes in rule files: the run does not start."""


class ConfigError(FileProblems):
    """One or more mistakes in a configuration file: the run does not start."""


def unexpected(error: Exception) -> str:
    """What is said of an error that nobody raised on purpose: a mistake of ours, or a machine that is too small.

    >>> unexpected(ValueError("boom"))
    'internal error, please report it: ValueError: boom'
    >>> unexpected(MemoryError())
    'there is not enough memory for it'
    """
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return f"internal error, please report it: {type(error).__name__}: {error}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint “did you mean …?” for a misspelt word, or "" when nothing is near.

    >>> nearest("leftover/bracketed-wrd", ["leftover/bracketed-word", "quotes/unpaired"])
    'did you mean “leftover/bracketed-word”?'
    >>> nearest("xyz", ["title", "why"])
    ''
    """
    found = nearest_word(word, known)
    return f"did you mean “{found}”?" if found else ""


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word that a misspelt one is nearest to, or ""."""
    import difflib  # only for who has made a mistake

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
