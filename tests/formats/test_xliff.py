"""XLIFF and TMX: targets beside their sources; lxml as the second opinion."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import formats
from cleaner.config import Config
from cleaner.errors import FormatError
from cleaner.formats.views import OBJECT
from cleaner.formats.xliff import split
from cleaner.model import Document, Role, Safety
from cleaner.pipeline import Pipeline
from tests.formats.exactness import FIXTURES, assert_linear, document_of, segments_of
from tests.formats.markup import assert_as_listed, assert_edit_is_local, assert_places, read, texts

XLIFF = FIXTURES / "xliff"
_ = OBJECT


def meaning(written: str) -> str:
    return unescape(written, {"&quot;": '"', "&#1073;": "б"})


def old(units: str) -> str:
    return f'<xliff version="1.2"><file source-language="ru" target-language="en"><body>{units}</body></file></xliff>'


def new(units: str) -> str:
    return f'<xliff version="2.0" srcLang="ru" trgLang="en"><file id="f">{units}</file></xliff>'


def test_a_target_has_its_original_and_both_languages() -> None:
    for text, address in [
        (
            old(
                '<trans-unit id="a"><source>ру<g id="1">с</g></source>'
                '<target>e<g id="1">n</g></target></trans-unit>'
            ),
            "unit a",
        ),
        (
            new(
                '<unit id="a"><segment id="b"><source>ру<pc id="1">с</pc></source>'
                '<target>e<pc id="1">n</pc></target></segment></unit>'
            ),
            "unit a, segment b",
        ),
    ]:  # fmt: skip
        (segment,) = read(split, text)
        assert (segment.text, segment.original, segment.lang, segment.source_lang) == (
            "en",
            "рус",
            "en",
            "ru",
        )
        assert (segment.role, segment.address) == (Role.TARGET, address)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        pytest.param("<trans-unit><source>а</source></trans-unit>", [], id="no target"),
        pytest.param('<trans-unit translate="no"><target>a</target></trans-unit>', [], id="translate=no"),
        pytest.param('<trans-unit approved="yes"><target>a</target></trans-unit>', ["a"], id="approved"),
        pytest.param('<trans-unit approved="no"><target>a</target></trans-unit>', ["a"], id="not approved"),
        pytest.param('<trans-unit><target state="final">a</target></trans-unit>', ["a"], id="final"),
        pytest.param('<trans-unit><target state="new">a</target></trans-unit>', ["a"], id="new"),
        pytest.param(
            '<trans-unit><target>a<x id="1"/>b<bx id="2"/>c<ph>&lt;d></ph></target></trans-unit>',
            [f"a{_}bc"],
            id="codes",
        ),
        pytest.param(
            '<trans-unit><target>a<mrk mtype="term">b</mrk><mrk mtype="protected">c</mrk>d</target></trans-unit>',
            [f"ab{_}d"],
            id="marks",
        ),
        pytest.param('<trans-unit><target>a<x ctype="lb"/>b</target></trans-unit>', ["a\nb"], id="a line break"),
        pytest.param("<trans-unit><target>&lt;b&gt;a&amp;</target></trans-unit>", ["<b>a&"], id="entities"),
    ],
)  # fmt: skip
def test_what_is_read(unit: str, expected: list[str]) -> None:
    assert texts(split, old(unit)) == expected
    assert_places(old(unit), read(split, old(unit)), meaning)


LOCKED = {
    "approved": (old('<trans-unit approved="yes"><target>a</target></trans-unit>'), "the translation is approved"),
    "not approved": (old('<trans-unit approved="no"><target>a</target></trans-unit>'), ""),
    "final": (old('<trans-unit><target state="final">a</target></trans-unit>'), "the translation is final"),
    "signed off": (
        old('<trans-unit><target state="signed-off">a</target></trans-unit>'),
        "the translation is signed off",
    ),
    "translated": (old('<trans-unit><target state="translated">a</target></trans-unit>'), ""),
    "final, in XLIFF 2": (
        new('<unit id="u"><segment state="final"><target>a</target></segment></unit>'),
        "the translation is final",
    ),
    "reviewed, in XLIFF 2": (
        new('<unit id="u"><segment state="reviewed"><target>a</target></segment></unit>'), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "locked"), LOCKED.values(), ids=LOCKED)
def test_what_is_closed_is_read_and_locked(text: str, locked: str) -> None:
    (segment,) = read(split, text)
    assert (segment.text, segment.locked) == ("a", locked)


def test_a_closed_unit_locks_no_other() -> None:
    closed = '<trans-unit approved="yes"><target>a</target></trans-unit>'
    states = "".join(
        f'<trans-unit><target state="{state}">b</target></trans-unit>' for state in ("final", "new")
    )
    group = f"<group>{closed}{states}<trans-unit><target>c</target></trans-unit></group>"
    assert [(one.text, bool(one.locked)) for one in read(split, old(closed + group + states))] == [
        ("a", True), ("a", True), ("b", True), ("b", False), ("c", False), ("b", True), ("b", False),
    ]  # fmt: skip


def test_what_is_not_to_be_translated_is_not_read_even_when_it_is_approved() -> None:
    assert (
        texts(split, old('<trans-unit translate="no" approved="yes"><target>a</target></trans-unit>')) == []
    )


@pytest.mark.parametrize(("text", "locked"), LOCKED.values(), ids=LOCKED)
def test_what_is_locked_is_reported_and_never_repaired(text: str, locked: str) -> None:
    text = text.replace(">a<", ">Ministers \u200bmeet,, he said.<")
    document = formats.split(Document("a.xlf", text, "xliff", lang="en"))
    done = Pipeline(Config(profile="audit")).clean(document, Safety.UNSAFE)
    assert (done.document.text == text) == bool(locked)
    assert bool(done.applied) != bool(locked)
    if locked:
        fixes = [one.fix for one in done.findings if one.fix]
        assert fixes
        assert {(fix.safety, fix.because) for fix in fixes} == {(Safety.MANUAL, locked)}
        assert done.skipped == ()


def test_the_variant_of_the_wanted_language_is_read() -> None:
    document = document_of(XLIFF / "memory.tmx", "tmx")
    every = segments_of(split, document)
    assert [(s.lang, s.source_lang) for s in every] == [("en-GB", "ru"), ("de", "ru"), ("en", "RU")]
    english = Document("a.tmx", document.text, "tmx", lang="en")
    assert [(s.text, s.original) for s in segments_of(split, english)] == [
        (f"He [будет] be {_} <there>", "Он будет"),
        ("two", "два"),
    ]
    from_english = Document("a.tmx", document.text, "tmx", lang="de", source_lang="en")
    assert [(s.text, s.original) for s in segments_of(split, from_english)] == [
        ("Er wird", f"He [будет] be {_} <there>")
    ]


@pytest.mark.parametrize("text", ["<a/>", '<!DOCTYPE xliff SYSTEM "x.dtd"><xliff/>', "<xliff>", ""])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        list(split(Document("a", text)))


SIDE = st.lists(
    st.sampled_from(
        ["слово", " ", "&amp;", "&lt;b&gt;", "😀", '<g id="1">два</g>', '<x id="2"/>', "<ph>no</ph>", "\r\n", "]]", "'"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
FILE = st.lists(st.tuples(SIDE, SIDE), max_size=3).map(
    lambda units: old(
        "".join(
            f'<trans-unit id="{number}"><source>{source}</source><target>{target}</target></trans-unit>'
            for number, (source, target) in enumerate(units)
        )
    )
)


@given(FILE, st.data())
def test_an_edit_changes_one_target_and_no_element(text: str, data: st.DataObject) -> None:
    assert_places(text, read(split, text), meaning)
    changed = assert_edit_is_local(split, text, data)
    if changed:
        etree = pytest.importorskip("lxml.etree", reason="lxml is the second opinion")
        before, after = (
            [
                (node.tag, dict(node.attrib), node.text, node.tail)
                for node in etree.fromstring(one.encode()).iter()
            ]
            for one in changed
        )
        assert [one[:2] for one in before] == [one[:2] for one in after]
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("part", ["<g>", "<x/>", "&amp;", "<ph>"])
def test_hostile_targets_take_linear_time(part: str) -> None:
    end = part.replace("<", "</") if part in ("<g>", "<ph>") else ""
    assert_linear(
        lambda text: list(split(Document("a", text))),
        lambda count: old(f"<trans-unit><target>a{part * count}b{end * count}</target></trans-unit>"),
    )


FILES = sorted(path for path in XLIFF.glob("*") if path.suffix in (".xlf", ".tmx"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    document = document_of(path, "xliff")
    segments = segments_of(split, document)
    assert_places(document.text, segments, meaning)
    assert_as_listed(path, segments)
