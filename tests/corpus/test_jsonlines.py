"""A line of JSON Lines: only the text changes, written as the file writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.config import Config
from cleaner.corpus.jsonlines import Lines
from cleaner.corpus.rows import RowCleaner, engine
from cleaner.corpus.settings import Columns, Settings
from tests.corpus.samples import LEFTOVER, RULES, SETTINGS, jsonl

CONFIG = Config(select=RULES, lang="en")
PLAIN = Settings(config=CONFIG)

UNCHANGED = {
    "nothing found": '{"text": "All is well."}\n',
    "spaces, order and numbers as they were": '{ "n":1.50e3 ,"text" :"All is well.","id":1}\r\n',
    "no line break at the end": '{"text": "All is well."}',
    "the text is null": '{"text": null}\n',
    "the text is empty": '{"text": ""}\n',
    "only digits": '{"text": "12 345"}\n',
    "the language is null": '{"lang": null, "text": "All is well."}\n',
    "the language is absent": '{"text": "All is well."}\n',
    "the defect is in another column": '{"text": "All is well.", "note": "cafÃ©"}\n',
    "the defect is below the column of that name": '{"meta": {"text": "cafÃ©"}, "text": "All is well."}\n',
    "half a character": '{"text": "All is well \\ud83d."}\n',
    "a blank line": "  \r\n",
    "a JSON feed's address is no reason to read it as one": (
        '{"text": "https://jsonfeed.org/version/1.1", "title": "cafÃ©"}\n'
    ),
}
CHANGED = {
    "as it is": (
        '{"id": 1, "text": "The cafÃ© is open.", "n": 1.0}\n',
        '{"id": 1, "text": "The café is open.", "n": 1.0}\n',
    ),
    "an ASCII file stays one": (
        '{"text": "The caf\\u00c3\\u00a9 is \\u0043losed."}\n',
        '{"text": "The caf\\u00e9 is \\u0043losed."}\n',
    ),
    "escapes beside it stay": (
        '{"text": "1\\/2 \\"The cafÃ©\\"\\n\\tis open."}\n',
        '{"text": "1\\/2 \\"The café\\"\\n\\tis open."}\n',
    ),
    "what is written is escaped": (
        '{"text": "He said <0x22>yes<0x22> today."}\n',
        '{"text": "He said \\"yes\\" today."}\n',
    ),
    "a byte order mark stays": (
        '\ufeff{"text": "The cafÃ© is open."}\n',
        '\ufeff{"text": "The café is open."}\n',
    ),
    "numbers that no computer holds stay": (
        '{"big": 1' + "0" * 5000 + ', "nan": NaN, "e": 1e999, "text": "The cafÃ© is open."}\n',
        '{"big": 1' + "0" * 5000 + ', "nan": NaN, "e": 1e999, "text": "The café is open."}\n',
    ),
    "a surrogate pair before it": (
        '{"text": "\\ud83d\\ude00 The cafÃ© is open."}\n',
        '{"text": "\\ud83d\\ude00 The café is open."}\n',
    ),
}
REJECTED = {
    "broken": (
        '{"text": "All is well."\n',
        "JSON: it ends where “,” or the closing bracket is expected at byte 24",
    ),
    "torn": ('{"text": "All is', "JSON: a string that is not closed at byte 9"),
    "a number": ('{"text": 7}\n', "the column “text” holds a number, not text"),
    "a big number": ('{"text": 1' + "0" * 5000 + "}\n", "the column “text” holds a number, not text"),
    "a list": ('{"text": ["a"]}\n', "the column “text” holds a list, not text"),
    "an object": ('{"text": {"a": "b"}}\n', "the column “text” holds an object, not text"),
    "a truth": ('{"text": true}\n', "the column “text” holds true or false, not text"),
    "absent": ('{"body": "All is well."}\n', "the column “text” is not there"),
    "twice": ('{"text": "a", "text": "b"}\n', "the column “text” is there twice"),
    "no object": ('["All is well."]\n', "the line is not an object"),
    "a bare string": ('"All is well."\n', "the line is not an object"),
    "two values": ('{"text": "a"} {"text": "b"}\n', "JSON: expected nothing more, found “{” at byte 14"),
    "the language is a number": ('{"text": "a", "lang": 5}\n', "the column “lang” holds a number, not text"),
    "an unknown language": ('{"text": "a", "lang": "Klingonese"}\n', "unknown language “Klingonese”"),
    "deep": ('{"text": ' + "[" * 5000 + "]" * 5000 + "}\n", "JSON: nested more than 1,000 deep at byte 1008"),
}


def lines(wanted: Settings = PLAIN, sample: bytes = b"") -> Lines:
    return Lines(engine(wanted), sample)


def with_lang() -> Lines:
    return lines(Settings(Columns(lang="lang"), CONFIG))


@pytest.mark.parametrize("line", UNCHANGED.values(), ids=UNCHANGED)
def test_what_nothing_is_wrong_with_stays(line: str) -> None:
    done = with_lang().clean(line.encode())
    assert done.data == line.encode()
    assert done.row is None or not (done.row.rejected or done.row.findings)


@pytest.mark.parametrize(("line", "expected"), CHANGED.values(), ids=CHANGED)
def test_only_the_text_changes(line: str, expected: str) -> None:
    done = lines(sample=line.encode()).clean(line.encode())
    assert done.data.decode() == expected
    assert done.row is not None and all(finding["applied"] for finding in done.row.findings)


@pytest.mark.parametrize(("line", "reason"), REJECTED.values(), ids=REJECTED)
def test_what_cannot_be_read_is_rejected_as_it_is(line: str, reason: str) -> None:
    done = with_lang().clean(line.encode())
    assert done.row is not None and done.row.rejected == reason
    assert done.data == line.encode()


def test_bytes_that_are_no_utf8_are_rejected() -> None:
    done = lines().clean(b'{"text": "caf\xe9"}\n')
    assert done.row is not None and done.row.rejected == "not UTF-8 at byte 13"


def test_a_column_may_be_a_pointer() -> None:
    wanted = Settings(Columns(("/doc/0/body",), lang="/doc/0/lang"), Config(select=RULES))
    line = '{"doc": [{"lang": "en", "body": "The cafÃ© is open."}]}\n'
    assert lines(wanted).clean(line.encode()).data.decode() == line.replace("Ã©", "é")


def test_several_columns_are_cleaned_each_alone() -> None:
    wanted = Settings(Columns(("text", "title")), CONFIG)
    line = '{"title": "The cafÃ©", "text": "R&amp;amp;D in the cafÃ©"}\n'
    done = lines(wanted).clean(line.encode())
    assert done.data.decode() == '{"title": "The café", "text": "R&D in the café"}\n'
    assert done.row is not None
    assert {finding["column"] for finding in done.row.findings} == {"text", "title"}


def test_a_file_in_ascii_stays_in_ascii_even_where_a_line_has_no_escape() -> None:
    sample = b'{"text": "caf\\u00e9"}\n'
    line = b'{"text": "Don&rsquo;t go to the R&amp;amp;D fair."}\n'
    done = lines(sample=sample).clean(line)
    assert done.data.isascii() and done.data != line


@given(
    st.dictionaries(
        st.sampled_from(["id", "ї", "text", "a/b"]), st.sampled_from(["cafÃ© is open", "&amp;amp; ї", "\n"])
    ),
    st.booleans(),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :")]),
)
@settings(max_examples=60)
def test_the_rest_of_the_object_is_the_same(
    row: dict[str, Any], ascii: bool, separators: tuple[str, str]
) -> None:
    row = {**row, "text": row.get("text", "R&amp;amp;D")}
    line = json.dumps(row, ensure_ascii=ascii, separators=separators).encode() + b"\n"
    done = lines(sample=line).clean(line)
    wanted = RowCleaner(PLAIN).clean([row["text"]])
    assert json.loads(done.data) == {**row, "text": wanted.texts[0]}
    assert list(json.loads(done.data)) == list(row)
    assert done.data.isascii() or not ascii
    assert done.row is not None and done.row.findings == wanted.findings


def test_a_finding_counts_the_text_and_not_its_escapes() -> None:
    (line,) = jsonl([{"id": 0, "lang": "en", "from": "ru", "text": LEFTOVER}]).splitlines()
    row = lines(SETTINGS).clean(line).row
    assert row is not None
    assert [(found["rule"], found["start"], found["end"]) for found in row.findings] == [
        ("leftover/bracketed-word", 10, 17)
    ]
