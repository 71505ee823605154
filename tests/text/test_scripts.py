"""Scripts: which letter belongs to which, and runs of them."""

from __future__ import annotations

import re

import pytest

from cleaner.offsets import Span
from cleaner.text.scripts import letters_class, runs, script_name, script_of
from cleaner.text.scripts_data import NAMES, OWN, SHARED


@pytest.mark.parametrize(
    ("script", "letters"),
    [
        ("Latn", "aZéßøłơĳªＡﬁ"),
        ("Cyrl", "бЯёїґўқҳ"),
        ("Grek", "αΩςάἀ"),
        ("Armn", "աՖև"),
        ("Geor", "აჰᲐ"),
        ("Hebr", "אםײ"),
        ("Arab", "ابپچیﷲ"),
        ("Syrc", "ܐܒ"),
        ("Thaa", "ހށ"),
        ("Ethi", "አማ"),
        ("Deva", "अक़ि्"),
        ("Beng", "অড়"),
        ("Guru", "ਅਪ"),
        ("Gujr", "અપ"),
        ("Orya", "ଅପ"),
        ("Taml", "அப"),
        ("Telu", "అప"),
        ("Knda", "ಅಪ"),
        ("Mlym", "അപ"),
        ("Sinh", "අප"),
        ("Thai", "กะ่"),
        ("Laoo", "ກະ"),
        ("Khmr", "កា"),
        ("Mymr", "ကာ"),
        ("Tibt", "ཀཁ"),
        ("Mong", "ᠠᠡ"),
        ("Hang", "가한ㄱᄀ"),
        ("Hira", "あん"),
        ("Kana", "アンｱ"),
        ("Bopo", "ㄅㄆ"),
        ("Hani", "漢字々𠮷𰻞"),
        ("Zyyy", "0 .«„-'ʼー\u0301µـ٣€\u200d😀"),
    ],
)
def test_the_script_of_letters(script: str, letters: str) -> None:
    assert {char: script_of(char) for char in letters} == dict.fromkeys(letters, script)


@pytest.mark.parametrize(
    ("text", "scripts", "expected"),
    [
        ("Ministers [будут] meet", ["Cyrl"], ["будут"]),
        ("Міністри зустрінуться", ["Cyrl"], ["Міністри", "зустрінуться"]),
        ("пʼять п'ять", ["Cyrl"], ["пʼять", "п", "ять"]),
        ("за\u0301мок and café", ["Cyrl"], ["за\u0301мок"]),
        ("cafe\u0301 и кофе", ["Latn"], ["cafe\u0301"]),
        ("PDF-файл", ["Cyrl"], ["файл"]),
        ("Рaссия", ["Cyrl"], ["Р", "ссия"]),
        ("彼はコーヒーを飲む。OK", ["Hira", "Kana", "Hani"], ["彼はコーヒーを飲む"]),
        ("コーヒー を", ["Kana"], ["コーヒー"]),
        ("ガ\u3099", ["Kana"], ["ガ\u3099"]),
        ("می\u200cخواهد و", ["Arab"], ["می\u200cخواهد", "و"]),
        ("‏שלום\u200d ", ["Hebr"], ["שלום"]),
        ("اَلْعَرَبِيَّة", ["Arab"], ["اَلْعَرَبِيَّة"]),
        ("क्\u200dष test", ["Deva"], ["क्\u200dष"]),
        ("𠮷野家 and Yoshinoya", ["Hani"], ["𠮷野家"]),
        ("résumé naïve", ["Cyrl", "Grek"], []),
        ("ʼ\u0301 alone", ["Cyrl"], []),
        ("будут", [], []),
        ("", ["Cyrl"], []),
    ],
)
def test_runs(text: str, scripts: list[str], expected: list[str]) -> None:
    assert [text[span.slice] for span in runs(text, scripts)] == expected


def test_runs_are_spans_of_code_points() -> None:
    assert list(runs("😀 да", ["Cyrl"])) == [Span(2, 4)]


def test_what_latin_uses_too_is_evidence_of_no_script() -> None:
    everything_else = [script for script in NAMES if script != "Latn"]
    foreign = re.compile(f"[{letters_class(everything_else)}]")
    assert not foreign.search("Café, cafe\u0301, Oʼzbekiston, “naïve” — 1º, 5 µm, № 7, H₂O, 😀, ﬁ")


def test_the_classes_of_two_scripts_share_only_what_unicode_shares() -> None:
    own = {script: re.compile(f"[{body}]") for script, body in OWN.items()}
    for code in (*range(0x110, 0xD800), *range(0xE000, 0x10000)):
        owners = [script for script, pattern in own.items() if pattern.match(chr(code))]
        assert len(owners) <= 1, f"U+{code:04X} {owners}"
        assert script_of(chr(code)) == (owners[0] if owners else "Zyyy")


def test_the_long_vowel_mark_is_hiragana_and_katakana() -> None:
    assert re.fullmatch(f"[{letters_class(['Hira'])}]", "ー")
    assert re.fullmatch(f"[{letters_class(['Kana'])}]", "ー")
    assert not re.fullmatch(f"[{letters_class(['Hani'])}]", "ー")


def test_tables_speak_of_the_same_scripts() -> None:
    assert NAMES.keys() == OWN.keys()
    assert SHARED.keys() <= NAMES.keys()
    assert len(NAMES) == 31


def test_an_unknown_script_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown script 'Cyrillic'"):
        letters_class(["Cyrillic"])


def test_names() -> None:
    assert [script_name(code) for code in ("Cyrl", "Latn", "Hira", "Qaaa")] == [
        "Cyrillic",
        "Latin",
        "Hiragana",
        "Qaaa",
    ]
