"""The encoding that a file of markup declares in its first bytes, for files that are not UTF-8."""

from __future__ import annotations

import codecs
import re

_XML = re.compile(rb"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{1,39})["']""")
_META = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([A-Za-z][A-Za-z0-9._:-]{1,39})""", re.IGNORECASE)
_HEAD = 1024  # HTML standard, 13.2.3.2: the bytes in which a declaration has to stand

# WHATWG Encoding Standard, 4.2: what browsers take these labels for
_WINDOWS = {"ascii": "windows-1252", "iso8859-1": "windows-1252", "iso8859-9": "windows-1254"}


def declared(data: bytes, *, html: bool = False) -> str | None:
    """The encoding that an XML declaration or a `meta` of HTML names; None when none does.

    A byte order mark is stronger than both and none of this function's business. What names UTF-16
    here was never written in it.

    >>> declared(b'<?xml version="1.0" encoding="KOI8-R"?><rss/>')
    'KOI8-R'
    >>> declared(b'<head><meta http-equiv=a content="text/html; charset=iso-8859-1">', html=True)
    'windows-1252'
    >>> declared(b"<p>")
    """
    found = _XML.match(data) or (_META.search(data, 0, _HEAD) if html else None)
    if not found:
        return None
    label = found[1].decode("ascii")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return label  # whoever decodes says that it is unknown
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return None
    return _WINDOWS.get(name, label) if html else label
