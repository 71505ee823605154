"""Several processes: the same reports in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import parallel, run
from cleaner.errors import ConfigError
from cleaner.model import FileReport, Safety
from cleaner.run import Settings, Task
from cleaner.values import replace
from tests.conftest import ROOT, Run

TEXTS = {
    "a.txt": "He said “yes and left [ушёл] the room.\n",
    "b.en.txt": "All is well in the town.\n",
    "c.uk.txt": "Він сказав: «Так.\n",
    "d.html": "<p>It was &amp;amp; it is [привет] late.</p>\n",
    "e.json": '{"title": "PriÐ²ÐµÑ‚ and [привет] so on"}\n',
    "f.csv": "title,text\nA,He wrote “that\n",
    "g.txt": "\x00\x01\x02",
    "h.json": "{broken",
    "i.md": "A line <!-- cleaner: ignore[quotes] so he did --> with “one mark\n",
    "j.txt": "caf\udce9 [привет] au lait\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Files of many formats, some of them broken, more than a batch holds."""
    folder = tmp_path / "news"
    for number in range(5):
        place = folder / str(number)
        place.mkdir(parents=True)
        for name, text in TEXTS.items():
            (place / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def timeless(reports: list[FileReport]) -> list[FileReport]:
    return [replace(report, seconds=0.0) for report in reports]


def test_the_same_reports_in_the_same_order(news: Path) -> None:
    settings, task = Settings({"source_lang": "ru"}, isolated=True), Task()
    alone = timeless(list(run.run(files(news), settings, task)))
    assert any(report.findings for report in alone)
    assert any(report.error for report in alone)
    assert timeless(list(parallel.run(files(news), settings, task, 2))) == alone


def test_the_same_bytes_are_written(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run(["cp", "-r", news, other], check=True)
    task = Task(Safety.UNSAFE)
    alone = list(run.run(files(news), Settings(isolated=True), task))
    both = list(parallel.run(files(other), Settings(isolated=True), task, 2))
    assert any(report.changed for report in alone)
    assert [path.read_bytes() for path in files(other)] == [path.read_bytes() for path in files(news)]
    assert [len(report.applied) for report in both] == [len(report.applied) for report in alone]


def test_the_command_says_the_same_for_any_number(news: Path, cli: Run) -> None:
    said = [cli("check", "news", "--isolated", "--no-cache", "--jobs", jobs) for jobs in (1, 2, 3)]
    assert {done.returncode for done in said} == {3}
    assert len({done.stdout for done in said}) == 1
    assert len({done.stderr for done in said}) == 1


def test_a_mistake_of_a_person_stops_the_run(news: Path) -> None:
    (news / ".cleaner-ignore.yaml").write_text("- {path: a.txt, rule: quotes, macth: x}\n")
    with pytest.raises(ConfigError, match="macth"):
        list(parallel.run(files(news), Settings(isolated=True), Task(), 2))


def test_a_mistake_of_a_person_goes_from_one_process_to_the_other() -> None:
    import pickle

    from cleaner.errors import FormatError, LanguageError, Problem, Where

    wrong = ConfigError([Problem(Where("x.yaml", 1, 2), "unknown key", "lang?")])
    assert pickle.loads(pickle.dumps(wrong)).problems == wrong.problems
    for error in (LanguageError("no language", hint="de?"), FormatError("broken", 7)):
        assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


NUMBERS = {
    "as asked for": (10, 10, 3, 3),
    "no more than files": (2, 10, 8, 2),
    "at least one": (0, 0, 4, 1),
    "one small file": (1, 10, None, 1),
    "small files": (50, 100, None, 1),
    "large files": (4, 3 * parallel.PER_JOB, None, 4),
    "never more than cores": (40, parallel.PER_JOB, None, 4),
}


@pytest.mark.parametrize(("count", "size", "asked", "expected"), NUMBERS.values(), ids=NUMBERS.keys())
def test_how_many(
    count: int, size: int, asked: int | None, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 4)
    paths = [tmp_path / str(number) for number in range(count)]
    for path in paths:
        path.touch()
        os.truncate(path, size)
    assert parallel.jobs_for(paths, asked) == expected


KILLER = """
import os, signal, sys
from pathlib import Path
from cleaner import parallel, run
from cleaner.run import Settings, Task

def deadly(batch, look=parallel._look):
    if any(path.name == "d.html" for path in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return look(batch)

parallel._look = deadly
if __name__ == "__main__":
    paths = sorted(path for path in Path(sys.argv[1]).rglob("*") if path.is_file())
    for report in parallel.run(paths, Settings(isolated=True), Task(), 2):
        print(report.uri, len(report.findings), report.error)
"""


@pytest.mark.slow
def test_a_file_that_kills_its_process_is_an_error(news: Path, tmp_path: Path) -> None:
    script = tmp_path / "killer.py"
    script.write_text(KILLER)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, script, news]
    said = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=True).stdout
    expected = [
        f"{report.uri} 0 {parallel.DIED}"
        if report.uri.endswith("d.html")
        else f"{report.uri} {len(report.findings)} {report.error}"
        for report in run.run(files(news), Settings(isolated=True), Task())
    ]
    assert said.splitlines() == expected


def wait_for(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return list(map(int, found.stdout.split()))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc for processes")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_no_process_is_left(sent: signal.Signals, status: int, tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{number}.txt").write_text(TEXTS["a.txt"] * 200, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "check",
        tmp_path,
        "--isolated",
        "--no-cache",
        "-j",
        "2",
        "-q",
    ]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, start_new_session=True) as process:
        wait_for(lambda: len(children(process.pid)) >= 2)
        workers = children(process.pid)
        time.sleep(0.5)
        if sent is signal.SIGINT:
            os.killpg(process.pid, sent)  # as a terminal does
        else:
            process.kill()
        assert process.wait(30) == status
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    wait_for(lambda: not any(Path(f"/proc/{pid}").is_dir() for pid in workers))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc for the memory of a process")
def test_the_memory_of_a_process(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(
            TEXTS["a.txt"] + "The council met on Tuesday.\n" * 100, "utf-8"
        )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "check",
        tmp_path,
        "--isolated",
        "--no-cache",
        "-j",
        "2",
        "-q",
    ]
    most = 0
    with subprocess.Popen(command, env=env) as process:
        while process.poll() is None:
            for pid in children(process.pid):
                status = Path(f"/proc/{pid}/status")
                lines = status.read_text().splitlines() if status.exists() else []
                most = max([most, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
            time.sleep(0.02)
    assert 0 < most * 1024 <= 120_000_000
