"""RSS and Atom: fields, items, languages, and HTML through two maps; lxml and feedparser as witnesses."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import unescape as xml_unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats import xmlfile
from cleaner.formats.feed import split
from cleaner.model import Document, Segment, Trouble
from cleaner.offsets import Span
from tests.formats.exactness import FIXTURES, assert_linear, document_of, edited, segments_of
from tests.formats.markup import NEW, assert_as_listed, assert_edit_is_local, assert_places, read, texts
from tests.timing import seconds

FEEDS = FIXTURES / "feed"
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def meaning(written: str) -> str:
    """An entity of the HTML, of the XML, or of both, one in the other."""
    return html.unescape(xml_unescape(written, {"&quot;": '"', "&#34;": '"'}))


def item(fields: str) -> str:
    return f"<rss {CONTENT}><channel><item>{fields}</item></channel></rss>"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("<title>R&amp;D &lt;b&gt;</title>", ["R&D <b>"], id="a title is plain text"),
        pytest.param("<title><![CDATA[R&amp;D <b>]]></title>", ["R&amp;D <b>"], id="a title in CDATA"),
        pytest.param("<description>&lt;p&gt;а&lt;b&gt;б&lt;/b&gt;&lt;p&gt;в", ["аб", "в"], id="escaped HTML"),
        pytest.param(
            "<description>&lt;p&gt;R&amp;amp;D &amp;amp;lt;", ["R&D &lt;"], id="entities in entities"
        ),
        pytest.param("<description><![CDATA[<p>R&amp;D<p>&lt;]]>", ["R&D", "<"], id="HTML in CDATA"),
        pytest.param("<description>\n <![CDATA[<p>а]]>\n", ["а"], id="white space around CDATA"),
        pytest.param("<description><![CDATA[a ]]]]><![CDATA[> b]]>", ["a ]]> b"], id="CDATA that is cut"),
        pytest.param("<description><p>а <b>б</b> &amp;</p>в", ["а б &", "в"], id="elements"),
        pytest.param("<description>plain", ["plain"], id="plain text"),
        pytest.param("<description/>", [], id="empty"),
        pytest.param("<content:encoded><![CDATA[<p>а]]></content:encoded>", ["а"], id="content:encoded"),
        pytest.param("<category>no</category><author>no</author>", [], id="what nobody reads"),
        pytest.param("<x:title xmlns:x='urn:x'>no</x:title>", [], id="a namespace that we do not know"),
    ],
)
def test_fields(fields: str, expected: list[str]) -> None:
    if fields.startswith("<description>"):
        fields += "</description>"
    assert texts(split, item(fields)) == expected
    assert_places(item(fields), read(split, item(fields)), meaning)


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        pytest.param("<title>а</title>", "&amp;&lt;]]&gt;", id="plain text"),
        pytest.param("<title><![CDATA[а]]></title>", "&<]]]]><![CDATA[>", id="plain text in CDATA"),
        pytest.param(
            "<description>&lt;p&gt;а</description>", "&amp;amp;&amp;lt;]]&amp;gt;", id="escaped HTML"
        ),
        pytest.param("<description>а</description>", "&amp;amp;&amp;lt;]]&amp;gt;", id="HTML without a tag"),
        pytest.param("<description><![CDATA[<p>а]]></description>", "&amp;&lt;]]&gt;", id="HTML in CDATA"),
        pytest.param("<description><p>а</p></description>", "&amp;&lt;]]&gt;", id="elements"),
        pytest.param(
            "<description>&lt;img alt='а'></description>", "&amp;amp;&amp;lt;]]&amp;gt;", id="an attribute"
        ),
    ],
)
def test_new_text_is_written_as_its_container_needs_it(fields: str, written: str) -> None:
    text = item(fields)
    (segment,) = read(split, text)
    assert segment.escape("&<]]>") == written
    after = edited(Document("a", text), segment, Span(0, 1), NEW)
    assert texts(split, after) == [NEW]


def test_an_entity_that_is_cut_by_cdata_is_a_trouble() -> None:
    parts = list(split(Document("a", item("<description>R&amp;am<![CDATA[p;D <p>да]]></description>"))))
    assert [type(part) for part in parts] == [Trouble, Segment]


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        pytest.param("<rss><channel>", "not well-formed XML: no element found", 14, id="cut off"),
        pytest.param("<rss>ї</rs>", "not well-formed XML: mismatched tag", 8, id="a wrong end"),
        pytest.param("<rss>&nbsp;</rss>", "not well-formed XML: undefined entity", 5, id="an entity of HTML"),
        pytest.param("", "not well-formed XML: no element found", 0, id="empty"),
        pytest.param("<html/>", "neither RSS nor Atom: the root element is <html>", 0, id="another root"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_place(text: str, message: str, offset: int) -> None:
    with pytest.raises(FormatError) as caught:
        list(split(Document("a", text)))
    assert (caught.value.message, caught.value.offset) == (message, offset)


LAUGHS = "".join(f"<!ENTITY l{n} '" + 10 * f"&l{n - 1};" + "'>" for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        pytest.param(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>', id="billion laughs"),
        pytest.param('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', id="an external entity"),
        pytest.param('<!DOCTYPE rss SYSTEM "https://example.org/evil.dtd">', id="an external DTD"),
        pytest.param('<!DOCTYPE rss PUBLIC "-//x" "https://example.org/rss.dtd">', id="a public DTD"),
        pytest.param("<!DOCTYPE rss>", id="a bare one"),
    ],
)
def test_a_dtd_is_refused_at_once(doctype: str) -> None:
    def refused() -> None:
        with pytest.raises(FormatError, match="a DTD"):
            list(split(Document("a", f"{doctype}<rss><channel><title>&l9;&x;</title></channel></rss>")))

    assert seconds(refused, times=1) < 0.1


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<!DOCTYPE rss SYSTEM "rss-0.91.dtd">',
        '<!DOCTYPE rss PUBLIC "-//IDN userland.com//DTD RSS 0.91//EN" "http://www.scripting.com/dtd/rss-0_91.dtd">',
    ],
)
def test_the_public_dtd_of_old_feeds_is_named_and_not_fetched(doctype: str) -> None:
    feed = f"{doctype}<rss><channel><title>Да</title></channel></rss>"
    assert texts(split, feed) == ["Да"]
    assert texts(xmlfile.split, feed) == ["Да"]
    with pytest.raises(FormatError, match="&eacute;"):
        list(split(Document("a", feed.replace("Да", "&eacute;"))))
    with pytest.raises(FormatError, match="a DTD"):
        list(split(Document("a", feed.replace(">", " [<!ENTITY a 'b'>]>", 1))))


def test_namespaces_are_known_in_capital_letters_too() -> None:
    spaces = 'xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd"'
    assert texts(split, f"<rss {spaces}><channel><itunes:subtitle>да</itunes:subtitle></channel></rss>") == [
        "да"
    ]


def test_content_of_any_type_of_text_is_read_as_text() -> None:
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='{}'>а &lt;b></content></entry></feed>"
    assert texts(split, atom.format("text/markdown")) == ["а <b>"]
    assert texts(split, atom.format("image/png")) == []


def test_a_file_called_xml_is_what_its_root_says() -> None:
    start = "<?xml version='1.0'?>\n<!-- > -->\n"
    assert texts(xmlfile.split, start + "<rss><channel><title>да</title></channel></rss>") == ["да"]
    assert texts(xmlfile.split, start + "<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>") == []
    assert texts(xmlfile.split, start + "<!DOCTYPE x [<!ENTITY a 'b'>]><project>&a;</project>") == []
    with pytest.raises(FormatError, match="a DTD"):
        list(xmlfile.split(Document("a", start + "<!DOCTYPE rss [<!ENTITY a ']'>]><rss/>")))
    assert texts(xmlfile.split, start + "<!DOCTYPE html><html><p>да</p></html>") == ["да"]


HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<br>", "<i lang=de>", "</i>", "слово", " ", "&amp;", "&lt;", "&#1073;",
         "&amp;lt;",          "😀", '"', "'", "<img alt='a \"b\"'>", "<code>x</code>", ">", "]]", "\n", "\r\n"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def _in_cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


FEED = st.lists(
    st.tuples(
        st.sampled_from(["title", "description", "content:encoded"]), HTML, st.sampled_from([xml_escape, _in_cdata])
    ),
    max_size=4,
).map(lambda fields: item("".join(f"<{name}>{how(text)}</{name}>" for name, text, how in fields)))  # fmt: skip


@given(FEED)
def test_generated_feeds_are_mapped_exactly(text: str) -> None:
    parts = [part for part in split(Document("a", text)) if isinstance(part, Segment)]
    assert_places(text, parts, meaning)


@given(FEED, st.data())
def test_an_edit_changes_one_text_and_no_element(text: str, data: st.DataObject) -> None:
    changed = assert_edit_is_local(split, text, data)
    if changed:
        etree = pytest.importorskip("lxml.etree", reason="lxml is the second opinion")
        before, after = (
            [(node.tag, dict(node.attrib), node.text) for node in etree.fromstring(one.encode()).iter()]
            for one in changed
        )
        assert [one[:2] for one in before] == [one[:2] for one in after]
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["&lt;p&gt;", "&amp;amp;", "&lt;!--", "<b>x</b>", "&lt;b lang=de&gt;", "&lt;", "x &quot;"]
)
def test_hostile_feeds_take_linear_time(part: str) -> None:
    assert_linear(
        lambda text: list(split(Document("a", text))),
        lambda count: item(f"<description>{part * count}</description>"),
    )


def test_hostile_nesting_takes_linear_time() -> None:
    def text(count: int) -> str:
        return item("<a xml:lang='de'>" * count + "</a>" * count + "<title>x</title>" * count)

    assert_linear(lambda text: list(split(Document("a", text))), text, 3_000)


FILES = sorted(path for path in FEEDS.glob("*") if path.suffix in (".rss", ".atom", ".rdf"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fixtures(path: Path) -> None:
    document = document_of(path, "rss")
    parts = list(split(document))
    segments = [part for part in parts if isinstance(part, Segment)]
    assert_places(document.text, segments, meaning)
    assert_as_listed(path, segments)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_items_are_those_of_feedparser(path: Path) -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is the second opinion")
    if path.name == "control.rss":
        return  # feedparser gives up
    entries = feedparser.parse(
        path.read_bytes(), response_headers={"content-type": "application/xml; charset=utf-8"}
    ).entries
    items = {}
    for segment in segments_of(split, document_of(path, "rss")):
        if segment.item:
            items[segment.address.partition("/")[0]] = segment.item
    assert [(one.guid, one.link) for one in items.values()] == [
        (entry.get("id", ""), entry.get("link", "")) for entry in entries
    ]
    for one, entry in zip(items.values(), entries, strict=True):
        if "<" not in one.title:  # feedparser takes every title for HTML
            assert one.title == re.sub(r"<[^>]*>", "", entry.get("title", ""))
