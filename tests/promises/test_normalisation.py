"""What other tools call normal is never written: no form, no width, no quotation mark, no line end changes."""

from __future__ import annotations

import pytest

from cleaner import clean_text

# What ftfy 6.3.1 changes by default although it is no mojibake (tried out one by one).
KEPT = {
    "curly double quotation marks": "He said “yes” and „no“ too.",
    "curly single quotation marks": "It’s the ‘new’ plan.",
    "ligature fi": "The ﬁrst ofﬁce.",
    "ligature IJ": "Het Ĳsselmeer is groot.",
    "ŉ": "Dit is ŉ boek.",
    "Ǆ": "Ǆungla je velika.",
    "full-width letters": "日本のＮＨＫは",
    "half-width kana": "ﾊﾝｶｸ文字です",
    "ideographic space": "東京\u3000大阪",
    "decomposed й": "Новый музей".replace("й", "и\u0306"),
    "decomposed é": "Le cafe\u0301 est ouvert.",
    "ANGSTROM SIGN": "5 \u212b wide",
    "OHM SIGN": "5 \u2126 of resistance",
    "KELVIN SIGN": "300 \u212a",
    "CRLF": "one line\r\nanother line\r\n",
    "CR": "one line\ranother line\r",
    "LINE SEPARATOR": "one line\u2028another line",
    "PARAGRAPH SEPARATOR": "one line\u2029another line",
    "NEXT LINE": "One line.\u0085Another line.",  # in mid-sentence it is the … of windows-1252
    "form feed": "one page\x0canother page",
    "vertical tab": "one line\x0banother line",
    "no final newline": "one line\n\nanother line",
    "trailing spaces": "one line  \nanother line\t\n",
    "ZWNJ": "می\u200cخواهم به خانه بروم",
    "ZWJ": "क्\u200dष है, 👩\u200d🚒",
    "marks of direction": "\u200fשלום (abc)\u200e!",
    "no-break space": "10\u00a0000 km",
    "narrow no-break space": "10\u202f000\u202fkm",
    "entity in plain text": "Tom &amp Jerry R&D",
    "dotless and dotted i": "ISPARTA, İstanbul, ısı",
    "final sigma": "Ο ΣΟΦΟΣ σοφός",
    "sharp s": "STRAẞE, Straße",
    "variation selector": "❤️ and ❤",
    "superscripts": "10² m³, H₂O, №\u202f5, ½",
    "Roman numerals": "Ⅷ century, ⅳ",
    "CJK compatibility ideograph": "\uf900 \ufa0e",
    "Hebrew presentation form": "\ufb2a",
    "Hangul in jamo": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "tag characters of a flag": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
}


@pytest.mark.parametrize("what", KEPT)
def test_no_safe_repair_normalises(what: str) -> None:
    for lang in ("en", "ru", "fr", "ja", "fa", None):
        assert clean_text(KEPT[what], lang=lang).text == KEPT[what]


def test_a_repair_beside_them_leaves_them_alone() -> None:
    for what, text in KEPT.items():
        if "\n" not in text and "\r" not in text:
            dirty = f"date 2022-07-29 The ministers met in May.\n{text}"
            assert clean_text(dirty, lang="en").text == f"The ministers met in May.\n{text}", what
