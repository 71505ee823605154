"""What bytes are, and which of the words on their encoding wins."""

from __future__ import annotations

import contextlib
import time

import pytest

from cleaner.errors import InputError
from cleaner.feeds.kind import kind_of
from cleaner.formats.decode import decode


def xml(encoding: str = "", text: str = "Выборы в среду") -> str:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    return f"{head}<rss><channel><title>{text}</title></channel></rss>"


@pytest.mark.parametrize(
    ("data", "content_type", "encoding", "alone", "warned"),
    [
        pytest.param(xml().encode(), "", None, True, "", id="nobody says anything: UTF-8"),
        pytest.param(xml().encode(), "text/xml; charset=UTF-8", None, True, "", id="the header says what is so"),
        pytest.param(
            xml("windows-1251").encode("cp1251"), "text/xml", "windows-1251", True, "", id="only the document says"
        ),
        pytest.param(
            xml().encode("cp1251"),
            'application/rss+xml; charset="windows-1251"',
            "windows-1251",
            False,
            "read as windows-1251, as the server says; the document itself says nothing",
            id="only the header says: it wins, but a file would lose it",
        ),
        pytest.param(
            xml("windows-1251").encode("koi8-r"),
            "text/xml; charset=koi8-r",
            "koi8-r",
            False,
            "read as koi8-r, as the server says; the document itself says windows-1251",
            id="transcoded on the way: the header wins, as in a browser",
        ),
        pytest.param(
            xml("utf-8").encode(),
            "text/xml; charset=ISO-8859-1",
            "utf-8",
            True,
            "the server says ISO-8859-1, but the bytes are UTF-8",
            id="a header for all pages of a server: the bytes disprove it",
        ),
        pytest.param(
            xml().encode(),
            "text/xml; charset=us-ascii",
            None,
            True,
            "the server says us-ascii, but the bytes are UTF-8",
            id="the default of a library",
        ),
        pytest.param(
            xml("windows-1251").encode("cp1251"),
            "text/xml; charset=utf-8",
            "windows-1251",
            True,
            "the server says utf-8, which the bytes are not",
            id="UTF-8 that is none",
        ),
        pytest.param(
            xml().encode(), "text/xml; charset=x-none", None, True, "the server says x-none", id="no such encoding"
        ),
        pytest.param(
            xml(text="plain").encode(), "text/xml; charset=windows-1251", None, True, "", id="ASCII is the same in both"
        ),
        pytest.param(
            b"\xef\xbb\xbf" + xml().encode(), "text/xml; charset=koi8-r", None, True, "", id="its own mark wins"
        ),
        pytest.param(
            b"\xff\xfe" + xml().encode("utf-16-le"), "text/xml; charset=utf-8", None, True, "", id="UTF-16"
        ),
        pytest.param(
            xml(text="“quoted”").encode("cp1252"),
            "text/xml; charset=iso-8859-1",
            "windows-1252",
            False,
            "read as windows-1252",
            id="latin-1 of a header is windows-1252, as in browsers",
        ),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1.1", "title": "Да"}'.encode(),
            "application/json; charset=windows-1251",
            "utf-8",
            True,
            "",
            id="JSON is UTF-8 whatever a header says",
        ),
    ],
)  # fmt: skip
def test_which_encoding_wins(
    data: bytes, content_type: str, encoding: str | None, alone: bool, warned: str
) -> None:
    found = kind_of(data, content_type)
    assert (found.encoding, found.stands_alone) == (encoding, alone)
    assert warned in found.warning
    assert bool(warned) == bool(found.warning)


@pytest.mark.parametrize("real", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize("header", ["", "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "nonsense"])
def test_a_text_that_is_read_right_may_be_saved_only_when_its_file_reads_the_same(
    real: str, header: str
) -> None:
    data = xml("utf-8" if real == "utf-8" else real).encode(real)
    found = kind_of(data, f"text/xml; charset={header}" if header else "")
    if found.stands_alone:
        assert decode(data, real)[0] == decode(data, found.encoding)[0]


@pytest.mark.parametrize(
    ("text", "format", "suffix"),
    [
        (xml(), "feed", ".rss"),
        ("\ufeff\n" + xml(), "feed", ".rss"),
        ('<?xml version="1.0"?><!-- us --><feed xmlns="http://www.w3.org/2005/Atom"/>', "feed", ".atom"),
        ('<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', "feed", ".atom"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "feed", ".rss"),
        ("<rss><channel><title><![CDATA[<html>]]></title></channel></rss>", "feed", ".rss"),
        (' {"version": "https://jsonfeed.org/version/1", "items": []}', "jsonfeed", ".json"),
    ],
)
def test_formats(text: str, format: str, suffix: str) -> None:
    found = kind_of(text.encode())
    assert (found.format, found.suffix) == (format, suffix)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n", "empty", id="white space"),
        pytest.param(b"<!DOCTYPE html><p>404", "an HTML page, no feed", id="a page"),
        pytest.param(b"<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>", "an HTML page", id="XHTML"),
        pytest.param(
            b"<html><link href='/f.xml' type='application/atom+xml'>",
            "no feed",
            id="a page with a feed, other order",
        ),
        pytest.param(
            b"<html><link rel=alternate type=application/rss+xml href=https://e.org/f.xml>",
            "an HTML page, no feed; it names one: https://e.org/f.xml",
            id="a page that names its feed",
        ),
        pytest.param(b"Not Found", "neither XML nor JSON", id="text"),
        pytest.param(b"%PDF-1.7", "neither XML nor JSON", id="PDF"),
        pytest.param(b'{"error": "quota"}', "JSON, but no JSON Feed", id="another JSON"),
        pytest.param(b'[{"title": "a"}]', "neither XML nor JSON", id="a JSON array"),
        pytest.param(b"\x1f\x8b\x08\0\0", "NUL", id="gzip that nobody declared"),
        pytest.param(b"\0\0\0\0", "NUL", id="NUL"),
    ],
)
def test_what_is_no_feed(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        kind_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 300_000,
        '{"a":' * 100_000,
        "<html>" + "<link " * 100_000,
        "<html>" + "<link type=" * 100_000,
        "<" * 300_000,
    ],
    ids=["braces", "objects", "links", "types", "signs"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.process_time()
    with contextlib.suppress(InputError):
        kind_of(text.encode())
    assert time.process_time() - started < 1
