"""What goes wrong in a corpus: it is told, it stays where it is, and the rest is done."""

from __future__ import annotations

import errno
import json
import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.corpus import pool, records, work
from cleaner.corpus.jsonlines import Lines
from cleaner.corpus.plan import Input, Part, plan
from cleaner.corpus.rows import RowCleaner, engine
from cleaner.corpus.runner import run
from cleaner.corpus.settings import Columns, Settings
from cleaner.corpus.work import Job
from cleaner.errors import Problem, RuleError, UsageError, Where
from cleaner.offsets import Edit, Span
from tests.conftest import Run
from tests.corpus import workers
from tests.corpus.samples import MENDED, MOJIBAKE, SETTINGS, jsonl, rows, tree

LINE = json.dumps({"n": 1, "text": MOJIBAKE}, ensure_ascii=False).encode() + b"\n"
ENGLISH = Settings(config=replace(SETTINGS.config, lang="en"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_bytes(jsonl(rows(20), ensure_ascii=False))
    return path


def parts_of(corpus: Path, out: Path, size: int = 700) -> tuple[list[Part], Job]:
    return plan([Input(corpus, corpus.name)], [0], size).parts, Job(out, (SETTINGS,), ("f",))


# -- A part ------------------------------------------------------------------------------------------


def broken(part: Part, job: Job) -> records.Record:
    raise ValueError("boom")


def test_a_mistake_of_ours_stays_with_its_part(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, job = parts_of(corpus, tmp_path / "out")
    monkeypatch.setattr(work, "_do", broken)
    done = list(pool.outcomes(parts, job, 1))
    assert [outcome.error for outcome in done] == [
        "internal error, please report it: ValueError: boom" for _ in parts
    ]
    assert not any(outcome.fatal for outcome in done)


def test_an_input_that_is_gone_when_its_turn_comes(corpus: Path, tmp_path: Path) -> None:
    parts, job = parts_of(corpus, tmp_path / "out")
    assert work.do(parts[0], job).error == ""
    corpus.unlink()
    for part in parts[:2]:  # one that was done before, and one that was not
        outcome = work.do(part, job)
        assert (outcome.error, outcome.fatal) == (f"{corpus}: No such file or directory", False)


def test_a_table_that_is_broken_when_its_turn_comes(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["a"], "lang": ["en"], "from": ["ru"]}), path)
    parts, job = parts_of(path, tmp_path / "out")
    assert work.do(parts[0], job).error == ""
    path.write_bytes(b"PAR1" * 20)
    assert work.do(parts[0], job).error.startswith("cannot be read: ")


def test_nothing_is_begun_when_the_output_has_failed(corpus: Path, tmp_path: Path) -> None:
    parts, job = parts_of(corpus, tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "text").write_text("a file where a folder is wanted")
    (outcome,) = pool.outcomes(parts, job, 1)
    assert outcome.fatal
    assert outcome.error.startswith(str(tmp_path / "out" / "text"))


def test_a_run_whose_output_fails_is_given_up(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINE)
    options = ("a.jsonl", "out", "--lang", "en", "--select", "mojibake", "--jobs", "1")
    assert cli("corpus", *options, "--quiet").stdout == b""
    (tmp_path / "out" / "text" / "a-00000.jsonl").unlink()
    (tmp_path / "out" / "text").rmdir()
    (tmp_path / "out" / "text").write_text("")
    done = cli("corpus", *options, "--quiet")
    assert done.returncode == 3
    assert b"cleaner: given up. What is finished is kept" in done.stderr


@pytest.mark.parametrize(
    ("paths", "status", "message"),
    [
        (("", "out"), 2, "an empty path names no file"),
        (("a.jsonl", ""), 2, "an empty path names no file"),
        (("pipe.jsonl", "out"), 3, "pipe.jsonl: not a regular file"),
        (("a.jsonl", "pipe.jsonl/out"), 3, "pipe.jsonl/out: cannot be written: Not a directory"),
    ],
)
def test_paths_that_cannot_be_meant(
    cli: Run, tmp_path: Path, paths: tuple[str, str], status: int, message: str
) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINE)
    os.mkfifo(tmp_path / "pipe.jsonl")
    done = cli("corpus", *paths, "--jobs", "1")
    assert (done.returncode, done.stderr.decode()) == (status, f"cleaner: {message}\n")


