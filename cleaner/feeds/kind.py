"""What the bytes of a feed are: RSS, Atom or JSON Feed, and in which encoding.

The encoding is what a browser takes: a byte order mark, else the `charset` of the Content-Type
header, else the XML declaration, else UTF-8 (RFC 7303, section 3; XML 1.0, appendix F.2). With one
exception, and it is reported: a header that the bytes disprove does not count, since it says
something of the server and nothing of the text. JSON is UTF-8, whatever a header says (RFC 8259).
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from cleaner.errors import InputError
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"',]{1,40})""", re.IGNORECASE)
_IS_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"""<link\b[^>]{0,400}?type=["']?application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,400}>""", re.IGNORECASE
)
_HREF = re.compile(r"""href=["']?([^\s"'>]{1,300})""", re.IGNORECASE)
_VERSION = "https://jsonfeed.org/version/1"
_HEAD = 1000

# WHATWG Encoding Standard, 4.2: what browsers take these labels of a header for
_WINDOWS = {"iso8859-1": "windows-1252", "iso8859-9": "windows-1254"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How to read a feed. `stands_alone` says that a file with these bytes, which has no header,
    reads the same; `suffix` is the extension that such a file should have."""

    format: str
    suffix: str
    encoding: str | None = None
    stands_alone: bool = True
    warning: str = ""


def kind_of(data: bytes, content_type: str = "") -> Kind:
    """How to read these bytes. Raises InputError when they are no feed.

    >>> kind_of("<rss><title>Да</title></rss>".encode(), "text/xml; charset=iso-8859-1").warning
    'the server says iso-8859-1, but the bytes are UTF-8: read as utf-8'
    >>> kind_of("<rss><title>Да</title></rss>".encode("cp1251"), "text/xml; charset=windows-1251").encoding
    'windows-1251'
    """
    if not data.strip():
        raise InputError("empty")
    own = declared(data)
    text = _text(data, own)
    if text is not None and text.lstrip("\ufeff \t\r\n").startswith("{"):
        _check_json(text)
        return Kind("jsonfeed", ".json", "utf-8")
    encoding, warning = _choose(data, own, content_type)
    text, alone = decode(data, encoding)[0], text
    start = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _IS_HTML.match(start) or (
        _IS_HTML.search(start) and not re.search(r"<(?:rss|\w*:?feed|\w+:RDF)\b", start)
    ):
        raise InputError("an HTML page, no feed" + _named_feed(text))
    if not start.startswith("<"):
        raise InputError("neither XML nor JSON, so no feed")
    suffix = ".atom" if re.search(r"<(?:\w+:)?feed\b", start) else ".rss"
    return Kind("feed", suffix, encoding, alone == text, warning)


def _choose(data: bytes, own: str | None, content_type: str) -> tuple[str | None, str]:
    """The encoding, None for what the document itself says, and what to say about it."""
    found = _CHARSET.search(content_type)
    if not found or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return own, ""
    header, read = found[1], own or "utf-8"
    if _name(header) == _name(read):
        return own, ""
    header = _WINDOWS.get(_name(header), header)
    as_header, as_own = _text(data, header), _text(data, own)
    if as_header == as_own and as_own is not None:
        return own, ""
    if as_own is not None and _name(read) == "utf-8":
        return own, f"the server says {found[1]}, but the bytes are UTF-8: read as {read}"
    if as_header is None:
        return own, f"the server says {found[1]}, which the bytes are not: read as {read}"
    return header, f"read as {header}, as the server says; the document itself says {own or 'nothing'}"


def _name(label: str) -> str:
    """What Python calls an encoding; a label that it does not know stays as it is."""
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return label


def _text(data: bytes, encoding: str | None) -> str | None:
    """The text of the bytes; None when they are not all text in this encoding."""
    try:
        text, how = decode(data, encoding)
    except InputError:
        return None
    return None if how.undecodable else text


def _check_json(text: str) -> None:
    try:
        top = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return  # the format says where it breaks
    version = top.get("version") if isinstance(top, dict) else None
    if not isinstance(version, str) or not version.replace("http://", "https://").startswith(_VERSION):
        raise InputError("JSON, but no JSON Feed: it has no version of jsonfeed.org")


def _named_feed(page: str) -> str:
    """The feed that a page says it has, for whoever gave us the address of the page."""
    link = _FEED_LINK.search(page, 0, 200_000)
    href = _HREF.search(link[0]) if link else None
    return f"; it names one: {href[1]}" if href else ""
