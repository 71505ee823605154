"""Markdown: blocks, inline markup, front matter; markdown-it-py is the second opinion."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.formats.markdown import split
from cleaner.formats.views import OBJECT
from cleaner.model import Document, Role, Segment, Trouble
from tests.formats.exactness import FIXTURES, assert_linear, document_of, segments_of
from tests.formats.markup import assert_as_listed, assert_edit_is_local, assert_places, read, texts

MARKDOWN = FIXTURES / "markdown"
_ = OBJECT


def meaning(written: str) -> str:
    if re.fullmatch(r"\\[!-/:-@\[-`{-~]", written):
        return written[1]
    return {"''": "'", "\\n": "\n", '\\"': '"'}.get(written) or html.unescape(written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Він *не* __є__ ~~тут~~", ["Він не є тут"], id="emphasis is a gap"),
        pytest.param("2 * 3 * 4, snake_case_name, 5*", ["2 * 3 * 4, snake_case_name, 5*"], id="no emphasis"),
        pytest.param("[**буд**ут]", ["[будут]"], id="brackets that are no link"),
        pytest.param("[будут](http://x) [а][b] [c]\n\n[c]: /u", ["будут [а][b] c"], id="links"),
        pytest.param('[a](b "тит\\"ул")', ["a", 'тит"ул'], id="link titles"),
        pytest.param("до ![фото *1*](a.jpg) по", [f"до {_} по", "фото 1"], id="images"),
        pytest.param("a `x*y*` b ``c`d`` e", [f"a {_} b {_} e"], id="code spans are objects"),
        pytest.param("see <https://a.b> or <a@b.c>.", [f"see {_} or {_}."], id="autolinks are objects"),
        pytest.param("a <b>c</b> <!-- no --> d<br>e", ["a c  d\ne"], id="inline HTML is a gap"),
        pytest.param(
            "a <code>x</code> <i lang=ru>да</i> b", [f"a {_} {_} b"], id="inline HTML that is not read"
        ),
        pytest.param('a {{< b c="d" >}} {% e %} {{ f', [f"a {_} {_} {{{{ f"], id="short codes"),
        pytest.param("R&amp;D \\*x\\* &copy; &zz;", ["R&D *x* © &zz;"], id="escapes and entities"),
        pytest.param("раз  \nдва\\\nтри", ["раз\nдва\nтри"], id="hard line breaks"),
        pytest.param("> раз\n> два\nтри", ["раз\nдва\nтри"], id="block quotes and lazy lines"),
        pytest.param("# Раз #\n\nДва\n===\n", ["Раз", "Два"], id="headings"),
        pytest.param("- a\n- b\n\n  c\n\n      code\n1. d", ["a", "b", "c", "d"], id="lists"),
        pytest.param("```py\nno\n```\n~~~\nno\n~~~\n\n    no\n\nда", ["да"], id="code blocks"),
        pytest.param("```\nno end", [], id="an unclosed fence"),
        pytest.param("| a | б\\|в |\n|---|:-:|\n| `x` | *c* |", ["a", "б|в", "c"], id="tables"),
        pytest.param(
            "<div>\n<p>да <b>н</b>і</p>\n</div>\n\nі", ["да ні", "і"], id="HTML blocks are read as a page"
        ),
        pytest.param("<!--\nno\n-->\n\nда", ["да"], id="HTML comments"),
        pytest.param("<pre>\nno\n\nno</pre>\n\nда", ["да"], id="HTML pre"),
        pytest.param("a[^1]\n\n[^1]: Примітка", ["a", "Примітка"], id="footnotes"),
        pytest.param("***\n- - -\n___", [], id="thematic breaks"),
        pytest.param("a\r\nb\r\n\r\nc", ["a\r\nb", "c"], id="CRLF"),
        pytest.param("a\rb\r\rc", ["a\rb", "c"], id="CR"),
        pytest.param("\u2028x\x0by", ["\u2028x\x0by"], id="other breaks break no line"),
        pytest.param("", [], id="empty"),
    ],
)
def test_what_is_read(text: str, expected: list[str]) -> None:
    assert texts(split, text) == expected
    assert_places(text, read(split, text), meaning)


def test_front_matter() -> None:
    text = "---\r\ntitle: \"Да\\nні\"\r\nlang: uk\r\nslug: no\r\ndescription: 'it''s'\r\n---\r\n# А\r\n"
    assert [(s.text, s.lang, s.role.value, s.address) for s in read(split, text)] == [
        ("Да\nні", "uk", "title", "front matter/title"),
        ("it's", "uk", "body", "front matter/description"),
        ("А", "uk", "title", "heading 1"),
    ]
    only = Document("a.md", text, fields=("slug",))
    assert [segment.text for segment in segments_of(split, only)] == ["А"], "“no” is no text in YAML"


def test_broken_front_matter_is_a_trouble_and_the_body_is_read() -> None:
    text = '---\ntitle: "a\n---\nдва\n'
    trouble, body = split(Document("a.md", text))
    assert isinstance(trouble, Trouble)
    assert isinstance(body, Segment)
    assert body.text == "два"


def test_toml_front_matter_is_not_read() -> None:
    assert texts(split, "+++\ntitle = 'x'\n+++\nдва") == ["два"]


def test_a_rule_is_no_front_matter() -> None:
    assert texts(split, "раз\n\n---\ntitle: x\n---\n") == ["раз", "title: x"]


def test_roles_and_addresses() -> None:
    text = "# a\n\nb ![c](d)\n\n| e |\n|---|\n\n<p>f</p>\n"
    assert [(s.role, s.address) for s in read(split, text)] == [
        (Role.TITLE, "heading 1"),
        (Role.BODY, "paragraph 1"),
        (Role.ATTRIBUTE, "image 1"),
        (Role.BODY, "cell 1"),
        (Role.BODY, "html 1, p 1"),
    ]


ATOMS = st.sampled_from(
    [
        "*", "**", "_", "__", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "a", "слово", " ", "  ", "\n", "\n\n",
        "> ", "- ", "1. ", "2) ", "    ", "\t", "# ", "---", "===", "```", "<b>", "</b>", "<br>", "<!--", "-->",
        "<div>", "</div>", "&amp;", "&x", "\\", "\\*", "|", "|-|-|", "| a | b |", "[r]: /u\n", "[r]", "[r][]",
        "<http://x>", '"t"', "'", "!", ".", "\r\n", "<pre>", "</pre>", "“", "$", "+", "=", "-", "<", ">", "&#65;",
    ]
)  # fmt: skip
TEXTS = st.lists(ATOMS, max_size=14).map("".join)


@given(TEXTS)
def test_generated_texts_are_mapped_exactly(text: str) -> None:
    assert_places(text, read(split, text), meaning)


@given(TEXTS)
def test_generated_texts_are_read_as_markdown_it_reads_them(text: str) -> None:
    commonmark = pytest.importorskip(
        "tests.formats.commonmark", reason="markdown-it-py is the second opinion"
    )
    assume(commonmark.is_comparable(text))
    ours = [
        (segment.address.rpartition(" ")[0], commonmark.normal(segment.text))
        for segment in read(split, "\n" + text)  # no front matter
    ]
    assert [one for one in ours if one[0] in ("heading", "paragraph", "cell")] == commonmark.blocks(text)


WORDS = st.lists(
    st.sampled_from(
        ["слово", "два три", "*раз* ", "**b**c ", "[x](y 'z') ", "`c` ", "\n", "\n\n", "# ", "- ", "> ", "&amp;", "\\*",
         "\n\n| a | b |\n|-|-|\n", "![alt](x) ", "<b>", "😀", ". ", "\r\n"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(WORDS, st.data())
def test_an_edit_changes_one_text_only(text: str, data: st.DataObject) -> None:
    assert_edit_is_local(split, text, data, "ж*_`<&amp;\\|ж", keep="\r\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    ["[", "]", "![", "[a](", "[a](b(", '[a](b "', "[a](<", "`", "`` ` ", "{{", "*", "**a ", "a**b", "_a*", "~~", "<a ",
     '<a b="', "<!--", "<?", "<![CDATA[", "&", "\\", "> ", "- ", "- a\n", "> a\n", "1. ", "    ", "\t", "|", "[a]: b\n",
     "[a]:\n", "```\n", "a\n===\n", "[a][b]", "*[a](b)*", "<code>", "<div>\n", "a  \n"],
)  # fmt: skip
def test_hostile_texts_take_linear_time(part: str) -> None:
    assert_linear(
        lambda text: list(split(Document("a", text))), lambda count: "[a]: /u\n\n" + part * count, 10_000
    )


@pytest.mark.parametrize("path", sorted(MARKDOWN.glob("*.md")), ids=lambda path: path.stem)
def test_fixtures(path: Path) -> None:
    if path.name == "README.md":
        return
    document = document_of(path, "markdown")
    segments = segments_of(split, document)
    assert_places(document.text, segments, meaning)
    assert_as_listed(path, segments)
