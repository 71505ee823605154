r"""The lines of JSON Lines, read by one pattern as long as they are built alike.

Nearly every line of a file has the members of the one before it, in the same order. Two such lines
make a Shape: a pattern that has the keys and brackets as they stand and a hole for each value. It
fits no line that is no JSON. A line that it does not fit goes through `jsonscan`, token by token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.formats.jsonscan import NUMBER, SPACE, STRING, TOKEN, Wanted, strings
from cleaner.formats.named import are_languages, language_of, role_of
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


class Layout(NamedTuple):
    """The places of the strings of a value, in their order."""

    places: tuple[Place, ...]


def layout_of(addresses: Sequence[str]) -> Layout:
    """The layout of a value whose strings have these addresses.

    >>> [(place.role.value, place.lang) for place in layout_of(["/title/en", "/title/uk", "/body"]).places]
    [('body', 'en'), ('body', 'uk'), ('body', None)]
    """
    languages = _languages(addresses)
    return Layout(
        tuple(
            Place(address, role_of(address), languages.get(number))
            for number, address in enumerate(addresses)
        )
    )


def _languages(addresses: Sequence[str]) -> dict[int, str]:
    """The languages of strings (by their number) whose members are called by languages.

    Either the members of the top, {"en": {"title": …}, "uk": …}, or the strings of one object,
    {"title": {"en": …, "uk": …}}.
    """
    tops = {address.split("/", 2)[1] if address else "" for address in addresses}
    if are_languages(tops) and (len(tops) > 1 or any(address.count("/") > 1 for address in addresses)):
        return {number: _tag(address.split("/", 2)[1]) for number, address in enumerate(addresses)}
    groups: dict[str, dict[str, int]] = {}
    for number, address in enumerate(addresses):
        parent, _, name = address.rpartition("/")
        groups.setdefault(parent, {})[name] = number
    return {
        number: _tag(name)
        for group in groups.values()
        if len(group) > 1 and are_languages(group)
        for name, number in group.items()
    }


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
        found = strings(text, start, end, self._wanted)
        addresses = tuple(address for address, _, _ in found)
        layout = self._layouts.get(addresses)
        if layout is None:
            layout = layout_of(addresses)
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
