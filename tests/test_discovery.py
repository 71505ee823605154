"""Which files are read, and which are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.discovery import Search, without_own
from cleaner.errors import MissingPathError

FILES = ["a.txt", "b/1.txt", "b/2.txt", "c.jpg", ".hidden.txt", ".git/x.txt", "out/x.txt", "b/deep/old/y.txt"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    return tmp_path


def found(tree: Path, *paths: str, **settings: object) -> list[str]:
    search = Search(lambda name: name.endswith(".txt"), root=tree, **settings)  # type: ignore[arg-type]
    return [path.relative_to(tree).as_posix() for path in search.files(tree / path for path in paths)]


def test_folders_are_searched_in_order(tree: Path) -> None:
    assert found(tree, "") == ["a.txt", "b/1.txt", "b/2.txt", "b/deep/old/y.txt", "out/x.txt"]


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ({".gitignore": "out/\n"}, ["a.txt", "b/1.txt", "b/2.txt", "b/deep/old/y.txt"]),
        ({".cleanerignore": "*.txt\n!a.txt\n"}, ["a.txt"]),
        (
            {".gitignore": "1.txt\n", "b/.gitignore": "!1.txt\n2.txt\n"},
            ["a.txt", "b/1.txt", "b/deep/old/y.txt", "out/x.txt"],
        ),
        ({".gitignore": "/b\n"}, ["a.txt", "out/x.txt"]),
        ({".ignore": "# nothing\n\n"}, ["a.txt", "b/1.txt", "b/2.txt", "b/deep/old/y.txt", "out/x.txt"]),
    ],
)
def test_ignore_files_are_respected(tree: Path, ignore: dict[str, str], left: list[str]) -> None:
    for name, text in ignore.items():
        (tree / name).write_text(text)
    assert found(tree, "") == left
    assert len(found(tree, "", respect_ignore_files=False)) == 5


def test_ignore_files_above_the_folder_count_up_to_the_repository(tree: Path) -> None:
    (tree / ".gitignore").write_text("old/\n")
    assert found(tree, "b") == ["b/1.txt", "b/2.txt"]


@pytest.mark.parametrize("pattern", ["b/", "b", "b/**", "/b"])
def test_exclude(tree: Path, pattern: str) -> None:
    assert found(tree, "", exclude=(pattern,)) == ["a.txt", "out/x.txt"]
    assert found(tree, "b/1.txt", exclude=(pattern,)) == ["b/1.txt"]
    assert found(tree, "b/1.txt", exclude=(pattern,), force=True) == []


def test_a_named_file_is_read_whatever_it_is_called(tree: Path) -> None:
    assert found(tree, "c.jpg", ".hidden.txt") == ["c.jpg", ".hidden.txt"]


def test_a_path_that_is_not_there(tree: Path) -> None:
    with pytest.raises(MissingPathError, match="no such file"):
        found(tree, "nowhere")


OWN = ["house/words/no-kiev.yml", "house/rule.schema.json", "cleaner.yaml", "news/.cleaner-ignore.yaml"]


@pytest.mark.parametrize(
    ("rules", "texts"),
    [
        pytest.param("house", ["a.txt", "no.yml", "news/en.json"], id="a folder beside the texts"),
        pytest.param(".", ["a.txt"], id="rules and texts in one folder: YAML and JSON are rules"),
        pytest.param("elsewhere", [*OWN[:2], "a.txt", "no.yml", "news/en.json"], id="another folder"),
    ],
)
def test_what_speaks_to_cleaner_is_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str, texts: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [Path(name) for name in (*OWN, "a.txt", "no.yml", "news/en.json")]
    for here in (Path(), tmp_path):  # whichever way the paths are written
        left = without_own([here / path for path in paths], [(tmp_path / rules, tmp_path)])
        assert left == [here / text for text in texts]
