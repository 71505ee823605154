"""What is remembered of feeds between runs: one JSON file, one feed a line, versioned.

It is read whole at the start and written whole at the end, and between the two a lock keeps other
runs out, so that neither loses what the other has seen. A file that we cannot read is never
replaced. `use` says what it is for: what `--new` has shown and what `health` has scored are
remembered apart, since the one would hide from the other what is new.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cleaner import files
from cleaner.errors import ConfigError, InputError, Problem, Where
from cleaner.fields import bind, setting
from cleaner.reporters import jsontext
from cleaner.values import dataclass
from cleaner.yamlio import from_plain

VERSION = 1
NEW_FILE, HEALTH_FILE = ".cleaner-feeds.json", ".cleaner-feed-health.json"
_ITEMS = 1000  # remembered of one feed at least, beyond those that it still has
_RUNS = 100


@dataclass(frozen=True, slots=True)
class Run:
    """One look at a feed. `classes` count the items that have a defect of each class, `marks` say in
    which ways."""

    at: str = setting("when, as 2026-12-31T08:00:00Z")
    score: float = setting("how sound the feed was, 0 to 100")
    items: int = setting("how many items it had")
    new: int = setting("how many of them were new", 0)
    classes: Mapping[str, int] = setting("items by class of defect", None)
    marks: Mapping[str, tuple[str, ...]] = setting("the marks of each class, the most frequent first", None)
    settings: str = setting("what it was looked at with", "")


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one feed."""

    url: str = setting("the feed, as it was named")
    final: str = setting("where its redirects ended", "")
    etag: str = setting("its version, as its server calls it", "")
    modified: str = setting("when it was changed, as its server says it", "")
    items: tuple[str, ...] = setting("the items that were seen, the latest first", ())
    head: tuple[str, ...] = setting("the fingerprints of findings outside of items", ())
    saved: str = setting("a hash of what was saved, and of what with", "")
    runs: tuple[Run, ...] = setting("the looks at it, the latest last", ())

    def with_items(self, now: Iterable[str]) -> Memory:
        """The same after a look: the items that the feed has now, then the latest of those it had."""
        here = tuple(dict.fromkeys(now))
        known = set(here)
        gone = [key for key in self.items if key not in known][:_ITEMS]
        return dataclasses.replace(self, items=(*here, *gone))

    def with_run(self, run: Run) -> Memory:
        """The same with one more look; only the last hundred are kept."""
        return dataclasses.replace(self, runs=(*self.runs, run)[-_RUNS:])


@dataclass(frozen=True, slots=True)
class _File:
    version: int = setting("the version of the file")
    use: str = setting("what it is for")
    feeds: tuple[Memory, ...] = setting("what is remembered of each feed", ())


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other runs away from a state file. Raises InputError when one is at it already.

    The lock is one of the system: it goes with its process, however that ends. Its file stays.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        raise InputError(f"{lock}: cannot be written: {error.strerror}") from None
    try:
        try:
            _take(handle)
        except OSError:
            hint = "wait for it, or name another file by --state"
            raise InputError(f"{path}: another run is using it", hint=hint) from None
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def load(path: Path, use: str) -> dict[str, Memory]:
    """What is remembered, by URL; nothing when there is no file yet.

    Raises ConfigError when the file is not ours, of another version, or for another use, InputError
    when it cannot be read.
    """
    if not os.path.lexists(path):
        return {}
    return parse(files.read(path).decode("utf-8", "surrogateescape"), str(path), use)


def save(path: Path, use: str, memories: Mapping[str, Memory]) -> None:
    """Write what is remembered, whole or not at all. Raises InputError."""
    new = dump(use, memories.values()).encode("utf-8")
    if not os.path.lexists(path):
        if memories:
            files.create(path, new)
    elif (old := files.read(path)) != new:
        files.replace(path, old, new)


def dump(use: str, memories: Iterable[Memory]) -> str:
    """The text of a state file; what is empty is left out.

    >>> print(dump("new", [Memory("https://example.org/a", etag='"7"', items=("9f",))]), end="")
    {"version": 1, "use": "new", "feeds": [
    {"url": "https://example.org/a", "etag": "\\"7\\"", "items": ["9f"]}
    ]}
    """
    lines = (jsontext.dump(_plain(one)).strip() for one in sorted(memories, key=lambda m: m.url))
    return f'{{"version": {VERSION}, "use": "{use}", "feeds": [\n' + ",\n".join(lines) + "\n]}\n"


def _plain(memory: Memory) -> dict[str, object]:
    """What is to be written: what is empty is not, but a zero is a number."""

    def full(values: Iterable[tuple[str, object]]) -> dict[str, object]:
        return {name: value for name, value in values if value or value == 0}

    return dataclasses.asdict(memory, dict_factory=full)


def parse(text: str, name: str, use: str) -> dict[str, Memory]:
    """What the text of a state file says, by URL. Raises ConfigError.

    >>> parse('{"version": 2, "use": "new"}', "a.json", "new")
    Traceback (most recent call last):
    ...
    cleaner.errors.ConfigError: a.json: version 2: this cleaner reads version 1 (--state names another file)
    """
    where, hint = Where(name), "--state names another file"
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = Where(name, error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else where
        raise ConfigError([Problem(place, "not a state file: this is no JSON", hint)]) from None
    version = value.get("version") if isinstance(value, dict) else None
    if version != VERSION:
        message = (
            f"version {version!r}: this cleaner reads version {VERSION}" if version else "not a state file"
        )
        raise ConfigError([Problem(where, message, hint)])
    problems: list[Problem] = []
    found = bind(_File, from_plain(value, where), problems)
    if found is None:
        raise ConfigError(problems)
    if found.use != use:
        raise ConfigError([Problem(where, f"the state of “{found.use}”, not of “{use}”", hint)])
    return {memory.url: memory for memory in found.feeds}
