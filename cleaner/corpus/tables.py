"""Parquet and Arrow IPC: the rows of a part, batch by batch, and a writer of the same kind of file."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.corpus.plan import Part
from cleaner.corpus.ranges import digest_of
from cleaner.corpus.records import Source
from cleaner.corpus.settings import MIB, needed
from cleaner.corpus.sinks import Sink
from cleaner.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1024
"""The most rows that are looked at together; fewer when they are long."""
BATCH = 4 * MIB
GROUP = 32 * MIB
"""Bytes of memory after which a row group is written."""
_CODECS = {"uncompressed": "none", "lz4_raw": "lz4", "hadoop_lz4": "lz4", "lzo": "zstd", "unknown": "zstd"}
"""How the writer calls what the reader names, and what it writes in place of what it cannot."""
# Spark believes this before it looks at the columns, and would not see those that are added.
_FOREIGN = b"org.apache.spark.sql.parquet.row.metadata"


@contextlib.contextmanager
def arrow_errors() -> Iterator[None]:
    """What Arrow complains of, as an InputError."""
    pa = needed("pyarrow")
    try:
        yield
    except pa.ArrowException as error:
        if isinstance(error, OSError):
            raise
        raise InputError(f"cannot be read: {error}") from None


def source_of(part: Part) -> Source:
    """The bytes that a part of a table is made from. Raises OSError, InputError."""
    path = part.input.path
    if not is_parquet(path):
        size = path.stat().st_size
        return Source(0, size, True, digest_of(path))
    with arrow_errors(), needed("pyarrow.parquet").ParquetFile(path) as file:
        metadata = file.metadata
    size = path.stat().st_size
    footer = size - metadata.serialized_size - 8
    first, end = footer, 0
    for group in range(part.start, part.stop if part.stop is not None else metadata.num_row_groups):
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            start = column.data_page_offset
            if column.has_dictionary_page:
                start = min(start, column.dictionary_page_offset)
            first, end = min(first, start), max(end, start + column.total_compressed_size)
    both = digest_of(path, first, max(first, end)) + digest_of(path, footer, size)
    return Source(first, max(first, end), part.stop is None, hashlib.sha256(both.encode()).hexdigest())


def is_parquet(path: Path) -> bool:
    return path.name.lower().endswith(".parquet")


class Reader:
    """The batches of a part, at most ROWS rows or about BATCH bytes each, and how its file is made."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._path = part.input.path
        self.codec = "snappy"
        self.is_stream = False

    @contextlib.contextmanager
    def batches(self) -> Iterator[tuple[pa.Schema, Iterator[tuple[pa.RecordBatch, bool]]]]:
        """The schema, and each batch with whether it ends a row group. Raises OSError, InputError."""
        with arrow_errors():
            if is_parquet(self._path):
                with needed("pyarrow.parquet").ParquetFile(self._path, pre_buffer=False) as file:
                    if file.metadata.num_row_groups and file.metadata.num_columns:
                        name = file.metadata.row_group(0).column(0).compression.lower()
                        self.codec = _CODECS.get(name, name)
                    yield file.schema_arrow, self._row_groups(file)
                return
            pa = needed("pyarrow")
            with pa.memory_map(str(self._path)) as source:
                try:
                    reader = pa.ipc.open_file(source)
                except pa.ArrowInvalid:
                    source.seek(0)
                    reader, self.is_stream = pa.ipc.open_stream(source), True
                yield reader.schema, self._sliced(reader)

    def _row_groups(self, file: Any) -> Iterator[tuple[pa.RecordBatch, bool]]:
        stop = self._part.stop if self._part.stop is not None else file.metadata.num_row_groups
        for number in range(self._part.start, stop):
            group = file.metadata.row_group(number)
            left = group.num_rows
            size = _batch_rows(group.num_rows, group.total_byte_size)
            for batch in file.iter_batches(size, row_groups=[number]):
                left -= batch.num_rows
                yield batch, left == 0

    def _sliced(self, reader: Any) -> Iterator[tuple[pa.RecordBatch, bool]]:
        if self.is_stream:
            whole = iter(reader)
        else:
            whole = (reader.get_batch(number) for number in range(reader.num_record_batches))
        for batch in whole:
            for column in batch.columns:
                _validate(column)
            size = _batch_rows(batch.num_rows, batch.nbytes)
            for start in range(0, batch.num_rows, size):
                yield batch.slice(start, size), start + size >= batch.num_rows


