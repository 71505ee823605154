"""Loops, sentences that stand twice, doubled words: with and without spaces between words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.detectors import Context
from cleaner.detectors.repetition import Params, compile
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap, splice

LOOP, SENTENCE = Params("loop"), Params("sentence")


def repaired(text: str, params: Params, lang: str = "en") -> str:
    segment = Segment(text, OffsetMap.identity(len(text)))
    found = list(compile(params)(segment, Context(lookup(lang))))
    return splice(text, [edit for hit in found for edit in hit.repairs[0].edits])


@pytest.mark.parametrize(
    ("lang", "text", "once"),
    [
        ("en", "Its bridge-bridge-bridge-bridge-bridge fell.", "Its bridge fell."),
        ("en", "Splendid Splendid Splendid Splendid!", "Splendid!"),
        (
            "en",
            "the edge of the edge of the edge of the edge of it",
            "the edge of it",
        ),
        ("cs", "kamenný, kamenný, kamenný, kamenný a dost", "kamenný a dost"),
        ("ru", "каждый раз каждый раз каждый раз каждый раз.", "каждый раз."),
        ("zh", "他说你好吗你好吗你好吗你好吗。", "他说你好吗。"),
        ("ja", "はし、はし、はし、はし、はし、はし、はし、はし、はし、彼", "はし、彼"),
        ("th", "สวัสดีครับสวัสดีครับสวัสดีครับสวัสดีครับ", "สวัสดีครับ"),
    ],
)
def test_loops_are_cut_to_one_round(lang: str, text: str, once: str) -> None:
    assert repaired(text, LOOP, lang) == once


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "again and again and again"),
        ("en", "No, no, no, no, no, no!"),
        ("en", "hahahahahahahahahahaha, ha ha ha ha ha ha ha ha ha"),
        ("en", "=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-"),
        ("en", "1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2"),
        ("ja", "ゴロゴロゴロゴロ、ドキドキドキドキ"),
        ("ja", "wwwwwwwwwwwwwwwwwwwwww"),
        ("ru", "ля-ля-ля-ля-ля-ля-ля-ля-ля"),
        ("hu", "egy, két, egy, három, egy, négy, egy, öt"),
    ],
)
def test_rhythm_is_no_loop(lang: str, text: str) -> None:
    assert repaired(text, LOOP, lang) == text


@given(
    st.text(alphabet="abcdefgh", min_size=5, max_size=9).filter(lambda word: len(set(word)) > 3),
    st.text(alphabet="xyz ,.", max_size=60),
    st.integers(4, 40),
)
def test_a_loop_is_found_wherever_it_stands(word: str, before: str, rounds: int) -> None:
    text = f"{before} {' '.join([word] * rounds)} zzz"
    segment = Segment(text, OffsetMap.identity(len(text)))
    hits = list(compile(LOOP)(segment, Context(lookup("en"))))
    assert any(word in text[hit.span.slice] for hit in hits)


@pytest.mark.parametrize(
    ("lang", "text", "once"),
    [
        (
            "de",
            "Die Polizei sucht Zeugen. Die Polizei sucht Zeugen. Ende.",
            "Die Polizei sucht Zeugen. Ende.",
        ),
        ("is", "Fundurinn hófst í gær. Fundurinn hófst í gær.", "Fundurinn hófst í gær."),
        ("zh", "会议昨天在北京召开了。会议昨天在北京召开了。", "会议昨天在北京召开了。"),
        ("en", "Stop it! Stop it!", "Stop it! Stop it!"),
        (
            "en",
            "It began in the evening.\nIt began in the evening.",
            "It began in the evening.\nIt began in the evening.",
        ),
    ],
)
def test_sentences(lang: str, text: str, once: str) -> None:
    assert repaired(text, SENTENCE, lang) == once


@pytest.mark.parametrize(
    ("listed", "text", "once"),
    [
        ("only", "of the the town", "of the town"),
        ("only", "that that; THE THE", "that that; THE THE"),
        ("only", "the the the the town", "the town"),
        ("except", "the the very very town town", "the the very town"),
        ("except", "Han Han’s town-town town's", "Han Han’s town-town town's"),
    ],
)
def test_words(listed: str, text: str, once: str) -> None:
    params = Params("word", words={"en": ("the",)}, listed="only" if listed == "only" else "except")
    assert repaired(text, params) == once
