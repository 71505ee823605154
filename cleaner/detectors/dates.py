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

from cleaner.detectors.base import Context, Detect
from cleaner.languages import Language, Names, alphabet
from cleaner.model import Facts, Hit, Repair, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import beginnings
from cleaner.text.codepage import Page
from cleaner.text.triggers import NEVER, Trigger, has_odd_case, ranges
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "correct-weekday": "write the weekday of that date",
    "correct-day": "write the nearest day of the month that is such a weekday",
}
DETAILS: Mapping[str, str] = {
    "date": "the date, as YYYY-MM-DD",
    "weekday": "the weekday of that date",
}


_NEAR = 60  # code points; the longest weekday and month with what stands between have fewer
# Begins with the digit, not with a look back: a search for one class is ten times as fast.
_DAY = re.compile(r"[0-9](?<!\d.)(?:(?<=0)[1-9]|(?<=[12])\d|(?<=3)[01]|(?<=[1-9]))(?!\d)")


@dataclass(frozen=True, slots=True)
class Params:
    """Nothing to set."""


def compile(params: Params) -> Detect:
    """The detector."""

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        pattern = _pattern(context.target)
        if pattern is None or _has_no_date(segment.text, context.target):
            return
        for near in _near_days(segment.text, context.target):
            for found in pattern.finditer(segment.text, near.start, near.end):
                hit = _judge(found, context.target, context.facts)
                if hit is not None:
                    yield hit

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A digit, and the names of the language."""
    return NEVER if _pattern(target) is None else Trigger((ranges("0123456789"),))


def _has_no_date(text: str, language: Language) -> bool:
    """Whether a text lacks all names of months or all of weekdays, of which a date has one each."""
    named = _named(language)
    if named is None or not alphabet.of(language).is_even(text):
        return False
    words = named.page.words(text)
    return named.months.isdisjoint(words) or named.weekdays.isdisjoint(words)


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A word of each name, as the code page of a language has them."""

    page: Page
    weekdays: frozenset[bytes]
    months: frozenset[bytes]


@functools.cache
def _named(language: Language) -> _Named | None:
    """What `_has_no_date` looks for; None where names are no words, or not in one code page."""
    page = alphabet.page_of(language)
    if page is None:
        return None
    joined = _JOINED.get(language.tag.split("-")[0], "")
    found = []
    for rows in (_weekdays(language), language.months):
        names = {name for row in rows for name in row if len(name.rstrip(".")) > 1}
        words = {word for name in names for word in page.forms_of_name(name, joined)}
        if not words or b"" in words:
            return None
        found.append(frozenset(words))
    return _Named(page, *found)


def _near_days(text: str, language: Language) -> Iterator[Span]:
    """The stretches of text in which a number that can be a day of the month stands near a weekday.

    Names are dear to search for by a pattern and cheap to find one by one, so only these stretches are searched.
    """
    start = end = 0
    for day in _days(text, language):
        if day.start - _NEAR > end:
            if end:
                yield Span(start, end)
            start = max(0, day.start - _NEAR)
        end = day.end + _NEAR
    if end:
        yield Span(start, min(end, len(text)))


def _days(text: str, language: Language) -> Iterator[Span]:
    """The numbers that can be days and have a weekday near by, in order; all of them when that cannot be told."""
    sign = _after_day(language)
    if sign is not None:
        if sign.search(text) is None:
            return
    elif (pieces := _sought(language)) and not has_odd_case(text):
        small = beginnings.lowered(text)
        done = 0
        for after in sorted(after for names in pieces for after in _places(small, *names)):
            for found in _DAY.finditer(text, max(done, after), min(len(text), after + _NEAR)):
                done = found.end()
                if not text[done : done + 1].isdigit():  # the search ends before it
                    yield Span(*found.span())
        return
    for found in _DAY.finditer(text):
        yield Span(*found.span())


def _places(small: str, piece: str, names: tuple[str, ...]) -> Iterator[int]:
    """Where one of some names that begin with a piece ends; where the piece does, when names are not known."""
    at = small.find(piece)
    while at >= 0:
        if not names or _is_one(small, at, names):
            yield at + len(piece)
        at = small.find(piece, at + 1)


