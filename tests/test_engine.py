"""From hits to findings: coordinates, one a defect, languages, what the user allows."""

from __future__ import annotations

import dataclasses

import pytest

from cleaner import Config, check_text
from cleaner.config import from_mapping
from cleaner.engine import one_a_defect, renumbered
from cleaner.errors import LanguageError
from cleaner.model import Finding, Severity
from cleaner.offsets import Position, Span


def finding(rule: str, start: int, end: int, **values: object) -> Finding:
    base = Finding(rule, Severity.ERROR, "", Span(start, end), "", Position(1, 1), Position(1, 1), "en")
    return dataclasses.replace(base, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "kept"),
    [
        pytest.param(
            [("leftover/a", 0, 9), ("mojibake/b", 0, 9)], ["mojibake/b"], id="mojibake hides leftovers"
        ),
        pytest.param(
            [("leftover/a", 0, 5), ("mojibake/b", 4, 9)], ["leftover/a", "mojibake/b"], id="a small overlap"
        ),
        pytest.param(
            [("quotes/a", 3, 4), ("feed/b", 0, 99)], ["feed/b", "quotes/a"], id="a mark in a long one"
        ),
        pytest.param(
            [("leftover/a", 0, 5), ("leftover/b", 5, 9)], ["leftover/a", "leftover/b"], id="side by side"
        ),
        pytest.param([("quotes/a", 3, 3), ("quotes/b", 3, 3)], ["quotes/a"], id="one empty place"),
    ],
)
def test_one_finding_a_defect(findings: list[tuple[str, int, int]], kept: list[str]) -> None:
    assert [f.rule for f in one_a_defect([finding(*f) for f in findings])] == kept


def test_confidence_decides_between_equals() -> None:
    both = [finding("leftover/a", 0, 5, confidence=0.5), finding("leftover/b", 0, 5, confidence=0.9)]
    assert [f.rule for f in one_a_defect(both)] == ["leftover/b"]


def test_fingerprints_are_unique_in_a_report() -> None:
    twice = [finding("a/b", 0, 1, fingerprint="x"), finding("a/b", 5, 6, fingerprint="x")]
    assert [f.fingerprint for f in renumbered(twice)] == ["x", "x-2"]


def test_lines_and_columns_are_for_people() -> None:
    text = "Сначала.\r\nDas Treffen: Montag, 4. Mai 2021."
    (found,) = check_text(text, lang="de", config=Config(select=("dates",)))
    assert (found.position, found.end) == (Position(2, 14), Position(2, 33))
    assert text[found.span.slice] == found.match


def test_an_allowed_term_is_silent() -> None:
    text = "date 2022-07-29 Ministers met."
    assert check_text(text, lang="en", config=Config(select=("feed",)))
    assert not check_text(text, lang="en", config=Config(select=("feed",), allow=("date 2022-07-29 ",)))


def test_a_rule_for_other_languages_is_silent() -> None:
    config = from_mapping({"select": ["dates"]})
    assert check_text("Monday, July 29, 2022", lang="en", config=config)
    assert not check_text("Monday, July 29, 2022", lang="fr", config=config)


def test_an_unknown_language_has_a_nearest() -> None:
    with pytest.raises(LanguageError, match="english"):
        check_text("x", lang="english")


def test_texts_that_are_hard_to_hold() -> None:
    for text in ("", "\x00", "\ud800", "😀" * 3, "\u202e", "a\u0301" * 5, "\r", "\udcff\udcfe"):
        check_text(text, lang="en")
        check_text(text)
