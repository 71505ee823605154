"""What two marks were meant to be, and what it costs to believe so: the price list of `customs`."""

from __future__ import annotations

import pytest

from cleaner.detectors.pairs.customs import Customs, Match, Style, accepted
from cleaner.languages import lookup

Usage = dict[str, int]


def customs(lang: str, **usage: int) -> Customs:
    return Customs(lookup(lang), usage)


# language, the two marks and the one around them, the pair that is read, its cost, what is wrong with either
PAIRS = [
    ("en", "“ ”", "“”", 0.0, "", ""),
    ("en", "‘ ’", "‘’", 0.1, "", ""),
    ("en", "‘ ’ in “", "‘’", 0.0, "", ""),
    ("en", "“ ” in “", "“”", 0.4, "", ""),
    ("en", "' ' in “", "''", 0.1, "", ""),
    ("en", '" "', '""', 0.64, "", ""),  # straight where the text shows no straight ones, the third style
    ("en", '" “', "“”", 1.7, "mixed", "reversed"),
    ("en", '“ "', "“”", 1.1, "", "mixed"),
    ("en", '" ”', "“”", 1.1, "mixed", ""),
    ("en", "” ”", "“”", 1.0, "reversed", ""),
    ("en", "“ “", "“”", 1.0, "", "reversed"),
    ("en", "' ’", "‘’", 1.2, "mixed", ""),
    ("en", "“ ’", "“”", 2.0, "", "mixed"),
    ("en", "\" '", '""', 2.64, "", "mixed"),
    ("en", '‘ "', '""', 2.64, "mixed", ""),
    ("en", "‘ “", "“”", 2.6, "mixed", "reversed"),
    ("en", '‘ " in “', "‘’", 2.6, "", "mixed"),
    ("en", "« ”", "“”", 1.3, "mixed", ""),
    ("en", "“ »", "“”", 1.3, "", "mixed"),
    ("en", "» «", "“”", 1.4, "foreign", "foreign"),
    ("en", "„ “", "“”", 1.4, "foreign", "foreign"),
    ("en", "„ ”", "“”", 1.4, "foreign", ""),
    ("en", "‹ ›", "‘’", 1.4, "foreign", "foreign"),
    ("en", "『 』", "“”", 1.4, "foreign", "foreign"),
    ("en", "《 》", "“”", 2.08, "mixed", "mixed"),
    ("en", "《 ”", "“”", 99.0, "", ""),
    ("en", "“ 》", "“”", 99.0, "", ""),
    ("en", "`` ''", "“”", 0.96, "fake", "fake"),
    ("en", "`` ”", "“”", 0.6, "fake", ""),
    ("en", "`` ’", "“”", 2.36, "fake", "mixed"),
    ("en", "`` '' in “", "‘’", 0.96, "fake", "fake"),
    ("de", "`` '' in „", "‚‘", 0.96, "fake", "fake"),
    ("de", "„ “", "„“", 0.0, "", ""),
    ("de", "» «", "»«", 0.02, "", ""),
    ("de", "« »", "«»", 0.04, "", ""),
    ("de", "“ ”", "„“", 1.4, "foreign", "foreign"),
    ("fr", "« »", "«»", 0.0, "", ""),
    ("fr", "» «", "«»", 1.6, "reversed", "reversed"),
    ("fr", "« » in «", "«»", 0.4, "", ""),
    ("sv", "” ”", "””", 0.0, "", ""),
    ("he", '" "', '""', 0.0, "", ""),
    ("zh", "《 》", "《》", 0.08, "", ""),
    ("zh", "《 〉", "《》", 1.38, "", "mixed"),
    ("zh", "« »", "“”", 1.4, "foreign", "foreign"),
]


@pytest.mark.parametrize(
    ("lang", "marks", "style", "cost", "opener", "closer"), PAIRS, ids=[f"{row[0]} {row[1]}" for row in PAIRS]
)
def test_pair(lang: str, marks: str, style: str, cost: float, opener: str, closer: str) -> None:
    opening, closing, _, around = (*marks.split(), "", "")[:4]
    match = customs(lang).pair(opening, closing, around)
    assert (match.style.open + match.style.close, match.opener, match.closer) == (style, opener, closer)
    assert match.cost == pytest.approx(cost)


