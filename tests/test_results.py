"""A result out of the cache is the result; whatever decides what is found is part of its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import run
from cleaner.model import Document, FileReport
from cleaner.pipeline import Looked
from cleaner.run import Settings, Task
from tests.conftest import Run

TEXTS = {
    "a.txt": "Ministers [будут] meet.\nShe said “yes and left.\n",
    "b.html": "<p>Ministers [<b>буд</b>ут] meet &amp;amp; talk.</p>\n",
    "c.json": '{"t": "\\u041f [привет] so on 😀 [будут]"}\n',
    "d.rss": '<rss version="2.0"><channel><title>a</title>'
    "<item><guid>1</guid><title>[будут] meet</title></item></channel></rss>",
    "e.srt": "1\n00:00:01,000 --> 00:00:02,000\nThey [будут] come.\n",
    "f.md": "A line [будут] <!-- cleaner: ignore[leftover] a quotation -->\n",
    "g.csv": "title,text\nA,They [будут] come\n",
    "h.txt": "caf\udce9 [будут] au lait\n",
    "i.json": "{broken",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of each format, and an empty cache."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "news").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "news" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return tmp_path / "news"


def looked(place: Path, settings: Settings | None = None, task: Task | None = None) -> list[FileReport]:
    """The reports of a folder, without the time that they took."""
    settings = settings or Settings({"lang": "en", "source_lang": "ru"}, isolated=True)
    paths = sorted(place.iterdir())
    task = task or Task(remember=True)
    return [run.replace(report, seconds=0.0) for report in run.run(paths, settings, task)]


def count_looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of documents that are looked at from now on."""
    seen: list[str] = []
    find = run.Pipeline.find

    def counted(
        self: run.Pipeline, document: Document, sidecar: None = None, *, suppressions: bool = True
    ) -> Looked:
        seen.append(Path(document.uri).name)
        return find(self, document, sidecar, suppressions=suppressions)

    monkeypatch.setattr(run.Pipeline, "find", counted)
    return seen


def test_what_is_remembered_is_what_was_found(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = looked(place, task=Task(remember=False))
    assert sum(len(report.findings) for report in fresh) > 8
    assert looked(place) == fresh
    seen = count_looks(monkeypatch)
    assert looked(place) == fresh
    assert seen == ["h.txt"]  # a warning belongs to the run, and is given anew


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.write_text(TEXTS["a.txt"] + "\n"), id="a byte of the file"),
        pytest.param(lambda path: path.rename(path.with_name("a.uk.txt")), id="the language in its name"),
    ],
)
def test_a_changed_file_is_looked_at(place: Path, monkeypatch: pytest.MonkeyPatch, change: object) -> None:
    looked(place)
    change(place / "a.txt")  # type: ignore[operator]
    seen = count_looks(monkeypatch)
    looked(place, Settings({"source_lang": "ru"}, isolated=True))
    assert any(name.startswith("a.") for name in seen)


@pytest.mark.parametrize(
    "changes",
    [
        {"lang": "de"},
        {"source_lang": "uk"},
        {"ignore": ("quotes",)},
        {"profile": "audit"},
        {"allow": ("будут",)},
    ],
    ids=str,
)
def test_other_settings_are_another_name(
    place: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    given = {"lang": "en", "source_lang": "ru"}
    looked(place, Settings(given, isolated=True))
    seen = count_looks(monkeypatch)
    looked(place, Settings({**given, **changes}, isolated=True))
    assert len(seen) >= len(TEXTS) - 1  # all but the one that cannot be read


@pytest.mark.parametrize("damage", [b"", b"\x80\x04N.", b"{}", b"null"])
def test_a_damaged_cache_is_none(place: Path, damage: bytes) -> None:
    fresh = looked(place)
    for entry in (place.parent / "cache").glob("*.text"):
        entry.write_bytes(damage)
    assert looked(place) == fresh


def test_on_the_command_line(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["a.txt"])
    given = (
        "check",
        "a.txt",
        "--lang",
        "en",
        "--output-format",
        "json",
        "--cache-dir",
        str(tmp_path / "own"),
    )
    first, again, without = cli(*given), cli(*given), cli(*given, "--no-cache")
    assert first.returncode == again.returncode == without.returncode == 1
    shown = [json.loads(done.stdout)["findings"] for done in (first, again, without)]
    assert shown[0] == shown[1] == shown[2]
    assert list((tmp_path / "own").glob("*.text"))
