"""Texts that come close to a finding, or to a bound of the search, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import check_text
from cleaner.detectors import Context
from cleaner.detectors.mojibake.chains import table
from cleaner.detectors.mojibake.judge import judge_of
from cleaner.detectors.mojibake.lost import lost_letters
from cleaner.detectors.pairs.mend import analyse
from cleaner.detectors.repetition import Params as Repetition
from cleaner.detectors.repetition import compile as repetition
from cleaner.detectors.signs import Params as Signs
from cleaner.detectors.signs import compile as signs
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap
from cleaner.text.triggers import needs
from tests.detectors import test_dates, test_entities
from tests.test_speed import satisfies


def segment(text: str) -> Segment:
    return Segment(text, OffsetMap.identity(len(text)))


# -- Escapes -----------------------------------------------------------------------------------------

ESCAPES = {  # notation, text → the repairs, each with what it does
    "a line break in code": ("backslash", "Write `It rained.\\nIt` here.", []),
    "a line break between sentences": ("backslash", "It rained.\\nIt snowed.", [("decode-spoken", "\n")]),
    "quotes in a line of a program": ("backslash", 'x = "He said \\"no\\"";', []),
    "one quote is no pair": ("backslash", 'He said \\"no.', []),
    "a letter in code": ("backslash", "Write `caf\\u00e9` here.", []),
    "a control character": ("backslash", "The bell \\u0007 rings.", []),
    "an entity in code is spoken of": ("html", "Write `caf&eacute;` here.", []),
}


@pytest.mark.parametrize(("notation", "text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_escapes(notation: str, text: str, expected: list[tuple[str, str]]) -> None:
    repairs = [repair for hit in test_entities.find(text, notation) for repair in hit.repairs]
    assert [(repair.do, repair.edits[0].text) for repair in repairs] == expected


# -- Dates -------------------------------------------------------------------------------------------


@given(st.integers(0, 80), st.sampled_from(["29", "2022", "29 July 2022", "July 29, 2022", "July 2922"]))
def test_a_quick_search_for_days_finds_what_a_slow_one_does(width: int, date: str) -> None:
    """A letter of odd case (ſ) anywhere makes the search look at every number."""
    text = f"On Thursday,{' ' * width}{date}"
    assert test_dates.hits(text, "en") == test_dates.hits(f"{text} ſ", "en")


# -- Mojibake ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["utf-8", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp949"])
def test_an_encoding_of_several_bytes_has_no_table(codec: str) -> None:
    assert table(codec) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("zu", "iqiniso?lokho uma?hamba", id="no lexicon, so no word that fits"),
        pytest.param("en", "Really? but why", id="a question"),
        pytest.param("en", "What?? no", id="two marks"),
    ],
)
def test_a_question_is_no_lost_letter(lang: str, text: str) -> None:
    assert not list(lost_letters(text, judge_of(lookup(lang))))


# -- Quotation marks ---------------------------------------------------------------------------------


def test_marks_far_apart_are_found_as_if_each_stood_alone() -> None:
    line, sound = "He said “no and left.\n", "The council met on Tuesday.\n"
    (alone,) = analyse.__wrapped__(line, lookup("en"))
    far = analyse.__wrapped__(line + sound * 30 + line, lookup("en"))
    assert [defect.kind for defect in far] == [alone.kind, alone.kind]
    shift = len(line) + 30 * len(sound)
    assert [defect.span.start for defect in far] == [alone.span.start, alone.span.start + shift]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "他喜欢rock'n'roll音乐。"),
        ("en", "He asked, “Did she say ‘yes”?"),
        ("zh", "那些“”的词语。"),
        ("ja", "彼は「」と言った。"),
    ],
)
def test_marks_that_mean_little_are_left_to_themselves(lang: str, text: str) -> None:
    for finding in check_text(text, lang=lang):
        assert finding.fix is None or finding.fix.safety != "safe"


# -- Params ------------------------------------------------------------------------------------------


def test_three_rounds_are_a_loop_for_who_asks_for_three() -> None:
    text = "It was very very very old."
    detect = repetition(Repetition("loop", times=3, short_times=3))
    (hit,) = detect(segment(text), Context(lookup("en")))
    assert text[hit.span.slice] == "very very very"
    assert not list(repetition(Repetition("loop"))(segment(text), Context(lookup("en"))))


def test_a_sign_that_is_right_already() -> None:
    detect = signs(Signs("[,，]", {"，": ", ", ",": ","}))
    assert [hit.span for hit in detect(segment("One, two，three"), Context(lookup("en")))] == [(8, 9)]


TRIGGERS = {  # a pattern, a text that it matches, one that lacks what it needs
    "an atomic group": ("(?>№b)c", "x№bc", "xbc"),
    "case is folded, and every letter has two": ("(?i)[a-\u0250]№", "À№", "À"),
    "all but some characters": ("№[^u]", "№!", "!"),
}


@pytest.mark.parametrize(("pattern", "match", "other"), TRIGGERS.values(), ids=TRIGGERS)
def test_what_a_pattern_needs(pattern: str, match: str, other: str) -> None:
    found = needs(pattern)
    assert satisfies(match, found)
    assert not satisfies(other, found)
