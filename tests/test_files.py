"""The disk: a file is as it was or as it should be, and keeps what it is."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
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


# -- Files of our own ----------------------------------------------------------------------------------


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["a disk with hard links", "a disk without"])
def test_a_new_file_never_replaces_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """A baseline, say, that somebody else has created meanwhile."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.json"
    files.create(path, b"first")
    with pytest.raises(InputError, match="is there already"):
        files.create(path, b"second")
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask()
    assert entries(tmp_path) == ["a.json"]


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("make", [files.create, files.put])
def test_a_file_that_cannot_be_made(tmp_path: Path, make: Callable[[Path, bytes], None]) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        make(tmp_path / "nowhere" / "a.json", b"new")
    assert entries(tmp_path) == []


def test_a_device_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.put(pipe, b"report")
        assert os.read(reader, 100) == b"report"
    finally:
        os.close(reader)
    assert entries(tmp_path) == ["pipe"]


def test_an_exchange_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(InputError, match="cannot be written: Input/output error"):
        files.put(path, b"new")
    assert path.read_bytes() == b"old"
    assert entries(tmp_path) == ["a.json"]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may give a file away")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, 12345, 12345)
    files.replace(file, b"old", b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)


def test_a_system_without_extended_attributes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "listxattr")
    files.replace(file, b"old", b"new")
    assert file.read_bytes() == b"new"
