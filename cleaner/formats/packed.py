"""The segments of a document in little memory: a plain stretch of the source is kept as where it stands.

A file may have as many segments as it has words, and nearly all of them say what is written there. Of
such a one two numbers and the address are kept, and what it shares with others (language, role …) once
for all; the Segment is made when somebody asks for it, and forgotten with him. One that does not say
what is written, with an escape or markup in it, is kept as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from cleaner.formats.base import segment
from cleaner.formats.maps import PlainMap
from cleaner.model import Item, Role, Segment

_Shared = tuple[str | None, Role, str | None, Item | None, Callable[[str], str], str]
"""What a segment has in common with many others: `lang`, `role`, `source_lang`, `item`, `escape`, `locked`."""


class Packed(Sequence[Segment]):
    """Segments of `source`, in the order in which they were added; equal to a tuple of the same.

    Asking twice gives two equal segments, not the same object.

    >>> segments = Packed("Так. Ні.")
    >>> segments.append(segment("Ні.", PlainMap(5, 3), address="p 2"))
    >>> segments[0].text, segments[0].address, segments[0].map.runs[0].source
    ('Ні.', 'p 2', 5)
    """

    __slots__ = ("_addresses", "_kept", "_known", "_sizes", "_source", "_starts")

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = array("q")
        self._sizes = array("q")
        self._addresses: list[str] = []
        self._kept: list[_Shared | Segment] = []  # the whole of it when it is no plain stretch
        self._known: dict[tuple[int, ...], _Shared] = {}  # by their objects: a role takes long to compare

    def append(self, one: Segment) -> None:
        """Add a segment behind the others."""
        map, start, size = one.map, 0, 0
        kept: _Shared | Segment = one
        if type(map) is PlainMap and one.original is None:
            start, size = map.stretch
            if size == len(one.text) and self._source.startswith(one.text, start):
                kept = self._shared((one.lang, one.role, one.source_lang, one.item, one.escape, one.locked))
        self._starts.append(start)
        self._sizes.append(size)
        self._addresses.append(one.address)
        self._kept.append(kept)

    def _shared(self, shared: _Shared) -> _Shared:
        """The same, as it is already kept."""
        return self._known.setdefault(tuple(map(id, shared)), shared)

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, number: int) -> Segment: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, number: int | slice) -> Segment | tuple[Segment, ...]:
        if isinstance(number, slice):
            return tuple(self[one] for one in range(*number.indices(len(self._kept))))
        kept = self._kept[number]
        if isinstance(kept, Segment):
            return kept
        start, size = self._starts[number], self._sizes[number]
        lang, role, source_lang, item, escape, locked = kept
        text = self._source[start : start + size]
        map = PlainMap(start, size)
        return segment(
            text, map, lang, role, self._addresses[number], None, source_lang, item, escape, locked
        )

    def __iter__(self) -> Iterator[Segment]:
        return map(self.__getitem__, range(len(self._kept)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Packed, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))
