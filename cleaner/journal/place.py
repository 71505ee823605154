"""Where journals are kept, one file a run, and how its lines are sealed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

VERSION = 1  # of the lines
_SUFFIX = ".run"
_SEAL = 16  # hexadecimal digits of the hash of a line


def folder() -> Path:
    """Where journals are kept, for the owner only.

    CLEANER_STATE_DIR, else beside the cache where CLEANER_CACHE_DIR says, else where the system keeps
    what programs remember (XDG_STATE_HOME on Linux). Raises RuntimeError when there is no home folder.
    """
    own, moved = os.environ.get("CLEANER_STATE_DIR"), os.environ.get("CLEANER_CACHE_DIR")
    if own or moved:
        return Path(own or moved or "") / "journal"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "cleaner" / "journal"


def file_of(place: Path, number: int) -> Path:
    """The journal of a run."""
    return place / f"{number:06d}{_SUFFIX}"


def numbers_in(place: Path) -> Iterator[int]:
    """The numbers of the runs in a folder, in no order. Raises OSError."""
    if not place.is_dir():
        return
    for path in place.iterdir():
        if path.suffix == _SUFFIX and path.stem.isascii() and path.stem.isdigit():
            yield int(path.stem)


def hash_of(data: bytes) -> str:
    """What a file is known by."""
    return hashlib.sha256(data).hexdigest()


def sealed(before: str, body: bytes) -> str:
    """The seal of a line that follows the line with the seal `before` ("" for the first)."""
    return hashlib.sha256(before.encode("ascii") + b" " + body).hexdigest()[:_SEAL]
