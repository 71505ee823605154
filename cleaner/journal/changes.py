"""Two versions of a file → the bytes that changed, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cleaner.verify.diff import differences

_FINE = 4096  # bytes of a stretch of lines from which words are compared


class ByteEdit(NamedTuple):
    """`old` at byte `at` of the file before has become `new`."""

    at: int
    old: bytes
    new: bytes


def byte_edits(old: bytes, new: bytes) -> list[ByteEdit]:
    r"""What changed from one file to the other, in stretches of lines, of words where lines are long.

    >>> byte_edits(b"one\ntwo\nthree\n", b"one\n2\nthree\n")
    [ByteEdit(at=4, old=b'two', new=b'2')]
    """
    return list(_edits(old, new, b"\n", 0))


def _edits(old: bytes, new: bytes, sign: bytes, start: int) -> Iterator[ByteEdit]:
    before, after = _parts(old, sign), _parts(new, sign)
    at = low_before = first_before = 0
    for low, high, first, last in differences(before, after):
        at += sum(map(len, before[low_before:low]))
        was, now = b"".join(before[low:high]), b"".join(after[first:last])
        if sign == b"\n" and min(len(was), len(now)) > _FINE:
            yield from _edits(was, now, b" ", start + at)
        else:
            yield _trimmed(ByteEdit(start + at, was, now))
        at += len(was)
        low_before, first_before = high, last
    assert len(after) - first_before == len(before) - low_before


def _parts(data: bytes, sign: bytes) -> list[bytes]:
    parts = data.split(sign)
    return (
        [*(part + sign for part in parts[:-1]), *parts[-1:]] if parts[-1] else [p + sign for p in parts[:-1]]
    )


def _trimmed(edit: ByteEdit) -> ByteEdit:
    at, old, new = edit
    room = min(len(old), len(new))
    low = _common(room, lambda size: old[:size] == new[:size])
    high = _common(room - low, lambda size: old[len(old) - size :] == new[len(new) - size :])
    return ByteEdit(at + low, old[low : len(old) - high], new[low : len(new) - high])


def _common(most: int, are_same: Callable[[int], bool]) -> int:
    """The largest number up to `most` for which `are_same` holds; it holds for all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if are_same(middle) else (low, middle - 1)
    return low


def reverting(edits: Sequence[ByteEdit]) -> list[ByteEdit]:
    """The edits of the file after some edits that give the file before them.

    >>> reverting([ByteEdit(4, b"two", b"2"), ByteEdit(8, b"three", b"3")])
    [ByteEdit(at=4, old=b'2', new=b'two'), ByteEdit(at=6, old=b'3', new=b'three')]
    """
    back: list[ByteEdit] = []
    moved = 0
    for at, old, new in edits:
        back.append(ByteEdit(at + moved, new, old))
        moved += len(new) - len(old)
    return back
