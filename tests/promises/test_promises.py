"""docs/promises.md: all twenty are there, and every test that it points to exists and is collected."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
POINTER = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`( \(long\))?")


def markers(test: ast.FunctionDef, module: ast.Module) -> str:
    """What is written above a test, and what its module marks all of them with."""
    own = [ast.unparse(one) for one in test.decorator_list]
    whole = [
        ast.unparse(node.value)
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    ]
    return " ".join([*own, *whole])


def test_there_are_twenty() -> None:
    numbers = [int(number) for number in re.findall(r"^\*\*(\d+)\. ", PAGE, re.MULTILINE)]
    assert sorted(numbers) == list(range(1, 21))
    for promise in re.split(r"^\*\*\d+\. ", PAGE, flags=re.MULTILINE)[1:]:
        assert POINTER.search(promise), promise


def test_every_pointer_leads_to_a_test() -> None:
    pointers = POINTER.findall(PAGE)
    assert len(pointers) > 60
    for file, name, long in pointers:
        module = ast.parse((ROOT / file).read_text("utf-8"))
        tests = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
        assert name in tests, f"{file} has no {name}"
        assert name.startswith("test_"), "pytest collects no other"
        assert bool(long) == ("mark.slow" in markers(tests[name], module)), f"{file}::{name}: is it long?"
        assert "skip(" not in markers(tests[name], module)


def test_nothing_but_pointers_looks_like_one() -> None:
    assert PAGE.count("::test_") == len(POINTER.findall(PAGE))
