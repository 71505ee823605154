"""What was wrong may change, as far as it was wrong; what stands beside it may not."""

from __future__ import annotations

import pytest

from cleaner.model import Document, Finding, Fix, Invariant, Safety, Severity
from cleaner.offsets import Edit, Position, Span
from cleaner.verify.compare import compare
from tests import timing
from tests.verify.reading import changes, kinds, read

GLOSS = "They both [будут] be there."
TWICE = "The council met in the evening."
ROWS = [
    ("the repair of cleaner", GLOSS, "They both [will] be there.", ""),
    ("another word", GLOSS, "They both shall be there.", ""),
    ("removed", GLOSS, "They both be there.", ""),
    ("a sentence in its place", GLOSS, "They both, as the ministry has since told us all, will be there.", "letters"),
    ("a name in its place", GLOSS, "They both Trump be there.", "names"),
    ("a number in its place", GLOSS, "They both [7] be there.", "digits"),
    ("and the word before it", GLOSS, "We all [will] be there.", "letters"),
    ("and a word further on", GLOSS, "They both [will] be here.", "letters"),
    ("a misread letter", "It was in the cafÃ© there.", "It was in the café there.", ""),
    ("a misread letter, and a number", "It was in cafÃ© 5 there.", "It was in café 6 there.", "digits"),
    ("a date before the text", "date 2022-07-29 Ministers met here today.", "Ministers met here today.", ""),
    ("another date before the text", "date 2022-07-29 Ministers met.", "date 2022-07-28 Ministers met.", "digits"),
    ("a number beside the date", "date 2022-07-29 5 ministers met here today.", "ministers met here today.", "digits"),
    ("a sentence said twice", f"{TWICE} {TWICE} It left.", f"{TWICE} It left.", ""),
    ("both of them gone", f"{TWICE} {TWICE} It left.", "It left.", "letters"),
    ("a loop", f"He saw {'three bridges, ' * 5}he said.", "He saw three bridges, he said.", ""),
    ("an unpaired mark", "He said: “yes to it.", "He said: “yes” to it.", ""),
    ("an escape too many", "It is R&amp;amp;D here.", "It is R&D here.", ""),
    ("removed with its sign", "It is R&amp;amp;D here.", "It is RD here.", ""),
    ("an escape, and a number", "It is R&amp;amp;D 5 here.", "It is R&D 7 here.", "digits"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_what_is_told(before: str, after: str, told: str) -> None:
    assert kinds(changes(before, after)) == told


def finding(span: Span, *fixes: tuple[str, Span]) -> Finding:
    made = tuple(Fix("replace", (Edit(where, new),), Safety.SAFE, "") for new, where in fixes)
    place = Position(1, span.start + 1)
    return Finding(
        "a/b",
        Severity.ERROR,
        "",
        span,
        "",
        place,
        place,
        "en",
        fix=made[0] if made else None,
        alternatives=made[1:],
    )


TEXT = "Pay 5 and 5 and 7 now."
# label, findings (span, then repairs: what they write and where), after, what is told
COUNTED = [
    ("once for one repair", [(Span(4, 5), ("", Span(4, 6)))], "Pay and and 7 now.", "digits"),
    ("twice for two", [(Span(4, 5), ("", Span(4, 6))), (Span(10, 11), ("", Span(10, 12)))], "Pay and and 7 now.", ""),
    ("said twice", [(Span(4, 5), ("", Span(4, 6))), (Span(4, 6), ("", Span(4, 6)))], "Pay and and 7 now.", "digits"),
    ("one of two repairs", [(Span(4, 5), ("6", Span(4, 5)), ("8", Span(4, 5)))], "Pay 8 and 5 and 7 now.", ""),
    ("no repair: a number stays", [(Span(4, 11),)], "Pay 8 and 5 and 7 now.", "digits"),
    ("no repair: a word may change", [(Span(4, 11),)], "Pay 5 plus 5 and 7 now.", ""),
    ("elsewhere", [(Span(18, 21), ("soon", Span(18, 21)))], "Pay 5 or 5 and 7 soon.", "letters"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "after", "told"), [pytest.param(*row[1:], id=row[0]) for row in COUNTED])
def test_a_fact_is_excused_as_often_as_it_was_wrong(
    found: list[tuple[Span, tuple[str, Span]]], after: str, told: str
) -> None:
    known = [finding(span, *fixes) for span, *fixes in found]
    assert kinds(compare(read(TEXT), read(after), known)) == told


def test_what_cleaner_would_write_is_right() -> None:
    before, after = "Pay 5 now.", "Pay 6 now."
    assert compare(read(before), read(after), cleaned=read(after)) == []
    assert kinds(compare(read(before), read("Pay 7 now."), cleaned=read(after))) == "digits"


def test_many_findings_in_one_difference_take_no_square() -> None:
    def seconds(size: int) -> float:
        old = read("They both [будут] be here. " * size)
        new = read("Those boys [stood] up there! " * size)
        known = [finding(Span(at * 27 + 10, at * 27 + 17)) for at in range(size)]
        return timing.seconds(lambda: compare(old, new, known), 2)

    timing.assert_linear(seconds, 1_000)


def test_the_kinds_are_those_that_allow_names() -> None:
    assert {kind.value for kind in Invariant} == {
        *("digits", "urls", "e-mails", "placeholders", "handles", "markup", "letters"),
        *("names", "structure", "encoding", "line-ends"),
    }


def test_a_document_without_text() -> None:
    assert compare(Document("a", ""), Document("b", "")) == []
