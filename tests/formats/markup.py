"""What must hold of the formats whose segments have gaps: HTML, feeds, Markdown, XLIFF, YAML."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from cleaner.formats.views import OBJECT
from cleaner.model import Document, Segment, Trouble
from cleaner.offsets import Span
from tests.formats.exactness import Split, edited

NEW = "ж&<\"'>]ж"  # everything that a container may have to escape; the letters keep it from its neighbours


def read(split: Split, text: str, format: str = "") -> list[Segment]:
    parts = list(split(Document("a", text, format)))
    assert not [part for part in parts if isinstance(part, Trouble)]
    return [part for part in parts if isinstance(part, Segment)]


def texts(split: Split, text: str, format: str = "") -> list[str]:
    return [segment.text for segment in read(split, text, format)]


def assert_places(text: str, segments: Sequence[Segment], meaning: Callable[[str], str]) -> None:
    """As `assert_exact`, and what has no text of its own is an object or a line break."""
    for segment in segments:
        assert segment.map.width == len(segment.text)
        assert segment.text.strip(), "a segment has something to read"
        for view, source, width, size, atomic in segment.map.runs:
            shown, written = segment.text[view : view + width], text[source : source + size]
            if not size:
                assert shown in (OBJECT, "\n")
            else:
                assert shown == (meaning(written) if atomic else written)


def assert_as_listed(path: Path, segments: Sequence[Segment]) -> None:
    """A fixture is read as the file beside it says; CLEANER_UPDATE=1 writes that anew, for you to read."""
    lines = [
        " | ".join((segment.address, segment.lang or "-", segment.role.value, repr(segment.text)))
        for segment in segments
    ]
    listed = path.with_name(path.name + ".segments")
    if os.environ.get("CLEANER_UPDATE"):
        listed.write_text("\n".join(lines) + "\n", "utf-8")
    assert lines == listed.read_text("utf-8").splitlines()


def pieces_of(segment: Segment) -> list[Span]:
    """The stretches of a segment's text that can be edited alone, as large as they come."""
    found: list[Span] = []
    end = -1
    for view, source, width, size, _ in segment.map.runs:
        if size and found and source == end:
            found[-1] = Span(found[-1].start, view + width)
        elif size:
            found.append(Span(view, view + width))
        end = source + size if size else -1
    return found


def assert_edit_is_local(
    split: Split, text: str, data: st.DataObject, new: str = NEW, keep: str = ""
) -> tuple[str, str] | None:
    """Replace a stretch of one segment by `new` and read the text again: nothing else has changed.

    Gives the text and what it was replaced by, None when there is nothing to edit. Characters of
    `keep` are not replaced.
    """
    before = read(split, text)
    if not before:
        return None
    number = data.draw(st.integers(0, len(before) - 1), label="segment")
    segment = before[number]
    piece = data.draw(st.sampled_from(pieces_of(segment)), label="piece")
    start = data.draw(st.integers(piece.start, piece.end - 1), label="start")
    end = data.draw(st.integers(start + 1, piece.end), label="end")
    span = Span(start, end)
    if any(char in segment.text[span.slice] for char in keep):
        return None
    after = edited(Document("a", text), segment, span, new)
    again = read(split, after)
    wanted = [one.text for one in before]
    wanted[number] = segment.text[:start] + new + segment.text[end:]
    assert [one.text for one in again] == wanted
    assert [one.address for one in again] == [one.address for one in before]
    return text, after
