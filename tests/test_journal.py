"""The journal of `cleaner fix`, and taking a run back: nothing is lost, nothing wrong is ever written."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import journal
from cleaner.errors import InputError, UsageError
from cleaner.journal import Journal, writing
from cleaner.journal.changes import ByteEdit, byte_edits, reverting
from tests.conftest import ROOT, SEED, Run

DIRTY = "Дата: 2023-05-06\nВін сказав: «так» .\n"
CLEAN = "Він сказав: «так».\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder for each test, outside of what is cleaned."""
    folder = tmp_path / "state"
    monkeypatch.setenv("CLEANER_STATE_DIR", str(folder))
    return folder / "journal"


def write(path: Path, old: bytes, new: bytes, notes: Journal) -> None:
    path.write_bytes(old)
    with notes.noting(path, old, new):
        path.write_bytes(new)


def written(tmp_path: Path, old: bytes = b"old", new: bytes = b"new") -> Path:
    """A file that a run wrote."""
    path, notes = tmp_path / "a.txt", Journal()
    write(path, old, new, notes)
    notes.close()
    return path


def take_back(run: journal.reading.Run) -> list[tuple[str, str]]:
    notes = Journal(undoes=run.number)
    out = [(Path(one.path).name, one.trouble) for one in journal.undo(run, notes)]
    notes.close()
    return out


# -- What is remembered --------------------------------------------------------------------------------

pieces = st.sampled_from([b"\n", b"\r\n", b"", b"\xff\xfe", b"\0", "їжак ".encode(), b"a b c ", b"x" * 5000])
data = st.lists(pieces, max_size=12).map(b"".join)


def edited(data: bytes, edits: list[ByteEdit]) -> bytes:
    parts, at = [], 0
    for edit in edits:
        assert data[edit.at : edit.at + len(edit.old)] == edit.old
        parts += (data[at : edit.at], edit.new)
        at = edit.at + len(edit.old)
    return b"".join([*parts, data[at:]])


@given(data, data)
def test_edits_lead_there_and_back(old: bytes, new: bytes) -> None:
    edits = byte_edits(old, new)
    assert edited(old, edits) == new
    assert edited(new, reverting(edits)) == old
    assert (edits == []) == (old == new)


def test_only_what_changed_is_kept() -> None:
    old = b"".join(b"line %d of the article\n" % number for number in range(5000))
    new = old.replace(b"line 7 of", b"line seven of").replace(b"line 4000 of", b"line 4,000 of")
    assert sum(len(edit.old) + len(edit.new) for edit in byte_edits(old, new)) < 20
    words = b" ".join(b"w%d" % number for number in range(50_000))
    changed = words.replace(b"w10 ", b"W10 ").replace(b"w49990 ", b"W49990 ")
    assert sum(len(edit.old) for edit in byte_edits(words, changed)) < 20


def test_a_run_is_noted_before_and_sealed_after(tmp_path: Path, place: Path) -> None:
    path, notes = tmp_path / "a.txt", Journal()
    path.write_bytes(b"old")
    with notes.noting(path, b"old", b"new"):
        assert '{"write":1' in next(place.iterdir()).read_text()
        path.write_bytes(b"new")
    notes.close()
    kinds = [
        next(iter(json.loads(line.split(" ", 1)[1])))
        for line in next(place.iterdir()).read_text().splitlines()
    ]
    assert kinds == ["run", "write", "seal", "end"]


def test_nothing_is_created_when_nothing_is_written(place: Path) -> None:
    Journal().close()
    assert not place.exists()


def test_only_the_owner_can_read_it(tmp_path: Path, place: Path) -> None:
    written(tmp_path)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()] == [0o600]


def test_runs_at_once_have_numbers_of_their_own(tmp_path: Path) -> None:
    first, second = Journal(), Journal()
    write(tmp_path / "a", b"1", b"2", first)
    write(tmp_path / "b", b"1", b"2", second)
    assert (first.number, second.number) == (1, 2)
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("limit", "value", "left"),
    [
        ("KEPT_RUNS", 2, [5, 4]),
        ("KEPT_BYTES", "two runs", [5, 4]),
        ("KEPT_DAYS", 60, [5, 4, 3, 2, 1]),
        ("KEPT_DAYS", -1, [5]),
    ],
)
def test_old_runs_are_dropped(
    tmp_path: Path,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int | str,
    left: list[int],
) -> None:
    if value == "two runs":  # a little more: how large a run is depends on the name of the folder
        written(tmp_path)
        value = sum(path.stat().st_size for path in place.iterdir()) * 5 // 2
        for path in place.iterdir():
            path.unlink()
    monkeypatch.setattr(writing, limit, value)
    for _ in range(5):
        written(tmp_path)
    assert journal.numbers() == left


