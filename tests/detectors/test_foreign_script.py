"""Fragments in other letters, and of the same letters, from our own fixtures and from the rules."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from cleaner.detectors import foreign_script, foreign_words
from cleaner.detectors.base import Context
from cleaner.languages import lookup
from cleaner.model import Hit, Segment
from cleaner.offsets import OffsetMap, splice
from cleaner.ruleset.load import shipped
from cleaner.ruleset.selection import compiled
from tests import timing

FOLDER = Path(__file__).parents[2] / "fixtures" / "leftovers"
RULES = [rule for rule in shipped().rules.values() if rule.family in ("leftover", "mixed")]


def lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def found(
    text: str, lang: str, source: str | None = None, original: str | None = None
) -> list[tuple[str, Hit]]:
    segment = Segment(text, OffsetMap.identity(len(text)), original=original)
    context = Context(lookup(lang), lookup(source) if source else None)
    hits = [(rule.id, hit) for rule in RULES for hit in compiled(rule)(segment, context)]
    return sorted(hits, key=lambda item: item[1].span)


@pytest.mark.parametrize("case", lines("left.jsonl"), ids=lambda case: f"{case['lang']}: {case['text'][:40]}")
def test_left_over(case: dict[str, str]) -> None:
    hits = found(case["text"], case["lang"], case["source"])
    assert [case["text"][hit.span.slice] for _, hit in hits] == list(case["finds"])
    assert hits[0][0] == case["rule"]
    assert all(hit.evidence and 0 < hit.confidence <= 1 for _, hit in hits)


@pytest.mark.parametrize(
    "case", lines("meant.jsonl"), ids=lambda case: f"{case['lang']}: {case['text'][:40]}"
)
def test_meant(case: dict[str, str]) -> None:
    hits = found(case["text"], case["lang"], case.get("source"))
    assert [(rule, case["text"][hit.span.slice]) for rule, hit in hits] == [], case["because"]


@pytest.mark.xfail(strict=True, reason="known failures: one that passes should move to left or meant")
@pytest.mark.parametrize(
    "case", lines("known-failures.jsonl"), ids=lambda case: f"{case['lang']}: {case['because']}"
)
def test_known_failure(case: dict[str, str]) -> None:
    hits = found(case["text"], case["lang"], case["source"])
    assert [case["text"][hit.span.slice] for _, hit in hits] == list(case["finds"])


def test_one_finding_a_defect() -> None:
    """No rule of ours speaks of a span that another one has."""
    for case in lines("left.jsonl"):
        spans = [hit.span for _, hit in found(case["text"], case["lang"], case["source"])]
        assert not any(a.overlaps(b) for a, b in pairwise(spans)), case["text"]


def test_the_seed() -> None:
    text = (FOLDER.parent / "wild" / "000_765a52ba104f050f.txt").read_text("utf-8")
    ((rule, hit),) = found(text, "en", "ru")
    assert (rule, tuple(hit.span)) == ("leftover/bracketed-word", (404, 411))
    assert [repair.do for repair in hit.repairs] == ["gloss", "gloss-bare", "delete"]
    repaired = [splice(text, repair.edits)[396:415] for repair in hit.repairs]
    assert repaired[0].startswith("ey both [will] be") or "[will] be" in repaired[0]
    assert "both will be" in splice(text, hit.repairs[1].edits)
    assert "both be in" in splice(text, hit.repairs[2].edits)


def test_a_word_of_the_allow_list_stays() -> None:
    text = "The dacha дача was sold."
    segment = Segment(text, OffsetMap.identity(len(text)))
    context = Context(lookup("en"), lookup("ru"), allow=frozenset({"дача"}))
    params = foreign_script.Params(("word", "beside"))
    assert list(foreign_script.compile(params)(segment, context)) == []


def test_the_original_decides() -> None:
    text = "Das Wetteramt warnt vor sehr squally Schauern."
    assert found(text, "de", "en", original="The met office warns of very squally showers.")
    assert not found(text, "de", "en", original="The met office warns of very gusty showers.")


def test_the_original_knows_words_that_no_list_has() -> None:
    text = "Li founded his salong three years ago."
    assert not found(text, "en", "liv")
    assert [hit.span for _, hit in found(text, "en", "liv", original="Li pūojtiz eņtš salong.")]


def test_nothing_is_known_of_an_undetermined_language() -> None:
    assert found("Ministers [будут] meet.", "und") == []


HOSTILE = ["[" * 100_000, "[б" * 50_000, "(a" * 50_000, "б " * 50_000, "a " * 50_000, " " * 100_000, '"' * 100_000,
           "a.b" * 30_000, "#a " * 30_000, "б[б]" * 20_000, "<a " * 30_000, "@a" * 40_000, "a-" * 50_000]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:6]!r}…")
@pytest.mark.parametrize(("lang", "source"), [("en", "de"), ("uk", "en")])
def test_time_is_linear(text: str, lang: str, source: str) -> None:
    def taken(size: int) -> float:
        return timing.seconds(lambda: found(text[:size] + " ", lang, source), 2)

    timing.assert_linear(taken, len(text) // 8, factor=4, growth=timing.GROWTH**2, short=0.3)


def test_words_have_their_own_detector() -> None:
    text = "Die Männer sind nicht [pleaded] schuldig."
    detect = foreign_words.compile(foreign_words.Params(("bracketed",)))
    hits = list(detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("de"), lookup("en"))))
    assert [text[hit.span.slice] for hit in hits] == ["[pleaded]"]
    assert hits[0].details["found_language"] == "English"