class Writer:
    """Writes batches to a sink as the file was that they come from; row groups end where they did."""

    def __init__(self, sink: Sink, schema: pa.Schema, like: Reader) -> None:
        self._sink, self._like = sink, like
        metadata = {key: value for key, value in (schema.metadata or {}).items() if key != _FOREIGN}
        self._schema = schema.with_metadata(metadata)
        self._writer: Any = None
        self._waiting: list[pa.RecordBatch] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, type: object, *_: object) -> None:
        """Write what waits and the end of the file; after an error only let go of it."""
        if type is None:
            self._flush()
        if self._writer is not None:
            with contextlib.suppress(Exception) if type is not None else arrow_errors():
                self._writer.close()

    def open(self) -> None:
        """Make the file also when no row comes."""
        if self._writer is not None:
            return
        pa = needed("pyarrow")
        file, name = self._sink.open(), self._sink.path
        if is_parquet(name):
            parquet = needed("pyarrow.parquet")
            self._writer = parquet.ParquetWriter(file, self._schema, compression=self._like.codec)
        else:
            packed = "lz4" if name.suffix.lower() == ".feather" else None
            make = pa.ipc.new_stream if self._like.is_stream else pa.ipc.new_file
            self._writer = make(file, self._schema, options=pa.ipc.IpcWriteOptions(compression=packed))

    def write(self, batch: pa.RecordBatch, *, ends_group: bool) -> None:
        """Add a batch. Raises OSError, InputError."""
        if batch.num_rows:
            self._waiting.append(batch)
        if ends_group or sum(waiting.nbytes for waiting in self._waiting) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        self.open()
        table = needed("pyarrow").Table.from_batches(self._waiting).cast(self._schema)
        self._waiting = []
        with arrow_errors():
            if is_parquet(self._sink.path):
                self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
            else:
                self._writer.write_table(table)


def _validate(column: pa.Array) -> None:
    """Raise ArrowInvalid for a column whose parts lead out of each other, as in a file with changed bytes.

    Arrow believes the places that a file of its own format names: to read such a column ends the process.
    A text that is no UTF-8 is no such thing; its row alone is rejected.
    """
    pa = needed("pyarrow")
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        if pa.types.is_dictionary(column.type):
            column.indices.validate(full=True)
            bounds = [found.as_py() for found in needed("pyarrow.compute").min_max(column.indices).values()]
            if bounds[0] is not None and not 0 <= bounds[0] <= bounds[1] < len(column.dictionary):
                raise
            _validate(column.dictionary)
        elif (as_bytes := _without_texts(column.type)) == column.type:
            raise
        else:
            column.view(as_bytes).validate(full=True)


def _without_texts(type: pa.DataType) -> pa.DataType:
    """The type with bytes where it has texts."""
    pa = needed("pyarrow")
    known = {
        pa.string(): pa.binary(),
        pa.large_string(): pa.large_binary(),
        pa.string_view(): pa.binary_view(),
    }
    if type in known:
        return known[type]
    if pa.types.is_list(type):
        return pa.list_(_without_texts(type.value_type))
    if pa.types.is_struct(type):
        return pa.struct([field.with_type(_without_texts(field.type)) for field in type])
    return type


def _batch_rows(rows: int, size: int) -> int:
    """How many rows to look at together when `rows` of them have `size` bytes.

    >>> _batch_rows(100_000, 100_000_000), _batch_rows(10, 2_000_000_000), _batch_rows(0, 0)
    (1024, 1, 1024)
    """
    return min(ROWS, max(1, BATCH * rows // size)) if size else ROWS
