"""`fix --diff`: a patch that the real tools apply, and one for eyes that forges nothing."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.model import Encoding, FileReport, Report
from cleaner.reporters.base import Look
from cleaner.reporters.patch import patch, patch_for_eyes
from tests.conftest import ROOT, Run

BEFORE = "date 2022-07-29 Ministers met.\nIt rained.\n"
AFTER = "Ministers met.\nIt rained.\n"

CASES = {
    "lines": (BEFORE, AFTER, Encoding()),
    "no newline at the end": (BEFORE[:-1], AFTER[:-1], Encoding()),
    "a newline more": (BEFORE[:-1], AFTER, Encoding()),
    "CRLF": (BEFORE.replace("\n", "\r\n"), AFTER.replace("\n", "\r\n"), Encoding()),
    "CRLF and LF": (BEFORE.replace("met.\n", "met.\r\n"), AFTER.replace("met.\n", "met.\r\n"), Encoding()),
    "CR alone": (BEFORE.replace("\n", "\r"), AFTER.replace("\n", "\r"), Encoding()),
    "line separators": (f"a\u2028b\x85c\x0cd\n{BEFORE}", f"a\u2028b\x85c\x0cd\n{AFTER}", Encoding()),
    "a byte order mark": (BEFORE, AFTER, Encoding("utf-8", b"\xef\xbb\xbf")),
    "windows-1251": (f"Да. {BEFORE}", f"Да. {AFTER}", Encoding("cp1251")),
    "control characters": (f"\x1b[31m ##[x] \x00{BEFORE}", f"\x1b[31m ##[x] \x00{AFTER}", Encoding()),
    "a patch inside": (f"--- a\n+++ b\n@@ -1 +1 @@\n{BEFORE}", f"--- a\n+++ b\n@@ -1 +1 @@\n{AFTER}", Encoding()),
    "nothing is left": (BEFORE, "", Encoding()),
    "many lines": ("x\n" * 50 + BEFORE + "y\n" * 50 + BEFORE, "x\n" * 50 + AFTER + "y\n" * 50 + AFTER, Encoding()),
}  # fmt: skip
NAMES = ["a.txt", "день 1.txt", "- a b.txt", 'q"uo\\te.txt', "tab\tnewline\n.txt"]
TOOLS = {
    "git": ["git", "apply", "-p0", "--whitespace=nowarn", "../x.patch"],
    "patch": ["patch", "-p0", "--binary", "-s", "-i", "../x.patch"],
}


def report(name: str, before: str, after: str, encoding: Encoding = Encoding()) -> Report:
    return Report((FileReport(name, before=before, after=after, encoding=encoding),))


def applied(folder: Path, tool: str, name: str, data: bytes, diff: bytes) -> bytes:
    """What a tool makes of a file and a patch."""
    if not shutil.which(TOOLS[tool][0]):
        pytest.skip(f"{tool} is not installed")
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(data)
    (folder / "x.patch").write_bytes(diff)
    if tool == "git":
        subprocess.run(["git", "init", "-q"], cwd=folder / "in", check=True)
    done = subprocess.run(TOOLS[tool], cwd=folder / "in", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    path = folder / "in" / name
    return path.read_bytes() if path.exists() else b""  # `patch` removes what is empty


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("case", CASES)
def test_a_patch_applies(tmp_path: Path, tool: str, case: str) -> None:
    before, after, encoding = CASES[case]

    def data(text: str) -> bytes:
        return encoding.bom + text.encode(encoding.name)

    diff = patch(report("a.txt", before, after, encoding), Look())
    assert applied(tmp_path, tool, "a.txt", data(before), diff) == data(after)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_patched(tmp_path: Path, tool: str, name: str) -> None:
    diff = patch(report(name, BEFORE, AFTER), Look())
    assert applied(tmp_path, tool, name, BEFORE.encode(), diff) == AFTER.encode()


def test_an_undecodable_byte_is_patched_as_it_is(tmp_path: Path) -> None:
    diff = patch(report("a.txt", f"caf\udce9 {BEFORE}", f"caf\udce9 {AFTER}"), Look())
    assert b"caf\xe9" in diff
    assert (
        applied(tmp_path, "git", "a.txt", b"caf\xe9 " + BEFORE.encode(), diff) == b"caf\xe9 " + AFTER.encode()
    )


HOSTILE = [
    "::error::pwn",
    " ::error::pwn",
    "##[error]pwn",
    "\x1b]0;pwn\x07",
    "\u202etxet",
    "a\rb",
    "##vso[x]",
]


def test_nothing_in_a_patch_for_eyes_is_obeyed() -> None:
    before = "".join(f"{line}\nx {line} x\n" for line in HOSTILE)
    shown = patch_for_eyes(
        report("::error::a\n.txt", before + BEFORE, before.replace("x", "y") + AFTER), Look()
    )
    assert shown.count("pwn") >= 6
    for line in shown.splitlines():
        assert not line[1:].lstrip().startswith("::")
        assert not line.lstrip().startswith("::")
    assert not {"\x1b", "\r", "\u202e", "\x07"} & set(shown)
    assert "##[" not in shown
    assert "##vso[" not in shown


def on_a_terminal(folder: Path, *args: str, env: dict[str, str] | None = None) -> str:
    """What a person sees who runs a command."""
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "cleaner", *args],
        cwd=folder,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **(env or {})},
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:  # Linux says so when the other side has gone
            break
        if not part:
            break
        seen += part
    child.wait(timeout=60)
    os.close(leader)
    return seen.decode().replace("\r\n", "\n")


HERE = ("--lang", "en", "--select", "feed", "--diff")


def test_eyes_see_what_is_there_and_programs_get_it(cli: Run, tmp_path: Path) -> None:
    data = b"date 2022-07-29 A \x1b[31mman\x1b[0m met.\r\n##[error]x"
    (tmp_path / "a.txt").write_bytes(data)
    seen = on_a_terminal(tmp_path, "fix", "a.txt", *HERE)
    assert "+A <U+001B>[31mman<U+001B>[0m met.\n #<U+0023>[error]x\n\\ No newline" in seen
    assert "cleaner: some characters are shown as <U+XXXX>: -o FILE writes a patch that applies" in seen
    piped = cli("fix", "a.txt", *HERE, env={"CI": "", "GITHUB_ACTIONS": ""})
    assert b"+A \x1b[31mman\x1b[0m met.\r\n ##[error]x\n\\ No newline" in piped.stdout
    log = cli("fix", "a.txt", *HERE, env={"GITHUB_ACTIONS": "true"})
    assert b"\x1b" not in log.stdout
    assert b"##[" not in log.stdout
    file = cli("fix", "a.txt", *HERE, "-o", "x.patch", env={"GITHUB_ACTIONS": "true"})
    assert (file.returncode, file.stdout) == (1, b"")
    assert (tmp_path / "x.patch").read_bytes() == piped.stdout
    assert (tmp_path / "a.txt").read_bytes() == data


def test_quiet(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BEFORE, "utf-8")
    done = cli("fix", "a.txt", *HERE, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_what_no_patch_can_say(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe" + BEFORE.encode("utf-16-le"))
    done = cli("fix", "a.txt", *HERE, env={"CI": ""})
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"a.txt: would change; no patch can say how in utf-16-le" in done.stderr


def test_a_patch_is_no_report(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BEFORE, "utf-8")
    done = cli("fix", "a.txt", *HERE, "--output", "json:x.json")
    assert done.returncode == 2
    assert b"--diff prints a patch and no report" in done.stderr