def test_a_run_that_is_going_on_is_not_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "KEPT_RUNS", 1)
    going_on = Journal()
    write(tmp_path / "b.txt", b"1", b"2", going_on)
    for _ in range(3):
        written(tmp_path)
    assert journal.numbers() == [4, 1]
    going_on.close()


# -- Taking back ---------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(data, data)
def test_a_file_is_as_it_was(tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes) -> None:
    path = written(tmp_path_factory.mktemp("run"), old, new)
    path.chmod(0o640)
    assert take_back(journal.load(journal.numbers()[0])) == [("a.txt", "")]
    assert path.read_bytes() == old
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_changed_since_is_left(tmp_path: Path) -> None:
    notes = Journal()
    for name in "abc":
        write(tmp_path / f"{name}.txt", b"old", b"new", notes)
    notes.close()
    (tmp_path / "a.txt").write_bytes(b"mine")
    (tmp_path / "b.txt").unlink()
    done = dict(take_back(journal.last()))
    assert done["a.txt"] == "has changed since; left as it is"
    assert "cannot be read" in done["b.txt"]
    assert done["c.txt"] == ""
    assert (tmp_path / "a.txt").read_bytes() == b"mine"
    assert (tmp_path / "c.txt").read_bytes() == b"old"


def test_taking_back_can_be_taken_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    take_back(journal.last())
    assert path.read_bytes() == b"old"
    with pytest.raises(UsageError, match="nothing to undo"):
        journal.last()
    take_back(journal.load(2))
    assert path.read_bytes() == b"new"
    assert journal.last().number == 1
    take_back(journal.last())
    assert path.read_bytes() == b"old"


def test_each_undo_goes_one_run_further_back(tmp_path: Path) -> None:
    path = written(tmp_path, b"1", b"2")
    notes = Journal()
    write(path, b"2", b"3", notes)
    notes.close()
    for expected in (b"2", b"1"):
        take_back(journal.last())
        assert path.read_bytes() == expected


def test_a_file_that_was_not_written_after_all(tmp_path: Path) -> None:
    path, notes = tmp_path / "a.txt", Journal()
    path.write_bytes(b"old")
    with pytest.raises(InputError), notes.noting(path, b"old", b"new"):
        raise InputError("changed while it was being cleaned")
    notes.close()
    with pytest.raises(UsageError, match="nothing to undo"):
        journal.last()


@pytest.mark.parametrize("state", ["as it was", "written"])
def test_a_run_that_was_killed_before_the_seal(tmp_path: Path, state: str) -> None:
    path, notes = tmp_path / "a.txt", Journal()
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), notes.noting(path, b"old", b"new"):
        if state == "written":
            path.write_bytes(b"new")
        raise KeyboardInterrupt
    run = journal.last()
    assert not run.is_whole
    assert take_back(run) == [("a.txt", "")]
    assert path.read_bytes() == b"old"


# -- Damage --------------------------------------------------------------------------------------------


@given(where=st.integers(0, 10**6), byte=st.integers(0, 255))
@settings(max_examples=150)
def test_a_changed_byte_never_writes_anything_wrong(
    tmp_path_factory: pytest.TempPathFactory, where: int, byte: int
) -> None:
    path = written(tmp_path_factory.mktemp("run"), DIRTY.encode(), CLEAN.encode())
    number = journal.numbers()[0]
    file = journal.place.file_of(journal.place.folder(), number)
    content = bytearray(file.read_bytes())
    content[where % len(content)] ^= byte
    file.write_bytes(content)
    try:
        take_back(journal.load(number))
    except InputError as error:
        assert "the journal is damaged" in str(error)
    assert path.read_bytes() in (DIRTY.encode(), CLEAN.encode())
    for old in journal.numbers():
        journal.place.file_of(journal.place.folder(), old).unlink()


