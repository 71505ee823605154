"""Does a text repeat itself anywhere? Asked of all characters at once.

    has_period(text, reach, least)    whether some stretch stands again a few characters further on

Each character becomes a bit or two, the text one large number, and a shifted number laid over it shows
where the text is like itself: a dozen operations of the processor for each distance instead of a
comparison for each character. Longer distances are sampled: a stretch that long covers a place that is
looked for.

Says where nothing is with certainty, and where something may be: characters can share their bits.
"""

from __future__ import annotations

from collections.abc import Callable

_NEAR = 24  # up to this distance every place is compared, beyond it only samples
_TWO_BITS = 12  # up to this distance one bit a character is too little to tell by
_STEP, _SAMPLE = 44, 8
_PIECE = 1 << 15  # characters at once
_OVERLAP = 4 * _NEAR

# Two bits for the low byte of a character, so that letters that are near in the alphabet or common
# seldom share both.
_PLANES = tuple(
    bytes(b"01"[(code * 0x9E37 + (code >> 3) * 0x51) >> (7 + plane) & 1] for code in range(256))
    for plane in (0, 1)
)


def has_period(text: str, reach: int, least: Callable[[int], int]) -> bool:
    """Whether at least `least(distance)` characters in a row may stand again at a distance of 2 to `reach`.

    False is certain. `least` must be 8 or more, and from a distance of 24 on more than twice the distance.

    >>> least = lambda distance: max(8, 2 * distance + 2)
    >>> has_period("the bridge the bridge the bridge the bridge.", 128, least)
    True
    >>> has_period("He went over the bridge and into the town.", 128, least)
    False
    """
    if any(_is_like_itself(text[at : at + _PIECE + _OVERLAP], least) for at in range(0, len(text), _PIECE)):
        return True
    places = range(0, len(text) - _SAMPLE, _STEP)
    samples = [text[at : at + _SAMPLE] for at in places]
    starts = range(_NEAR + 1, len(text) + _NEAR + 1, _STEP)
    ends = range(reach + _SAMPLE, len(text) + reach + _SAMPLE, _STEP)
    for at, found in zip(places, map(text.find, samples, starts, ends), strict=False):
        while found > 0:
            if _run(text, at, found) >= least(found - at):
                return True
            found = text.find(text[at : at + _SAMPLE], found + 1, at + reach + _SAMPLE)
    return False


def _run(text: str, at: int, found: int) -> int:
    """How many characters in a row around `at` are those around `found`."""
    start, end, later = at, at, found
    while later < len(text) and text[end] == text[later]:
        end, later = end + 1, later + 1
    while start and text[start - 1] == text[start - 1 + found - at]:
        start -= 1
    return end - start


def _is_like_itself(text: str, least: Callable[[int], int]) -> bool:
    data = text.encode("ascii") if text.isascii() else text.encode("utf-16-le", "surrogatepass")[::2]
    if len(data) != len(text):  # two units for a character would be two places
        data = text.encode("utf-32-le", "surrogatepass")[::4]
    first, second = (int(data.translate(plane) or b"0", 2) for plane in _PLANES)
    every = (1 << len(data)) - 1
    not_first, not_second = every ^ first, every ^ second
    for distance in range(2, _NEAR + 1):
        same = not_first ^ (first >> distance)
        if distance < _TWO_BITS:
            same &= not_second ^ (second >> distance)
        same &= same >> 1  # from here on a bit is set where two, four, eight in a row were
        same &= same >> 2
        same &= same >> 4
        if not same:
            continue
        size, wanted = 8, least(distance)
        same &= every >> distance
        while same and size < wanted:
            more = min(size, wanted - size)
            same &= same >> more
            size += more
        if same:
            return True
    return False
