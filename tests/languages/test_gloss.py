"""Glosses come from closed lists, names by a standard; both directions, all languages."""

import pytest

from cleaner import yamlio
from cleaner.languages import gloss, lookup, remedies
from cleaner.languages.fragments import in_other_letters

LANGUAGES = ["ru", "uk", "de", "fr", "es", "it", "pt", "pl", "cs", "zh", "ja", "ar", "he"]

GLOSSED = [
    ("будут", "ru", "en", "will"), ("кожна", "uk", "en", "every"), ("nicht", "de", "en", "not"),
    ("avec", "fr", "en", "with"), ("pero", "es", "en", "but"), ("anche", "it", "en", "also"),
    ("também", "pt", "en", "also"), ("będzie", "pl", "en", "will"), ("protože", "cs", "en", "because"),
    ("已经", "zh", "en", "already"), ("しかし", "ja", "en", "but"), ("لكن", "ar", "en", "but"),
    ("דולר", "he", "en", "dollars"), ("февраля", "ru", "en", "February"), ("listopadu", "cs", "en", "November"),
    ("dollars", "en", "ru", "долларов"), ("because", "en", "de", "weil"), ("hours", "en", "ja", "時間"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "source", "target", "said"), GLOSSED, ids=[f"{r[1]} {r[0]}" for r in GLOSSED]
)
def test_gloss(word: str, source: str, target: str, said: str) -> None:
    found = gloss.gloss(word, source, target)
    assert found is not None
    assert found.text == said


@pytest.mark.parametrize("word", ["президент", "оккупантам", "Regierung", "公司"])
def test_open_class_words_are_never_guessed(word: str) -> None:
    assert all(gloss.gloss(word, source, "en") is None for source in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_directions_are_there(lang: str) -> None:
    for direction in ("into-english", "from-english"):
        entries = gloss._lists(lang, direction)
        assert len(entries) > 20
        assert {entry.kind for entry in entries.values()} == {"function", "unit", "currency"}
        assert all(
            word == word.strip() and entry.text == entry.text.strip() != "" for word, entry in entries.items()
        )


def test_lists_say_where_they_come_from() -> None:
    folder = gloss.resources.files("cleaner.languages") / "data" / "gloss"
    for lang in LANGUAGES:
        text = (folder / f"{lang}.yml").read_text("utf-8")
        assert text.startswith("#")
        assert "Sources:" in text
        yamlio.read(text, f"{lang}.yml")


NAMES = [("Эрнан", "ru", "Ernan"), ("Елена", "ru", "Yelena"), ("Андреев", "ru", "Andreyev"),
         ("Юрій", "uk", "Yurii"), ("Польщі", "uk", "Polshchi"), ("Знам'янка", "uk", "Znamianka"),
         ("Пловдив", "bg", "Plovdiv"), ("北京", "zh", "")]  # fmt: skip


@pytest.mark.parametrize(("name", "lang", "latin"), NAMES, ids=[row[0] for row in NAMES])
def test_transliterate(name: str, lang: str, latin: str) -> None:
    assert gloss.transliterate(name, lang) == latin


PROVEN = [
    ("Анна Anna came.", "uk", "Anna"),
    ("But кожна every family.", "uk", "every"),
    ("Secretary Столтенберг Stoltenberg spoke.", "uk", "Stoltenberg"),
    ("They both [будут] be there.", "ru", ""),
    ("Many людей people came.", "ru", ""),
    ("The на table is on fire.", "ru", ""),
]


@pytest.mark.parametrize(("text", "source", "beside"), PROVEN, ids=[row[0] for row in PROVEN])
def test_redundancy_is_proven_or_denied(text: str, source: str, beside: str) -> None:
    (fragment,) = in_other_letters(text, lookup("en"), lookup(source), None)
    assert remedies.redundant(text, fragment, lookup("en")) == beside
