"""The seed article from end to end: what is found, what is repaired, what is left alone."""

from __future__ import annotations

import pytest

import cleaner
import cleaner.offsets

CALL = {"lang": "en", "source_lang": "ru"}
SOUND = ["“frank” and “straightforward.”", "Blinken’s", "August 3-5", "Dr. Kerry", "Kyiv regime"]


def test_what_is_found(seed: str) -> None:
    found = {(f.rule, f.span) for f in cleaner.check_text(seed, **CALL)}
    assert found == {
        ("feed/leading-metadata", (0, 17)),
        ("dates/weekday-against-date", (228, 245)),
        ("leftover/bracketed-word", (404, 411)),
        ("quotes/detached", (458, 464)),
    }


def test_the_weekday_is_wrong_or_the_day_is(seed: str) -> None:
    finding = next(f for f in cleaner.check_text(seed, **CALL) if f.rule.startswith("dates/"))
    assert finding.match == "Thursday, July 29"
    assert finding.fix is not None
    titles = [fix.title for fix in (finding.fix, *finding.alternatives)]
    assert titles == ["write “Friday”", "write 28 for the day"]
    assert finding.fix.safety == "manual"


def test_the_leftover_offers_its_meaning_first(seed: str) -> None:
    finding = next(f for f in cleaner.check_text(seed, **CALL) if f.rule.startswith("leftover/"))
    assert finding.fix is not None
    fixes = (finding.fix, *finding.alternatives)
    mended = [cleaner.offsets.splice(seed, fix.edits) for fix in fixes]
    assert [text[text.index("they both") : text.index(" for a meeting in")] for text in mended] == [
        "they both [will] be in Cambodia",
        "they both will be in Cambodia",
        "they both be in Cambodia",
    ]
    assert fixes[0].safety == "unsafe"
    assert "safe" not in {fix.safety for fix in fixes}


@pytest.mark.parametrize("sound", SOUND)
def test_sound_text_is_silent(seed: str, sound: str) -> None:
    at = seed.index(sound)
    span = cleaner.Span(at, at + len(sound))
    assert not [f for f in cleaner.check_text(seed, **CALL) if f.span.overlaps(span)]


def test_safe_repairs(seed: str) -> None:
    done = cleaner.clean_text(seed, **CALL)
    assert done.text.startswith("US Secretary of State Anthony Blinken does not intend")
    assert "in Southeast Asia,” the spokesman is quoted" in done.text
    assert "when they both [будут] be in Cambodia" in done.text
    assert "Thursday, July 29" in done.text
    assert [f.rule for f in done.applied] == ["quotes/detached", "feed/leading-metadata"]


def test_the_year_outlives_the_line_that_says_it(seed: str) -> None:
    done = cleaner.clean_text(seed, **CALL)
    assert "dates/weekday-against-date" in {f.rule for f in done.findings}


def test_unsafe_repairs(seed: str) -> None:
    done = cleaner.clean_text(seed, **CALL, safety="unsafe")
    assert "when they both [will] be in Cambodia" in done.text
    assert "Thursday, July 29" in done.text


@pytest.mark.parametrize("safety", ["safe", "unsafe"])
def test_twice_is_once(seed: str, safety: str) -> None:
    once = cleaner.clean_text(seed, **CALL, safety=safety).text
    assert cleaner.clean_text(once, **CALL, safety=safety).text == once


def test_what_was_repaired_is_reported_where_it_was(seed: str) -> None:
    for finding in cleaner.clean_text(seed, **CALL, safety="unsafe").applied:
        assert finding.match in seed[finding.span.slice]


def test_the_language_is_found_in_the_text(seed: str) -> None:
    assert {f.lang for f in cleaner.check_text(seed)} == {"en"}
