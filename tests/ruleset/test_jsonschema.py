"""The JSON Schema that editors get accepts every rule of ours and refuses what the loader refuses."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest

from cleaner.ruleset.jsonschema import rule_schema
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Rule
from cleaner.yamlio import Items, Keys, Node, Scalar

SCHEMA = rule_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def as_an_editor_reads_it(node: Node) -> Any:
    """The values that a YAML 1.2 editor sees: plain true, false and numbers have types."""
    match node:
        case Keys():
            return {key: as_an_editor_reads_it(value) for key, value in node.values.items()}
        case Items():
            return [as_an_editor_reads_it(value) for value in node.values]
        case Scalar(value=value, quoted=False) if value in ("true", "false"):
            return value == "true"
        case Scalar(value=value, quoted=False) if re.fullmatch(r"-?\d+(\.\d+)?", value):
            return float(value) if "." in value else int(value)
        case Scalar(value=value):
            return value


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("rule", shipped().rules.values(), ids=lambda rule: rule.id)
def test_it_accepts_our_rules(rule: Rule) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_an_editor_reads_it(rule.node))] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"titel": "x"}, "'titel' was unexpected"),
        ({"severity": "warn"}, "'warn' is not one of ['error', 'warning', 'info']"),
        ({"kind": "patern"}, "'patern' is not one of"),
        ({"params": {"patern": "x"}}, "'patern' was unexpected"),
        ({"fix": {"do": "replase", "safety": "safe"}}, "is not valid under any of the given schemas"),
    ],
)
def test_it_refuses_mistakes(change: dict[str, Any], message: str) -> None:
    sound = as_an_editor_reads_it(shipped().get("feed/leading-metadata").node)
    messages = [error.message for error in VALIDATOR.iter_errors({**sound, **change})]
    assert any(message in text for text in messages), messages


def test_every_field_is_described() -> None:
    for name, field in SCHEMA["properties"].items():
        assert field.get("description"), name
