"""The lexicon: what it says of words, how often it is wrong, that its files stay small and stable."""

import random
from pathlib import Path

import pytest

from cleaner.languages import lexicon

FOLDER = Path(lexicon.__file__).parent / "data" / "lexicon"
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sk",
    "sh",
    "ru",
    "uk",
    "bg",
    "sv",
    "da",
    "nb",
    "fi",
    "hu",
    "ro",
    "tr",
    "el",
    "he",
    "ar",
    "hi",
    "fa",
    "ja",
    "zh",
    "ko",
    "is",
]

# word, language, at least, at most (None: not known)
KNOWN = [
    ("the", "en", 6.75, 6.75),
    ("garden", "en", 4.5, 5.25),
    ("und", "de", 6.75, 6.75),
    ("Straße", "de", 4.5, 6.0),
    ("будут", "ru", 5.0, 6.5),
    ("сказав", "uk", 5.0, 6.5),
    ("být", "cs", 5.5, 6.75),
    ("vjerojatno", "hr", 4.5, 6.0),
    ("mañana", "es", 5.0, 6.5),
    ("ekki", "is", 6.0, 6.75),
    ("है", "hi", 6.0, 6.75),
    ("アメリカ", "ja", 4.0, 6.0),
    ("usb", "ja", 3.0, 5.0),
]


@pytest.mark.parametrize(
    ("word", "lang", "least", "most"), KNOWN, ids=[f"{row[1]} {row[0]}" for row in KNOWN]
)
def test_frequency(word: str, lang: str, least: float, most: float) -> None:
    value = lexicon.zipf(word, lang)
    assert value is not None
    assert least <= value <= most


# A compound with a hyphen is as common as its rarest part, though a dictionary has it among the rare.
@pytest.mark.parametrize("word", ["e-mail", "well-known", "high-quality"])
def test_compounds(word: str) -> None:
    assert (lexicon.zipf(word, "en") or 0) >= 4


def test_rare_words_are_told_apart() -> None:
    """Words of Zipf 1.8 and 2.5 are both rare; where a large list knows them, they have different values."""
    assert lexicon.zipf("playdough", "en") == 1.75
    assert lexicon.zipf("letterbox", "en") == 2.75


# word, whether most languages of Latin script know it
@pytest.mark.parametrize(
    ("word", "known"),
    [("tsunami", True), ("matcha", True), ("kindle", True), ("ranting", False), ("widersprach", False)],
    ids=lambda value: str(value),
)
def test_international(word: str, known: bool) -> None:
    assert (lexicon.international(word) is not None) == known


def test_every_language_has_a_file() -> None:
    assert lexicon.languages() >= set(LANGUAGES)


def test_strangers_rarely_pass_for_words() -> None:
    """Documented: 1 in 170; the letters are drawn so that no word can come of them."""
    draw = random.Random(0)
    strangers = ["".join(draw.choices("qxzwvkj", k=12)) for _ in range(20_000)]
    passed = sum(lexicon.zipf(word, "en") is not None for word in strangers)
    assert passed < 20_000 / 120
    frequent = sum((lexicon.zipf(word, "en") or 0) >= lexicon.FREQUENT for word in strangers)
    assert frequent < 5


def test_a_language_without_a_file_knows_nothing() -> None:
    assert lexicon.zipf("mētõr", "liv") is None
    assert not lexicon.has("liv")
    assert lexicon.strangeness("mētõr", "liv") is None


def test_spelling_tells_languages_apart() -> None:
    for word, own, other in (
        ("wahrscheinlichkeit", "de", "en"),
        ("příležitost", "cs", "en"),
        ("thoroughly", "en", "cs"),
    ):
        assert (lexicon.strangeness(word, own) or 9) < (lexicon.strangeness(word, other) or 0)


def test_what_is_written_can_be_read() -> None:
    data = (FOLDER / "el.lex").read_bytes()
    assert lexicon.write(lexicon.read(data)) == data
    with pytest.raises(ValueError, match="not a lexicon"):
        lexicon.read(b"nonsense")


def test_the_files_are_small_and_licensed() -> None:
    sizes = [path.stat().st_size for path in FOLDER.iterdir() if path.suffix in (".lex", ".fuse")]
    assert sum(sizes) < 4_700_000
    assert "CC BY-SA 4.0" in (FOLDER / "NOTICE").read_text("utf-8")
    assert (FOLDER / "LICENSE").exists()
