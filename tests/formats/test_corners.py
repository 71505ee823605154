"""What stands at the edge of a format: it is read, and what no edit touches stays."""

from __future__ import annotations

import pytest

from cleaner import formats
from cleaner.errors import FormatError, InputError, UsageError
from cleaner.feeds.items import entries
from cleaner.formats.decode import decode
from cleaner.model import Document

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">{}</content></entry></feed>'
OBJECT = "\ufffc"

READ: dict[str, tuple[str, str, list[str]]] = {  # format, file → what is read
    "html: an end tag that browsers take for a break": ("html", "<p>one</br>two</p>", ["one\ntwo"]),
    "html: a title that is empty": ("html", "<title></title><p>one</p>", ["one"]),
    "xhtml: CDATA is what a person sees": (
        "feed", ATOM.format("<div>one <![CDATA[<two>]]> three</div>"), [f"one {OBJECT} three"],
    ),
    "xhtml: an element that says its language and is empty": (
        "feed", ATOM.format('<div>one <span xml:lang="uk"/>two</div>'), [f"one {OBJECT}two"],
    ),
    "markdown: an item that begins with nothing": ("markdown", "-\n\n  one\n", ["one"]),
    "markdown: a number that begins no list": ("markdown", "In\n1986. A year.\n", ["In\n1986. A year."]),
    "markdown: a table that a quotation ends": ("markdown", "| a | b |\n|---|---|\n> one\n", ["a", "b", "one"]),
    "markdown: cells with spaces, some of them empty": (
        "markdown", "| a | b |\n|---|---|\n|  one\t|  |\n| |two|\n", ["a", "b", "one", "two"],
    ),
    "markdown: no link in a link": ("markdown", "[one [two](u) three](v)\n", ["[one two three](v)"]),
    "markdown: a label that is too long": (
        "markdown", f"[{'a ' * 600}]\n\n[b]: /u\n", [f"[{'a ' * 600}]"],
    ),
    "yaml: what is tagged as no text is none": ("yaml", "a: !!int 5\nb: !own text\nc: !!str one\n", ["one"]),
    "yaml: an alias in place of a key": ("yaml", "a: &x one\n*x : two\n", ["one", "two"]),
    "xliff: a placeholder that looks like a break": (
        "xliff",
        '<xliff version="1.2"><file source-language="en" target-language="uk"><body><trans-unit id="1">'
        '<source>a</source><target>one<x id="1" ctype="x-album"/>two<x id="2" ctype="lb"/>three</target>'
        "</trans-unit></body></file></xliff>",
        [f"one{OBJECT}two\nthree"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("format", "text", "expected"), READ.values(), ids=READ)
def test_what_is_read(format: str, text: str, expected: list[str]) -> None:
    document = formats.split(Document("a", text, format))
    assert [segment.text for segment in document.segments] == expected


REFUSED = {  # format, file, what cannot be written into its first segment
    "srt: an empty line ends a cue": ("srt", "1\n00:00:01,000 --> 00:00:02,000\none\n", "a\n\nb", "SRT"),
    "vtt: an empty line ends a cue": ("vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\none\n", "a\n\nb", "WebVTT"),
}


@pytest.mark.parametrize(("format", "text", "new", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written(format: str, text: str, new: str, message: str) -> None:
    (segment,) = formats.split(Document("a", text, format)).segments
    with pytest.raises(FormatError, match=f"{message}: .* cannot be written into a cue"):
        segment.escape(new)


def test_an_encoding_that_would_not_keep_every_byte() -> None:
    """ISO-2022-JP may switch to ASCII where it is in ASCII already."""
    with pytest.raises(InputError, match="reading it as iso2022_jp would not keep every byte"):
        decode(b"\x1b(Babc", "iso2022_jp")
    assert decode("日本".encode("iso2022_jp"), "iso2022_jp")[0] == "日本"


@pytest.mark.parametrize(
    ("name", "hint"), [("markdwn", "did you mean “markdown”?"), ("x", "formats: plain, ")]
)
def test_a_format_that_nobody_knows(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        formats.get(name)
    assert hint in str(caught.value)


def test_the_link_of_an_item_is_the_one_to_its_page() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="https://e.org/1.xml"/>'
        '<link rel="alternate" href="https://e.org/1"/><link href="https://e.org/2"/><title>t</title></entry></feed>'
    )
    (entry,) = entries(text, "feed")
    assert entry.item.link == "https://e.org/1"
