"""The formats that can be read and written, one module each.

A format is a span extractor: it says where readable text stands in a document and how it maps back.
Nothing is ever re-serialised.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from typing import cast

from cleaner.errors import UsageError, nearest
from cleaner.formats.base import Format
from cleaner.formats.named import are_languages, is_language
from cleaner.formats.named import language_of as tag_of
from cleaner.formats.packed import Packed
from cleaner.languages import has_data
from cleaner.model import Document, Segment, Trouble
from cleaner.offsets import Span, utf8
from cleaner.values import replace

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
TABLES = (".parquet", ".arrow", ".arrows", ".feather", ".ipc")
"""Extensions of files that are no text: `columnar` and `corpus` read them."""
_OF_MESSAGES = ("json", "yaml", "po", "xliff")
_IN_PARTS = ("jsonl", "csv", "tsv")
PART = 262_144
"""Code points that are worth a part: many times what a part costs, and a few megabytes as segments."""
MOST_UNDECODABLE = 20  # stretches of bytes that are reported; a file in another encoding has thousands
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

    YAML is read when the file is called by a language, as those of Rails are: most YAML is settings
    and no text. `--format yaml` reads any.

    >>> format_of("fixtures/wild/infobae.TXT"), format_of("photo.jpg")
    ('plain', None)
    >>> format_of("config/locales/pt-BR.yml"), format_of("messages.uk.yaml"), format_of("deploy.yml")
    ('yaml', 'yaml', None)
    """
    stem, suffix = os.path.splitext(os.path.basename(name))
    suffix = suffix.lower()
    if suffix in (".yml", ".yaml") and is_language(stem.rpartition(".")[2]):
        return "yaml"
    return EXTENSIONS.get(suffix)


def is_table(name: str) -> bool:
    """Whether a file is one of Parquet or Arrow, by its name.

    >>> is_table("news.parquet"), is_table("news.csv")
    (True, False)
    """
    return os.path.splitext(name)[1].lower() in TABLES


def language_of(name: str) -> str | None:
    """The language that the name of a file says: `film.en.srt`, `article.pt-BR.md`; None when none.

    Only tags of languages that we know count, so that `notes.old.txt` says nothing. Files of messages may
    be called by nothing else, `uk.json`; a name that means other things as well (`id.json`) says nothing.

    >>> language_of("film.en.srt"), language_of("article.pt-BR.md"), language_of("notes.old.txt")
    ('en', 'pt-BR', None)
    >>> language_of("lang/pt_BR.json"), language_of("id.json"), language_of("uk.md")
    ('pt-BR', None, None)
    """
    parts = os.path.basename(name).split(".")
    if len(parts) == 2 and format_of(name) in _OF_MESSAGES:
        return tag_of(parts[0]) if are_languages([parts[0]]) else None
    if len(parts) < 3 or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?", parts[-2]):
        return None
    return parts[-2] if has_data(parts[-2]) else None  # `old`, `new`, `min` are languages as well


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
    segments = Packed(document.text)
    troubles: list[Trouble] = []
    for part in get(document.format).split(document):
        if isinstance(part, Segment):
            segments.append(part)
        else:
            troubles.append(part)
    return replace(document, segments=segments, troubles=(*undecodable(document), *troubles))


def parts(document: Document, size: int = PART) -> Iterator[Document] | None:
    """A document as documents of at least `size` code points that are split one by one.

    The parts of a table or of JSON Lines are whole rows or lines: what one says is read without the others.
    None when a document has to be read at once: it is of another format, or is no larger, or holds bytes
    that are not of its encoding, which are counted over the whole of it.
    """
    if document.format not in _IN_PARTS or len(document.text) <= size or document.encoding.undecodable:
        return None
    module = importlib.import_module(FORMATS[document.format])
    return map(split, module.parts(document, size))


def undecodable(document: Document) -> Iterator[Trouble]:
    r"""The bytes of a document that are not of its encoding, those side by side as one.

    Of very many only the first are told; the text keeps them all.

    >>> from cleaner.model import Encoding
    >>> [one.message for one in undecodable(Document("a", "Caf\udce9", encoding=Encoding(undecodable=(3,))))]
    ['byte 3 is no UTF-8: E9']
    """
    text, encoding = document.text, document.encoding
    places = iter(encoding.undecodable[: 50 * MOST_UNDECODABLE])
    start = next(places, None)
    count = 0
    while start is not None and count < MOST_UNDECODABLE:
        end = start + 1
        while (following := next(places, None)) == end:
            end += 1
        written = " ".join(f"{ord(char) - 0xDC00:02X}" for char in text[start : min(end, start + 8)])
        more = "" if end <= start + 8 else " …"
        first = len(encoding.bom) + (document.part.byte if document.part else 0) + utf8(text, start)
        which = f"byte {first} is" if end == start + 1 else f"bytes {first} to {first + end - start - 1} are"
        yield Trouble(Span(start, end), f"{which} no {encoding.name.upper()}: {written}{more}")
        start, count = following, count + 1
