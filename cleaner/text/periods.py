"""Does a text repeat itself anywhere? Asked of all characters at once.

    has_period(text, reach, least)    whether some stretch stands again a few characters further on

Each character becomes a bit or two, the text one large number, and a shifted number laid over it shows
where the text is like itself: a few operations of the processor for each distance instead of a
comparison for each character. Longer distances are sampled: a stretch that long covers a place that is
looked for.

Says where nothing is with certainty, and where something may be: characters can share their bits.
"""

from __future__ import annotations

from collections.abc import Callable

_NEAR = 24  # up to this distance every place is compared, beyond it only samples
_ONE_BYTE, _TWO_BYTES = 15, 23  # bits in a row that must fill one byte, or two, of a number
_STEP, _SAMPLE = 44, 8
_PIECE = 1 << 15  # characters at once
_OVERLAP = 4 * _NEAR

# Two bits for the low byte of a character, so that letters that are near in the alphabet or common
# seldom share both.
_PLANES = tuple(
    bytes(b"01"[(code * 0x9E37 + (code >> 3) * 0x51) >> (7 + plane) & 1] for code in range(256))
    for plane in (0, 1)
)


def has_period(text: str | bytes, reach: int, least: Callable[[int], int]) -> bool:
    """Whether at least `least(distance)` characters in a row may stand again at a distance of 2 to `reach`.

    False is certain. `least` must be 8 or more, and from a distance of 24 on more than twice the distance.
    Of bytes each counts as a character.

    >>> least = lambda distance: max(8, 2 * distance + 2)
    >>> has_period("the bridge the bridge the bridge the bridge.", 128, least)
    True
    >>> has_period("He went over the bridge and into the town.", 128, least)
    False
    """
    size = len(text)
    data = text if isinstance(text, bytes) else _bytes(text)
    pieces = (data[at : at + _PIECE + _OVERLAP] for at in range(0, size, _PIECE))
    if any(_is_like_itself(piece, least) for piece in pieces):
        return True
    places = range(0, size - _SAMPLE, _STEP)
    samples = [data[at : at + _SAMPLE] for at in places]
    starts = range(_NEAR + 1, size + _NEAR + 1, _STEP)
    ends = range(reach + _SAMPLE, size + reach + _SAMPLE, _STEP)
    for at, found in zip(places, map(data.find, samples, starts, ends), strict=False):
        while found > 0:
            if _run(data, at, found) >= least(found - at):
                return True
            found = data.find(data[at : at + _SAMPLE], found + 1, at + reach + _SAMPLE)
    return False


def _bytes(text: str) -> bytes:
    """A byte for each character: characters that are alike have the same."""
    if text.isascii():
        return text.encode("ascii")
    data = text.encode("utf-16-le", "surrogatepass")[::2]
    if len(data) != len(text):  # two units for a character would be two places
        data = text.encode("utf-32-le", "surrogatepass")[::4]
    return data


def _run(data: bytes, at: int, found: int) -> int:
    """How many characters in a row around `at` are those around `found`."""
    start, end, later = at, at, found
    while later < len(data) and data[end] == data[later]:
        end, later = end + 1, later + 1
    while start and data[start - 1] == data[start - 1 + found - at]:
        start -= 1
    return end - start


def _is_like_itself(data: bytes, least: Callable[[int], int]) -> bool:
    first, second = (int(data.translate(plane) or b"0", 2) for plane in _PLANES)
    size = len(data)
    every, in_bytes = (1 << size) - 1, size // 8 + 1
    not_first, not_second = every ^ first, every ^ second
    for distance in range(2, _NEAR + 1):
        wanted = least(distance)
        same = not_first ^ (first >> distance)
        if wanted < _TWO_BYTES:
            same &= not_second ^ (second >> distance)
        # So many bits in a row fill one byte of the number, or two side by side, wherever they begin.
        if wanted >= _ONE_BYTE:
            filled = b"\xff" if wanted < _TWO_BYTES else b"\xff\xff"
            if filled not in same.to_bytes(in_bytes, "little"):
                continue
        same &= every >> distance
        width = 1
        while same and width < wanted:  # a bit stays set where one, two, four … in a row were
            more = min(width, wanted - width)
            same &= same >> more
            width += more
        if same:
            return True
    return False
