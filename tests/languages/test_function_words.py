"""The language of a text by its function words: right, or silent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.corpus import Text, documents
from cleaner.languages import data_folder, function_words, identify, lookup
from cleaner.text.scripts import script_of

ROOT = Path(__file__).parents[2]
SECTIONS = re.findall(
    r"^\[(\w{4})\]$", (data_folder() / "function-words.txt").read_text("utf-8"), re.MULTILINE
)
SHARES = {tag: share for script in SECTIONS for tag, share in function_words._lists(script).shares.items()}

TEXTS = {
    "be": "Міністры дзвюх краін сустрэліся ў сталіцы, каб абмеркаваць пагадненне, якое было падпісана летась. "
    "Пра гэта яны сказалі на сустрэчы з журналістамі, але не адказалі, ці будзе яно доўжыцца. Ён таксама сказаў, "
    "што для гэтага ёсць час да канца года, калі ўсе бакі за, і што яна не супраць.",
    "sr": "Министри две земље састали су се у престоници да разговарају о споразуму који је потписан прошле године. "
    "Они су рекли да ће се то наставити, али није било речи о томе како и када. За сада се не зна шта ће бити, "
    "као што је то био случај и са претходним договором, који је трајао до јула.",
    "uk": "Міністри двох країн зустрілися у столиці, щоб обговорити угоду, яка була підписана торік. Про це вони "
    "сказали журналістам, але не відповіли, чи буде її продовжено. Він також сказав, що для цього є час до кінця "
    "року, якщо всі сторони за, і що вона не проти, або так він її зрозумів.",
    "ru": "Министры двух стран встретились в столице, чтобы обсудить соглашение, которое было подписано в прошлом "
    "году. Об этом они сказали журналистам, но не ответили, будет ли оно продлено. Он также сказал, что для этого "
    "есть время до конца года, если все стороны за, и что она не против, или так он её понял.",
    "cs": "Ministři obou zemí se sešli v hlavním městě, aby jednali o dohodě, která byla podepsána loni. Řekli, že "
    "se v tom bude pokračovat, ale není jasné, jak a kdy. Podle nich je na to čas do konce roku, když to bude "
    "třeba, jako tomu bylo již u dohody, která platila až do července. Také by se však mohli sejít po volbách.",
    "sk": "Ministri oboch krajín sa zišli v hlavnom meste, aby rokovali o dohode, ktorá bola podpísaná vlani. "
    "Povedali, že sa v tom bude pokračovať, ale nie je jasné, ako a kedy. Podľa nich je na to čas do konca roka, "
    "keď to bude treba, ako to bolo už pri dohode, ktorá platila až do júla. Aj po voľbách by sa však mohli zísť.",
    "da": "Ministrene fra de to lande mødtes i hovedstaden for at tale om den aftale, som blev skrevet under sidste "
    "år. De sagde efter mødet, at det vil fortsætte, men ikke hvordan og når. Der er tid til det, hvis alle er for, "
    "og hun sagde også, at hun ikke var imod det. Nu skal det op til afstemning af dem, der har noget at sige.",
    "nb": "Ministrene fra de to landene møttes i hovedstaden for å snakke om avtalen som ble skrevet under i fjor. "
    "De sa etter møtet at det vil fortsette, men ikke hvordan og når. Det er tid til det nå, hvis alle er for, og "
    "hun sa også at hun ikke var imot det. Jeg vet ikke mer enn noen av dem, men vi får se hva de kan gjøre ved det.",
    "gl": "Os ministros dos dous países reuníronse na capital para falar do acordo que foi asinado o ano pasado. Os "
    "dous dixeron que non se sabe como nin cando, pero tamén que hai tempo ata o final do ano se todas as partes "
    "están por el. Unha das ministras dixo ao saír da reunión que máis non é mellor, e que a posición xa é coñecida.",
    "zh": "两国部长在首都会面，讨论去年签署的协议。他们对记者说，这个问题还要经过议会，现在没有时间表。",
    "zh-Hant": "兩國部長在首都會面，討論去年簽署的協議。他們對記者說，這個問題還要經過議會，現在沒有時間表。",
}


def written_in(text: str) -> str:
    scripts = [script_of(char) for char in text]
    return max(scripts, key=scripts.count)


def told(text: str) -> str | None:
    return function_words.told(text[: identify.SAMPLE], written_in(text))


def sound() -> dict[str, str]:
    """The texts of our own fixtures, by language."""
    texts: dict[str, list[str]] = {}
    for file in sorted((ROOT / "fixtures" / "sound").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            entry = json.loads(line)
            texts.setdefault(entry["lang"], []).append(entry["text"])
    return {tag: "\n".join(parts) for tag, parts in texts.items()}


@pytest.mark.parametrize("tag", TEXTS)
def test_relatives_are_told_from_each_other(tag: str) -> None:
    assert told(TEXTS[tag]) == tag


@pytest.mark.parametrize("tag", TEXTS)
def test_langdetect_is_not_asked_then(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identify, "_ask", lambda text, script: pytest.fail("langdetect was asked"))
    assert identify.identify(TEXTS[tag]).tag == tag


def test_sound_texts_are_told_rightly_or_not_at_all() -> None:
    found = {tag: tag_told for tag, text in sound().items() if (tag_told := told(text))}
    assert len(found) >= 8 and found == {tag: tag for tag in found}


@pytest.mark.parametrize("document", documents(0.05), ids=lambda document: document.lang)
def test_news_is_told(document: Text) -> None:
    assert told(document.text) == (None if document.lang in ("he", "ja") else document.lang)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("The ministers of the two countries met in the capital.", id="too short"),
        pytest.param("the " * 300, id="one word again and again"),
        pytest.param("a e i o u y la le lo " * 40, id="short words that are words of many languages"),
        pytest.param(" ".join([TEXTS["cs"], TEXTS["da"]]), id="as much of one language as of another"),
        pytest.param(
            "Berlin Paris Rom Wien Prag der und in den von zu das mit im auf " * 2
            + "Berlin Paris Rom Wien " * 20,
            id="names with few words between",
        ),
    ],
)
def test_it_is_silent(text: str) -> None:
    assert function_words.told(text, "Latn") is None


@pytest.mark.parametrize("tag", SHARES)
def test_the_data(tag: str) -> None:
    script = next(script for script in SECTIONS if tag in function_words._lists(script).shares)
    words = [word for word, tags in function_words._lists(script).languages.items() if tag in tags]
    assert lookup(tag).tag in (tag, {"tl": "fil"}.get(tag)), "a language that we know"
    assert 0.1 < SHARES[tag] < 0.5
    assert len(words) >= 14 and all(word == word.lower() and not re.search(r"[\s\d]", word) for word in words)
    assert all(script_of(char) in (script, "Zyyy", "Zinh") for word in words for char in word), "its script"


def test_no_word_stands_twice_in_a_list() -> None:
    for script in SECTIONS:
        for word, tags in function_words._lists(script).languages.items():
            assert len(tags) == len(set(tags)), word
