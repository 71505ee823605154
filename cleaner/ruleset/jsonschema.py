"""The JSON Schema of rule files, made of the same declarations that check them.

An editor with a YAML language server completes and checks a rule with it.
"""

from __future__ import annotations

from typing import Any

from cleaner import detectors, fields
from cleaner.ruleset.schema import Examples, RuleFile


def rule_schema() -> dict[str, Any]:
    """The schema (2020-12): the common fields, and for each kind its own params and actions.

    >>> rule_schema()["properties"]["kind"]["enum"][0]
    'dates'
    """
    schema = fields.schema(RuleFile)
    properties = schema["properties"]
    properties["kind"]["enum"] = sorted(detectors.KINDS)
    properties["examples"] |= fields.schema(Examples)
    schema["anyOf"] = [{"required": schema.pop("required")}, {"required": ["extends"]}]
    schema["allOf"] = [_when(name) for name in sorted(detectors.KINDS)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of cleaner",
        **schema,
    }


def _when(name: str) -> dict[str, Any]:
    kind = detectors.kind(name)
    action = {"properties": {"do": {"enum": list(kind.ACTIONS)}}}
    return {
        "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
        "then": {
            "properties": {
                "params": fields.schema(kind.Params),
                "fix": {"anyOf": [action, {"type": "array", "items": action}]},
            }
        },
    }
