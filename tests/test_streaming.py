"""JSON Lines that are read piece by piece: the same findings, bytes and reports as of the whole file."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import files, parallel, run, streaming
from cleaner.errors import InputError
from cleaner.excerpts import Excerpts
from cleaner.journal import Journal, load, undo
from cleaner.model import FileReport, Report, Safety
from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look
from cleaner.reporters.patch import patch
from cleaner.run import Settings, Task
from cleaner.values import replace
from tests.cli.test_patch import applied
from tests.conftest import ROOT

DEBRIS = [
    "Ministers meet on Monday.",
    "They both [будут] be there.",
    "He said: “yes.",
    "It was cafÃ© noir.",
    "the the",
    "R&amp;amp;D",
    "zero\u200bwidth",
    "a , b",
    "😀 “so”",
    "date 2022-07-29",
    'a \\ and a " and a / in it',
    "two\nlines",
    "<unk>",
    "будут [sic]",
]
BROKEN = ["{broken", '{"a": "x', "]", '{"a": 1} x', "", "   ", "2022-01-01 is no JSON", "\t", '"“one string"']
TASKS = [Task(), Task(Safety.SAFE), Task(Safety.UNSAFE), Task(Safety.UNSAFE, write=False)]

said = st.lists(st.sampled_from(DEBRIS), min_size=1, max_size=4).map(" ".join)
record = st.one_of(
    st.fixed_dictionaries({"id": st.integers(0, 9), "title": said, "text": said}),
    st.fixed_dictionaries({"en": said, "uk": said}),
    st.fixed_dictionaries({"items": st.lists(said, max_size=3)}),
)
line = st.one_of(
    record.map(lambda value: json.dumps(value, ensure_ascii=False)),
    record.map(json.dumps),
    record.map(lambda value: json.dumps(value).replace("/", "\\/")),
    st.sampled_from(BROKEN),
)


@st.composite
def files_of_lines(draw: st.DrawFn, lines: st.SearchStrategy[str] = line) -> bytes:
    """A file with what such files get wrong: line ends, a mark, bytes of another encoding, a torn end."""
    chosen = draw(st.lists(lines, max_size=12))
    chosen += draw(st.lists(st.sampled_from(chosen), max_size=3)) if chosen else []
    text = draw(st.sampled_from(["\n", "\r\n"])).join(chosen)
    data = (text + draw(st.sampled_from(["\n", "\r\n", "", '\n{"a": "tor', "\n\n"]))).encode()
    if draw(st.integers(0, 9)) == 0:
        data = data.replace(b"Mi", b"\xe9\xff", 2)
    return draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"])) + data


@pytest.fixture(scope="module")
def english() -> Settings:
    return Settings({"lang": "en", "source_lang": "ru"}, isolated=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("streaming") / "a.jsonl"


def looked(
    path: Path, data: bytes, wanted: Settings, task: Task, piece: int | None, beginning: int | None = 200
) -> tuple[FileReport, bytes]:
    """The report of a file read in pieces of some bytes (None: whole), and its bytes afterwards."""
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(streaming, "FROM", 1 if piece else 1 << 40)
        patched.setattr(streaming, "PIECE", piece or 1)
        if beginning is not None:
            patched.setattr(streaming, "_BEGINNING", beginning)
        (report,) = run.run([path], wanted, task)
    return replace(report, seconds=0.0), path.read_bytes()


def shown(report: FileReport, task: Task) -> dict[str, str]:
    look = Look(fixing=task.allowed is not None)
    return {name: reporter(name)(Report((report,)), look) for name in FORMATS}


def told(report: FileReport) -> list[object]:
    """All that a report says but for the text."""
    return [
        *(report.findings, report.applied, report.suppressed, report.skipped),
        *(report.error, report.warning, report.encoding, report.changed),
    ]


def check_same(
    path: Path, data: bytes, wanted: Settings, task: Task, piece: int, beginning: int | None
) -> None:
    whole, written = looked(path, data, wanted, task, None, beginning)
    pieces, also_written = looked(path, data, wanted, task, piece, beginning)
    assert isinstance(pieces.after, Excerpts)
    assert isinstance(whole.after, str)
    if whole.skipped or pieces.skipped:
        # Of findings that are the same in words a whole file tries one, a file in pieces one in each.
        lines = {one.finding.position.line for report in (whole, pieces) for one in report.skipped}
        both = zip(written.split(b"\n"), also_written.split(b"\n"), strict=True)
        assert {number for number, (one, other) in enumerate(both, 1) if one != other} <= lines
        return
    assert told(pieces) == told(whole)
    assert also_written == written
    assert shown(pieces, task) == shown(whole, task)


@settings(max_examples=30, deadline=None)
@given(files_of_lines(), st.sampled_from(TASKS), st.integers(1, 700))
def test_pieces_give_what_the_whole_gives(
    place: Path, english: Settings, data: bytes, task: Task, piece: int
) -> None:
    check_same(place, data or b"\n", english, task, piece, 200)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(files_of_lines(), st.sampled_from(TASKS), st.integers(1, 700))
def test_pieces_of_many_files_give_what_the_whole_gives(
    place: Path, english: Settings, data: bytes, task: Task, piece: int
) -> None:
    check_same(place, data or b"\n", english, task, piece, 200)


NEWS = {
    "en": "The ministers met in the capital on Monday to discuss the budget, a spokesman said.",
    "uk": "Міністри зустрілися в столиці в понеділок, щоб обговорити бюджет, сказав речник.",
    "de": "Die Minister trafen sich am Montag in der Hauptstadt, um über den Haushalt zu sprechen.",
}


@settings(max_examples=12, deadline=None)
@given(files_of_lines(), st.sampled_from(sorted(NEWS)), st.sampled_from(TASKS), st.integers(1, 700))
def test_the_language_is_told_from_the_beginning(
    place: Path, data: bytes, lang: str, task: Task, piece: int
) -> None:
    beginning = f'{{"text": "{NEWS[lang]}"}}\n' * 60
    undeclared = Settings({"source_lang": "ru"}, isolated=True)
    check_same(place, beginning.encode() + data.removeprefix(b"\xef\xbb\xbf"), undeclared, task, piece, None)


def test_when_repairs_show_the_language_the_second_run_changes_nothing(place: Path) -> None:
    broken = NEWS["uk"].encode().decode("cp1251")
    lines = [json.dumps({"t": broken, "u": f"{number} “так"}, ensure_ascii=False) for number in range(90)]
    data = "\n".join(lines).encode()
    undeclared, task = Settings(isolated=True), Task(Safety.UNSAFE)
    first, once = looked(place, data, undeclared, task, 500, None)
    second, twice = looked(place, once, undeclared, task, 500, None)
    assert twice == once
    assert first.applied
    assert not second.applied


# -- What one line does not say ------------------------------------------------------------------------


@pytest.mark.parametrize("last", ['{"a": "1/2"}', '{"a": "1\\/2"}'], ids=["plain", "escaped"])
def test_the_style_of_the_last_line_holds_for_the_first(place: Path, english: Settings, last: str) -> None:
    lines = ['{"t": "cafÃ© and/or R&amp;amp;D; He said: “yes."}', *['{"n": 1}'] * 9, last]
    check_same(place, "\n".join(lines).encode(), english, Task(Safety.UNSAFE), 1, 200)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without a mark", "with a mark"])
def test_bytes_that_are_no_utf8_are_counted_over_the_file(
    place: Path, english: Settings, mark: bytes
) -> None:
    data = mark + b'{"t": "caf\xe9 [\xd0\xb1\xd1\x83\xd0\xb4\xd1\x83\xd1\x82]"}\n' * 40
    for task in TASKS:
        check_same(place, data, english, task, 90, 200)
    report, written = looked(place, data, english, Task(Safety.UNSAFE), 90)
    assert written == data
    assert report.warning.startswith(f"not valid UTF-8: 40 bytes, the first is byte {10 + len(mark)};")
    assert sum(finding.rule == "format/broken" for finding in report.findings) == 20


# -- What is read so, and what is not ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "task", "expected"),
    [
        ("a.jsonl", Task(), True),
        ("a.ndjson", Task(), True),
        ("a.jsonl", Task(encoding="UTF8"), True),
        ("a.txt", Task(format="jsonl"), True),
        ("a.json", Task(), False),
        ("a.jsonl", Task(format="plain"), False),
        ("a.jsonl", Task(encoding="cp1251"), False),
        ("absent.jsonl", Task(), False),
    ],
)
def test_large_json_lines_in_utf8_are_read_in_pieces(
    tmp_path: Path, name: str, task: Task, expected: bool
) -> None:
    path = tmp_path / name
    if name != "absent.jsonl":
        path.touch()
        assert not streaming.is_streamed(path, task)
        os.truncate(path, streaming.FROM)
    assert streaming.is_streamed(path, task) is expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_whole(place: Path, english: Settings, encoding: str) -> None:
    text = '\ufeff{"t": "They [будут] meet."}\n'
    report, written = looked(place, text.encode(encoding), english, Task(Safety.UNSAFE), 10)
    assert isinstance(report.after, str)
    assert written.decode(encoding) == text.replace("будут", "will")


def test_a_binary_file_is_left_alone(place: Path, english: Settings) -> None:
    report, _ = looked(place, b'{"t": "\0"}\n' * 100, english, Task(Safety.SAFE), 10)
    assert report.warning == "skipped: a binary file"


def test_a_file_that_changes_between_the_readings_is_an_error(
    place: Path, english: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = streaming._parts

    def meanwhile(path: Path, survey: streaming._Survey) -> object:
        path.write_bytes(path.read_bytes().replace(b"meet", b"met "))
        return parts(path, survey)

    monkeypatch.setattr(streaming, "_parts", meanwhile)
    report, written = looked(place, b'{"t": "They meet."}\n' * 9, english, Task(Safety.SAFE), 10)
    assert report.error == "changed while it was being read"
    assert written == b'{"t": "They met ."}\n' * 9


def test_pieces_of_a_file_end_with_lines(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one\n\ntwo\nthree\r\nfour")
    assert list(files.pieces(path, 1)) == [b"one\n", b"\n", b"two\n", b"three\r\n", b"four"]
    assert list(files.pieces(path, 5)) == [b"one\n\n", b"two\nthree\r\n", b"four"]
    assert list(files.pieces(path, 2, first=9)) == [b"one\n\ntwo\n", b"three\r\n", b"four"]
    with pytest.raises(InputError, match="a line larger than 1 bytes"):
        list(files.pieces(path, 1, longest=1))


# -- What goes along -----------------------------------------------------------------------------------

LINE = '{"title": "They both [будут] be there.", "text": "cafÃ© noir, R&amp;amp;D"}\n'
FILE = (LINE * 3 + '{"text": "All is well."}\n' * 40 + LINE).encode()


def test_what_is_remembered_is_what_was_found(place: Path, english: Settings) -> None:
    task = Task(remember=True)
    fresh, _ = looked(place, FILE, english, task, 100)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(streaming, "Partwise", None)  # nothing is looked at
        again, _ = looked(place, FILE, english, task, 100)
    assert told(again) == told(fresh)
    assert shown(again, task) == shown(fresh, task)


def test_several_processes_write_the_same(tmp_path: Path, english: Settings) -> None:
    paths = [tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl")]
    sound = json.dumps({"text": "All is well. " * 300}) + "\n"
    data = (LINE + sound * 20).encode() * (1 + streaming.FROM // (20 * len(sound)))
    for path in paths:
        path.write_bytes(data)
    wanted = Settings({"lang": "en", "select": ("markup",)}, isolated=True)
    (alone,) = run.run(paths[:1], wanted, Task(Safety.SAFE))
    both = list(parallel.run(paths[1:], wanted, Task(Safety.SAFE), 2))
    assert isinstance(alone.after, Excerpts)
    assert [len(report.applied) for report in both] == [len(alone.applied)] * 2
    assert len({path.read_bytes() for path in paths}) == 1
    assert paths[0].read_bytes() != data


def test_a_run_is_taken_back(
    place: Path, english: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEANER_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(files, "MAX_BYTES", 10)  # nothing needs the file whole
    notes = Journal()
    report, written = looked(place, FILE, english, Task(Safety.UNSAFE, journal=notes), 100)
    notes.close()
    assert report.changed
    assert written != FILE
    assert [outcome.trouble for outcome in undo(load(notes.number), Journal(notes.number))] == [""]
    assert place.read_bytes() == FILE


def test_what_somebody_changed_meanwhile_is_left(place: Path) -> None:
    place.write_bytes(b"one two three")
    digest = files.digest_of(place)
    assert files.digest_of(place, [(4, b"two", b"2")]) != digest
    place.write_bytes(b"one two four")
    with pytest.raises(InputError, match="changed while it was being cleaned"):
        files.rewrite(place, digest, [(4, b"two", b"2")])
    assert place.read_bytes() == b"one two four"
    files.rewrite(place, files.digest_of(place), [(0, b"", b"a "), (4, b"two", b"2"), (12, b"", b"!")])
    assert place.read_bytes() == b"a one 2 four!"


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tool", ["git", "patch"])
def test_a_patch_applies(tmp_path: Path, english: Settings, seed: int, tool: str) -> None:
    chance = random.Random(seed)
    sound = [json.dumps({"t": "All is well.", "n": number}) for number in range(60)]
    lines = [chance.choice(DEBRIS) if chance.random() < 0.15 else None for _ in sound]
    texts = [json.dumps({"t": text}) if text else sound[n] for n, text in enumerate(lines)]
    data = ("\n".join(texts) + chance.choice(["", "\n"])).encode()
    path, task = tmp_path / "a.jsonl", Task(Safety.UNSAFE, write=False)
    report, _ = looked(path, data, english, task, 200)
    _, mended = looked(path, data, english, Task(Safety.UNSAFE), 200)
    assert mended != data
    diff = patch(Report((replace(report, uri="a.jsonl"),)), Look())
    assert applied(tmp_path, tool, "a.jsonl", data, diff) == mended


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "fix"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, command: str) -> None:
    peaks = []
    for size in (10_000_000, 80_000_000):
        path = tmp_path / "a.jsonl"
        with path.open("wb") as file:
            for number in range(size // 1000):
                said = "R&amp;amp;D" if number % 1000 == 0 else NEWS["uk"]
                file.write((json.dumps({"id": number, "t": f"{said} {NEWS['en'] * 9}"}) + "\n").encode())
        peaks.append(
            peak([command, "a.jsonl", "--isolated", "-q", "--no-cache", "--select", "markup"], tmp_path)
        )
    assert peaks[1] < peaks[0] + 8_000_000


def peak(args: Sequence[str], folder: Path) -> int:
    """The most bytes that a run of the command holds in memory."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
    )
    command = [sys.executable, "-c", code, sys.executable, "-m", "cleaner", *args]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    return int(done.stdout.split()[-1])
