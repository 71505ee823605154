"""Edits of files with a structure, an encoding, line breaks: what is no text must stay as it was."""

from __future__ import annotations

import pytest

from cleaner.errors import FormatError
from tests.verify.reading import changes, kinds

CUE = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"
TWO = CUE + "\n2\n00:00:03,000 --> 00:00:04,000\n{}\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000{}\nHi\n"
XLIFF = (
    '<xliff version="1.2"><file original="a" source-language="ru" target-language="en"><body><trans-unit id="1">'
    "<source>{}</source><target>{}</target></trans-unit></body></file></xliff>"
)
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>{}</title><guid>{}</guid></item></channel></rss>"

# format, label, before, after, what is told
ROWS: list[tuple[str, str, str, str, str]] = [
    ("html", "an address in a tag", '<p>see <a href="/x">this</a></p>', '<p>see <a href="/y">this</a></p>', "markup"),
    ("html", "a tag gone", "<p>a <b>bold</b> word</p>", "<p>a bold word</p>", "markup"),
    ("html", "a tag around other words", "<p>a <b>bold</b> word</p>", "<p>a bold <b>word</b></p>", "markup"),
    ("html", "a tag not closed", "<p>a <b>bold</b> word</p>", "<p>a <b>bold word</p>", "markup"),
    ("html", "a class", '<p class="x">a word</p>', '<p class="y">a word</p>', "markup"),
    ("html", "a language", '<html lang="uk"><p>a word</p></html>', '<html lang="ru"><p>a word</p></html>', "markup"),
    ("html", "the doctype", "<!DOCTYPE html><p>a word</p>", "<p>a word</p>", "markup"),
    ("html", "a comment", "<p>a word</p><!-- x -->", "<p>a word</p><!-- y -->", "markup"),
    ("html", "a script", "<p>a word</p><script>f(1)</script>", "<p>a word</p><script>f(2)</script>", "markup"),
    ("html", "a line break", "<p>a<br>word</p>", "<p>a word</p>", "markup"),
    ("html", "what a picture shows", '<p>a <img alt="red cat"> b</p>', '<p>a <img alt="red dog"> b</p>', "letters"),
    ("html", "paragraphs merged", "<p>one two</p><p>three</p>", "<p>one two three</p>", "markup structure"),
    ("html", "a word in the next paragraph", "<p>one two</p><p>three</p>", "<p>one</p><p>two three</p>", "structure"),
    ("html", "an entity as its sign", "<p>a &mdash; b &amp; c</p>", "<p>a — b & c</p>", ""),
    ("html", "space in the source", "<p>a word\nor two</p>", "<p>a word or two</p>", ""),
    ("html", "a tag on two lines", '<p  class="x"\n id="y">a word</p>', '<p class="x" id="y">a word</p>', ""),
    ("json", "a key", '{"a": "x one", "b": "y"}', '{"c": "x one", "b": "y"}', "markup"),
    ("json", "a number", '{"a": "x one", "b": 5}', '{"a": "x one", "b": 6}', "markup"),
    ("json", "a number as a text", '{"a": "x one", "b": 5}', '{"a": "x one", "b": "5"}', "markup"),
    ("json", "true and false", '{"a": "x one", "b": true}', '{"a": "x one", "b": false}', "markup"),
    ("json", "nothing as a text", '{"a": null, "b": "x y"}', '{"a": "", "b": "x y"}', "markup"),
    ("json", "a key gone", '{"a": "x one", "b": "y two"}', '{"a": "x one"}', "letters markup structure"),
    ("json", "keys in another order", '{"a": 1, "b": "x y"}', '{"b": "x y", "a": 1}', "markup"),
    ("json", "texts swapped", '{"a": "one two", "b": "three four"}', '{"a": "three four", "b": "one two"}', "letters"),
    ("json", "items swapped", '["one two", "three four", "five"]', '["three four", "one two", "five"]', "letters"),
    ("json", "a word in another text", '{"a": "one two", "b": "three"}', '{"a": "one", "b": "two three"}', "structure"),
    ("json", "paragraphs of a text", '{"a": "x y\\n\\nz"}', '{"a": "x y z"}', "structure"),
    ("json", "a picture as two escapes", '{"a": "x \\ud83d\\ude00 y"}', '{"a": "x y"}', "letters"),
    ("json", "written with indents", '{"a":"x one","b":[1,2]}', '{\n  "a": "x one",\n  "b": [1, 2]\n}', ""),
    ("json", "escapes as letters", '{"a": "\\u0431\\u0443 \\/"}', '{"a": "бу /"}', ""),
    ("jsonl", "a number in a line", '{"a": "x 1"}\n{"a": "y 2"}\n', '{"a": "x 1"}\n{"a": "y 3"}\n', "digits"),
    ("csv", "a number in a cell", 'id,text\n1,"a 5"\n', 'id,text\n1,"a 6"\n', "digits"),
    ("csv", "a number of a row", 'id,text\n1,"a b"\n', 'id,text\n2,"a b"\n', "markup"),
    ("csv", "a word in the next cell", "a,b\nx y,z\n", "a,b\nx,y z\n", "structure"),
    ("csv", "a cell gone", "a,b\nx y,z w\n", "a,b\nx y\n", "letters markup structure"),
    ("csv", "a row gone", "a,b\nx y,1\nz w,2\n", "a,b\nx y,1\n", "letters markup structure"),
    ("csv", "another delimiter", "a,b\nx y,z w\n", "a;b\nx y;z w\n", "markup"),
    ("csv", "quotation marks of the format", 'a,b\n"x y",2\n', "a,b\nx y,2\n", ""),
    ("tsv", "a text in another column", "a\tb\tc\nx y\t\tz w\n", "a\tb\tc\nx y\tz w\t\n", "markup"),
    ("srt", "a time", CUE.format("Hi you"), CUE.format("Hi you").replace("2,000", "3,000"), "markup"),
    ("srt", "the form of a time", CUE.format("Hi you"), CUE.format("Hi you").replace(",", "."), "markup"),
    ("srt", "the number of a cue", CUE.format("Hi you"), CUE.format("Hi you").replace("1\n", "2\n", 1), "markup"),
    ("srt", "a cue gone", TWO.format("Hi there", "you"), CUE.format("Hi there"), "letters markup structure"),
    ("srt", "cues merged", TWO.format("Hi there", "you"), CUE.format("Hi there you"), "markup structure"),
    ("srt", "a word in the next cue", TWO.format("Hi there", "you"), TWO.format("Hi", "there you"), "structure"),
    ("srt", "a tag", CUE.format("<i>Hi</i> you"), CUE.format("Hi you"), "markup"),
    ("srt", "a place on the screen", CUE.format("{\\an8}Hi you"), CUE.format("Hi you"), "markup"),
    ("srt", "a line broken elsewhere", CUE.format("Hi\nyou there"), CUE.format("Hi you\nthere"), ""),
    ("vtt", "a setting", VTT.format(" align:left"), VTT.format(""), "markup"),
    ("po", "the source", 'msgid "a b"\nmsgstr "c d"\n', 'msgid "a c"\nmsgstr "c d"\n', "markup"),
    ("po", "a flag", '#, c-format\nmsgid "a b"\nmsgstr "c d"\n', 'msgid "a b"\nmsgstr "c d"\n', "markup"),
    ("po", "a context", 'msgctxt "x"\nmsgid "a"\nmsgstr "c d"\n', 'msgctxt "y"\nmsgid "a"\nmsgstr "c d"\n', "markup"),
    ("po", "a placeholder", 'msgid "a %d b"\nmsgstr "c %d d"\n', 'msgid "a %d b"\nmsgstr "c d"\n', "placeholders"),
    ("feed", "the name of an item", RSS.format("x y", "a:1"), RSS.format("x y", "a:2"), "markup"),
    ("feed", "a number in a title", RSS.format("x 1", "a:1"), RSS.format("x 2", "a:1"), "digits"),
    ("xliff", "the source", XLIFF.format("x y", "a b"), XLIFF.format("x z", "a b"), "markup"),
    ("xliff", "a tag of the tool", XLIFF.format("x y", 'a <x id="1"/> b'), XLIFF.format("x y", "a b"), "markup"),
    ("yaml", "a key", "en:\n  a: red cat\n", "en:\n  b: red cat\n", "markup"),
    ("yaml", "a key that moved out", "en:\n  a: x y\n  b:\n    c: z\n", "en:\n  a: x y\n  b:\n  c: z\n", "structure"),
    ("yaml", "a number", "en:\n  a: red cat\n  b: 5\n", "en:\n  a: red cat\n  b: 6\n", "markup"),
    ("yaml", "another indent", "en:\n  a: red cat\n", "en:\n    a: red cat\n", ""),
    ("markdown", "the level of a heading", "# Title\n\ntext here\n", "## Title\n\ntext here\n", "markup"),
    ("markdown", "an item that moved out", "- one\n  - two\n", "- one\n- two\n", "markup"),
    ("markdown", "an address", "See [here](http://a.org).\n", "See [here](http://b.org).\n", "markup"),
    ("markdown", "the text of a link", "See [a cat](http://a.org).\n", "See [a dog](http://a.org).\n", "letters"),
    ("markdown", "bold", "Some **bold** text.\n", "Some bold text.\n", "markup"),
    ("markdown", "code", "Use `x=1` now.\n", "Use `x=2` now.\n", "markup"),
    ("markdown", "a fence", "a b\n\n```\nx = 1\n```\n", "a b\n\n```\nx = 2\n```\n", "markup"),
    ("markdown", "front matter", "---\nid: 5\n---\n\na b\n", "---\nid: 6\n---\n\na b\n", "markup"),
    ("markdown", "paragraphs merged", "one two\n\nthree four\n", "one two three four\n", "structure"),
    ("markdown", "a line broken elsewhere", "one two\nthree four\n", "one two three\nfour\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "before", "after", "told"),
    [pytest.param(row[0], *row[2:], id=f"{row[0]}: {row[1]}") for row in ROWS],
)
def test_what_is_told(format: str, before: str, after: str, told: str) -> None:
    assert kinds(changes(before, after, format)) == told


@pytest.mark.parametrize(("format", "before", "after"), sorted({(row[0], row[2], row[3]) for row in ROWS}))
def test_the_same_is_the_same(format: str, before: str, after: str) -> None:
    assert changes(before, before, format) == []
    assert changes(after, after, format) == []


MESSAGES = [
    ("json", '{"a": "x one", "b": "y"}', '{"c": "x one", "b": "y"}', ["“a” became “c”"]),
    ("json", '{"a": "x one", "b": ["y"]}', '{"a": "x one", "b": []}', ["1 part of the text is gone", "“y” is gone"]),
    ("json", '{"a": "one two", "b": "three"}', '{"a": "one", "b": "two three"}', ["“two” stood in /a"]),
    ("json", '["x one", "y"]', '["x one"]', ["“y” is gone", "1 part of the text is gone"]),
    ("json", '{"a": ["x"]}', '{"a": {"0": "x"}}', ['“[” became “{”, “"”, “"”, “0”, “:”', "“]” became “}”"]),
    ("csv", "a,b\nx y,z w\n", "a;b\nx y;z w\n", ["“,” became “;”", "“,” became “;”"]),
    ("yaml", "en:\n  b:\n    c: z\n", "en:\n  b:\n  c: z\n", ["what stood in /en/b/c stands in /en/c"]),
    ("html", "<p>a</p><p>b</p>", "<p>a b</p>", ["2 parts of the text became 1", "“<p>”, “</p>” are gone"]),
    ("html", "<p>a <b>c</b> d</p>", "<p>a c <b>d</b></p>", ["text moved across a tag"]),
]  # fmt: skip


@pytest.mark.parametrize(("format", "before", "after", "told"), MESSAGES)
def test_it_is_told_in_words(format: str, before: str, after: str, told: list[str]) -> None:
    assert sorted(change.message for change in changes(before, after, format)) == sorted(told)


MARK = " with a byte order mark"
UTF16 = b"\xff\xfe" + "Hello you.".encode("utf-16-le")
BYTES = [
    ("its byte order mark", b"\xef\xbb\xbfHello you.", b"Hello you.", [f"the encoding was utf-8{MARK} and is utf-8"]),
    ("another encoding", b"Hello you.", UTF16, [f"the encoding was utf-8 and is utf-16-le{MARK}"]),
    ("CRLF as LF", b"a b\r\nc d\r\n", b"a b\nc d\n", ["lines ended in CRLF, now in LF"]),
    ("CR as LF", b"a b\rc d\r", b"a b\nc d\n", ["lines ended in CR, now in LF"]),
    ("one CRLF among LF", b"a b\nc d\n", b"a b\r\nc d\n", ["lines ended in LF, now in CRLF and LF"]),
    ("mixed in another way", b"a\r\nb\r\nc\nd\n", b"a\nb\r\nc\nd\n", ["some lines end in another line break"]),
    ("the last line break", b"a b\nc d\n", b"a b\nc d", ["the last line lost its line break"]),
    ("the only line break", b"a b\n", b"a b", ["the last line lost its line break"]),
    ("a last line break", b"a b", b"a b\n", ["the last line got a line break"]),
    ("emptied", b"a b\n", b"", ["“a”, “b” are gone"]),
    ("filled", b"", b"a b", ["“a”, “b” are new"]),
    ("empty", b"", b"", []),
    ("nothing but a line break", b"\n", b"\n", []),
    ("a letter not read", "un café".encode(), "un caf\ufffd".encode(), ["“café” became “caf�”", "1 letter became “�”"]),
    ("a byte that is no text", b"a b c", b"a b\xe9 c", ["“b” became “b\udce9”", "bytes that are no UTF-8 are new: E9"]),
    ("another byte that is no text", b"caf\xe9 here", b"caf\xe8 here", ["bytes that are no UTF-8 are new: E8"]),
    ("such a byte mended", b"caf\xe9 here", "café here".encode(), []),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), [pytest.param(*row[1:], id=row[0]) for row in BYTES])
def test_bytes(before: bytes, after: bytes, told: list[str]) -> None:
    assert sorted(change.message for change in changes(before, after, lang="fr", source=None)) == sorted(told)


def test_the_encoding_that_a_page_declares() -> None:
    old = "<meta charset=windows-1251><p>Привет вам</p>".encode("cp1251")
    new = "<meta charset=utf-8><p>Привет вам</p>".encode()
    assert kinds(changes(old, new, "html", lang="ru", source=None)) == "encoding markup"


def test_what_is_no_json_any_more_is_told() -> None:
    with pytest.raises(FormatError):
        changes('{"a": "x one"}', '{"a": "x one"', "json")
