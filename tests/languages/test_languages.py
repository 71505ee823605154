"""What we know of languages: the tags, the data files, and facts that a rule depends on."""

from __future__ import annotations

import dataclasses
import unicodedata
from importlib.resources import files

import pytest

from cleaner import yamlio
from cleaner.errors import LanguageError
from cleaner.languages import UNDETERMINED, Language, QuoteStyle, _text, has_data, known, lookup, of_script
from cleaner.text.scripts import script_of
from cleaner.text.scripts_data import NAMES

DATA = files("cleaner.languages") / "data"
HAND_KEPT = {"aliases", "minimal", "quotes", "confusables", "translit"}


def _plain(file: str) -> dict[str, object]:
    entries = yamlio.plain(yamlio.read((DATA / file).read_text("utf-8"), file))
    assert isinstance(entries, dict)
    return dict(entries)


FULL = sorted(
    name
    for entry in DATA.iterdir()
    if entry.name.endswith(".yml") and (name := entry.name[: -len(".yml")]) not in HAND_KEPT
)
MINIMAL = sorted(_plain("minimal.yml"))
QUOTES = _plain("quotes.yml")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("no", "nb"),
        ("no-NO", "nb"),
        ("NO", "nb"),
        ("nn-NO", "nn"),
        ("iw", "he"),
        ("iw-IL", "he"),
        ("in", "id"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-Hans-CN", "zh"),
        ("zh-CN", "zh"),
        ("pt-BR", "pt"),
        ("pt-PT", "pt-PT"),
        ("pt-AO", "pt"),
        ("de-LI", "de"),
        ("de-at", "de-AT"),
        ("de-CH-1996", "de-CH"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr-Cyrl-RS", "sr"),
        ("sh", "sr-Latn"),
        ("en-US", "en"),
        (" en ", "en"),
        ("es-419", "es"),
        ("ja-Jpan-JP", "ja"),
        ("liv", "liv"),
        ("la", "la"),
        ("und", "und"),
        ("mul", "und"),
        ("und-Cyrl", "und-Cyrl"),
    ],
)
def test_a_tag_finds_its_language(tag: str, expected: str) -> None:
    assert lookup(tag).tag == expected


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("german", "de"),
        ("Norwegian", "nb"),
        ("ukranian", "uk"),
        ("zzz", "cleaner config languages"),
        ("en-", "en"),
        ("", "BCP 47"),
        ("Русский язык", "BCP 47"),
        ("en us", "BCP 47"),
        ("../en", "BCP 47"),
    ],
)
def test_an_unknown_tag_gets_a_hint(tag: str, hint: str) -> None:
    with pytest.raises(LanguageError) as caught:
        lookup(tag)
    assert hint in caught.value.hint


def test_a_foreign_script_leaves_only_the_script() -> None:
    kazakh = lookup("kk-Latn")
    assert kazakh.tag == "kk-Latn"
    assert kazakh.scripts == {"Latn"}
    assert not kazakh.letters
    assert lookup("pa-Arab").direction == "rtl"


@pytest.mark.parametrize(
    ("tag", "scripts", "direction"),
    [
        ("mzn", {"Arab"}, "rtl"),
        ("pnb", {"Arab"}, "rtl"),  # CLDR knows its macrolanguage lah
        ("ks", {"Arab"}, "rtl"),
        ("ks-Deva", {"Deva"}, "ltr"),
        ("gn_PY", {"Latn"}, "ltr"),
        ("gom", {"Deva"}, "ltr"),
        ("aaf", {"Mlym"}, "ltr"),
    ],
)
def test_of_most_languages_we_know_the_script(tag: str, scripts: set[str], direction: str) -> None:
    language = lookup(tag)
    assert (language.scripts, language.direction) == (scripts, direction)
    assert not (language.letters or language.quotes or language.months)
    assert not has_data(tag)
    assert tag not in known()


def test_no_language_is_listed_twice_nor_beside_what_we_know_of_it() -> None:
    listed = [code for line in _text("tags.txt").splitlines()[2:] for code in line.split()[1:]]
    assert len(listed) == len(set(listed)) > 7_000
    assert not set(listed) & set(known())
    assert all(lookup(code).tag for code in listed)


