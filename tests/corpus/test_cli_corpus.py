"""`cleaner corpus` as a person meets it: options, exit codes, words."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import UNMEASURED, Run
from tests.corpus.samples import CLEAN, LEFTOVER, MENDED, MOJIBAKE, jsonl, tree

ROWS = ("--select", "mojibake,leftover/bracketed-word", "--lang", "en", "--from", "ru", "--jobs", "1")


def write(folder: Path, *texts: str, name: str = "a.jsonl") -> None:
    (folder / name).write_bytes(jsonl(({"text": text} for text in texts), ensure_ascii=False))


EXITS = {
    "nothing found": ((CLEAN,), (), 0),
    "all repaired": ((CLEAN, MOJIBAKE), (), 0),
    "something remains": ((LEFTOVER,), (), 1),
    "something remains, and that is well": ((LEFTOVER,), ("--exit-zero",), 0),
    "with the unsafe repairs nothing remains": ((LEFTOVER,), ("--unsafe-fixes",), 0),
    "no such column": ((CLEAN,), ("--column", "body"), 1),
    "an unknown engine": ((CLEAN,), ("--engine", "sparc"), 2),
    "an unknown rule": ((CLEAN,), ("--select", "mojibak"), 2),
    "a column twice": ((CLEAN,), ("--lang-column", "text"), 2),
}


@pytest.mark.parametrize(("texts", "options", "code"), EXITS.values(), ids=EXITS)
def test_exit_codes(
    cli: Run, tmp_path: Path, texts: tuple[str, ...], options: tuple[str, ...], code: int
) -> None:
    write(tmp_path, *texts)
    done = cli("corpus", "a.jsonl", "out", *ROWS, *options)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_what_it_says_at_the_end(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, CLEAN, MOJIBAKE, LEFTOVER, MOJIBAKE)
    path = tmp_path / "a.jsonl"
    path.write_bytes(path.read_bytes() + b'{"text": 1}\n{"text": "to')
    done = cli("corpus", "a.jsonl", "out", *ROWS)
    assert done.stdout.decode().splitlines() == [
        "6 rows in 1 parts; 2 rows changed.",
        "",
        "  found  repaired  rule",
        "      2         2  mojibake/misread-bytes",
        "      1         0  leftover/bracketed-word",
        "",
        "      2  rejected",
        "      1  broken JSON",
        "      1  the column “text” holds a number, not text",
    ]
    assert MENDED in (tmp_path / "out" / "text" / "a-00000.jsonl").read_text("utf-8")
    assert (
        cli("corpus", "a.jsonl", "out", *ROWS)
        .stdout.decode()
        .startswith("6 rows in 1 parts, 1 of them by an")
    )


def test_a_changed_setting_is_told(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, LEFTOVER)
    cli("corpus", "a.jsonl", "out", *ROWS)
    done = cli("corpus", "a.jsonl", "out", *ROWS, "--unsafe-fixes")
    assert b"everything is done anew" in done.stderr
    assert "[will]" in (tmp_path / "out" / "text" / "a-00000.jsonl").read_text("utf-8")


def test_the_settings_of_a_file_hold_for_it(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", MOJIBAKE, name="a.jsonl")
    write(tmp_path / "in", MOJIBAKE, name="b.jsonl")
    (tmp_path / "cleaner.yaml").write_text(
        "lang: en\nper-path:\n  - match: [b.jsonl]\n    ignore: [mojibake]\n"
    )
    cli("corpus", "in", "out", "--jobs", "1")
    assert "café" in (tmp_path / "out" / "text" / "a-00000.jsonl").read_text("utf-8")
    texts = [json.loads(data)["text"] for data in tree(tmp_path / "out" / "text").values()]
    assert texts == [MENDED, MOJIBAKE]


def test_the_name_of_a_packed_file_says_its_language(cli: Run, tmp_path: Path) -> None:
    import gzip

    (tmp_path / "news.en.jsonl.gz").write_bytes(gzip.compress(jsonl([{"text": LEFTOVER}])))
    cli("corpus", "news.en.jsonl.gz", "out", "--jobs", "1")
    said = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert said["settings"][0]["lang"] == "en"


MISTAKES = {
    "no such file": (("none.jsonl", "out"), 2, "none.jsonl: no such file or folder"),
    "another kind of file": (("a.txt", "out"), 2, "a.txt: not a corpus that we read (one of .jsonl, "),
    "nothing in the folder": (("empty", "out"), 2, "empty: there is no corpus in it"),
    "the output is a file": (("a.jsonl", "a.txt"), 2, "a.txt: is a file, not a folder"),
    "the output is somebody's": (("a.jsonl", "theirs"), 2, "theirs: is not empty and not of cleaner corpus"),
}


@pytest.mark.parametrize(("paths", "code", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(cli: Run, tmp_path: Path, paths: tuple[str, str], code: int, message: str) -> None:
    write(tmp_path, CLEAN)
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "empty").mkdir()
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.txt").write_text("all I have")
    done = cli("corpus", *paths, *ROWS)
    assert done.returncode == code
    assert done.stderr.decode().startswith(f"cleaner: {message}")


def test_a_file_that_cannot_be_read_is_3(cli: Run, tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["a"]}), tmp_path / "a.parquet")
    done = cli("corpus", "a.parquet", "out", *ROWS)
    assert done.returncode == 3
    assert done.stderr.decode() == "cleaner: a.parquet: the column “text” is not there (columns: body)\n"


def test_absent_extras_are_named(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    done = cli("corpus", "a.parquet", "out", env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 3
    assert "pyarrow is not installed (pip install 'translation-cleaner[corpus]')" in done.stderr.decode()


def test_other_commands_do_not_pay_for_it(cli: Run) -> None:
    done = cli("check", "-", stdin=b"All is well.", env={"PYTHONPROFILEIMPORTTIME": "1", **UNMEASURED})
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "cleaner.engine" in loaded
    assert not {"cleaner.corpus", "pyarrow", "zstandard", "multiprocessing"} & loaded
