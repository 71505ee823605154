"""HTML: what is read, what is left alone, where it stands, and what another parser says of it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats.views import OBJECT
from cleaner.formats.webpage import split
from cleaner.model import Document, Encoding, Role
from cleaner.offsets import Edit, Span, splice
from tests.formats.exactness import FIXTURES, assert_linear, document_of, edited, segments_of
from tests.formats.markup import assert_as_listed, assert_edit_is_local, assert_places, read, texts

HTML = FIXTURES / "html"
_ = OBJECT


def meaning(written: str) -> str:
    return html.unescape(written)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<p>Да <em>и</em> нет", ["Да и нет"], id="inline elements are gaps"),
        pytest.param("<p>раз<p>два<div>три</div>", ["раз", "два", "три"], id="blocks end a segment"),
        pytest.param(
            "<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>", ["a", "b", "c", "d"], id="end tags are implied"
        ),
        pytest.param("[<b>буд</b>ут]", ["[будут]"], id="a defect across markup is one text"),
        pytest.param("eins<br>zwei<br/>drei", ["eins\nzwei\ndrei"], id="a break is a line break"),
        pytest.param("a <code>x = 1</code>, b", [f"a {_}, b"], id="code is an object"),
        pytest.param("a <tt>x_y</tt> b", [f"a {_} b"], id="teletype is code"),
        pytest.param("a <img src=b> c <input> d", [f"a {_} c {_} d"], id="images are objects"),
        pytest.param("<code>x</code> — да", ["— да"], id="an object at the edge is no text"),
        pytest.param("漢字<rp>(</rp><rt>かんじ</rt>を", ["漢字を"], id="ruby annotations stand in no line"),
        pytest.param("a<pre>no\nno</pre>b", ["a", "b"], id="pre"),
        pytest.param("a<script>if (a<b) '<p>'</script>b", ["ab"], id="script is a gap"),
        pytest.param("a<style>p > a{}</style>b<!-- no -->c", ["abc"], id="style and comments are gaps"),
        pytest.param("a<textarea><p>no</textarea>b", [f"a{_}b"], id="textarea"),
        pytest.param("a <svg><title>no</title><g><text>no</text></g></svg> b", [f"a {_} b"], id="svg"),
        pytest.param("<title>R&amp;D <b></title>x", ["R&D <b>", "x"], id="title has no elements"),
        pytest.param("<title>no end", ["no end"], id="unclosed title"),
        pytest.param("a<script>no end", ["a"], id="unclosed script"),
        pytest.param("a<!-- no end", ["a"], id="unclosed comment"),
        pytest.param("a<!-->b<!--->c<!-- --!>d", ["abcd"], id="odd comments"),
        pytest.param("a<![CDATA[b]]>c<?d?>e<!f>g</ h>i</>j", ["acegij"], id="bogus comments"),
        pytest.param("2 < 3 && 4 <5", ["2 < 3 && 4 <5"], id="stray signs are text"),
        pytest.param("a <b", ["a"], id="a tag that the file ends in"),
        pytest.param('<p class="x"">да</p>', ["да"], id="a quote too many"),
        pytest.param("<p a=b>c'd</p><p e='>'>f", ["c'd", "f"], id="quotes count after = only"),
        pytest.param("&amp;lt; &lt; &#60; &#x3C; &LT", ["&lt; < < < <"], id="entities"),
        pytest.param("&notit; &unknown; &#150; &#0;", ["¬it; &unknown; – \ufffd"], id="odd entities"),
        pytest.param("&#x1F600;&#55357;😀", ["😀\ufffd😀"], id="astral characters"),
        pytest.param("<a>один</a><a>два</a> <a>три</a>", ["один", "два три"], id="links of a menu"),
        pytest.param("<p>\n  раз\r\n  два\n</p>", ["раз\r\n  два"], id="white space stays"),
        pytest.param("<p>&nbsp;</p><p> </p>", [], id="nothing to read"),
        pytest.param("<P>да</P><SCRIPT>x</Script >нет", ["да", "нет"], id="names in capitals"),
        pytest.param("<x-card>a</x-card><td>b<td>c", ["a", "b", "c"], id="unknown elements are blocks"),
        pytest.param("<p>{% if a %}да {{ b|e }} нет{% endif %}</p>", [f"да {_} нет"], id="Jinja and Liquid"),
        pytest.param("{# да #}a <%= b %> c {{user.name}} d", [f"a {_} c {_} d"], id="comments, ERB, Vue"),
        pytest.param(
            "<p title='{{ t }} да'>{{cite web|x}}", ["{{cite web|x}}"], id="a template of a wiki is text"
        ),
        pytest.param("{{ a }}", [], id="nothing but a template"),
        pytest.param("{{ a да", ["{{ a да"], id="an unclosed template is text"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_is_read(page: str, expected: list[str]) -> None:
    assert texts(split, page) == expected
    assert_places(page, read(split, page), meaning)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("a <i translate=no>b <i>c</i> d</i> e", [f"a {_} e"], id="translate=no in a line"),
        pytest.param("<div translate='no'><p>a</div>b", ["b"], id="translate=no around blocks"),
        pytest.param("<p class='x notranslate y'>a<p>b", ["b"], id="class=notranslate"),
        pytest.param("<p class=notranslated>a", ["a"], id="another class"),
        pytest.param("<div translate=no><div>a</div>b</div>c", ["c"], id="nested elements of one name"),
        pytest.param("<p translate=no title=x>a</p>b", ["b"], id="attributes neither"),
        pytest.param("<p translate=yes>a", ["a"], id="translate=yes"),
    ],
)
def test_what_is_not_to_be_translated(page: str, expected: list[str]) -> None:
    assert texts(split, page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<html lang=uk><p>a", [("a", "uk")], id="of the page"),
        pytest.param("<p>a", [("a", None)], id="nobody says it"),
        pytest.param("<div lang=uk><p>a</div><p>b", [("a", "uk"), ("b", None)], id="inherited, then over"),
        pytest.param("<p lang=fr>a<p>b", [("a", "fr"), ("b", None)], id="ends with the implied end"),
        pytest.param("<ul><li lang=fr>a<li>b</ul>", [("a", "fr"), ("b", None)], id="list items"),
        pytest.param("<p lang=en_us xml:lang=de>a", [("a", "de")], id="xml:lang wins"),
        pytest.param(
            "<p lang=en>He said <i lang=ru>они <b>будут</b></i> then",
            [("они будут", "ru"), (f"He said {_} then", "en")],
            id="an inline element in another language is its own segment",
        ),
        pytest.param("<p lang=en>a <i lang=en>b</i>", [("a b", "en")], id="the same language again"),
        pytest.param("<html lang=en><p lang=''>a", [("a", "und")], id="unknown on purpose"),
        pytest.param("<html lang=en><p lang=qqq>a", [("a", "und")], id="a language that nobody knows"),
        pytest.param("<html lang=en><p lang='на русском'>a", [("a", "en")], id="no tag"),
        pytest.param("<meta http-equiv=content-language content='fr, en'><p>a", [("a", "fr")], id="meta"),
        pytest.param("<html lang=en><body>a</body></html><p>b", [("a", "en"), ("b", "en")], id="after the end"),
    ],
)  # fmt: skip
def test_languages(page: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(segment.text, segment.lang) for segment in read(split, page)] == expected


@pytest.mark.parametrize(
    ("page", "address", "text", "written"),
    [
        pytest.param("<img alt=\"R&amp;D 'x'\">", "img 1 alt", "R&D 'x'", "&lt;&quot;'", id="double quotes"),
        pytest.param("<a title='да \"нет\"'>", "a 1 title", 'да "нет"', '&lt;"&#39;', id="single quotes"),
        pytest.param("<p aria-label=да/>", "p 1 aria-label", "да/", "&lt;&#34;&#39;", id="no quotes"),
        pytest.param("<input PLACEHOLDER = 'x'>", "input 1 placeholder", "x", '&lt;"&#39;', id="placeholder"),
        pytest.param("<input type=submit value='Go'>", "input 1 value", "Go", '&lt;"&#39;', id="a button"),
        pytest.param("<meta property='og:title' content='T'>", "meta og:title", "T", '&lt;"&#39;', id="meta"),
        pytest.param("<img alt='?a=1&copy=2 &copy'>", "img 1 alt", "?a=1&copy=2 ©", '&lt;"&#39;', id="a URL"),
    ],
)
def test_attributes(page: str, address: str, text: str, written: str) -> None:
    (segment,) = read(split, page)
    assert (segment.address, segment.text, segment.role) == (address, text, Role.ATTRIBUTE)
    assert segment.escape("<\"'") == written
    assert_places(page, [segment], meaning)
    after = edited(Document("a", page), segment, Span(0, 1), "ж <\"'= ж")
    assert texts(split, after) == ["ж <\"'= ж" + text[1:]]


def test_attributes_that_nobody_reads() -> None:
    assert texts(split, "<input type=hidden value=a><a href=b data-title=c><meta name=x content=d>") == []


def test_roles_and_addresses() -> None:
    page = "<title>a</title><h2>b</h2><figure><img alt=c><figcaption>d</figcaption></figure><p>e<p>f"
    assert [(segment.role.value, segment.address) for segment in read(split, page)] == [
        ("title", "title 1"),
        ("title", "h2 1"),
        ("attribute", "img 1 alt"),
        ("caption", "figcaption 1"),
        ("body", "p 1"),
        ("body", "p 2"),
    ]


def test_an_edit_never_touches_what_is_only_shown() -> None:
    page = "<p>раз <br> два <code>x</code> три"
    (segment,) = read(split, page)
    pieces = segment.map.to_source(Span(0, len(segment.text)))
    assert [page[piece.slice] for piece in pieces] == ["раз ", " два ", " три"]
    at = segment.text.index("\n") + 1
    (place,) = segment.map.to_source(Span(at, at))
    assert page[: place.start].endswith("<br>"), "what is inserted after the break stands after the tag"
    assert splice(page, [Edit(piece, "") for piece in pieces]) == "<p><br><code>x</code>"


def test_a_legacy_encoding_gets_references() -> None:
    document = Document("a.html", "<p>да", "html", encoding=Encoding("windows-1251"))
    (segment,) = segments_of(split, document)
    assert segment.escape("≤ & да") == "&#8804; &amp; да"


def test_xhtml() -> None:
    page = '<?xml version="1.0"?><html><div/><p lang="fr"/><p>a<h:b>b</h:b></p><script src="x"/><p>c</p>'
    assert [(segment.text, segment.lang) for segment in read(split, page)] == [("ab", None), ("c", None)]


ELEMENTS = ("p", "div", "b", "i", "a", "ul", "li", "h1", "blockquote", "em")
ATOMS = st.sampled_from(
    [
        *(f"<{slash}{name}>" for name in ELEMENTS for slash in ("", "/")),
        "<br>", "<hr>", "<img alt>", "<!-- c -->", "<!--", "-->", "<script>a<b</script>", "<style>p>a</style>",
        "<textarea>x<p></textarea>", "<title>T&amp;</title>", '<p class="x">', "<a href='y>z'>", "<div a=\"b\"\">",
        "&amp;", "&lt;", "&#1073;", "&nbsp;", "&amp;lt;", "&copy", "&zz;", "&#150;",
        "&", "<", ">", '"', "'", "</", "<!", "<?x>",
        "слово", "text", " ", "\n", "\r\n", "😀", "[", "]", "=", "/",
    ]
)  # fmt: skip
SOUP = st.lists(ATOMS, max_size=25).map("".join)


@given(SOUP)
def test_soup_is_mapped_exactly(page: str) -> None:
    assert_places(page, read(split, page), meaning)


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(SOUP)
def test_soup_is_read_as_lexbor_reads_it(page: str) -> None:
    parser = pytest.importorskip("selectolax.lexbor", reason="selectolax is the second opinion")
    tree = parser.LexborHTMLParser(page)
    for node in tree.css("script, style, textarea"):
        node.decompose()
    ours = "".join(texts(split, page)).replace(OBJECT, "")
    assert _letters(ours) == _letters(tree.root.text() if tree.root else "")


@given(SOUP, st.data())
def test_an_edit_changes_one_text_and_no_tag(page: str, data: st.DataObject) -> None:
    changed = assert_edit_is_local(split, page, data)
    if changed:
        parser = pytest.importorskip("selectolax.lexbor", reason="selectolax is the second opinion")
        before, after = (
            [(node.tag, node.attributes) for node in parser.LexborHTMLParser(text).root.traverse()]
            for text in changed
        )
        assert before == after


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    ["[", '"', "<a ", '<a b="', "<!--", "&", "&a", "&#0", "<", "<p>", "<li>", "<b lang=de>", "<code>", "<script>",
     "<svg>", "<i translate=no>", "<br>", "<x>", "</x>", "<ul><li>", "<a></a>", "<title>", "<img alt=a>", " \n"],
)  # fmt: skip
def test_hostile_pages_take_linear_time(part: str) -> None:
    assert_linear(lambda page: list(split(Document("a", page))), lambda count: part * count)


def test_hostile_nesting_takes_linear_time() -> None:
    def page(count: int) -> str:
        return "<ul>" + "<i lang=de>" * count + "<div>" * count + "<li>" * count + "</i>" * count

    assert_linear(lambda text: list(split(Document("a", text))), page, 3_000)


@pytest.mark.parametrize("path", sorted(HTML.glob("*.html")), ids=lambda path: path.stem)
def test_fixtures(path: Path) -> None:
    document = document_of(path, "html")
    segments = segments_of(split, document)
    assert_places(document.text, segments, meaning)
    assert_as_listed(path, segments)
