"""A weekday that does not fit its date, and dates that do not exist.

Sees dates that are written with the name of the month in the language of the text, or in numbers
and signs in Chinese, Japanese and Korean, next to a weekday: “Thursday, July 29”, “Montag, 3. Mai
2021”, “в четверг, 29 июля”, 7月29日（木）. The year is the one that is written, or the one of the
document's own date; without either nothing is said.

Cannot know which of the two is wrong, the weekday or the day: both corrections are offered and
neither is applied. Knows the Gregorian calendar only.

Cost: one search for numbers, and one for names near them. Names: CLDR, dates, of each language.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cleaner.detectors.base import Context, Detect
from cleaner.languages import Language, Names
from cleaner.model import Facts, Hit, Repair, Segment
from cleaner.offsets import Edit, Span

ACTIONS: Mapping[str, str] = {
    "correct-weekday": "write the weekday of that date",
    "correct-day": "write the nearest day of the month that is such a weekday",
}
DETAILS: Mapping[str, str] = {
    "date": "the date, as YYYY-MM-DD",
    "weekday": "the weekday of that date",
}


_NEAR = 60  # code points; the longest weekday and month with what stands between have fewer
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing to set."""


def compile(params: Params) -> Detect:
    """The detector."""

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        pattern = _pattern(context.target)
        if pattern is None:
            return
        for near in _near_days(segment.text):
            for found in pattern.finditer(segment.text, near.start, near.end):
                hit = _judge(found, context.target, context.facts)
                if hit is not None:
                    yield hit

    return detect


def _near_days(text: str) -> Iterator[Span]:
    """The stretches of text in which a number that can be a day of the month stands near.

    Names of days are dear to search for and numbers are rare, so only these stretches are searched.
    """
    start = end = 0
    for found in _DAY.finditer(text):
        if found.start() - _NEAR > end:
            if end:
                yield Span(start, end)
            start = max(0, found.start() - _NEAR)
        end = found.end() + _NEAR
    if end:
        yield Span(start, min(end, len(text)))


def _judge(found: re.Match[str], language: Language, facts: Facts) -> Hit | None:
    groups = {name: value for name, value in found.groupdict().items() if value}
    written = next(value for name, value in groups.items() if name.startswith("weekday"))
    day_group = next(name for name in groups if name.startswith("day"))
    month = next(value for name, value in groups.items() if name.startswith("month"))
    year = next((value for name, value in groups.items() if name.startswith("year")), None)
    weekday = _index(language.weekdays, written)
    number = int(month) if month.isdigit() else _index(language.months, month) + 1
    number_of_year = int(year) if year else facts.date.year if facts.date else 0
    try:
        date = datetime.date(number_of_year, number, int(groups[day_group]))
    except ValueError:
        return None
    if date.weekday() == weekday:
        return None
    right = _like(written, language.weekdays, date.weekday())
    weekday_group = next(name for name in groups if name.startswith("weekday"))
    edit = Edit(Span(*found.span(weekday_group)), right)
    repairs = [Repair("correct-weekday", (edit,), f"write “{right}”")]
    near = date + datetime.timedelta(days=(weekday - date.weekday() + 3) % 7 - 3)
    if near.month == date.month:
        day = Edit(Span(*found.span(day_group)), str(near.day))
        repairs.append(Repair("correct-day", (day,), f"write {near.day} for the day"))
    span = _trimmed(found)
    source = "the year is written" if year else f"the document is of {facts.date}"
    return Hit(
        span,
        tuple(repairs),
        {"date": date.isoformat(), "weekday": right},
        evidence=f"{date.isoformat()} was a {right}; {source}",
    )


def _trimmed(found: re.Match[str]) -> Span:
    """From the first to the last part of the date; the words around it are only there to find it."""
    spans = [found.span(name) for name, value in found.groupdict().items() if value]
    return Span(min(start for start, _ in spans), max(end for _, end in spans))


def _index(rows: Names, written: str) -> int:
    """The place in the calendar of a name, in whichever row of forms it stands."""
    small = _plain(written)
    return next(row.index(name) for row in rows for name in row if _plain(name) == small)


def _like(written: str, rows: Names, number: int) -> str:
    """Another name in the form (long or short, case) and with the capital of `written`."""
    small = _plain(written)
    other = next(row[number] for row in rows if any(_plain(name) == small for name in row))
    return other[:1].upper() + other[1:] if written[:1].isupper() else other


def _plain(name: str) -> str:
    return name.casefold().rstrip(".")


@functools.cache
def _pattern(language: Language) -> re.Pattern[str] | None:
    """Weekday beside day and month, in the orders that the languages use; None without names."""
    if not (language.weekdays and language.months):
        return None
    weekday, month = _names(language.weekdays), _names(language.months)
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    end = r"(?!\d|[:.,]\d)"
    if "Hani" in language.scripts:
        return re.compile(
            rf"(?:(?P<year1>\d{{4}})[年년]\s?)?(?P<month1>1[0-2]|0?[1-9])[月월]\s?(?P<day1>{day})[日일]"
            rf"\s?[（(]?(?P<weekday1>{_names(language.weekdays, short=True)})[）)]?"
        )
    ordinal = r"(?:\.|st|nd|rd|th|er|º|°|-?го|-?е)?"
    between = r"[\s,.]{1,3}(?:the |dem |den |dne |le |el |il |o )?"
    of = r"\s(?:de |of |di )?"
    year = r"(?:,?\s(?:de |del )?(?P<year{0}>(?:19|20)\d\d))?"
    return re.compile(
        rf"(?<!\w)(?:(?P<weekday1>{weekday}){between}(?:(?P<month1>{month})\s(?P<day1>{day})(?:st|nd|rd|th)?"
        rf"|(?P<day2>{day}){ordinal}{of}(?P<month2>{month})){end}{year.format(1)})(?!\w)",
        re.IGNORECASE,
    )


def _names(rows: Names, *, short: bool = False) -> str:
    """The names as alternatives, longest first; single letters only where they stand for a day."""
    names = {name.rstrip(".") for row in rows for name in row}
    wanted = sorted((name for name in names if short or len(name) > 1), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) + (r"\.?" if len(name) < 6 else "") for name in wanted)
