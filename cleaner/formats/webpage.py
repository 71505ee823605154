"""HTML and XHTML: what people read on a page, tag soup included; see `hypertext` for what is read.

Cannot see: text that a script writes, text in SVG and MathML, captions that CSS generates.
White space stands in a segment as it stands in the source.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.formats import hypertext
from cleaner.formats.views import in_encoding
from cleaner.model import Document, Segment
from cleaner.values import replace


def split(document: Document) -> Iterator[Segment]:
    """A segment for each block of text and each attribute that people read.

    >>> page = "<html lang=uk><p title='За&#1075;оловок'>Це <em>він</em>"
    >>> [(s.text, s.lang, s.role.value) for s in split(Document("a.html", page, format="html"))]
    [('Заголовок', 'uk', 'attribute'), ('Це він', 'uk', 'body')]
    """
    is_xml = document.text[:200].lstrip().startswith("<?xml")
    is_unicode = document.encoding.name.lower().startswith("utf")
    for segment in hypertext.scan(document.text, xml=is_xml):
        if not is_unicode:
            segment = replace(segment, escape=in_encoding(segment.escape, document.encoding))
        yield segment
