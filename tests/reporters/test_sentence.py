"""A finding in its sentence: what is shown is what stands there, before and after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.offsets import Edit, Span, splice
from cleaner.reporters.sentence import Piece, after, before, sentence


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("Да. Они [будут] там! Нет.", "[будут]", "Они [будут] там! "),
        ("今天[будут]在柬埔寨。他们来了。", "[будут]", "今天[будут]在柬埔寨。"),
        ("“No.” They [will] go.\nNext", "[will]", "They [will] go.\n"),
        ("Version 3.5 is [будут] out", "[будут]", "Version 3.5 is [будут] out"),
        ("यह एक है। वह [будут] है। और", "[будут]", "वह [будут] है। "),
        ("جاء أمس؟ ثم [будут] ذهب. نعم", "[будут]", "ثم [будут] ذهب. "),
    ],
)
def test_a_sentence(text: str, found: str, shown: str) -> None:
    start = text.index(found)
    assert text[sentence(text, Span(start, start + len(found))).span.slice] == shown


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        (
            "<item><guid>7</guid><title>They <b>[x]</b> go</title><link/>",
            "item 1/title",
            "They <b>[x]</b> go",
        ),
        ("<description><![CDATA[They [x] go]]></description>", "item 1/description", "They [x] go"),
        ("<p>No</p><p>1 < 2, they [x] go<br>on</p>", "p 2", "1 < 2, they [x] go"),
        ("<summary>They [x] go</summary>", "item 1/summary", "They [x] go"),  # not <s>
        ('{"lang": "ar", "title": "They \\"[x]\\" go", "a": 1}', "/title", 'They \\"[x]\\" go'),
        ('{"a": "no\\\\", "title": "They [x] go"}', "line 3 /title", "They [x] go"),
        ('msgid "No"\nmsgstr "They [x] go"', "msgstr “No”", "They [x] go"),
        ("“<b>No</b>” <p>They [x] go", "", "“<b>No</b>” <p>They [x] go"),
    ],
)
def test_a_sentence_ends_with_its_field(text: str, address: str, shown: str) -> None:
    start = text.index("[x]")
    assert text[sentence(text, Span(start, start + 3), address).span.slice] == shown


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "word " * 100 + "[x] " + "next " * 100
    start = text.index("[x]")
    pieces = before(text, Span(start, start + 3))
    assert pieces[0].text.startswith("…word ")
    assert pieces[-1].text.endswith(" next…")


def test_something_missing_is_a_place() -> None:
    assert Piece("found", "") in before("One two.", Span(4, 4))
    assert Piece("found", "") in before("One", Span(3, 3))
    assert before("", Span(0, 0)) == [Piece("found", "")]


TEXTS = st.text(alphabet='ab [].\n。«»😀<>/"\\', max_size=60)


@given(
    TEXTS,
    st.integers(0, 60),
    st.integers(0, 20),
    st.sampled_from(["", "new", "«"]),
    st.sampled_from(["", "/a", "p 1"]),
)
def test_pieces_are_the_text_before_and_after(
    text: str, start: int, size: int, new: str, address: str
) -> None:
    start = min(start, len(text))
    span = Span(start, min(start + size, len(text)))
    edits = [Edit(span, new)]
    was = "".join(piece.text for piece in before(text, span, edits, address))
    now = "".join(piece.text for piece in after(text, span, edits, address))
    assert was.strip() in text
    assert now.strip() in splice(text, edits)
    assert text[span.slice].strip() in was
