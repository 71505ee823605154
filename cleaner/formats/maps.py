r"""Maps that are made when they are asked for: most segments have no defect, so nobody looks at their map.

PlainMap      a stretch of the source, as it is written
EscapedMap    stretches with escapes
WovenMap      the pieces of a reader of markup

A file may have as many segments as it has words; one of these takes a quarter of the memory and of
the time that an OffsetMap with its runs does. They check themselves as it does, when they are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, cast

from cleaner.offsets import OffsetMap, Run

Value = Callable[[str], str]
"""What an escape, as it is written, stands for; "" for markup."""

Piece = tuple[int, int, str | None]
"""A stretch of source and what it shows: None as it is written, "" nothing (see `views`)."""

_run = partial(tuple.__new__, Run)  # as Run(…), which takes twice as long and is most of the work

# The place of the runs in the object: straight to it, since a frozen dataclass guards it.
_get: Callable[[Any, Any], tuple[Run, ...]] = cast(Any, OffsetMap).runs.__get__
_set: Callable[[Any, tuple[Run, ...]], None] = cast(Any, OffsetMap).runs.__set__


class LateMap(OffsetMap):
    """What they share: `runs` are made by `_make` and then kept."""

    __slots__ = ()

    def _make(self) -> Iterable[Run]:
        raise NotImplementedError

    @property
    def runs(self) -> tuple[Run, ...]:
        try:
            return _get(self, None)
        except AttributeError:
            made = OffsetMap(tuple(self._make())).runs
            _set(self, made)
            return made

    def __eq__(self, other: object) -> bool:
        return self.runs == other.runs if isinstance(other, OffsetMap) else NotImplemented

    def __hash__(self) -> int:
        return super().__hash__()  # that of an OffsetMap with the same runs

    def __reduce__(self) -> tuple[Any, ...]:
        return OffsetMap, (self.runs,)


class PlainMap(LateMap):
    """The map of a plain stretch of the source, as `OffsetMap.identity`.

    >>> from cleaner.offsets import Span
    >>> PlainMap(7, 5).to_source(Span(1, 3))
    (Span(start=8, end=10),)
    """

    __slots__ = ("_at", "_size")

    def __init__(self, at: int, size: int) -> None:
        _set_at(self, at)
        _set_size(self, size)

    @property
    def stretch(self) -> tuple[int, int]:
        """Where it begins in the source, and its size."""
        me: Any = self  # as `cast`, without its call
        return me._at, me._size

    def _make(self) -> tuple[Run]:
        at, size = self.stretch
        return (Run(0, at, size, size),)


_set_at: Callable[[PlainMap, int], None] = cast(Any, PlainMap)._at.__set__
_set_size: Callable[[PlainMap, int], None] = cast(Any, PlainMap)._size.__set__


class EscapedMap(LateMap):
    r"""The map of a text with escapes.

    `stretches` are (start, end) in the source, `escapes` finds in them what is not meant as it is
    written, `value` says what is meant.

    >>> EscapedMap("'it''s'", [(1, 6)], re.compile("''"), lambda _: "'").runs[1]
    Run(view=2, source=3, width=1, size=2, atomic=True)
    """

    __slots__ = ("_how",)

    def __init__(
        self, source: str, stretches: Sequence[tuple[int, int]], escapes: re.Pattern[str], value: Value
    ) -> None:
        _set_how(self, (source, stretches, escapes, value))

    def _make(self) -> Iterator[Run]:
        source, stretches, escapes, value = cast(Any, self)._how
        width = 0
        for start, end in stretches:
            at = start
            for escape in escapes.finditer(source, start, end):
                first, last = escape.span()
                new = value(escape[0])
                if new == escape[0]:
                    continue  # only looks like one: `&sp;`
                if first > at:
                    yield Run(width, at, first - at, first - at)
                    width += first - at
                if new:
                    yield Run(width, first, len(new), last - first, True)
                    width += len(new)
                at = last
            if at < end:
                yield Run(width, at, end - at, end - at)
                width += end - at


_set_how: Callable[[EscapedMap, object], None] = cast(Any, EscapedMap)._how.__set__


class WovenMap(LateMap):
    """The map of pieces, sorted; what has no text of its own stands where the next text begins.

    >>> WovenMap([(3, 5, None), (5, 10, "&")]).runs[1]
    Run(view=2, source=5, width=1, size=5, atomic=True)
    """

    __slots__ = ("_pieces",)

    def __init__(self, pieces: Sequence[Piece]) -> None:
        _set_pieces(self, pieces)

    def _make(self) -> list[Run]:
        runs: list[Run] = []
        at = waiting = 0
        for start, end, shown in cast(Any, self)._pieces:
            size = end - start
            if shown is None:
                runs.append(_run((at, start, size, size, False)))
                at += size
            elif shown:
                runs.append(_run((at, start, len(shown), size, True)))
                at += len(shown)
                if not size:
                    waiting += 1
                    continue
            if waiting:  # behind the markup
                for index in range(len(runs) - 1 - waiting, len(runs) - 1):
                    runs[index] = runs[index]._replace(source=start)
                waiting = 0
        return runs


_set_pieces: Callable[[WovenMap, object], None] = cast(Any, WovenMap)._pieces.__set__
