"""Days that no month has, and names of months and weekdays that another language left in a date.

    days      “31 June”, “30. Februar”, 2月30日, 2023-02-29: the day does not exist
    language  “11 February 2023” in a German text, “29 июля” in a Ukrainian one

Sees a day next to the name of a month in the language of the text, and dates in numbers in ISO
order or with the signs of Chinese, Japanese and Korean. Knows the Gregorian calendar only, and that
a 29 February without a year may be right. Cannot know which part of a date is wrong.

Cost: one search for numbers that can be days. Names: CLDR 48, dates, of each language.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Container, Iterator, Mapping
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language, alphabet, known, lookup
from cleaner.languages.alphabet import Needles
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text.codepage import Page
from cleaner.text.triggers import DIGITS, NEVER, Trigger, ranges
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {"translate": "write the name of the month in the language of the text"}
DETAILS: Mapping[str, str] = {
    "month": "the name of the month",
    "last": "the last day that the month has",
    "found_language": "the language that the name is from",
}

_LATE = re.compile(r"[23](?<![\w.,:/-].)(?:(?<=2)9|(?<=3)[01])(?![\d:/%])")
_ANY = re.compile(r"[0-9](?<![\w.,:/-].)(?:(?<=[12])[0-9]|(?<=3)[01]|(?<=0)[1-9]|(?<=[1-9]))(?![\d:/%])")
_NO_DAY = re.compile(
    r"(?!(?:st|nd|rd|th)\b)\w|[.,]\d|[:/%]|-(?!(?:j?[éáea]n?|i|ig|t[őó]l|r[ea])(?!\w))"
)  # 31 is no day in “June 31.5” or “June 31-strong”; it is in június 31-én
_REACH = 28  # code points before a day in which a month may stand
_WORD = r"[^\s\d.,;:!?()\[\]«»“”\"'/-]{3,24}"
_NAME = re.compile(_WORD)
_AFTER = re.compile(
    r"(?:\.|st|nd|rd|th|er|º|-?го|-?е|-?а)?\s(?:de |of |di |d')?"
    rf"(?P<month>{_WORD})(?:,?\.?\s(?:de |del |of )?(?P<year>(?:19|20)\d\d)(?!\d))?"
)
_BEFORE = re.compile(rf"(?<![^\s(“„«])(?P<month>{_WORD})\.?\s$")
_YEAR = re.compile(r"(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(
    r"(?P<year>(?:19|20)(?<![\d-]..)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"
)
_SIGNS = re.compile(
    r"(?:(?P<year>\d{4})[年년]\s?)?(?<!\d)(?P<month>1[0-2]|0?[1-9])[月월]\s?(?P<day>0?[1-9]|[12]\d|3[01])[日일号號]"
)
_NOT_MONTHS = frozenset({"mars", "maja", "mart"})  # the space probe Mars 3; names of persons and shops
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Params:
    """What is looked at."""

    check: Literal["days", "language"] = setting(
        "days: the day exists; language: the name is of the language"
    )


def compile(params: Params) -> Detect:
    """The detector.

    >>> from cleaner.offsets import OffsetMap
    >>> text = "Die Sitzung vom 31. Juni 2022 wurde verschoben."
    >>> (hit,) = compile(Params("days"))(Segment(text, OffsetMap.identity(len(text))), Context(lookup("de")))
    >>> text[hit.span.slice], hit.details["last"]
    ('31. Juni 2022', '30')
    """
    return _days if params.check == "days" else _language


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A day that not all months have, a month in numbers or as a sign; for foreign names any day."""
    if params.check == "language":
        return Trigger((DIGITS,)) if target.months else NEVER
    return Trigger((ranges("月월"),), ("29", "30", "31", "-0", "-1"), either=True)


def _days(segment: Segment, context: Context) -> Iterator[Hit]:
    text, own = segment.text, alphabet.of(context.target)
    iso, signs, late = _sought(context.target)
    patterns = [_ISO] if own.has_one(text, iso) else []
    if own.has_one(text, signs):
        patterns.append(_SIGNS)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield from _judged(
                Span(*found.span()), found["day"], int(found["month"]), found["year"], found["month"]
            )
    months = _own(context.target)
    if not (months and any(own.has_one(text, (day,)) and _has_late(text, day[0]) for day in late)):
        return
    if _has_none(text, context.target):
        return
    for date in _dates(text, _LATE, months):
        yield from _judged(date.span, date.day, months[date.key] + 1, date.year, date.month)


