"""A file that is only called .xml: its root element says whether it is a feed, XLIFF or TMX.

Other vocabularies are not read, because nothing tells their text from their codes: no segment, and
no error, since a folder is full of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.formats import feed, webpage, xliff, xmlscan
from cleaner.model import Document, Segment, Trouble

_ROOT = re.compile(
    r"""(?:\s++|<\?.*?\?>|<!--.*?-->|<!(?:[^>"'\[]|"[^"]*+"|'[^']*+'|\[[^\]]*+\])*+>)*+<([^\s/>!?]++)""",
    re.DOTALL,
)
_READERS: dict[str, Callable[[Document], Iterator[Segment | Trouble]]] = {
    "rss": feed.split,
    "feed": feed.split,
    "entry": feed.split,
    "RDF": feed.split,
    "xliff": xliff.split,
    "tmx": xliff.split,
    "html": webpage.split,
}


def split(document: Document) -> Iterator[Segment | Trouble]:
    """The segments of the vocabulary that the root element belongs to. Raises FormatError as its reader does.

    >>> [s.text for s in split(Document("a.xml", "<rss><channel><title>Да</title></channel></rss>"))]
    ['Да']
    >>> list(split(Document("pom.xml", "<project><name>cleaner</name></project>")))
    []
    """
    root = _ROOT.match(document.text)
    if root is None:
        xmlscan.check(document.text)  # says what is wrong with it
    name = root[1].rpartition(":")[2] if root else ""
    if name in _READERS:
        yield from _READERS[name](document)
