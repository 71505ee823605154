"""The disk: a file is as it was or as it should be, and keeps what it is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cleaner import files
from cleaner.errors import InputError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    return path


def test_mode_is_kept(file: Path) -> None:
    file.chmod(0o640)
    files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_extended_attributes_are_kept(file: Path) -> None:
    try:
        os.setxattr(file, "user.origin", b"feed")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    files.replace(file, b"old", b"new")
    assert os.getxattr(file, "user.origin") == b"feed"


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(file)
    files.replace(link, b"old", b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_file_with_two_names_is_refused(file: Path, tmp_path: Path) -> None:
    os.link(file, tmp_path / "b.txt")
    with pytest.raises(InputError, match="hard links"):
        files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"old"


def test_a_file_that_changed_meanwhile_is_refused(file: Path) -> None:
    file.write_bytes(b"else")
    with pytest.raises(InputError, match="changed while"):
        files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"else"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_may_not_be_written_is_refused(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(InputError, match="may not be written"):
        files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"old"


def test_a_write_that_fails_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "missing"])
def test_only_regular_files_are_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path("/dev/zero")
    with pytest.raises(InputError):
        files.read(path)


def test_a_large_file_is_refused_by_name(file: Path) -> None:
    with pytest.raises(InputError, match=r"a\.txt: larger than 2 bytes"):
        files.read(file, limit=2)
