"""What the neighbours of a mark say about it: the price list of `marks` and `lookalikes`, and what is no mark."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cleaner.detectors.pairs.customs import Customs
from cleaner.detectors.pairs.doubts import (
    customs_are_unknown,
    is_at_home,
    is_between_marks,
    is_certain,
    letters_among,
)
from cleaner.detectors.pairs.lookalikes import NEVER, SURE
from cleaner.detectors.pairs.marks import Mark, find
from cleaner.languages import lookup


def marks(text: str, lang: str) -> list[Mark]:
    return list(find(text, 0, len(text), Customs(lookup(lang), {})))


class Price(NamedTuple):
    """What it costs that a mark opens, closes or is none, and what would be wrong with the spacing then."""

    opener: float
    closer: float
    other: float = NEVER
    opener_slip: str = ""
    closer_slip: str = ""


# language, text with its marks, the price of the first one
PRICES = [
    ("en", "He “x” y", Price(0.0, 1.5, closer_slip="side")),
    ("en", "“x", Price(0.0, 3.8)),
    ("en", "x” y", Price(1.5, 0.0, opener_slip="side")),
    ("en", "x”", Price(3.8, 0.0)),
    ("en", "“", Price(2.5, 2.5)),  # nothing on either side
    ("en", "x\n“\ny", Price(2.5, 2.5)),
    ("en", "“ x", Price(1.0, 2.5, opener_slip="inner")),
    ("en", "x ”", Price(2.5, 1.0, closer_slip="inner")),
    ("en", "x ” y", Price(1.0, 1.0, opener_slip="inner", closer_slip="inner")),
    ("en", "x ” – y", Price(1.0, 1.0, opener_slip="inner", closer_slip="inner")),
    ("en", "x ”– y", Price(0.0, 1.5, closer_slip="side")),
    ("en", "x ”–y", Price(0.0, 1.0, closer_slip="inner")),
    ("en", "a“b", Price(1.3, 1.3)),
    ("en", "“,x", Price(1.5, 2.5)),
    ("en", "“…x", Price(0.4, 2.5)),
    ("en", "“.5", Price(0.4, 2.5)),
    ("en", "“(x", Price(0.0, 2.8)),
    ("en", "(”", Price(2.5, 1.5)),
    ("en", "x -”", Price(2.5, 0.4)),
    ("en", "x”(y", Price(1.3, 0.3)),
    ("en", "x”“y", Price(1.3, 0.6)),
    ("en", "x.“y", Price(0.5, 1.3)),
    ("en", "said, ”the", Price(0.0, 0.1, closer_slip="side")),  # it can only close
    ("en", 'said, "the', Price(0.0, 0.9, closer_slip="side")),
    ("en", "said. ”the", Price(0.0, 0.1, closer_slip="side")),
    ("en", "said. ”The", Price(0.0, 1.5, closer_slip="side")),
    ("en", "said ”the", Price(0.0, 1.5, closer_slip="side")),
    # apostrophes
    ("en", "workers’ choice", Price(1.5, 0.0, SURE, opener_slip="side")),
    ("en", "10’ y", Price(1.5, 0.0, SURE, opener_slip="side")),
    ("en", "bridge’ y", Price(1.5, 0.0, 0.25, opener_slip="side")),
    ("en", "bridge’", Price(3.8, 0.0, 0.25)),
    ("en", "bridge’, y", Price(2.8, 0.0, 0.4)),
    ("en", "x ’90s", Price(0.0, 1.5, SURE, closer_slip="side")),
    ("en", "x ’bridge", Price(0.0, 1.5, 1.2, closer_slip="side")),
    ("en", "x ’, y", Price(1.5, 1.0, 0.9, closer_slip="inner")),
    ("en", "‘90s", Price(0.0, 3.8, 0.5)),
    ("en", "‘bridge", Price(0.0, 3.8)),
    ("en", "O‘Neill", Price(1.3, 1.3, 0.1)),
    ("en", "Editors‘ x", Price(1.5, 0.0, 0.5, opener_slip="side")),
    ("en", "bridge‘ x", Price(1.5, 0.0, opener_slip="side")),
    ("zh", "a’他", Price(0.0, 0.0, 0.3)),
    ("zh", "他’他", Price(0.0, 0.0, 2.2)),
    ("zh", "他'", Price(2.5, 0.0, 0.8)),
    ("he", "ג' ב", Price(1.5, 0.0, SURE, opener_slip="side")),
    # inches and feet
    ("en", '6" x', Price(3.0, 0.0, 0.7, opener_slip="side")),
    ("en", "6” x", Price(3.0, 0.0, 1.2, opener_slip="side")),
    ("en", '6 " x', Price(2.5, 1.0, 0.7, opener_slip="inner", closer_slip="inner")),
    ("en", '6"x', Price(1.3, 1.3)),
    ("en", 'abc 20x16" x', Price(5.0, 3.5, 0.05, opener_slip="side")),
    ("en", "5'' x", Price(5.0, 3.5, 0.05, opener_slip="side")),
    # Hebrew
    ("he", 'צה"ל', Price(3.8, 3.8, 0.05)),
    ("he", 'ה"גשר', Price(0.3, 1.6, 0.35)),
    ("he", 'ה"גשרים', Price(0.3, 1.6, 1.6)),
    ("he", 'ארוכ"לים', Price(3.3, 1.6, 0.35)),
    ("he", 'ארוכ"לימים', Price(1.9, 1.6, 1.6)),
    # what is typed for a mark
    ("en", "`` x", Price(0.3, 2.5, 0.9)),
    ("en", "x `` y", Price(0.3, 0.3, 0.9)),
    ("en", "‘‘x", Price(0.0, 3.8, 1.4)),
    ("en", "<< x", Price(0.3, 2.5, 0.3)),
    ("en", "x <<y", Price(0.0, 1.5, 0.9, closer_slip="side")),
    ("en", "x>> y", Price(1.5, 0.0, 0.9, opener_slip="side")),
    ("en", "‚ x", Price(1.0, 2.5, 2.0, opener_slip="inner")),
    ("en", "a ‚b", Price(0.0, 1.5, closer_slip="side")),
    ("en", "a ‹b", Price(0.0, 1.5, 2.0, closer_slip="side")),
    ("en", "a‹b", Price(1.3, 1.3)),
    # spaces as the language sets them
    ("fr", "« x", Price(0.0, 2.5)),
    ("fr", "«x", Price(0.0, 3.8)),
    ("fr", "x« y", Price(1.3, 0.0, opener_slip="side")),
    ("fr", "“ x", Price(0.3, 2.5)),
    ("fr", "„ x", Price(1.0, 2.5, opener_slip="inner")),
    ("zh", "他“说", Price(0.0, 0.0)),
    ("zh", "他 ” ，", Price(0.3, 0.3)),
    ("zh", "“ 他", Price(0.5, 2.5, opener_slip="inner")),
    ("zh", "他” 他", Price(0.5, 0.0, opener_slip="side")),
]


@pytest.mark.parametrize(("lang", "text", "price"), PRICES, ids=[f"{row[0]} {row[1]!r}" for row in PRICES])
def test_price(lang: str, text: str, price: Price) -> None:
    mark = marks(text, lang)[0]
    assert (mark.opener_slip, mark.closer_slip) == (price.opener_slip, price.closer_slip)
    assert (mark.opener, mark.closer, mark.other) == pytest.approx(price[:3])


# language, text, its marks: the glyph, then d for doubled, f first on its line, g glued, p possessive, c clause
FOUND = [
    ("en", '""x""', ['"df', '"d']),
    ("en", '"""x"""', []),  # a string of a program
    ("en", "``x''", ["``f", "''"]),
    ("en", "```x", []),
    ("en", "l’été, O'Neill", []),
    ("zh", "a’他", ["’g"]),
    ("en", "x “y\n  “z", ["“", "“f"]),
    ("en", "x “y\n\n\n“z “a", ["“", "“f", "“"]),
    ("en", "the x’ y", ["’p"]),
    ("en", "the x’ 5", ["’"]),
    ("en", "said, ”the", ["”c"]),
    ("en", "said, “the", ["“"]),
    ("en", "said, ’the", ["’"]),
    ("en", "《x》 “y", ["“"]),  # brackets of titles are no marks in English
    ("zh", "《他》", ["《f", "》"]),
    ("en", "(“) and '\"'", []),  # spoken of
    ("en", "(“)x", ["“"]),
    ("en", "x(“) y", ["“"]),
    ("en", "x (“) “y (”) z”", ["“", "”"]),
    ("en", "“ and ” mean", []),
    ("en", "x “y” and “z", ["“", "”p", "“"]),
    ("fr", "« et » disent", []),
    ("fr", "x » et « y", ["»p", "«p"]),  # the end of one quotation and the beginning of the next
    ("en", "The mark ” closes.", []),
    ("en", "He said, ” the mark closes.", ["”p"]),
    ("en", "He said,” the mark closes.", ["”p"]),  # behind a comma it closes what was said
    ("en", ",,x, y,, z,,,", [",,f", ",,p"]),
]


@pytest.mark.parametrize(("lang", "text", "found"), FOUND, ids=[f"{row[0]} {row[1]!r}" for row in FOUND])
def test_marks_of_a_text(lang: str, text: str, found: list[str]) -> None:
    flags = ("doubled", "first", "glued", "possessive", "clause")
    assert [
        mark.glyph + "".join(flag[0] for flag in flags if getattr(mark, flag)) for mark in marks(text, lang)
    ] == found


def test_lines_are_counted() -> None:
    assert [mark.line for mark in marks("“a\n\nb” “c\r\n“d", "en")] == [0, 2, 2, 3]


def test_marks_of_a_stretch() -> None:
    text = "“a “b” c”"
    found = list(find(text, 3, 6, Customs(lookup("en"), {})))
    assert [(mark.start, mark.end, mark.glyph) for mark in found] == [(3, 4, "“"), (5, 6, "”")]
    assert found[0].first  # what stands before the stretch is not seen


# --- pairs that look broken and may be right -----------------------------------------------------------

UNKNOWN, KNOWN, ANY = "sm", "en", "und"  # we know a language, and how it quotes


@pytest.mark.parametrize(
    ("lang", "unknown"), [("sm", True), ("en", False), ("und", False), ("und-Cyrl", False)]
)
def test_languages_whose_customs_are_unknown(lang: str, unknown: bool) -> None:
    assert customs_are_unknown(lookup(lang)) is unknown


def test_marks_that_may_be_letters() -> None:
    assert letters_among("o le ‘ava", "‘’“”") == {"‘", "’"}  # single ones always
    assert letters_among("лага”тарутуо", "“”") == {"”"}
    assert letters_among("“да” 5”5", "“”‹") == set()


# language, kind, text with one pair of marks, whether that is right all the same
AT_HOME = [
    ("hi", "fake", "‘‘पुल’’", True),
    ("hi", "fake", "‘‘पुल''", False),
    ("hi", "fake", "``पुल’’", False),
    ("en", "fake", "‘‘bridge’’", False),
    ("sm", "foreign", "«le»", True),
    ("en", "foreign", "«мост»", True),  # a Russian name keeps its marks
    ("en", "foreign", "«bridge»", False),
    ("en", "foreign", "«мост bridge»", False),
    ("en", "foreign", "«5»", False),
    ("ru", "foreign", "「мост」", False),
    ("ru", "foreign", "「bridge」", False),
    ("ru", "foreign", "「橋」", True),
]


@pytest.mark.parametrize(
    ("lang", "kind", "text", "home"), AT_HOME, ids=[f"{row[0]} {row[2]}" for row in AT_HOME]
)
def test_pairs_at_home_elsewhere(lang: str, kind: str, text: str, home: bool) -> None:
    customs = Customs(lookup(lang), {})
    width = 2 if kind == "fake" else 1
    first = Mark(0, width, text[:width], 0)
    second = Mark(len(text) - width, len(text), text[-width:], 0)
    assert is_at_home(text, first, second, kind, customs) is home


CERTAIN = [
    ("“x”", True),
    ("“ . . . ”", False),  # no word between them
    ("“ opens a quotation ” ends it", False),
    ("it begins with “ and ends with ”", False),
    ("it begins with “the bridge”", True),  # only one may be spoken of
    ("“the bridge ” closes it", False),
]


@pytest.mark.parametrize(("text", "certain"), CERTAIN, ids=[row[0] for row in CERTAIN])
def test_pairs_that_quote(text: str, certain: bool) -> None:
    first, second = text.index("“"), text.index("”")
    assert is_certain(text, Mark(first, first + 1, "“", 0), Mark(second, second + 1, "”", 0)) is certain


# text, the mark that is asked about, whether it opens, what is wrong with its partner, whether printers do so
BETWEEN = [
    ("“he said ‘no’ ”", 14, False, "", True),
    ("“he said ‘no’ ”", 14, False, "inner", False),
    ("“he said no ”", 12, False, "", False),
    ("’ ”", 2, False, "", True),  # at the very beginning
    (" ”", 1, False, "", False),
    ("“ ‘no’ he said”", 0, True, "", True),
    ("“ ‘no’ he said”", 0, True, "inner", False),
    ("“ ’s avonds”", 0, True, "", False),  # an apostrophe
    ("“ ", 0, True, "", False),
]


@pytest.mark.parametrize(
    ("text", "at", "opens", "slip", "between"), BETWEEN, ids=[str(row[:4]) for row in BETWEEN]
)
def test_spaces_that_only_part_two_marks(text: str, at: int, opens: bool, slip: str, between: bool) -> None:
    partner = Mark(0, 1, "x", 0, closer_slip=slip) if opens else Mark(0, 1, "x", 0, opener_slip=slip)
    assert is_between_marks(text, Mark(at, at + 1, text[at], 0), partner, opens) is between
