r"""The lines of JSON Lines, read by one pattern as long as they are built alike.

Nearly every line of a file has the members of the one before it, in the same order. Two such lines
make a Shape: a pattern that has the keys and brackets as they stand and a hole for each value. It
fits no line that is no JSON. A line that it does not fit goes through `jsonscan`, token by token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.formats.jsonscan import NUMBER, SPACE, STRING, TOKEN, Wanted, strings
from cleaner.formats.named import are_languages, is_language, language_of, role_of
from cleaner.model import Role

_MOST_SHAPES = 4  # that are tried on a line, and so how much longer a line may take that fits none
_MOST_PATTERNS = 20  # that are made for one document: each costs as much as a hundred lines
_MOST_TOKENS = 200
_MOST_LAYOUTS = 500

_SCALAR = f"{NUMBER}|true|false|null|NaN"
_HOLE = f'(?:"({STRING[1:-1]})"|{_SCALAR})'

Stretch = tuple[int, int]
"""Where the content of a string begins and ends; (-1, -1) when there is none."""


class Place(NamedTuple):
    """What the address of a string tells."""

    address: str
    role: Role
    lang: str | None


Layout = tuple[Place, ...]
"""The places of the strings of a value, in their order."""


def places_of(addresses: Sequence[str]) -> Iterator[Place]:
    """What the addresses of the strings of a value tell, in their order.

    >>> [(place.role.value, place.lang) for place in places_of(["/title/en", "/title/uk", "/body"])]
    [('body', 'en'), ('body', 'uk'), ('body', None)]
    """
    for address, lang in zip(addresses, _languages(addresses), strict=True):
        yield Place(address, role_of(address), lang)


def _languages(addresses: Sequence[str]) -> list[str | None]:
    """The languages of strings whose members are called by languages.

    Either the members of the top, {"en": {"title": …}, "uk": …}, or the strings of one object,
    {"title": {"en": …, "uk": …}}.
    """
    tops: set[str] = set()
    for address in addresses:
        top = address.split("/", 2)[1] if address else ""
        if not is_language(top):
            break
        tops.add(top)
    else:
        if are_languages(tops) and (len(tops) > 1 or any(address.count("/") > 1 for address in addresses)):
            return [_tag(address.split("/", 2)[1]) for address in addresses]
    found: list[str | None] = [None] * len(addresses)
    around: list[_Group] = []  # of the string that was read last, whose members may go on
    for number, address in enumerate(addresses):
        parent, _, name = address.rpartition("/")
        while around and parent != around[-1].parent and not parent.startswith(f"{around[-1].parent}/"):
            around.pop().tell(found)
        if not around or around[-1].parent != parent:
            around.append(_Group(parent))
        around[-1].add(name, number)
    for group in around:
        group.tell(found)
    return found


class _Group:
    """The strings of one object, by their names, as long as all of these may be names of languages."""

    __slots__ = ("_names", "parent")

    def __init__(self, parent: str) -> None:
        self.parent = parent
        self._names: dict[str, int] | None = {}

    def add(self, name: str, number: int) -> None:
        if self._names is not None:
            if is_language(name):
                self._names[name] = number
            else:
                self._names = None

    def tell(self, found: list[str | None]) -> None:
        """Write down the languages, when they are some."""
        if self._names and len(self._names) > 1 and are_languages(self._names):
            for name, number in self._names.items():
                found[number] = _tag(name)


def _tag(name: str) -> str:
    return language_of(name) or name


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    layout: Layout


class Shapes:
    """Reads the lines of one document."""

    __slots__ = ("_layouts", "_made", "_shapes", "_wanted")

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._shapes: list[_Shape] = []  # the one that fitted last stands first
        self._made = 0
        self._layouts: dict[tuple[str, ...], Layout] = {}

    def read(self, text: str, start: int, end: int) -> tuple[Layout, Sequence[Stretch]]:
        """The layout of the line text[start:end] and where its strings stand; as `strings`.

        Raises FormatError at the first place where it is no JSON.
        """
        for number, shape in enumerate(self._shapes):
            fits = shape.pattern.fullmatch(text, start, end)
            if fits:
                if number:
                    self._shapes.insert(0, self._shapes.pop(number))
                return shape.layout, fits.regs[1:]
        found = list(strings(text, start, end, self._wanted))
        addresses = tuple(address for address, _, _ in found)
        layout = self._layouts.get(addresses)
        if layout is None:
            layout = tuple(places_of(addresses))
            if len(self._layouts) < _MOST_LAYOUTS:
                self._layouts[addresses] = layout
        elif addresses and self._made < _MOST_PATTERNS:
            self._learn(text, start, end, found, layout)
        return layout, [(low, high) for _, low, high in found]

    def _learn(
        self, text: str, start: int, end: int, found: Sequence[tuple[str, int, int]], layout: Layout
    ) -> None:
        self._made += 1
        pattern = _pattern(text, start, end, {low for _, low, _ in found})
        if pattern:
            self._shapes.insert(0, _Shape(pattern, layout))
            del self._shapes[_MOST_SHAPES:]


def _pattern(text: str, start: int, end: int, read: set[int]) -> re.Pattern[str] | None:
    """The pattern of lines like a line that is JSON, None for one that is too long to make one.

    A string that stands at one of the places in `read` is a group. Where such a string stands there
    may be another value in other lines, but not the other way round: nothing tells its address.
    """
    parts = [SPACE]
    for token in TOKEN.finditer(text, start, end):
        written, sign = token.groups("")
        if not written:
            break
        if len(parts) > _MOST_TOKENS:
            return None
        if written[0] != '"':
            part = re.escape(written) if written in "[]{}" else f"(?:{_SCALAR})"
        elif sign == ":":
            part = re.escape(written)
        elif token.start(1) + 1 in read:
            part = _HOLE
        else:
            part = f"(?:{STRING}|{_SCALAR})"
        parts.append(part + SPACE + sign + SPACE)
    return re.compile("".join(parts))
