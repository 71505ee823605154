"""A run: the same bytes whatever the jobs, nothing done twice, nothing lost."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from cleaner.corpus import pool
from cleaner.corpus.plan import Input, Part, plan
from cleaner.corpus.runner import Progress, Result, run
from cleaner.corpus.settings import Columns, Settings
from cleaner.corpus.work import Job, Outcome, do
from cleaner.errors import InputError, UsageError
from cleaner.model import Safety
from tests.corpus.samples import AFTER, SETTINGS, joined, jsonl, rows, tree

COUNT = 70
SIZE = 1500  # bytes of a part, so that a small file has several


class Told(Progress):
    """What a run said, and the parts that it did."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.done: list[str] = []

    def part(self, outcome: Outcome) -> None:
        if not outcome.again:
            self.done.append(outcome.part.name)

    def say(self, message: str) -> None:
        self.said.append(message)


def clean(source: Path, out: Path, settings: Settings = SETTINGS, **options: Any) -> Result:
    return run(source, out, settings, **{"jobs": 1, "part_size": SIZE, **options})


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_bytes(jsonl(rows(COUNT), ensure_ascii=False))
    return path


def texts(out: Path) -> list[str]:
    return [json.loads(line)["text"] for line in joined(out / "text").splitlines()]


def test_rows_come_out_in_their_order_with_only_the_repairs_made(corpus: Path, tmp_path: Path) -> None:
    result = clean(corpus, tmp_path / "out")
    expected = [{**row, "text": AFTER[number % len(AFTER)]} for number, row in enumerate(rows(COUNT))]
    assert joined(tmp_path / "out" / "text") == jsonl(expected, ensure_ascii=False)
    assert result.parts > 5
    assert (result.counts.rows, result.counts.changed) == (COUNT, 20)
    assert (
        result.counts.found["mojibake/misread-bytes"] == result.counts.applied["mojibake/misread-bytes"] == 10
    )
    assert result.counts.remaining == {"error": result.counts.found["leftover/bracketed-word"]}
    assert json.loads((tmp_path / "out" / "counts.json").read_bytes()) == {
        **result.counts.as_json(),
        "errors": {},
    }


def test_a_finding_leads_to_its_row(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean(corpus, out)
    given, count = corpus.read_bytes(), 0
    for path in sorted((out / "findings").iterdir()):
        cleaned = (out / "text" / path.name).read_bytes().splitlines()
        for line in path.read_bytes().splitlines():
            found = json.loads(line)
            before = json.loads(given[found["byte"] :].partition(b"\n")[0])
            after = json.loads(cleaned[found["row"] - 1])
            assert before["id"] == after["id"]
            text = (before if found["applied"] else after)[found["column"]]
            assert text[found["start"] : found["end"]] == found["match"]
            count += 1
    assert count == 30


def test_the_samples_are_not_changed(corpus: Path, tmp_path: Path) -> None:
    before = corpus.read_bytes()
    clean(corpus, tmp_path / "out")
    assert corpus.read_bytes() == before


def table(folder: Path, name: str) -> Path:
    """The rows in another form."""
    path, data = folder / name, jsonl(rows(COUNT))
    arrow = pa.Table.from_pylist(rows(COUNT))
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(data))
    elif name.endswith(".zst"):
        path.write_bytes(zstandard.compress(data))
    elif name.endswith(".parquet"):
        pq.write_table(arrow, path, row_group_size=10, compression="zstd")
    elif name.endswith(".arrows"):
        with pa.ipc.new_stream(path, arrow.schema) as writer:
            writer.write_table(arrow, max_chunksize=50)
    else:
        with pa.ipc.new_file(path, arrow.schema) as writer:
            writer.write_table(arrow, max_chunksize=50)
    return path


def read(out: Path) -> list[dict[str, Any]]:
    """The cleaned rows, whatever form they have."""
    found: list[dict[str, Any]] = []
    for path in sorted((out / "text").iterdir()):
        if path.name.endswith(".gz"):
            found += map(json.loads, gzip.decompress(path.read_bytes()).splitlines())
        elif path.name.endswith(".zst"):
            with zstandard.open(path) as file:
                found += map(json.loads, file.read().splitlines())
        elif path.name.endswith(".parquet"):
            found += pq.read_table(path).to_pylist()
        elif path.name.endswith(".arrows"):
            found += pa.ipc.open_stream(path).read_all().to_pylist()
        else:
            found += pa.ipc.open_file(path).read_all().to_pylist()
    return found


