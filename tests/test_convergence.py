"""Repairs commute and come to rest, whatever rules meet: over all examples of all rules, alone and in pairs.

What holds of every text: cleaned twice is cleaned once, no allowed repair is left undone, no two rules undo each
other, the order of the rules does not matter. What holds of most pairs: cleaning two paragraphs is
cleaning each. Not where a rule reads the whole text: see WHOLE.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from cleaner import engine, fixing
from cleaner.config import Config
from cleaner.examples import cases
from cleaner.formats import split
from cleaner.languages import Language
from cleaner.model import Document, Safety
from cleaner.pipeline import Pipeline
from cleaner.ruleset.load import shipped
from cleaner.ruleset.selection import Active, select_by_language

EVERYDAY = 2000  # pairs; all of them take minutes and are `slow`
ALLOWED = (Safety.SAFE, Safety.UNSAFE)

# Rules that rightly judge a sentence by the rest of the text: a quotation that goes on in the next paragraph, what
# stands at the very beginning or around all of it, a text about encodings or HTML.
WHOLE = (
    "quotes",
    "chatter",
    "mojibake",
    "repetition",
    "dates",
    "consistency",
    "feed/leading-metadata",
    "token/html-tag",
    "markup/entity",
)


@dataclass(frozen=True)
class Sample:
    """The text of an example, with its languages."""

    text: str
    lang: str
    source: str | None

    def document(self) -> Document:
        return split(Document("example", self.text, lang=self.lang, source_lang=self.source))

    def beside(self, other: Sample, between: str) -> Sample:
        return Sample(self.text + between + other.text, self.lang, self.source)


SAMPLES = list(
    dict.fromkeys(
        Sample(case.example.text, case.example.lang, case.example.source)
        for case in cases(shipped().rules.values())
        if case.example.format == "plain"
    )
)


@functools.cache
def pipeline() -> Pipeline:
    return Pipeline()


@functools.lru_cache(maxsize=20_000)
def clean(sample: Sample, allowed: Safety) -> fixing.Cleaned:
    return pipeline().clean(sample.document(), allowed)


def text(sample: Sample, allowed: Safety) -> str:
    return clean(sample, allowed).document.text


def unrest(sample: Sample, allowed: Safety) -> str:
    """What is wrong with the cleaned text, "" when it has come to rest.

    A repair that would lose a number or a name of the sample beside it is refused for good reason.
    """
    done = clean(sample, allowed)
    if any("come to rest" in skipped.reason for skipped in done.skipped):
        return f"does not come to rest: {sample}"
    kept = {skipped.finding for skipped in done.skipped if "it would lose" in skipped.reason}
    left = [f for f in done.findings if f.fix and allowed.allows(f.fix.safety) and f not in kept]
    if left:
        return f"{left[0].rule} is not repaired: {done.skipped[0].reason}: {sample}"
    twice = pipeline().clean(done.document, allowed).document.text
    return f"{sample}: once {done.document.text!r}, twice {twice!r}" if twice != done.document.text else ""


def reads_the_whole(done: fixing.Cleaned) -> bool:
    return any(f.rule.startswith(WHOLE) for f in (*done.applied, *done.findings))


def pairs() -> list[tuple[Sample, Sample]]:
    """All ordered pairs of texts in the same languages."""
    groups: dict[tuple[str, str | None], list[Sample]] = {}
    for sample in SAMPLES:
        groups.setdefault((sample.lang, sample.source), []).append(sample)
    return [(one, two) for group in groups.values() for one in group for two in group if one is not two]


def some_pairs() -> list[tuple[Sample, Sample]]:
    return random.Random(4).sample(pairs(), EVERYDAY)


@pytest.mark.parametrize("allowed", ALLOWED)
def test_every_example_comes_to_rest(allowed: Safety) -> None:
    assert [problem for sample in SAMPLES if (problem := unrest(sample, allowed))] == []


@pytest.mark.parametrize("between", ["\n", " "], ids=["two paragraphs", "one paragraph"])
@pytest.mark.parametrize("allowed", ALLOWED)
def test_no_two_rules_fight(allowed: Safety, between: str) -> None:
    joined = (one.beside(two, between) for one, two in some_pairs())
    assert [problem for sample in joined if (problem := unrest(sample, allowed))] == []


@pytest.mark.parametrize("allowed", ALLOWED)
def test_cleaning_two_paragraphs_is_cleaning_each(allowed: Safety) -> None:
    assert list(meddling(some_pairs(), allowed)) == []


def meddling(chosen: Sequence[tuple[Sample, Sample]], allowed: Safety) -> Iterator[str]:
    """The pairs in which one paragraph changes what becomes of the other, although no rule reads both."""
    for one, two in chosen:
        both = one.beside(two, "\n")
        if not any(reads_the_whole(clean(sample, allowed)) for sample in (one, two, both)):
            apart = f"{text(one, allowed)}\n{text(two, allowed)}"
            if text(both, allowed) != apart:
                yield f"{both}: together {text(both, allowed)!r}, apart {apart!r}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("allowed", ALLOWED)
def test_the_order_of_the_rules_does_not_matter(allowed: Safety, seed: int) -> None:
    in_order = select_by_language(Config())
    shuffled = list(in_order(Language("en", "English")))
    random.Random(seed).shuffle(shuffled)

    def choose(language: Language) -> Sequence[Active]:
        return shuffled

    joined = [one.beside(two, "\n") for one, two in some_pairs()[seed::8]]
    for sample in (*SAMPLES[seed::6], *joined):
        document = sample.document()
        known = engine.facts(document)
        done = fixing.clean(document, lambda now, known=known: engine.find(now, choose, known), allowed)
        assert done.document.text == text(sample, allowed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("between", ["\n", " "], ids=["two paragraphs", "one paragraph"])
@pytest.mark.parametrize("allowed", ALLOWED)
def test_no_two_rules_fight_in_any_pair(allowed: Safety, between: str) -> None:
    problems: list[str] = []
    for one, two in pairs():
        problems += [problem] if (problem := unrest(one.beside(two, between), allowed)) else []
        if between == "\n":
            problems += meddling([(one, two)], allowed)
    assert problems == []
