"""A file cut into parts gives its lines, each once, whatever the cut."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus import ranges
from cleaner.corpus.ranges import Kind, Range, lines

CONTENTS = st.lists(
    st.sampled_from([b"\n", b"a", b"bb", b"\r\n", b"\xff", b"long line of words"]), max_size=30
)


def whole_lines(content: bytes) -> list[bytes]:
    return io.BytesIO(content).readlines()


@given(CONTENTS.map(b"".join), st.integers(1, 40))
def test_the_parts_of_a_file_are_its_lines(content: bytes, size: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(content)
        found = []
        starts = list(range(0, len(content), size)) or [0]
        for start in starts:
            stop = None if start == starts[-1] else start + size
            part = Range(path, start, stop)
            here = list(part.lines(1000))
            found += here
            assert all(start <= piece.offset and (stop is None or piece.offset < stop) for piece in here)
            assert part.digest == hashlib.sha256(content[part.first : part.end]).hexdigest()
            assert part.is_last == (part.end == len(content))
    assert [piece.data for piece in found] == whole_lines(content)
    assert all(content[piece.offset :].startswith(piece.data) for piece in found)


@given(CONTENTS.map(b"".join), st.integers(1, 6), st.integers(1, 9))
def test_a_line_over_the_limit_comes_in_pieces_and_none_is_lost(
    content: bytes, limit: int, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranges, "BLOCK", block)
        pieces = list(lines(io.BytesIO(content).read, limit))
    assert b"".join(piece.data for piece in pieces) == content
    assert all(len(piece.data) <= limit for piece in pieces if piece.kind is Kind.WHOLE)
    assert sum(piece.kind is not Kind.PIECE for piece in pieces) == len(whole_lines(content))
    big = [line for line in whole_lines(content) if len(line) > limit]
    assert sum(piece.kind is Kind.LAST for piece in pieces) == len(big)
    assert all(len(piece.data) <= limit + block for piece in pieces)