FORMS = ["a.jsonl.gz", "a.ndjson.zst", "a.parquet", "a.arrow", "a.feather", "a.arrows"]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_rows(corpus: Path, tmp_path: Path, name: str) -> None:
    plain = clean(corpus, tmp_path / "plain")
    path = table(tmp_path, name)
    result = clean(path, tmp_path / "out")
    wanted = [json.loads(line) for line in joined(tmp_path / "plain" / "text").splitlines()]
    found = read(tmp_path / "out")
    findings = [finding for row in found for finding in row.pop("findings", ())]
    assert found == wanted
    assert result.counts == plain.counts
    if findings:  # a table has them beside the text; lines have a file of them
        lines = [json.loads(line) for line in joined(tmp_path / "plain" / "findings").splitlines()]
        assert findings == [{key: line[key] for key in line if key not in ("row", "byte")} for line in lines]
    assert bool(findings) != (tmp_path / "out" / "findings").exists()
    again = clean(path, tmp_path / "out")
    assert again.again == again.parts and again.counts == result.counts


def test_a_parquet_file_keeps_its_make(tmp_path: Path) -> None:
    path = table(tmp_path, "a.parquet")
    done = clean(path, tmp_path / "out", part_size=1)
    assert done.parts == 7
    first = pq.ParquetFile(tmp_path / "out" / "text" / "a-00000.parquet").metadata
    assert (first.num_rows, first.row_group(0).column(0).compression) == (10, "ZSTD")


