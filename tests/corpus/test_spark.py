"""On a real Spark, in one process with two threads: the same rows, the same bytes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.config import Config
from cleaner.corpus import BatchCleaner, Columns, run
from cleaner.corpus.plan import Part
from cleaner.corpus.work import Job, Outcome
from cleaner.errors import UsageError
from tests.corpus.samples import COLUMNS, RULES, SETTINGS, jsonl, rows, tree

pytest.importorskip("pyspark", reason="needs the extra spark: pip install 'translation-cleaner[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java 17 or newer, and there is none", allow_module_level=True)

from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

from cleaner import spark as on_spark

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Spark's own, of pandas and of sockets
]
CONFIG = Config(select=RULES)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2,3]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def given() -> list[dict[str, Any]]:
    many = rows(70)
    many[3]["lang"] = "Klingonese"
    many[4]["text"] = None
    return many


def frame(spark: SparkSession) -> DataFrame:
    schema = "id int, lang string, from string, text string, score double, tags array<string>"
    return spark.createDataFrame([tuple(row.values()) for row in given()], schema).repartition(4)


def collected(df: DataFrame) -> list[dict[str, Any]]:
    return sorted((row.asDict(recursive=True) for row in df.collect()), key=lambda row: row["id"])


def clean(df: DataFrame, **options: Any) -> DataFrame:
    return on_spark.clean(df, lang_column="lang", source_lang_column="from", config=CONFIG, **options)


def expected() -> list[dict[str, Any]]:
    done = BatchCleaner(COLUMNS, CONFIG)(pa.RecordBatch.from_pylist(given()))
    found: list[dict[str, Any]] = done.to_pylist()
    return found


def test_a_frame_has_the_rows_that_a_batch_has(spark: SparkSession) -> None:
    assert collected(clean(frame(spark))) == expected()


def test_a_task_that_is_tried_again_gives_the_same(spark: SparkSession) -> None:
    def fails_at_first(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from batches
        context = TaskContext.get()
        if context is not None and context.attemptNumber() == 0:
            raise RuntimeError("the machine went away")

    df = clean(frame(spark))
    assert collected(df.mapInArrow(fails_at_first, df.schema)) == expected()


def test_columns_of_other_names(spark: SparkSession) -> None:
    df = frame(spark).withColumnRenamed("text", "body").withColumnRenamed("id", "findings")
    done = on_spark.clean(df, column=["body"], findings="found", rejected="refused", config=CONFIG)
    assert done.columns == [*df.columns, "found", "refused"]
    assert done.count() == 70


WRONG = {
    "absent": ({"column": "body"}, "the column “body” is not there"),
    "of another type": ({"column": "score"}, "the column “score” is of the type double, not string"),
    "there already": ({"findings": "tags"}, "there is a column “tags” already"),
}


@pytest.mark.parametrize(("options", "message"), WRONG.values(), ids=WRONG)
def test_a_frame_of_another_kind_is_refused_before_it_runs(
    spark: SparkSession, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        clean(frame(spark), **options)


def corpus(folder: Path) -> Path:
    source = folder / "in"
    source.mkdir()
    (source / "a.jsonl").write_bytes(jsonl(given()) + b'{"text": 1}\n{"text": "torn')
    pq.write_table(pa.Table.from_pylist(given()), source / "b.parquet", row_group_size=10)
    (source / "no.parquet").write_bytes(b"nothing of the kind")
    return source


def test_a_corpus_has_the_bytes_of_the_local_engine(spark: SparkSession, tmp_path: Path) -> None:
    source = corpus(tmp_path)
    local = run(source, tmp_path / "local", SETTINGS, jobs=1, part_size=2000)
    done = run(source, tmp_path / "spark", SETTINGS, jobs=2, part_size=2000, engine=on_spark.outcomes)
    assert done.parts == local.parts > 5
    assert (done.counts, done.errors) == (local.counts, local.errors)
    assert tree(tmp_path / "spark") == tree(tmp_path / "local")
    again = run(source, tmp_path / "spark", SETTINGS, jobs=1, part_size=2000)
    assert again.again == again.parts


def test_parts_done_twice_at_once_give_the_same(spark: SparkSession, tmp_path: Path) -> None:
    def twice(parts: list[Part], job: Job, jobs: int) -> Iterator[Outcome]:
        """As speculative execution does it."""
        seen = set()
        for outcome in on_spark.outcomes([part for part in parts for _ in range(2)], job, jobs):
            if outcome.part not in seen:
                seen.add(outcome.part)
                yield outcome

    source = corpus(tmp_path)
    run(source, tmp_path / "local", SETTINGS, jobs=1, part_size=2000)
    done = run(source, tmp_path / "spark", SETTINGS, part_size=2000, engine=twice)
    assert done.is_complete
    assert tree(tmp_path / "spark") == tree(tmp_path / "local")


def test_spark_reads_what_was_cleaned_of_its_own(spark: SparkSession, tmp_path: Path) -> None:
    frame(spark).coalesce(1).write.parquet(str(tmp_path / "in"))
    run(tmp_path / "in", tmp_path / "out", SETTINGS, jobs=1)
    done = spark.read.parquet(str(tmp_path / "out" / "text"))
    wanted = [row for row in expected() if row.pop("rejected") is None]
    assert collected(done) == wanted


def test_the_columns_are_those_of_the_local_engine() -> None:
    names = [field.name for field in on_spark._findings_type().elementType.fields]
    assert names == [
        field.name
        for field in BatchCleaner(Columns())(pa.record_batch({"text": ["a"]}))
        .schema.field("findings")
        .type.value_type
    ]
