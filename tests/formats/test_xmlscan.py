"""XML: the pattern finds every tag and text where expat finds it."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.views import weave
from cleaner.formats.xmlscan import END, START, TEXT, check, pieces, read_attributes, scan

INSIDE = st.recursive(
    st.sampled_from(
        ["слово", "😀", " ", "\n", "&amp;", "&#1073;", "&#x1F600;", "&lt;", "<!-- <a> -->",
         "<![CDATA[<b> & ]] >]]>", "<![CDATA[]]>", "<?php a > b ?>", "<b/>", "<b a='>' c=\"'/>\"/>",
         "<x:y xmlns:x='urn:x'/>",          "<c d = '&quot;'\n/>", ">", '"']
    ),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: "<a>" + "".join(parts) + "</a >"),
    max_leaves=12,
)  # fmt: skip


Found = tuple[list[tuple[str, int, str]], list[str]]


def by_expat(text: str) -> Found:
    """The tags with the offset of their first byte, and what stands before each."""
    tags: list[tuple[str, int, str]] = []
    texts = [""]
    parser = expat.ParserCreate("utf-8")

    def tag(kind: str, name: str) -> None:
        tags.append((kind, parser.CurrentByteIndex, name))
        texts.append("")

    def add(data: str) -> None:
        texts[-1] += data

    parser.StartElementHandler = lambda name, _: tag("start", name)
    parser.EndElementHandler = lambda name: tag("end", name)
    parser.CharacterDataHandler = add
    parser.Parse(text.encode(), True)
    return tags, texts


def by_us(text: str) -> Found:
    tags: list[tuple[str, int, str]] = []
    texts = [""]
    depth = 0
    for event in scan(text):
        if event.kind in (START, END):
            raw = text[event.start : event.end].strip("</>").split()[0].rstrip("/")
            is_empty = event.kind == END and text[event.start + 1] != "/"
            at = event.end if is_empty else event.start  # as expat counts
            tags.append((("start", "end")[event.kind], len(text[:at].encode()), raw))
            texts.append("")
            depth += 1 if event.kind == START else -1
        elif depth:  # white space around the root is no text for expat
            woven = weave(text, pieces(text, event), trim=False)
            assert woven is not None
            texts[-1] += woven[0]
    return tags, texts


@given(INSIDE)
def test_tags_and_texts_stand_where_expat_finds_them(inside: str) -> None:
    text = f"<?xml version='1.0' encoding='koi8-r'?>\n<r>{inside}</r>\n"
    (ours, our_texts), (theirs, their_texts) = by_us(text), by_expat(text)
    assert ours == theirs
    assert our_texts == their_texts


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        pytest.param("<a>ї</b>", 6, id="after two bytes"),
        pytest.param("<a>😀&b;</a>", 4, id="after four bytes"),
        pytest.param("<a b=1/>", 5, id="no quotes"),
        pytest.param("<a\x01/>", 2, id="a control character in a tag"),
        pytest.param("<a/><b/>", 4, id="two roots"),
        pytest.param("<a b='1' b='2'/>", 9, id="an attribute twice"),
        pytest.param("<a>&#1;</a>", 3, id="a reference to a forbidden character"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormatError) as caught:
        list(scan(text))
    assert caught.value.offset == offset


def test_defects_of_the_text_are_not_defects_of_the_xml() -> None:
    text = "<a b='\x02'>\x01 \udce9 \ufffe</a>"
    assert [text[event.start : event.end] for event in scan(text) if event.kind == TEXT] == [
        "\x01 \udce9 \ufffe"
    ]


def test_namespaces_are_known_whatever_they_are_called() -> None:
    text = (
        '<f xmlns="http://www.w3.org/2005/Atom"><title/><x:title xmlns:x="http://search.yahoo.com/mrss/"/>'
        '<y xmlns="urn:y"><title/></y><dc:title/><title xmlns=""/></f>'
    )
    assert [event.name for event in scan(text) if event.kind == START] == [
        "atom:f", "atom:title", "media:title", "?:y", "?:title", "dc:title", "title",
    ]  # fmt: skip


def test_languages_are_inherited() -> None:
    text = '<a xml:lang="de"><b xml:lang="fr">x</b>y<c xml:lang="">z</c></a>'
    assert [event.lang for event in scan(text) if event.kind == TEXT] == ["fr", "de", "und"]


def test_a_dtd_may_be_named_where_its_files_name_it() -> None:
    check('<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx/>', dtds=frozenset({"tmx14.dtd"}))
    for doctype in ('SYSTEM "tmx14.dtd" []', 'SYSTEM "other.dtd"', ""):
        with pytest.raises(FormatError, match="a DTD"):
            check(f"<!DOCTYPE tmx {doctype}><tmx/>", dtds=frozenset({"tmx14.dtd"}))
    with pytest.raises(FormatError, match="an entity that XML does not know: &x;"):
        check('<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx>&x;</tmx>', dtds=frozenset({"tmx14.dtd"}))


def test_attributes() -> None:
    assert read_attributes(" a='1' b = \"&lt;'\"\n c:d='' ") == {"a": "1", "b": "<'", "c:d": ""}
