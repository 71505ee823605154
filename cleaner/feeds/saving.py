"""Where cleaned feeds are saved: a file name for each source, and the writing of it.

A name is made of letters, digits, dots and dashes of the source and of a hash of all of it. So no
source can name a folder, a device or the file of another, on any system.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from cleaner import files
from cleaner.errors import InputError

_LONGEST = 80


def stem_of(source: str) -> str:
    """The name of a source's file, without its extension, which is that of its kind.

    >>> stem_of("https://example.org/news.rss")
    'example.org-news-12b70f2c3723'
    >>> stem_of("https://example.org/news/../../etc/passwd?lang=uk")
    'example.org-news-etc-passwd-lang-uk-bdfbc9edd79c'
    >>> stem_of("https://example.org/a") == stem_of("https://example.org/A")
    False
    """
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", source, flags=re.IGNORECASE)
    bare = re.sub(r"(?<=[^/])\.(?:rss|atom|xml|rdf|json)(?=$|[?#])", "", bare, flags=re.IGNORECASE)
    words = re.sub(r"[.-]{2,}", "-", re.sub(r"[^a-z0-9.]+", "-", bare.lower()))[:_LONGEST].strip("-.")
    digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"{words}-{digest}" if words else digest


def save(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the folder, whole or not at all. Raises InputError when that cannot be.

    The folder is made when it is not there. A symbolic link in the place of the file is not
    followed: who could put it there could choose any file of ours.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from None
    if path.is_symlink():
        raise InputError(f"{path}: is a symbolic link; not written")
    if not os.path.lexists(path):
        files.create(path, data)
        return
    old = files.read(path)
    if old != data:
        files.replace(path, old, data)
