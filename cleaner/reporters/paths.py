"""Names of files for tools on other machines: relative to the root, with forward slashes."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import quote

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def relative(uri: str, root: str = "") -> str:
    """The path from `root`, without `./`; as it was when it lies elsewhere, or is a web address.

    >>> relative("/work/site/news/a.md", "/work/site"), relative("./news/a.md")
    ('news/a.md', 'news/a.md')
    >>> relative("https://example.org/feed.xml")
    'https://example.org/feed.xml'
    """
    if _ADDRESS.match(uri):
        return uri
    path = PurePath(uri)
    if root and path.is_absolute() and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_posix()


def reference(uri: str, root: str = "") -> str:
    """The path as a URI reference (RFC 3986): relative where it can be, its bytes percent-encoded.

    >>> reference("новини/день 1.md")
    '%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D0%B4%D0%B5%D0%BD%D1%8C%201.md'
    >>> reference("a:b#1.txt"), reference("/elsewhere/a.txt")
    ('a%3Ab%231.txt', 'file:///elsewhere/a.txt')
    """
    path = relative(uri, root)
    if _ADDRESS.match(path):
        return quote(_bytes(path), safe="/:?#[]@!$&'()*+,;=%~")
    quoted = quote(_bytes(path), safe="/~")
    if PurePath(uri).is_absolute() and path == PurePath(uri).as_posix():
        return "file://" + (quoted if quoted.startswith("/") else f"/{quoted}")
    return quoted


def _bytes(path: str) -> bytes:
    """The bytes of a name: what POSIX gave us undecoded, or the lone surrogates that Windows allows."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
