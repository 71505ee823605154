r"""The lines of a stretch of a file, in constant memory.

A line belongs to the part in which it begins. So a part looks at the byte before its first one, and
reads on beyond its end to finish its last line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from cleaner.corpus.settings import MIB

BLOCK = MIB


class Kind(Enum):
    """What a piece is: a whole line, a piece of one that is too big, or the last such piece."""

    WHOLE = "whole"
    PIECE = "piece"
    LAST = "last"


class Piece(NamedTuple):
    """A line with its line break, or a piece of one; `offset` is that of the line, in bytes."""

    offset: int
    data: bytes
    kind: Kind = Kind.WHOLE


def lines(read: Callable[[int], bytes], limit: int, offset: int = 0) -> Iterator[Piece]:
    r"""The lines that `read` gives; a line of more than `limit` bytes comes in pieces.

    `offset` is where it begins to read. The last line need not end in a line break.

    >>> import io
    >>> [(offset, data) for offset, data, _ in lines(io.BytesIO(b"a\nbc").read, 100)]
    [(0, b'a\n'), (2, b'bc')]
    >>> [(data, kind.value) for _, data, kind in lines(io.BytesIO(b"a\nbcdef\ng").read, 3)]
    [(b'a\n', 'whole'), (b'bcdef\n', 'last'), (b'g', 'whole')]
    """
    rest, given = b"", 0  # the line that goes on, and how much of it was given in pieces
    while block := read(BLOCK):
        found = (rest + block).split(b"\n")
        for data in found[:-1]:
            line = data + b"\n"
            yield Piece(offset, line, Kind.LAST if given or len(line) > limit else Kind.WHOLE)
            offset += given + len(line)
            given = 0
        rest = found[-1]
        if len(rest) > limit or given:
            yield Piece(offset, rest, Kind.PIECE)
            given += len(rest)
            rest = b""
    if rest or given:
        yield Piece(offset, rest, Kind.LAST if given or len(rest) > limit else Kind.WHOLE)


class Range:
    """The lines of a plain file that begin in [start, stop), and what was read to find them.

    After the last line, `first` and `end` are the bytes that were read, `digest` their SHA-256, and
    `is_last` says that the file ended there.
    """

    def __init__(self, path: Path, start: int, stop: int | None) -> None:
        self._path, self._start, self._stop = path, start, stop
        self.first = max(start - 1, 0)
        self.end = self.first
        self.is_last = True
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def lines(self, limit: int) -> Iterator[Piece]:
        """The lines; see the function `lines`. Raises OSError."""
        skipping = self._start > 0  # to the end of the line that another part reads
        with self._path.open("rb") as file:
            file.seek(self.first)
            for piece in lines(file.read, limit, self.first):
                if not skipping and self._is_over(piece.offset):
                    self.is_last = False
                    return
                self._hash.update(piece.data)
                self.end += len(piece.data)
                if not skipping:
                    yield piece
                elif piece.kind is Kind.PIECE and self._is_over(self.end):
                    self.is_last = False  # not a line begins here
                    return
                elif piece.kind is not Kind.PIECE:
                    skipping = False

    def _is_over(self, offset: int) -> bool:
        return self._stop is not None and offset >= self._stop


def digest_of(path: Path, first: int = 0, end: int | None = None) -> str:
    """SHA-256 of the bytes [first, end) of a file, or of all of it. Raises OSError."""
    hash = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(first)
        left = end - first if end is not None else None
        while block := file.read(BLOCK if left is None else min(BLOCK, left)):
            hash.update(block)
            left = left - len(block) if left is not None else None
    return hash.hexdigest()