# language, what the text uses, the cost of each style
WEIGHTS: list[tuple[str, Usage, dict[str, float]]] = [
    ("en", {}, {"“”": 0.0, "‘’": 0.1, '""': 0.64, "''": 0.1}),
    ("en", {'"': 2}, {"“”": 0.5, '""': 0.04}),
    ("en", {'"': 1}, {"“”": 0.0, '""': 0.64}),  # one mark is no pair
    ("en", {"“": 3}, {"“”": 0.0, '""': 0.64}),
    ("en", {"“": 1, "”": 1}, {"“”": 0.0, '""': 1.14}),
    ("en", {"“": 1, "”": 1, '"': 2}, {"“”": 0.0, '""': 0.04}),
    ("en", {"“": 1, "”": 1, '"': 4}, {"“”": 0.25, '""': 0.04}),
    ("de", {"„": 1, "“": 1}, {"„“": 0.0, "»«": 0.52, "‚‘": 0.1}),
    ("de", {"»": 2, "«": 2}, {"„“": 0.5, "»«": 0.02}),
    ("ru", {"«": 1, "»": 1}, {"«»": 0.0, "„“": 0.1}),  # which are the inner ones of these
    ("ru", {"„": 1, "“": 1}, {"«»": 0.1, "„“": 0.02, "“”": 0.54}),
    ("he", {}, {'""': 0.0, "””": 0.1, "“”": 0.14}),
    ("he", {'"': 1}, {'""': 0.1, "””": 0.5}),  # the gershayim of an acronym
    ("he", {"“": 2, "”": 2}, {'""': 0.6, "””": 0.25, "“”": 0.04}),
    ("he", {"״": 1}, {'""': 0.6, "״״": 0.02}),
]


@pytest.mark.parametrize(("lang", "usage", "costs"), WEIGHTS, ids=[f"{row[0]} {row[1]}" for row in WEIGHTS])
def test_what_the_text_uses_is_cheap(lang: str, usage: Usage, costs: dict[str, float]) -> None:
    found = {style.open + style.close: cost for style, cost in customs(lang, **usage).styles}
    assert {pair: found[pair] for pair in costs} == pytest.approx(costs)


def test_foreign_marks_become_those_that_the_text_uses() -> None:
    assert customs("en", **{'"': 2}).pair("»", "«") == Match(Style('"', '"'), 1.4, "foreign", "foreign")
    assert customs("en", **{'"': 2}).pair("‹", "›") == Match(Style("‘", "’"), 1.4, "foreign", "foreign")
    assert customs("zh", **{"《": 4, "》": 4}).pair("«", "»").style == Style("“", "”")  # never a title


# mark, whether it opens and closes in English, what it costs to open and to close without partner, its style
LONE = [
    ("“", True, False, 0.0, 1.0, "“”"),
    ("”", False, True, 0.3, 0.0, "“”"),
    ('"', True, True, 0.3, 0.3, '""'),
    ("«", False, False, 1.0, 1.0, "“”"),
    ("‘", True, False, 0.1, 1.0, "‘’"),
    ("’", False, True, 0.3, 0.1, "‘’"),
    ("'", True, True, 0.1, 0.1, "''"),
    ("``", True, False, 0.0, 1.0, "“”"),
    ("''", True, True, 0.3, 1.0, "“”"),
    (">>", False, True, 0.3, 0.0, "“”"),
    ("‹", False, False, 1.0, 1.0, "‘’"),
]


@pytest.mark.parametrize(
    ("mark", "opens", "closes", "opener", "closer", "style"), LONE, ids=[row[0] for row in LONE]
)
def test_a_mark_alone(mark: str, opens: bool, closes: bool, opener: float, closer: float, style: str) -> None:
    english = customs("en")
    assert (english.opens(mark), english.closes(mark)) == (opens, closes)
    assert english.direction(mark, opener=True) == pytest.approx(opener)
    assert english.direction(mark, opener=False) == pytest.approx(closer)
    for side in (True, False):
        usual = english.usual(mark, opener=side)
        assert usual.open + usual.close == style


NESTED = [
    ("en", "“", "‘", 1, 0.0),
    ("en", "“", "‘", 2, 1.0),
    ("en", "“", "“", 1, 0.8),
    ("en", '"', '"', 1, 1.5),
    ("en", "“", '"', 1, 0.3),
    ("en", "“", "'", 1, 0.1),
    ("en", "‘", "“", 1, 0.0),
    ("en", "“", "``", 1, 0.0),
    ("en", "``", "“", 2, 1.0),
    ("en", "«", "“", 1, 0.3),
    ("fr", "«", "«", 1, 0.0),
]


@pytest.mark.parametrize(
    ("lang", "outer", "inner", "depth", "cost"),
    NESTED,
    ids=[f"{row[0]} {row[1]} {row[2]} {row[3]}" for row in NESTED],
)
def test_one_inside_another(lang: str, outer: str, inner: str, depth: int, cost: float) -> None:
    assert customs(lang).nest(outer, inner, depth) == pytest.approx(cost)


def test_spaces_inside() -> None:
    assert customs("fr").spaced("«")
    assert customs("fr").pads
    assert not customs("fr").spaced("“")
    assert not customs("en").pads


def test_where_customs_are_unknown_those_of_the_world_hold() -> None:
    styles = [style.open + style.close for style in accepted(lookup("und"))]
    assert styles == ["“”", '""', "«»", "„“", "‘’", "''"]
