"""Two versions of a document → what changed in the second that should not have.

An edit may change punctuation and spaces, and whatever cleaner finds wrong in the first version. Beyond
that it keeps what the text states (numbers, addresses, placeholders, handles, tags), its words, the
names among them, and the file: structure, encoding, line breaks. What it did not keep is a Change.

Cannot see whether another word says the same, nor names in writing without capital letters (those are
words). A fact that moved far is gone in one place and new in another.

Cost: nearly linear; about 1 µs a code point where something changed, nothing where nothing did.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.model import Document, Encoding, Finding, Invariant, Segment
from cleaner.offsets import Span
from cleaner.text.words import is_sentence_start
from cleaner.values import dataclass
from cleaner.verify import excuses
from cleaner.verify.diff import differences
from cleaner.verify.skeleton import TEXT, Bone, skeleton
from cleaner.verify.tokens import Token, letters, tokens

SHOWN = 5  # lost and new ones that a message names
_GAP = "\n\n"  # between segments that are compared as one text


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was not kept. `before` and `after` are spans of the sources; one may be empty."""

    kind: Invariant
    message: str
    before: Span
    after: Span
    address: str = ""


def compare(
    before: Document, after: Document, known: Sequence[Finding] = (), cleaned: Document | None = None
) -> list[Change]:
    """Everything that was not kept, in the order of the second document.

    `known` is what is wrong in the first one, with its repairs, `cleaned` the first one with all of
    them made: a change there is what it should be.

    >>> from cleaner.formats import split
    >>> old, new = (split(Document("a", text)) for text in ("Загинули 140 людей.", "Загинуло 104 людини!"))
    >>> for change in compare(old, new):
    ...     print(change.kind, change.message)
    digits “140” became “104”
    letters “Загинули”, “людей” became “Загинуло”, “людини”
    """
    excused = excuses.Excuses(before, known)
    own = {_name(change) for change in _changes(before, cleaned, excused)} if cleaned else set()
    found = [change for change in _changes(before, after, excused) if _name(change) not in own]
    return sorted(found, key=lambda change: (change.after, change.before, change.kind))


def _name(change: Change) -> tuple[Invariant, Span, str]:
    return change.kind, change.before, change.message


def _changes(before: Document, after: Document, excused: excuses.Excuses) -> Iterator[Change]:
    yield from _files(before, after)
    yield from _skeletons(before, after)
    for low, high, first, last in differences(_keys(before), _keys(after)):
        old, new = before.segments[low:high], after.segments[first:last]
        if len(old) != len(new) and not _is_emptied(before, after):
            yield _restructured(old, new, before, after, first)
        yield from _texts(_Joined(old, before), _Joined(new, after), excused)


def _keys(document: Document) -> list[tuple[str, str]]:
    return [(segment.address, segment.text) for segment in document.segments]


def _is_emptied(before: Document, after: Document) -> bool:
    return len(before.segments) + len(after.segments) == 1  # a plain text that is empty, or was


# -- The file ------------------------------------------------------------------------------------------


def _files(before: Document, after: Document) -> Iterator[Change]:
    start = Span(0, 0)
    old, new = _named(before.encoding), _named(after.encoding)
    if old != new:
        yield Change(Invariant.ENCODING, f"the encoding was {old} and is {new}", start, start)
    was, now = _breaks(before.text), _breaks(after.text)
    if was and now and was != now:
        message = f"lines ended in {' and '.join(was)}, now in {' and '.join(now)}"
        yield Change(Invariant.LINE_ENDS, message, start, start)
    elif bool(was) == bool(now) and (before.text[-1:] in "\r\n") != (after.text[-1:] in "\r\n"):
        verb = "lost its" if before.text[-1:] in "\r\n" else "got a"
        old_end, new_end = len(before.text), len(after.text)
        message = f"the last line {verb} line break"
        yield Change(Invariant.LINE_ENDS, message, Span(old_end, old_end), Span(new_end, new_end))


def _named(encoding: Encoding) -> str:
    return f"{encoding.name} with a byte order mark" if encoding.bom else encoding.name


def _breaks(text: str) -> tuple[str, ...]:
    pairs = text.count("\r\n")
    counts = {"CRLF": pairs, "LF": text.count("\n") - pairs, "CR": text.count("\r") - pairs}
    return tuple(name for name, count in counts.items() if count)


def _skeletons(before: Document, after: Document) -> Iterator[Change]:
    """What changed in what is not read."""
    if before.format == after.format == "plain":
        return
    old, new = skeleton(before), skeleton(after)
    moved = len(before.segments) == len(after.segments)
    for low, high, first, last in differences([bone.written for bone in old], [bone.written for bone in new]):
        was, now = ([bone.written for bone in part] for part in (old[low:high], new[first:last]))
        lost, added = ([word for word in part if word != TEXT] for part in (was, now))
        if not (lost or added) and not moved:
            continue
        message = _became(lost, added) if lost or added else "text moved across a tag"
        yield Change(Invariant.MARKUP, message, _of(old, low, high, before), _of(new, first, last, after))


def _of(bones: Sequence[Bone], low: int, high: int, document: Document) -> Span:
    if low < high:
        return Span(bones[low].span.start, bones[high - 1].span.end)
    at = bones[low].span.start if low < len(bones) else len(document.text)
    return Span(at, at)


