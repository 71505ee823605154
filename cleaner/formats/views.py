"""How a reader of markup builds a segment: pieces of source → text and its map.

A piece is `(start, end, shown)` in code points of the source: `shown` is None for text that stands
there as it is, or what an entity or escape stands for. A piece of size zero shows something that
the source has no text for, so that an edit of the text can never reach the markup:

    "\\n"     where markup breaks the line (`<br>`)
    OBJECT   where something stands in the line that is not read (code, an image, a placeholder),
             so that the words around it are not pushed together
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

from cleaner.formats.maps import Piece, PlainMap, WovenMap
from cleaner.formats.named import language_of
from cleaner.model import Encoding
from cleaner.offsets import OffsetMap, Run

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
BLANK = " \t\n\r\f"  # white space of HTML and XML; a no-break space is text

Woven = tuple[str, OffsetMap]
_run = partial(tuple.__new__, Run)  # as Run(…), which takes twice as long and is most of the work


def weave(source: str, pieces: Iterable[Piece], *, trim: bool = True) -> Woven | None:
    """The text that pieces show and the map back, None when nothing is readable.

    White space and objects at both ends are no part of it, unless `trim` is false.

    >>> text, map = weave("<p> R&amp;D <b>это</b>", [(3, 5, None), (5, 10, "&"), (10, 12, None), (15, 18, None)])
    >>> text, map.runs[1]
    ('R&D это', Run(view=1, source=5, width=1, size=5, atomic=True))
    """
    pieces = list(pieces)
    if len(pieces) == 1 and pieces[0][2] is None and trim:  # a short cut: most paragraphs are like that
        start, end, _ = pieces[0]
        text = source[start:end]
        start += len(text) - len(text.lstrip(BLANK))
        text = text.strip(BLANK)
        return None if not text or text.isspace() else (text, PlainMap(start, len(text)))
    if trim:
        _trim(source, pieces)
    if not pieces:
        return None if trim else ("", OffsetMap(()))
    text = "".join([source[start:end] if shown is None else shown for start, end, shown in pieces])
    if trim and (not text or text.isspace()):
        return None
    return text, WovenMap(pieces)


def _trim(source: str, pieces: list[Piece]) -> None:
    """Take white space and objects off both ends."""
    while pieces:
        start, end, shown = pieces[-1]
        if shown is None:
            kept = len(source[start:end].rstrip(BLANK))
            if kept:
                pieces[-1] = (start, start + kept, None)
                break
        elif shown.strip(BLANK) and (shown != OBJECT or start < end):
            break
        pieces.pop()
    first = 0
    for start, end, shown in pieces:
        if shown is None:
            kept = len(source[start:end].lstrip(BLANK))
            if kept:
                pieces[first] = (end - kept, end, None)
                break
        elif shown.strip(BLANK) and (shown != OBJECT or start < end):
            break
        first += 1
    del pieces[:first]


Reference = tuple[int, int, str]


class Unwrapped:
    """A text that stands in another one in escapes, and the way back: HTML in the text of XML.

    It is `source[start:end]` with what stands there for something else: references, sorted, each
    `(start, end, shown)`; one that shows "" is markup in between.

    >>> xml = "<x>&lt;p>R&amp;amp;D"
    >>> html = Unwrapped(xml, 3, 20, [(3, 7, "<"), (10, 15, "&")])
    >>> html.text
    '<p>R&amp;D'
    >>> html.outward(OffsetMap((Run(0, 3, 1, 1), Run(1, 4, 1, 5, True), Run(2, 9, 1, 1)))).runs[1]
    Run(view=1, source=10, width=1, size=9, atomic=True)
    """

    __slots__ = ("_references", "_views", "text")

    def __init__(self, source: str, start: int, end: int, references: Iterable[Reference]) -> None:
        self._references = [(start, start, ""), *references]
        self._views: list[int] = []  # where in `text` each reference is shown
        chunks: list[str] = []
        at = ahead = start  # `ahead`: how far the source is ahead of `text`
        for low, high, shown in self._references:
            chunks.append(source[at:low])
            chunks.append(shown)
            self._views.append(low - ahead)
            ahead += high - low - len(shown)
            at = high
        chunks.append(source[at:end])
        self.text = "".join(chunks)

    def outward(self, inner: OffsetMap) -> OffsetMap | None:
        """The map into the source of a view whose map leads into `text`.

        None when an entity of the inner text is cut in two by markup of the outer one, so that no
        edit of it could be whole.
        """
        if isinstance(inner, PlainMap):  # a short cut: most paragraphs have nothing in escapes
            start, size = inner.stretch
            index = bisect_right(self._views, start) - 1
            is_last = index + 1 == len(self._views)
            reference = self._references[index]
            ahead = start - self._views[index] - len(reference[2])
            if ahead >= 0 and (is_last or start + size <= self._views[index + 1]):
                return PlainMap(reference[1] + ahead, size)
        runs: list[Run] = []
        for view, start, width, size, atomic in inner.runs:
            index = bisect_right(self._views, start) - 1
            if not size:
                runs.append(Run(view, self._place(index, start), width, 0, True))
                continue
            pieces = self._pieces(index, start, start + size)
            if not atomic:
                for shown, low, high, whole in pieces:
                    runs.append(_run((view, low, shown, high - low, whole)))
                    view += shown
            else:
                if any(before[2] != after[1] for before, after in pairwise(pieces)):
                    return None
                low, high = pieces[0][1], pieces[-1][2]
                runs.append(Run(view, low, width, high - low, True))
        return OffsetMap(tuple(runs))

    def _pieces(self, index: int, at: int, end: int) -> list[tuple[int, int, int, bool]]:
        """What `text[at:end]` stands for, piece by piece: width, source start and end, atomic or not.

        `index` is that of the last reference at or before `at`.
        """
        views, references = self._views, self._references
        pieces: list[tuple[int, int, int, bool]] = []
        while at < end:
            low, high, shown = references[index]
            after = views[index] + len(shown)
            if at < after:
                pieces.append((len(shown), low, high, True))
                at = after
            index += 1
            stop = views[index] if index < len(views) else end
            if stop > end:
                stop = end
            if at < stop:
                place = high + at - after
                pieces.append((stop - at, place, place + stop - at, False))
                at = stop
        return pieces

    def _place(self, index: int, at: int) -> int:
        low, high, shown = self._references[index]
        after = self._views[index] + len(shown)
        return low if at < after else high + at - after


# --- what new text must look like in a container


def markup_text(text: str) -> str:
    """New text between the tags of HTML and XML.

    >>> markup_text("R&D <будут>")
    'R&amp;D &lt;будут&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def double_quoted(text: str) -> str:
    """New text in an attribute between double quotes.

    >>> double_quoted('"да"')
    '&quot;да&quot;'
    """
    return markup_text(text).replace('"', "&quot;").replace("\n", "&#10;")


