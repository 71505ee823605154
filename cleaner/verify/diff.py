"""Where two sequences differ, in nearly linear time whatever they are.

`difflib` finds small differences well and takes the square of the size, or worse, on large ones: two
versions of a book, or a text of one word a million times. Here sequences are first cut at what both
have exactly once, in the same order (Bram Cohen's patience diff); what lies between is short as a rule
and is left to difflib. A long stretch without such a place is one difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.offsets import Span

LONG = 100_000  # code points from which a text is first compared line by line
SMALL = 40_000  # items of one times items of the other that difflib may compare
DEPTH = 30  # cuts within cuts


class Change(NamedTuple):
    """`old[low:high]` has become `new[first:last]`; both may be empty, not both at once."""

    low: int
    high: int
    first: int
    last: int


def differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Change]:
    """The stretches in which two sequences differ, in order; between them they are the same.

    >>> differences("на 5 дней".split(), "на 6 дней".split())
    [Change(low=1, high=2, first=1, last=2)]
    >>> differences("ab", "ab"), differences("", "b")
    ([], [Change(low=0, high=0, first=0, last=1)])
    """
    found: list[Change] = []
    for change in _between(old, new, Change(0, len(old), 0, len(new))):
        if found and found[-1].high == change.low and found[-1].last == change.first:
            change = Change(found[-1].low, change.high, found.pop().first, change.last)
        found.append(change)
    return found


def windows(old: str, new: str) -> list[tuple[Span, Span]]:
    """The parts of two texts in which they may differ, each with a line around it that is the same in both.

    Of short texts that is the whole: only of long ones a part takes less time and room.
    """
    if max(len(old), len(new)) < LONG:
        return [(Span(0, len(old)), Span(0, len(new)))]
    lines, others = _lines(old), _lines(new)
    starts, other_starts = (list(accumulate(map(len, part), initial=0)) for part in (lines, others))
    found = []
    for low, high, first, last in differences(lines, others):
        low, first = (low - 1, first - 1) if low and first else (low, first)
        high, last = (high + 1, last + 1) if high < len(lines) and last < len(others) else (high, last)
        found.append((Span(starts[low], starts[high]), Span(other_starts[first], other_starts[last])))
    return found


def _lines(text: str) -> list[str]:
    r"""The lines of a text, empty ones with the line before them.

    >>> _lines("\na\n \nb")
    ['\na\n \n', 'b']
    """
    out: list[str] = []
    waiting = ""
    for line in text.splitlines(keepends=True):
        if line.isspace():
            waiting += line
        else:
            if out:
                out[-1] += waiting
                waiting = ""
            out.append(waiting + line)
            waiting = ""
    if waiting:
        out.append(out.pop() + waiting if out else waiting)
    return out


def _between(old: Sequence[Hashable], new: Sequence[Hashable], whole: Change) -> Iterator[Change]:
    work = [(whole, 0)]  # a stack, the next one last
    while work:
        (low, high, first, last), depth = work.pop()
        while low < high and first < last and old[low] == new[first]:
            low, first = low + 1, first + 1
        while low < high and first < last and old[high - 1] == new[last - 1]:
            high, last = high - 1, last - 1
        here = Change(low, high, first, last)
        if low == high or first == last:
            if low < high or first < last:
                yield here
        elif (high - low) * (last - first) <= SMALL:
            yield from _small(old, new, here)
        elif depth < DEPTH and (anchors := _anchors(old, new, here)):
            cuts = [(low, first), *((one + 1, other + 1) for one, other in anchors)]
            ends = [*anchors, (high, last)]
            parts = [
                (Change(start, end, at, to), depth + 1)
                for (start, at), (end, to) in zip(cuts, ends, strict=True)
            ]
            work += reversed(parts)
        else:
            yield here


def _small(old: Sequence[Hashable], new: Sequence[Hashable], part: Change) -> Iterator[Change]:
    from difflib import SequenceMatcher

    low, high, first, last = part
    matcher = SequenceMatcher(None, old[low:high], new[first:last], autojunk=False)
    for tag, start, end, at, to in matcher.get_opcodes():
        if tag != "equal":
            yield Change(low + start, low + end, first + at, first + to)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], part: Change) -> list[tuple[int, int]]:
    """Places of what both have exactly once, the most that stand in the same order."""
    low, high, first, last = part
    once = {item for item, count in Counter(old[low:high]).items() if count == 1}
    there = Counter(item for item in new[first:last] if item in once)
    places = {new[at]: at for at in range(first, last) if there.get(new[at]) == 1}
    pairs = [(at, places[old[at]]) for at in range(low, high) if old[at] in places]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, sorted by the first number, in which the second rises as well."""
    ends: list[int] = []  # the smallest last number of a rising part, by its length
    last: list[int] = []  # the pair that it ends with
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        if length == len(ends):
            ends.append(at)
            last.append(number)
        else:
            ends[length], last[length] = at, number
        before.append(last[length - 1] if length else -1)
    out = []
    number = last[-1] if last else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]
