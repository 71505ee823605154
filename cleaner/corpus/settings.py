"""What is read of a row and what may be done to it: values that travel to other processes."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
from dataclasses import dataclass
from types import ModuleType

from cleaner.config import Config
from cleaner.errors import InputError, UsageError
from cleaner.model import Safety
from cleaner.ruleset.selection import rules_for, select

MIB = 1024 * 1024
MAX_ROW = 4 * MIB
"""Bytes of the largest row that is read. A text may take over a hundred times its size in memory when it
is full of findings (docs/scale.md)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a row: the texts to clean, and those that say something about them.

    `lang` holds the language of each row (BCP 47), `source_lang` the one it was translated from,
    `original` the text it was translated from; None where there is no such column. In JSON Lines a
    column is a member of the top, or a JSON Pointer that begins with `/`. `findings` and `rejected`
    are the columns that are added to tables.

    >>> Columns(("title", "text"), original="source")
    Traceback (most recent call last):
    ...
    cleaner.errors.UsageError: an original column belongs to one text column, here are 2
    """

    text: tuple[str, ...] = ("text",)
    lang: str | None = None
    source_lang: str | None = None
    original: str | None = None
    findings: str = "findings"
    rejected: str = "rejected"

    def __post_init__(self) -> None:
        if not self.text:
            raise UsageError("no column of text is named")
        if self.original is not None and len(self.text) > 1:
            raise UsageError(f"an original column belongs to one text column, here are {len(self.text)}")
        names = [*self.read, self.findings, self.rejected]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UsageError(f"the column “{twice}” is named twice")

    @property
    def about(self) -> tuple[str | None, str | None, str | None]:
        """The columns that say something about the texts: language, source language, original."""
        return (self.lang, self.source_lang, self.original)

    @property
    def read(self) -> tuple[str, ...]:
        """Every column that is read, the texts first."""
        return (*self.text, *(name for name in self.about if name is not None))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what a row becomes; rows with equal settings become the same."""

    columns: Columns = Columns()
    config: Config = Config()
    allowed: Safety = Safety.SAFE
    max_row: int = MAX_ROW

    def fingerprint(self) -> str:
        """A name for these settings with the exact content of the rules and the version of cleaner.

        Raises RuleError, ConfigError or UsageError when the rules cannot be used.
        """
        version = importlib.import_module("cleaner").__version__
        # Where a configuration file stands decides nothing; what it says does.
        plain = dataclasses.replace(self.config, origin="", root="")
        chosen = [(rule.id, rule.severity.value, rule.safety) for rule in select(self.config)]
        said = repr((version, rules_for(self.config).digest, chosen, plain, *self._rest()))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def _rest(self) -> tuple[object, ...]:
        return (self.columns, self.allowed, self.max_row)


def needed(module: str, extra: str = "corpus") -> ModuleType:
    """A module of an extra, imported now. Raises InputError that names the extra when it is absent.

    >>> needed("no_such_module")
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: no_such_module is not installed (pip install 'translation-cleaner[corpus]')
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        hint = f"pip install 'translation-cleaner[{extra}]'"
        raise InputError(f"{name} is not installed", hint=hint) from None
