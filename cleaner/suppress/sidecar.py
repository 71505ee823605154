"""Suppressions for files that cannot carry comments: `.cleaner-ignore.yaml`.

    - path: feeds/*.json          # as in .gitignore, from the folder of this file
      rule: quotes/unpaired       # an id, a family or ALL, or a list of them
      match: "сказал “да"         # the text that is right as it stands
      reason: cut by the agency
      expires: 2026-12-31         # the last day on which it holds

The nearest one above a file holds for it. `match` is quoted as a reader sees it, without markup and
escapes; it silences what lies inside it.
"""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner import files
from cleaner.discovery import spec
from cleaner.errors import ConfigError, FileProblems, InputError, Problem, Where
from cleaner.fields import bind, setting
from cleaner.values import dataclass, replace
from cleaner.yamlio import Items, Keys, Node, read

FILE_NAME = ".cleaner-ignore.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One suppression. Without `match` it holds for all that the rule finds in the files."""

    path: str = setting("the files, as in .gitignore, from the folder of this one")
    rule: tuple[str, ...] = setting("ids, families or ALL")
    match: str = setting("the text that is right as it stands", "")
    reason: str = setting("why it is right", "")
    expires: str | None = setting("the last day on which it holds, as 2026-12-31", None)
    until: datetime.date | None = None
    where: Where = Where("")

    def has_expired(self, today: datetime.date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The suppressions of one file; `root` is the folder that its paths start from."""

    name: str
    text: str
    root: str
    entries: tuple[Entry, ...] = ()

    def for_path(self, path: str) -> Iterator[tuple[int, Entry]]:
        """The suppressions that hold for a file, with their numbers."""
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(self.root or ".")).replace(
            os.sep, "/"
        )
        for number, entry in enumerate(self.entries):
            if not relative.startswith("../") and _spec(entry.path, self.name).match_file(relative):
                yield number, entry


@functools.cache
def _spec(pattern: str, name: str) -> Any:
    return spec([pattern], name)


def parse(text: str, name: str, root: str = "") -> Sidecar:
    """The suppressions in the text of a side-car file. Raises ConfigError with every mistake.

    >>> parse("- {path: a.txt, rule: quotes, macth: x}", "s.yaml")
    Traceback (most recent call last):
    ...
    cleaner.errors.ConfigError: s.yaml:1:31: unknown key “macth” (did you mean “match”?)
    """
    problems: list[Problem] = []
    try:
        node = read(text, name)
    except FileProblems as error:
        raise ConfigError(error.problems) from None
    entries: list[Entry] = []
    if isinstance(node, Items):
        entries = [entry for item in node.values if (entry := _entry(item, problems))]
    elif text.strip() and not (isinstance(node, Keys) and not node.values):
        problems.append(Problem(node.where, "expected a list of suppressions"))
    if problems:
        raise ConfigError(problems)
    return Sidecar(name, text, root, tuple(entries))


def _entry(node: Node, problems: list[Problem]) -> Entry | None:
    entry = bind(Entry, node, problems)
    if entry is None or not isinstance(node, Keys):
        return None
    before = len(problems)
    for key, value in (("path", entry.path), ("rule", "".join(entry.rule))):
        if not value.strip():
            problems.append(Problem(node.values[key].where, f"“{key}” is empty"))
    until = None
    if entry.expires is not None:
        try:
            until = datetime.date.fromisoformat(entry.expires)
        except ValueError:
            message = f"“expires”: expected a day, got “{entry.expires}”"
            problems.append(Problem(node.values["expires"].where, message, "as in 2026-12-31"))
    if len(problems) > before:
        return None
    return replace(entry, until=until, where=node.where)


def discover(path: Path | str) -> Path | None:
    """The nearest side-car file, walking up from the folder of `path`; None when there is none."""
    if os.path.islink(path):
        return _discover(Path(os.path.realpath(path)).parent)  # resolve() stumbles over a link to itself
    folder = os.path.dirname(path)
    return _discover(_real(folder if os.path.isabs(folder) else os.path.join(os.getcwd(), folder)))


@functools.cache
def _real(folder: str) -> Path:
    return Path(os.path.realpath(folder))


@functools.cache
def _discover(folder: Path) -> Path | None:
    candidate = folder / FILE_NAME
    if candidate.is_file():
        return candidate
    return None if folder.parent == folder else _discover(folder.parent)


def for_file(path: Path | str) -> Sidecar | None:
    """The suppressions that hold for a file, None when there is no side-car file. Raises what `load` raises."""
    found = discover(path)
    return load(found) if found else None


@functools.cache
def load(path: Path) -> Sidecar:
    """The suppressions in a file. Raises ConfigError with every mistake, InputError when it cannot be read."""
    shown = os.path.relpath(path)
    try:
        text = files.read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{shown}: not UTF-8 at byte {error.start}") from None
    return parse(text, shown, str(path.parent))
