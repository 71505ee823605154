"""CSV and TSV: the cells that `csv` reads, exactly where they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.named import has_text
from cleaner.formats.table import rows, split
from cleaner.model import Document, Role, Segment, Trouble
from cleaner.offsets import Edit, LineIndex, Span, splice
from tests.formats.exactness import (
    FIXTURES,
    assert_exact,
    assert_linear,
    document_of,
    edited,
    segments_of,
    whole,
)

TABLES = FIXTURES / "table"


def meaning(written: str) -> str:
    assert written == '""'
    return '"'


def read(text: str, format: str = "csv", *fields: str) -> list[Segment]:
    return segments_of(split, Document("a", text, format, fields=fields))


def cells_of(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


@pytest.mark.parametrize(
    ("name", "format", "expected"),
    [
        pytest.param(
            "quotes.csv",
            "csv",
            [
                ("row 2/title", 'Вибори "сьогодні", у неділю'),
                ("row 2/text", "Перший рядок\r\nдругий"),
                ("row 3/title", "Plain title"),
                ("row 3/text", '"Цитата"'),
            ],
            id="quoted cells",
        ),
        pytest.param(
            "semicolons.csv",
            "csv",
            [
                ("row 2/title", "Les ministres, lundi"),
                ("row 3/title", "Une ; deux"),
                ("row 4/title", "😀 Été"),
            ],
            id="semicolons",
        ),
        pytest.param(
            "cr.csv", "csv", [("row 2/title", "Вибори"), ("row 3/title", "Два\rрядки")], id="CR only"
        ),
        pytest.param(
            "plain.tsv",
            "tsv",
            [
                ("row 2/src", '"Да", сказал он.'),
                ("row 2/mt", '"Yes," he said.'),
                ("row 3/src", '"Открыто'),
                ("row 3/mt", '"Open'),
            ],
            id="TSV without quoting",
        ),
        pytest.param(
            "quoted.tsv",
            "tsv",
            [("row 2/text", 'Он сказал "да".'), ("row 3/text", "a\tb")],
            id="TSV with quoting",
        ),
        pytest.param(
            "languages.csv",
            "csv",
            [("row 2/key", "HELLO"), ("row 2/en", "Hello"), ("row 2/uk", "Привіт")],
            id="columns that are languages",
        ),
    ],
)
def test_fixtures(name: str, format: str, expected: list[tuple[str, str]]) -> None:
    document = document_of(TABLES / name, format)
    segments = segments_of(split, document)
    assert [(part.address, part.text) for part in segments] == expected
    assert_exact(document, segments, meaning)


@pytest.mark.parametrize("name", ["quotes.csv", "semicolons.csv", "cr.csv", "languages.csv", "quoted.tsv"])
def test_fixtures_are_read_as_the_standard_library_reads_them(name: str) -> None:
    document = document_of(TABLES / name, Path(name).suffix[1:])
    separator = {"semicolons.csv": ";", "quoted.tsv": "\t"}.get(name, ",")
    expected = [cell for row in cells_of(document.text, separator)[1:] for cell in row if has_text(cell)]
    assert [part.text for part in segments_of(split, document)] == expected


def test_a_torn_quotation_mark_costs_its_line_only() -> None:
    document = document_of(TABLES / "torn.csv", "csv")
    parts = list(split(document))
    assert [part.text for part in parts if isinstance(part, Segment)] == ["один", "три", "пʼять"]
    places = [
        LineIndex(document.text).position(part.span.start) for part in parts if isinstance(part, Trouble)
    ]
    assert places == [(3, 3), (5, 3), (7, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a\nx\n\n# cleaner: ignore[quotes] “as said”, twice\ny\n", ["row 2/a", "row 5/a"], id="comments"
        ),
        pytest.param("sep=;\na;b\nx;y\n", ["row 3/a", "row 3/b"], id="the separator is named"),
        pytest.param("a|b\nx|y, z\n", ["row 2/a", "row 2/b"], id="bars"),
        pytest.param('"a,b";c\nx;y\n', ["row 2/a,b", "row 2/c"], id="separators in the header's marks"),
        pytest.param(
            '5" wide;7" wide;x\na;b,"c",d\n',
            ['row 2/5" wide', 'row 2/7" wide'],
            id="marks inside of names",
        ),
        pytest.param(
            "a,\nx,y,z\n", ["row 2/a", "row 2/column 2", "row 2/column 3"], id="columns without a name"
        ),
        pytest.param('a\n"x" \n', ["row 2/a"], id="spaces behind a quoted cell"),
        pytest.param("a\n12\n2024-05-01\n", [], id="nothing to read"),
        pytest.param("", [], id="an empty file"),
        pytest.param("a,b", [], id="a header alone"),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert [part.address for part in read(text)] == expected


def test_fields_are_columns() -> None:
    text = "id,title,text\nx,y,z\n"
    assert [part.text for part in read(text, "csv", "text", "title")] == ["y", "z"]
    assert [part.text for part in read(text, "csv", "1")] == ["x"]
    with pytest.raises(FormatError, match=r"no column “titel” \(did you mean “title”\?\)"):
        read(text, "csv", "titel")


def test_roles_and_languages() -> None:
    assert [part.role for part in read("title,text\nx,y\n")] == [Role.TITLE, Role.BODY]
    assert [part.lang for part in read("key,en,pt_BR\nx,y,z\n")] == [None, "en", "pt-BR"]
    assert [part.lang for part in read("id,en,uk\nx,y,z\n")] == [None, "en", "uk"]
    assert [part.lang for part in read("id,no,it\nx,y,z\n")] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a\tb\n"Да"\t"Yes"\n', ['"Да"', '"Yes"'], id="marks that nothing needed are text"),
        pytest.param('a\tb\n"Да"\t"x\ty"\n', ["Да", "x\ty"], id="a mark around a tab"),
        pytest.param('a\tb\n"Да\nтак"\tx\n', ["Да\nтак", "x"], id="a mark around a line break"),
        pytest.param('a\tb\n"Да\tx\ny\tтак"\n', ['"Да', "x", "y", 'так"'], id="marks over rows are text"),
    ],
)
def test_quotation_marks_in_tsv(text: str, expected: list[str]) -> None:
    assert [part.text for part in read(text, "tsv")] == expected


def test_a_torn_header_is_refused() -> None:
    with pytest.raises(FormatError, match="first row"):
        read('a,"b\nx,y\n')


@pytest.mark.parametrize("new", ["a,b", 'a"b', "a\nb", "a\rb"])
def test_a_bare_cell_takes_nothing_that_would_end_it(new: str) -> None:
    (segment,) = read("a\nx\n")
    with pytest.raises(FormatError, match="cannot be written"):
        segment.escape(new)
    assert segment.escape("“так”; добре") == "“так”; добре"


CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
) | st.sampled_from(
    ['He said "no"', "a,b;c\td", "line\r\nline", "😀 [будут]", "12", '"', " x ", "# cleaner: x", "a\u2028b"]
)
WRITERS = [("csv", ",", csv.QUOTE_MINIMAL), ("csv", ",", csv.QUOTE_ALL), ("tsv", "\t", csv.QUOTE_ALL)]


def written(table: list[list[str]], separator: str, quoting: int, newline: str) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, quoting=quoting, lineterminator=newline)  # type: ignore[arg-type]
    writer.writerows(table)
    return file.getvalue()


TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(TABLE, st.sampled_from(WRITERS), st.sampled_from(["\n", "\r\n"]))
def test_generated_tables(table: list[list[str]], how: tuple[str, str, int], newline: str) -> None:
    format, separator, quoting = how
    table = [[f"c{index}" for index in range(len(table[0]))], *table]
    text = written(table, separator, quoting, newline)
    assume("\n# cleaner:" not in text)
    document = Document("a", text, format)
    segments = segments_of(split, document)
    if format == "csv" or any(char in cell for row in table for cell in row for char in '\t\r\n"'):
        expected = [
            (f"row {number}/c{index}", cell)
            for number, row in enumerate(cells_of(text, separator), 1)
            for index, cell in enumerate(row)
            if number > 1 and has_text(cell.replace('"', '""'))
        ]
        assert [(part.address, part.text) for part in segments] == expected
    assert_exact(document, segments, meaning)


@given(TABLE, st.sampled_from(WRITERS[:2]), st.data())
def test_an_edit_changes_one_cell_only(
    table: list[list[str]], how: tuple[str, str, int], data: st.DataObject
) -> None:
    format, separator, quoting = how
    table = [[f"c{index}" for index in range(len(table[0]))], *table]
    text = written(table, separator, quoting, "\r\n")
    assume("\n# cleaner:" not in text)
    document = Document("a", text, format)
    segments = segments_of(split, document)
    if not segments:
        return
    number = data.draw(st.integers(0, len(segments) - 1))
    segment = segments[number]
    start = data.draw(st.integers(0, len(segment.text)))
    span, new = Span(start, data.draw(st.integers(start, len(segment.text)))), data.draw(CELLS)
    try:
        after = edited(document, segment, span, new)
    except FormatError:
        return
    before, now = cells_of(text), cells_of(after)
    assert [len(row) for row in before] == [len(row) for row in now] or splice(
        segment.text, [Edit(span, new)]
    ) == ""
    intended = splice(segment.text, [Edit(span, new)])
    differ = [
        (a, b)
        for old, row in zip(before, now, strict=False)
        for a, b in zip(old, row, strict=False)
        if a != b
    ]
    assert differ == ([(segment.text, intended)] if intended != segment.text else []) or not intended


@given(st.text('",\n\r a', max_size=16))
def test_rows_cover_the_text(text: str) -> None:
    at = 0
    for row in rows(text, ","):
        assert row.start == at
        assert text[row.end : row.end + 2] == "\r\n" or text[row.end : row.end + 1] in ("\r", "\n", "")
        at = row.end + (2 if text[row.end : row.end + 2] == "\r\n" else 1)
        for cell in row.cells:
            assert row.start <= cell.start <= cell.end <= row.end
    assert at >= len(text)


@pytest.mark.parametrize("name", sorted(path.name for path in TABLES.glob("*.?sv")))
def test_fixtures_survive_an_edit(name: str) -> None:
    document = document_of(TABLES / name, Path(name).suffix[1:])
    segments = [part for part in split(document) if isinstance(part, Segment)]
    for number, segment in enumerate(segments):
        after = Document(name, edited(document, segment, whole(segment), "нове"), document.format)
        again = [part for part in split(after) if isinstance(part, Segment)]
        assert [part.address for part in again] == [part.address for part in segments]
        expected = [part.text for part in segments]
        expected[number] = "нове"
        assert [part.text for part in again] == expected


HOSTILE: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda n: '"' * n,
    "torn lines": lambda n: "a,b\n" + '"\n' * n,
    "torn lines with text": lambda n: "a,b\n" + '"x""y\n,"' * n,
    "doubled marks after a torn one": lambda n: 'a\n"' + '""""\n' * n,
    "separators": lambda n: "," * n,
    "a wide row": lambda n: "a\n" + "," * n,
    "empty lines": lambda n: "\n" * n,
    "spaces": lambda n: " " * n,
    "spaces behind a quoted cell": lambda n: 'a\n"a"' + " " * n + "x",
    "cells in a row": lambda n: '"a"' * n,
    "columns": lambda n: "a," * n + "\n" + "a," * n,
}


@pytest.mark.slow
@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(make: Callable[[int], str], format: str) -> None:
    def run(text: str) -> None:
        try:
            for _ in split(Document("a", text, format)):
                pass
        except FormatError:
            pass

    assert_linear(run, make, 20_000)