def test_undetermined_knows_nothing() -> None:
    assert Language("und", "undetermined") == UNDETERMINED
    assert of_script("Zyyy") is UNDETERMINED
    assert of_script("Cher") is UNDETERMINED


def test_known_lists_each_language_once() -> None:
    assert list(known()) == sorted({*FULL, *MINIMAL})
    assert not set(FULL) & set(MINIMAL)
    assert len(FULL) == 75


def test_aliases_lead_somewhere_and_shadow_nothing() -> None:
    for alias, tag in _plain("aliases.yml").items():
        assert tag in known()
        assert alias not in known()


def test_values_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        lookup("ru").tag = "uk"  # type: ignore[misc]


@pytest.mark.parametrize("tag", FULL)
def test_every_language_is_whole(tag: str) -> None:
    language = lookup(tag)
    assert language.tag == tag
    assert language.name
    assert language.scripts <= NAMES.keys()
    assert language.direction in ("ltr", "rtl")
    assert language.decimal in (".", ",")
    assert len(language.group) == 1
    assert language.months
    assert all(len(row) == 12 and all(row) for row in language.months)
    assert language.weekdays
    assert all(len(row) == 7 and all(row) for row in language.weekdays)


@pytest.mark.parametrize("tag", FULL)
def test_letters_are_code_points_of_the_scripts_of_the_language(tag: str) -> None:
    language = lookup(tag)
    if language.scripts == {"Hani", "Bopo"}:
        assert not language.letters, "Han is left out"
        return
    assert len(language.letters) >= 20
    assert all(len(char) == 1 for char in language.letters | language.auxiliary)
    shared = {char for char in language.letters if script_of(char) not in language.scripts}
    # Catalan l·l, letter apostrophes, the kana vowel mark, and the Bengali ishar (U+09FA, a symbol).
    allowed = set("·ʻʼー৺") | {char for char in shared if unicodedata.category(char) == "Mn"}
    assert shared <= allowed, sorted(shared - allowed)
    assert not {char for char in language.letters if char.lower() not in language.letters} - {"İ"} - {"ẞ"}


@pytest.mark.parametrize("tag", MINIMAL)
def test_a_minimal_language_has_scripts_and_nothing_else(tag: str) -> None:
    language = lookup(tag)
    assert language.tag == tag
    assert language.scripts
    assert language.scripts <= NAMES.keys()
    assert language.quotes == ()
    assert not language.letters


# --- quotation marks -------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", FULL)
def test_the_style_that_cldr_prefers_is_accepted(tag: str) -> None:
    data = _plain(f"{tag}.yml")
    data = {**(_plain(f"{data['parent']}.yml") if "parent" in data else {}), **data}
    preferred = data["quotes"]["preferred"]  # type: ignore[index]
    outer = {(style.open, style.close) for style in lookup(tag).quotes}
    assert tuple(preferred["outer"]) in outer


@pytest.mark.parametrize("tag", FULL)
def test_straight_marks_are_accepted_everywhere_and_come_last(tag: str) -> None:
    styles = lookup(tag).quotes
    assert [(style.open, style.close) for style in styles[-2:]] == [('"', '"'), ("'", "'")]
    assert styles[0].open not in "\"'"
    assert len(set(styles)) == len(styles)


@pytest.mark.parametrize("tag", sorted(QUOTES))
def test_an_entry_of_quotes_is_well_formed(tag: str) -> None:
    assert tag == "everywhere" or tag in FULL
    entry = QUOTES[tag]
    if isinstance(entry, str):
        assert isinstance(QUOTES[entry], list), "a reference leads to a list"
        return
    assert isinstance(entry, list)
    for style in entry:
        assert isinstance(style, dict)
        assert style.keys() <= {"outer", "inner", "spaced", "source"}
        assert style["source"]
        assert style.get("spaced", "none") in ("nbsp", "space", "none")
        for marks in (style["outer"], style.get("inner", ['"', '"'])):
            assert [len(mark) for mark in marks] == [1, 1]
            assert all(unicodedata.category(mark) in ("Pi", "Pf", "Ps", "Pe", "Po") for mark in marks)


def test_every_language_has_quotes_of_its_own_or_of_its_parent() -> None:
    for tag in FULL:
        assert tag in QUOTES or "parent" in _plain(f"{tag}.yml"), tag


