"""`check --add-ignore` where a comment can stand for some findings only, or for none."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli import ignoring
from cleaner.errors import InputError
from cleaner.model import Report
from cleaner.run import Settings, Task, run
from cleaner.suppress import adding, sidecar
from tests.conftest import Inside

TEXT = "They [будут] be."
HERE = ("--lang", "en", "--from", "ru", "--output-format", "concise")
COMMENT = "cleaner: ignore[leftover/bracketed-word] so"

WRITTEN = {  # name, what is there, what is there afterwards, entries in the side-car file
    "yaml: above the line, as deep as it": (
        "a.yaml",
        f"items:\n  - title: {TEXT}\n    n: 1\n",
        f"items:\n  # {COMMENT}\n  - title: {TEXT}\n    n: 1\n",
        [],
    ),
    "yaml, CRLF": ("a.yaml", f"t: {TEXT}\r\n", f"# {COMMENT}\r\nt: {TEXT}\r\n", []),
    "yaml: in a block a comment would be text": ("a.yaml", f"t: |\n  So.\n  {TEXT}\n", None, ["So. They [будут] be."]),
    "a comment for one, an entry for the other": (
        "a.md",
        f"{TEXT}\n\n| a |\n|---|\n| {TEXT} |\n",
        f"{TEXT} <!-- {COMMENT} -->\n\n| a |\n|---|\n| {TEXT} |\n",
        [TEXT],
    ),
    "the same sentence twice has one entry": ("a.csv", f"id,t\n1,{TEXT}\n2,{TEXT}\n", None, [TEXT]),
    "a long line: the words around it": (
        "a.txt",
        f"One two three four five six. {TEXT} One two three four five six.\n",
        None,
        ["four five six. They [будут] be. One two three four"],
    ),
    "markup inside of what is found": (
        "a.html",
        "<p>They [<b>будут</b>] be.\n</p>",
        f"<p>They [<b>будут</b>] be. <!-- {COMMENT} -->\n</p>",
        [],
    ),
    "a po entry with a context": (
        "a.po",
        f'msgid "y"\nmsgstr "z"\n\nmsgctxt "c"\nmsgid "x"\nmsgstr ""\n"{TEXT}"\n',
        f'msgid "y"\nmsgstr "z"\n\n# {COMMENT}\nmsgctxt "c"\nmsgid "x"\nmsgstr ""\n"{TEXT}"\n',
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected", "entries"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_written_and_that_it_holds(
    inside: Inside, tmp_path: Path, name: str, text: str, expected: str | None, entries: list[str]
) -> None:
    path = tmp_path / "news" / name
    path.parent.mkdir()
    path.write_bytes(text.encode())
    args = (f"news/{name}", *HERE, *(("--format", "yaml") if path.suffix == ".yaml" else ()))
    done = inside("check", *args, "--add-ignore", "--reason", "so")
    assert (done.status, done.complained) == (0, "")
    assert path.read_bytes().decode() == (text if expected is None else expected)
    assert inside("check", *args).said.startswith("All clear. 1 file checked.")
    home = tmp_path / sidecar.FILE_NAME
    assert [one.match for one in (sidecar.load(home).entries if home.exists() else ())] == entries


def test_a_file_with_a_byte_that_is_no_text_is_left_alone(inside: Inside, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"{TEXT} caf".encode() + b"\xe9\n")
    before = path.read_bytes()
    assert inside("check", "a.md", *HERE, "--add-ignore").status == 1
    assert path.read_bytes() == before
    assert not (tmp_path / sidecar.FILE_NAME).exists()


def test_a_file_that_changes_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{TEXT}\n", "utf-8")
    settings = Settings({"lang": "en", "source_lang": "ru"}, isolated=True)
    report = Report(tuple(run([path], settings, Task())))
    path.write_text(f"{TEXT} And so on.\n", "utf-8")
    with pytest.raises(InputError, match="changed while it was being checked; nothing is written there"):
        ignoring.add(report, settings, Task(), "so")
    assert path.read_text("utf-8") == f"{TEXT} And so on.\n"


def test_a_place_that_nothing_can_name_stays_a_finding(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(adding, "_quotations", lambda *_: iter(["what is not there"]))
    done = inside("check", "a.txt", *HERE, "--add-ignore")
    assert (done.status, done.complained) == (
        1, "cleaner: a.txt:1:6: leftover/bracketed-word: no suppression can name this place\n"
    )  # fmt: skip
    assert not (tmp_path / sidecar.FILE_NAME).exists()
