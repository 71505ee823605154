"""What a judge says of signs, letters and words: the price list in bits, and each question that it answers."""

from __future__ import annotations

import re

import pytest

from cleaner.detectors.mojibake import judge as bits
from cleaner.detectors.mojibake.judge import Judge, is_out_of_place, judge_of
from cleaner.languages import lexicon, lookup


def judge(lang: str) -> Judge:
    return judge_of(lookup(lang))


# language, text, the place of the sign, bits
SIGNS = [
    ("en", "a © b", 2, 4.0, "a symbol on its own"),
    ("en", "© b", 0, 4.0, "at the beginning"),
    ("en", "b ©", 2, 4.0, "at the end"),
    ("en", "a©b", 1, 13.0, "a symbol in a word"),
    ("en", "a© b", 1, 4.0, "behind a word"),
    ("en", "a ©b", 2, 4.0, "before a word"),
    ("en", "¡© ", 1, 8.0, "behind another symbol"),
    ("en", " ©¡", 1, 8.0, "before another symbol"),
    ("en", "(©)", 1, 4.0, "between brackets of ASCII"),
    ("en", "é© ", 1, 4.0, "behind a letter beyond ASCII"),
    ("en", "\u00a0© ", 1, 4.0, "behind a no-break space"),
    ("en", "a“b", 1, 9.0, "a quotation mark in a word"),
    ("en", "a “b", 2, 3.5, "a quotation mark before a word"),
    ("en", "a–b", 1, 3.5, "a dash in a word"),
    ("en", "a ¦ b", 2, 9.0, "a sign that nobody prints"),
    ("en", "a¦b", 1, 16.0, "the same in a word"),
    ("en", "a\x93b", 1, 20.0, "a control"),
    ("en", "a\ufffdb", 1, 20.0, "a lost character"),
    ("en", "\ue000", 0, 20.0, "a character of private use"),
    ("en", "中", 0, 15.0, "Han in English"),
    ("en", "a中", 1, 23.0, "Han behind a letter"),
    ("en", "a中b", 1, 31.0, "Han in a word"),
    ("zh", "的", 0, 8.5, "common Han"),
    ("zh", "籲", 0, 8.5, "the last common one of Big5"),
    ("zh", "\u3400", 0, 13.0, "rare Han, the first"),
    ("zh", "\u9fff", 0, 13.0, "rare Han, the last"),
    ("ja", "か", 0, 6.0, "kana in Japanese"),
    ("zh", "か", 0, 13.0, "kana in Chinese"),
    ("zh", "\u3040", 0, 13.0, "before the first of them"),
    ("zh", "\u30ff", 0, 13.0, "the last of them"),
]


@pytest.mark.parametrize(
    ("lang", "text", "at", "price", "name"), SIGNS, ids=[f"{row[4]} {row[0]}" for row in SIGNS]
)
def test_price_of_a_sign(lang: str, text: str, at: int, price: float, name: str) -> None:
    assert judge(lang)._sign(text[at], text, at) == price


LETTERS = [
    ("en", "a", 4.8),
    ("ru", "a", 4.8),
    ("ru", "я", 4.8),
    ("en", "é", 8.0),
    ("en", "ƒ", 11.0),
    ("en", "я", 13.0),
]


@pytest.mark.parametrize(("lang", "letter", "price"), LETTERS, ids=[f"{row[1]} {row[0]}" for row in LETTERS])
def test_price_of_a_letter(lang: str, letter: str, price: float) -> None:
    assert judge(lang)._letter(letter) == price


@pytest.mark.parametrize(
    ("word", "price"),
    [
        ("", 0),
        ("a", 0),
        ("A", 0),
        ("word", 0),
        ("Word", 0),
        ("WORD", 2),
        ("wOrd", 8),
        ("WoRD", 8),
        ("Слово", 0),
    ],
)
def test_price_of_capitals(word: str, price: float) -> None:
    assert bits._case(word) == price


def by_frequency(word: str, lang: str) -> float:
    known = lexicon.zipf(word, lang)
    assert known is not None
    return (9 - known) * bits.BITS_PER_ZIPF


def test_a_known_word_costs_what_its_frequency_says() -> None:
    english = judge("en")
    assert english.strangeness("") == 0
    assert english.strangeness("the") == by_frequency("the", "en")
    assert english.strangeness("THE") == by_frequency("the", "en") + bits.CAPITALS
    assert english.strangeness("it’s") == by_frequency("it's", "en")
    assert english.strangeness("the © the") == 2 * by_frequency("the", "en") + bits.SYMBOL


