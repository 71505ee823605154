"""`check --add-ignore`: what it writes silences what was found, and changes nothing that is read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.suppress import sidecar
from tests.conftest import ROOT, Run

TEXT = "They [будут] be."
HERE = ("news", "--lang", "en", "--from", "ru", "--output-format", "concise")
REASON = ("--reason", "quoted as he wrote it")
COMMENT = "cleaner: ignore[leftover/bracketed-word] quoted as he wrote it"

WRITTEN = [  # the name, what is there, what is there afterwards (None: as it was)
    pytest.param("a.md", f"# {TEXT}\n\nSo.\n", f"# {TEXT} <!-- {COMMENT} -->\n\nSo.\n", id="markdown"),
    pytest.param("a.md", f"- {TEXT}  \r\n", f"- {TEXT} <!-- {COMMENT} -->  \r\n", id="markdown, CRLF, a hard break"),
    pytest.param("a.md", f"---\ntitle: \"{TEXT}\"\n---\n", None, id="front matter: no comment of HTML"),
    pytest.param("a.md", f"| a |\n|---|\n| {TEXT} |\n", None, id="a table of Markdown gets no cell more"),
    pytest.param("a.html", f"<p>{TEXT}\n</p>", f"<p>{TEXT} <!-- {COMMENT} -->\n</p>", id="html"),
    pytest.param("a.html", f"<p title='{TEXT}\n'>x</p>", None, id="html: inside a tag there is no comment"),
    pytest.param("a.po", f'msgid "x"\nmsgstr "{TEXT}"\n', f'# {COMMENT}\nmsgid "x"\nmsgstr "{TEXT}"\n', id="po"),
    pytest.param(
        "a.vtt", f"WEBVTT\n\n1\n00:01.000 --> 00:02.000\n{TEXT}\n",
        f"WEBVTT\n\nNOTE {COMMENT}\n\n1\n00:01.000 --> 00:02.000\n{TEXT}\n", id="vtt: before the cue",
    ),
    pytest.param("a.txt", f"{TEXT}\n", None, id="plain text"),
    pytest.param("a.json", f'{{"t": "\\u0041 {TEXT}"}}', None, id="json"),
    pytest.param("a.csv", f"id,t\n1,{TEXT}\n", None, id="a table"),
    pytest.param("a.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{TEXT}\n", None, id="srt"),
    pytest.param(
        "a.rss", f"<rss><channel><item><title>{TEXT}</title></item></channel></rss>", None, id="a feed is published"
    ),
    pytest.param("a #1 [x]!.txt", f"{TEXT}\n", None, id="a name full of signs of patterns"),
]  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each case, in which all has been ignored by one command."""
    root = tmp_path_factory.mktemp("all")
    for number, case in enumerate(WRITTEN):
        name, text, _ = case.values
        (root / f"news/{number}").mkdir(parents=True)
        (root / f"news/{number}/{name}").write_bytes(str(text).encode())
    added = run(root, "check", *HERE, "--add-ignore", *REASON)
    assert (added.returncode, added.stderr) == (0, b"")
    return root


@pytest.mark.parametrize(
    ("number", "name", "text", "expected"),
    [pytest.param(number, *case.values, id=case.id) for number, case in enumerate(WRITTEN)],
)
def test_what_is_written(done: Path, number: int, name: str, text: str, expected: str | None) -> None:
    path = done / "news" / str(number) / name
    assert path.read_bytes().decode() == (text if expected is None else expected)
    entries = [entry.path for entry in sidecar.load(done / sidecar.FILE_NAME).entries]
    assert any(one.startswith(f"/news/{number}/") for one in entries) is (expected is None)


def test_all_of_it_is_silent_afterwards(done: Path) -> None:
    after = run(done, "check", *HERE)
    assert (after.returncode, after.stderr) == (0, b"")
    count = len(WRITTEN)
    assert after.stdout.decode() == f"All clear. {count} files checked. {count} suppressed.\n"


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )


def test_without_a_reason_there_is_a_place_for_one(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"{TEXT}\n", "utf-8")
    own = "# ours\n- {path: x.txt, rule: quotes, reason: no}\n"
    (tmp_path / sidecar.FILE_NAME).write_text(own, "utf-8")
    assert b".cleaner-ignore.yaml: 1 entry written" in cli("check", *HERE, "--add-ignore").stdout
    assert (tmp_path / sidecar.FILE_NAME).read_text("utf-8") == (
        own
        + '- path: "/news/a.txt"\n  rule: leftover/bracketed-word\n  match: "They [будут] be."\n'
        + '  reason: "TODO: say why this is right"\n'
    )


def test_a_place_that_cannot_be_read_stays_a_finding(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.jsonl").write_text('{"a": "x"}\n{"b": \n', "utf-8")
    assert cli("check", *HERE, "--add-ignore").returncode == 1
    assert not (tmp_path / sidecar.FILE_NAME).exists()


def test_a_list_that_takes_no_more_is_left_alone(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"{TEXT}\n", "utf-8")
    (tmp_path / sidecar.FILE_NAME).write_text("[{path: x.txt, rule: quotes}]\n", "utf-8")
    done = cli("check", *HERE, "--add-ignore")
    assert (done.returncode, b"cannot be added to" in done.stderr) == (3, True)
    assert (tmp_path / sidecar.FILE_NAME).read_text("utf-8") == "[{path: x.txt, rule: quotes}]\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--add-ignore", "--reason", "a --> b"], "--reason: a comment holds one line of text"),
        (["--add-ignore", "--reason", " "], "--reason: a comment holds one line of text"),
        (["--reason", "x"], "--reason is the reason of --add-ignore"),
        (["--add-ignore", "--watch"], "--add-ignore writes into files"),
    ],
)
def test_wrong_usage(cli: Run, tmp_path: Path, args: list[str], message: str) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(f"{TEXT}\n", "utf-8")
    done = cli("check", *HERE, *args)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert (tmp_path / "news" / "a.md").read_text("utf-8") == f"{TEXT}\n"
