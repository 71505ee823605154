"""What a format is: a module with a function `split`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from cleaner.model import Document, Segment


class Format(Protocol):
    """The names of a format module."""

    @staticmethod
    def split(document: Document, /) -> Iterator[Segment]:
        """The readable segments of a document, in its order."""
        ...