@given(cut=st.integers(0, 10**6))
@settings(max_examples=100)
def test_a_journal_that_was_cut_off(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """What was not noted was not written either; what was noted can be taken back."""
    path = written(tmp_path_factory.mktemp("run"), DIRTY.encode(), CLEAN.encode())
    number = journal.numbers()[0]
    file = journal.place.file_of(journal.place.folder(), number)
    content = file.read_bytes()
    file.write_bytes(content[: cut % len(content)])
    run = journal.load(number)
    assert not run.is_whole
    take_back(run)
    assert path.read_bytes() == (DIRTY if run.writes else CLEAN).encode()
    for old in journal.numbers():
        journal.place.file_of(journal.place.folder(), old).unlink()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", None),
        (b"garbage\n", "line 1 is not what was written"),
        (b"\0" * 200 + b"\n", "line 1 is not what was written"),
    ],
)
def test_what_is_no_journal(tmp_path: Path, place: Path, content: bytes, message: str | None) -> None:
    place.mkdir(parents=True)
    file = place / "000001.run"
    file.write_bytes(content)
    if message is None:
        assert journal.load(1).writes == ()
    else:
        with pytest.raises(InputError, match=message):
            journal.load(1)


HEAD = {"run": 1, "format": 1, "at": "2026-01-31", "cleaner": "1", "undoes": 0}
WRITE = {"write": 1, "path": "a.txt", "before": "0", "after": "1", "edits": [[0, "", ""]]}
FORGED: dict[str, list[object]] = {  # lines that are sealed as they should be, and yet are none of ours
    "a list in lists": [b"[" * 100_000],
    "a number": [5],
    "a time that is none": [{**HEAD, "at": 5}],
    "a version that is none": [{**HEAD, "cleaner": None}],
    "the run that is undone is a text": [{**HEAD, "undoes": "1"}],
    "the run that is undone is a list": [{**HEAD, "undoes": [1]}],
    "a path that is a number": [HEAD, {**WRITE, "path": 5}],
    "a path with NUL": [HEAD, {**WRITE, "path": "a\0"}],
    "a path of no bytes": [HEAD, {**WRITE, "path": "\ud800"}],
    "a hash that is none": [HEAD, {**WRITE, "after": None}],
    "an edit before the file": [HEAD, {**WRITE, "edits": [[-5, "", ""]]}],
    "an edit nowhere": [HEAD, {**WRITE, "edits": [["x", "", ""]]}],
    "an edit between two bytes": [HEAD, {**WRITE, "edits": [[1.5, "", ""]]}],
    "edits out of order": [HEAD, {**WRITE, "edits": [[5, "", ""], [2, "", ""]]}],
    "edits in each other": [HEAD, {**WRITE, "edits": [[0, "WFhY", ""], [2, "", ""]]}],
    "a list that is void": [HEAD, WRITE, {"void": [1]}],
}


@pytest.mark.parametrize("lines", FORGED.values(), ids=FORGED)
def test_a_journal_that_is_forged(tmp_path: Path, place: Path, lines: list[object]) -> None:
    """Whoever can write there can seal it as well: it is refused, and no file is touched."""
    (tmp_path / "a.txt").write_text("as it is")
    place.mkdir(parents=True)
    seal, content = "", b""
    for line in lines:
        body = line if isinstance(line, bytes) else json.dumps(line).encode()
        seal = journal.place.sealed(seal, body)
        content += seal.encode() + b" " + body + b"\n"
    (place / "000001.run").write_bytes(content)
    (place / "000001.run").chmod(0o600)
    with pytest.raises(InputError, match="the journal is damaged"):
        journal.load(1)
    with pytest.raises(InputError, match="the journal is damaged"):
        journal.last()
    assert (tmp_path / "a.txt").read_text() == "as it is"


def test_a_journal_of_another_format(tmp_path: Path, place: Path) -> None:
    place.mkdir(parents=True)
    body = b'{"run":1,"format":99}'
    (place / "000001.run").write_bytes(journal.place.sealed("", body).encode() + b" " + body + b"\n")
    with pytest.raises(InputError, match="format 99"):
        journal.load(1)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners on this system")
def test_a_journal_that_others_can_write_is_refused(tmp_path: Path, place: Path) -> None:
    path = written(tmp_path)
    (place / "000001.run").chmod(0o666)
    with pytest.raises(InputError, match="others can write this journal"):
        journal.load(1)
    assert path.read_bytes() == b"new"


def test_a_folder_that_cannot_be_written_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CLEANER_STATE_DIR", str(tmp_path / "file"))
    notes = Journal()
    write(tmp_path / "a.txt", b"old", b"new", notes)
    write(tmp_path / "b.txt", b"old", b"new", notes)
    notes.close()
    assert notes.trouble
    assert (tmp_path / "b.txt").read_bytes() == b"new"


# -- On the command line -------------------------------------------------------------------------------


