"""Reading .gz and .zst as streams that know when they were cut off."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cleaner.corpus.settings import needed
from cleaner.errors import InputError

_STEP = 4096  # of compressed bytes: what it grows to is held in memory


@contextmanager
def opened(path: Path) -> Iterator[Callable[[int], bytes]]:
    """A function that reads the next bytes of a compressed file, as they were before.

    Raises OSError, and InputError where the file is broken or cut off.
    """
    is_zst = path.name.lower().endswith(".zst")
    broken: tuple[type[Exception], ...] = (EOFError, zlib.error, gzip.BadGzipFile)
    if is_zst:
        broken = (*broken, needed("zstandard").ZstdError)
    with path.open("rb") as raw:
        try:
            if is_zst:
                yield Frames(raw).read
            else:
                with gzip.GzipFile(fileobj=raw, mode="rb") as file:
                    yield file.read
        except broken as error:
            raise InputError(f"broken or cut off: {error}") from None


class Frames:
    """The frames of a .zst file, one after the other.

    The reader that comes with zstandard ends in silence where a file is cut off.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decompressor: Any = needed("zstandard").ZstdDecompressor()
        self._frame: Any = None
        self._waiting = b""  # compressed bytes behind the end of a frame
        self._ready = b""

    def read(self, size: int) -> bytes:
        """At most `size` bytes, b"" at the end. Raises EOFError where the last frame is cut off."""
        pieces, have = [self._ready], len(self._ready)
        while have < size:
            data = self._waiting or self._raw.read(_STEP)
            self._waiting = b""
            if not data:
                if self._frame is not None:
                    raise EOFError("the last frame is not complete")
                break
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            pieces.append(self._frame.decompress(data))
            have += len(pieces[-1])
            if self._frame.eof:
                self._waiting = self._frame.unused_data
                self._frame = None
        whole = b"".join(pieces)
        self._ready = whole[size:]
        return whole[:size]
