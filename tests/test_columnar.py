"""Parquet and Arrow files in a check: rows, columns, languages, and what is wrong with a file."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from cleaner import reporters
from cleaner.config import Config
from cleaner.corpus import BatchCleaner, Columns
from cleaner.model import FileReport, Report, Safety
from cleaner.reporters.base import Look
from cleaner.run import Settings, Task, run
from tests.conftest import ROOT, UNMEASURED, Run

ROWS = {
    "id": [1, 2, 3, 4],
    "title": ["Fine.", "Ministers [будут] meet.", "", None],
    "text": [
        "All is well here.",
        "One line.\r\nHe said 😀 and [будут] be.",
        "Міністри зустрінуться в понеділок.",
        "He said [будут] be.",
    ],
    "lang": ["en", "en", "uk", None],
}
FOUND = [("row 2/title", "2:11"), ("row 2/text", "2:26"), ("row 4/text", "4:9")]


def write(path: Path, rows: dict[str, Any] = ROWS, **options: Any) -> Path:
    table = pa.table(rows)
    if path.suffix == ".parquet":
        pq.write_table(table, path, **options)
    elif path.suffix == ".feather":
        feather.write_feather(table, str(path))
    else:
        with pa.OSFile(str(path), "wb") as file:
            make = pa.ipc.new_stream if path.suffix == ".arrows" else pa.ipc.new_file
            with make(file, table.schema) as writer:
                writer.write_table(table, max_chunksize=2)
    return path


def check(path: Path, **changes: Any) -> FileReport:
    changes = {"select": ("leftover/bracketed-word",), **changes}
    (report,) = run([path], Settings(changes=changes, isolated=True), Task())
    return report


def places(report: FileReport) -> list[tuple[str, str]]:
    return [(one.address, str(one.position)) for one in report.findings]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.arrows", "a.feather", "A.PARQUET"])
def test_findings_are_told_by_row_column_and_place_in_the_cell(tmp_path: Path, name: str) -> None:
    report = check(
        write(tmp_path / name) if name.islower() else write(tmp_path / "a.parquet").rename(tmp_path / name)
    )
    assert report.error == ""
    assert places(report) == FOUND
    assert {one.match for one in report.findings} == {"[будут]"}


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_row_groups_change_nothing(tmp_path: Path, size: int) -> None:
    assert places(check(write(tmp_path / "a.parquet", row_group_size=size))) == FOUND


def test_what_is_found_is_what_corpus_finds(tmp_path: Path) -> None:
    rows = {"text": ROWS["text"] * 3, "lang": ROWS["lang"] * 3}
    done = BatchCleaner(Columns(lang="lang"))(pa.table(rows))
    corpus = [
        (number, finding["rule"], finding["start"] + 1)
        for number, row in enumerate(done.column("findings").to_pylist(), 1)
        for finding in row
    ]
    (report,) = run([write(tmp_path / "a.parquet", rows)], Settings(isolated=True), Task())
    assert [(one.position.line, one.rule, one.position.column) for one in report.findings] == corpus
    assert len(corpus) >= 6


LANGUAGES = {
    "a column of languages": ({"t": ["He [будут] be."], "language": ["en"]}, {}, ["en"]),
    "an empty one": ({"t": ["The minister said he would [будут] come."], "lang": [None]}, {}, ["en"]),
    "a word that is none": ({"t": ["The minister said he would [будут] come."], "lang": ["x"]}, {}, ["en"]),
    "the settings": ({"t": ["He [будут] be."], "lang": [None]}, {"lang": "fr"}, ["fr"]),
    "the row before the settings": ({"t": ["He [будут] be."], "lang": ["de"]}, {"lang": "fr"}, ["de"]),
    "columns called by languages": ({"en": ["He [будут] be."], "fr": ["Il [будут] est."]}, {}, ["en", "fr"]),
    "a column of numbers": ({"t": ["The minister said he would [будут] come."], "lang": [7]}, {}, ["en"]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "changes", "langs"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_language_of_a_row(
    tmp_path: Path, rows: dict[str, Any], changes: dict[str, Any], langs: list[str]
) -> None:
    report = check(write(tmp_path / "a.parquet", rows), **changes)
    assert [one.lang for one in report.findings] == langs


FIELDS = {
    "one column": (("title",), FOUND[:1], ""),
    "by its number": (("3",), FOUND[1:], ""),
    "a column that is not there": (("titel",), [], "no column “titel” (did you mean “title”?)"),
    "one of several": (("text", "body"), [], "no column “body”"),
    "a column of numbers": (("id",), [], "the column “id” is of the type int64, not text"),
}


@pytest.mark.parametrize(("fields", "found", "error"), FIELDS.values(), ids=FIELDS)
def test_fields(tmp_path: Path, fields: tuple[str, ...], found: list[tuple[str, str]], error: str) -> None:
    report = check(write(tmp_path / "a.parquet"), fields=fields)
    assert places(report) == found
    assert report.error.startswith(error)
    assert bool(error) == bool(report.error)


def test_other_types_of_text(tmp_path: Path) -> None:
    texts = ["He [будут] be.", None, "All is well."]
    rows = {
        "large": pa.array(texts, pa.large_string()),
        "named": pa.array(texts).dictionary_encode(),
        "bytes": pa.array([text and text.encode() for text in texts]),
        "listed": pa.array([[text] for text in texts]),
    }
    report = check(write(tmp_path / "a.parquet", rows), lang="en")
    assert [one.address for one in report.findings] == ["row 1/large", "row 1/named"]


def test_a_cell_that_is_not_utf8_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    raw = pa.array([b"He [\xd0\xb1] be.", b"caf\xe9", "He [будут] be.".encode()])
    report = check(
        write(tmp_path / "a.parquet", {"t": raw.view(pa.string())}), lang="en", select=("leftover",)
    )
    broken = [one for one in report.findings if one.rule == "format/broken"]
    assert [(str(one.position), one.message) for one in broken] == [
        ("2:1", "row 2/t: not UTF-8, the cell is not read")
    ]
    assert ("row 3/t", "3:4") in places(report)


@pytest.mark.parametrize("rows", [{"t": pa.array([], pa.string())}, {"n": [1, 2]}, {"t": ["", None, "12"]}])
def test_a_table_without_text_has_no_findings(tmp_path: Path, rows: dict[str, Any]) -> None:
    report = check(write(tmp_path / "a.parquet", rows))
    assert (report.error, report.findings) == ("", ())


BROKEN = {
    "not Parquet": ("a.parquet", b"PAR1 and no more"),
    "empty": ("a.parquet", b""),
    "cut off": ("a.parquet", None),
    "not Arrow": ("a.arrow", b"ARROW1\0\0 and no more"),
}


@pytest.mark.parametrize(("name", "data"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_an_error_and_the_run_goes_on(
    cli: Run, tmp_path: Path, name: str, data: bytes | None
) -> None:
    path = tmp_path / name
    path.write_bytes(write(path).read_bytes()[:-20] if data is None else data)
    (tmp_path / "b.txt").write_text("Ministers [будут] meet on Monday.")
    done = cli("check", name, "b.txt", "--lang", "en", "--output", "concise")
    assert done.returncode == 3
    assert b"b.txt:1:11: error leftover/bracketed-word" in done.stdout
    said = done.stderr.decode()
    assert said.startswith(f"cleaner: {name}: cannot be read: ")
    assert "Traceback" not in said
    assert "internal error" not in said


def test_a_file_that_ends_its_reader_is_an_error_and_the_run_goes_on(cli: Run, tmp_path: Path) -> None:
    """Its footer says that texts are numbers: Arrow does not raise, it ends the process."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["abcd"] * 50}), path)
    text, number = b"\x15\x0c%\x02\x18\x04text", b"\x15\x08%\x02\x18\x04text"  # the type of the column
    path.write_bytes(path.read_bytes().replace(text, number))
    (tmp_path / "b.txt").write_text("Ministers [будут] meet on Monday.")
    for more in ((), ("b.txt",), ("b.txt", "--jobs", "1")):
        done = cli("check", "a.parquet", *more, "--lang", "en", "--output", "concise")
        assert done.returncode == 3
        assert b"cleaner: a.parquet: its process died" in done.stderr
        assert (b"b.txt:1:11: error leftover/bracketed-word" in done.stdout) == bool(more)


