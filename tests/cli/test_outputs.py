"""Several reports at once, statistics, and what no report may overwrite."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.outputs import Target, check_targets, targets
from cleaner.errors import InputError, UsageError
from tests.conftest import ROOT, Run

DIRTY = "date 2022-07-29 Ministers met."
HERE = ("--lang", "en", "--select", "feed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    return tmp_path


def test_several_at_once(cli: Run, folder: Path) -> None:
    done = cli(
        "check",
        "a.txt",
        *HERE,
        "--output",
        "sarif:out.sarif",
        "--output",
        "concise",
        "--output",
        "json:o.json",
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"a.txt:1:1: warning feed/leading-metadata")
    (result,) = json.loads((folder / "out.sarif").read_bytes())["runs"][0]["results"]
    assert result["ruleId"] == "feed/leading-metadata"
    assert len(json.loads((folder / "o.json").read_bytes())["findings"]) == 1
    quiet = cli("check", "a.txt", *HERE, "--output", "json:o.json", "--output", "full", "-q")
    assert quiet.stdout == b""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((None, None, None), [Target("full", None, "--output-file")]),
        ((None, "json", "a:b"), [Target("json", "a:b", "--output-file")]),
        ((["json:a:b"], None, None), [Target("json", "a:b")]),
        ((["json:-"], None, None), [Target("json")]),
        ((["full", "json:x", "sarif:y"], None, None), [Target("full"), Target("json", "x"), Target("sarif", "y")]),
    ],
)  # fmt: skip
def test_what_is_asked_for(
    given: tuple[list[str] | None, str | None, str | None], expected: list[Target]
) -> None:
    assert list(targets(*given)) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((["jsn:a"], None, None), "--output: unknown value “jsn” (did you mean “json”?)"),
        ((["json:"], None, None), "--output: “json:” names no file (json alone prints the report)"),
        ((["json", "full"], None, None), "--output: two reports go to standard output"),
        ((["json:x", "full:./x"], None, None), "--output: two reports go to ./x"),
        ((["json:x"], "full", None), "--output-format and --output say the same"),
        ((["json:x"], None, "y"), "--output-file and --output say the same"),
    ],
)
def test_what_cannot_be_meant(given: tuple[list[str] | None, str | None, str | None], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        targets(*given)
    assert message in str(caught.value)


def test_the_environment_speaks_when_no_option_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_OUTPUT_FORMAT", "grouped")
    assert [one.format for one in targets(None, None, None)] == ["grouped"]
    assert [one.format for one in targets(None, "json", None)] == ["json"]
    assert [one.format for one in targets(["json:x"], None, None)] == ["json"]
    monkeypatch.setenv("CLEANER_OUTPUT_FORMAT", "groupd")
    with pytest.raises(UsageError, match=r"CLEANER_OUTPUT_FORMAT: unknown value “groupd”"):
        targets(None, None, None)


OVERWRITTEN = {  # where a report would go, and what is said
    "a.txt": "is one of the files to read",
    "./a.txt": "is one of the files to read",
    "link.txt": "is one of the files to read",
    "hard.json": "is one of the files to read",
    "cleaner.yaml": "it holds settings",
    ".cleaner-ignore.yaml": "it holds suppressions",
    ".cleaner-baseline.json": "it holds what is known",
    ".cleaner-feeds.json": "it holds what was seen",
    ".cleaner-feed-health.json": "it holds what was seen",
    "folder": "it is a folder",
    "nowhere/x.json": "there is no folder nowhere",
}


@pytest.mark.parametrize("place", OVERWRITTEN)
def test_what_no_report_may_overwrite(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(folder)
    (folder / "link.txt").symlink_to("a.txt")
    os.link(folder / "a.txt", folder / "hard.json")
    (folder / "folder").mkdir()
    with pytest.raises((UsageError, InputError)) as caught:
        check_targets([Target("json", place)], [Path("a.txt")])
    assert OVERWRITTEN[place] in str(caught.value)


def test_every_file_that_we_keep_is_known() -> None:
    """The names stand apart from those who own them, whom a check does not import."""
    from cleaner import baseline
    from cleaner.feeds import state
    from cleaner.suppress import sidecar

    kept = {baseline.FILE_NAME, sidecar.FILE_NAME, state.NEW_FILE, state.HEALTH_FILE}
    assert kept <= set(OVERWRITTEN)


@pytest.mark.parametrize("args", [("--output", "json:a.txt"), ("-o", "a.txt"), ("--diff", "-o", "./a.txt")])
def test_an_input_is_never_overwritten(cli: Run, folder: Path, args: tuple[str, ...]) -> None:
    done = cli("fix" if "--diff" in args else "check", ".", *HERE, *args)
    assert done.returncode == 2
    assert b"is one of the files to read; it is not overwritten" in done.stderr
    assert (folder / "a.txt").read_text("utf-8") == DIRTY


def test_what_is_redirected_to_us_is_an_input_as_well(folder: Path) -> None:
    with (folder / "a.txt").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", "check", "-", *HERE, "-o", "a.txt"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=file,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 2
    assert (folder / "a.txt").read_text("utf-8") == DIRTY


def test_a_report_is_whole_and_keeps_its_mode(cli: Run, folder: Path) -> None:
    out = folder / "out.json"
    out.write_text("old", "utf-8")
    out.chmod(0o640)
    assert cli("check", "a.txt", *HERE, "--output", "json:out.json").returncode == 1
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert json.loads(out.read_bytes())["findings"]
    assert {path.name for path in folder.iterdir()} == {"a.txt", "out.json"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_that_is_full(cli: Run, folder: Path) -> None:
    done = cli("check", "a.txt", *HERE, "-o", "/dev/full")
    assert (done.returncode, done.stderr.decode()) == (
        3, "cleaner: /dev/full: cannot be written: No space left on device\n"
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such terminals")
@pytest.mark.parametrize(
    ("columns", "env", "widest", "coloured"),
    [
        (60, {}, 60, True),
        (80, {}, 80, True),
        (200, {}, 160, True),
        (60, {"COLUMNS": "100"}, 100, True),
        (20, {}, 40, True),
        (80, {"TERM": "dumb"}, 80, False),
        (80, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, 80, False),
        (80, {"NO_COLOR": "", "TERM": "dumb", "FORCE_COLOR": "1"}, 80, True),
    ],
)
def test_a_report_fits_the_terminal(
    folder: Path, columns: int, env: dict[str, str], widest: int, coloured: bool
) -> None:
    """Its real size: the width that Python first knew is that of a stream which we have replaced."""
    import fcntl
    import struct
    import termios

    (folder / "a.txt").write_text(DIRTY + " They spoke of the bridge." * 20, "utf-8")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {
        key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "check", "a.txt", *HERE],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), "TERM": "xterm", **env},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 65536):
            said += piece
    os.close(ours)
    assert child.wait(timeout=60) == 1
    text = said.decode().replace("\r\n", "\n")
    assert ("\x1b[" in text) is coloured
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert widest - 3 <= max(map(len, lines)) <= widest, lines


def test_statistics(cli: Run, folder: Path) -> None:
    table = (
        "found  safe  unsafe  manual  no repair  rule\n"
        "    1     1       0       0          0  feed/leading-metadata\n"
        "    1     1       0       0          0  total\n"
    )
    done = cli("check", "a.txt", *HERE, "--statistics")
    assert done.stdout.decode() == f"{table}\nFound 1 problem.\n1 fixable with `cleaner fix`.\n"
    machine = cli("check", "a.txt", *HERE, "--statistics", "--output-format", "json-lines")
    assert json.loads(machine.stdout)["rule"] == "feed/leading-metadata"
    assert machine.stderr.decode() == table
