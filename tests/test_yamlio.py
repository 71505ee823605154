"""YAML is read as data: every trap is refused, with its line and column."""

from __future__ import annotations

import pytest

from cleaner.errors import FileProblems
from cleaner.yamlio import MAX_BYTES, Keys, plain, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lang: [no, nb, on]", {"lang": ["no", "nb", "on"]}),
        ("a: 2022-07-29", {"a": "2022-07-29"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: 0123", {"a": "0123"}),
        ("a: ~", {"a": "~"}),
        ("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}),
        ("a: >\n  one\n  two\n", {"a": "one two\n"}),
        ('"a b": "c\\u0431"', {"a b": "cб"}),
        ("", {}),
    ],
)
def test_every_scalar_stays_the_text_that_was_written(text: str, value: object) -> None:
    assert plain(read(text, "x.yml")) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "x.yml:3:1: key “a” stands twice (first on line 1)"),
        ("a: &x 1\nb: *x", "x.yml:1:4: anchor &x (write the value where it is needed)"),
        ("a: &a [*a]", "x.yml:1:8: alias *a (write the value again)"),
        ("a: !!python/object:os.system x", "x.yml:1:4: tag tag:yaml.org,2002:python/object:os.system"),
        ("a: !!set {b, c}", "x.yml:1:4: tag tag:yaml.org,2002:set"),
        ("a: 1\n---\nb: 2", "x.yml:2:1: a second document (one document a file)"),
        ("a: [1, 2", "x.yml:2:1: not YAML"),
        ("a: 'x", "x.yml:1:6: not YAML"),
        ("a: \x07", "x.yml: not YAML"),
        ("? [a]\n: b", "x.yml:1:3: a key must be a plain text"),
        ("[" * 900, "x.yml:1:41: nested deeper than 40 levels"),
    ],
)
def test_traps_are_refused_with_their_place(text: str, message: str) -> None:
    with pytest.raises(FileProblems) as caught:
        read(text, "x.yml")
    assert any(str(problem).startswith(message) for problem in caught.value.problems), str(caught.value)


def test_all_mistakes_at_once() -> None:
    with pytest.raises(FileProblems) as caught:
        read("a: 1\na: 2\nb: &x 3\nc: !!int 4\n", "x.yml")
    assert [problem.where.line for problem in caught.value.problems] == [2, 3, 4]


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))]
    with pytest.raises(FileProblems, match="alias"):
        read("\n".join(lines), "x.yml")


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(FileProblems, match="larger than"):
        read("a" * (MAX_BYTES + 1), "x.yml")


def test_keys_remember_where_they_stand() -> None:
    node = read("a: 1\n  \nb:\n  c: 2\n", "rules/x.yml")
    assert isinstance(node, Keys)
    inner = node.values["b"]
    assert isinstance(inner, Keys)
    assert str(inner.places["c"]) == "rules/x.yml:4:3"
