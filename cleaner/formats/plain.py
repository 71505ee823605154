"""Plain text: the whole text is one segment, so that a rule sees paragraphs and what runs over them."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.model import Document, Segment
from cleaner.offsets import OffsetMap


def split(document: Document) -> Iterator[Segment]:
    """One segment, or none when there is nothing to read.

    >>> list(split(Document("a.txt", "")))
    []
    """
    if document.text:
        whole = OffsetMap.identity(len(document.text))
        yield Segment(document.text, whole, lang=document.lang, original=document.original)