# -- Several processes -------------------------------------------------------------------------------


def test_a_part_that_kills_its_process_is_given_up_and_the_others_are_done(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, job = parts_of(corpus, tmp_path)
    monkeypatch.setattr(pool, "do", workers.deadly)
    done = {outcome.part.number: outcome.error for outcome in pool.outcomes(parts[:4], job, 2)}
    assert done == {0: "", 1: pool.DIED, 2: "", 3: ""}


def test_nothing_is_begun_by_any_process_when_the_output_has_failed(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, job = parts_of(corpus, tmp_path, 100)
    monkeypatch.setattr(pool, "do", workers.fatal)
    done = list(pool.outcomes(parts, job, 2))
    assert done[-1].fatal
    assert len(done) < len(parts)


# -- A row -------------------------------------------------------------------------------------------


def arrow_file(path: Path, texts: list[str], old: bytes, new: bytes) -> None:
    """An Arrow file in which some bytes have become others."""
    table = pa.table({"text": texts})
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table)
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))


@pytest.mark.parametrize("place", [2**31 - 1, -5, 1_000_000], ids=["far", "before", "near"])
def test_an_arrow_file_whose_places_lead_nowhere_is_refused(cli: Run, tmp_path: Path, place: int) -> None:
    """Arrow believes them: to read such a column once ended the process with a signal."""
    offsets = list(range(0, 204, 4))
    changed = [*offsets[:20], place, *offsets[21:]]
    arrow_file(
        tmp_path / "a.arrow", ["abcd"] * 50, struct.pack("<51i", *offsets), struct.pack("<51i", *changed)
    )
    done = cli("corpus", "a.arrow", "out", "--lang", "en", "--jobs", "1")
    assert done.returncode == 3
    assert b"a.arrow: cannot be read: " in done.stderr
    assert b"internal error" not in done.stderr


def test_a_parquet_file_that_ends_its_reader_is_given_up(cli: Run, tmp_path: Path) -> None:
    """Its footer says that texts are numbers: Arrow does not raise, it ends the process."""
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.parquet"
    pq.write_table(pa.table({"text": ["abcd"] * 50}), path)
    text, number = b"\x15\x0c%\x02\x18\x04text", b"\x15\x08%\x02\x18\x04text"  # the type of the column
    path.write_bytes(path.read_bytes().replace(text, number))
    (tmp_path / "in" / "b.jsonl").write_bytes(LINE)
    done = cli("corpus", "in", "out", "--lang", "en", "--jobs", "1")
    assert done.returncode == 3
    assert b"cleaner: a.parquet: " in done.stderr
    assert len(list((tmp_path / "out" / "text").iterdir())) == 1, "the others are done"


def test_a_text_in_an_arrow_file_that_is_no_utf8_is_rejected_alone(cli: Run, tmp_path: Path) -> None:
    arrow_file(tmp_path / "a.arrow", ["caf\u00e9", MOJIBAKE], b"caf\xc3\xa9", b"caf\xc3\xc3")
    done = cli("corpus", "a.arrow", "out", "--lang", "en", "--jobs", "1")
    assert done.returncode == 1
    counts = json.loads((tmp_path / "out" / "counts.json").read_text())
    assert "not UTF-8" in json.dumps(counts)
    assert done.stderr == b""


def failing(error: Exception, patch: pytest.MonkeyPatch) -> RowCleaner:
    def fails(*_: object) -> None:
        raise error

    patch.setattr(RowCleaner, "_one", fails)
    return RowCleaner(ENGLISH)


