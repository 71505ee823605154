"""A document → what stands in it besides its readable text: tags, keys, times, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.model import Document
from cleaner.offsets import Span

TEXT = "\0"
"""Stands for readable text, so that a tag that moved across a word is seen."""
_PIECE = re.compile(r"<[^<>]*>?|[^<\s]+")
_OF_JSON = re.compile(r"[{}\[\],:\"]|[^\s{}\[\],:\"]+")
_OF_TABLE = re.compile(r"[,;|\t]|[^\s,;|\"]+")
_PIECES = {  # white space means nothing in JSON, quotation marks nothing in a table, an indent much in Markdown
    "json": _OF_JSON,
    "jsonl": _OF_JSON,
    "jsonfeed": _OF_JSON,
    "csv": _OF_TABLE,
    "tsv": _OF_TABLE,
    "markdown": re.compile(r"^[ \t]*(?:[*+>-]|\d{1,9}[.)])(?=\s)|<[^<>]*>?|[^<\s]+", re.MULTILINE),
}


class Bone(NamedTuple):
    """A piece of what is not read, as it is written in the source."""

    written: str
    span: Span


def skeleton(document: Document) -> list[Bone]:
    """The pieces of a document that are not read, in order, without the space between and inside of them.

    >>> from cleaner.formats import split
    >>> page = split(Document("a.html", "<p>Привіт, <b>світе</b>!</p>", format="html"))
    >>> [bone.written for bone in skeleton(page) if bone.written != TEXT]
    ['<p>', '<b>', '</b>', '</p>']
    """
    return list(_bones(document))


def _bones(document: Document) -> Iterator[Bone]:
    text, pieces = document.text, _PIECES.get(document.format, _PIECE)
    runs = sorted(
        (run.source, run.source + run.size) for segment in document.segments for run in segment.map.runs
    )
    at, is_text = 0, False
    for start, end in [*runs, (len(text), len(text))]:
        for found in pieces.finditer(text, at, start):
            yield Bone(_written(found[0]), Span(*found.span()))
            is_text = False
        if start < end and not is_text and not text[start:end].isspace():
            yield Bone(TEXT, Span(start, start))
            is_text = True
        at = max(at, end)


def _written(piece: str) -> str:
    """A tag on several lines is the same on one."""
    return " ".join(piece.split()) if piece.startswith("<") else piece
