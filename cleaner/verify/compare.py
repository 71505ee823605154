"""Two versions of a document → what changed in the second that should not have.

An edit may change punctuation and spaces, and whatever cleaner finds wrong in the first version. Beyond
that it keeps what the text states (numbers, addresses, placeholders, handles, tags), its words, the
names among them, its paragraphs, and the file: structure, encoding, line breaks. What it did not keep
is a Change.

Cannot see whether another word says the same, nor names in writing without capital letters (those are
words), nor new debris: that is for `check`. A fact that moved far is gone in one place and new in another.

Cost: nearly linear; about 3 µs a code point where something changed, nothing where nothing did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from cleaner.model import Document, Encoding, Finding, Invariant, Segment
from cleaner.offsets import Span
from cleaner.values import dataclass
from cleaner.verify import excuses
from cleaner.verify.diff import Change as Stretch
from cleaner.verify.diff import differences, windows
from cleaner.verify.joined import Joined
from cleaner.verify.skeleton import TEXT, Bone, skeleton
from cleaner.verify.told import SHOWN, became, listed, told

_BREAK = re.compile(r"\r\n|\n|\r")
_BREAKS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_REPLACEMENT = "\ufffd"  # what decoders write for bytes that they cannot read
_GARBLED = re.compile(f"[\udc80-\udcff{_REPLACEMENT}]")
_JSON = frozenset({"json", "jsonl", "jsonfeed"})
_AROUND_JSON = {'"', ","}
_NEAR = 8  # facts between two places that may have changed with each other


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
    bones = list(_skeletons(before, after))
    yield from bones
    for low, high, first, last in differences(_keys(before), _keys(after)):
        old, new = before.segments[low:high], after.segments[first:last]
        if len(old) != len(new) and not _is_emptied(before, after):
            yield _restructured(old, new, before, after, first)
        if [segment.address for segment in old] == [segment.address for segment in new]:
            yield from _one_by_one(old, new, before, after, excused)
        elif not bones and [segment.text for segment in old] == [segment.text for segment in new]:
            yield _elsewhere(old[0], new[0])
        else:
            texts = Joined(old, before, _start(before, high)), Joined(new, after, _start(after, last))
            yield from _texts(*texts, excused)


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
    yield from _garbled(before, after)
    if not (before.text and after.text):
        return
    was, now = _breaks(before.text), _breaks(after.text)
    names, new_names = ([_BREAKS[written] for written in dict.fromkeys(part)] for part in (was, now))
    if was and now and set(names) != set(new_names):
        message = f"lines ended in {' and '.join(names)}, now in {' and '.join(new_names)}"
        yield Change(Invariant.LINE_ENDS, message, start, start)
    elif was != now and len(was) == len(now):
        yield Change(Invariant.LINE_ENDS, "some lines end in another line break", start, start)
    ended, ends = (text.endswith(("\r", "\n")) for text in (before.text, after.text))
    if ended != ends:
        message = f"the last line {'lost its' if ended else 'got a'} line break"
        end, new_end = (Span(len(text), len(text)) for text in (before.text, after.text))
        yield Change(Invariant.LINE_ENDS, message, end, new_end)


def _named(encoding: Encoding) -> str:
    return f"{encoding.name} with a byte order mark" if encoding.bom else encoding.name


def _garbled(before: Document, after: Document) -> Iterator[Change]:
    """Letters that somebody could not read, and bytes that are no text, where there were none."""
    added = Counter(_GARBLED.findall(after.text)) - Counter(_GARBLED.findall(before.text))
    lost = added.pop(_REPLACEMENT, 0)
    end = Span(len(before.text), len(before.text))
    if lost:
        message = f"{lost:,} {'letter' if lost == 1 else 'letters'} became “{_REPLACEMENT}”"
        yield Change(Invariant.ENCODING, message, end, _found(after.text, {_REPLACEMENT}))
    if added:
        shown = ", ".join(f"{ord(byte) - 0xDC00:02X}" for byte in sorted(added)[:SHOWN])
        message = f"bytes that are no {after.encoding.name.upper()} are new: {shown}"
        yield Change(Invariant.ENCODING, message, end, _found(after.text, added))


def _found(text: str, signs: Collection[str]) -> Span:
    return next(Span(*found.span()) for found in _GARBLED.finditer(text) if found[0] in signs)


def _breaks(text: str) -> list[str]:
    return _BREAK.findall(text) if "\r" in text else ["\n"] * text.count("\n")


def _skeletons(before: Document, after: Document) -> Iterator[Change]:
    """What changed in what is not read."""
    if before.format == after.format == "plain":
        return
    old, new = skeleton(before), skeleton(after)
    moved = len(before.segments) == len(after.segments)
    for low, high, first, last in differences([bone.written for bone in old], [bone.written for bone in new]):
        was, now = ([bone.written for bone in part] for part in (old[low:high], new[first:last]))
        lost, added = ([word for word in part if word != TEXT] for part in (was, now))
        if not moved and {*lost, *added} <= (_AROUND_JSON if before.format in _JSON else set()):
            continue  # it is told as parts of the text that are gone or new
        message = became(*_telling(lost, added)) if lost or added else "text moved across a tag"
        yield Change(Invariant.MARKUP, message, _of(old, low, high, before), _of(new, first, last, after))


def _telling(*parts: list[str]) -> list[list[str]]:
    """Without the commas and quotation marks around what is gone or new, unless there is nothing else."""
    words = [[piece for piece in part if any(map(str.isalnum, piece))] for part in parts]
    return words if all(some or not part for some, part in zip(words, parts, strict=True)) else list(parts)


def _of(bones: Sequence[Bone], low: int, high: int, document: Document) -> Span:
    if low < high:
        return Span(bones[low].span.start, bones[high - 1].span.end)
    at = bones[low].span.start if low < len(bones) else len(document.text)
    return Span(at, at)


def _restructured(
    old: Sequence[Segment], new: Sequence[Segment], before: Document, after: Document, first: int
) -> Change:
    was, now = (f"{len(part)} part{'' if len(part) == 1 else 's'} of the text" for part in (old, new))
    message = f"{was} became {len(new)}"
    if not (old and new):
        message = (
            f"{was if old else now} {'is' if len(old or new) == 1 else 'are'} {'gone' if old else 'new'}"
        )
    here = new or after.segments[first : first + 1]
    address = (new or old)[0].address
    end = len(after.text)
    return Change(Invariant.STRUCTURE, message, _first(old, len(before.text)), _first(here, end), address)


def _start(document: Document, number: int) -> int:
    """Where a segment begins in the source; the end of the text for one that is not there."""
    return _first(document.segments[number : number + 1], len(document.text)).start


def _first(segments: Sequence[Segment], end: int) -> Span:
    if not segments or not segments[0].text:
        return Span(end, end)
    return segments[0].map.to_source(Span(0, 1))[0]


# -- The text ------------------------------------------------------------------------------------------


def _one_by_one(
    old: Sequence[Segment],
    new: Sequence[Segment],
    before: Document,
    after: Document,
    excused: excuses.Excuses,
) -> Iterator[Change]:
    """What changed in parts of the text that are where they were, and what moved from one into another."""
    whole = (Joined(old, before), Joined(new, after)) if len(old) > 1 else None
    if whole and _stated(whole[0]) == _stated(whole[1]):
        yield from _moved(*whole)
        return
    for was, now in zip(old, new, strict=True):
        for window, other in windows(was.text, now.text):
            texts = Joined([was], before, window=window), Joined([now], after, window=other)
            yield from _texts(*texts, excused)


def _moved(old: Joined, new: Joined) -> Iterator[Change]:
    """The facts of two texts, which are the same, where they stand in another part of the text."""
    places = [
        tuple(joined.number(fact.span.start) for joined, fact in ((old, was), (new, now)))
        for was, now in zip(old.facts, new.facts, strict=True)
    ]
    for (was, now), group in groupby(range(len(places)), key=places.__getitem__):
        if was != now:
            numbers = list(group)
            low, high = numbers[0], numbers[-1] + 1
            there, address = old.segments[was].address, new.segments[now].address
            named = there if there != address else "another part of the text"
            message = f"{listed([fact.key for fact in new.facts[low:high]])} stood in {named}"
            spans = old.source(old.span(low, high)), new.source(new.span(low, high))
            yield Change(Invariant.STRUCTURE, message, *spans, address)


def _elsewhere(old: Segment, new: Segment) -> Change:
    """A part of the text that has another address and is what it was: a key of YAML that moved out."""
    message = f"what stood in {old.address or 'the text'} stands in {new.address or 'the text'}"
    return Change(Invariant.STRUCTURE, message, _first([old], 0), _first([new], 0), new.address)


def _stated(joined: Joined) -> list[tuple[Invariant | None, str]]:
    return [(fact.kind, fact.key) for fact in joined.facts]


def _texts(old: Joined, new: Joined, excused: excuses.Excuses) -> Iterator[Change]:
    for low, high, first, last in _stretches(_stated(old), _stated(new)):
        span = old.span(low, high)
        where = old.source(span), new.source(new.span(first, last))
        was, now = old.facts[low:high], new.facts[first:last]
        rest = excused.without(where[0], was, now, old.source)
        kinds = {fact.kind for part in rest for fact in part} - {Invariant.LETTERS}
        left = [{fact.span for fact in part} for part in rest]
        told_old, told_new = (  # a fact is told with what it was, even if that was wrong
            [fact for fact in part if fact.kind in kinds or fact.span in some]
            for part, some in zip((was, now), left, strict=True)
        )
        for kind, message in told(told_old, told_new, old.text, new.text):
            yield Change(kind, message, *where, new.address(new.span(first, last).start))


def _stretches(
    old: Sequence[tuple[Invariant | None, str]], new: Sequence[tuple[Invariant | None, str]]
) -> Iterator[Stretch]:
    """Where two texts differ; what only changed places with something near it is one difference."""
    waiting: Stretch | None = None
    for change in differences(old, new):
        if waiting is not None:
            both = Stretch(waiting.low, change.high, waiting.first, change.last)
            if change.low - waiting.high <= _NEAR and _is_same_but_for_order(old, new, both):
                waiting = both
                continue
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


def _is_same_but_for_order(
    old: Sequence[tuple[Invariant | None, str]], new: Sequence[tuple[Invariant | None, str]], part: Stretch
) -> bool:
    low, high, first, last = part
    return high - low == last - first and Counter(old[low:high]) == Counter(new[first:last])
