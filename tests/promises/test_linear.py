"""Twice the text takes about twice the time, whatever the text: all rules together, in every kind of file."""

from __future__ import annotations

import functools

import pytest

from cleaner.config import Config
from cleaner.errors import FormatError
from cleaner.pipeline import Pipeline
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Bad
from tests import timing

PIECES = [
    "[",
    '"',
    "«",
    " ",
    "<a ",
    "<!--",
    "&",
    "&#",
    "(",
    "“",
    "\n",
    "a b ",
    "дом ",
    "`",
    "*",
    "{",
    "\\",
    "-->",
    "1:",
]
FORMATS = ("plain", "markdown", "html", "json", "csv", "srt", "vtt", "po", "xml", "yaml")
SHORT_S = 0.25


@functools.cache
def pipeline(lang: str, source: str | None) -> Pipeline:
    return Pipeline(Config(lang=lang, source_lang=source))


def seconds(text: str, lang: str, source: str | None = None, format: str = "plain") -> float:
    rules = pipeline(lang, source)

    def run() -> None:
        try:
            found = rules.find(rules.document("a", text, format=format))
        except FormatError:
            return
        assert not found.timeouts

    return timing.seconds(run, 1)


def assert_linear(unit: str, size: int, *given: str | None) -> None:
    timing.assert_linear(lambda size: seconds(unit * (size // len(unit)), *given), size, short=SHORT_S)


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text(piece: str, format: str) -> None:
    assert_linear(piece, 100_000, "en", "ru", format)


EXAMPLES = {
    f"{rule.id} {number}": bad
    for rule in shipped().rules.values()
    for number, bad in enumerate(rule.examples.bad)
    if bad.format == "plain" and not number
}


@pytest.mark.slow
@pytest.mark.parametrize("between", [" ", "\n"], ids=["one line", "many lines"])
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_text_that_is_full_of_defects(example: Bad, between: str) -> None:
    """A finding every few words: whoever looks through the whole text for each takes the square of it."""
    unit = example.text.replace("\n", " ") + between
    assert_linear(unit, 40_000, example.lang, example.source)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "<!-- cleaner: ignore -->",
        "<b>a</b>\n\n<!-- cleaner: ignore[quotes] -->\n\n",
        "<p>“a <!-- cleaner: ignore -->",
    ],
    ids=["on one line", "between texts", "used"],
)
def test_comments_without_end(unit: str) -> None:
    assert_linear(unit, 200_000, "en", None, "html")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "unit"),
    [
        ("uk", "The minister said on Friday that they will both be in Cambodia.\n"),
        ("en", "The Enforcement Servicе opened an office. "),
        ("en", "The mattress is 140х195 cm. "),
        ("ru", "?????????? ??????? ? ????????? ????\n"),
    ],
    ids=["whole sentences in another language", "look-alike letters", "look-alike signs", "lost letters"],
)
def test_texts_that_once_took_the_square(lang: str, unit: str) -> None:
    assert_linear(unit, 40_000, lang)
