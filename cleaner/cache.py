"""The user's cache folder: facts that took time to find out and may be forgotten at any time.

    holds, remember   a fact: a line of text; its entry is a file that holds this very line
    recall, keep      a text under a name that says all it depends on, versions and contents

A text stands behind its name and its own hash. So whatever else is found there, cut off, foreign or
from another version, is as good as nothing; nothing is unpickled or run. An entry appears whole or
not at all, and a folder that cannot be written is no error.
"""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cleaner.hashing import blake2b
from cleaner.version import __version__

FOLDER = "CLEANER_CACHE_DIR"
"""The variable of the environment that names the folder."""
_DAYS = 60  # then an entry is forgotten and found out anew
_SUFFIX = ".fact"
_TEXT = ".text"
_TEMPORARY = ".tmp"
_SWEPT = ".swept"
_ROOM = 500_000_000  # bytes of all entries; the oldest make room once a day
_LARGEST = 50_000_000  # bytes of a text worth keeping


def folder() -> Path:
    """Where entries are kept: CLEANER_CACHE_DIR, else where the system keeps caches (XDG on Linux)."""
    own = os.environ.get(FOLDER)
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cleaner"


def use(place: str | None) -> None:
    """Keep entries in this folder from now on; processes that are started do the same. None changes nothing."""
    if place is not None:
        os.environ[FOLDER] = place


@functools.cache
def edition() -> str:
    """What the code is: its version and Python's, and in a checkout the state of its files.

    What was found out by other code must not be found in the cache: an installed package is told by
    the time of its installation, a checkout by the sizes and times of all its files.
    """
    package = os.path.dirname(__file__)
    python = ".".join(map(str, sys.version_info[:2]))
    installed = os.path.isdir(os.path.join(package, "rules"))  # as `ruleset.load` tells one from the other
    state = str(os.stat(__file__).st_mtime_ns) if installed else states(package)
    return f"{__version__} {python} {state}"


def states(folder: str | Path) -> str:
    """A name for the sizes and times of all files below a folder; another one when a file changes."""
    return _hash("\n".join(sorted(_states(str(folder)))).encode("utf-8", "surrogateescape"))


def _states(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def holds(fact: str) -> bool:
    """Whether this very fact was remembered."""
    try:
        entry = _entry(fact)
        return _is_file(entry, 10_000) and entry.read_bytes() == fact.encode("utf-8")
    except (OSError, RuntimeError):  # RuntimeError: nobody knows where the home folder is
        return False


def remember(fact: str) -> None:
    """Keep a fact, and drop old ones."""
    _store(fact, _SUFFIX, fact.encode("utf-8"))


def recall(name: str) -> str | None:
    """The text that was kept under a name; None when there is none or it is not whole."""
    try:
        entry = _entry(name, _TEXT)
        if not _is_file(entry, _LARGEST):
            return None
        seal, _, content = entry.read_bytes().partition(b"\n")
        return content.decode("utf-8") if seal == _seal(name, content) else None
    except (OSError, RuntimeError, UnicodeDecodeError):
        return None


def keep(name: str, text: str) -> None:
    """Keep a text, and drop old entries."""
    content = text.encode("utf-8")
    if len(content) < _LARGEST:
        _store(name, _TEXT, _seal(name, content) + b"\n" + content)


def _store(name: str, suffix: str, content: bytes) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        entry = _entry(name, suffix)
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # `tempfile` takes as long to import as a file to check, and nobody else may write here
        temporary = entry.with_name(f".{os.getpid()}-{time.time_ns()}{_TEMPORARY}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.replace(entry)
        _forget(entry.parent)


def _is_file(entry: Path, largest: int) -> bool:
    """Whether an entry can be read at once: a pipe of its name would be waited for."""
    status = entry.stat()
    return stat.S_ISREG(status.st_mode) and status.st_size <= largest


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()


def _seal(name: str, content: bytes) -> bytes:
    return _hash(name.encode("utf-8") + b"\0" + content).encode()


def _entry(name: str, suffix: str = _SUFFIX) -> Path:
    return folder() / (_hash(name.encode("utf-8")) + suffix)


def _forget(place: Path) -> None:
    """Drop what is old; not oftener than once a day, because it looks at every entry."""
    swept = place / _SWEPT
    with contextlib.suppress(OSError):
        if time.time() - swept.stat().st_mtime < 86400:
            return
    swept.touch()
    found = []
    for path in place.iterdir():
        if path.suffix in (_SUFFIX, _TEXT, _TEMPORARY):
            with contextlib.suppress(OSError):  # another run does the same
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
    room = _ROOM
    for changed, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0 or time.time() - changed > _DAYS * 86400:
            path.unlink(missing_ok=True)
