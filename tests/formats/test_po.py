"""PO: the translations that `polib` reads, exactly where they stand, each beside its original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats.named import has_text
from cleaner.formats.po import split
from cleaner.model import Document, Role, Segment, Trouble
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

PO = FIXTURES / "po"
MEANINGS = {r"\"": '"', r"\\": "\\", r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\101": "A", r"\x42": "B"}
MEANINGS |= {r"\a": "\a", r"\b": "\b", r"\f": "\f", r"\v": "\v"}


def meaning(written: str) -> str:
    return MEANINGS[written] if written in MEANINGS else chr(int(written[1:], 8))


def test_a_catalogue() -> None:
    document = document_of(PO / "uk.po", "po")
    segments = segments_of(split, document)
    assert [(part.address, part.text, part.original) for part in segments] == [
        ('msgstr “Open "%s"”', 'Відкрити "%s"', 'Open "%s"'),
        ("msgstr “Two lines of text”", "Два рядки\nтексту 😀\t\\", "Two lines\nof text"),
        ("msgstr[0] “%d file”", "%d файл", "%d file"),
        ("msgstr[1] “%d file”", "%d файли", "%d files"),
        ("msgstr[2] “%d file”", "%d файлів", "%d files"),
    ]
    assert {(part.lang, part.source_lang, part.role) for part in segments} == {("uk-UA", "en", Role.TARGET)}
    assert_exact(document, segments, meaning)


def test_a_catalogue_without_empty_lines() -> None:
    document = document_of(PO / "crlf.po", "po")
    segments = segments_of(split, document)
    assert [(part.text, part.original, part.lang) for part in segments] == [
        ('jedan AB"', "one", "sr-Latn"),
        ("dva", "two", "sr-Latn"),
    ]
    assert_exact(document, segments, meaning)


def test_a_template_has_nothing_to_read() -> None:
    assert segments_of(split, document_of(PO / "messages.pot", "po")) == []


def test_a_broken_entry_is_a_trouble_and_the_others_are_read() -> None:
    document = document_of(PO / "broken.po", "po")
    parts = list(split(document))
    assert [part.text for part in parts if isinstance(part, Segment)] == ["один", "три", "шість"]
    troubles = [part for part in parts if isinstance(part, Trouble)]
    assert [LineIndex(document.text).position(part.span.start).line for part in troubles] == [5, 10, 13]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('msgid "a"\nmsgstr "b"', ["b"], id="no final newline"),
        pytest.param('\tmsgid  "a"\n  msgstr\t"b" ', ["b"], id="spaces and tabs"),
        pytest.param('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', [], id="fuzzy"),
        pytest.param('#,c-format,fuzzy\nmsgid "a"\nmsgstr "b"\n', [], id="fuzzy among others"),
        pytest.param('#, fuzzy\n#, c-format\nmsgid "a"\nmsgstr "b"\n', [], id="fuzzy in a line of its own"),
        pytest.param('#~ msgid "a"\n#~ msgstr "b"\n', [], id="obsolete"),
        pytest.param(
            'msgid "a"\nmsgstr "b"\n#, fuzzy\nmsgid "c"\nmsgstr "d"\n', ["b"], id="fuzzy after another"
        ),
        pytest.param('msgctxt "x"\nmsgid ""\nmsgstr "b"\n', ["b"], id="an empty original with a context"),
        pytest.param('msgid "a"\nmsgstr "12"\n', [], id="nothing to read"),
        pytest.param('msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n', ["b", "d"], id="no line between"),
        pytest.param("", [], id="an empty file"),
    ],
)
def test_entries(text: str, expected: list[str]) -> None:
    assert [part.text for part in segments_of(split, Document("a.po", text, "po"))] == expected


def test_a_language_without_plural() -> None:
    text = 'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d 個檔案"\n'
    (segment,) = segments_of(split, Document("a.po", text, "po"))
    assert segment.original == "%d files"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10) | st.sampled_from(
    ['He said "no"', "a\\b", "line\nline\n", "😀\t[будут]", "a" * 90, "слово " * 30]
)


@given(
    st.lists(st.tuples(WORDS.filter(bool), WORDS, st.booleans()), max_size=4, unique_by=lambda e: e[0]),
    st.data(),
)
def test_generated_catalogues(entries: list[tuple[str, str, bool]], data: st.DataObject) -> None:
    polib: Any = pytest.importorskip("polib")
    catalogue = polib.POFile(wrapwidth=data.draw(st.sampled_from([0, 20, 78])))
    catalogue.metadata = {"Language": "uk", "Content-Type": "text/plain; charset=UTF-8"}
    for original, translation, fuzzy in entries:
        catalogue.append(polib.POEntry(msgid=original, msgstr=translation, flags=["fuzzy"] if fuzzy else []))
    document = Document("a.po", str(catalogue), "po")
    segments = segments_of(split, document)
    expected = [(o, t) for o, t, fuzzy in entries if not fuzzy and has_text(t)]
    assert [(part.original, part.text) for part in segments] == expected
    assert_exact(document, segments, meaning)
    if segments:
        _edit(polib, document, segments, data)


def _edit(polib: Any, document: Document, segments: list[Segment], data: st.DataObject) -> None:
    """Replace a part of one translation; `polib` must find that one changed and nothing else."""
    segment = segments[data.draw(st.integers(0, len(segments) - 1))]
    start = data.draw(st.integers(0, len(segment.text)))
    span = Span(start, data.draw(st.integers(start, len(segment.text))))
    if len(segment.map.to_source(span)) != 1:
        return
    new = data.draw(WORDS)
    after = polib.pofile(edited(document, segment, span, new))
    intended = splice(segment.text, [Edit(span, new)])
    before = {entry.msgid: entry.msgstr for entry in polib.pofile(document.text)}
    assert {entry.msgid: entry.msgstr for entry in after} == {**before, segment.original: intended}


@pytest.mark.parametrize("name", sorted(path.name for path in PO.glob("*.po")))
def test_fixtures_survive_an_edit(name: str) -> None:
    document = document_of(PO / name, "po")
    segments = [part for part in split(document) if isinstance(part, Segment)]
    for number, segment in enumerate(segments):
        if len(segment.map.to_source(whole(segment))) > 1:
            continue
        after = Document(name, edited(document, segment, whole(segment), 'нове "слово"\n'), "po")
        again = [part for part in split(after) if isinstance(part, Segment)]
        expected = [part.text for part in segments]
        expected[number] = 'нове "слово"\n'
        assert [part.text for part in again] == expected
        assert [part.address for part in again] == [part.address for part in segments]


HOSTILE: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda n: '"' * n,
    "lines of quotation marks": lambda n: '"\n' * n,
    "originals without translation": lambda n: 'msgid "a"\n' * n,
    "backslashes": lambda n: 'msgid "a"\nmsgstr "' + "\\" * n + '"',
    "escaped quotation marks without end": lambda n: 'msgid "a"\nmsgstr "' + '\\"' * n,
    "many lines": lambda n: 'msgid ""\n' + '""\n' * n + 'msgstr "a"',
    "many entries": lambda n: 'msgid "a"\nmsgstr "b"\n' * n,
    "flags": lambda n: "#, " + "fuzzy," * n,
    "lines of flags": lambda n: "#, fuzzy\n" * n,
    "spaces": lambda n: " " * n,
    "plural forms": lambda n: 'msgid "a"\n' + "".join(f'msgstr[{k % 1000}] "b"\n' for k in range(n)),
}


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(make: Callable[[int], str]) -> None:
    assert_linear(lambda text: list(split(Document("a", text, "po"))), make, 20_000)
