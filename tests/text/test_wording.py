"""The words that a phrase cannot be without stand in every text in which its pattern matches."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from cleaner.detectors import phrases
from cleaner.languages import alphabet, lookup
from cleaner.ruleset.load import shipped
from cleaner.text import wording

LISTS = [rule.params for rule in shipped().rules.values() if rule.kind == "phrases"]
AROUND = {
    "words": ("x (", ") y"),
    "sentence": ("Nein. “", ".”"),
    "line": ("\n• ", "\n"),
    "opening": ("", "\nx"),
}
GAPS = (" so ", "-", "a", " – ", "И", "中")


def readings(written: str, chance: random.Random) -> Iterator[str]:
    """Some of the texts that a phrase stands for, in letters of any case and with marks of any sort."""
    for change in (str, str.upper, str.lower, str.title):
        text = "".join(chance.choice(part) for part in wording.parts(written))
        text = "".join(chance.choice(GAPS) if char == "…" else char for char in text)
        yield change(text.replace("'", chance.choice("'’")).replace(" ", chance.choice(" \u00a0\u202f")))


@pytest.mark.parametrize("lang", ["en", "de", "fr", "cs", "tr", "ru", "uk", "he"])
def test_no_phrase_is_missed_for_want_of_words(lang: str) -> None:
    """Every phrase of every list, in every code page: what its pattern finds is present."""
    language, chance = lookup(lang), random.Random(lang)
    page = alphabet.page_of(language)
    own = alphabet.of(language)
    assert page
    tried = 0
    for params in LISTS:
        for phrase in params.listed(lang).phrases:
            groups = wording.groups(page, phrase.written, starts=phrase.starts_word, ends=phrase.ends_word)
            wanted = wording.Wanted(page, [(phrase.text, groups)]) if groups else None
            before, after = AROUND[params.unit]
            for reading in readings(phrase.written, chance):
                text = before + reading + after
                if wanted and phrase.pattern.search(text):
                    tried += 1
                    assert wanted.present(text, own.signs(text), is_even=own.is_even(text)), text
    assert tried > 500


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        pytest.param(
            "as an {AI|automaton}, I …", [{b"as"}, {b"an"}, {b"ai", b"automaton"}, {b"i"}], id="choice"
        ),
        pytest.param("photo{|s}: …", [{b"photo", b"photos"}], id="a word runs over"),
        pytest.param("…translat{e|ion}", [], id="beside a gap nothing is whole"),
        pytest.param(
            "{Да|Read} also", [{"?Cyrlд".encode(), b"read"}, {b"also"}], id="a choice in another script"
        ),
        pytest.param("Д ς", [{"?Cyrlд".encode()}, {b"?Grek"}], id="each letter, the script in odd case"),
        pytest.param("don't", [{b"don"}, {b"t"}], id="an apostrophe parts"),
    ],
)
def test_groups_of_words(written: str, groups: list[set[bytes]]) -> None:
    page = alphabet.page_of(lookup("en"))
    assert page
    assert list(wording.groups(page, written, starts=True, ends=True)) == groups


def test_a_word_in_another_script_calls_for_phrases_with_its_letters_only() -> None:
    page = alphabet.page_of(lookup("en"))
    assert page
    listed = [(one, wording.groups(page, one, starts=True, ends=True)) for one in ("Удар", "Утро", "Ура")]
    wanted = wording.Wanted(page, listed)
    assert wanted.present("The УДАР came.", frozenset("УДАР"), is_even=True) == ["Удар", "Ура"]


def test_most_texts_are_told_by_their_words() -> None:
    """Sound news has none of the refusals of models: no list of them is asked."""
    refusals = [shipped().rules[id].params for id in ("chatter/refusal", "chatter/reply-about-translating")]
    page = alphabet.page_of(lookup("en"))
    assert page
    wanted = phrases._of_lists(page, tuple(params.listed("en") for params in refusals))
    text = "The ministers met in the capital on Monday, sorry to say, but I cannot tell what this means."
    assert wanted
    assert not wanted.present(text, frozenset(), is_even=True)
