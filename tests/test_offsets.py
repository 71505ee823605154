"""Spans, maps, edits and lines hold for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.offsets import Edit, LineIndex, OffsetMap, Position, Run, Span, splice, unsplice, utf8, utf16

TEXTS = st.text(alphabet=st.sampled_from("aб漢😀 \u0301\u2028\n\r\x0b"), max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that neither overlap nor touch."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(Span(a, b), draw(st.text(alphabet="xyz", max_size=3))) for a, b in pairs]


@given(edited())
def test_bytes_outside_edits_are_identical(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    new = splice(text, edits)
    assert len(new) == len(text) + sum(len(edit.text) - edit.span.size for edit in edits)
    at = 0
    for span, inserted in sorted(edits):
        assert new.startswith(text[at : span.start])
        new = new[len(text[at : span.start]) :]
        assert new.startswith(inserted)
        new = new[len(inserted) :]
        at = span.end
    assert new == text[at:]


@given(edited())
def test_untouched_characters_map_back_to_themselves(given_text: tuple[str, list[Edit]]) -> None:
    text, edits = given_text
    new = splice(text, edits)
    touched = {i for edit in edits for i in range(*edit.span)}
    shift = 0
    for i in range(len(text)):
        shift += sum(len(e.text) - e.span.size for e in edits if e.span.end == i or (e.span == (i, i)))
        if i not in touched:
            now = i + sum(len(e.text) - e.span.size for e in edits if e.span.end <= i)
            assert new[now] == text[i]
            assert unsplice(Span(now, now + 1), edits) == Span(i, i + 1)


def test_what_an_edit_wrote_maps_to_what_it_replaced() -> None:
    edits = [Edit(Span(6, 11), "will")]  # both [будут] be
    assert unsplice(Span(6, 10), edits) == Span(6, 11)
    assert unsplice(Span(7, 8), edits) == Span(6, 11)
    assert unsplice(Span(11, 12), edits) == Span(12, 13)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])


@given(TEXTS)
def test_positions_and_offsets_are_opposites(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        position = index.position(offset)
        assert index.offset(position) == offset
        assert position >= Position(1, 1)


@given(TEXTS)
def test_lines_break_as_editors_break_them(text: str) -> None:
    index = LineIndex(text)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [index.line(number + 1) for number in range(len(index))] == expected


@given(TEXTS)
def test_units_of_other_tools(text: str) -> None:
    for offset in range(len(text) + 1):
        assert utf16(text, offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert utf8(text, offset) == len(text[:offset].encode())


ENTITY = OffsetMap((Run(0, 10, 3, 3), Run(3, 13, 1, 5, atomic=True), Run(4, 18, 2, 2), Run(6, 30, 4, 4)))


@pytest.mark.parametrize(
    ("view", "pieces"),
    [
        pytest.param(Span(0, 2), (Span(10, 12),), id="inside a literal run"),
        pytest.param(Span(3, 4), (Span(13, 18),), id="an entity is taken whole"),
        pytest.param(Span(2, 5), (Span(12, 19),), id="runs that touch are one piece"),
        pytest.param(Span(5, 7), (Span(19, 20), Span(30, 31)), id="markup lies between"),
        pytest.param(Span(4, 4), (Span(18, 18),), id="an insertion after an entity"),
        pytest.param(Span(6, 6), (Span(20, 20),), id="an insertion stays on the near side of markup"),
        pytest.param(Span(10, 10), (Span(34, 34),), id="the very end"),
    ],
)
def test_view_to_source(view: Span, pieces: tuple[Span, ...]) -> None:
    assert ENTITY.to_source(view) == pieces


@pytest.mark.parametrize("span", [Span(-1, 0), Span(3, 2), Span(0, 11)])
def test_a_span_outside_the_view_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="outside"):
        ENTITY.to_source(span)


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param((Run(0, 0, 2, 3),), id="a literal run of two widths"),
        pytest.param((Run(1, 0, 2, 2),), id="a gap in the view"),
        pytest.param((Run(0, 5, 2, 2), Run(2, 4, 2, 2)), id="source that goes back"),
    ],
)
def test_a_map_checks_itself(runs: tuple[Run, ...]) -> None:
    with pytest.raises(ValueError, match="run"):
        OffsetMap(runs)
