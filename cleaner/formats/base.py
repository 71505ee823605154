"""What a format is: a module with a function `split`.

A format finds where readable text stands and maps it back, character by character. It knows no
rule and rewrites nothing: edits are made in the document's own text, and what is inserted goes
through the `escape` of its segment. A place that cannot be read is yielded as a Trouble and the
rest goes on; a document that cannot be read at all raises FormatError.

Time must be linear in the text, also for hostile ones, and depth must never recurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from cleaner.model import Document, Segment, Trouble


class Format(Protocol):
    """The names of a format module."""

    @staticmethod
    def split(document: Document, /) -> Iterator[Segment | Trouble]:
        """The readable segments of a document, in its order, and the places that are broken."""
        ...