def test_a_word_with_an_apostrophe_that_is_none_costs_its_parts() -> None:
    english = judge("en")
    assert lexicon.zipf("the'xqzwkv", "en") is None
    assert english.strangeness("the’xqzwkv") == by_frequency("the", "en") + english.strangeness("xqzwkv") + 1
    assert english.strangeness("the'xqzwkv") == by_frequency("the", "en") + english.strangeness("xqzwkv")


def test_an_unknown_word_costs_its_spelling() -> None:
    english = judge("en")
    size = len("glimbering") + 1
    spelled = lexicon.strangeness("glimbering", "en")
    assert spelled is not None
    assert english.strangeness("glimbering") == spelled * size
    assert english.strangeness("xqzwkv") == bits.PLAIN_LETTER * 6 + bits.UNKNOWN_WORD  # at most


def test_a_single_letter_is_a_word_when_it_is_a_frequent_one() -> None:
    english = judge("en")
    assert english.strangeness("a") == by_frequency("a", "en")
    assert english.strangeness("o") == by_frequency("o", "en")  # exactly 5 on the scale
    assert (lexicon.zipf("z", "en") or 0) < 5
    assert english.strangeness("z") == english._spelling("z") + bits.LONELY
    assert english._part("a") == english._spelling("a")  # a letter beside an apostrophe is none
    assert english.strangeness("я") == bits.OTHER_SCRIPT + bits.LONELY_FOREIGN


def test_a_word_in_two_scripts_costs_more_than_its_letters() -> None:
    assert judge("en").strangeness("xя") == bits.PLAIN_LETTER + bits.OTHER_SCRIPT + bits.TWO_SCRIPTS
    assert judge("en").strangeness("яя") == 2 * bits.OTHER_SCRIPT
    assert judge("en").strangeness("éx") == bits.AUXILIARY_LETTER + bits.PLAIN_LETTER


# language, word, whether it is broken, whether it is sound
WORDS = [
    ("ru", "привет", False, True),
    ("ru", "Привет", False, True),
    ("ru", "ПРИВЕТ", False, True),
    ("ru", "приВет", True, False),  # a capital inside
    ("ru", "прiвет", True, True),  # the i is Latin: for the rules of mixed scripts, no misread byte
    ("ru", "при“вет", True, False),
    ("ru", "ЫЫЩЩЙЙ", False, False),  # no word of Russian: what KOI8 read as cp1251 looks like
    ("en", "iPhone", False, True),
    ("en", "it’s", False, True),
    ("en", "naïve", False, False),  # to be looked at; its letter is none of every day
    ("en", "cafÃ©", True, False),
    ("hi", "हिन्दी", False, True),  # vowel signs are letters
    ("zh", "他說", False, True),
    ("zh", "縺縺", False, False),  # two rare Han
    ("zh", "他\ue000", False, False),
]


@pytest.mark.parametrize(
    ("lang", "word", "broken", "sound"), WORDS, ids=[f"{row[0]} {row[1]}" for row in WORDS]
)
def test_words_that_are_broken_or_sound(lang: str, word: str, broken: bool, sound: bool) -> None:
    assert judge(lang).is_broken(word) is broken
    assert judge(lang).is_sound(word) is sound


@pytest.mark.parametrize(
    ("text", "odd", "clean"),
    [
        ("plain “text” – 5 €", "", True),
        ("☀ ➿ 😀 🀀", "", True),  # emoji, the first and the last of their blocks too
        ("① ⟀", "①⟀", False),
        ("a ¦ b", "¦", False),
        ("я", "", False),  # a letter is no sign, and yet not clean
        ("я ¦", "¦", False),
        ("\x93", "\x93", False),
    ],
)
def test_signs_that_newspapers_do_not_print(text: str, odd: str, clean: bool) -> None:
    assert judge("en").odd_signs(text) == set(odd)
    assert judge("en").is_clean(text) is clean


# what stands there, what it would become, whether that says nothing
EMPTY = [
    ("word", "“”", True),
    ("word", "“a”", False),
    ("“word”", "-", True),
    ("!", "“”", False),
    ("xyz", "的的的鸘", False),  # one rare in four
    ("xyz", "的的鸘", True),  # one rare in three
    ("xyz", "鸘", True),
    ("xyz鸘", "鸘的", False),  # it was there before
    ("x!", "\u9fff", True),
]


@pytest.mark.parametrize(("token", "before", "empty"), EMPTY, ids=[f"{row[0]} → {row[1]}" for row in EMPTY])
def test_readings_that_say_nothing(token: str, before: str, empty: bool) -> None:
    assert judge("zh").is_empty(token, before) is empty


