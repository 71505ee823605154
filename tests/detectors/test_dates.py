"""Weekdays against dates: every language that CLDR names the days of, and what must stay silent."""

from __future__ import annotations

import datetime

import pytest

from cleaner.detectors import Context
from cleaner.detectors.dates import Params, compile
from cleaner.languages import known, lookup
from cleaner.model import Facts, Hit, Segment
from cleaner.offsets import OffsetMap, splice
from tests.timing import seconds

DETECT = compile(Params())


def hits(text: str, lang: str, date: datetime.date | None = None) -> list[Hit]:
    segment = Segment(text, OffsetMap.identity(len(text)))
    return list(DETECT(segment, Context(lookup(lang), facts=Facts(date))))


NAMED = [tag for tag in known() if (it := lookup(tag)).weekdays and it.months and "Hani" not in it.scripts]


@pytest.mark.parametrize("lang", NAMED)
def test_every_language_knows_its_calendar(lang: str) -> None:
    """29 July 2022 was a Friday: said so it is right, said of the next day it is wrong."""
    language = lookup(lang)
    july = language.months[0][6]
    friday, saturday = language.weekdays[0][4], language.weekdays[0][5]
    assert hits(f"… {friday}, 29 {july} 2022 …", lang) == []
    (hit,) = hits(f"… {saturday}, 29 {july} 2022 …", lang)
    assert hit.details["weekday"].casefold() == friday.casefold()


def test_every_name_that_the_pattern_matches_is_known() -> None:
    """A search without case takes İ, I and ı for i; SALI is salı and nothing else."""
    assert hits("SALI, 13 EYLÜL 2022", "tr") == []
    (hit,) = hits("SALI, 14 NISAN 2022", "tr")
    assert hit.details["date"] == "2022-04-14"


@pytest.mark.parametrize(
    ("lang", "text", "repairs"),
    [
        ("en", "on THURSDAY, July 29, 2022", ["on Friday, July 29, 2022", "on THURSDAY, July 28, 2022"]),
        ("en", "Thu, Jul 29, 2022", ["Fri, Jul 29, 2022", "Thu, Jul 28, 2022"]),
        ("en", "Thursday, July 29th, 2022", ["Friday, July 29th, 2022", "Thursday, July 28th, 2022"]),
        ("en", "Monday, August 1st, 2023", ["Tuesday, August 1st, 2023"]),
        ("de", "am Donnerstag, 29. Juli 2022", ["am Freitag, 29. Juli 2022", "am Donnerstag, 28. Juli 2022"]),
        ("fr", "Jeudi 29 juillet 2022", ["Vendredi 29 juillet 2022", "Jeudi 28 juillet 2022"]),
        ("ru", "в среду, 29 июля 2022", ["в пятницу, 29 июля 2022", "в среду, 27 июля 2022"]),
        ("uk", "у п'ятницю, 28 липня 2022", ["у четвер, 28 липня 2022", "у п'ятницю, 29 липня 2022"]),
        ("pl", "w sobotę, 29 lipca 2022", ["w piątek, 29 lipca 2022", "w sobotę, 30 lipca 2022"]),
        (
            "el",
            "της Πέμπτης 29 Ιουλίου 2022",
            ["της Παρασκευής 29 Ιουλίου 2022", "της Πέμπτης 28 Ιουλίου 2022"],
        ),
        ("he", "ביום חמישי, 29 ביולי 2022", ["ביום שישי, 29 ביולי 2022", "ביום חמישי, 28 ביולי 2022"]),
        ("tr", "29 Temmuz 2022 Perşembe", ["29 Temmuz 2022 Cuma", "28 Temmuz 2022 Perşembe"]),
        ("hu", "2022. július 29., csütörtök", ["2022. július 29., péntek", "2022. július 28., csütörtök"]),
    ],
)
def test_both_corrections_are_offered(lang: str, text: str, repairs: list[str]) -> None:
    (hit,) = hits(text, lang)
    assert [splice(text, repair.edits) for repair in hit.repairs] == repairs


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Thursday, July 29"),
        ("en", "Thursday, July 28/29, 2022"),
        ("en", "Thursday, June 31, 2022"),
        ("en", "Thursday, July 29:30, 2022"),
        ("en", "a Thursday in July 2022"),
        ("en", "Thursday, July 2022"),
        ("en", "Black Friday, May 2022"),
        ("de", "Montag, 3.5 Mai 2021"),
        ("ja", "7月29日（木）"),
    ],
)
def test_nothing_is_said_without_certainty(lang: str, text: str) -> None:
    assert hits(text, lang) == []


def test_the_year_of_the_document() -> None:
    assert hits("on Thursday, July 29", "en", datetime.date(2022, 7, 29))
    assert not hits("on Friday, July 29", "en", datetime.date(2022, 7, 29))


def test_hostile_text_takes_linear_time() -> None:
    def run() -> None:
        for unit in ("Monday, ", "29 July ", "Mon", " ", "2022 "):
            hits(unit * 20_000, "en")

    assert seconds(run, times=1) < 2
