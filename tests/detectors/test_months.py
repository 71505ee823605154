"""Days that do not exist and months of another language, in every calendar that CLDR gives us."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.months import Params, compile
from cleaner.languages import known, lookup
from cleaner.model import Hit, Segment
from cleaner.offsets import OffsetMap

NAMED = [
    tag
    for tag in known()
    if (it := lookup(tag)).months and "Hani" not in it.scripts and it.months[0][3].isalpha()
]


def hits(text: str, lang: str, check: str) -> list[Hit]:
    segment = Segment(text, OffsetMap.identity(len(text)))
    params = Params("days" if check == "days" else "language")
    return list(compile(params)(segment, Context(lookup(lang))))


@pytest.mark.parametrize("lang", NAMED)
def test_every_language_knows_how_long_april_is(lang: str) -> None:
    april = lookup(lang).months[0][3]
    assert not hits(f"… 30 {april} 2022 …", lang, "days")
    (hit,) = hits(f"… 31 {april} 2022 …", lang, "days")
    assert hit.details["last"] == "30"


@pytest.mark.parametrize(
    ("lang", "text", "last"),
    [
        ("en", "on February 29, 2023", "28"),
        ("en", "on February 29, 2024", ""),
        ("en", "on February 29", ""),
        ("en", "on February 30", "29"),
        ("en", "June 31st, 2020", "30"),
        ("en", "June 31.5 percent", ""),
        ("en", "a June 31-strong team", ""),
        ("es", "el 31 de abril de 2022", "30"),
        ("zh", "2月30日", "29"),
        ("zh", "12月30日", ""),
        ("ko", "2023년 2월 29일", "28"),
        ("und", "2022-11-31", "30"),
        ("und", "id 1-2022-11-31-7", ""),
    ],
)
def test_days(lang: str, text: str, last: str) -> None:
    assert [hit.details["last"] for hit in hits(text, lang, "days")] == ([last] if last else [])


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "am 11. February 2023", "Februar"),
        ("en", "on 29 июля 2022", "July"),
        ("uk", "29 июля 2022", "липня"),
        ("cs", "29 August 2022", "srpna"),
        ("de", "am 11. Februar 2023", ""),
        ("en", "the Mars 3 probe", ""),
        ("en", "in May, 3 of them", ""),
        ("ja", "2023年2月11日", ""),
    ],
)
def test_language(lang: str, text: str, found: str) -> None:
    titles = [hit.repairs[0].title for hit in hits(text, lang, "language")]
    assert titles == ([f"write “{found}”"] if found else [])
