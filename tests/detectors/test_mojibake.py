"""Words read in the wrong encoding: what is repaired, what is only reported, what is left alone."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.detectors import mojibake
from cleaner.detectors.base import Context
from cleaner.detectors.mojibake import Params
from cleaner.detectors.mojibake.chains import Chain, chain, table
from cleaner.detectors.mojibake.judge import judge_of
from cleaner.detectors.mojibake.lost import lost_letters
from cleaner.languages import lookup
from cleaner.model import Hit, Segment
from cleaner.offsets import OffsetMap, splice
from cleaner.yamlio import plain, read
from tests.timing import seconds

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "mojibake"
RULE = plain(read((ROOT / "rules/mojibake/misread-bytes.yml").read_text("utf-8"), "rule"))
CHAINS: tuple[str, ...] = tuple(RULE["params"]["chains"])  # type: ignore[arg-type,index,call-overload]
DETECT = mojibake.compile(Params(CHAINS))


def find(text: str, lang: str) -> list[Hit]:
    segment = Segment(text, OffsetMap.identity(len(text)))
    return list(DETECT(segment, Context(lookup(lang))))


def repair(text: str, lang: str) -> str:
    return splice(text, [edit for hit in find(text, lang) for do in hit.repairs[:1] for edit in do.edits])


def records(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FIXTURES / name).read_text("utf-8").splitlines()]


def accidents() -> Iterator[object]:
    for record in records("damaged.jsonl"):
        for accident in record["chains"]:
            yield pytest.param(
                record["lang"], record["was"], accident, id=f"{record['lang']} {accident}".replace(" ", "-")
            )


def damage(text: str, accident: str) -> str:
    for step in accident.split(" + "):
        damaged = chain(step).redo(text)
        assert damaged is not None, f"{step} cannot damage {text}"
        text = damaged
    return text


@pytest.mark.parametrize("record", records("sound.jsonl"), ids=lambda record: record["because"])
def test_sound_text_is_left_alone(record: dict[str, str]) -> None:
    assert find(record["text"], record["lang"]) == [], record["because"]


@pytest.mark.parametrize(("lang", "was", "accident"), list(accidents()))
def test_damage_is_undone(lang: str, was: str, accident: str) -> None:
    assert repair(damage(was, accident), lang) == was


# text, language, what it was (None: reported without a repair), action
WORDS = [
    ("Le cafÃ© ferme.", "fr", "Le café ferme.", "decode"),
    ("Il habite Ã\u00a0 Paris.", "fr", "Il habite à Paris.", "guess"),
    ("Il habite Ã  Paris.", "fr", "Il habite à Paris.", "guess"),
    ("Он сказал: «РџСЂРёРІРµС‚».", "ru", "Он сказал: «Привет».", "decode"),
    ("In winter \u0097 because", "en", "In winter — because", "decode"),
    ("It鈥檚 late.", "en", "It’s late.", "decode"),
    ("ongeÃ«venaard", "nl", "ongeëvenaard", "decode"),
    ("NicolÃ¡s llegÃ³.", "es", "Nicolás llegó.", "decode"),
    ("Ïðèâåò, ìèð", "ru", "Привет, мир", "decode"),
    ("Ñòàòüÿ î âîéíå", "ru", "Статья о войне", "guess"),
    ("SpoleÄ�nost, kterÃ¡ vznikla", "cs", None, ""),
    ("he said “yes.â€ Then", "en", None, ""),
]


@pytest.mark.parametrize(("text", "lang", "was", "action"), WORDS, ids=[row[0] for row in WORDS])
def test_words(text: str, lang: str, was: str | None, action: str) -> None:
    hits = find(text, lang)
    assert hits
    if was is None:
        assert any(not hit.repairs for hit in hits)
    else:
        assert repair(text, lang) == was
        assert {do.do for hit in hits for do in hit.repairs} == {action}


def test_the_finding_names_the_accident() -> None:
    (hit,) = find("Статья: РџСЂРёРІРµС‚", "ru")
    assert hit.details == {"chain": "utf-8 read as cp1251", "was": "Привет"}
    (twice,) = find("Le cafÃƒÂ© ferme", "fr")
    assert twice.details["chain"] == "utf-8 read as cp1252, twice"


def test_words_side_by_side_are_one_finding() -> None:
    (hit,) = find("Ïðèâåò, ìèð", "ru")
    assert len(hit.repairs[0].edits) == 2


@pytest.mark.parametrize("notation", ["cp1252 → utf-8", "utf-8 read as klingon", "cp1252 read as utf-8", ""])
def test_a_chain_that_cannot_be_is_refused(notation: str) -> None:
    with pytest.raises(ValueError, match=r"read as|encoding|UTF-8"):
        Params((notation,))


def test_a_rule_without_chains_is_refused() -> None:
    with pytest.raises(ValueError, match="chains"):
        Params()


LETTERS = st.text(st.sampled_from("aeiouáéíóúñ çßøžя中—’“"), min_size=1, max_size=40)


@given(LETTERS, st.sampled_from(sorted(CHAINS)))
def test_undoing_is_the_opposite_of_damaging(text: str, notation: str) -> None:
    """Where nothing is lost on the way: that is what `redo` promises."""
    step: Chain = chain(notation)
    damaged = step.redo(text)
    if damaged is None or damaged == text or step.was != "utf-8" or table(step.read) is None:
        return
    assert step.undo(damaged) is not None


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["en", "ru", "ja", "he", "und"]))
def test_a_repair_stays_inside_its_finding(text: str, lang: str) -> None:
    for hit in find(text, lang):
        assert 0 <= hit.span.start < hit.span.end <= len(text)
        for do in hit.repairs:
            assert all(hit.span.covers(edit.span) for edit in do.edits)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["Ã", "Â ", "é", "“", "Р", "縺", " ", "?", "m?", "\u0097", "Ã©", "«é"])
def test_time_is_linear(unit: str) -> None:
    def run(lang: str) -> None:
        find(unit * 20_000, lang)
        list(lost_letters(unit * 20_000, judge_of(lookup(lang))))

    for lang in ("en", "ru"):
        assert seconds(partial(run, lang), times=1) < 3


LOST = [
    ("La pr?sidente arrive.", "fr", [("pr?sidente", ("présidente",))]),
    ("?????? ??????? ? ????????", "ru", [("?????? ??????? ? ????????", ())]),
    ("Really??? What?", "en", []),
    ("https://example.org/?q=caf?a", "fr", []),
    ("Et alors ? Oui ?", "fr", []),
    ("Что?! Где??? Когда?", "ru", []),
]


@pytest.mark.parametrize(("text", "lang", "expected"), LOST, ids=[row[0] for row in LOST])
def test_question_marks(text: str, lang: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [(text[span.slice], fits) for span, fits in lost_letters(text, judge_of(lookup(lang)))]
    assert found == expected
