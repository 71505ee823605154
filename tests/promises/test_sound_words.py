"""Sound words in every case and frame: no safe repair may take a letter and its quotation mark for mojibake.

An upper-case word that ends in Ð, Ã, Â or Î, followed by a quotation mark or a no-break space, reads as UTF-8
in windows-1252: ftfy 6.3.1 changes about a thousand of such words of Icelandic, Vietnamese, Portuguese, Romanian,
Turkish and Malay. The words here are made by that rule, and taken from the sound texts of our own fixtures.
"""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.languages import lookup
from cleaner.model import Safety
from cleaner.pipeline import Pipeline
from cleaner.ruleset.load import shipped

FRAMES = ("{}", "“{}”", "„{}“", "«{}»", "‘{}’", '"{}"', "{}\u00a0— x", "({})", "{}… {}!")
DECEIVERS = ("is", "vi", "pt", "ro", "tr", "fr", "fo", "sk")
SUSPECTS = "ÀÂÃÄÅÆÇÐÑÎÏÒØÙÚÜÝÞŽŠĂĐƠƯ"
EVERYDAY = 200  # the others are `slow`
_WORD = re.compile(r"[^\W\d_]{2,}")


@functools.cache
def pipeline(lang: str) -> Pipeline:
    return Pipeline(Config(lang=lang))


def changed(lang: str, words: Iterator[str]) -> list[tuple[str, str]]:
    """The framed words that a safe repair changes, and into what."""
    rules = pipeline(lang)
    out = []
    for word in words:
        for frame in FRAMES:
            text = frame.replace("{}", word)
            done = rules.clean(rules.document("a", text), Safety.SAFE)
            if done.document.text != text:
                out.append((text, done.document.text))
    return out


def deceivers(lang: str) -> list[str]:
    """Short upper-case words of letters of a language that end in one that begins a sequence of UTF-8."""
    letters = [
        letter.upper()
        for letter in sorted(lookup(lang).letters)
        if len(letter.upper()) == 1 and letter.isalpha()
    ]
    ends = [letter for letter in letters if letter in SUSPECTS]
    return [f"{one}{two}{end}" for one in letters for two in letters for end in ends]


@functools.cache
def texts() -> dict[str, list[str]]:
    """Sound texts of ours by language: the good examples of all rules, and the fixtures."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rule in shipped().rules.values():
        for good in rule.examples.good:
            if not good.reported_by and good.format == "plain":
                found[good.lang.partition("-")[0]].append(good.text)
    for path in (Path(__file__).parents[2] / "fixtures").glob("s*/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found[row["lang"].partition("-")[0]].append(row["text"])
    return found


def words(lang: str) -> list[str]:
    """The words of a language's sound texts that are written in its own letters, each in three cases."""
    own = lookup(lang).letters
    found = dict.fromkeys(word.lower() for text in texts()[lang] for word in _WORD.findall(text))
    sound = [word for word in found if set(word) <= set(own)]
    return [shape for word in sound for shape in dict.fromkeys((word, word.capitalize(), word.upper()))]


LANGUAGES = ("ar", "bg", "cs", "de", "el", "en", "es", "fa", "fr", "he", "hu", "is", "it", "ja", "ko", "nl", "pl", "pt",
             "ro", "ru", "sv", "tr", "uk", "vi", "zh")  # fmt: skip


@pytest.mark.parametrize("lang", DECEIVERS)
def test_words_that_deceive_ftfy(lang: str) -> None:
    made = deceivers(lang)
    assert len(made) > EVERYDAY / 4
    assert changed(lang, iter(made[:: max(1, len(made) // (EVERYDAY // 4))])) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", DECEIVERS)
def test_many_words_that_deceive_ftfy(lang: str) -> None:
    made = deceivers(lang)
    assert changed(lang, iter(made[:: max(1, len(made) // 1000)])) == []


def test_the_best_known_ones() -> None:
    for lang, word in (
        ("pt", "AMANHÃ"),
        ("pt", "IRMÃ"),
        ("is", "VEIÐ"),
        ("is", "ÞJÓÐ"),
        ("ro", "ROMÂ"),
        ("fr", "DÎ"),
        ("fr", "ÔÇÜ"),
        ("pt", "ÒÇÇ"),
    ):
        assert changed(lang, iter([word])) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_in_frames(lang: str) -> None:
    found = words(lang)
    assert found or lang in ("ja", "ko", "zh")  # whose letters are no list
    assert changed(lang, iter(found[:600])) == []


def test_there_are_words_of_twenty_languages() -> None:
    assert sum(len(words(lang)) > 50 for lang in LANGUAGES) >= 20