def test_each_block_of_quotes_is_found_where_a_full_parse_finds_it() -> None:
    """`lookup` parses one block of quotes.yml; the whole file must say the same."""
    for tag, entry in QUOTES.items():
        if isinstance(entry, list) and tag != "everywhere":
            assert len(lookup(tag).quotes) == len(entry) + 2


# --- facts that rules depend on ------------------------------------------------------------------------


def test_norwegian_is_never_false() -> None:
    assert lookup("no").tag == "nb"
    assert lookup("nb").name == "Norwegian Bokmål"
    assert "no" in _plain("aliases.yml")


def test_russian_and_ukrainian_differ_where_it_matters() -> None:
    russian, ukrainian = lookup("ru"), lookup("uk")
    assert russian.scripts == ukrainian.scripts == {"Cyrl"}
    assert set("ыэёъЫЭЁЪ") <= russian.letters - ukrainian.letters
    assert set("іїєґІЇЄҐ") <= ukrainian.letters - russian.letters
    assert "ʼ" in ukrainian.letters
    assert russian.quotes[0] == QuoteStyle("«", "»", "„", "“")
    assert {"января", "январь"} <= {row[0] for row in russian.months}
    assert russian.weekdays[0][0] == "понедельник"
    assert (russian.decimal, russian.group) == (",", "\u00a0")


def test_hebrew() -> None:
    hebrew = lookup("he")
    assert hebrew.direction == "rtl"
    assert hebrew.scripts == {"Hebr"}
    assert hebrew.quotes[0].open == hebrew.quotes[0].close == "”"
    assert set("אםןףץך") <= hebrew.letters


def test_japanese() -> None:
    japanese = lookup("ja")
    assert japanese.scripts == {"Hira", "Kana", "Hani"}
    assert not japanese.word_spaces
    assert japanese.quotes[0] == QuoteStyle("「", "」", "『", "』")
    assert set("あア々ー") <= japanese.letters
    assert japanese.months[0][:2] == ("1月", "2月")


def test_korean_uses_spaces_and_has_all_syllables() -> None:
    korean = lookup("ko")
    assert korean.word_spaces
    assert len(korean.letters) == 11172
    assert korean.scripts == {"Hang", "Hani"}


@pytest.mark.parametrize("tag", ["ja", "zh", "zh-Hant", "th", "km", "lo", "my"])
def test_words_are_not_set_apart_by_spaces(tag: str) -> None:
    assert not lookup(tag).word_spaces


@pytest.mark.parametrize("tag", ["he", "ar", "fa", "ur", "yi", "ug", "ckb", "ps", "sd", "dv", "syr"])
def test_right_to_left(tag: str) -> None:
    assert lookup(tag).direction == "rtl"


def test_swiss_german_has_no_sharp_s_and_prints_guillemets() -> None:
    assert "ß" not in lookup("de-CH").letters
    assert {"ß", "ẞ"} <= lookup("de").letters
    assert lookup("de-CH").quotes[0] == QuoteStyle("«", "»", "‹", "›")
    assert lookup("de").quotes[0] == QuoteStyle("„", "“", "‚", "‘")


def test_a_region_takes_from_its_parent_what_it_does_not_say() -> None:
    assert lookup("de-AT").months[0][0] == "Jänner"
    assert lookup("de-AT").letters == lookup("de").letters
    assert lookup("de-AT").quotes == lookup("de").quotes
    assert lookup("en-GB").weekdays == lookup("en").weekdays


def test_turkish_has_both_pairs_of_i() -> None:
    assert set("ıIiİ") <= lookup("tr").letters


def test_bengali_has_the_letters_that_nfc_takes_apart() -> None:
    assert {"\u09dc", "\u09dd", "\u09df"} <= lookup("bn").letters


def test_french_guillemets_are_spaced() -> None:
    assert lookup("fr").quotes[0] == QuoteStyle("«", "»", "“", "”", spaced="nbsp")


def test_croatian_accepts_both_ends() -> None:
    outer = {(style.open, style.close) for style in lookup("hr").quotes}
    assert {("„", "”"), ("„", "“"), ("»", "«"), ('"', '"')} <= outer
