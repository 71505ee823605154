"""The JSON Schema of the wire format: what is printed keeps it, and it and its page name the same fields."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from cleaner.model import By, Report, Safety, Severity
from cleaner.reporters import reporter
from cleaner.reporters.base import Look
from cleaner.reporters.wire import VERSION
from tests.conftest import ROOT
from tests.reporters.samples import hostile, sample

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "wire-format.schema.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "wire-format.md").read_text("utf-8")
REPORTS = {"sample": sample(), "hostile": hostile(), "empty": Report(())}


def closed() -> dict[str, Any]:
    """The schema without room for fields that it does not name."""
    schema = copy.deepcopy(SCHEMA)
    suppressed = schema["properties"]["suppressed"]["items"]
    finding = copy.deepcopy(schema["$defs"]["finding"])
    suppressed["allOf"] = []
    suppressed["properties"] |= finding["properties"]
    for part in (schema, suppressed, *schema["$defs"].values()):
        part["additionalProperties"] = False
    return schema


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["version"]["const"] == VERSION


@pytest.mark.parametrize("schema", [SCHEMA, closed()], ids=["as it is", "without room"])
@pytest.mark.parametrize("name", REPORTS)
def test_what_is_printed_keeps_it(name: str, schema: dict[str, Any]) -> None:
    body = json.loads(reporter("json")(REPORTS[name], Look()))
    jsonschema.Draft202012Validator(schema).validate(body)
    line = jsonschema.Draft202012Validator({**schema["$defs"]["finding"], "$defs": schema["$defs"]})
    for text in reporter("json-lines")(REPORTS[name], Look()).splitlines():
        line.validate(json.loads(text))


def test_it_refuses_what_is_none() -> None:
    body = json.loads(reporter("json")(sample(), Look()))
    for path in (("findings", 0, "start", "line"), ("findings", 0, "fix", "safety"), ("errors", 0, "path")):
        wrong = copy.deepcopy(body)
        place = wrong
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = -1
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(wrong)


def test_the_words_are_those_of_the_model() -> None:
    fields = SCHEMA["$defs"]
    assert fields["finding"]["properties"]["severity"]["enum"] == list(Severity)
    assert fields["fix"]["properties"]["safety"]["enum"] == list(Safety)
    assert fields["suppression"]["properties"]["by"]["enum"] == list(By)


def tables() -> Iterator[list[str]]:
    for table in re.findall(r"^\| field \|.*\n\|.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        yield [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_the_page_tells_every_field() -> None:
    top, finding, fix = tables()
    assert top == list(SCHEMA["properties"])
    assert finding == list(SCHEMA["$defs"]["finding"]["properties"])
    assert fix == list(SCHEMA["$defs"]["fix"]["properties"])
