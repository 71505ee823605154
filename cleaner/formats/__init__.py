"""The formats that can be read and written, one module each.

A format is a span extractor: it says where readable text stands in a document and how it maps back.
Nothing is ever re-serialised.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
from pathlib import PurePath
from typing import cast

from cleaner.errors import LanguageError, UsageError, nearest
from cleaner.formats.base import Format
from cleaner.languages import lookup
from cleaner.model import Document, Segment, Trouble

FORMATS = {
    "plain": "cleaner.formats.plain",
    "json": "cleaner.formats.jsonfile",
    "jsonl": "cleaner.formats.jsonfile",
    "jsonfeed": "cleaner.formats.jsonfile",
    "csv": "cleaner.formats.table",
    "tsv": "cleaner.formats.table",
    "srt": "cleaner.formats.subtitles",
    "vtt": "cleaner.formats.subtitles",
    "po": "cleaner.formats.po",
    "html": "cleaner.formats.webpage",
    "markdown": "cleaner.formats.markdown",
    "feed": "cleaner.formats.feed",
    "xliff": "cleaner.formats.xliff",
    "tmx": "cleaner.formats.xliff",
    "xml": "cleaner.formats.xmlfile",
    "yaml": "cleaner.formats.yamlfile",
}
EXTENSIONS = {
    ".txt": "plain",
    ".text": "plain",
    ".json": "json",
    ".arb": "json",
    ".webmanifest": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".srt": "srt",
    ".vtt": "vtt",
    ".po": "po",
    ".pot": "po",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".tmx": "tmx",
    ".xml": "xml",
}


def format_of(name: str) -> str | None:
    """The format of a file by its extension, None for one that we do not read.

    >>> format_of("fixtures/wild/infobae.TXT"), format_of("photo.jpg")
    ('plain', None)
    """
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def language_of(name: str) -> str | None:
    """The language that the name of a file says: `film.en.srt`, `article.pt-BR.md`; None when none.

    Only tags of languages that we know count, so that `notes.old.txt` says nothing.

    >>> language_of("film.en.srt"), language_of("article.pt-BR.md"), language_of("notes.old.txt")
    ('en', 'pt-BR', None)
    """
    parts = PurePath(name).name.split(".")
    if len(parts) < 3 or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?", parts[-2]):
        return None
    try:
        lookup(parts[-2])
    except LanguageError:
        return None
    return parts[-2]


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
