"""What a run changes in a file that it reads piece by piece: bytes, digests, lines for a patch."""

from __future__ import annotations

import re
from collections import deque

from cleaner.files import Edit
from cleaner.hashing import sha256
from cleaner.model import Hunk

CONTEXT = 3
"""Lines around a change that a patch shows."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # to `patch` and `git`, lines end here and nowhere else


class Changes:
    r"""Gathers the changes of a file from its pieces.

    `edits` are sorted: the byte of the file at which each begins, what stood there, what stands there now.

    >>> changes = Changes()
    >>> changes.add("два\n".encode(), "два\n", "дві\n")
    >>> changes.edits == [(4, "а".encode(), "і".encode())]
    True
    """

    def __init__(self, bom: bytes = b"", *, wants_hunks: bool = False) -> None:
        self.edits: list[Edit] = []
        self._old = self._new = sha256(bom)
        self._byte = len(bom)
        self._hunks = _Hunks() if wants_hunks else None

    def add(self, data: bytes, old: str, new: str) -> None:
        """The next piece: its bytes, its text, its text after the repairs."""
        if self._hunks:
            self._hunks.add(old, new)
        if old == new:
            if self._new is not self._old:
                self._new.update(data)
            self._old.update(data)
        else:
            from cleaner.journal.changes import byte_edits

            written = new.encode()
            if self._new is self._old:
                self._new = self._old.copy()
            self._old.update(data)
            self._new.update(written)
            self.edits += ((self._byte + at, was, now) for at, was, now in byte_edits(data, written))
        self._byte += len(data)

    @property
    def digests(self) -> tuple[str, str]:
        """The SHA-256 of the file as it was and as it is to be."""
        return self._old.hexdigest(), self._new.hexdigest()

    def hunks(self) -> tuple[Hunk, ...]:
        """What changed, in whole lines with CONTEXT lines around, when no more comes."""
        return tuple(self._hunks.finish()) if self._hunks else ()


class _Hunks:
    """Gathers stretches of lines around what changes. A repair in JSON Lines leaves the number of lines."""

    def __init__(self) -> None:
        self._done: list[Hunk] = []
        self._before: deque[str] = deque(maxlen=CONTEXT)
        self._open: list[tuple[str, str]] = []
        self._start = self._line = 1
        self._same = 0  # lines at the end of what is open that did not change

    def add(self, old: str, new: str) -> None:
        for was, now in zip(_LINE.findall(old), _LINE.findall(new), strict=True):
            if was != now:
                if not self._open:
                    self._start = self._line - len(self._before)
                    self._open = [(line, line) for line in self._before]
                self._same = -1
            if self._open or was != now:
                self._open.append((was, now))
                self._same += 1
                if self._same > 2 * CONTEXT:  # the next change is too far away to be shown with this one
                    self._close()
            self._before.append(was)
            self._line += 1

    def finish(self) -> list[Hunk]:
        if self._open:
            self._close()
        return self._done

    def _close(self) -> None:
        kept = self._open[: len(self._open) - max(0, self._same - CONTEXT)]
        before, after = ("".join(lines) for lines in zip(*kept, strict=True))
        self._done.append(Hunk(self._start, before, after))
        self._open = []
