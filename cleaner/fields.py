"""Dataclasses that YAML fills: what each field means, how a node becomes its value.

A rule, the params of a detector and the configuration are all frozen dataclasses. Their fields are
declared once, with their help text, and from this one declaration come the checks with
file:line:col and the nearest valid key, the JSON Schema for editors, and the reference pages.

Pydantic would do most of it, but it costs a third of the start-up time of a check and would tell
neither the line of a mistake nor the nearest key.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Mapping
from enum import EnumType, StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from cleaner.errors import Problem, nearest, nearest_word
from cleaner.values import MISSING, field, fields, is_made, replace
from cleaner.yamlio import Items, Keys, Node, Scalar

if TYPE_CHECKING:
    from dataclasses import Field

T = TypeVar("T")
_FAILED: Any = object()


def setting(help: str, default: Any = MISSING, *, key: str = "", way_out: str = "") -> Any:
    """A field that YAML may set. `help` is shown to the person who writes it; `key` is its name in
    YAML when that is no Python name. Without a default the field must be given. `way_out` is told to
    who has written a value of another shape."""
    return field(default=default, metadata={"help": help, "key": key, "way_out": way_out})


def key_of(field: Field[Any]) -> str:
    """How a field is written in YAML: kebab-case.

    >>> from cleaner.values import dataclass
    >>> @dataclass
    ... class Params:
    ...     minimum_letters: int = setting("at least so many letters", 2)
    >>> [key_of(field) for field in fields(Params)]
    ['minimum-letters']
    """
    return field.metadata.get("key") or field.name.replace("_", "-")


def bind(cls: type[T], node: Node, problems: list[Problem]) -> T | None:
    """The instance of dataclass `cls` that `node` describes, or None after adding to `problems`.

    Understands str, int, float, bool, Literal, StrEnum, tuple[X, ...], Mapping[str, X], X | None,
    other dataclasses and Node itself (left as it is, for a later step). A single value is taken
    where a list is expected, as people write it.
    """
    if not isinstance(node, Keys):
        problems.append(Problem(node.where, f"expected a mapping, got {_shown(node)}"))
        return None
    hints = _hints(cls)  # type: ignore[arg-type]
    declared = {key_of(f): f for f in fields(cls) if f.init and "help" in f.metadata}  # type: ignore[arg-type]
    before = len(problems)
    meant = set()  # is not missing as well
    for key in node.values:
        if key not in declared:
            meant.add(nearest_word(key, [name for name in declared if name not in node.values]))
            hint = nearest(key, declared) or f"valid keys: {', '.join(declared)}"
            problems.append(Problem(node.places[key], f"unknown key “{key}”", hint))
    values: dict[str, Any] = {}
    for key, one in declared.items():
        if key in node.values:
            told = len(problems)
            value = _value(hints[one.name], node.values[key], key, problems)
            if value is not _FAILED:
                values[one.name] = value
            elif one.metadata["way_out"] and problems[told].where == node.values[key].where:
                problems[told] = replace(problems[told], hint=one.metadata["way_out"])
        elif key in meant:
            pass
        elif one.default is MISSING and one.default_factory is MISSING:
            problems.append(Problem(node.where, f"“{key}” is missing", one.metadata["help"]))
    if len(problems) > before:
        return None
    try:
        return cls(**values)
    except ValueError as error:  # a dataclass may check itself
        problems.append(Problem(node.where, str(error)))
        return None


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _value(hint: Any, node: Node, key: str, problems: list[Problem]) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if Scalar in args:  # Node itself: left for a later step
        return node
    if origin in (types.UnionType, typing.Union):
        if isinstance(node, Scalar) and node.value in ("", "null") and not node.quoted and type(None) in args:
            return None
        return _value(next(arg for arg in args if arg is not type(None)), node, key, problems)
    if origin is tuple:
        items = node.values if isinstance(node, Items) else (node,)
        built = [_value(args[0], item, key, problems) for item in items]
        return _FAILED if any(value is _FAILED for value in built) else tuple(built)
    if origin is not None and _is_a(origin, Mapping):
        if not isinstance(node, Keys):
            return _expected("a mapping", node, key, problems)
        built_map = {
            name: _value(args[1], item, f"{key}.{name}", problems) for name, item in node.values.items()
        }
        return _FAILED if any(value is _FAILED for value in built_map.values()) else built_map
    if is_made(hint):
        bound = bind(typing.cast("type[Any]", hint), node, problems)
        return _FAILED if bound is None else bound
    if not isinstance(node, Scalar):
        way_out = "put the text in quotes" if hint is str else ""
        return _expected(_wanted(hint), node, key, problems, way_out)
    return _scalar(hint, node, key, problems)


def _scalar(hint: Any, node: Scalar, key: str, problems: list[Problem]) -> Any:
    if hint is str:
        return node.value
    if hint is bool:
        if node.value in ("true", "false") and not node.quoted:
            return node.value == "true"
        return _expected(_wanted(hint), node, key, problems)
    if hint in (int, float):
        try:
            return hint(node.value)
        except ValueError:
            return _expected(_wanted(hint), node, key, problems)
    choices = _choices(hint)
    if node.value in choices:
        return hint(node.value) if isinstance(hint, EnumType) else node.value
    return _expected(_wanted(hint), node, key, problems, nearest(node.value, choices))


def _expected(what: str, node: Node, key: str, problems: list[Problem], hint: str = "") -> Any:
    problems.append(Problem(node.where, f"“{key}”: expected {what}, got {_shown(node)}", hint))
    return _FAILED


def _choices(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return [member.value for member in hint]
    raise TypeError(f"no way to read {hint} from YAML")


def _wanted(hint: Any) -> str:
    names = {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}
    return names.get(hint) or "one of " + ", ".join(_choices(hint))


def _shown(node: Node) -> str:
    match node:
        case Items():
            return "a list"
        case Keys():
            return "a mapping"
        case Scalar(value=value):
            short = value if len(value) <= 40 else value[:39] + "…"
            return f"“{short}”" if value else "nothing"


def _is_a(origin: Any, base: type) -> bool:
    """`issubclass` that takes anything."""
    return isinstance(origin, type) and issubclass(origin, base)


def schema(cls: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a dataclass, with the help texts as descriptions."""
    hints = _hints(cls)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for one in fields(cls):
        if not one.init or "help" not in one.metadata:
            continue
        properties[key_of(one)] = {**_schema_of(hints[one.name]), "description": one.metadata["help"]}
        if one.default is MISSING and one.default_factory is MISSING:
            required.append(key_of(one))
    out: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        out["required"] = required
    return out


def _schema_of(hint: Any) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if Scalar in args:
        return {}
    if origin in (types.UnionType, typing.Union):
        return _schema_of(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        item = _schema_of(args[0])
        return {"anyOf": [item, {"type": "array", "items": item}]}
    if origin is not None and _is_a(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema_of(args[1])}
    if is_made(hint):
        return schema(typing.cast("type", hint))
    simple = {str: "string", bool: "boolean", int: "integer", float: "number"}
    return {"type": simple[hint]} if hint in simple else {"enum": _choices(hint)}
