"""No test without an assertion: each says what it expects, itself or through a helper that does.

A test asserts when it contains `assert`, `pytest.raises` or the like, a subprocess that must succeed
(`check=True`), or calls a function of the tests that does, directly or through others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "tests").rglob("*.py"))
EXPECT = {"raises", "warns", "fail", "deprecated_call", "check_schema"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called(function: ast.AST) -> set[str]:
    """The names of what a function calls or hands on; of `a.b.c` the last one."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.Name):
            names.add(node.id)
    return names


def asserts(function: ast.AST) -> bool:
    """Whether a function says itself what must hold; `assert True` says nothing."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        if isinstance(node, ast.Raise) and "AssertionError" in called(node):
            return True
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr in EXPECT:
                return True
            if any(
                keyword.arg == "check"
                and isinstance(keyword.value, ast.Constant)
                and keyword.value.value is True
                for keyword in node.keywords
            ):
                return True
    return False


def helpers() -> set[str]:
    """The functions of the tests that assert, directly or through others, by name."""
    known = [
        (function.name, asserts(function), called(function))
        for path in FILES
        for function in functions(ast.parse(path.read_text("utf-8")))
        if not function.name.startswith("test_")
    ]
    found = {name for name, direct, _ in known if direct}
    while True:
        more = {name for name, _, calls in known if name not in found and calls & found}
        if not more:
            return found
        found |= more


def without(tree: ast.AST, known: set[str]) -> list[str]:
    """The tests in a module that assert nothing."""
    return [
        function.name
        for function in functions(tree)
        if function.name.startswith("test_") and not asserts(function) and not called(function) & known
    ]


def test_every_test_asserts_something() -> None:
    known = helpers()
    silent = [
        f"{path.relative_to(ROOT)}::{name}"
        for path in FILES
        for name in without(ast.parse(path.read_text("utf-8")), known)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("body", "says_nothing"),
    [
        ("    run()", True),
        ("    assert True", True),
        ("    pass", True),
        ("    assert run() == 1", False),
        ("    with pytest.raises(ValueError):\n        run()", False),
        ("    helper()", False),
        ("    subprocess.run(['x'], check=True)", False),
        ("    subprocess.run(['x'], check=False)", True),
    ],
)
def test_this_lint_sees_what_it_should(body: str, says_nothing: bool) -> None:
    tree = ast.parse(f"def test_it():\n{body}\n")
    assert without(tree, {"helper"}) == (["test_it"] if says_nothing else [])


def test_there_are_tests_to_look_at() -> None:
    names = [f.name for path in FILES for f in functions(ast.parse(path.read_text("utf-8")))]
    assert sum(name.startswith("test_") for name in names) > 500
    assert Path(__file__) in FILES
