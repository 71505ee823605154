"""The three streams of a process, made fit for use: UTF-8 everywhere, closed ones, readers that leave."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any, TextIO

from cleaner.reporters.base import tame


class ReaderGone(Exception):
    """Whoever read our output has closed it, as `head` does; nobody is left to be told.

    It is no OSError, so that nobody in between takes it for an error of a file.
    """


class _Writer(io.TextIOWrapper):
    """A stream that writes UTF-8, and an escape for what even that cannot carry."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            raise ReaderGone from None

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            raise ReaderGone from None


class _Closed(io.StringIO):
    """Stands for a standard output that was closed: whatever is written to it is an error."""

    def write(self, text: str, /) -> int:
        if text:
            raise OSError(errno.EBADF, "is closed", "standard output")
        return 0

    @property
    def buffer(self) -> Any:
        return self


def prepare() -> None:
    """Make the standard streams fit for use.

    A descriptor that is closed is taken, or the next file to be opened would get its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    sys.stdout = _writer(sys.stdout) or _Closed()
    sys.stderr = _writer(sys.stderr, by_lines=True) or io.StringIO()


def _writer(stream: TextIO | None, *, by_lines: bool = False) -> TextIO | None:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    by_lines, at_once = by_lines or stream.line_buffering, stream.write_through
    stream.flush()
    return _Writer(
        stream.detach(),
        "utf-8",
        "backslashreplace",
        newline="\n",
        line_buffering=by_lines,
        write_through=at_once,
    )


def write(text: str, stream: TextIO) -> None:
    """Write all of a text. Raises ReaderGone, OSError."""
    stream.write(text)
    stream.flush()


def say(*lines: str) -> None:
    """Print lines that may hold text of others: what is in a rule, a file name, an article.

    Each stays one line, and none is a command to a terminal or a build log. Raises ReaderGone, OSError.
    """
    write("".join(f"{tame(line)}\n" for line in lines), sys.stdout)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are. Raises ReaderGone, OSError."""
    sys.stdout.flush()
    if isinstance(sys.stdout, _Closed):
        sys.stdout.write("closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def abandon() -> None:
    """Let go of standard output, so that nothing is said when the process ends and flushes it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)


def read() -> bytes:
    """All of standard input. Raises OSError when it is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "is closed", "standard input")
    return sys.stdin.buffer.read()
