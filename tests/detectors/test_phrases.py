"""Phrases: the little language, the four units, and what a deletion takes with it."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.phrases import Params, compile
from cleaner.languages import lookup
from cleaner.model import Hit, Segment
from cleaner.offsets import OffsetMap, splice
from cleaner.text.phrase import Unit


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


def test_quotations_and_addresses_may_be_left_alone() -> None:
    text = "Kiev, “in Kiev”, kiev.org/Kiev"
    segment = Segment(text, OffsetMap.identity(len(text)))
    detect = compile(Params({"en": ("kiev",)}, skip=("addresses", "quotations")))
    assert [hit.span.start for hit in detect(segment, Context(lookup("en")))] == [0]


def test_the_language_chooses_the_list() -> None:
    phrases: dict[str, tuple[str, ...]] = {"pt": ("no final do dia",), "any": ("<eos>",)}
    assert len(hits("no final do dia <eos>", phrases, "words", "pt-PT")) == 2
    assert len(hits("no final do dia <eos>", phrases, "words", "es")) == 1


@pytest.mark.parametrize(
    ("phrase", "text", "after"),
    [
        ("einmal mehr → erneut", "Er ist einmal mehr da.", "Er ist erneut da."),
        ("einmal mehr -> erneut", "Er ist einmal mehr da.", "Er ist erneut da."),
        ("einmal mehr → erneut", "So. Einmal mehr kam er.", "So. Erneut kam er."),
        ("einmal mehr → erneut", "– Einmal mehr\n„Einmal mehr“", "– Erneut\n„Erneut“"),
        ("einmal mehr → erneut", "EINMAL MEHR DA", "ERNEUT DA"),
        ("einmal mehr → erneut", "Der Film Einmal mehr läuft.", None),
        ("einmal mehr → erneut", "So. Einmal Mehr kam er.", None),
        ("Kiev → Kyiv", "Kiev and kiev and KIEV", "Kyiv and kiev and KIEV"),
        (
            "{the |}Donbass → Donbas",
            "The Donbass. THE DONBASS, DONBASS, Donbass",
            "Donbas. DONBAS, DONBASS, Donbas",
        ),
        ("infobae → Infobae", "Infobae says. INFOBAE", None),
        ("«да» → «так»", "Слово «ДА».", "Слово «ТАК»."),
        ("5 percent → 5 per cent", "5 PERCENT", "5 PER CENT"),
        ("I’m sorry → I regret", "I'm sorry", "I regret"),
    ],
)
def test_what_is_written_instead_follows_the_letter_case(phrase: str, text: str, after: str | None) -> None:
    edits = [hit.repairs[0].edits[0] for hit in hits(text, {"any": (phrase,)}, "words")]
    assert splice(text, edits) == (text if after is None else after)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("an Anthony  Blinken", "an Antony  Blinken"),
        ("an Anthony\u00a0Blinken", "an Antony\u00a0Blinken"),
        ("an Anthony\nBlinken", "an Antony\nBlinken"),
        ("an Anthony \r\n  Blinken", "an Antony \r\n  Blinken"),
        ("an Anthony\n\nBlinken", None),
        ("an Anthony   Blinken", None),
    ],
)
def test_a_space_may_be_two_or_the_end_of_a_line(text: str, after: str | None) -> None:
    edits = [
        hit.repairs[0].edits[0] for hit in hits(text, {"en": ("Anthony Blinken → Antony Blinken",)}, "words")
    ]
    assert splice(text, edits) == (text if after is None else after)


def test_a_phrase_that_begins_with_a_sign_may_go_on_in_the_next_line() -> None:
    assert found("x[To\nbe  translated]y", "[to be translated]", "words") == ["[To\nbe  translated]"]


def test_in_lines_a_space_is_one() -> None:
    assert found("Read  also: x", "Read also: …", "line") == []


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("{the |}Donbass → {the |}Donbas", "with its braces: write a phrase for each choice"),
        ("Kiev → ", "nothing stands after the arrow"),
        ("Kiev ->", "nothing stands after the arrow"),
        ("a word → b → c", "there are two arrows"),
        ("from … to → between … and", "would be lost"),
        ("→ Kyiv", "must begin with at least two letters"),
    ],
)
def test_arrows_that_cannot_be(phrase: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Params({"en": (phrase,)})


@pytest.mark.parametrize("phrase", ["{a|b", "ab}c{d", "{ab{c}d}", "…x", "a …"])
def test_phrases_that_cannot_be(phrase: str) -> None:
    with pytest.raises(ValueError, match="“phrases”"):
        Params({"en": (phrase,)})
