"""Texts and file names of an attacker in every output: nothing that a terminal or a build log obeys."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cleaner.reporters import FORMATS
from tests.conftest import Inside, Run
from tests.reporters.samples import HOSTILE, SCRIPTS

PAYLOADS = tuple(text.replace("\ud800", "").replace("\0", "") for text in (*HOSTILE, *SCRIPTS))
NAMES = (
    "::error::pwn.txt",
    "a\n::error::pwn.txt",
    "a\r##[error]pwn.txt",
    "\u00a0::stop-commands::x.txt",
    "-rf.txt",
    "\x1b]0;pwn\x07.txt",
    "\u202etxt.exe.txt",
    "<script>alert(1)<script>.txt",
    "=cmd|'C calc'!A0.txt",
    "[red]x[-red].txt",
    "caf\udce9.txt",
    "a b'\"`$(id).txt",
    "]]>.txt",
    "%0A::error::x.txt",
)
COMMAND = re.compile(r"^\s*(::|##\[|##vso|##teamcity)")
OURS = re.compile(r"^::(error|warning|notice) title=cleaner")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with hostile names, each full of findings around hostile texts."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [f"They both [будут {text} [будут] {text} Monday, July 29, 2022 {text}" for text in PAYLOADS]
    for number, name in enumerate(NAMES):
        text = "\n".join(lines if not number else lines[number : number + 1])
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape" if "caf" in text else "replace"))
    return folder


EVERYDAY = ("full", "github", "json")  # the others are `slow`
CHOSEN = [name if name in EVERYDAY else pytest.param(name, marks=pytest.mark.slow) for name in FORMATS]


@pytest.mark.parametrize("command", [("check",), ("fix", "--diff"), ("check", "--statistics")], ids=" ".join)
@pytest.mark.parametrize("format", CHOSEN)
def test_nothing_is_forged(cli: Run, folder: Path, format: str, command: tuple[str, ...]) -> None:
    if "--diff" in command and format != "full":
        pytest.skip("a patch has one form")
    if "--diff" not in command:
        command = (*command, "--output-format", format)
    done = cli(*command, "--isolated", "--lang", "en", "--from", "ru", folder)
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr
    assert done.returncode in (1, 3)
    assert done.stdout
    for stream in (done.stdout, done.stderr):
        shown = stream.decode("utf-8", "surrogateescape" if "--diff" in command else "strict")
        if "--diff" in command and stream is done.stdout:
            continue  # a patch carries the bytes of the files, or it would not apply
        for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", shown):
            assert not COMMAND.match(line) or (format == "github" and OURS.match(line)), line
            assert "##[" not in line
        assert not [
            c for c in shown if (c < " " and c != "\n") or "\x7f" <= c < "\xa0" or "\ud800" <= c < "\ue000"
        ]
        assert not BIDI.search(shown)
    if command[0] == "check" and "--statistics" not in command:
        _is_well(format, done.stdout.decode())


def _is_well(format: str, text: str) -> None:
    """A machine's report can be read by its machine, and every file is in it."""
    if format in ("json", "sarif", "gitlab", "rdjson"):
        assert json.loads(text)
    elif format == "json-lines":
        assert all(map(json.loads, text.splitlines()))
    elif format in ("junit", "checkstyle"):
        ElementTree.fromstring(text)
    elif format == "csv":
        assert not [cell for row in csv.reader(text.splitlines()) for cell in row if cell[:1] in "=+-@"]


def test_every_name_is_named(cli: Run, folder: Path) -> None:
    found = cli("check", "--isolated", "--lang", "en", "--output-format", "json", folder)
    named = {
        finding["uri"] if "uri" in finding else finding["path"]
        for finding in json.loads(found.stdout)["findings"]
    }
    assert len(named) >= len(NAMES) - 1  # the one whose text is no UTF-8 is told on stderr as well
    assert len(list(folder.iterdir())) == len(NAMES)


@pytest.mark.parametrize("before", [[], ["check"], ["rules"], ["feed", "check"]], ids=" ".join)
@pytest.mark.parametrize("kind", ["option", "command"])
def test_what_typer_refuses_cannot_forge_a_message(inside: Inside, before: list[str], kind: str) -> None:
    """A hook names files without asking: one may look like an option that nobody knows."""
    for payload in (
        *PAYLOADS[:7],
        "a\n::error::pwn",
        "\u2028::error::x",
        "\u2029cleaner: all clear",
        "\x0c##vso[x]",
    ):
        if kind == "command" and before[:1] == ["check"]:
            before = [*before, "--jobs"]
        bare = payload.encode("utf-8", "replace").decode()
        done = inside(*before, f"--{bare}" if kind == "option" else bare)
        assert done.status in (2, 3)
        for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", done.complained):
            assert line.startswith(("Usage: ", "Try ", "Error: ", "cleaner: ")) or not line, line
            assert "##[" not in line
            assert "##vso" not in line
        assert not [c for c in done.complained if (c < " " and c != "\n") or "\x7f" <= c < "\xa0"]
        assert not BIDI.search(done.complained)


def test_arguments_cannot_forge_a_message(cli: Run) -> None:
    for payload in PAYLOADS[:7]:
        bare = payload.encode("utf-8", "replace").decode()
        done = cli("check", f"./{bare}".replace("/", "-"), "--select", bare, "--lang", bare)
        assert done.returncode == 2
        said = done.stderr.decode()
        assert not [line for line in said.splitlines() if COMMAND.match(line)]
        assert not [c for c in said if (c < " " and c != "\n") or "\x7f" <= c < "\xa0"]
