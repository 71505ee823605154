"""One name in two spellings: what transliteration explains, and what is another name."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.names import Params, compile, key
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap

GERMAN = pytest.mark.xfail(strict=True, reason="ch for kh and s for z are other names elsewhere")


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    segment = Segment(text, OffsetMap.identity(len(text)))
    return [
        (text[hit.span.slice], hit.details["other"])
        for hit in compile(Params())(segment, Context(lookup(lang)))
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakhmut", "Bahmut"),
        ("Yablonsky", "Jablonski"),
        ("Milley", "Milli"),
        ("Omicron", "Omikron"),
        ("Zelenskyy", "Zelensky"),
        ("Gorbachev", "Gorbatchev"),
        ("Кэмерон", "Кемерон"),
        pytest.param("Khrushchev", "Chruschtschew", marks=GERMAN),
        pytest.param("Kuznetsov", "Kusnezow", marks=GERMAN),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wordle", "Wardle"),
        ("Evgeny", "Evgeniya"),
        ("Korostyshevsky", "Korostyshevskaya"),
        ("Emirati", "Emirate"),
        ("Minsk", "Pinsk"),
        ("Austria", "Australia"),
        ("Iran", "Iraq"),
    ],
)
def test_another_name(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_the_rarer_spelling_is_found() -> None:
    text = "Bahmut burns. Bakhmut burns. Bakhmut is far."
    assert found(text) == [("Bahmut", "Bakhmut")]


def test_the_later_one_when_both_are_as_frequent() -> None:
    assert found("In Bahmut it rains. In Bakhmut it snows.") == [("Bakhmut", "Bahmut")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Bakhmut, also Bahmut. Bahmut (Bakhmut) burns."),
        ("en", "BAKHMUT burns. Bakhmut burns."),
        ("en", "See bakhmut and bahmut, @Bakhmut and Bahmut.com."),
        ("ru", "Анны нет. Анни пришла."),
        ("en", "The Mayor said so. Major tasks remain; Mayer left."),
    ],
    ids=["explained", "capitals", "no names", "an ending", "other words"],
)
def test_silent(lang: str, text: str) -> None:
    assert found(text, lang) == []