def test_fix_and_undo(cli: Run, tmp_path: Path) -> None:
    files = {"a.txt": DIRTY, "b/c.md": DIRTY, "d.txt": CLEAN}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())
    before = {name: (tmp_path / name).read_bytes() for name in files}
    cli("fix", ".", "--lang", "uk")
    assert {name for name in files if (tmp_path / name).read_bytes() != before[name]} == {"a.txt", "b/c.md"}
    done = cli("fix", "--undo")
    assert done.returncode == 0, done.stderr
    assert b"2 files as before. To take that back: cleaner fix --undo 2" in done.stdout
    assert {name: (tmp_path / name).read_bytes() for name in files} == before
    listed = cli("fix", "--undo", "--list").stdout.decode().splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    assert "(takes back 1)" in listed[0]
    assert "(taken back by 2)" in listed[1]


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["--undo"], 2, "there is nothing to undo"),
        (["--undo", "7"], 2, "there is no run 7 to undo"),
        (["--undo", "news/"], 2, "--undo takes the number of a run, not news/"),
        (["--undo", "1", "2"], 2, "--undo takes the number of a run, not 1, 2"),
        (["--undo", "--diff"], 2, "--diff shows repairs"),
        (["--list"], 2, "--list lists runs"),
        ([], 2, "missing argument PATH"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_wrong_usage(cli: Run, args: list[str], status: int, message: str) -> None:
    done = cli("fix", *args)
    assert done.returncode == status
    assert message in done.stderr.decode()


def test_an_undo_that_must_leave_a_file_says_so(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    cli("fix", "a.txt", "--lang", "uk")
    path.write_text("мій текст", "utf-8")
    done = cli("fix", "--undo")
    assert done.returncode == 3
    assert b"has changed since; left as it is" in done.stderr
    assert path.read_text("utf-8") == "мій текст"


@pytest.mark.parametrize("way", ["option", "settings"])
def test_no_journal_when_nobody_wants_one(cli: Run, tmp_path: Path, place: Path, way: str) -> None:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    if way == "settings":
        (tmp_path / "cleaner.yaml").write_text("journal: false\n", "utf-8")
    cli("fix", "a.txt", "--lang", "uk", *(["--no-journal"] if way == "option" else []))
    assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN
    assert not place.exists()


def test_a_link_is_followed_to_the_file(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(DIRTY, "utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    cli("fix", "link.txt", "--lang", "uk")
    assert (tmp_path / "real.txt").read_text("utf-8") == CLEAN
    cli("fix", "--undo")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text("utf-8") == DIRTY


def test_a_name_that_is_no_unicode(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text(DIRTY, "utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    cli("fix", ".", "--lang", "uk")
    done = cli("fix", "--undo")
    assert done.returncode == 0, done.stderr
    assert path.read_text("utf-8") == DIRTY


@pytest.mark.slow
def test_thirty_kills(tmp_path: Path, place: Path) -> None:
    """Killed at any moment, every file is old or new, and one command makes all of them old."""
    texts = [SEED.read_bytes() + b"%d\n" % number for number in range(40)]
    news = tmp_path / "news"
    news.mkdir()
    command = [sys.executable, "-m", "cleaner", "fix", "news", "--lang", "en", "--from", "ru", "-q"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def reset() -> None:
        for number, text in enumerate(texts):
            (news / f"{number}.txt").write_bytes(text)

    def now() -> list[bytes]:
        return [(news / f"{number}.txt").read_bytes() for number in range(len(texts))]

    reset()
    started = time.monotonic()
    subprocess.run(command, cwd=tmp_path, env=env, check=False, timeout=120)
    whole = time.monotonic() - started
    cleaned = now()
    assert cleaned != texts
    chance = random.Random(8)
    seen = set()
    for _ in range(30):
        reset()
        known = set(journal.numbers())
        process = subprocess.Popen(command, cwd=tmp_path, env=env)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        states = [(text == old, text == new) for text, old, new in zip(now(), texts, cleaned, strict=True)]
        assert all(is_old or is_new for is_old, is_new in states)
        changed = sum(not is_old for is_old, _ in states)
        seen.add(changed)
        fresh = [number for number in journal.numbers() if number not in known]
        if fresh:
            assert {trouble for _, trouble in take_back(journal.load(fresh[0]))} <= {""}
        assert changed == 0 or fresh
        assert now() == texts
        assert [path.name for path in news.iterdir() if path.suffix != ".txt" and path.suffix != ".tmp"] == []
    assert len(seen) > 3, "the kills came too early or too late to say anything"
