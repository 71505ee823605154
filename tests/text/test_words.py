"""Words and frames, and what is no prose."""

import pytest

from cleaner.offsets import Span
from cleaner.text import frames, protect, words

MASKED = [
    ("see https://example.org/a?b=c now", "https://example.org/a?b=c", "address"),
    ("mail info@post.ru now", "info@post.ru", "e-mail"),
    ("ask @芳芳一人食 now", "@芳芳一人食", "handle"),
    ("about #выборы now", "#выборы", "hashtag"),
    ("the #PRS_ORG# account", "#PRS_ORG#", "placeholder"),
    ("said [PERSON2] then", "[PERSON2]", "placeholder"),
    ("Hello {name}, you", "{name}", "placeholder"),
    ("a <b>bold</b> word", "<b>", "markup"),
    ("run `make test` now", "`make test`", "code"),
    ("更喜欢archive.org的界面", "archive.org", "domain"),
    ("the wind reached 90 mph today", " mph", "unit"),
    ("see you (^o^)ノ", "(^o^)ノ", "kaomoji"),
    (":partyparrot: yes", ":partyparrot:", "emoji"),
]


@pytest.mark.parametrize(("text", "inside", "what"), MASKED, ids=[row[2] + " " + row[1] for row in MASKED])
def test_masked(text: str, inside: str, what: str) -> None:
    assert (inside, what) in [(text[span.slice], kind) for span, kind in protect.masked(text)]


@pytest.mark.parametrize(
    "text", ["He came.Then he left.", "a/b", "100 men", "the [word] here", "(see below)"]
)
def test_prose_is_not_masked(text: str) -> None:
    assert protect.masked(text) == ()


CONTEXT = [
    ("The word «перестройка» means rebuilding.", "перестройка", "mention"),
    ("Слово „Heimat“ трудно перевести.", "Heimat", "mention"),
    ("The paper Pravda (Правда) said so.", "Правда", "gloss"),
    ("He wrote «Превед» [sic] again.", "Превед", "sic"),
    ("Hebrew: שלום", "שלום", "language"),
    ("> Он ушёл", "Он", "quotation"),
    ("They both [будут] be there.", "будут", ""),
    ("the (будут) end", "будут", ""),
]


@pytest.mark.parametrize(("text", "word", "why"), CONTEXT, ids=[row[0] for row in CONTEXT])
def test_context(text: str, word: str, why: str) -> None:
    at = text.index(word)
    assert frames.context_of(text, Span(at, at + len(word))) == why


def test_words_keep_marks_and_apostrophes() -> None:
    text = "कहा дев'ять l’été cul-de-sac 2x a_b"
    assert [text[span.slice] for span in words.words(text)] == [
        "कहा",
        "дев'ять",
        "l’été",
        "cul-de-sac",
        "x",
        "a",
        "b",
    ]
