"""Compressed files: all of it or a complaint, never a part in silence."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard

from cleaner.corpus.packed import opened
from cleaner.errors import InputError

CONTENT = "".join(f"рядок {number}\n" for number in range(20_000)).encode()


def gz(data: bytes) -> bytes:
    return gzip.compress(data)


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def streamed(data: bytes) -> bytes:
    """A frame that does not say how long it is."""
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(data) + packer.flush()


def content(path: Path) -> bytes:
    with opened(path) as read:
        return b"".join(iter(lambda: read(1000), b""))


PACKED = {
    "gz": (gz(CONTENT), ".gz"),
    "gz of two members": (gz(CONTENT[:100]) + gz(CONTENT[100:]), ".gz"),
    "zst": (zst(CONTENT), ".zst"),
    "zst of two frames": (zst(CONTENT[:100]) + zst(CONTENT[100:]), ".zst"),
    "zst of unknown length": (streamed(CONTENT), ".zst"),
}


@pytest.mark.parametrize(("data", "suffix"), PACKED.values(), ids=PACKED)
def test_it_is_read_to_the_end(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    assert content(path) == CONTENT


@pytest.mark.parametrize(("data", "suffix"), PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("cut", [1, 5, 200])
def test_one_that_is_cut_off_is_refused(tmp_path: Path, data: bytes, suffix: str, cut: int) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[:-cut])
    with pytest.raises(InputError, match="broken or cut off"):
        content(path)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_is_something_else_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(CONTENT)
    with pytest.raises(InputError, match="broken or cut off"):
        content(path)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_an_empty_file_has_no_rows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    assert content(path) == b""
