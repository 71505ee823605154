"""Words in a code page: what a search without case would find is among them."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.languages import known, lookup
from cleaner.languages.alphabet import page_of
from cleaner.text import codepage
from cleaner.text.triggers import has_odd_case

CODECS = sorted({page.codec for tag in known() if (page := page_of(lookup(tag)))})
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))


def test_most_languages_that_set_words_apart_have_a_page() -> None:
    assert {"latin-1", "cp1250", "cp1251", "cp1252", "cp1255"} <= set(CODECS)
    assert all(
        page_of(lookup(tag)) for tag in ("en", "de", "fr", "es", "cs", "pl", "ru", "uk", "bg", "he", "tr")
    )


@pytest.mark.parametrize("codec", CODECS)
def test_letters_that_a_search_without_case_takes_for_one_are_one(codec: str) -> None:
    """All of Unicode: but for letters of odd case, and ß, which is SS in capitals."""
    page = codepage._page(codec)
    letters = re.compile(f"[{''.join(sorted(page.letters))}]", re.IGNORECASE)
    for char in set(letters.findall(EVERY)):
        if not has_odd_case(char):
            same = [one for one in page.letters if re.fullmatch(re.escape(one), char, re.IGNORECASE)]
            assert {tuple(page.pieces(one)) for one in (*same, char)} == {tuple(page.pieces(char))}, char
            assert page.pieces(char) or char == "ß"


@pytest.mark.parametrize("codec", CODECS)
def test_whatever_is_no_letter_parts_words(codec: str) -> None:
    """All of Unicode."""
    text = " ".join(f"a{char}b" for char in EVERY if not char.isalpha())
    assert codepage._page(codec).words(text) == {b"a", b"b"}


@given(st.text(), st.sampled_from(CODECS))
def test_folded_text_has_a_byte_for_each_character(text: str, codec: str) -> None:
    page = codepage._page(codec)
    assert len(page.folded(text)) == len(text)
    assert frozenset(page.pieces(text)) == page.words(text)


@pytest.mark.parametrize("gap", [0, 1, 7])
def test_words_of_a_text_that_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch, gap: int) -> None:
    page = codepage._page("latin-1")
    text = " " * gap + "He left the old town, and nobody knew why. " * 20
    whole = page.words(text)
    codepage._words.cache_clear()
    monkeypatch.setattr(codepage, "_PIECE", 50)
    assert page.words(text) == whole


@pytest.mark.parametrize(
    ("lang", "name", "text", "told"),
    [
        ("uk", "пʼятниця", "у П’ЯТНИЦЯ, 5", True),
        ("pt", "segunda-feira", "Na Segunda-feira", True),
        ("he", "ראשון", "ביום ובראשון", True),
        ("de", "Dreißigster", "DREISSIGSTER", False),
        ("tr", "Salı", "SALI", False),
    ],
)
def test_names_are_told_by_their_words(lang: str, name: str, text: str, told: bool) -> None:
    page = page_of(lookup(lang))
    assert page
    forms = set(page.forms_of_name(name, "בהולמש" if lang == "he" else ""))
    assert (b"" not in forms) == told
    assert not told or forms & page.words(text)
