"""The user's cache folder: facts that took time to find out and may be forgotten at any time.

A fact is a line of text and its entry is a file that holds this very line. So whatever else is
found there, cut off, foreign or made by hand, is as good as nothing; nothing is unpickled or run.
An entry appears whole or not at all, and a folder that cannot be written is no error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

_DAYS = 60  # then an entry is forgotten and found out anew
_SUFFIX = ".fact"


def folder() -> Path:
    """Where entries are kept: CLEANER_CACHE_DIR, else where the system keeps caches (XDG on Linux)."""
    own = os.environ.get("CLEANER_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cleaner"


def holds(fact: str) -> bool:
    """Whether this very fact was remembered."""
    try:
        entry = _entry(fact)
        return entry.stat().st_size < 10_000 and entry.read_bytes() == fact.encode("utf-8")
    except (OSError, RuntimeError):  # RuntimeError: nobody knows where the home folder is
        return False


def remember(fact: str) -> None:
    """Keep a fact, and drop old ones."""
    with contextlib.suppress(OSError, RuntimeError):
        entry = _entry(fact)
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=entry.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(fact.encode("utf-8"))
        Path(temporary).replace(entry)
        _forget(entry.parent)


def _entry(fact: str) -> Path:
    return folder() / (hashlib.sha256(fact.encode("utf-8")).hexdigest()[:40] + _SUFFIX)


def _forget(place: Path) -> None:
    for path in place.glob(f"*{_SUFFIX}"):
        if time.time() - path.stat().st_mtime > _DAYS * 86400:
            path.unlink()
