"""Phrases: the little language, the four units, and what a deletion takes with it."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.phrases import Params, Unit, compile
from cleaner.languages import lookup
from cleaner.model import Hit, Segment
from cleaner.offsets import OffsetMap, splice


def hits(text: str, phrases: dict[str, tuple[str, ...]], unit: Unit, lang: str = "en") -> list[Hit]:
    segment = Segment(text, OffsetMap.identity(len(text)))
    return list(compile(Params(phrases, unit))(segment, Context(lookup(lang))))


def found(text: str, phrase: str, unit: Unit, lang: str = "en") -> list[str]:
    return [text[hit.span.slice] for hit in hits(text, {lang: (phrase,)}, unit, lang)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("noted his readiness", "He Noted his\u00a0readiness.", ["Noted his\u00a0readiness"]),
        ("noted his readiness", "He denoted his readiness.", []),
        (
            "pumping of …with weapons",
            "the pumping of the regime with weapons",
            ["pumping of the regime with weapons"],
        ),
        ("pumping of …with weapons", "pumping of oil. He left with weapons", []),
        ("{take|took} part{s|}", "It took part; took parts.", ["took part", "took parts"]),
        ("I'm sorry", "I’m sorry, I'm sorry", ["I’m sorry", "I'm sorry"]),
        ("[to be translated]", "x[To be translated]y", ["[To be translated]"]),
    ],
)
def test_words(phrase: str, text: str, expected: list[str]) -> None:
    assert found(text, phrase, "words") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es ist nichts zu übersetzen.", ["Es ist nichts zu übersetzen."]),
        ("Guten Tag! Es ist nichts zu übersetzen", ["Es ist nichts zu übersetzen"]),
        ("„Es ist nichts zu übersetzen.“", ["Es ist nichts zu übersetzen."]),
        ("Er sagt, es ist nichts zu übersetzen.", []),
        ("Es ist nichts zu übersetzen außer dem Titel.", []),
    ],
    ids=["alone", "last of two", "quoted", "in a clause", "goes on"],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert found(text, "Es ist nichts zu übersetzen", "sentence", "de") == expected


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a\nЧитайте также: b\nc", "a\nc"),
        ("a\r\nЧитайте также: b\r\nc", "a\r\nc"),
        ("a\nЧитайте также: b", "a"),
        ("• Читайте также: b\nc", "c"),
        ("Читайте также: b", ""),
    ],
)
def test_a_deleted_line_takes_one_break_with_it(text: str, after: str) -> None:
    (hit,) = hits(text, {"ru": ("Читайте также: …",)}, "line", "ru")
    assert splice(text, hit.repairs[0].edits) == after


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Translation:\n\nText.", 1),
        ("\n Translation:\nText.", 1),
        ("Text.\nTranslation:\nText.", 0),
        ("Translation:", 0),
    ],
)
def test_opening(text: str, count: int) -> None:
    assert len(hits(text, {"en": ("Translation:",)}, "opening")) == count


def test_an_arrow_keeps_letter_case_and_replaces() -> None:
    text = "infobae and Infobae and INFOBAE"
    (hit,) = hits(text, {"en": ("infobae → Infobae",)}, "words")
    assert splice(text, hit.repairs[0].edits) == "Infobae and Infobae and INFOBAE"


def test_the_language_chooses_the_list() -> None:
    phrases: dict[str, tuple[str, ...]] = {"pt": ("no final do dia",), "any": ("<eos>",)}
    assert len(hits("no final do dia <eos>", phrases, "words", "pt-PT")) == 2
    assert len(hits("no final do dia <eos>", phrases, "words", "es")) == 1


@pytest.mark.parametrize("phrase", ["{a|b", "ab}c{d", "{ab{c}d}", "…x", "a …"])
def test_phrases_that_cannot_be(phrase: str) -> None:
    with pytest.raises(ValueError, match="“phrases”"):
        Params({"en": (phrase,)})