@functools.cache
def _sought(language: Language) -> tuple[Needles, Needles, Needles]:
    """What a date in ISO order, one in signs and a day that not all months have cannot be without."""
    own = alphabet.of(language)
    return own.needles(("-0", "-1")), own.needles("月월"), own.needles(("29", "30", "31"))


def _has_none(text: str, language: Language) -> bool:
    """Whether no name of a month stands in a text."""
    names = _words(language)
    if names is None or not alphabet.of(language).is_even(text):
        return False
    page, words = names
    return words.isdisjoint(page.words(text))


@functools.cache
def _words(language: Language) -> tuple[Page, frozenset[bytes]] | None:
    """A word of each name, as its code page has it; None where that cannot be told."""
    page = alphabet.page_of(language)
    if page is None:
        return None
    words = frozenset(word for name in _own(language) for word in page.forms_of_name(name))
    return None if b"" in words else (page, words)


def _has_late(text: str, day: str) -> bool:
    """Whether a text has a number that can be this day: `find` is faster than a search when there are few."""
    at = text.find(day)
    while at >= 0:
        if _LATE.match(text, at):
            return True
        at = text.find(day, at + 1)
    return False


def _judged(span: Span, day: str, month: int, year: str | None, name: str) -> Iterator[Hit]:
    last = _LONGEST[month - 1]
    if month == 2 and year and not calendar.isleap(int(year)):
        last = 28
    if int(day) > last:
        yield Hit(span, details={"month": name, "last": str(last)}, evidence=f"the month has {last} days")


def _language(segment: Segment, context: Context) -> Iterator[Hit]:
    target = context.target
    if not target.months:
        return
    names = _foreign(target)
    for date in _dates(segment.text, _ANY, names):
        number, language = names[date.key]
        right = target.months[0][number]
        repair = Repair("translate", (Edit(date.at, right),), f"write “{right}”")
        details = {"month": date.month, "found_language": language}
        yield Hit(date.at, (repair,), details, evidence=f"the day {date.day} stands beside it")


@dataclass(frozen=True, slots=True)
class _Date:
    """A day and a month as they are written; `at` is where the month stands, `span` all of it."""

    day: str
    month: str
    year: str | None
    at: Span
    span: Span

    @property
    def key(self) -> str:
        """The name of the month as the tables have it."""
        return self.month.casefold()


def _dates(text: str, days: re.Pattern[str], names: Container[str]) -> Iterator[_Date]:
    """The dates around each number that may be a day: numbers are rarer than letters."""
    for found in days.finditer(text):
        start, end = found.span()
        after = _AFTER.match(text, end)
        if after and after["month"].casefold() in names:
            span = Span(start, after.end("year") if after["year"] else after.end("month"))
            yield _Date(found[0], after["month"], after["year"], Span(*after.span("month")), span)
            continue
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        if before and before["month"].casefold() in names and not _NO_DAY.match(text, end):
            year = _YEAR.match(text, end)
            span = Span(before.start("month"), year.end() if year else end)
            yield _Date(found[0], before["month"], year and year[1], Span(*before.span("month")), span)


@functools.cache
def _own(language: Language) -> Mapping[str, int]:
    """Name of a month → its number from 0; nothing for languages that write numbers and signs."""
    if "Hani" in language.scripts:
        return {}
    names = ((name.rstrip("."), number) for row in language.months for number, name in enumerate(row))
    return {name.casefold(): number for name, number in names if _NAME.fullmatch(name)}


@functools.cache
def _foreign(target: Language) -> Mapping[str, tuple[int, str]]:
    """Full names of months that the language of the text does not have → number from 0, language.

    Short names and those that are different months in two languages (listopad) are left out.
    """
    own = {name.casefold().rstrip(".") for row in target.months for name in row}
    names: dict[str, tuple[int, str]] = {}
    ambiguous = set()
    for tag in (tag for tag in known() if tag.split("-")[0] != target.tag.split("-")[0]):
        language = lookup(tag)
        for row in language.months[:2]:
            for number, name in enumerate(row):
                small = name.casefold()
                if len(small) < 4 or small in own or not _NAME.fullmatch(small) or small in _NOT_MONTHS:
                    continue
                if small in names and names[small][0] != number:
                    ambiguous.add(small)
                names.setdefault(small, (number, language.name))
    return {name: value for name, value in names.items() if name not in ambiguous}
