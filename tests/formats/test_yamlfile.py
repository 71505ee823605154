"""YAML: string values where they stand, in every style; PyYAML's own loader as the second opinion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.named import has_text
from cleaner.formats.yamlfile import split
from cleaner.model import Document
from cleaner.offsets import Span
from tests.formats.exactness import FIXTURES, assert_linear, document_of, edited, segments_of
from tests.formats.markup import assert_as_listed, read, texts

YAML = FIXTURES / "yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: слово # коментар", ["слово"], id="plain"),
        pytest.param("a: 'it''s'", ["it's"], id="single quotes"),
        pytest.param('a: "\\u0431\\n\\"😀\\""', ['б\n"😀"'], id="double quotes"),
        pytest.param("a: раз\n  два\n\n  три", ["раз два\nтри"], id="folded lines"),
        pytest.param("a: |\n  раз\n   два\n\n  три\n", ["раз\n два\n\nтри"], id="literal block"),
        pytest.param("a: >\n  раз\n  два\n\n  три\n", ["раз два\nтри"], id="folded block"),
        pytest.param("a: >\n  раз\n\n    два\n", [], id="folded block with an indented line: not followed"),
        pytest.param("[a, {b: c}, [d]]", ["a", "c", "d"], id="flow style"),
        pytest.param("a: [1, 2.5, yes, null, ~, 2024-05-01, '12:30']", [], id="what is no text"),
        pytest.param("a: &x b\nc: *x", ["b"], id="an alias is no text of its own"),
        pytest.param("--- a\n--- b\n", ["a", "b"], id="two documents"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_is_read(text: str, expected: list[str]) -> None:
    assert texts(split, text) == expected


def test_the_keys_of_the_root_may_be_languages() -> None:
    assert [s.lang for s in read(split, "uk:\n  a: b\npt-BR:\n  a: c\n")] == ["uk", "pt-BR"]
    assert [s.lang for s in read(split, "title:\n  a: b\nuk:\n  a: c\n")] == [None, None]
    assert [s.lang for s in read(split, "uk: b\n")] == [None]


def test_fields_restrict_what_is_read() -> None:
    text = "a:\n  - t: eins\n    u: zwei\n  - t: drei\nb: vier\n"

    def read_only(*fields: str) -> list[str]:
        return [s.text for s in segments_of(split, Document("a.yml", text, "yaml", fields=fields))]

    assert read_only("/a/*/t") == ["eins", "drei"]
    assert read_only("/b", "/a/0") == ["eins", "zwei", "vier"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a: 'b", 5), ("ї: [", 4), ("a: b: c", 4), ("[" * 5000, 1000)],
    ids=lambda value: str(value)[:9],
)  # fmt: skip
def test_what_is_no_yaml_is_refused_with_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormatError, match="not YAML") as caught:
        list(split(Document("a", text)))
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("a: 'б'", "''\"\\é", id="single quotes"),
        pytest.param('a: "б"', "'\\\"\\\\é", id="double quotes"),
        pytest.param('a: "\\u0431"', "'\\\"\\\\\\u00e9", id="an ASCII style"),
        pytest.param("a: б", "'\"\\é", id="plain"),
    ],
)
def test_new_text_is_written_in_the_style_of_its_scalar(text: str, written: str) -> None:
    (segment,) = read(split, text)
    assert segment.escape("'\"\\é") == written
    after = edited(Document("a", text), segment, Span(0, 1), "x'\"\\é")
    assert yaml.safe_load(after) == {"a": "x'\"\\é"}


VALUES = st.text(st.sampled_from("aбвé 😀'\"\\:#-\n\t&*!?|>%@`{}[],\u2019\xa0"), max_size=60)
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(VALUES, inner, max_size=3),
    max_leaves=8,
)


def walk(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, f"{path}/{number}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}/{key.replace('~', '~0').replace('/', '~1')}")


@given(TREES, st.sampled_from([None, '"', "'", "|", ">"]), st.booleans(), st.integers(10, 60), st.data())
def test_generated_files(
    tree: Any, style: str | None, is_unicode: bool, width: int, data: st.DataObject
) -> None:
    text = yaml.safe_dump(tree, default_style=style, allow_unicode=is_unicode, width=width, sort_keys=False)
    plain = yaml.load(text, Loader=yaml.BaseLoader)
    segments = read(split, text)
    values = {path: value for path, value in walk(plain) if has_text(value)}
    for segment in segments:
        assert segment.text == values[segment.address].strip(" \t\n\r\f")
    if style in ('"', "'"):
        missing = set(values) - {segment.address for segment in segments}
        assert all(not values[path].strip(" \t\n\r\f\xa0") for path in missing), (
            "quoted scalars are always followed"
        )
        if segments:
            segment = data.draw(st.sampled_from(segments))
            at = data.draw(st.integers(0, len(segment.text) - 1))
            after = edited(Document("a", text), segment, Span(at, at + 1), "ж'\"\\")
            value = values[segment.address]
            at += len(value) - len(value.lstrip(" \t\n\r\f"))
            values[segment.address] = value[:at] + "ж'\"\\" + value[at + 1 :]
            again = dict(walk(yaml.load(after, Loader=yaml.BaseLoader)))
            assert {path: again[path] for path in values} == values


@pytest.mark.slow
@pytest.mark.parametrize("part", ["a:\n", "- a\n", "'", "a ", '"\\u0431" ', "[", "{", "&a ", "\n"])
def test_hostile_files_take_linear_time(part: str) -> None:
    def run(text: str) -> None:
        try:
            list(split(Document("a", text)))
        except FormatError:
            return

    assert_linear(run, lambda count: part * count)


@pytest.mark.parametrize("path", sorted(YAML.glob("*.y*ml")), ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    document = document_of(path, "yaml")
    assert_as_listed(path, segments_of(split, document))
