"""Tables and JSON Lines in parts: the same segments, findings and bytes as of the whole."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import formats, run
from cleaner.config import Config
from cleaner.errors import FormatError
from cleaner.model import Document, FileReport, Safety, Segment, Trouble
from cleaner.offsets import Span
from cleaner.pipeline import Pipeline
from cleaner.run import Task, one_text

MARKS = [
    *('"', '""', ",", ";", "\t", "\n", "\r\n", "\r", "[", "]", "{", "}", ":", "\\"),
    *("a", "б", "😀", "x y", "12", ' "', '"a,b"', "# cleaner:", "sep=;\n", '{"t": "так"}', "uk", "en"),
]
CELLS = [
    "All is well.",
    "They [будут] meet.",
    '"He said: “yes."',
    "cafÃ© noir",
    "&amp;amp;",
    "",
    "12",
    '"a""b"',
    '"two\nrows"',
]


def read(part: Document) -> Iterator[tuple[object, ...]]:
    for one in (*part.segments, *part.troubles):
        if isinstance(one, Segment):
            yield one.text, one.address, one.lang, one.role, one.map.to_source(Span(0, len(one.text)))
        else:
            yield one.message, one.span


def shifted(part: Document, by: int) -> Iterator[tuple[object, ...]]:
    for one in (*part.segments, *part.troubles):
        if isinstance(one, Trouble):
            yield one.message, one.span.shift(by)
        else:
            places = one.map.to_source(Span(0, len(one.text)))
            yield one.text, one.address, one.lang, one.role, tuple(place.shift(by) for place in places)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(MARKS), max_size=40).map("".join),
    st.sampled_from(["csv", "tsv", "jsonl"]),
    st.integers(1, 20),
)
def test_parts_have_the_segments_of_the_whole(text: str, format: str, size: int) -> None:
    document = Document("a", text, format)
    parts = formats.parts(document, size)
    if parts is None:
        assert len(text) <= size
        return
    try:
        whole = formats.split(document)
    except FormatError as error:  # in the header: then the parts break at the same place
        with pytest.raises(FormatError) as other:
            list(parts)
        assert (other.value.message, other.value.offset) == (error.message, error.offset)
        return
    found: list[tuple[object, ...]] = []
    at = 0
    for part in parts:
        assert len(part.text) >= size or at + len(part.text) == len(text)
        assert text.startswith(part.text, at)
        found += shifted(part, at)
        at += len(part.text)
    assert at == len(text)
    assert sorted(map(str, found)) == sorted(map(str, read(whole)))


@pytest.mark.parametrize("format", sorted(set(formats.FORMATS) - {"csv", "tsv", "jsonl"}))
def test_other_formats_are_read_at_once(format: str) -> None:
    assert formats.parts(Document("a", "a\n" * 100, format), 10) is None


@functools.cache
def pipeline() -> Pipeline:
    return Pipeline(Config(lang="en", source_lang="ru"))


def mended(
    text: str, format: str, allowed: Safety | None, size: int | None
) -> tuple[FileReport, bytes | None]:
    with pytest.MonkeyPatch.context() as patched:
        parts = functools.partial(formats.parts, size=size) if size else lambda document: None
        patched.setattr(run.formats, "parts", parts)
        return one_text(text.encode(), "a", pipeline(), Task(allowed, format=format))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=3), max_size=12),
    st.sampled_from(["csv", "tsv"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([None, Safety.SAFE, Safety.UNSAFE]),
    st.integers(20, 200),
)
def test_tables_in_parts_give_what_the_whole_gives(
    rows: list[list[str]], format: str, end: str, allowed: Safety | None, size: int
) -> None:
    sign = "," if format == "csv" else "\t"
    text = end.join(sign.join(row) for row in [["title", "text", "more"], *rows, ['"torn', "[будут]"]])
    report, written = mended(text, format, allowed, size)
    whole, as_whole = mended(text, format, allowed, None)
    if not (whole.skipped or report.skipped):  # see tests/test_streaming.py
        assert report == whole
        assert written == as_whole


def test_a_comment_in_a_table_holds_for_all_of_it() -> None:
    rows = "They [будут] meet.,a\n" * 3
    text = f"# cleaner: disable[leftover] quoted\ntitle,text\n{rows}# cleaner: enable[leftover]\n{rows}"
    report, _ = mended(text, "csv", None, 40)
    assert report == mended(text, "csv", None, None)[0]
    assert (len(report.findings), len(report.suppressed)) == (3, 3)
