"""What must hold of every format: maps are exact, edits stay where they belong, time is linear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleaner.formats.decode import decode
from cleaner.model import Document, Segment, Trouble
from cleaner.offsets import Edit, Span, splice
from tests import timing

FIXTURES = Path(__file__).parents[2] / "fixtures" / "formats"
Split = Callable[[Document], Iterator[Segment | Trouble]]


def document_of(path: Path, format: str) -> Document:
    """A fixture as `cleaner` reads it."""
    text, encoding = decode(path.read_bytes())
    return Document(path.name, text, format, encoding=encoding)


def segments_of(split: Split, document: Document) -> list[Segment]:
    """The segments of a document that has no trouble."""
    parts = list(split(document))
    assert not [part for part in parts if isinstance(part, Trouble)]
    return [part for part in parts if isinstance(part, Segment)]


def assert_exact(document: Document, segments: Iterable[Segment], meaning: Callable[[str], str]) -> None:
    """Every code point of every segment stands where its map says; `meaning` reads one escape."""
    for segment in segments:
        assert segment.map.width == len(segment.text)
        for view, source, width, size, atomic in segment.map.runs:
            shown, written = segment.text[view : view + width], document.text[source : source + size]
            assert shown == (meaning(written) if atomic else written)
        for at in range(len(segment.text)):
            (piece,) = segment.map.to_source(Span(at, at + 1))
            assert piece.size


def edited(document: Document, segment: Segment, span: Span, new: str) -> str:
    """The text of a document in which `span` of a segment, of one piece, is replaced."""
    (piece,) = segment.map.to_source(span)
    return splice(document.text, [Edit(piece, segment.escape(new))])


def whole(segment: Segment) -> Span:
    return Span(0, len(segment.text))


def assert_linear(run: Callable[[str], object], make: Callable[[int], str], size: int = 40_000) -> None:
    """The time that `run` takes grows with the size of what `make` makes, and no faster."""
    timing.assert_linear(lambda count: seconds(run, make(count)), size)


def seconds(run: Callable[[str], object], text: str) -> float:
    """The time that `run` takes with a text."""
    return timing.seconds(lambda: run(text), 2)