# language, what stands there, what it would become, whether all that is new is known
KNOWN = [
    ("en", "â€œhello", "“hello", True),
    ("en", "â€œthÃ©", "“the", True),
    ("en", "the¦", "the¦", False),
    ("en", "xÃ", "the¦", False),
    ("en", "Ãthe", "the“re", False),  # a mark in the middle of a word
    ("en", "itâ€™s", "it’s", False),
    ("en", "donâ€™t", "don’t", True),
    ("en", "qâ€™t", "the’q", False),  # no short form
    ("en", "qâ’t", "the’q", True),  # the apostrophe was there
    ("en", "cafÃ©", "café", True),
    ("en", "sÃ£o", "são", False),
    ("en", "faÃ§ade", "façade", False),
    ("ru", "Ïðèâåò", "Привет", True),
    ("ru", "Ïðè", "При", True),
    ("ru", "ÏðèâåòX", "ПриветX", False),
    ("ru", "úúùùéé", "ыыщщйй", True),  # the script is enough
    ("ru", "ыщй", "йщы", False),
]


@pytest.mark.parametrize(
    ("lang", "token", "before", "known"), KNOWN, ids=[f"{row[0]} {row[1]} → {row[2]}" for row in KNOWN]
)
def test_readings_that_are_known(lang: str, token: str, before: str, known: bool) -> None:
    assert judge(lang).is_known(token, before) is known


# language, word, what stands there, whether it is taken for a word
SPELLED = [
    ("en", "snowbridge", "snowbrdge", False),  # one letter is too little to go by
    ("en", "snowbridge", "snwbrdge", True),
    ("en", "snowbridge", "snowbridgÃ©", True),  # a word with a sign in it must be something else
    ("en", "xqzwkv", "®®®", False),  # spelled like nothing
    ("de", "Frühstücksbüfett", "FrÃ¼hstÃ¼cksbÃ¼fett", False),  # not quite like German
    ("de", "Straßenbahnhalt", "StraÃŸenbahnhalt", True),
    ("en", "cftc", "®®®", True),  # an agency of four letters
    ("en", "dgkkb", "®®®", False),  # seems to be in the list and is spelled like nothing
    ("en", "José", "JosÃ©", True),  # exactly frequent enough
    ("en", "façade", "faÃ§ade", False),  # too rare, with a letter that English has not
    ("en", "über", "Ã¼ber", False),
]


@pytest.mark.parametrize(
    ("lang", "word", "token", "known"), SPELLED, ids=[f"{row[0]} {row[1]} {row[2]}" for row in SPELLED]
)
def test_what_is_taken_for_a_word(lang: str, word: str, token: str, known: bool) -> None:
    assert judge(lang)._is_word(word, token) is known


PLACES = [
    ("en", "слово", ""),
    ("en", "a“b", "“"),
    ("en", "a”b", "”"),
    ("en", "a’b", ""),
    ("en", "a” b", ""),
    ("en", "a”c d", "”"),
    ("en", "a“ b", "“"),
    ("en", "“a", ""),
    ("en", "a «b", ""),
    ("de", "a“ b", ""),  # which closes there
]


@pytest.mark.parametrize(("lang", "text", "signs"), PLACES, ids=[f"{row[0]} {row[1]}" for row in PLACES])
def test_quotation_marks_out_of_place(lang: str, text: str, signs: str) -> None:
    assert judge(lang)._out_of_place(text) == set(signs)


TEXTS = (
    "plain",
    "a¦b",
    "при“вет",
    "приВет",
    "ПРИВЕТ",
    "縺縺",
    "café ©",
    "Ã©",
    "„Ja“",
    "ÄÖÜ",
    "他說",
    "हिन्दी",
    "",
)


@pytest.mark.parametrize("lang", ["en", "de", "ru", "zh", "ja", "hi", "he"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_gate_is_left_out_that_would_open(lang: str, text: str) -> None:
    def openings(gates: tuple[re.Pattern[str], ...]) -> set[int]:
        return {found.start() for gate in gates for found in gate.finditer(text)}

    assert openings(judge(lang).gates) == openings(judge(lang).gates_for(text))


def test_gates_that_cannot_open_are_left_out() -> None:
    assert judge("en").gates_for("plain, “quoted” text") == ()


def test_rare_han_are_han() -> None:
    rare = bits._rare_han()
    assert min(rare) >= "\u4e00"
    assert max(rare) == "\u9fff"
    assert not set(rare) & set("的座籲腕")


@pytest.mark.parametrize(
    ("sign", "out"), [("€", True), ("¦", True), ("©", False), ("°", False), ("a", False)]
)
def test_signs_that_no_text_has_after_a_letter(sign: str, out: bool) -> None:
    assert is_out_of_place(sign) is out
