"""One part: read, clean, write its outputs, and last of all its record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.corpus import packed, records, tables
from cleaner.corpus.batches import clean_batch, schema_after
from cleaner.corpus.counts import Counts
from cleaner.corpus.jsonlines import SAMPLE, Lines
from cleaner.corpus.plan import LINES, Part
from cleaner.corpus.ranges import Kind, Piece, Range, digest_of, lines
from cleaner.corpus.records import OUTPUTS, Record, Source, output_path
from cleaner.corpus.rows import engine, too_big
from cleaner.corpus.settings import Settings
from cleaner.corpus.sinks import Sink, all_or_none
from cleaner.errors import InputError, unexpected
from cleaner.formats import TABLES


@dataclass(frozen=True, slots=True)
class Job:
    """All that a process must know to do any part: where it goes, and the settings with their names."""

    out: Path
    settings: tuple[Settings, ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part: its record, or why there is none.

    `again` says that it was done before. A `fatal` error would meet the other parts as well.
    """

    part: Part
    record: Record | None = None
    error: str = ""
    fatal: bool = False
    again: bool = False


def do(part: Part, job: Job) -> Outcome:
    """Do a part, unless it is done already. Never raises what a file or a disk can cause."""
    try:
        old = done_before(part, job)
        if old is not None:
            return Outcome(part, old, again=True)
    except (OSError, InputError) as error:
        return Outcome(part, error=_reason(error))
    try:
        records.record_path(job.out, part.name).unlink(missing_ok=True)
        record = _do(part, job)
        records.save(job.out, record)
        return Outcome(part, record)
    except InputError as error:
        return Outcome(part, error=error.message)
    except OSError as error:
        return Outcome(part, error=_reason(error), fatal=_is_fatal(error, part))
    except (MemoryError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # a mistake of ours stays with the part that showed it
        return Outcome(part, error=unexpected(error))


def done_before(part: Part, job: Job) -> Record | None:
    """The record of a part that is done: with these settings, from these very bytes, and whole."""
    record = records.load(records.record_path(job.out, part.name))
    if record is None or record.fingerprint != job.fingerprints[part.config]:
        return None
    return record if record.is_whole(job.out) and _is_same_source(part, record.source) else None


def _is_same_source(part: Part, source: Source) -> bool:
    path = part.input.path
    if not is_plain(part):
        return _source(part) == source
    size = path.stat().st_size
    return (
        source.first == max(part.start - 1, 0)
        and (size == source.end if source.last else size > source.end)
        and digest_of(path, source.first, source.end) == source.sha256
    )


def is_plain(part: Part) -> bool:
    """Whether a part is a range of bytes of a file of lines."""
    return part.input.suffix.lower() in LINES


def _source(part: Part) -> Source:
    """The bytes that a part is made from, where that is known before it is read."""
    if part.input.suffix.lower() in TABLES:
        return tables.source_of(part)
    path = part.input.path
    return Source(0, path.stat().st_size, True, digest_of(path))


def _do(part: Part, job: Job) -> Record:
    settings = job.settings[part.config]
    sinks = {kind: Sink(output_path(job.out, kind, part.name)) for kind in OUTPUTS}
    with all_or_none(*sinks.values()):
        if part.input.suffix.lower() in TABLES:
            counts, source = _table(part, settings, sinks)
        else:
            counts, source = _lines(part, settings, sinks)
        sizes = {kind: sink.commit() for kind, sink in sinks.items()}
    return Record(part.name, part.input.name, job.fingerprints[part.config], source, sizes, counts)


def _lines(part: Part, settings: Settings, sinks: Mapping[str, Sink]) -> tuple[Counts, Source]:
    sinks["text"].open()  # also when not a line is kept
    path = part.input.path
    if is_plain(part):
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
        range = Range(path, part.start, part.stop)
        counts = _clean_lines(range.lines(settings.max_row), sample, settings, sinks)
        return counts, Source(range.first, range.end, range.is_last, range.digest)
    source = _source(part)
    with packed.opened(path) as read:
        sample = read(SAMPLE)
    with packed.opened(path) as read:
        return _clean_lines(lines(read, settings.max_row), sample, settings, sinks), source


def _clean_lines(
    pieces: Iterable[Piece], sample: bytes, settings: Settings, sinks: Mapping[str, Sink]
) -> Counts:
    clean = Lines(engine(settings), sample).clean
    text, counts = sinks["text"], Counts()
    kept = rejected = size = 0
    for offset, data, kind in pieces:
        if kind is not Kind.WHOLE:
            sinks["rejected"].write(data)
            size += len(data)
            if kind is Kind.LAST:
                rejected += 1
                reason = too_big(size, settings.max_row)
                counts.reject(reason)
                sinks["reasons"].write(_json(row=rejected, byte=offset, bytes=size, reason=reason))
                size = 0
            continue
        new, row = clean(data)
        if row is None:
            kept += 1
            text.write(new)
            continue
        counts.add(row)
        if row.rejected:
            rejected += 1
            sinks["rejected"].write(data)
            reason = row.rejected
            sinks["reasons"].write(_json(row=rejected, byte=offset, bytes=len(data), reason=reason))
            continue
        kept += 1
        text.write(new)
        for finding in row.findings:
            sinks["findings"].write(_json(row=kept, byte=offset, **finding))
    return counts


def _table(part: Part, settings: Settings, sinks: Mapping[str, Sink]) -> tuple[Counts, Source]:
    source, counts = _source(part), Counts()
    reader, columns = tables.Reader(part), settings.columns
    with reader.batches() as (schema, batches):
        after = schema_after(schema, columns)
        last = len(after) - 1
        with (
            tables.Writer(sinks["text"], after.remove(last), reader) as text,
            tables.Writer(sinks["rejected"], schema.append(after.field(last)), reader) as refused,
        ):
            text.open()  # also when not a row is kept
            for batch, ends_group in batches:
                new, rows = clean_batch(batch, settings)
                for row in rows:
                    counts.add(row)
                reasons = new.column(last)
                new = new.remove_column(last)
                if reasons.null_count < len(reasons):
                    bad = batch.append_column(columns.rejected, reasons).filter(reasons.is_valid())
                    refused.write(bad, ends_group=ends_group)
                    new = new.filter(reasons.is_null())
                text.write(new, ends_group=ends_group)
    return counts, source


def _json(**said: Any) -> bytes:
    r"""A line of JSON; one with half a character, which UTF-8 cannot write, in ASCII.

    >>> _json(match="ї"), _json(match="\ud83d")
    (b'{"match": "\xd1\x97"}\n', b'{"match": "\\ud83d"}\n')
    """
    try:
        return json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(said).encode("ascii") + b"\n"


def _is_fatal(error: OSError, part: Part) -> bool:
    """Whether it is the output that failed, as the full disk will for the other parts."""
    return bool(error.filename != str(part.input.path))


def _reason(error: Exception) -> str:
    if isinstance(error, InputError):
        return error.message
    if isinstance(error, OSError):
        return f"{error.filename or 'output'}: {error.strerror or error}"
    return str(error)
