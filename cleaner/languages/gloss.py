"""What a leftover word means or sounds like: glosses from closed lists, names in Latin letters.

Only closed classes are glossed: function words, units, currencies (`data/gloss/*.yml`, written and
read by hand) and the names of months and weekdays (CLDR). An open-class word is never guessed.

    gloss("будут", "ru", "en")          → will, a function word
    transliterate("Столтенберг", "uk")  → Stoltenberh, by KMU 2010
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from cleaner import yamlio
from cleaner.languages import data_folder, lookup
from cleaner.values import dataclass


@dataclass(frozen=True, slots=True)
class Gloss:
    """A plain equivalent and the class of the word: function, unit, currency, month or weekday."""

    text: str
    kind: str


def gloss(word: str, source: str, target: str) -> Gloss | None:
    """The equivalent of a word from the closed lists, or None.

    One of the two languages must be English.

    >>> gloss("будут", "ru", "en")
    Gloss(text='will', kind='function')
    >>> gloss("лютого", "uk", "en"), gloss("dollars", "en", "he").text, gloss("оккупантам", "ru", "en")
    (Gloss(text='February', kind='month'), 'דולר', None)
    """
    source, target = source.split("-")[0], target.split("-")[0]
    lists = (
        _lists(source, "into-english")
        if target == "en"
        else _lists(target, "from-english")
        if source == "en"
        else {}
    )
    found = lists.get(word) or lists.get(word.lower())
    return found or _calendar(source, target).get(word.lower())


@cache
def _lists(tag: str, direction: str) -> dict[str, Gloss]:
    path = data_folder() / "gloss" / f"{tag}.yml"
    if not path.is_file():
        return {}
    data = cast(
        "dict[str, dict[str, dict[str, str]]]",
        yamlio.data(path.read_text("utf-8"), f"{tag}.yml"),
    )
    return {
        word: Gloss(text, kind) for kind, entries in data[direction].items() for word, text in entries.items()
    }


@cache
def _calendar(source: str, target: str) -> dict[str, Gloss]:
    """Names of months and weekdays that mean one thing only: "may" is a verb, "mar" a sea."""
    theirs, ours = lookup(source), lookup(target)
    out: dict[str, Gloss] = {}
    for kind, rows, names in (
        ("month", theirs.months, ours.months),
        ("weekday", theirs.weekdays, ours.weekdays),
    ):
        for row in rows:
            for name, mine in zip(row, names[0] if names else (), strict=False):
                if (len(name) > 3 and name.lower() not in _ALSO_WORDS) or name in _SHORT:
                    out.setdefault(name.lower(), Gloss(mine, kind))
    return out


_SHORT = frozenset({"мая", "май"})  # no word but the month
_ALSO_WORDS = frozenset({"march", "august", "mars", "mart", "juli"})


@dataclass(frozen=True, slots=True)
class _Table:
    standard: str
    letters: dict[str, str]
    first: dict[str, str]
    after: dict[str, str]


def transliterate(text: str, lang: str) -> str:
    """A text in Latin letters by the standard of its language, "" without one.

    Case follows the original: a capital letter gives a capital and small letters.

    >>> transliterate("Эрнан", "ru"), transliterate("Польщі", "uk"), transliterate("北京", "zh")
    ('Ernan', 'Polshchi', '')
    """
    table = _tables().get(lang)
    return "".join(_letters(text, table)) if table else ""


def standard(lang: str) -> str:
    """The name of the standard that `transliterate` follows for a language, "" without one.

    >>> standard("uk")
    'KMU 2010'
    """
    table = _tables().get(lang)
    return table.standard if table else ""


def _letters(text: str, table: _Table) -> Iterator[str]:
    before = " "
    for char in text:
        low = char.lower()
        latin = table.letters.get(low, char)
        if low in table.first and (
            not (before.isalpha() or before in "'’ʼ") or (low == "е" and before in "аеёиоуыэюяйъь")
        ):
            latin = table.first[low]
        latin = table.after.get(before + low, latin)
        before = low
        yield latin.capitalize() if char.isupper() else latin


@cache
def _tables() -> dict[str, _Table]:
    path = data_folder() / "translit.yml"
    data = cast("dict[str, dict[str, object]]", yamlio.data(path.read_text("utf-8"), "translit.yml"))
    return {
        tag: _Table(
            cast(str, entry["standard"]),
            cast("dict[str, str]", entry["letters"]),
            cast("dict[str, str]", entry["first"]),
            cast("dict[str, str]", entry.get("after", {})),
        )
        for tag, entry in data.items()
    }
