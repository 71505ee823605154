"""The map of a text with escapes: found late, and then as exact as any."""

from __future__ import annotations

import html
import pickle
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats.escapes import unescape
from cleaner.formats.maps import EscapedMap
from cleaner.offsets import OffsetMap, Run, Span

ESCAPES = re.compile("%[0-9a-f]{2}|<[^<>]*>")


def value(written: str) -> str:
    return "" if written[0] == "<" else chr(int(written[1:], 16))


@given(st.lists(st.text("ab%1f<>", max_size=8), max_size=4))
def test_every_character_stands_where_the_map_says(strings: list[str]) -> None:
    source = "".join(f'"{string}"' for string in strings)
    ends = [0]
    for string in strings:
        ends.append(ends[-1] + len(string) + 2)
    stretches = [(start + 1, end - 1) for start, end in pairwise(ends)]
    text, map = unescape(source, stretches, ESCAPES, value)
    assert text == "".join(ESCAPES.sub(lambda escape: value(escape[0]), string) for string in strings)
    assert map.width == len(text)
    for run in map.runs:
        written = source[run.source : run.source + run.size]
        assert text[run.view : run.view + run.width] == (value(written) if run.atomic else written)


def test_a_late_map_can_be_pickled() -> None:
    _, map = unescape("a%41b", [(0, 5)], ESCAPES, value)
    assert isinstance(map, EscapedMap)
    copy = pickle.loads(pickle.dumps(map))
    assert type(copy) is OffsetMap
    assert copy.runs == map.runs
    assert copy.to_source(Span(1, 2)) == (Span(1, 4),)


def test_what_only_looks_like_an_escape_is_text() -> None:
    text, map = unescape("&sp;&amp;", [(0, 9)], re.compile("&[a-z]+;"), html.unescape)
    assert (text, map.runs) == ("&sp;&", (Run(0, 0, 4, 4), Run(4, 4, 1, 5, atomic=True)))
