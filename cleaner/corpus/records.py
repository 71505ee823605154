"""What is kept of a run: its manifest, and a record of each finished part.

    OUT/manifest.json    that the folder is ours, and the settings in words
    OUT/parts/NAME.json  one finished part: what it was made from, what it was made into, its counts

The record of a part is written last, so that a part with a record is whole. It holds no time and no
place, so that the same corpus gives the same bytes.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cleaner.corpus.counts import Counts
from cleaner.corpus.sinks import Sink, all_or_none, remove_leftovers
from cleaner.errors import InputError, UsageError

MANIFEST = "manifest.json"
PARTS = "parts"
OUTPUTS = ("text", "findings", "rejected", "reasons")
_OURS = "cleaner corpus"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that a part was made from: [first, end) of its file, `last` when the file ended there.

    `sha256` is that of these bytes, of a Parquet file with its footer.
    """

    first: int
    end: int
    last: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A finished part. `outputs` are the bytes of each output, None for one that is not there."""

    part: str
    input: str
    fingerprint: str
    source: Source
    outputs: dict[str, int | None]
    counts: Counts

    def path(self, out: Path) -> Path:
        return record_path(out, self.part)

    def is_whole(self, out: Path) -> bool:
        """Whether the outputs are there, as long as they were."""
        for kind, size in self.outputs.items():
            path = output_path(out, kind, self.part)
            if size is not None and (not path.is_file() or path.stat().st_size != size):
                return False
        return True

    def remove(self, out: Path) -> None:
        """Remove the part. The record goes first: without it the rest counts for nothing."""
        self.path(out).unlink(missing_ok=True)
        for kind in OUTPUTS:
            output_path(out, kind, self.part).unlink(missing_ok=True)


def output_path(out: Path, kind: str, part: str) -> Path:
    """Where an output of a part stands: `text/news-00000.jsonl`."""
    return out / kind / part


def record_path(out: Path, part: str) -> Path:
    return out / PARTS / f"{part}.json"


def save(out: Path, record: Record) -> None:
    """Write a record, whole or not at all. Raises OSError."""
    said = asdict(record) | {"counts": record.counts.as_json()}
    write_json(record.path(out), said)


def load(path: Path) -> Record | None:
    """The record in a file; None when it is none, or there is no file."""
    try:
        said = json.loads(path.read_bytes())
        counts = Counts.of_json(said.pop("counts"))
        return Record(**said | {"counts": counts, "source": Source(**said["source"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def all_records(out: Path) -> Iterator[Record]:
    """Every record of a folder."""
    for path in sorted((out / PARTS).rglob("*.json")):
        record = load(path)
        if record is not None and record.path(out) == path:
            yield record


def write_json(path: Path, value: object) -> None:
    """A file of JSON, whole or not at all. Raises OSError."""
    sink = Sink(path)
    with all_or_none(sink):
        sink.write(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
        sink.commit()


@contextlib.contextmanager
def folder(out: Path, said: dict[str, Any]) -> Iterator[bool]:
    """The output folder, ours alone for a while; gives whether an earlier run with other settings
    was there.

    Raises UsageError for a folder that is not empty and not ours, InputError when it cannot be
    written or another run is at work in it.
    """
    manifest = out / MANIFEST
    try:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out}: is a file, not a folder")
        old = _manifest(manifest)
        if old is None and out.is_dir() and any(path.name != _LOCK for path in out.iterdir()):
            raise UsageError(f"{out}: is not empty and not of cleaner corpus", hint="name a new folder")
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            remove_leftovers(out)
            write_json(manifest, {"made-by": _OURS, **said})
            yield old is not None and old.get("fingerprints") != said["fingerprints"]
    except OSError as error:
        raise InputError(f"{error.filename or out}: cannot be written: {error.strerror or error}") from None


def _manifest(path: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) and said.get("made-by") == _OURS else None


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Refuse to work where another run does; the system forgets the lock of a run that was killed."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (out / _LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{out}: another run is at work in it") from None
        except OSError:
            pass  # a disk without locks
        yield
