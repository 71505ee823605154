"""The body of an answer, with a limit that holds before and after decompression.

httpx would inflate a whole chunk at once, so that 300 KB become 300 MB before anybody counts. Here
zlib is told how much may come out.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

from cleaner.errors import InputError

ACCEPTED = "gzip"  # what we ask for; nothing else is inflated


async def read(chunks: AsyncIterator[bytes], encoding: str, length: str, limit: int) -> bytes:
    """All of a body: `encoding` and `length` are the headers Content-Encoding and Content-Length.

    Raises InputError when it is larger than `limit` bytes, either way, or not what its headers say.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(f"compressed as “{encoding[:40]}”, which was not asked for")
    if length.isascii() and length.isdigit() and int(length[:20]) > limit:
        raise _too_large(limit)
    inflate = Gunzip(limit) if encoding.endswith("gzip") else None
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        parts.append(inflate.feed(chunk) if inflate else chunk)
    if inflate and size and not inflate.is_complete:
        raise InputError("cut off: the compressed body has no end")
    return b"".join(parts)


class Gunzip:
    """gzip, one or several members, never more than `limit` bytes in all.

    >>> import gzip
    >>> Gunzip(10).feed(gzip.compress("Київ".encode())).decode()
    'Київ'
    >>> Gunzip(10).feed(gzip.compress(bytes(1000)))
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: larger than 10 bytes (--max-size allows more)
    """

    __slots__ = ("_limit", "_member", "_size")

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._member = zlib.decompressobj(wbits=31)

    @property
    def is_complete(self) -> bool:
        """Whether the last member has ended."""
        return self._member.eof

    def feed(self, data: bytes) -> bytes:
        """What these bytes say. Raises InputError at the limit, or when they are no gzip."""
        parts: list[bytes] = []
        while data:
            if self._member.eof:
                data = data.lstrip(b"\0")  # padding between members, and after the last
                if not data:
                    break
                self._member = zlib.decompressobj(wbits=31)
            try:
                out = self._member.decompress(data, self._limit - self._size + 1)
            except zlib.error:
                raise InputError("the body is no gzip, although its header says so") from None
            self._size += len(out)
            if self._size > self._limit:
                raise _too_large(self._limit)
            parts.append(out)
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return b"".join(parts)


def _too_large(limit: int) -> InputError:
    return InputError(f"larger than {limit:,} bytes", hint="--max-size allows more")
