"""Answers about texts that are remembered for a while.

    @recent(16)           remember the last 16 answers of a function of texts
    make_room(size)       another text of this size, in code points, will be read

Several rules ask the same of one text, one after the other, and repairs ask it of the next. What is
remembered holds the texts themselves, so after a million code points all of it is forgotten: memory goes
with the largest text and not with how many there were.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

ROOM = 1_000_000  # code points
_forget: list[Callable[[], None]] = []
_read = 0


def recent(most: int) -> Callable[[Callable[..., T]], functools._lru_cache_wrapper[T]]:
    """Remember the last `most` answers, until `make_room` forgets them.

    >>> @recent(2)
    ... def shouted(text: str) -> str:
    ...     return text.upper()
    >>> shouted("so"), shouted("so"), shouted.cache_info().hits
    ('SO', 'SO', 1)
    >>> make_room(ROOM + 1)
    >>> shouted.cache_info().currsize
    0
    """

    def remember(function: Callable[..., T]) -> functools._lru_cache_wrapper[T]:
        remembered = functools.lru_cache(most)(function)
        _forget.append(remembered.cache_clear)
        return remembered

    return remember


def make_room(size: int) -> None:
    """Forget all answers when the texts that were read since the last time are more than ROOM."""
    global _read
    _read += size
    if _read > ROOM:
        _read = size
        for forget in _forget:
            forget()