def test_fix_names_the_command_that_writes_it(cli: Run, tmp_path: Path) -> None:
    data = write(tmp_path / "a.parquet").read_bytes()
    for options in ((), ("--diff",), ("--unsafe-fixes",)):
        done = cli("fix", "a.parquet", *options)
        assert done.returncode == 3
        assert done.stderr.decode().splitlines()[0] == (
            "cleaner: a.parquet: a table of rows is not edited in place "
            "(cleaner corpus a.parquet OUT writes it cleaned)"
        )
    assert (tmp_path / "a.parquet").read_bytes() == data


def test_without_pyarrow_the_extra_is_named(cli: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "pyarrow.py").write_text("raise ImportError")
    done = cli("check", "a.parquet", env={"PYTHONPATH": f"{tmp_path / 'hidden'}{os.pathsep}{ROOT}"})
    assert done.returncode == 3
    assert (
        "a.parquet: pyarrow is not installed (pip install 'translation-cleaner[parquet]')"
        in done.stderr.decode()
    )


def test_a_check_of_texts_does_not_import_it(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("All is well.")
    done = cli("check", "a.txt", env={"PYTHONPROFILEIMPORTTIME": "1", **UNMEASURED})
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "cleaner.run" in loaded
    assert loaded.isdisjoint({"pyarrow", "cleaner.columnar", "cleaner.corpus"})


def test_a_sidecar_file_and_exit_codes(cli: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", {"t": ["He [будут] be.", "All is well."]})
    assert cli("check", "a.parquet", "--lang", "en").returncode == 1
    (tmp_path / ".cleaner-ignore.yaml").write_text(
        "- path: a.parquet\n  rule: leftover\n  match: '[будут]'\n  reason: a quotation\n"
    )
    done = cli("check", "a.parquet", "--lang", "en")
    assert done.returncode == 0, done.stdout.decode()


def test_no_comment_is_written_into_a_table(cli: Run, tmp_path: Path) -> None:
    data = write(tmp_path / "a.parquet").read_bytes()
    done = cli("check", "a.parquet", "--add-ignore")
    assert "a.parquet: a table holds no comments" in done.stderr.decode()
    assert (tmp_path / "a.parquet").read_bytes() == data


# -- What reports say --------------------------------------------------------------------------------


def reported(tmp_path: Path, name: str) -> str:
    report = check(write(tmp_path / "a.parquet"))
    assert len(report.findings) == 3
    return str(reporters.reporter(name)(Report((report,)), Look()))


@pytest.mark.parametrize("name", reporters.FORMATS)
def test_every_reporter_shows_a_table(tmp_path: Path, name: str) -> None:
    said = reported(tmp_path, name)
    assert "leftover/bracketed-word" in said or "Left in brackets" in said or name in ("diff", "patch")


def test_offsets_count_in_the_cell(tmp_path: Path) -> None:
    _, second, _ = json.loads(reported(tmp_path, "json"))["findings"]
    assert second["start"] == {"line": 2, "column": 26, "offset": 25, "utf16": 26, "byte": 28}
    assert second["end"] == {"line": 2, "column": 33, "offset": 32, "utf16": 33, "byte": 40}
    assert second["context"] == ROWS["text"][1]
    regions = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in json.loads(reported(tmp_path, "sarif"))["runs"][0]["results"]
    ]
    assert [(one["startLine"], one["startColumn"], one["charOffset"]) for one in regions] == [
        (2, 11, 10), (2, 26, 25), (4, 9, 8),
    ]  # fmt: skip


def test_a_long_cell_is_cut_and_its_offsets_are_not(tmp_path: Path) -> None:
    text = "Так 😀.\n" * 2000 + "He [будут] be. " + "All is well.\n" * 2000
    report = check(write(tmp_path / "a.parquet", {"a": ["x y"], "t": [text]}), lang="en")
    (found,) = json.loads(reporters.reporter("json")(Report((report,)), Look()))["findings"]
    at = text.index("[будут]")
    assert (found["start"]["offset"], found["start"]["column"], found["start"]["line"]) == (at, at + 1, 1)
    assert found["start"]["byte"] == len(text[:at].encode())
    assert found["start"]["utf16"] == at + 2000
    assert found["context"] == text[at - 40 : at + 47]
    assert sum(len(piece.text) for piece in report.after.pieces) < 4000  # type: ignore[union-attr]


def test_repairs_are_for_a_person(tmp_path: Path) -> None:
    fixes = [
        fix for one in check(write(tmp_path / "a.parquet")).findings for fix in (one.fix, *one.alternatives)
    ]
    assert fixes
    assert all(fix is not None and fix.safety is Safety.MANUAL and fix.because for fix in fixes)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        texts = [f"Item {n} is well." for n in range(rows)]
        path = write(tmp_path / f"{rows}.parquet", {"t": texts}, row_group_size=1000)
        tracemalloc.start()
        try:
            assert not check(path, lang="en").findings
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)  # what is imported and compiled once
    assert peak(12_000) < 1.5 * peak(3000)


def test_settings_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "cleaner.yaml").write_text(
        "lang: en\nper-path:\n  - match: ['*.parquet']\n    fields: [title]\n"
    )
    path = write(tmp_path / "a.parquet")
    (report,) = run([path], Settings(file=tmp_path / "cleaner.yaml"), Task())
    assert [one.address for one in report.findings] == ["row 2/title"]
    assert Config().fields == ()
