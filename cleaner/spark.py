"""Cleaning on Spark: the columns of a DataFrame, or the parts of a corpus.

    clean(df)   the DataFrame cleaned, by `mapInArrow` and `corpus.BatchCleaner`
    outcomes    what `cleaner corpus --engine spark` does parts with

Both are pure functions of their rows, so that a task that is retried, or run twice by speculative
execution, gives the same. Executors need the package `translation-cleaner[corpus]`.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cleaner.config import Config
from cleaner.corpus.batches import BatchCleaner
from cleaner.corpus.plan import Part
from cleaner.corpus.rows import RowFinding
from cleaner.corpus.settings import MAX_ROW, Columns, needed
from cleaner.corpus.work import Job, Outcome, do
from cleaner.errors import InputError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MAX_TASKS = 10_000
"""The most tasks of one corpus: the driver keeps something of each."""


def clean(
    df: DataFrame,
    *,
    column: str | Sequence[str] = "text",
    lang_column: str | None = None,
    source_lang_column: str | None = None,
    original_column: str | None = None,
    config: Config | None = None,
    unsafe_fixes: bool = False,
    findings: str = "findings",
    rejected: str = "rejected",
    max_row: int = MAX_ROW,
) -> DataFrame:
    """The DataFrame with its texts cleaned and two more columns: what was found, and why a row was
    not read (null when it was).

    Every other column and row stays. The work is done when Spark asks for it. Raises UsageError for
    a column that is not there, is no string or would be added twice.
    """
    types = needed("pyspark.sql.types", "spark")
    texts = (column,) if isinstance(column, str) else tuple(column)
    columns = Columns(texts, lang_column, source_lang_column, original_column, findings, rejected)
    _check(df, columns)
    cleaner = BatchCleaner(columns, config or Config(), unsafe_fixes, max_row)
    schema = types.StructType(list(df.schema.fields))
    schema.add(findings, _findings_type()).add(rejected, types.StringType())

    def task(batches: Iterator[Any]) -> Iterator[Any]:
        return map(cleaner.batch, batches)

    return df.mapInArrow(task, schema)


def _check(df: DataFrame, columns: Columns) -> None:
    types = needed("pyspark.sql.types", "spark")
    known = {field.name: field.dataType for field in df.schema.fields}
    for name in columns.read:
        if name not in known:
            raise UsageError(f"the column “{name}” is not there", hint=f"columns: {', '.join(known)}")
        if not isinstance(known[name], types.StringType):
            raise UsageError(f"the column “{name}” is of the type {known[name].simpleString()}, not string")
    for name in (columns.findings, columns.rejected):
        if name in known:
            raise UsageError(f"there is a column “{name}” already", hint="name another one for what is added")


def _findings_type() -> Any:
    types = needed("pyspark.sql.types", "spark")
    kinds = {"start": types.IntegerType(), "end": types.IntegerType(), "applied": types.BooleanType()}
    struct = types.StructType()
    for name in RowFinding.__annotations__:
        struct.add(name, kinds.get(name, types.StringType()))
    return types.ArrayType(struct)


def outcomes(parts: Sequence[Part], job: Job, jobs: int) -> Iterator[Outcome]:
    """What became of each part, done by the tasks of Spark; `jobs` counts only without a cluster.

    Input and output must have the same path for every executor, as on a shared disk. The bytes are
    those of the local engine, because the parts are the same and so is what is done with them.
    """
    if not parts:
        return
    spark = session(jobs)
    rows = [(number, pickle.dumps(part)) for number, part in enumerate(parts)]
    tasks = spark.sparkContext.parallelize(rows, min(len(parts), MAX_TASKS))
    df = spark.createDataFrame(tasks, "number int, part binary")

    def task(batches: Iterator[Any]) -> Iterator[Any]:
        pa = needed("pyarrow")
        for batch in batches:
            done = [pickle.dumps(do(pickle.loads(data), job)) for data in batch.column(1).to_pylist()]
            yield pa.record_batch({"number": batch.column(0), "outcome": pa.array(done, pa.binary())})

    try:
        done = df.mapInArrow(task, "number int, outcome binary").collect()
    except needed("pyspark.errors", "spark").PySparkException as error:
        first = str(error).strip().partition("\n")[0]
        raise InputError(f"Spark gave up: {first}", hint="what is finished is kept") from None
    for row in sorted(done):
        yield pickle.loads(row[1])


def session(jobs: int) -> SparkSession:
    """The session that is there, that of spark-submit, or a local one with `jobs` threads.

    Raises InputError where Spark or Java is absent.
    """
    sql = needed("pyspark.sql", "spark")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else python3 of the PATH, whatever it has
    builder = sql.SparkSession.builder.appName("cleaner corpus")
    if sql.SparkSession.getActiveSession() is None and "MASTER" not in os.environ:
        conf = needed("pyspark", "spark").SparkConf
        if "PYSPARK_GATEWAY_PORT" not in os.environ and not conf(loadDefaults=True).contains("spark.master"):
            builder = builder.master(f"local[{jobs}]")
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise InputError(f"Spark cannot be started: {error}", hint="it needs Java 17 or newer") from None
