"""Inputs → parts: what is done whole or not at all, and goes to one process.

A plain JSON Lines file is cut into byte ranges, a Parquet file into runs of row groups; a compressed
or Arrow file is one part, because it cannot be entered in its middle. The cut depends on the file
and `part_size` alone, never on the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.corpus.settings import MIB, needed
from cleaner.discovery import Search
from cleaner.errors import InputError, UsageError
from cleaner.formats import TABLES

PART_SIZE = 8 * MIB
LINES = (".jsonl", ".ndjson")
COMPRESSED = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Input:
    """A file of rows. `name` is its path below the folder that was named, with `/`."""

    path: Path
    name: str

    @property
    def stem(self) -> str:
        """The name without its extensions: "news/2024" of "news/2024.jsonl.gz"."""
        return self.name.removesuffix(self.suffix)

    @property
    def suffix(self) -> str:
        """The extensions that say how it is read, as they are written.

        >>> Input(Path("a"), "v1.2/News.JSONL.gz").suffix
        '.JSONL.gz'
        """
        return suffix_of(self.name)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an input: bytes of a plain file, row groups of Parquet, else all of it.

    `stop` is None where the rest of the file belongs to it. `size` are bytes, for the progress bar.
    `config` is the place of its settings among those of the run.
    """

    input: Input
    number: int
    start: int
    stop: int | None
    size: int
    config: int = 0

    @property
    def name(self) -> str:
        """The name of its outputs: that of the input with the number of the part."""
        return f"{self.input.stem}-{self.number:05}{self.input.suffix}"


@dataclass(slots=True)
class Plan:
    """The parts in the order of the corpus, and the inputs that cannot be read, with the reason."""

    parts: list[Part] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def suffix_of(name: str) -> str:
    """The extensions of a file that we read, "" for another.

    >>> suffix_of("a.b.jsonl.zst"), suffix_of("a.parquet"), suffix_of("notes.txt.gz")
    ('.jsonl.zst', '.parquet', '')
    """
    lower = name.lower()
    for known in (*TABLES, *LINES, *(line + packed for line in LINES for packed in COMPRESSED)):
        if lower.endswith(known) and not lower.endswith("/" + known):
            return name[len(name) - len(known) :]
    return ""


def inputs(path: Path, exclude: Sequence[str] = (), root: str = "") -> list[Input]:
    """The files below a path, in the order of their names, without what `exclude` names below `root`.

    Ignore files of git say nothing here: data is often kept out of a repository. Links to files are
    read, as the caches of data sets have them; hidden files and linked folders are not.

    Raises MissingPathError, and UsageError when there is nothing to read.
    """
    if not path.is_dir() and not suffix_of(path.name):
        known = ", ".join((*LINES, *(LINES[0] + packed for packed in COMPRESSED), *TABLES))
        raise UsageError(f"{path}: not a corpus that we read", hint=f"one of {known}")
    search = Search(lambda _: True, tuple(exclude), Path(root), force=True)
    found = list(search.files(_below(path) if path.is_dir() else [path]))
    if not found:
        raise UsageError(f"{path}: there is no corpus in it", hint=f"{', '.join((*LINES, *TABLES))}")
    base = path if path.is_dir() else path.parent
    return [Input(one, one.relative_to(base).as_posix()) for one in found]


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(here, name) for name in sorted(names) if not name.startswith(".") and suffix_of(name)
        )


def plan(files: list[Input], configs: list[int], part_size: int) -> Plan:
    """The parts of files, each with the number of its settings.

    A file that cannot be read becomes an error of the plan. Raises InputError when what an extra
    brings is needed and absent.
    """
    out = Plan()
    for file, config in zip(files, configs, strict=True):
        try:
            ranges = list(_ranges(file, part_size))
        except OSError as error:
            out.errors[file.name] = f"cannot be read: {error.strerror or error}"
        except InputError as error:
            if error.hint:
                raise
            out.errors[file.name] = error.message
        else:
            out.parts += (Part(file, number, *part, config) for number, part in enumerate(ranges))
    return out


def _ranges(file: Input, part_size: int) -> Iterator[tuple[int, int | None, int]]:
    """(start, stop, bytes) of the parts of a file."""
    if not file.path.is_file():
        raise InputError("not a regular file")
    size = file.path.stat().st_size
    suffix = file.suffix.lower()
    if suffix.endswith(".parquet"):
        yield from _row_groups(file.path, part_size)
    elif suffix in LINES:
        starts = list(range(0, size, part_size)) or [0]
        for start in starts:
            last = start + part_size >= size
            yield start, None if last else start + part_size, min(part_size, size - start)
    else:
        if suffix.endswith(".zst"):
            needed("zstandard")
        elif not suffix.endswith(".gz"):
            needed("pyarrow")
        with file.path.open("rb"):
            pass  # so that a file that may not be read is known before the run
        yield 0, None, size


def _row_groups(path: Path, part_size: int) -> Iterator[tuple[int, int | None, int]]:
    """Runs of row groups of at least `part_size` bytes, as they are without compression."""
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        with parquet.ParquetFile(path) as file:
            metadata = file.metadata
    except (pa.ArrowException, ValueError) as error:
        raise InputError(f"not Parquet: {error}") from None
    start, size = 0, 0
    for number in range(metadata.num_row_groups):
        size += metadata.row_group(number).total_byte_size
        if size >= part_size and number + 1 < metadata.num_row_groups:
            yield start, number + 1, size
            start, size = number + 1, 0
    yield start, None, size or path.stat().st_size
