"""The disk: reading files, whole or piece by piece, replacing them whole.

A file is either as it was or as it should be, never in between: the new text is written beside it,
flushed, and moved over it. Mode, owner and extended attributes go along; a symbolic link stays one
and its target is replaced.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.hashing import sha256

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read whole, the longest line of one that is read in pieces."""
_CHUNK = 1024 * 1024

Edit = tuple[int, bytes, bytes]
"""The byte of a file at which something stands, what it is, and what is to stand there."""


def read(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. Raises InputError when there are none to be had.

    No more is read than `limit` bytes, however fast the file grows.
    """
    with _opened(path, limit) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1)
        if len(data) > size:  # it grows
            data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise InputError(f"{path}: larger than {limit:,} bytes")
    return data


def pieces(path: Path, size: int, *, first: int = 0, longest: int = MAX_BYTES) -> Iterator[bytes]:
    r"""The bytes of a regular file in pieces that end with a line feed, each of at least `size` bytes.

    The first is of at least `first` bytes as well; the last may be shorter and end without one. Raises
    InputError where `read` does, and for a line of more than `longest` bytes.
    """
    with _opened(path, None) as file:
        waiting: list[bytes] = []
        least, held = max(size, first), 0
        while data := file.read(size):
            at = max(0, least - held - 1)
            while end := data.find(b"\n", at) + 1:
                yield b"".join((*waiting, data[:end]))
                waiting, held, least, data = [], 0, size, data[end:]
                at = least - 1
            waiting.append(data)
            held += len(data)
            if held > longest + size:
                raise InputError(f"{path}: a line larger than {longest:,} bytes")
        if held:
            yield b"".join(waiting)


@contextlib.contextmanager
def _opened(path: Path, limit: int | None) -> Iterator[BinaryIO]:
    """A regular file, open to be read. Raises InputError when it cannot be, or is larger than `limit`.

    A pipe or a device is refused before it is opened: opening it could wait for ever. What is there by
    then is looked at again.
    """
    try:
        _check(path, path.stat(), limit)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            _check(path, os.fstat(handle), limit)
            yield file
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _check(path: Path, status: os.stat_result, limit: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        os.scandir(path).close()  # tells why a folder cannot be searched
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path}: not a regular file")
    if limit is not None and status.st_size > limit:
        raise InputError(f"{path}: larger than {limit:,} bytes")


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of `old`, whole or not at all.

    Raises InputError when the file is no longer what was read, cannot be written, or has a second
    name (a hard link) that would keep the old text.
    """
    _exchange(path, [new], lambda target: sha256(read(target)).digest() == sha256(old).digest())


def rewrite(path: Path, digest: str, edits: Iterable[Edit]) -> None:
    """Change some bytes of a file, whole or not at all, without holding it in memory.

    `digest` is the SHA-256 of the file as it was read, in hexadecimal digits; the edits are sorted. Raises
    what `replace` raises.
    """
    target = Path(os.path.realpath(path))
    _exchange(path, _edited(target, edits), lambda target: digest_of(target) == digest)


def digest_of(path: Path, edits: Iterable[Edit] = ()) -> str:
    """The SHA-256 of a file, as it is or as some edits would make it, in hexadecimal digits.

    Raises InputError when it cannot be read.
    """
    seen = sha256()
    for data in _edited(path, edits):
        seen.update(data)
    return seen.hexdigest()


def _edited(path: Path, edits: Iterable[Edit]) -> Iterator[bytes]:
    """The bytes of a file after some edits, chunk by chunk."""
    with _opened(path, None) as file:
        for at, old, new in edits:
            yield from _chunks(file, at - file.tell())
            file.seek(len(old), os.SEEK_CUR)
            yield new
        yield from _chunks(file, None)


def _chunks(file: BinaryIO, size: int | None) -> Iterator[bytes]:
    """The next `size` bytes of a file, or all that are left."""
    while data := file.read(_CHUNK if size is None else min(_CHUNK, size)):
        yield data
        size = None if size is None else size - len(data)


def _exchange(path: Path, new: Iterable[bytes], is_old: Callable[[Path], bool]) -> None:
    """Put other bytes in place of those of a file, when it still is what it was."""
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        status = target.stat()
        if status.st_nlink > 1:
            raise InputError(f"{path}: has {status.st_nlink} names (hard links); not changed")
        if not os.access(target, os.W_OK) or not status.st_mode & 0o222:
            raise InputError(f"{path}: may not be written; not changed")
        handle, temporary = _temporary(target.parent)
        with os.fdopen(handle, "wb") as file:
            file.writelines(new)
            file.flush()
            os.fsync(file.fileno())
        _copy_attributes(target, status, temporary)
        if not is_old(target):
            raise InputError(f"{path}: changed while it was being cleaned; not written")
        Path(temporary).replace(target)
        temporary = ""
        _sync(target.parent)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def create(path: Path, new: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises InputError when there is one by then, or when it cannot be written.
    """
    temporary = ""
    try:
        handle, temporary = _temporary(path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)  # mkstemp lets nobody else read
        _claim(temporary, path)
        _sync(path.parent)
    except FileExistsError:
        raise InputError(f"{path}: is there already") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def put(path: Path, new: bytes) -> None:
    """Write a file of our own, whatever it held before, whole or not at all.

    A pipe or a device (/dev/stdout) is written to as it is. Raises InputError when that fails.
    """
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        status = target.stat() if target.exists() else None
        if status and not stat.S_ISREG(status.st_mode):
            with target.open("wb") as device:  # a folder says that it is one
                device.write(new)
            return
        handle, temporary = _temporary(target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(stat.S_IMODE(status.st_mode) if status else 0o666 & ~umask)
        Path(temporary).replace(target)
        temporary = ""
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _temporary(folder: Path) -> tuple[int, str]:
    """A new file in a folder: its descriptor and its path."""
    import tempfile  # slow to import, and most runs write nothing

    return tempfile.mkstemp(dir=folder, prefix=".cleaner-", suffix=".tmp")


def _claim(temporary: str, path: Path) -> None:
    """Give a finished file its name. A link never replaces what is there, but not every disk has them."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError from None
        Path(temporary).rename(path)


def _copy_attributes(target: Path, status: os.stat_result, temporary: str) -> None:
    import shutil  # slow to import, and most runs write nothing

    shutil.copymode(target, temporary)
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(temporary, status.st_uid, status.st_gid)
    if hasattr(os, "listxattr"):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):  # security attributes belong to the system
                os.setxattr(temporary, name, os.getxattr(target, name))


def _sync(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
