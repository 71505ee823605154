"""RecordBatch → RecordBatch: the texts are cleaned, all else is as it was."""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.config import Config, from_mapping
from cleaner.corpus import BatchCleaner, Columns
from cleaner.corpus.rows import edits_between
from cleaner.errors import FormatError, UsageError
from cleaner.offsets import splice
from tests.corpus.samples import AFTER, COLUMNS, RULES, TEXTS, rows

CONFIG = Config(select=RULES)
CLEAN = BatchCleaner(COLUMNS, CONFIG)


def batch(count: int = 14) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows(count))


def test_texts_are_cleaned_and_all_else_stays() -> None:
    given = batch()
    done = CLEAN(given)
    assert done.column("text").to_pylist() == [*AFTER, *AFTER]
    assert done.schema.names == [*given.schema.names, "findings", "rejected"]
    assert done.schema.field("text").type == given.schema.field("text").type
    for name in given.schema.names:
        assert name == "text" or done.column(name).equals(given.column(name))
    assert done.column("rejected").null_count == 14


def test_a_finding_says_where_it_is_in_the_text() -> None:
    done = CLEAN(batch(7)).to_pylist()
    assert [[found["rule"] for found in row["findings"]] for row in done] == [
        [], ["mojibake/misread-bytes"], ["leftover/bracketed-word"], [], ["markup/entity"], [], []
    ]  # fmt: skip
    repaired, left = done[1]["findings"][0], done[2]["findings"][0]
    assert list(left) == ["column", "rule", "severity", "start", "end", "match", "message", "applied"]
    assert (repaired["applied"], TEXTS[1][repaired["start"] : repaired["end"]]) == (True, repaired["match"])
    assert (left["applied"], AFTER[2][left["start"] : left["end"]]) == (False, "[будут]")


def test_twice_is_once_and_the_input_is_not_touched() -> None:
    given = batch()
    before = given.to_pylist()
    assert CLEAN(given).equals(CLEAN(given))
    assert given.to_pylist() == before


@pytest.mark.parametrize(
    "type",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_every_type_of_text_is_kept(type: pa.DataType) -> None:
    texts = (
        pa.array([*TEXTS, None]).cast(type) if type != pa.string_view() else pa.array([*TEXTS, None], type)
    )
    done = BatchCleaner(config=Config(select=RULES, lang="en"))(pa.record_batch({"text": texts}))
    assert done.column("text").type == type
    assert done.column("text").to_pylist() == [*AFTER, None]


def test_a_slice_and_an_empty_batch() -> None:
    whole = CLEAN(batch())
    assert CLEAN(batch().slice(1, 4)).to_pylist() == whole.slice(1, 4).to_pylist()
    assert CLEAN(batch().slice(0, 0)).schema == whole.schema


def test_a_table_gives_a_table() -> None:
    table = pa.Table.from_batches([batch(3), batch(4)])
    done = CLEAN(table)
    assert isinstance(done, pa.Table)
    assert done.to_pylist() == [*CLEAN(batch(3)).to_pylist(), *CLEAN(batch(4)).to_pylist()]
    assert CLEAN(table.slice(0, 0)).schema == done.schema


def test_a_row_that_cannot_be_read_stays_as_it_is() -> None:
    broken = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\x04\0\0\0\x0b\0\0\0"), pa.py_buffer(b"caf\xe9all wel")]
    )
    done = BatchCleaner(config=Config(lang="en"))(pa.record_batch({"text": broken}))
    assert done.column("rejected").to_pylist() == ["not UTF-8", None]
    assert done.column("text").equals(broken)
    langs = pa.record_batch({"lang": ["Klingonese", "en"], "text": [TEXTS[1], TEXTS[1]]})
    done = BatchCleaner(Columns(lang="lang"), CONFIG)(langs)
    assert done.column("rejected").to_pylist() == ["unknown language “Klingonese”", None]
    assert done.column("text").to_pylist() == [TEXTS[1], AFTER[1]]
    assert done.column("findings")[0].as_py() == []


def test_a_row_over_the_limit_is_rejected() -> None:
    texts = pa.record_batch({"text": ["я" * 50, "я" * 51]})
    done = BatchCleaner(config=CONFIG, max_row=100)(texts)
    assert done.column("rejected").to_pylist() == [None, "102 bytes, more than the limit of 100"]


def test_the_original_of_a_row_decides() -> None:
    text = "Das Wetteramt warnt vor sehr squally Schauern."
    originals = [
        "The met office warns of very squally showers.",
        "The met office warns of very gusty showers.",
    ]
    data = pa.record_batch({"text": [text, text], "src": originals})
    wanted = BatchCleaner(Columns(original="src"), Config(lang="de", source_lang="en", select=("leftover",)))
    findings = wanted(data).column("findings").to_pylist()
    assert [[found["match"] for found in row] for row in findings] == [["squally"], []]


WRONG = {
    "absent": ({"body": ["a"]}, "the column “text” is not there (columns: body)"),
    "numbers": ({"text": [1]}, "the column “text” is of the type int64, not text"),
    "lists": ({"text": [["a"]]}, "the column “text” is of the type list<item: string>, not text"),
    "there already": (
        {"text": ["a"], "findings": [1]},
        "there is a column “findings” already: name another one for what is added",
    ),
}


@pytest.mark.parametrize(("data", "message"), WRONG.values(), ids=WRONG)
def test_a_batch_of_another_kind_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError) as error:
        BatchCleaner()(pa.record_batch(data))
    assert error.value.message.replace("element", "item") == message


def test_columns_are_named_once() -> None:
    with pytest.raises(UsageError, match="“text” is named twice"):
        Columns(("text",), lang="text")


def test_it_travels_to_other_processes() -> None:
    config = from_mapping({"lang": "en", "per-rule": {"mojibake": {"severity": "info"}}})
    cleaner = BatchCleaner(Columns(), config)
    data = pa.record_batch({"text": [TEXTS[1]]})
    again = pickle.loads(pickle.dumps(cleaner))
    assert again == cleaner
    assert again(data).equals(cleaner(data))


@given(st.text("ab ї", max_size=12), st.text("ab ї", max_size=12))
@settings(max_examples=200)
def test_edits_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    edits = edits_between(old, new, ())
    assert splice(old, edits) == new