@pytest.mark.parametrize("error", [RuntimeError("boom"), RecursionError("boom")])
def test_a_mistake_of_ours_stays_with_its_row(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    row = failing(error, monkeypatch).clean([MOJIBAKE])
    assert row.rejected == f"internal error, please report it: {type(error).__name__}: boom"
    assert row.texts == (MOJIBAKE,)


@pytest.mark.parametrize(
    "error", [UsageError("no such rule"), RuleError([Problem(Where("a.yml"), "no rule")])]
)
def test_a_mistake_of_rules_and_settings_is_no_fault_of_a_row(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(type(error)):
        failing(error, monkeypatch).clean([MOJIBAKE])


REPAIRS = {  # edits of the line that are not those of the row
    "of another member": [Edit(Span(5, 6), "2")],
    "another text": [Edit(Span(17, 20), "the")],
    "no JSON any more": [Edit(Span(0, 1), "")],
    "another member in place of the text": [Edit(Span(9, 13), "body")],
}


@pytest.mark.parametrize("edits", REPAIRS.values(), ids=REPAIRS)
def test_a_repair_that_would_change_more_than_its_text_is_not_made(
    edits: list[Edit], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> Iterator[Edit]:
        return iter(edits)

    monkeypatch.setattr(Lines, "_edits", wrong)
    done = Lines(engine(ENGLISH), b"").clean(LINE)
    assert done.data == LINE
    assert done.row is not None
    assert done.row.rejected.startswith("internal error, please report it: the repaired line would not be")


def test_a_column_that_is_null_beside_one_that_is_repaired() -> None:
    wanted = replace(ENGLISH, columns=Columns(("title", "text")))
    line = json.dumps({"title": None, "text": MOJIBAKE}, ensure_ascii=False)
    done = Lines(engine(wanted), b"").clean(line.encode())
    assert done.data.decode() == line.replace(MOJIBAKE, MENDED)


def test_a_column_of_text_there_must_be() -> None:
    with pytest.raises(UsageError, match="no column of text is named"):
        Columns(())


# -- The output folder -------------------------------------------------------------------------------


def without_fcntl(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "fcntl", None)


def without_locks(patch: pytest.MonkeyPatch) -> None:
    import fcntl

    def flock(*_: Any) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    patch.setattr(fcntl, "flock", flock)


@pytest.mark.parametrize("prepare", [without_fcntl, without_locks])
def test_a_system_or_a_disk_without_locks(
    prepare: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(monkeypatch)
    assert run(corpus, tmp_path / "out", SETTINGS, jobs=1).counts.rows == 20


def test_a_record_of_another_part_counts_for_nothing(corpus: Path, tmp_path: Path) -> None:
    """As when somebody copies a record: what it names is another's."""
    out = tmp_path / "out"
    run(corpus, out, SETTINGS, jobs=1)
    before = {record.part for record in records.all_records(out)}
    record = next((out / records.PARTS).rglob("*.json"))
    record.with_name("copied-00000.json").write_bytes(record.read_bytes())
    record.with_name("torn-00000.json").write_bytes(b"{")
    assert [record.part for record in records.all_records(out)] == sorted(before)


# -- Lines that are longer than a part ---------------------------------------------------------------


@pytest.mark.parametrize("size", [200, 333, 1000, 100_000])
def test_a_line_over_the_limit_is_rejected_once_wherever_the_parts_begin(tmp_path: Path, size: int) -> None:
    long = b'{"text": "' + b"a" * 3000 + b'"}\n'
    many = jsonl(rows(7), ensure_ascii=False).splitlines(keepends=True)
    corpus = tmp_path / "a.jsonl"
    corpus.write_bytes(b"".join([*many[:3], long, *many[3:], long]))
    result = run(corpus, tmp_path / "out", replace(SETTINGS, max_row=500), jobs=1, part_size=size)
    assert (result.counts.rows, result.counts.rejected.total()) == (9, 2)
    rejected = b"".join(tree(tmp_path / "out" / "rejected").values())
    assert rejected == long * 2


# -- Tables of other makes ---------------------------------------------------------------------------


TABLES = {
    "no dictionary": {"use_dictionary": False},
    "no compression": {"compression": "none"},
    "small row groups": {"row_group_size": 2},
}


@pytest.mark.parametrize("count", [0, 5])
@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
def test_a_table_is_cleaned_whatever_its_make(tmp_path: Path, make: dict[str, Any], count: int) -> None:
    path, out = tmp_path / "a.parquet", tmp_path / "out"
    about = {"lang": ["en"] * count, "from": ["ru"] * count}
    table = pa.table({"text": pa.array([MOJIBAKE] * count, pa.string()), **{
        name: pa.array(values, pa.string()) for name, values in about.items()
    }})  # fmt: skip
    pq.write_table(table, path, **make)
    assert run(path, out, SETTINGS, jobs=1).errors == {}
    (written,) = (out / "text").glob("*.parquet")
    assert pq.read_table(written).column("text").to_pylist() == [MENDED] * count
    assert run(path, out, SETTINGS, jobs=1).again == 1