def single_quoted(text: str) -> str:
    """New text in an attribute between single quotes."""
    return markup_text(text).replace("'", "&#39;").replace("\n", "&#10;")


def unquoted(text: str) -> str:
    """New text in an attribute without quotes.

    >>> unquoted("on Monday")
    'on&#32;Monday'
    """
    return re.sub(r"[\s\"'=`]", lambda found: f"&#{ord(found[0])};", markup_text(text))


def cdata(text: str) -> str:
    """New text in a CDATA section, that must not end it.

    >>> cdata("a]]>b")
    'a]]]]><![CDATA[>b'
    """
    return text.replace("]]>", "]]]]><![CDATA[>")


def in_encoding(escape: Callable[[str], str], encoding: Encoding) -> Callable[[str], str]:
    """The escape of markup in a file of a legacy encoding: what it cannot write becomes a reference.

    >>> in_encoding(markup_text, Encoding("windows-1251"))("да ≤ нет")
    'да &#8804; нет'
    """
    if encoding.name.lower().startswith("utf"):
        return escape
    return partial(_referring, escape, encoding.name)


def _referring(escape: Callable[[str], str], encoding: str, text: str) -> str:
    return escape(text).encode(encoding, "xmlcharrefreplace").decode(encoding)


def language_tag(raw: str) -> str | None:
    """A language as a document declares it: "und" for "" and for one that we do not know, None for no tag.

    >>> language_tag(" en_US "), language_tag(""), language_tag("qqq"), language_tag("русский")
    ('en-US', 'und', 'und', None)
    """
    raw = raw.strip()
    return language_of(raw) or ("und" if not raw or _TAG.fullmatch(raw) else None)


_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*+")