def _is_one(small: str, at: int, names: tuple[str, ...]) -> bool:
    """Whether one of some names stands at a place, and not in a longer word."""
    if at and small[at - 1].isalnum():
        return False
    return any(
        small.startswith(name, at) and not small[at + len(name) : at + len(name) + 1].isalnum()
        for name in names
    )


@functools.cache
def _sought(language: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The pieces of `_telling`, each with the names that begin with it; () when it is inside of one."""
    every = {name.rstrip(".").lower() for row in _weekdays(language) for name in row}
    names = tuple(sorted(name for name in every if len(name) > 1))
    inside = language.tag.split("-")[0] in _PREFIXES  # a name stands in the middle of a word
    return tuple(
        (
            piece,
            ()
            if inside or any(piece in name[1:] for name in names)
            else tuple(n for n in names if n.startswith(piece)),
        )
        for piece in _telling(language)
    )


@functools.cache
def _after_day(language: Language) -> re.Pattern[str] | None:
    """The sign of a day and a weekday behind it, where dates are written in signs."""
    if "Hani" not in language.scripts:
        return None
    return re.compile(rf"[日일]\s?[（(]?(?:{_names(language.weekdays, short=True)})")


@functools.cache
def _telling(language: Language) -> tuple[str, ...]:
    """Pieces of the names of weekdays of which each name has one; () when they cannot be sought so."""
    names = {
        name.rstrip(".").lower().rpartition("ʼ")[2]
        for row in _weekdays(language)
        for name in row
        if len(name.rstrip(".")) > 1
    }
    late = language.tag.split("-")[0] in _WEEKDAY_LAST
    if "Hani" in language.scripts or late or any(map(has_odd_case, names)):
        return ()
    return tuple(sorted(name for name in names if not any(other in name for other in names - {name})))


def _judge(found: re.Match[str], language: Language, facts: Facts) -> Hit | None:
    groups = {name: value for name, value in found.groupdict().items() if value}
    written = next(value for name, value in groups.items() if name.startswith("weekday"))
    day_group = next(name for name in groups if name.startswith("day"))
    month = next(value for name, value in groups.items() if name.startswith("month"))
    year = next((value for name, value in groups.items() if name.startswith("year")), None)
    weekday = _index(_weekdays(language), written)
    number = int(month) if month.isdigit() else _index(language.months, month) + 1
    number_of_year = int(year) if year else facts.date.year if facts.date else 0
    try:
        date = datetime.date(number_of_year, number, int(groups[day_group]))
    except ValueError:
        return None
    if date.weekday() == weekday:
        return None
    right = _like(written, _weekdays(language), date.weekday())
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
    small = name.casefold().rstrip(".").replace("'", "ʼ").replace("’", "ʼ")
    return small.replace("i\u0307", "i").replace("ı", "i")  # İ and ı, as a search without case has them


# Forms of weekdays beside a date that CLDR does not have: accusative and genitive, or the case of “on”.
# Hand-kept from the grammars of the languages; Sonnabend is Saturday in the north of Germany.
_FORMS: Mapping[str, tuple[str, ...]] = {
    "ru": (
        "понедельник вторник среду четверг пятницу субботу воскресенье",
        "понедельника вторника среды четверга пятницы субботы воскресенья",
    ),
    "uk": (
        "понеділок вівторок середу четвер пʼятницю суботу неділю",
        "понеділка вівторка середи четверга пʼятниці суботи неділі",
    ),
    "be": ("панядзелак аўторак сераду чацвер пятніцу суботу нядзелю",),
    "pl": (
        "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
        "poniedziałku wtorku środy czwartku piątku soboty niedzieli",
    ),
    "cs": (
        "pondělí úterý středu čtvrtek pátek sobotu neděli",
        "pondělí úterý středy čtvrtka pátku soboty neděle",
    ),
    "sk": ("pondelok utorok stredu štvrtok piatok sobotu nedeľu",),
    "hr": ("ponedjeljak utorak srijedu četvrtak petak subotu nedjelju",),
    "bs": ("ponedjeljak utorak srijedu četvrtak petak subotu nedjelju",),
    "sr": ("понедељак уторак среду четвртак петак суботу недељу",),
    "sr-Latn": ("ponedeljak utorak sredu četvrtak petak subotu nedelju",),
    "sl": ("ponedeljek torek sredo četrtek petek soboto nedeljo",),
    "lt": ("pirmadienį antradienį trečiadienį ketvirtadienį penktadienį šeštadienį sekmadienį",),
    "lv": ("pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien",),
    "et": ("esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval pühapäeval",),
    "hu": ("hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap",),
    "el": ("Δευτέρας Τρίτης Τετάρτης Πέμπτης Παρασκευής Σαββάτου Κυριακής",),
    "de": ("Montag Dienstag Mittwoch Donnerstag Freitag Sonnabend Sonntag",),
}


@functools.cache
def _weekdays(language: Language) -> Names:
    """The names of the weekdays, Monday first, with the forms that stand beside a date."""
    forms = _FORMS.get(language.tag) or _FORMS.get(language.tag.split("-")[0], ())
    return (*language.weekdays, *(tuple(form.split()) for form in forms)) if language.weekdays else ()


@functools.cache
def _pattern(language: Language) -> re.Pattern[str] | None:
    """Weekday beside day and month, in the orders that the languages use; None without names."""
    if not (language.weekdays and language.months):
        return None
    weekday, month = _names(_weekdays(language)), _names(language.months)
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    end = r"(?!\d|[:.,]\d)"
    base = language.tag.split("-")[0]
    if "Hani" in language.scripts:
        return re.compile(
            rf"(?:(?P<year1>\d{{4}})[年년]\s?)?(?P<month1>1[0-2]|0?[1-9])[月월]\s?(?P<day1>{day})[日일]"
            rf"\s?[（(]?(?P<weekday1>{_names(language.weekdays, short=True)})[）)]?"
        )
    ordinal = r"(?:\.|st|nd|rd|th|er|º|°|-?го|-?е)?"
    between = r"[\s,.]{1,3}(?:the |dem |den |dne |le |el |il |o )?"
    of = r"\s(?:de |of |di )?"
    year = r"(?:,?\s(?:de |del )?(?P<year{0}>(?:19|20)\d\d))?"
    before = _PREFIXES.get(base, "")
    first = (
        rf"{before}(?P<weekday1>{weekday}){between}(?:(?P<month1>{month})\s(?P<day1>{day})(?:st|nd|rd|th)?"
        rf"|(?P<day2>{day}){ordinal}{of}{before}(?P<month2>{month})){end}{year.format(1)}"
    )
    last = ""
    if base in _WEEKDAY_LAST:
        last = (
            rf"|(?P<day3>{day})\s(?P<month3>{month})\s(?P<year2>(?:19|20)\d\d),?\s\(?(?P<weekday2>{weekday})"
            rf"|(?P<year3>(?:19|20)\d\d)\.\s(?P<month4>{month})\s(?P<day4>{day})\.?,?\s\(?(?P<weekday3>{weekday})"
        )
    return re.compile(rf"(?<!\w)(?:{first}{last})(?!\w)", re.IGNORECASE)


# Languages that write the weekday behind the date: 29 Temmuz 2022 Cuma; 2022. július 29., péntek.
_WEEKDAY_LAST = frozenset({"tr", "az", "uz", "kk", "ky", "hu"})
# Prepositions that are written together with a name, up to two of them.
_JOINED = {"he": "בהולמש"}
_PREFIXES = {tag: f"[{letters}]{{0,2}}" for tag, letters in _JOINED.items()}


def _names(rows: Names, *, short: bool = False) -> str:
    """The names as alternatives, longest first; single letters only where they stand for a day."""
    names = {name.rstrip(".") for row in rows for name in row}
    wanted = sorted((name for name in names if short or len(name) > 1), key=lambda name: (-len(name), name))
    return "|".join(
        re.escape(name).replace("ʼ", "[ʼ'’]") + (r"\.?" if len(name) < 6 else "") for name in wanted
    )