# -- Processes ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_any_number_of_jobs_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    clean(corpus, tmp_path / "one")
    clean(corpus, tmp_path / "two", jobs=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def parts_of(corpus: Path, out: Path) -> tuple[list[Part], Job]:
    parts = plan([Input(corpus, corpus.name)], [0], SIZE).parts
    return parts, Job(out, (SETTINGS,), (SETTINGS.fingerprint(),))


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(corpus: Path, tmp_path: Path) -> None:
    parts, job = parts_of(corpus, tmp_path / "out")
    done = []
    for outcome in pool.outcomes(parts, job, 2):
        if not done:
            for child in active_children():
                os.kill(child.pid or 0, signal.SIGKILL)
        done.append(outcome)
    assert sorted(outcome.part.number for outcome in done) == list(range(len(parts)))
    assert [outcome.error for outcome in done if outcome.error] == []


class Deadly(Part):
    """A part that ends the process it comes to, as a crash in a library would."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


@pytest.mark.slow
def test_a_part_that_kills_its_worker_is_given_up_alone(corpus: Path, tmp_path: Path) -> None:
    parts, job = parts_of(corpus, tmp_path / "out")
    bad = parts[2]
    parts[2] = Deadly(bad.input, bad.number, bad.start, bad.stop, bad.size)
    done = list(pool.outcomes(parts, job, 2))
    assert sorted(outcome.part.number for outcome in done) == list(range(len(parts)))
    assert {outcome.part.number: outcome.error for outcome in done if outcome.error} == {2: pool.DIED}


# -- Going on ----------------------------------------------------------------------------------------


def stopping(after: int) -> Any:
    """An engine that is killed after some parts."""

    def engine(parts: Sequence[Part], job: Job, jobs: int) -> Iterator[Outcome]:
        for part in parts[:after]:
            yield do(part, job)
        raise KeyboardInterrupt

    return engine


def test_what_is_finished_is_not_done_again(corpus: Path, tmp_path: Path) -> None:
    clean(corpus, tmp_path / "whole")
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        clean(corpus, out, engine=stopping(3))
    (out / "text" / ".cleaner-1-news-00004.jsonl").write_bytes(b'{"id": ')  # as SIGKILL leaves it
    told = Told()
    result = clean(corpus, out, progress=told)
    assert (result.again, len(told.done)) == (3, result.parts - 3)
    assert "news-00000.jsonl" not in told.done
    assert tree(out) == tree(tmp_path / "whole")


def test_a_whole_run_is_not_done_again(corpus: Path, tmp_path: Path) -> None:
    first = clean(corpus, tmp_path / "out")
    before = tree(tmp_path / "out")
    again = clean(corpus, tmp_path / "out", progress=(told := Told()))
    assert (again.again, told.done, told.said) == (first.parts, [], [])
    assert again.counts == first.counts
    assert tree(tmp_path / "out") == before


OTHERS = {
    "repairs": replace(SETTINGS, allowed=Safety.UNSAFE),
    "columns": replace(SETTINGS, columns=Columns(lang="lang")),
    "rules": replace(SETTINGS, config=replace(SETTINGS.config, select=("mojibake",))),
    "language": replace(SETTINGS, config=replace(SETTINGS.config, lang="en")),
    "limit": replace(SETTINGS, max_row=1000),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_settings_begin_anew_and_say_so(corpus: Path, tmp_path: Path, other: Settings) -> None:
    clean(corpus, tmp_path / "out")
    result = clean(corpus, tmp_path / "out", other, progress=(told := Told()))
    assert result.again == 0
    assert told.said == ["the settings, the rules or cleaner are others than before: everything is done anew"]
    clean(corpus, tmp_path / "fresh", other)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_another_part_size_leaves_nothing_of_the_old_parts(corpus: Path, tmp_path: Path) -> None:
    clean(corpus, tmp_path / "out")
    clean(corpus, tmp_path / "out", part_size=SIZE * 3)
    clean(corpus, tmp_path / "fresh", part_size=SIZE * 3)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def changed_letter(data: bytes) -> bytes:
    return data.replace(b"ministers", b"Ministers", 1)


def grown(data: bytes) -> bytes:
    return data + jsonl(rows(3), ensure_ascii=False)


def torn_then_whole(data: bytes) -> bytes:
    return data[:-1] + b" \n"


EDITS = {
    "a letter": changed_letter,
    "more rows": grown,
    "fewer rows": lambda data: data[:-2000],
    "last": torn_then_whole,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_only_what_has_changed_is_done_again(corpus: Path, tmp_path: Path, edit: Any) -> None:
    first = clean(corpus, tmp_path / "out")
    status = corpus.stat()
    corpus.write_bytes(edit(corpus.read_bytes()))
    os.utime(corpus, ns=(status.st_atime_ns, status.st_mtime_ns))  # time says nothing
    result = clean(corpus, tmp_path / "out")
    assert first.parts - 3 <= result.again < result.parts
    clean(corpus, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_an_input_that_is_gone_leaves_no_output(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.jsonl", "sub/b.jsonl"):
        (folder / name).write_bytes(jsonl(rows(5)))
    clean(folder, tmp_path / "out")
    assert sorted(tree(tmp_path / "out" / "text")) == ["a-00000.jsonl", "sub/b-00000.jsonl"]
    (folder / "a.jsonl").unlink()
    clean(folder, tmp_path / "out")
    assert sorted(tree(tmp_path / "out" / "text")) == ["sub/b-00000.jsonl"]


def test_which_files_of_a_folder_are_read(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "cache.blob"
    (folder / "sub").mkdir(parents=True)
    elsewhere.write_bytes(jsonl(rows(1)))
    for name in ("b.jsonl", "sub/A.JSONL", ".hidden.jsonl", "notes.txt", "sub/old.jsonl"):
        (folder / name).write_bytes(jsonl(rows(1)))
    (folder / "link.jsonl").symlink_to(elsewhere)
    (folder / ".gitignore").write_text("*.jsonl\n")
    config = replace(SETTINGS.config, exclude=("old.jsonl",), root=str(tmp_path))
    clean(folder, tmp_path / "out", replace(SETTINGS, config=config))
    assert sorted(tree(tmp_path / "out" / "text")) == [
        "b-00000.jsonl", "link-00000.jsonl", "sub/A-00000.JSONL"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "findings"])
def test_an_output_that_is_gone_is_made_again(corpus: Path, tmp_path: Path, kind: str) -> None:
    clean(corpus, tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "out" / kind / "news-00001.jsonl").unlink()
    assert clean(corpus, tmp_path / "out").again == len(list((tmp_path / "out" / "parts").iterdir())) - 1
    assert tree(tmp_path / "out") == before


# -- Bad input ---------------------------------------------------------------------------------------


def test_rejected_rows_are_kept_as_they_are_with_the_reason(tmp_path: Path) -> None:
    good = jsonl(rows(3))
    bad = [b'{"text": 7}\n', b'\xff{"text": "a"}\n', b'{"text": "' + b"x" * 2000 + b'"}\n', b'{"text": "torn']
    path = tmp_path / "a.jsonl"
    path.write_bytes(bad[0] + good + b"".join(bad[1:]))
    result = clean(path, tmp_path / "out", replace(SETTINGS, max_row=1500), part_size=1 << 20)
    assert joined(tmp_path / "out" / "rejected") == b"".join(bad)
    assert joined(tmp_path / "out" / "text").count(b"\n") == 3
    said = [json.loads(line) for line in joined(tmp_path / "out" / "reasons").splitlines()]
    whole = path.read_bytes()
    assert [whole[one["byte"] : one["byte"] + one["bytes"]] for one in said] == bad
    assert [one["row"] for one in said] == [1, 2, 3, 4]
    assert [one["reason"] for one in said] == [
        "the column “text” holds a number, not text",
        "not UTF-8 at byte 0",
        "2,013 bytes, more than the limit of 1,500",
        "JSON: a string that is not closed at byte 9",
    ]
    assert result.counts.rejected == {
        "the column “text” holds a number, not text": 1, "not UTF-8": 1, "too big": 1, "broken JSON": 1
    }  # fmt: skip
    assert result.counts.rows == 7


def test_rejected_rows_of_a_table_are_a_table(tmp_path: Path) -> None:
    data = rows(6)
    data[2]["lang"] = "Klingonese"
    given = pa.Table.from_pylist(data)
    pq.write_table(given, tmp_path / "a.parquet")
    clean(tmp_path / "a.parquet", tmp_path / "out")
    kept = pq.read_table(tmp_path / "out" / "text" / "a-00000.parquet")
    refused = pq.read_table(tmp_path / "out" / "rejected" / "a-00000.parquet")
    assert kept.column("id").to_pylist() == [0, 1, 3, 4, 5]
    assert kept.schema.names == [*given.schema.names, "findings"]
    assert refused.drop(["rejected"]).equals(given.slice(2, 1))
    assert refused.column("rejected").to_pylist() == ["unknown language “Klingonese”"]


def unreadable(folder: Path) -> dict[str, str]:
    """Files that cannot be done, and what is said of each."""
    (folder / "no.parquet").write_bytes(b"PAR1 and no more")
    (folder / "no.arrow").write_bytes(b"nothing of the kind")
    (folder / "torn.jsonl.gz").write_bytes(gzip.compress(jsonl(rows(50)))[:-20])
    pq.write_table(pa.table({"body": ["a"]}), folder / "column.parquet")
    pq.write_table(
        pa.table({**{name: ["a"] for name in ("lang", "from")}, "text": [1]}), folder / "type.parquet"
    )
    return {
        "no.parquet": "not Parquet",
        "no.arrow": "cannot be read",
        "torn.jsonl.gz": "broken or cut off",
        "column.parquet": "the column “text” is not there (columns: body)",
        "type.parquet": "the column “text” is of the type int64, not text",
    }


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    expected = unreadable(folder)
    (folder / "good.jsonl").write_bytes(jsonl(rows(7)))
    result = clean(folder, tmp_path / "out")
    assert sorted(result.errors) == sorted(expected)
    for name, error in expected.items():
        assert result.errors[name].startswith(error)
    assert (result.counts.rows, result.is_complete) == (7, True)
    assert sorted(tree(tmp_path / "out" / "text")) == ["good-00000.jsonl"]
    assert json.loads((tmp_path / "out" / "counts.json").read_bytes())["errors"].keys() == expected.keys()


def test_a_folder_of_somebody_else_is_left_alone(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("all I have")
    with pytest.raises(UsageError, match="not empty and not of cleaner corpus"):
        clean(corpus, out)
    assert tree(out) == {"thesis.txt": b"all I have"}


def test_a_file_of_somebody_else_in_our_folder_stays(corpus: Path, tmp_path: Path) -> None:
    clean(corpus, tmp_path / "out")
    (tmp_path / "out" / "text" / "notes.txt").write_text("keep me")
    clean(corpus, tmp_path / "out", OTHERS["rules"])
    assert (tmp_path / "out" / "text" / "notes.txt").read_text() == "keep me"


@pytest.mark.parametrize("out", ["in", "in/out", "."], ids=["the same", "inside", "around"])
def test_input_and_output_lie_apart(tmp_path: Path, out: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(jsonl(rows(1)))
    with pytest.raises(UsageError, match="must lie outside"):
        clean(tmp_path / "in", tmp_path / out)


def test_two_runs_do_not_work_in_one_folder(corpus: Path, tmp_path: Path) -> None:
    def engine(parts: Sequence[Part], job: Job, jobs: int) -> Iterator[Outcome]:
        with pytest.raises(InputError, match="another run is at work"):
            clean(corpus, tmp_path / "out")
        yield from pool.outcomes(parts, job, jobs)

    assert clean(corpus, tmp_path / "out", engine=engine).counts.rows == COUNT


def test_files_that_are_called_like_parts_do_not_collide(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a-00000.jsonl", "a-00000-00000.jsonl"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(jsonl(rows(1)))
    result = clean(tmp_path / "in", tmp_path / "out")
    assert len(tree(tmp_path / "out" / "text")) == result.parts == 3
