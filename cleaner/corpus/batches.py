"""RecordBatch → RecordBatch: what every engine calls, ours, Spark's, Ray's.

The columns of text are cleaned in place, keeping their type; every other column and the order and
number of the rows stay as they are. Two columns are added:

    findings   list<struct<column, rule, severity, start, end, match, message, applied>>
    rejected   string: why the row was not read and is as it was; null when it was read

It is a pure function: a retry or a second, speculative run of a task gives the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.config import Config
from cleaner.corpus.rows import Row, RowFinding, engine
from cleaner.corpus.settings import MAX_ROW, Columns, Settings, needed
from cleaner.errors import FormatError
from cleaner.model import Safety

if TYPE_CHECKING:
    import pyarrow as pa

NOT_UTF8 = "not UTF-8"


@dataclass(frozen=True, slots=True)
class BatchCleaner:
    """Cleans a RecordBatch or a Table; travels to other processes as a few settings.

    The rules are compiled at the first call in a process, which then raises RuleError, ConfigError
    or UsageError when they cannot be used. A batch without its columns, or with columns of another
    type than text, raises FormatError.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"id": [1], "text": ["Ministers [будут] meet on Monday."]})
    >>> clean = BatchCleaner(config=Config(lang="en", source_lang="ru"), unsafe_fixes=True)
    >>> clean(batch).column("text").to_pylist()
    ['Ministers [will] meet on Monday.']
    >>> clean(batch).column("findings")[0].as_py()[0]["rule"]
    'leftover/bracketed-word'
    """

    columns: Columns = Columns()
    config: Config = Config()
    unsafe_fixes: bool = False
    max_row: int = MAX_ROW

    @property
    def settings(self) -> Settings:
        allowed = Safety.UNSAFE if self.unsafe_fixes else Safety.SAFE
        return Settings(self.columns, self.config, allowed, self.max_row)

    def __call__(self, data: Any) -> Any:
        """The batch or table with its texts cleaned and two more columns."""
        pa = needed("pyarrow")
        if isinstance(data, pa.Table):
            schema = schema_after(data.schema, self.columns)
            return pa.Table.from_batches(map(self.batch, data.to_batches()), schema)
        return self.batch(data)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return clean_batch(batch, self.settings)[0]


def clean_batch(batch: pa.RecordBatch, settings: Settings) -> tuple[pa.RecordBatch, list[Row]]:
    """The batch cleaned, and what became of each of its rows; see BatchCleaner."""
    pa = needed("pyarrow")
    columns = settings.columns
    schema = schema_after(batch.schema, columns)
    clean = engine(settings).clean
    read = {name: values(batch.column(batch.schema.get_field_index(name))) for name in columns.read}
    nothing: list[str | None] = [None] * batch.num_rows
    langs, sources, originals = (read[name] if name else nothing for name in columns.about)
    rows = []
    for number, texts in enumerate(zip(*(read[name] for name in columns.text), strict=True)):
        about = (langs[number], sources[number], originals[number])
        if _BROKEN in texts or _BROKEN in about:
            rows.append(Row(texts, rejected=NOT_UTF8))
        else:
            rows.append(clean(texts, *about))
    arrays = list(batch.columns)
    for number, name in enumerate(columns.text):
        changed = [row.texts[number] if not row.rejected and row.edits[number] else _SAME for row in rows]
        index = batch.schema.get_field_index(name)
        arrays[index] = _replaced(arrays[index], changed)
    arrays.append(pa.array([row.findings for row in rows], schema.field(columns.findings).type))
    arrays.append(pa.array([row.rejected or None for row in rows], pa.string()))
    return pa.RecordBatch.from_arrays(arrays, schema=schema), rows


def findings_type() -> pa.DataType:
    """The type of the column of findings."""
    pa = needed("pyarrow")
    types = {str: pa.string(), int: pa.int32(), bool: pa.bool_()}
    hints = {"start": int, "end": int, "applied": bool}
    names = RowFinding.__annotations__
    return pa.list_(pa.struct([pa.field(name, types[hints.get(name, str)]) for name in names]))


def schema_after(schema: pa.Schema, columns: Columns) -> pa.Schema:
    """The schema that a batch has when it is cleaned.

    Raises FormatError for a column that is not there, that holds no text, or that would be added
    and is there already.
    """
    pa = needed("pyarrow")
    for name in columns.read:
        if schema.names.count(name) != 1:
            what = "is there twice" if name in schema.names else "is not there"
            raise FormatError(f"the column “{name}” {what} (columns: {', '.join(schema.names)})")
        type = schema.field(name).type
        if not is_text(type):
            raise FormatError(f"the column “{name}” is of the type {type}, not text")
    for name in (columns.findings, columns.rejected):
        if name in schema.names:
            raise FormatError(f"there is a column “{name}” already: name another one for what is added")
    added = [pa.field(columns.findings, findings_type()), pa.field(columns.rejected, pa.string())]
    return pa.schema([*schema, *added], schema.metadata)


def is_text(type: pa.DataType) -> bool:
    """Whether a column of this type holds text."""
    types = needed("pyarrow").types
    if types.is_dictionary(type):
        return is_text(type.value_type)
    return bool(types.is_string(type) or types.is_large_string(type) or types.is_string_view(type))


_SAME = object()  # in place of a text that is as it was
_BROKEN: Any = object()  # in place of a value that is no UTF-8


def values(array: pa.Array) -> list[Any]:
    """The texts of a column, None for a null; see `is_utf8` for one that cannot be read."""
    try:
        return list(array.to_pylist())
    except UnicodeDecodeError:  # Parquet does not look into its strings
        return [_value(array[number]) for number in range(len(array))]


def is_utf8(value: Any) -> bool:
    """Whether a value that `values` gave could be read."""
    return value is not _BROKEN


def _value(scalar: pa.Scalar[Any]) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return _BROKEN


def _replaced(array: pa.Array, texts: Sequence[Any]) -> pa.Array:
    """The column with some of its texts replaced; those that stay are not touched, whatever their bytes."""
    pa = needed("pyarrow")
    changed = {number: text for number, text in enumerate(texts) if text is not _SAME}
    if not changed:
        return array
    if pa.types.is_dictionary(array.type):
        return _replaced(array.dictionary_decode(), texts).dictionary_encode().cast(array.type)
    pieces, at = [], 0
    for number, text in changed.items():
        pieces += [array.slice(at, number - at), pa.array([text], array.type)]
        at = number + 1
    return pa.concat_arrays([*pieces, array.slice(at)])
