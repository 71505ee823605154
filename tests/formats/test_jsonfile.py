"""JSON, JSON Lines, JSON Feed: the strings that `json` reads, exactly where they stand."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.jsonfile import split
from cleaner.formats.named import has_text
from cleaner.model import Document, Encoding, Role, Segment, Trouble
from cleaner.offsets import Edit, LineIndex, Span, splice
from tests.formats.exactness import (
    FIXTURES,
    assert_exact,
    assert_linear,
    document_of,
    edited,
    segments_of,
    whole,
)

JSON = FIXTURES / "json"


def read(text: str, format: str = "json", *fields: str) -> list[Segment]:
    return segments_of(split, Document("a.json", text, format, fields=fields))


def meaning(written: str) -> str:
    value = json.loads(f'"{written}"')
    assert isinstance(value, str)
    return value


def walk(value: Any, address: str = "") -> Iterator[tuple[str, str]]:
    """Every string that is a value, with its JSON Pointer."""
    if isinstance(value, str):
        yield address, value
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from walk(member, f"{address}/{index}")
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from walk(member, f"{address}/{key.replace('~', '~0').replace('/', '~1')}")


def readable(value: Any) -> list[tuple[str, str]]:
    return [(address, text) for address, text in walk(value) if has_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"a": "x", "b": ["y", {"c": "z"}]}',
            {"/a": "x", "/b/0": "y", "/b/1/c": "z"},
            id="values, not keys",
        ),
        pytest.param('"just a string"', {"": "just a string"}, id="the document is a string"),
        pytest.param('{"a/b~c": "x"}', {"/a~1b~0c": "x"}, id="a key with the signs of pointers"),
        pytest.param(r'{"\u0434\"": "x"}', {'/д"': "x"}, id="a key with escapes"),
        pytest.param('["", "2024-05-01T10:00:00Z", "12", "-"]', {}, id="nothing to read"),
        pytest.param("[NaN, -Infinity, 1e5, -0.5, true, null]", {}, id="values of other kinds"),
        pytest.param("  \r\n", {}, id="an empty file"),
        pytest.param(
            r'["\ud83d\ude00", "\ud83d"]', {"/0": "😀", "/1": "\ud83d"}, id="a pair and a half of one"
        ),
        pytest.param('{"a": "x", "a": "y"}', {"/a": "y"}, id="a key twice: both are read"),
    ],
)
def test_the_strings_of_a_document(text: str, expected: dict[str, str]) -> None:
    assert {part.address: part.text for part in read(text)} == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(["/items/*/title"], ["/items/0/title", "/items/1/title"], id="any item"),
        pytest.param(["/items/1/title"], ["/items/1/title"], id="one item"),
        pytest.param(["name"], ["/name"], id="a member of the top by its name"),
        pytest.param(["/items/0"], ["/items/0/title", "/items/0/text"], id="all below a field"),
        pytest.param(
            ["/*"], ["/name", "/items/0/title", "/items/0/text", "/items/1/title"], id="all members"
        ),
        pytest.param(["/nothing"], [], id="a field that is not there"),
        pytest.param(["/a~1b"], [], id="a pointer with an escape"),
    ],
)
def test_fields_restrict_what_is_read(fields: list[str], expected: list[str]) -> None:
    text = '{"name": "n", "items": [{"title": "a", "text": "b"}, {"title": "c"}]}'
    assert [part.address for part in read(text, "json", *fields)] == expected


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        pytest.param('{"a": "x" "b": 1}', (1, 11), "“,” or the closing bracket", id="a comma is missing"),
        pytest.param('{"a": "x",}', (1, 11), "a key", id="a comma too many"),
        pytest.param('["x",]', (1, 6), "a value", id="a comma too many in an array"),
        pytest.param('[,"x"]', (1, 2), "“]”", id="a comma first"),
        pytest.param('{"a" "x"}', (1, 6), "“:”", id="a colon is missing"),
        pytest.param('["x": 1]', (1, 5), "closing bracket", id="a colon in an array"),
        pytest.param('["x"}', (1, 5), "closing bracket", id="crossed brackets"),
        pytest.param('{\n "a": "x\n}', (2, 7), "not closed", id="a string that is not closed"),
        pytest.param('["a\\q"]', (1, 4), "unknown escape", id="an unknown escape"),
        pytest.param('["a\\u12"]', (1, 4), "unknown escape", id="a short escape"),
        pytest.param('["a\tb"]', (1, 4), "control character", id="a control character"),
        pytest.param("['x']", (1, 2), "a value", id="single quotes"),
        pytest.param("[01]", (1, 3), "closing bracket", id="a number with a zero in front"),
        pytest.param('{"a": ', (1, 7), "it ends where a value", id="truncated"),
        pytest.param('{"a": 1}\n{"a": 2}', (2, 1), "JSON Lines?", id="JSON Lines in a JSON file"),
        pytest.param('{"a": 1}]', (1, 9), "nothing more", id="a bracket too many"),
        pytest.param("[" * 100_000, (1, 1001), "1,000 deep", id="100,000 nested brackets"),
        pytest.param('"x","y"', (1, 4), "nothing more", id="two values with a comma"),
        pytest.param("// c\n[]", (1, 1), "a value", id="comments"),
    ],
)
def test_broken_json_is_refused_with_its_place(text: str, at: tuple[int, int], message: str) -> None:
    with pytest.raises(FormatError, match=re.escape(message)) as error:
        read(text)
    assert LineIndex(text).position(error.value.offset) == at
    with pytest.raises((ValueError, RecursionError)):
        json.loads(text)


@given(st.text(alphabet='[]{}",:\\ntu01e.-+ 2', max_size=14))
def test_what_is_json_is_decided_as_the_standard_library_does(text: str) -> None:
    try:
        value = json.loads(text)
    except ValueError:
        if text.strip(" \n"):
            with pytest.raises(FormatError):
                read(text)
    else:
        if not re.search(r'"[^"]*"\s*:.*"[^"]*"\s*:', text, re.DOTALL):  # json drops the first of two keys
            assert [(part.address, part.text) for part in read(text)] == readable(value)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Вони [будут] тут", 'He said "no"', "a/b\\c", "😀 𝔸", "line\nline\u2028", "\x00\x1f\x7f"]
)
VALUES = st.recursive(
    WORDS | st.none() | st.booleans() | st.floats() | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
LAYOUTS: list[dict[str, Any]] = [
    {"ensure_ascii": ascii, "indent": indent, "separators": signs}
    for ascii in (True, False)
    for indent, signs in ((None, (",", ":")), (2, (",", ": ")), ("\t", (" , ", " : ")))
]


@given(VALUES, st.sampled_from(LAYOUTS), st.booleans())
def test_generated_documents(value: Any, layout: dict[str, Any], slashes: bool) -> None:
    text = json.dumps(value, **layout)
    document = Document("a.json", text.replace("/", "\\/") if slashes else text, "json")
    segments = segments_of(split, document)
    assert [(part.address, part.text) for part in segments] == readable(value)
    assert_exact(document, segments, meaning)


@given(VALUES, st.sampled_from(LAYOUTS), st.data())
def test_an_edit_changes_one_string_only(value: Any, layout: dict[str, Any], data: st.DataObject) -> None:
    document = Document("a.json", json.dumps(value, **layout), "json")
    segments = segments_of(split, document)
    if not segments:
        return
    number = data.draw(st.integers(0, len(segments) - 1))
    segment = segments[number]
    start = data.draw(st.integers(0, len(segment.text)))
    span = Span(start, data.draw(st.integers(start, len(segment.text))))
    new = data.draw(WORDS)
    after = edited(document, segment, span, new)
    intended = splice(segment.text, [Edit(span, new)])
    before = list(walk(json.loads(document.text)))
    changed = list(walk(json.loads(after)))
    assert [address for address, _ in before] == [address for address, _ in changed]
    differ = [(old, now) for (_, old), (_, now) in zip(before, changed, strict=True) if old != now]
    assert differ == ([(segment.text, intended)] if intended != segment.text else [])
    assert not document.text.isascii() or "\\u" not in document.text or after.isascii()


@pytest.mark.parametrize("path", sorted(JSON.glob("*.json")), ids=lambda path: path.name)
def test_fixtures_are_read_as_the_standard_library_reads_them(path: Any) -> None:
    document = document_of(path, "json")
    segments = segments_of(split, document)
    if path.name != "feed.json":
        assert [(part.address, part.text) for part in segments] == readable(json.loads(document.text))
        assert_exact(document, segments, meaning)
    assert segments
    for segment in segments:
        if len(segment.map.to_source(whole(segment))) == 1:
            after = edited(document, segment, whole(segment), '“new” 😀 \\ "')
            json.loads(after)


@pytest.mark.parametrize(
    ("string", "written"),
    [
        pytest.param(r'"\u0412\u044b"', r"\u201cда\u201d", id="ASCII with escapes stays so"),
        pytest.param('"Вы"', "“да”", id="what is written as it is stays so"),
        pytest.param('"plain"', "“да”", id="no sign of a style"),
    ],
)
def test_new_text_is_written_in_the_style_of_its_string(string: str, written: str) -> None:
    (segment,) = read(f'["щ", {string}]')[1:]
    expected = json.loads(f'"{written}"')
    assert segment.escape("“да”") == (json.dumps("“да”")[1:-1] if "\\u" in written else written)
    assert expected == "“да”"


@pytest.mark.parametrize(
    ("text", "new", "written"),
    [
        pytest.param(r'["\u00E9"]', "é😀", r"\u00E9\uD83D\uDE00", id="upper-case digits"),
        pytest.param(r'["\u00e9"]', "é😀", r"\u00e9\ud83d\ude00", id="lower-case digits"),
        pytest.param(r'["a\/b"]', "</p>", r"<\/p>", id="slashes of PHP"),
        pytest.param('["a"]', 'a"b\\c\n\x01', r"a\"b\\c\n\u0001", id="what must be escaped"),
        pytest.param('["a"]', "\ud800", r"\ud800", id="half a character"),
    ],
)
def test_new_text_in_the_style_of_the_file(text: str, new: str, written: str) -> None:
    (segment,) = read(text)
    assert segment.escape(new) == written


def test_a_legacy_encoding_gets_escapes() -> None:
    document = Document("a.json", '["Да"]', "json", encoding=Encoding("windows-1251"))
    (segment,) = segments_of(split, document)
    assert segment.escape("“≤") == r"\u201c\u2264"


# -- JSON Lines --------------------------------------------------------------------------------------


def test_lines_have_their_number() -> None:
    document = document_of(JSON / "news.jsonl", "jsonl")
    segments = segments_of(split, document)
    assert [(part.address, part.text) for part in segments] == [
        ("line 1 /title", "Выборы"),
        ("line 1 /text", "Министры [будут] встречаться."),
        ("line 3 /title", "Вибори"),
        ("line 3 /text", 'He said "no".'),
        ("line 4", "just a string"),
    ]
    assert [part.role for part in segments][:2] == [Role.TITLE, Role.BODY]
    assert_exact(document, segments, meaning)


def test_a_broken_line_is_a_trouble_and_the_others_are_read() -> None:
    document = document_of(JSON / "broken-line.jsonl", "jsonl")
    parts = list(split(document))
    assert [part.text for part in parts if isinstance(part, Segment)] == ["один", "три", "пʼять"]
    troubles = [part for part in parts if isinstance(part, Trouble)]
    assert [LineIndex(document.text).position(trouble.span.start) for trouble in troubles] == [
        (2, 26),
        (4, 20),
    ]
    assert "not closed" in troubles[0].message
    assert "a key" in troubles[1].message


@given(st.lists(VALUES, max_size=4), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_generated_lines(values: list[Any], newline: str, last: bool) -> None:
    text = newline.join(json.dumps(value, ensure_ascii=last) for value in values) + newline * last
    document = Document("a.jsonl", text, "jsonl")
    segments = segments_of(split, document)
    assert [part.text for part in segments] == [text for value in values for _, text in readable(value)]
    assert_exact(document, segments, meaning)


# -- Languages and feeds -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "langs"),
    [
        pytest.param(
            '{"title": {"en": "a", "uk": "b"}, "x": "c"}', ["en", "uk", None], id="strings of an object"
        ),
        pytest.param(
            '{"t": {"en": "a", "m": {"x": "b"}, "uk": "c"}}', ["en", None, "uk"], id="with an object between"
        ),
        pytest.param(
            '[{"en": "a", "uk": "b"}, {"de": "c", "id": "d"}]', ["en", "uk", "de", "id"], id="of two objects"
        ),
        pytest.param('{"en": {"a": "x"}, "pt_BR": {"a": "y"}}', ["en", "pt-BR"], id="members of the top"),
        pytest.param('{"uk": {"a": {"b": "x"}}}', ["uk"], id="one language, as in Rails"),
        pytest.param('{"id": "x", "no": "y"}', [None, None], id="words that are tags as well"),
        pytest.param('{"en": "x"}', [None], id="one string is no sign"),
        pytest.param('{"@@locale": "pt_BR", "a": "x", "@a": {"description": "y"}}', ["pt-BR"], id="ARB"),
        pytest.param('{"@@locale": "klingon", "a": "x"}', [None], id="ARB in a language that nobody knows"),
    ],
)
def test_languages_that_a_file_says(text: str, langs: list[str | None]) -> None:
    assert [part.lang for part in read(text) if not part.address.startswith("/@")] == langs


def test_a_feed() -> None:
    document = document_of(JSON / "feed.json", "jsonfeed")
    segments = segments_of(split, document)
    assert [(part.address.partition(",")[0], part.text, part.lang) for part in segments] == [
        ("/items/0/title", 'Вибори "сьогодні"', "uk"),
        ("/items/0/summary", "Коротко.", "uk"),
        ("/items/0/content_html", 'Міністри зустрінуться & "поговорять"', "uk"),
        ("/items/0/content_html", "Далі.", "uk"),
        ("/items/1/content_text", "Les ministres se réuniront lundi.", "fr"),
    ]
    first = segments[0].item
    assert first is not None
    assert (first.guid, first.link, first.title) == ("urn:1", "https://example.org/1", 'Вибори "сьогодні"')
    assert segments[-1].item is not None
    assert segments[-1].item.link == "https://example.org/2"


def test_html_in_a_feed_is_edited_through_both_escapes() -> None:
    document = document_of(JSON / "feed.json", "jsonfeed")
    segment = segments_of(split, document)[2]
    at = segment.text.index("&")
    after = edited(document, segment, Span(at, at + 1), 'і "</p> &')
    html = json.loads(after)["items"][0]["content_html"]
    assert html.startswith('<p>Міністри <em>зустрі</em>нуться і "&lt;/p&gt; &amp; "поговорять')
    assert after.isascii()
    again = segments_of(split, dataclasses.replace(document, text=after))[2]
    assert again.text == 'Міністри зустрінуться і "</p> & "поговорять"'


def test_a_word_cut_by_markup_has_two_pieces() -> None:
    document = document_of(JSON / "feed.json", "json")  # known by its version as well
    segment = segments_of(split, document)[2]
    start = segment.text.index("зустрі")
    assert len(segment.map.to_source(Span(start, start + 12))) == 2


def test_fields_restrict_a_feed() -> None:
    document = dataclasses.replace(document_of(JSON / "feed.json", "jsonfeed"), fields=("/items/*/title",))
    assert [part.address for part in segments_of(split, document)] == ["/items/0/title"]


# -- Hostile input -----------------------------------------------------------------------------------


_LINE = '{"a": "б", "c": ["d"], "e": 1}\n'
HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "braces": lambda n: "{" * n,
    "quotation marks": lambda n: '"' * n,
    "an open string of escapes": lambda n: '["' + '\\"' * n,
    "keys without end": lambda n: '{"a":' * n,
    "many strings": lambda n: "[" + '"a",' * n + "1]",
    "strings deep down": lambda n: "[" * 900 + '"a",' * n,
    "a long key over many strings": lambda n: '{"' + "k" * n + '":[' + '"a",' * n + "1]}",
    "escapes": lambda n: '["' + "\\u0431" * n + '"]',
    "halves of characters": lambda n: '["' + "\\ud83d" * n + '"]',
    "lines of nothing": lambda n: "\n" * n,
    "spaces": lambda n: " " * n,
    "broken lines": lambda n: '"\n' * n,
    "values in a row": lambda n: "{}" * n,
    "lines of two values": lambda n: "0 0\n" * n,
    "lines that are alike but for their end": lambda n: f"{9 * _LINE}{_LINE[:-2]}\n" * (n // 20),
    "lines of ever other keys": lambda n: "".join(f'{{"k{i}": "б"}}\n' * 2 for i in range(n // 5)),
    "keys that are languages": lambda n: "{" + '"en":"a","uk":"b",' * n + '"de":"c"}',
}


@pytest.mark.slow
@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(make: Callable[[int], str], format: str) -> None:
    def run(text: str) -> None:
        try:
            for _ in split(Document("a", text, format)):
                pass
        except FormatError:
            pass

    assert_linear(run, make, 20_000)
