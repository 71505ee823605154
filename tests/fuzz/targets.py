"""What must hold of any bytes at all, for each format and for the YAML of rules.

A target takes bytes and raises AssertionError, or whatever nobody expected, when they show a defect.
Bytes may be refused, by the errors that are meant for that; they may not crash a reader, break the
bounds of a map, or let an edit reach what it should not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zlib import crc32

from cleaner import formats, yamlio
from cleaner.errors import FileProblems, FormatError, InputError
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode, encode
from cleaner.formats.views import OBJECT
from cleaner.model import Document, Segment
from cleaner.offsets import Edit, Span, splice

Target = Callable[[bytes], None]
NEW = "ж"

# Formats in which an edit inside of one text can never reach another one. In the others new text may
# become markup together with what stands beside it (`*` in Markdown, `: ` in YAML); the verification
# after every repair takes such an edit back.
EXACT = frozenset(
    {"plain", "json", "jsonl", "jsonfeed", "csv", "tsv", "srt", "vtt", "po", "feed", "xliff", "tmx"}
)

# What tells more than the text that it stands in: whether quotation marks quote anything in a TSV
# file, whether braces on one line are markup in SRT and WebVTT.
HEURISTIC = {"tsv": '"\t\r\n', "srt": "\r\n", "vtt": "\r\n"}


def read(format: str, data: bytes) -> None:
    """The target of a format."""
    try:
        text, encoding = decode(data, declared(data, html=format == "html"))
    except InputError:
        return
    assert encode(text, encoding) == data
    document = Document("a", text, format, encoding=encoding)
    try:
        document = formats.split(document)
    except FormatError as error:
        assert 0 <= error.offset <= len(text)
        return
    for trouble in document.troubles:
        assert 0 <= trouble.span.start <= trouble.span.end <= len(text)
    for segment in document.segments:
        _map_is_exact(text, segment)
    if document.segments:
        _an_edit_is_local(document, crc32(data))


def rules(data: bytes) -> None:
    """The target of the YAML of rules and settings."""
    text = data.decode("utf-8", "replace")
    try:
        node = yamlio.read(text, "fuzz.yml")
    except FileProblems as error:
        assert str(error)
        return
    yamlio.plain(node)


def _map_is_exact(text: str, segment: Segment) -> None:
    assert segment.map.width == len(segment.text)
    assert segment.text, "a segment has something to read"
    for view, source, width, size, atomic in segment.map.runs:
        shown, written = segment.text[view : view + width], text[source : source + size]
        assert 0 <= source <= source + size <= len(text)
        if not size:
            assert shown in (OBJECT, "\n")
        elif not atomic:
            assert shown == written


def _an_edit_is_local(document: Document, chance: int) -> None:
    """Replace one character of one text, or what an escape stands for; all else is read as before."""
    number = chance % len(document.segments)
    segment = document.segments[number]
    run = segment.map.runs[chance // 7 % len(segment.map.runs)]
    at = 0 if run.atomic else chance // 77 % run.width
    span = Span(run.view + at, run.view + (run.width if run.atomic else at + 1))
    old = segment.text[span.slice]
    (piece, *more) = segment.map.to_source(span)
    assert not more
    if not piece.size or (
        document.format in HEURISTIC and any(char in old for char in HEURISTIC[document.format])
    ):
        return
    new = NEW if old != NEW else "я"
    try:
        text = splice(document.text, [Edit(piece, segment.escape(new))])
        after = formats.split(Document("a", text, document.format, encoding=document.encoding))
    except FormatError:
        assert not _is_exact(document)
        return
    if document.troubles or not _is_exact(document):
        return
    wanted = [one.text for one in document.segments]
    wanted[number] = segment.text[: span.start] + new + segment.text[span.end :]
    assert [one.address for one in after.segments] == [one.address for one in document.segments]
    assert [one.text for one in after.segments] == wanted


def _is_exact(document: Document) -> bool:
    """Whether an edit may not reach beyond its text; what separates the cells of CSV may be a guess."""
    return document.format in EXACT and (document.format != "csv" or document.text.startswith("sep="))


TARGETS: dict[str, Target] = {name: partial(read, name) for name in formats.FORMATS} | {"rules": rules}