def _restructured(
    old: Sequence[Segment], new: Sequence[Segment], before: Document, after: Document, first: int
) -> Change:
    message = f"{len(old)} {'part' if len(old) == 1 else 'parts'} of the text became {len(new)}"
    here = new or after.segments[first : first + 1]
    address = (new or old)[0].address
    end = len(after.text)
    return Change(Invariant.STRUCTURE, message, _first(old, len(before.text)), _first(here, end), address)


def _first(segments: Sequence[Segment], end: int) -> Span:
    if not segments or not segments[0].text:
        return Span(end, end)
    return segments[0].map.to_source(Span(0, 1))[0]


# -- The text ------------------------------------------------------------------------------------------


class _Joined:
    """Some segments as one text, and the way back to the source."""

    __slots__ = ("document", "facts", "segments", "starts", "text")

    def __init__(self, segments: Sequence[Segment], document: Document) -> None:
        self.document, self.segments = document, segments
        self.text = _GAP.join(segment.text for segment in segments)
        self.starts: list[int] = []
        at = 0
        for segment in segments:
            self.starts.append(at)
            at += len(segment.text) + len(_GAP)
        self.facts = [token for token in tokens(self.text) if token.kind]

    def source(self, span: Span) -> Span:
        """A span of the text in the source of the document."""
        if not self.segments:
            return Span(0, 0)
        start, end = (self._place(at, is_end=bool(n)) for n, at in enumerate(span))
        return Span(min(start, end), end)

    def address(self, at: int) -> str:
        return self.segments[self._number(at)].address if self.segments else ""

    def _number(self, at: int) -> int:
        return max(bisect_right(self.starts, at) - 1, 0)

    def _place(self, at: int, *, is_end: bool) -> int:
        number = self._number(at - is_end if at else 0)
        segment = self.segments[number]
        inside = min(at - self.starts[number], len(segment.text))
        if is_end and inside:
            return segment.map.to_source(Span(inside - 1, inside))[-1].end
        if inside < len(segment.text):
            return segment.map.to_source(Span(inside, inside + 1))[0].start
        return segment.map.to_source(Span(inside, inside))[0].start

    def span(self, low: int, high: int) -> Span:
        """From one fact to another; empty when there is none, after the one before."""
        if low < high:
            return Span(self.facts[low].span.start, self.facts[high - 1].span.end)
        at = self.facts[low - 1].span.end if low else 0
        return Span(at, at)


def _texts(old: _Joined, new: _Joined, excused: excuses.Excuses) -> Iterator[Change]:
    keys = ([(token.kind, token.key) for token in joined.facts] for joined in (old, new))
    for low, high, first, last in differences(*keys):
        span = old.span(low, high)
        where = old.source(span), new.source(new.span(first, last))
        was, now = old.facts[low:high], new.facts[first:last]
        rest = excused.without(where[0], was, now, old.source)
        left = {token.kind for part in rest for token in part} - {Invariant.LETTERS}
        told_old, told_new = (  # a fact is told with what it was, even if that was wrong
            [token for token in part if token.kind in left or token in some]
            for part, some in zip((was, now), rest, strict=True)
        )
        for kind, message in _judged(told_old, told_new, old.text, new.text):
            yield Change(kind, message, *where, new.address(new.span(first, last).start))


def _judged(
    old: Sequence[Token], new: Sequence[Token], before: str, after: str
) -> Iterator[tuple[Invariant, str]]:
    """What two stretches state differently, kind by kind."""
    for kind in Invariant:
        if kind in (Invariant.LETTERS, Invariant.NAMES):
            continue
        was, now = ([token.key for token in part if token.kind is kind] for part in (old, new))
        if was != now:
            yield kind, _became(was, now)
    words = [[token for token in part if token.kind is Invariant.LETTERS] for part in (old, new)]
    if letters(words[0]) == letters(words[1]):
        return
    names, plain = [], []
    for part, text in zip(words, (before, after), strict=True):
        names.append([token.key for token in part if _is_name(token, text)])
        plain.append([token.key for token in part if not _is_name(token, text)])
    for kind, (was, now) in ((Invariant.NAMES, names), (Invariant.LETTERS, plain)):
        if was != now:
            yield kind, _became(was, now)


def _is_name(token: Token, text: str) -> bool:
    return token.key[0].isupper() and not is_sentence_start(text, token.span.start)


def _became(old: Sequence[str], new: Sequence[str]) -> str:
    """What became of some words.

    >>> _became(["Kyiv"], ["Kiev"]), _became(["5", "7"], ["7"]), _became([], ["5"])
    ('“Kyiv” became “Kiev”', '“5” is gone', '“5” is new')
    >>> _became(["3", "5"], ["5", "3"])
    '“3”, “5” are in another order'
    """
    lost = list((Counter(old) - Counter(new)).elements())
    added = list((Counter(new) - Counter(old)).elements())
    if lost and added:
        return f"{_listed(lost)} became {_listed(added)}"
    if lost:
        return f"{_listed(lost)} {'is' if len(lost) == 1 else 'are'} gone"
    if added:
        return f"{_listed(added)} {'is' if len(added) == 1 else 'are'} new"
    return f"{_listed(list(old))} are in another order"


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"“{word if len(word) <= 60 else word[:59] + '…'}”" for word in words[:SHOWN])
    return shown if len(words) <= SHOWN else f"{shown} and {len(words) - SHOWN} more"
