"""The language of a text: the same in every run, and none when there is too little."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.languages.identify import _clear_script, _scripts, identify, sample

TEXTS = {
    "en": "The ministers will meet on Monday in the capital to talk about the agreement on grain.",
    "de": "Die Minister treffen sich am Montag in der Hauptstadt, um über das Abkommen zu sprechen.",
    "fr": "Les ministres se réuniront lundi dans la capitale pour discuter de l’accord sur les céréales.",
    "es": "Los ministros se reunirán el lunes en la capital para hablar del acuerdo sobre los cereales.",
    "cs": "Ministři se v pondělí sejdou v hlavním městě, aby hovořili o dohodě o vývozu obilí.",
    "pl": "Ministrowie spotkają się w poniedziałek w stolicy, aby rozmawiać o umowie zbożowej.",
    "ru": "Министры встретятся в понедельник в столице, чтобы обсудить соглашение о вывозе зерна.",
    "uk": "Міністри зустрінуться в понеділок у столиці, щоб обговорити угоду про вивезення зерна.",
    "bg": "Министрите ще се срещнат в понеделник в столицата, за да обсъдят споразумението за зърното.",
    "he": "השרים ייפגשו ביום שני בבירה כדי לדון בהסכם הדגן.",
    "ar": "سيجتمع الوزراء يوم الاثنين في العاصمة لمناقشة اتفاق الحبوب وتصديرها عبر البحر.",
    "el": "Οι υπουργοί θα συναντηθούν τη Δευτέρα στην πρωτεύουσα.",
    "ja": "閣僚らは月曜日に首都で会談し、穀物合意について話し合う。",
    "zh": "部长们将于星期一在首都会晤，讨论粮食协议。",
    "ko": "장관들은 월요일 수도에서 만나 곡물 협정을 논의한다.",
    "hi": "मंत्री सोमवार को राजधानी में अनाज समझौते पर चर्चा करने के लिए मिलेंगे।",
    "th": "รัฐมนตรีจะพบกันในวันจันทร์ที่เมืองหลวง",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_a_sentence(tag: str) -> None:
    assert identify(TEXTS[tag]).tag == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("", "und"),
        ("1, 2 — 3!", "und"),
        ("😀", "und"),
        ("будут", "und-Cyrl"),
        ("Hello world", "und-Latn"),
        ("中", "zh"),
    ],
)
def test_too_little_to_know(text: str, tag: str) -> None:
    assert identify(text).tag == tag


@pytest.mark.parametrize(
    ("texts", "tag"),
    [
        pytest.param(["Home", "News", "World", "Sign in", TEXTS["ru"]], "ru", id="a menu in English"),
        pytest.param(
            ["https://example.org/news/2026/the-ministers-meet", "Да"] * 9, "und-Cyrl", id="addresses"
        ),
        pytest.param(
            ["The ministers meet today"] * 9999 + [TEXTS["uk"]], "en", id="of a large file the beginning"
        ),
        pytest.param([], "und", id="nothing to read"),
    ],
)
def test_of_a_document_its_sentences_tell(texts: list[str], tag: str) -> None:
    assert identify(sample(texts)).tag == tag


def test_a_few_foreign_words_change_nothing() -> None:
    assert identify(TEXTS["en"] + " Переговоры [будут] завтра.").tag == "en"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param(
            "The director loved 七人の侍 and talked about it for hours in Boston.", "en", id="a title"
        ),
        pytest.param(
            "Компания Apple Inc. выпустила iPhone 14 Pro Max и MacBook Air в США для всех.", "ru", id="brands"
        ),
        pytest.param("Apple iPhone 14 Pro Maxを発表", "ja", id="three signs and a brand"),
        pytest.param("חברת Google LLC השיקה את Pixel 8 Pro", "he", id="a headline with brands"),
    ],
)
def test_names_in_other_letters_do_not_decide(text: str, tag: str) -> None:
    assert identify(text).tag == tag


def test_every_process_answers_the_same() -> None:
    texts = list(TEXTS.values())
    code = f"from cleaner.languages.identify import identify\nprint([identify(t).tag for t in {texts!r}])"

    def answer(seed: int) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env).stdout

    assert len({answer(seed) for seed in (0, 1, 2)}) == 1


def test_a_text_without_a_letter_that_a_profile_knows_is_in_a_script() -> None:
    assert identify("ƷƔƖ ƊƁƓ ǃǁǂ " * 4).tag.startswith("und")


WORDS = st.sampled_from(
    ["минулого", "Київ", "П'ять", "Ё", "ђе", "Ѣ", "the", "iPhone", "NASA", "Œuvre", "ſ", "ª", "ß", "½", "x²", "השרים",
     "וְ", "שׁ", "Αθήνα", "τις", "ϗ", "ἀρχή", "首相", "です", "№", "«", "»", "—", "1945", "µ", "Ⅷ", "Ｏ", "한국", "لا"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60))
def test_a_script_that_is_clear_is_the_one_that_weighs_most(words: list[str]) -> None:
    text = " ".join(words)
    clear = _clear_script(text)
    weights = _scripts(text)[1]
    assert clear in (None, max(weights, key=lambda script: weights[script], default=None))


@pytest.mark.parametrize("word", ["the", "минулого", "השרים", "τις"])
def test_a_text_with_a_few_names_is_clear(word: str) -> None:
    assert _clear_script(f"{word} " * 20 + "Reuters") is not None
