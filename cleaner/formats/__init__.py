"""The formats that can be read and written, one module each.

A format is a span extractor: it says where readable text stands in a document and how it maps back.
Nothing is ever re-serialised.
"""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import PurePath
from typing import cast

from cleaner.errors import UsageError, nearest
from cleaner.formats.base import Format
from cleaner.model import Document, Segment, Trouble

FORMATS = {"plain": "cleaner.formats.plain"}
EXTENSIONS = {".txt": "plain", ".text": "plain"}


def format_of(name: str) -> str | None:
    """The format of a file by its extension, None for one that we do not read.

    >>> format_of("fixtures/wild/infobae.TXT"), format_of("photo.jpg")
    ('plain', None)
    """
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def get(name: str) -> Format:
    """The module of a format. Raises UsageError with the nearest name."""
    if name not in FORMATS:
        hint = nearest(name, FORMATS) or f"formats: {', '.join(FORMATS)}"
        raise UsageError(f"unknown format “{name}”", hint=hint)
    return cast(Format, importlib.import_module(FORMATS[name]))


def split(document: Document) -> Document:
    """The document with its segments. Raises FormatError when it cannot be read at all.

    >>> [segment.text for segment in split(Document("a.txt", "Привіт!")).segments]
    ['Привіт!']
    """
    parts = tuple(get(document.format).split(document))
    segments = tuple(part for part in parts if isinstance(part, Segment))
    troubles = tuple(part for part in parts if isinstance(part, Trouble))
    return dataclasses.replace(document, segments=segments, troubles=troubles)
