"""Quotation marks: sound text is silent, every broken mark is found where it stands, and mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.detectors import pairs
from cleaner.detectors.base import Context
from cleaner.detectors.pairs import ACTIONS, DETAILS, Params
from cleaner.detectors.pairs.customs import Customs
from cleaner.detectors.pairs.marks import find
from cleaner.detectors.pairs.mend import Defect, analyse
from cleaner.detectors.pairs.search import Kind, read
from cleaner.languages import UNDETERMINED, Language, lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap, Span, splice
from tests.timing import assert_linear, seconds

SOUND = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "fixtures/quotes/sound.jsonl").read_text("utf-8").splitlines()
]
# Whether these come back exactly depends on the style that the text uses elsewhere.
FAKES_MENDED = ("en", "is", "hi", "hr", "cs")
APPLIED = ("respace", "respace-unsure", "replace", "single", "insert", "delete")


def mended(text: str, language: Language, allowed: tuple[str, ...] = APPLIED) -> str:
    """The text after the preferred allowed repair of each defect, repeated until nothing changes."""
    for _ in range(4):
        edits: list[object] = []
        for defect in analyse(text, language):
            for repair in defect.repairs:
                if repair.do in allowed:
                    try:
                        splice(text, [*edits, *repair.edits])  # type: ignore[list-item]
                        edits += repair.edits
                    except ValueError:
                        pass  # overlaps a repair that is already chosen
                    break
        if not edits:
            break
        text = splice(text, edits)  # type: ignore[arg-type]
    return text


def quoted(text: str, defects: tuple[Defect, ...]) -> list[tuple[str, str]]:
    return [(defect.kind, text[defect.span.slice]) for defect in defects]


@pytest.mark.parametrize("case", SOUND, ids=lambda case: f"{case['lang']}: {case['text'][:40]}")
def test_sound_text_is_silent(case: dict[str, str]) -> None:
    assert quoted(case["text"], analyse(case["text"], lookup(case["lang"]))) == []


# --- every pair of the sound texts, broken in every way ---------------------------------------------


@dataclass(frozen=True)
class Broken:
    """A sound text with one slip; `mendable` when the sound text must come back."""

    slip: str
    lang: str
    text: str
    spans: tuple[Span, ...]
    sound: str
    mendable: bool = True

    def __str__(self) -> str:
        return f"{self.lang} {self.slip}: {self.text[:60]}"


def broken() -> Iterator[Broken]:
    for case in SOUND:
        text, language = case["text"], lookup(case["lang"])
        if "\n" in text:
            continue
        customs = Customs(language, {char: text.count(char) for char in text})
        marks = list(find(text, 0, len(text), customs))
        for mark, role in zip(marks, read(marks, [False], customs), strict=True):
            if role.kind is Kind.OPEN and not mark.single:
                spans = Span(mark.start, mark.end), Span(marks[role.partner].start, marks[role.partner].end)
                yield from _break(case["lang"], text, *spans)


def _break(lang: str, text: str, first: Span, last: Span) -> Iterator[Broken]:
    opening, closing = text[first.slice], text[last.slice]
    head, inside, tail = text[: first.start], text[first.end : last.start], text[last.end :]

    def case(slip: str, new: str, *spans: Span, mendable: bool = True) -> Broken:
        return Broken(slip, lang, new, spans, text, mendable)

    lost = Span(last.start - 1, last.end - 1)
    yield case("closing mark lost", head + opening + inside + tail, first, mendable=False)
    yield case("opening mark lost", head + inside + closing + tail, lost, mendable=False)
    double = Span(first.start, first.end + 1)
    yield case("doubled", head + opening * 2 + inside + closing + tail, double)
    fakes = double, Span(last.start + 1, last.end + 2)
    yield case("fake", head + "``" + inside + "''" + tail, *fakes, mendable=lang in FAKES_MENDED)
    if opening != closing:
        yield case("closing mark opens", head + closing + inside + closing + tail, first)
        yield case("opening mark closes", head + opening + inside + opening + tail, last)
    if closing != '"':
        yield case("straight closing mark", head + opening + inside + '"' + tail, last)
    if lookup(lang).word_spaces and lang != "fr":
        yield case("space inside", f"{head}{opening} {inside}{closing}{tail}", double)
        if tail.startswith(" "):
            yield case(
                "space on the wrong side",
                f"{head}{opening}{inside} {closing}{tail[1:]}",
                Span(last.start, last.end + 1),
            )


KNOWN = {
    ("uk", "closing mark opens"): "“ also closes: „ … “ is accepted",
    ("ar", "straight closing mark"): "the text has straight marks as well",
    ("sv", "opening mark lost"): "the same mark opens and closes, and a single one stands nearer",
    ("fi", "opening mark lost"): "the same mark opens and closes, and a single one stands nearer",
    ("he", "opening mark lost"): "a gershayim before it could be its opening mark",
}


@pytest.mark.parametrize("case", list(broken()), ids=str)
def test_the_broken_mark_is_found_and_mended(case: Broken) -> None:
    language = lookup(case.lang)
    found = analyse(case.text, language)
    if tuple(defect.span for defect in found) != case.spans and (case.lang, case.slip) in KNOWN:
        pytest.xfail(KNOWN[case.lang, case.slip])
    assert tuple(defect.span for defect in found) == case.spans, quoted(case.text, found)
    if case.mendable:
        assert mended(case.text, language) == case.sound


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: " ".join(known))
def test_a_known_failure_that_is_mended_says_so(known: tuple[str, str]) -> None:
    cases = [case for case in broken() if (case.lang, case.slip) == known]
    assert any(tuple(d.span for d in analyse(case.text, lookup(case.lang))) != case.spans for case in cases)


# --- single cases -------------------------------------------------------------------------------------

SEED = (
    "Price said they do not plan to meet when they both will be in Cambodia for a meeting in Southeast "
    "Asia, ”the spokesman is quoted in the material."
)

Found = list[tuple[str, str]]
CASES: list[tuple[str, str, str, Found]] = [
    ("a torn closing mark is one defect", "en", SEED, [("detached", ", ”the")]),
    ("a plain pair beside it is sound", "en", "He was “frank” and “straightforward.” He left.", []),
    ("continued and never closed", "en", "“One.\n\n“Two.\n\n“Three.", [("unpaired", "“")]),
    ("a Swedish opening mark after a comma", "sv", "Hon sade, ”vi möts i Wien”.", []),
    ("the inner mark is lost", "en", "“They said ‘never and left,” she told us.", [("unpaired", "‘")]),
    ("a code word for a mark", "en", "Use '\"' here and «\"» there.", []),
    ("an empty string", "en", 'Set x = "" and y = "a".', []),
    ("a French space stays", "fr", 'Il dit « oui » et " non ".', []),
    ("title brackets are no marks in English", "en", "The 《Song》 of May.", []),
    ("Korean particles follow the mark", "ko", "‘다리’라는 “책이” 매진됐다.", []),
    ("Turkish endings follow the mark", "tr", "Yazarın “Köprü”sü bitti.", []),
    ("no apostrophe in Chinese", "zh", "他是“作家’。", [("mixed", "’")]),
    ("a Hebrew particle before the mark", "he", 'הוא דיבר על ה"גשר" בת"א.', []),
    ("a language that we do not know", "und", "He said “yes” and “no.", [("unpaired", "“")]),
]


@pytest.mark.parametrize(("name", "lang", "text", "found"), CASES, ids=[case[0] for case in CASES])
def test_case(name: str, lang: str, text: str, found: Found) -> None:
    assert quoted(text, analyse(text, lookup(lang))) == found


def test_the_torn_mark_offers_the_space_first_and_the_lost_mark_as_an_alternative() -> None:
    (defect,) = analyse(SEED, lookup("en"))
    assert [repair.do for repair in defect.repairs] == ["respace", *["insert-one-of"] * 3, "delete-unpaired"]
    assert "Southeast Asia,” the spokesman" in splice(SEED, defect.repairs[0].edits)
    # the sentence names its speaker, so the quotation can have begun behind that
    assert splice(SEED, defect.repairs[1].edits).startswith("Price said “")
    assert splice(SEED, defect.repairs[2].edits).startswith("“Price said")


def test_several_places_are_named_and_none_is_chosen() -> None:
    (defect,) = analyse("The so-called “bridge to nowhere was opened in May.", lookup("en"))
    assert {repair.do for repair in defect.repairs} == {"insert-one-of", "delete-unpaired"}


@pytest.mark.parametrize("style", ["«\u00a0{}\u00a0»", "« {} »", "«\u202f{}\u202f»"])
def test_french_keeps_the_space_that_the_text_uses(style: str) -> None:
    sound = f"Il parle de {style.format('progrès')} et de {style.format('paix')}."
    text = sound.replace(style.format("paix"), "``paix''")
    assert mended(text, lookup("fr")) == sound


def test_a_rule_sees_only_its_own_defect() -> None:
    text = "A ”small” step and “ one more”."
    segment = Segment(text, OffsetMap.identity(len(text)))
    for defect, expected in [("reversed", ["”"]), ("spaced", ["“ "]), ("stray", [])]:
        detect = pairs.compile(Params(defect))  # type: ignore[arg-type]
        hits = list(detect(segment, Context(lookup("en"))))
        assert [text[hit.span.slice] for hit in hits] == expected
        assert all(repair.do in ACTIONS for hit in hits for repair in hit.repairs)
        assert all(set(hit.details) <= set(DETAILS) for hit in hits)


# --- whatever the text ----------------------------------------------------------------------------------

LANGUAGES = st.sampled_from(["en", "de", "fr", "he", "ja", "sv", "ru", "und"])
TEXTS = st.text(st.sampled_from("aB. ,'’‘\"“”„«»「」\n\u00a0`<5א橋-("), max_size=40)


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES)
def test_findings_lie_in_the_text_and_repairs_apply(text: str, lang: str) -> None:
    language = lookup(lang) if lang != "und" else UNDETERMINED
    for defect in analyse(text, language):
        assert 0 <= defect.span.start < defect.span.end <= len(text)
        assert 0 < defect.confidence <= 1
        for repair in defect.repairs:
            assert repair.do in ACTIONS
            assert splice(text, repair.edits) != text


@settings(max_examples=200, deadline=None)
@given(TEXTS, LANGUAGES)
def test_safe_repairs_only_move_spaces(text: str, lang: str) -> None:
    language = lookup(lang) if lang != "und" else UNDETERMINED
    after = mended(text, language, ("respace",))
    assert "".join(after.split()) == "".join(text.split())


HOSTILE = ('"', "“", " “", '“a"', "“ a ", "`", "<<a", "‘", "''", "\n“", "“a b c d e f g h ", "(“")


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("lang", ["en", "fr", "he", "zh"])
def test_hostile_text_takes_linear_time(unit: str, lang: str) -> None:
    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        return seconds(lambda: analyse.__wrapped__(text, lookup(lang)), 1)

    taken(1000)
    assert_linear(taken, 10_000, factor=4, growth=8, short=0.3)
