"""The text of one Markdown block: what is read, what is markup, as CommonMark 0.31 describes it.

Emphasis, links and images follow the appendix "A parsing strategy" of the specification, with a
stack of delimiters and one of brackets; GFM adds ~~strikethrough~~. Link texts are read where they
stand, link titles and the texts of images are segments of their own. Code, images, autolinks and
the short codes of site generators are shown as OBJECT, inline HTML is a gap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from itertools import pairwise

from cleaner.formats.maps import Piece
from cleaner.formats.markdown.blocks import TAG, label_of
from cleaner.formats.references import entities
from cleaner.formats.views import OBJECT
from cleaner.values import dataclass, field

_TOKEN = re.compile(
    r"""\\(?:[!-/:-@\[-`{-~]|(?=\r|\n))
      | `++
      | &(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});
      | <
      | \{[{%]
      | !?\[
      | \]
      | \*++ | _++ | ~++""",
    re.VERBOSE,
)
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*+"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*+)>"
)
_ODD_TAGS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_INNER = rf"(?:[^\s()\\\x00-\x1f]|{_ESCAPED}|\\)*+"
_PARENTHESES = rf"\({_INNER}(?:\({_INNER}(?:\({_INNER}\){_INNER})*+\){_INNER})*+\)"
_TARGET = re.compile(
    rf"""\(\s*+(?:
        (?:<(?:[^<>\\\r\n]|\\.)*+>|(?!<)(?:[^\s()\\\x00-\x1f]|{_ESCAPED}|\\|{_PARENTHESES})++)?+
        (?:\s++(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)))?+
    )\s*+\)""",
    re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\s*+/?+>", re.IGNORECASE)
_UNREAD_TAG = re.compile(
    r"""<(code|kbd|samp|svg|math|textarea|rt|rp)\b
      | <([A-Za-z][A-Za-z0-9-]*+)\s(?=[^>]*?\b(?:translate\s*=\s*["']?no\b|notranslate\b|lang\s*=))""",
    re.IGNORECASE | re.VERBOSE,
)
_PUNCTUATION_AND_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class Aside:
    """Text that is not read in the line: the text of an image, the title of a link."""

    what: str
    pieces: list[Piece]


@dataclass(slots=True)
class Line:
    """What a block says: its pieces, and the asides."""

    pieces: list[Piece]
    asides: list[Aside] = field(default_factory=list)


class _Delimiter:
    """A run of `*`, `_` or `~`; what is left of it after matching is `start` to `end`."""

    __slots__ = ("after", "before", "char", "closes", "end", "opens", "size", "start")

    def __init__(self, char: str, start: int, end: int, opens: bool, closes: bool) -> None:
        self.char = char
        self.start = start
        self.end = end
        self.size = end - start
        self.opens = opens
        self.closes = closes
        self.before: _Delimiter | None = None
        self.after: _Delimiter | None = None


@dataclass(frozen=True, slots=True)
class _Bracket:
    start: int
    end: int
    gaps: int  # how many gaps, delimiters and asides there were before it
    delimiters: int
    asides: int


def read(text: str, start: int, end: int, labels: set[str]) -> Line:
    """The pieces of the inline text `text[start:end]`.

    `labels` are those of link reference definitions, and of footnotes with `^`.

    >>> text = "Он [*не*](https://a.b 'да') `x` \\\\* [будут]"
    >>> "".join(shown or text[a:b] for a, b, shown in read(text, 0, len(text), set()).pieces)
    'Он не \\ufffc * [будут]'
    """
    return _Reader(text, start, end, labels).read()


class _Reader:
    def __init__(self, text: str, start: int, end: int, labels: set[str]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.labels = labels
        self.gaps: list[tuple[int, int, str]] = []  # what is not read as it stands; "" is not shown at all
        self.asides: list[Aside] = []
        self.delimiters: list[_Delimiter] = []
        self.brackets: list[_Bracket] = []
        self.inactive = 0  # so many brackets are too far out for a link, as links do not nest
        self.ticks: dict[int, list[int]] | None = (
            None  # size of a run of backticks → where they stand, last first
        )
        self.last: dict[str, int] = {}  # where a closing mark stands for the last time

    def read(self) -> Line:
        text, at, end = self.text, self.start, self.end
        while found := _TOKEN.search(text, at, end):
            begin, at = found.span()
            char = text[begin]
            if char == "\\":
                self.gaps.append((begin, at, text[begin + 1 : at]))
            elif char == "`":
                at = self._code(begin, at)
            elif char == "&":
                self._entity(begin, at)
            elif char == "<":
                at = self._angle(begin)
            elif char == "{":
                at = self._short_code(begin, at)
            elif char == "]":
                at = self._close(begin)
            elif char in "[!":
                self.brackets.append(
                    _Bracket(begin, at, len(self.gaps), len(self.delimiters), len(self.asides))
                )
            else:
                self._run(char, begin, at)
        self._emphasise(0)
        self.gaps.sort()
        return Line(list(self._pieces(self.start, end, self.gaps)), self.asides)

    def _pieces(self, at: int, end: int, gaps: list[tuple[int, int, str]]) -> Iterator[Piece]:
        for low, high, shown in gaps:
            if at < low:
                yield at, low, None
            if shown in (OBJECT, "\n"):
                yield high, high, shown
            elif shown:
                yield low, high, shown
            at = high
        if at < end:
            yield at, end, None

    # --- tokens

    def _code(self, begin: int, after: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer("`++", self.text[begin : self.end]):
                self.ticks.setdefault(run.end() - run.start(), []).append(begin + run.start())
            for places in self.ticks.values():
                places.reverse()
        size = after - begin
        places = self.ticks.get(size, [])
        while places and places[-1] < after:
            places.pop()
        if not places:
            return after
        close = places.pop() + size
        self.gaps.append((begin, close, OBJECT))
        return close

    def _entity(self, begin: int, after: int) -> None:
        token = self.text[begin:after]
        if token[1] == "#" or token[1:] in html5:
            self.gaps += ((low, high, shown or "") for low, high, shown in entities(self.text, begin, after))

    def _angle(self, begin: int) -> int:
        text, end = self.text, self.end
        link = _AUTOLINK.match(text, begin, end)
        if link:
            self.gaps.append((begin, link.end(), OBJECT))
            return link.end()
        tag = TAG.match(text, begin, end)
        if tag:
            return self._tag(begin, tag.end())
        for opening, closing in _ODD_TAGS:
            if text.startswith(opening, begin) and begin + len(opening) <= end:
                if opening == "<!" and not text[begin + 2 : begin + 3].isalpha():
                    continue
                short = re.compile("<!---?>").match(text, begin, end) if opening == "<!--" else None
                at = short.end() if short else self._find(closing, begin + len(opening))
                if at > 0:
                    self.gaps.append((begin, at, ""))
                    return at
        return begin + 1

    def _tag(self, begin: int, after: int) -> int:
        text = self.text
        shown = "\n" if _BREAK_TAG.match(text, begin, after) else ""
        unread = _UNREAD_TAG.match(text, begin, after)
        if unread and text[after - 2] != "/":
            close = self._find(f"</{unread[1] or unread[2]}>", after)
            if close > 0:
                after, shown = close, OBJECT
        self.gaps.append((begin, after, shown))
        return after

    def _short_code(self, begin: int, after: int) -> int:
        """`{{< figure >}}`, `{% include %}`: what a site generator fills in is nobody's text."""
        close = self._find("}}" if self.text[begin + 1] == "{" else "%}", after)
        if close:
            self.gaps.append((begin, close, OBJECT))
        return close or after

    def _find(self, mark: str, at: int) -> int:
        """Where the next closing mark ends, 0 when there is none; the last one is sought only once."""
        if mark not in self.last:
            self.last[mark] = self.text.rfind(mark, at, self.end)
        if self.last[mark] < at:
            return 0
        return self.text.index(mark, at, self.end) + len(mark)

    # --- brackets

    def _close(self, at: int) -> int:
        after = at + 1
        if not self.brackets:
            return after
        bracket = self.brackets.pop()
        is_image = self.text[bracket.start] == "!"
        is_active = is_image or len(self.brackets) >= self.inactive
        self.inactive = min(self.inactive, len(self.brackets))
        if not is_active:
            return after
        if self.text[bracket.end] == "^" and self.text[bracket.end : at][:100] in self.labels:
            self.gaps.append((bracket.start, after, ""))  # the mark of a footnote
            return after
        stop = self._target(bracket, at)
        if not stop:
            return after
        if is_image:
            self._image(bracket, at, stop)
        else:
            self._emphasise(bracket.delimiters)
            self.gaps += ((bracket.start, bracket.end, ""), (at, stop, ""))
            self.inactive = len(self.brackets)
        return stop

    def _target(self, bracket: _Bracket, at: int) -> int:
        """Where the link whose text ends at `at` ends, 0 when it is none."""
        text, after = self.text, at + 1
        if text.startswith("(", after):
            target = _TARGET.match(text, after, self.end)
            if target:
                group = target.lastindex
                if group:
                    self._title(*target.span(group))
                return target.end()
        if not self.labels:
            return 0
        label = _LABEL.match(text, after, self.end)
        if label and label[1].strip():
            return label.end() if label_of(label[1]) in self.labels else 0
        if at - bracket.end > 999:
            return 0
        own = text[bracket.end : at]
        if _LABEL.match(text, bracket.end - 1, after) and own.strip() and label_of(own) in self.labels:
            return label.end() if label else after
        return 0

    def _title(self, low: int, high: int) -> None:
        self.asides.append(Aside("link title", list(self._escapes(low, high))))

    def _escapes(self, low: int, high: int) -> Iterator[Piece]:
        """The pieces of a text with backslash escapes and entities but without markup."""
        at = low
        for found in _PUNCTUATION_AND_BACKSLASH.finditer(self.text, low, high):
            yield from entities(self.text, at, found.start())
            yield found.start(), found.end(), found[1]
            at = found.end()
        yield from entities(self.text, at, high)

    def _image(self, bracket: _Bracket, at: int, stop: int) -> None:
        self._emphasise(bracket.delimiters)
        inner = sorted(self.gaps[bracket.gaps :])
        del self.gaps[bracket.gaps :]
        self.gaps.append((bracket.start, stop, OBJECT))
        self.asides.insert(bracket.asides, Aside("image", list(self._pieces(bracket.end, at, inner))))

    # --- emphasis

    def _run(self, char: str, begin: int, after: int) -> None:
        if char == "~" and after - begin != 2:
            return
        previous = self.text[begin - 1] if begin > self.start else " "
        following = self.text[after] if after < self.end else " "
        left = _flanks(previous, following)
        right = _flanks(following, previous)
        if char == "_":
            opens = left and (not right or _is_punctuation(previous))
            closes = right and (not left or _is_punctuation(following))
        else:
            opens, closes = left, right
        if opens or closes:
            self.delimiters.append(_Delimiter(char, begin, after, opens, closes))

    def _emphasise(self, first: int) -> None:
        """Match the delimiters from number `first` on, and forget them ("process emphasis")."""
        runs = self.delimiters[first:]
        del self.delimiters[first:]
        for one, next in pairwise(runs):
            one.after, next.before = next, one
        bottoms: dict[tuple[str, bool, int], _Delimiter | None] = {}
        closer = runs[0] if runs else None
        while closer:
            if not closer.closes:
                closer = closer.after
                continue
            key = (closer.char, closer.opens, closer.size % 3)
            bottom = bottoms.get(key)
            opener = closer.before
            while opener and opener is not bottom and not _match(opener, closer):
                opener = opener.before
            if opener and opener is not bottom:
                used = (
                    2
                    if closer.char == "~" or min(opener.end - opener.start, closer.end - closer.start) > 1
                    else 1
                )
                self.gaps += ((opener.end - used, opener.end, ""), (closer.start, closer.start + used, ""))
                opener.end -= used
                closer.start += used
                opener.after, closer.before = closer, opener  # what lies between matches nothing
                if opener.start == opener.end:
                    closer = _removed(opener, closer)
                if closer.start == closer.end:
                    next_one = closer.after
                    _remove(closer)
                    closer = next_one
            else:
                bottoms[key] = closer.before
                next_one = closer.after
                if not closer.opens:
                    _remove(closer)
                closer = next_one


def _removed(opener: _Delimiter, closer: _Delimiter) -> _Delimiter:
    _remove(opener)
    return closer


def _remove(one: _Delimiter) -> None:
    if one.before:
        one.before.after = one.after
    if one.after:
        one.after.before = one.before


def _match(opener: _Delimiter, closer: _Delimiter) -> bool:
    if opener.char != closer.char or not opener.opens:
        return False
    if (opener.closes or closer.opens) and closer.char != "~":
        return (opener.size + closer.size) % 3 != 0 or (opener.size % 3 == 0 and closer.size % 3 == 0)
    return True


def _flanks(outside: str, inside: str) -> bool:
    """Whether a delimiter run between the two characters is flanking towards `inside`."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    """Unicode general categories P and S, as CommonMark 0.31 defines punctuation."""
    return unicodedata.category(char)[0] in "PS"
