"""What makes the cleaner fast must not change what it finds: gates, shortcuts and memories are exact."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import engine, formats
from cleaner.config import Config
from cleaner.detectors import dates, mojibake, months, pattern, phrases, repetition
from cleaner.detectors.mojibake import judge
from cleaner.detectors.pairs import gate as marks_gate
from cleaner.detectors.pairs import mend
from cleaner.examples import cases
from cleaner.languages import alphabet, evidence, fragments, identify, lookup, same_script, scoring
from cleaner.model import Document, Facts, Safety
from cleaner.offsets import Edit, Span, Undo, splice
from cleaner.pipeline import Pipeline
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import build
from cleaner.ruleset.selection import Active, select_by_language
from cleaner.text import protect, unmasked, wording
from cleaner.text.triggers import Trigger, firsts, holds, needs
from cleaner.yamlio import Keys, read
from tests.timing import assert_linear, seconds

LANGUAGES = ("en", "de", "fr", "cs", "ru", "uk", "he", "zh", "ja", "el", "tr", "und")
SOURCES = (None, "ru", "en", "zh", "liv")

# Pieces of text that rules are about, and what lies near them: half of them only look like a defect.
PIECES = (
    "the ", "die ", "в ", "и ", "和", "の", "של ", "word", "Haus ", "Город ", "USB", "Reuters ", "café ",
    "İstanbul ", "ſ", "[", "]", "(", ")", "【", "】", "{", "}", "[будут] ", "(will) ", "[UNK]", "[INST]",
    "[[a]]", "{{b}}", "[to be translated]", "\"", "“", "”", "„", "«", "»", "‘", "’", "'", "``", "''",
    ",,", "<<", ">>", "「", "」", " ' s ", "n't ", "don 't ", "&amp;", "&quot;", "& ", "\\u00e9", "\\x93",
    "<0xC3><0xA9>", "<unk>", "<s>", "</p>", "<a href=x>", "▁", "@@ ", " @-@ ", "@", "@ home_page ",
    "a@b.com ", "http:// x.com ", "https://a.b / c / d ", "www.x.org ", "#Tag ", "# NAME #", "$5 ",
    "Ã©", "â€™", "РїСЂ", "\u0097", "�", "\u200b", "\u202e", "\ufeff", "\u00ad", "\ue000", "e\u0301",
    "\u00a0", "\u202f", "?", "??????", "m?tro ", "?!", "…", "...", " .", " , ", "。.", ".。", "，", "；",
    "：", "！", "、", "،", "№ 5 ", "¿", "ＡＢ", "%", "5,3 percent ", "29", "30. Februar 2021 ", "31 June ",
    "2023-02-29 ", "Monday, July 29, 2022 ", "2月30日 ", "Montag, 3. Mai 2021 ", "140х195 ", "50 °С ",
    "I'm sorry, but I cannot translate this. ", "Here is the translation: ", "Photo: Reuters\n",
    "Foto: dpa\n", "date 2022-07-29 ", "no no no no no no no no no ", "ха ", "Bakhmut ", "Bahmut ",
    "Servicе ", "вiн ", "ы", "ї", "==x==", "```\n", ":-", "-foo=bar", "5km ", ".\n", "\n", "\r\n", "\r",
    "\u0085", "\u2028", " ", "  ", "\t", "- ", "– ", "•", "> ", "*", "1", "0", "a", "я", "好", "ー", "ß",
    "Α", "ς",
)  # fmt: skip

TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


@pytest.fixture(autouse=True, scope="module")
def from_the_first_text_on() -> Iterator[None]:
    """What takes long to make ready is usually made when some texts were searched without it."""
    with pytest.MonkeyPatch.context() as patch:
        for place, number in ((phrases, "_FEW"), (phrases, "_SOME"), (pattern, "_FEW")):
            patch.setattr(place, number, 0)
        yield


@pytest.fixture(scope="module")
def choose() -> engine.Choose:
    return select_by_language(Config(profile="audit"))


def both(choose: engine.Choose, document: Document) -> tuple[Any, Any]:
    known = engine.facts(document)
    return engine.find(document, choose, known), engine.find(document, choose, known, gates=False)


def plain(text: str, lang: str | None, source: str | None = None) -> Document:
    return formats.split(Document("", text, lang=lang, source_lang=source))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(LANGUAGES), source=st.sampled_from(SOURCES))
def test_gates_change_no_finding(text: str, lang: str, source: str | None, choose: engine.Choose) -> None:
    gated, ungated = both(choose, plain(text, lang, source))
    assert gated == ungated


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(LANGUAGES), source=st.sampled_from(SOURCES))
def test_gates_change_no_finding_in_many_texts(
    text: str, lang: str, source: str | None, choose: engine.Choose
) -> None:
    gated, ungated = both(choose, plain(text, lang, source))
    assert gated == ungated


EXAMPLES = sorted(
    {
        (case.example.text, case.example.lang, case.example.source or "")
        for case in cases(shipped().rules.values())
        if case.example.format == "plain"
    }
)


def differing(choose: engine.Choose, texts: Iterator[tuple[str, str, str]]) -> list[tuple[str, str]]:
    wrong = []
    for text, lang, source in texts:
        gated, ungated = both(choose, plain(text, lang, source or None))
        if gated != ungated:
            wrong.append((text, lang))
    return wrong


def test_gates_change_no_finding_in_every_tenth_example(choose: engine.Choose) -> None:
    assert len(EXAMPLES) > 500
    assert not differing(choose, iter(EXAMPLES[::10]))


@pytest.mark.slow
def test_gates_change_no_finding_in_any_example(choose: engine.Choose) -> None:
    assert not differing(choose, iter(EXAMPLES))


@pytest.mark.slow
def test_gates_change_no_finding_in_the_benchmark(choose: engine.Choose) -> None:
    folder = os.environ.get("CLEANER_BENCH")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CLEANER_BENCH names no folder of the benchmark's texts")
    assert not differing(choose, _benchmark(Path(folder)))


def _benchmark(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(folder.glob("*.jsonl*")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for entry in map(json.loads, data.splitlines()):
            yield entry["text"], entry.get("lang") or entry.get("target_lang"), entry.get("source_lang") or ""


# ---- triggers --------------------------------------------------------------------------------


def satisfies(text: str, trigger: Trigger) -> bool:
    grouped = all(any(holds(group, char) for char in text) for group in trigger.groups)
    worded = not trigger.strings or any(string in text for string in trigger.strings)
    return (grouped or worded) if trigger.either else (grouped and worded)


PATTERNS = {
    rule.id: (
        rule.params.pattern,
        int(getattr(rule.params, "flags", re.MULTILINE)),
        getattr(rule.params, "engine", "re"),
    )
    for rule in shipped().rules.values()
    if rule.kind in ("pattern", "signs")
}


@pytest.mark.parametrize("id", PATTERNS)
def test_a_text_in_which_a_pattern_matches_has_what_the_pattern_needs(id: str) -> None:
    rule = shipped().rules[id]
    examples: list[Any] = [*rule.examples.bad, *rule.examples.good]
    trigger = needs(PATTERNS[id][0], PATTERNS[id][1], engine=PATTERNS[id][2])
    for example in examples:
        if rule.params.compiled.search(example.text):
            assert satisfies(example.text, trigger), example.text


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [
        pytest.param("(?:ab|c)?d", 0, "d", id="an optional group asks for nothing"),
        pytest.param("x{0,3}y", 0, "y", id="none is enough"),
        pytest.param("(?i)unk", 0, "UNK", id="letter case"),
        pytest.param("(?i:<Unk>)", 0, "<UNK>", id="letter case of a part"),
        pytest.param("[^a]b", 0, "xb", id="all but one"),
        pytest.param("[^\\W\\d]x", 0, "éx", id="all but classes"),
        pytest.param(r"\d+%", 0, "٣%", id="Arabic digits"),
        pytest.param("(?<!a)b", 0, "b", id="what must not stand before"),
        pytest.param("(?<=a)b|c", 0, "c", id="one way of two"),
        pytest.param("(a)|b(?(1)c|d)", 0, "bd", id="a condition"),
        pytest.param("s|ſ", re.IGNORECASE, "S", id="long s"),
        pytest.param("a(?:b|)c", 0, "ac", id="a way that is empty"),
        pytest.param("(?:abc|ab)d", 0, "abd", id="ways of two lengths"),
        pytest.param("a(?:bc|b.)d", 0, "abxd", id="a way that goes on"),
    ],
)
def test_needs_never_ask_too_much(pattern: str, flags: int, text: str) -> None:
    assert re.search(pattern, text, flags)
    assert satisfies(text, needs(pattern, flags))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(r"(?:foo){e<=1}", "fo", id="nearly"),
        pytest.param(r"[\p{L}--[a-z]]x", "Äx", id="sets of sets"),
        pytest.param(r"\p{Lu}\.", "Ä.", id="a property"),
        pytest.param(r"(?|(a)|(b))c", "bc", id="branches that share a group"),
    ],
)
def test_needs_of_the_other_module(pattern: str, text: str) -> None:
    import regex

    assert regex.search(pattern, text, regex.VERSION1)
    assert satisfies(text, needs(pattern, engine="regex"))


@given(text=TEXTS, lang=st.sampled_from(LANGUAGES))
def test_signs_and_ordinary_characters_are_all_characters(text: str, lang: str) -> None:
    own = alphabet.of(lookup(lang))
    signs = own.signs(text)
    assert {char for char in text if not own.has(char)} == signs


STRINGS = ("``", "''", ",,", "<<", "’’", "´´", " .", "( ", "29", "-0", "http", " n’", "。.", "я.", "&#")


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(st.sampled_from((*PIECES, *STRINGS, "&", "#", "\udce9", "ş"))).map("".join),
    lang=st.sampled_from(LANGUAGES),
)
def test_strings_are_found_wherever_they_are_looked_for(text: str, lang: str) -> None:
    own = alphabet.of(lookup(lang))
    for string in STRINGS:
        assert own.has_one(text, own.needles((string,))) == (string in text)


BEGUN = {
    id: PATTERNS[id][:2]
    for id in PATTERNS
    if shipped().rules[id].kind == "pattern" and len(firsts(*PATTERNS[id][:2])) > 1
}


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(LANGUAGES))
def test_patterns_tried_at_signs_find_the_same(text: str, lang: str) -> None:
    assert len(BEGUN) > 5
    for id, (written, flags) in BEGUN.items():
        params = pattern.Params(written, ignore_case=bool(flags & re.IGNORECASE), engine="re")
        found = [match.span() for match in pattern._begun(params)(text, lookup(lang))]
        assert found == [match.span() for match in re.finditer(written, text, flags)], id


def idle(number: int) -> Active:
    """A rule that no sound text calls for; its detector cannot be compiled, so running it would be seen."""
    sign = chr(0x2500 + number % 250)
    pattern = (f"<tok{number}>(", f"{sign}(", f"@@ra{number}(", f"{{T{number}(")[number % 4]
    node = read(
        "title: t\nwhy: w\nkind: pattern\nseverity: info\nmessage: m\nexamples: {bad: [], good: []}\n"
        f'params: {{pattern: "{pattern[:-1]}", engine: re}}\n',
        "idle.yml",
    )
    assert isinstance(node, Keys)
    rule = build(f"idle/rule-{number}", node, [], trusted=True)
    assert rule is not None
    return Active(rule, rule.severity)


def test_rules_that_cannot_fire_are_not_run() -> None:
    few = tuple(Pipeline()._rules(lookup("en")))
    many = (*few, *map(idle, range(540)))
    document = plain("The ministers met on Monday, July 29, and said: “No.” It’s 5:30 (or so).\n" * 20, "en")
    gate = engine._gate(many, "plain", lookup("en"), None, ("segment", "document"))
    run = [active.id for active in gate.rules(document.text)]
    assert len(run) < len(few) / 2
    assert not [id for id in run if id.startswith("idle/")]


# ---- shortcuts -------------------------------------------------------------------------------


# What is asked first because it is cheap, and the answer that leads to the whole work.
FIRST_QUESTIONS: tuple[tuple[Any, str, Any], ...] = (
    (repetition, "_has_no_period", lambda text, language, params: False),
    (repetition, "_may_repeat", lambda text, language, least: True),
    (phrases._List, "is_absent", lambda self, text, language: False),
    (wording.Wanted, "present", lambda self, text, signs, is_even: self._all),
    (dates, "_has_no_date", lambda text, language: False),
    (dates, "_sought", lambda language: ()),
    (dates, "_after_day", lambda language: None),
    (months, "_has_late", lambda text, day: True),
    (months, "_has_none", lambda text, language: False),
    (alphabet.Alphabet, "has_one", lambda self, text, needles: any(one[0] in text for one in needles)),
    (marks_gate, "_is_sound", lambda text, language: False),
    (mojibake, "_has_one_of_encodings", lambda text: True),
    (fragments, "_are_names", lambda text, target, source, signs: False),
    (fragments, "_is_name", lambda run, target, source: False),
    (judge.Judge, "gates_for", lambda self, text: self.gates),
    (same_script, "may_have_candidates", lambda text, target, source: True),
)
REMEMBERED = (fragments.in_other_letters, fragments.in_same_letters, mend.analyse, mojibake._search)


def found_without(
    questions: tuple[tuple[Any, str, Any], ...], texts: list[tuple[str, str, str]]
) -> list[Any]:
    """What is found in some texts when some questions are not asked; nothing is remembered of other runs."""
    choose = select_by_language(Config(profile="audit"))
    with pytest.MonkeyPatch.context() as patch:
        for place, name, answer in questions:
            patch.setattr(place, name, answer)
        found = []
        for text, lang, source in texts:
            for remembered in REMEMBERED:
                remembered.cache_clear()
            document = plain(text, lang, source or None)
            found.append(engine.find(document, choose, engine.facts(document)))
    return found


def changed_by_questions(texts: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    asked, not_asked = found_without((), texts), found_without(FIRST_QUESTIONS, texts)
    return [text for text, one, other in zip(texts, asked, not_asked, strict=True) if one != other]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    texts=st.lists(
        st.tuples(TEXTS, st.sampled_from(LANGUAGES), st.sampled_from([source or "" for source in SOURCES])),
        min_size=1,
        max_size=4,
    )
)
def test_questions_asked_first_change_no_finding(texts: list[tuple[str, str, str]]) -> None:
    assert not changed_by_questions(texts)


def test_questions_asked_first_change_no_finding_in_every_tenth_example() -> None:
    assert not changed_by_questions(EXAMPLES[5::10])


@pytest.mark.slow
def test_questions_asked_first_change_no_finding_in_any_example() -> None:
    assert not changed_by_questions(EXAMPLES)


@pytest.mark.slow
def test_questions_asked_first_change_no_finding_in_the_benchmark() -> None:
    folder = os.environ.get("CLEANER_BENCH")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CLEANER_BENCH names no folder of the benchmark's texts")
    assert not changed_by_questions(list(_benchmark(Path(folder))))


MARKS = st.lists(
    st.sampled_from(
        [*"“”\"„«»‘’'「」‚‹›א״\n(),.3", "a ", "b", "word ", " ", "“yes” ", "«да» ", "„ja“ ", "“he ‘no’ it” "]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=1000, deadline=None)
@given(
    text=MARKS,
    lang=st.sampled_from(("en", "de", "ru", "fr", "he", "zh", "ja", "cs", "hr", "sv", "es", "und")),
)
@hypothesis.example("\u00a0›)‹'", "cs")  # an apostrophe's look-alike opens no flawless pair
@hypothesis.example("‚.’\u00a0'b\u00a0)‘", "hr")  # two styles that begin with one mark
def test_sound_marks_are_told_as_by_crossing_out(text: str, lang: str) -> None:
    language = lookup(lang)
    if marks_gate._is_sound(text, language):
        every = [found.start() for found in re.finditer(f"[{marks_gate._SUSPECT}]", text)]
        assert not marks_gate._left_over(text, every, language)


@settings(max_examples=400, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "He left. ",
                "He left the town. ",
                "he left The town.",
                "“He left the town.”",
                "She stayed there today. ",
                "Він поїхав сьогодні! ",
                "він Поїхав сьогодні!",
                "Она ÿ Ÿ ушла, 12345. ",
                "8:30: ",
                "12345 67890 12345 678. ",
                "«Да. » ",
                "” ",
                "\u2003",
                "... ",
                "\n",
                "- - - - - - - .",
                "同じ文。",
                "同じ文同じ文同じ文。",
            ]
        ),
        max_size=9,
    ).map("".join),
    lang=st.sampled_from(LANGUAGES),
)
def test_no_sentence_that_stands_twice_is_missed(text: str, lang: str) -> None:
    params = repetition.Params("sentence")
    found = list(repetition._sentences(text, params))
    assert not found or repetition._may_repeat(text, lookup(lang), params.length // 2)


LOOPS = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(
                ["der ", "no ", "a", "к", "е", "好", "増", "😀", ". ", ", ", "\u00a0", "Brücke ", "x", "İ"]
            ),
            min_size=1,
            max_size=40,
        ).map("".join),
        st.integers(1, 9),
    ),
    max_size=5,
).map(lambda parts: "".join(unit * times for unit, times in parts))


@settings(max_examples=300, deadline=None)
@given(text=LOOPS, lang=st.sampled_from(LANGUAGES))
def test_no_loop_is_missed(text: str, lang: str) -> None:
    language, params = lookup(lang), repetition.Params("loop")
    if repetition._has_no_period(text, language, params):
        assert not list(repetition._loops(text, language.word_spaces, params))


RUN = re.compile(r"[A-Za-z]+(?:[ \u00a0'’,.:/–−&+・·-]{1,3}[A-Za-z]+)*")


@settings(max_examples=400, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES) | st.sampled_from(["ю", "好", " ", "Reuters", "5 ", ".рф"])).map(
        "".join
    )
)
def test_what_stands_free_is_in_no_mask(text: str) -> None:
    runs = [Span(*run.span()) for run in RUN.finditer(text)]
    masks = protect.masked(text)
    for spaced in (True, False):
        if ".рф" in text and not spaced:
            continue  # no text in such writing has Cyrillic letters when this is asked
        if unmasked.stand_free(text, runs, frozenset(text), word_spaces=spaced):
            assert not [run for run in runs if protect.mask_at(masks, run)]


# All masks as one alternation: what `masked` must give, one pattern after the other.
def as_written(mask: protect._Mask) -> str:
    """The pattern of a mask by itself: the digit before it is looked back at."""
    pattern = mask.pattern.pattern
    return f"(?<={pattern[:2]}){pattern[2:]}" if mask.lead else pattern


ALTERNATION = re.compile(
    "|".join(f"(?P<k{number}>{as_written(mask)})" for number, mask in enumerate(protect._MASKS))
)


def one_by_one(text: str) -> tuple[tuple[Span, str], ...]:
    if not protect._SIGN.search(text):
        return ()
    found = (
        (match, protect._MASKS[int((match.lastgroup or "k0")[1:])].kind)
        for match in ALTERNATION.finditer(text)
    )
    return tuple(
        (Span(*match.span()), kind)
        for match, kind in found
        if kind != "domain" or protect._is_domain(match[0])
    )


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_masks_are_those_of_one_alternation(text: str) -> None:
    assert protect.masked(text) == one_by_one(text)


def test_masks_of_examples_are_those_of_one_alternation() -> None:
    assert not [text for text, _, _ in EXAMPLES if protect.masked(text) != one_by_one(text)]


def test_surroundings_are_all_weighed_when_a_latin_run_is_passed_over() -> None:
    known = set(scoring.model("latin").weights)
    seen: set[str] = set()
    for text, lang, source in EXAMPLES:
        target = lookup(lang)
        if "Latn" in target.scripts or not target.scripts:
            continue
        setting = evidence.setting_of(text, target, lookup(source) if source else None)
        for found in re.finditer("[A-Za-z]+", text):
            seen |= evidence.around_latin(setting, Span(*found.span()))
    assert len(seen) > 10
    assert not [name for name in seen & known if not name.startswith(evidence.SURROUNDINGS)]


EDITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("xy", max_size=3)), max_size=6)


@given(steps=EDITS, at=st.integers(0, 40))
def test_undo_is_the_opposite_of_splice(steps: list[tuple[int, int, str]], at: int) -> None:
    edits, end = [], 0
    for gap, size, new in steps:
        edits.append(Edit(Span(end + gap, end + gap + size), new))
        end += gap + size
    text = "".join(chr(0x100 + number) for number in range(50))
    after = splice(text, edits)
    at = min(at, len(after) - 1)
    if after[at] in "xy":
        return
    assert text[Undo(edits).span(Span(at, at + 1)).slice] == after[at]


# ---- growth ----------------------------------------------------------------------------------

HOSTILE = ("[", '"', "«", " ", "<a ", "&", "a@@ ", "(", "'", "Ã", "?", "29 ", "Name ", "He left. ", "я", "好")


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    pipeline = Pipeline()

    def look(count: int) -> float:
        document = pipeline.document("", piece * count, lang="en")
        return seconds(lambda: pipeline.find(document), 2)

    look(1000)
    assert_linear(look, 25_000, short=0.02)


@pytest.mark.slow
def test_many_repairs_take_time_in_proportion() -> None:
    pipeline = Pipeline()

    def mend(count: int) -> float:
        text = "one &quot;two <unk> three\u200b four [будут] five.\n" * count
        return seconds(lambda: pipeline.clean(pipeline.document("", text, lang="en"), Safety.UNSAFE), 1)

    mend(50)
    assert_linear(mend, 500)


def test_the_language_is_found_once_a_document_and_in_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = identify._ask

    def ask(text: str, script: str) -> str | None:
        asked.append(len(text))
        return real(text, script)

    monkeypatch.setattr(identify, "_ask", ask)
    line = json.dumps({"text": "The ministers met in the capital to speak about the budget. " * 40})
    document = formats.split(Document("a.jsonl", f"{line}\n{line}\n{line}\n", format="jsonl"))
    engine.find(document, lambda language: (), Facts())
    assert len(document.segments) == 3
    assert len(asked) == 1
    assert asked[0] <= identify.SAMPLE == 1500


def test_the_language_is_not_found_when_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "identify", None)
    engine.find(plain("The ministers met in the capital.", "en"), lambda language: (), Facts())
