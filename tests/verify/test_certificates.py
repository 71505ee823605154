"""Repairs that would lose something are not made, and it is said why; what their rule declares is allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleaner import Config, clean_text, engine, formats
from cleaner.api import Cleaned
from cleaner.config import Config as Settings
from cleaner.errors import RuleError
from cleaner.examples import document_of, only
from cleaner.model import Document, Finding, Fix, Safety, Severity
from cleaner.offsets import Edit, Position, Span, splice
from cleaner.pipeline import Mended, Pipeline
from cleaner.ruleset.load import shipped
from cleaner.values import replace
from cleaner.verify.case import case_of
from cleaner.verify.certificate import refused
from cleaner.verify.views import Views


def house(folder: Path, id: str, pattern: str, write: str | None, *changes: str, **more: object) -> Config:
    """A configuration with one rule of a house: what it looks for, what it writes (None: it deletes)."""
    family, name = id.split("/")
    (folder / family).mkdir(parents=True)
    params = {"pattern": pattern} | ({} if write is None else {"replace": write})
    do = "delete" if write is None else "replace"
    rule = {
        "title": "A rule of the test",
        "why": "It is made for a test and says nothing about any language.",
        "kind": "pattern",
        "params": params,
        "severity": "warning",
        "message": "“{found}”",
        "fix": {"do": do, "safety": "safe"} | ({"changes": list(changes)} if changes else {}),
        "examples": {
            "bad": [{"lang": "en", "text": "x", "finds": ["x"]}],
            "good": [{"lang": "en", "text": "y", "because": "of the test"}],
        },
    }
    (folder / family / f"{name}.yml").write_text(json.dumps(rule | more, ensure_ascii=False), "utf-8")
    return Settings(select=(id,), rules=(str(folder),), rule_tests=False)


# label, family, pattern, what it writes, text, why it is refused
REFUSED: list[tuple[str, str, str, str | None, str, str]] = [
    ("a number lost", "words", r"\d+ km", "far", "It is 5 km away.", "lose the number “5”"),
    ("a number new", "words", r"\bfar\b", "5 km", "It is far away.", "add the number “5”"),
    ("two swapped", "words", r"(\d) to (\d)", r"\2 to \1", "It was 5 to 7.", "change the order of the numbers"),
    ("two joined", "words", r"(?<=\d) (?=\d)", None, "It cost 1 000 euros.", "lose the number “1”"),
    ("one split", "words", r"(?<=\d)(?=\d\d\d)", " ", "It cost 1000 euros.", "lose the number “1000”"),
    ("a minus lost", "words", "−", "", "It was −5 here.", "lose the number “-5”"),
    ("a percent sign lost", "words", "%", None, "It rose 5% here.", "lose the number “%”"),
    ("Arabic digits", "words", "٤", "٥", "دفع ٤٢ ريال", "lose the number “42”"),
    ("Devanagari digits", "words", "४", "५", "कुल ४२ लोग", "lose the number “42”"),
    ("full-width digits", "words", "１", None, "合計１２円", "lose the number “12”"),
    ("a fraction", "words", "½", "", "A share of ½ now.", "lose the number “0.5”"),
    ("an address", "words", "/x", "/y", "See https://a.org/x now.", "lose the address “https://a.org/x”"),
    ("the space after it", "words", r"(?<=/x) ", None, "See https://a.org/x now.", "lose the address"),
    ("an e-mail address", "words", r"\bivan\.", "", "Write to ivan.p@ukr.net now.", "lose the e-mail address"),
    ("a placeholder", "words", r"\{(\w+)\}", r"\1", "Hello {name}, hi.", "lose the placeholder “{name}”"),
    ("a C placeholder", "words", "%s", "% s", "Hello %s, hi.", "lose the placeholder “%s”"),
    ("a Jinja placeholder", "words", r"\{\{", "{", "Hello {{ a|b }}, hi.", "lose the placeholder “{{a|b}}”"),
    ("a handle", "words", "@", None, "Ask @nbu_ua now.", "lose the handle “@nbu_ua”"),
    ("a hashtag", "words", "#", None, "Ask #news now.", "lose the handle “#news”"),
    ("a tag", "words", "</?b>", None, "Some <b>bold</b> text.", "lose the tag “<b>”"),
    ("a letter", "punctuation", "s,", ",", "He says, yes.", "change letters: “s,” to “,”"),
    ("a name", "punctuation", " Ivan", None, "He, Ivan, said.", "change letters: “ Ivan” to “”"),
    ("a letter of a house's tokens", "token", "▁a", " ", "The▁apple is.", "change letters"),
    ("a letter that is not seen", "invisible", "a\u200b", "", "The a\u200bpple is.", "change letters"),
    ("a Tamil vowel", "punctuation", "\u0bbe", None, "காட்சி இது", "change letters"),
    ("a picture", "punctuation", " 👍", None, "Great news 👍 today.", "change letters"),
    ("a letter in quotation marks", "quotes", "“y", "“", "He said “yes” now.", "change more than marks|change letters"),
    ("a plus in brackets", "brackets", r"\(\+\)", "()", "Blood group A (+) here.", "change more than marks"),
    ("a digit of a number", "numbers", r"(\d)(\d)", r"\2\1", "It cost 12 euros.", "change digits: “12” to “21”"),
    ("a letter of a number", "numbers", "(5) m", r"\1", "It cost 5 mn euros.", "change letters"),
    ("a minus of a number", "numbers", "−", None, "It was −5 here.", "change digits"),
    ("a currency of a number", "numbers", "€", "$", "It cost €5 here.", "change digits"),
    ("the number of an address", "numbers", r"(\d),(\d)", r"\1.\2", "See https://a.org/1,5 now.", "lose the address"),
    ("what is not repeated", "repetition", " and left", None, "They met and left.", "does not stand beside it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "pattern", "write", "text", "why"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED]
)
def test_what_would_be_lost_is_kept_and_told(
    tmp_path: Path, family: str, pattern: str, write: str | None, text: str, why: str
) -> None:
    done = clean_text(text, lang="en", config=house(tmp_path, f"{family}/x", pattern, write))
    assert done.text == text
    assert not done.applied
    assert done.findings, "it is still reported"
    (reason, *_) = reasons(done)
    assert any(part in reason for part in why.split("|")), reason


def reasons(done: Mended | Cleaned) -> list[str]:
    """Why repairs were not made; one that would change an address is not even offered."""
    manual = [one.fix for one in done.findings if one.fix and one.fix.safety is Safety.MANUAL]
    return [*(one.reason for one in done.skipped), *(fix.because for fix in manual)]


# kind, pattern, what it writes, text, the text after it
ALLOWED: list[tuple[str, str, str, str | None, str, str]] = [
    ("digits", "words", r"\d+ km", "far", "It is 5 km away.", "It is far away."),
    ("urls", "words", "/x", "/y", "See https://a.org/x now.", "See https://a.org/y now."),
    ("e-mails", "words", r"\bivan\.", "", "Write to ivan.p@ukr.net now.", "Write to p@ukr.net now."),
    ("placeholders", "words", r"\{(\w+)\}", r"\1", "Hello {name}, hi.", "Hello name, hi."),
    ("handles", "words", "@", None, "Ask @nbu_ua now.", "Ask nbu_ua now."),
    ("markup", "words", "</?b>", None, "Some <b>bold</b> text.", "Some bold text."),
    ("letters", "punctuation", "No (?=5)", "Nr. ", "It is No 5 here.", "It is Nr. 5 here."),
    ("letters", "quotes", "“y", "“Y", "He said “yes” now.", "He said “Yes” now."),
]


@pytest.mark.parametrize(("kind", "family", "pattern", "write", "text", "after"), ALLOWED)
def test_what_a_rule_declares_is_allowed(
    tmp_path: Path, kind: str, family: str, pattern: str, write: str | None, text: str, after: str
) -> None:
    config = house(tmp_path / "a", f"{family}/x", pattern, write)
    assert clean_text(text, lang="en", config=config).text == text
    config = house(tmp_path / "b", f"{family}/x", pattern, write, kind)
    assert clean_text(text, lang="en", config=config).text == after


@pytest.mark.parametrize("kind", ["names", "structure", "encoding", "line-ends"])
def test_no_rule_may_declare_the_rest(tmp_path: Path, kind: str) -> None:
    with pytest.raises(RuleError, match=f"no repair changes {kind}"):
        clean_text("x", lang="en", config=house(tmp_path, "words/x", "x", "y", kind))


def test_one_thing_that_is_declared_allows_no_other(tmp_path: Path) -> None:
    config = house(tmp_path, "words/x", "5 at .*", "there", "digits")
    done = clean_text("He took 5 at https://a.org/x", lang="en", config=config)
    assert not done.applied
    assert "lose the address" in reasons(done)[0]


def test_the_other_repairs_are_made(tmp_path: Path) -> None:
    config = house(tmp_path, "words/x", r"\b(a|5) ", "the ")
    done = clean_text("He took a car, 5 apples and a pear.", lang="en", config=config)
    assert done.text == "He took the car, 5 apples and the pear."
    assert {one.finding.match for one in done.skipped} == {"5 "}


WRAPPED = [
    ("plain", "{}"),
    ("json", '{{"a": "{}", "b": 7}}'),
    ("html", "<p>{}</p><p>Other <b>words</b>.</p>"),
    ("srt", "1\n00:00:01,000 --> 00:00:02,000\n{}\n"),
    ("csv", "id,text\n1,{}\n"),
    ("markdown", "# Title\n\n{}\n"),
    ("po", 'msgid "a"\nmsgstr "{}"\n'),
]


@pytest.mark.parametrize(("format", "holder"), WRAPPED)
@pytest.mark.parametrize(
    ("pattern", "write", "text"),
    [("5 km", "far", "It is 5 km away."), ("/x", "/y", "See https://a.org/x now."), ("%s", "it", "Hello %s now.")],
)  # fmt: skip
def test_in_every_format(
    tmp_path: Path, format: str, holder: str, pattern: str, write: str, text: str
) -> None:
    rules = Pipeline(house(tmp_path, "words/x", pattern, write).merged(lang="en"))
    document = rules.document("a", holder.format(text), format=format)
    done = rules.clean(document, Safety.SAFE)
    assert done.document.text == document.text
    assert reasons(done)


def test_an_example_that_cannot_be_repaired_says_why(tmp_path: Path) -> None:
    bad = {"lang": "en", "text": "It is 5 km away.", "finds": ["5 km"], "fixed": "It is far away."}
    good = {"lang": "en", "text": "It is far.", "because": "of the test"}
    config = house(tmp_path, "words/x", "5 km", "far", examples={"bad": [bad], "good": [good]})
    with pytest.raises(RuleError) as caught:
        Pipeline(replace(config, rule_tests=True))
    assert "not repaired: it would lose the number “5”" in str(caught.value)


def test_a_document_that_is_not_what_its_edits_make_of_it(tmp_path: Path) -> None:
    rules = Pipeline(house(tmp_path, "words/x", r"\bcat\b", "dog").merged(lang="en"))
    before = rules.document("a", "The cat is here.")
    (found,) = rules.find(before).findings
    made = {after: refused(before, rules.document("a", after), [found]) for after in MADE}
    assert {after: told.get(found, "") for after, told in made.items()} == MADE


MADE = {
    "The dog is here.": "",
    "The dog is there.": "the text around it would change",
    "A dog is here.": "the text around it would change",
    "": "the text around it would change",
}


def test_where_the_segments_are_others_the_structure_says_it(tmp_path: Path) -> None:
    rules = Pipeline(house(tmp_path, "words/x", r"\bcat\b", "dog").merged(lang="en"))
    before, after = (
        rules.document("a", text, format="html")
        for text in ("<p>The cat</p><p>is 5</p>", "<p>The dog is</p>")
    )
    (found,) = rules.find(before).findings
    assert refused(before, after, [found]) == {}


# -- Repairs of our own rules, tampered with -----------------------------------------------------------


def repairs() -> Iterator[tuple[str, Document, Finding]]:
    """Every repair of every example of our rules that could be applied."""
    for rule in shipped().rules.values():
        for number, bad in enumerate(rule.examples.bad):
            document = document_of(bad)
            for found in engine.find(document, only(rule), engine.facts(document)).findings:
                if found.fix and found.fix.safety is not Safety.MANUAL:
                    yield f"{rule.id} {number} at {found.span.start}", document, found


REPAIRS = {id: (document, found) for id, document, found in repairs()}


def judged(document: Document, found: Finding, edits: list[Edit]) -> str:
    """Why a repair with these edits is refused; "" when it is not."""
    assert found.fix is not None
    claimed = replace(found, fix=replace(found.fix, edits=tuple(edits)))
    after = formats.split(replace(document, text=splice(document.text, edits)))
    if len(after.segments) != len(document.segments):
        return "the structure"
    return refused(document, after, [claimed]).get(claimed, "")


def _with(words: str) -> Callable[[str, list[Edit]], list[Edit]]:
    return lambda _, edits: [Edit(edits[0].span, f"{edits[0].text} {words} "), *edits[1:]]


def _with_the_next_letter(text: str, edits: list[Edit]) -> list[Edit]:
    span, new = edits[-1]
    letters = (at + 1 for at in range(span.end, len(text)) if text[at].isalpha())
    return [*edits[:-1], Edit(Span(span.start, next(letters, span.end)), new)]


def _with_the_letter_before(text: str, edits: list[Edit]) -> list[Edit]:
    span, new = edits[0]
    letters = (at for at in range(span.start - 1, -1, -1) if text[at].isalpha())
    return [Edit(Span(next(letters, span.start), span.end), new), *edits[1:]]


TAMPERED: dict[str, tuple[str, Callable[[str, list[Edit]], list[Edit]]]] = {
    "a number written": ("digits", _with("7")),
    "an address written": ("urls", _with("https://x.org/y")),
    "an e-mail address written": ("e-mails", _with("a@x.org")),
    "a placeholder written": ("placeholders", _with("{other}")),
    "a handle written": ("handles", _with("@somebody")),
    "a tag written": ("markup", _with("<b>")),
    "the letter after it taken": ("", _with_the_next_letter),
    "the letter before it taken": ("", _with_the_letter_before),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_repair_that_was_tampered_with_is_refused(how: str) -> None:
    kind, tamper = TAMPERED[how]
    tried, passed = 0, []
    for id, (document, found) in REPAIRS.items():
        assert found.fix is not None
        edits = sorted(found.fix.edits)
        changed = tamper(document.text, edits)
        if kind in found.fix.changes or changed == edits:
            continue
        tried += 1
        if not judged(document, found, changed):
            passed.append(id)
    assert tried > 150
    assert passed == []


def test_a_repair_as_it_is_is_not_refused() -> None:
    assert len(REPAIRS) > 200
    told = {
        id: judged(document, found, sorted(found.fix.edits))
        for id, (document, found) in REPAIRS.items()
        if found.fix
    }
    assert {id: why for id, why in told.items() if why} == {}


DECODED = {
    id: both
    for id, both in REPAIRS.items()
    if both[1].fix and both[1].fix.do.startswith("decode") and not all(new.isascii() for _, new in both[1].fix.edits)
}  # fmt: skip


@pytest.mark.parametrize("id", DECODED)
def test_what_is_decoded_gives_what_stood_there(id: str) -> None:
    """The round trip: any other letter in the repair does not give the damage when it is damaged again."""
    document, found = DECODED[id]
    assert found.fix is not None
    edits = sorted(found.fix.edits)
    (at, (span, new)), *_ = ((at, edit) for at, edit in enumerate(edits) if not edit.text.isascii())
    for other in ("e", "ß", "ж", "議"):
        place = next(place for place, char in enumerate(new) if not char.isascii())
        if new[place] != other:
            written = new[:place] + other + new[place + 1 :]
            tampered = [*edits[:at], Edit(span, written), *edits[at + 1 :]]
            assert judged(document, found, tampered), written


def test_there_are_repairs_that_decode() -> None:
    assert len(DECODED) > 20


@pytest.mark.parametrize(
    ("gap", "pairs"),
    [
        (10, [("a 5 " + "." * 10 + " 7 b", "a 6 " + "." * 10 + " 8 b")]),
        (900, [("a 5 " + "." * 399, "a 6 " + "." * 399), ("." * 399 + " 7 b", "." * 399 + " 8 b")]),
        (120, [("a 5 " + "." * 120 + " 7 b", "a 6 " + "." * 120 + " 8 b")]),
    ],
)
def test_edits_near_each_other_are_compared_as_one(gap: int, pairs: list[tuple[str, str]]) -> None:
    text = f"a 5 {'.' * gap} 7 b"
    edits = (Edit(Span(2, 3), "6"), Edit(Span(gap + 5, gap + 6), "8"))
    before, after = (formats.split(Document("a", version)) for version in (text, splice(text, edits)))
    found = Finding(
        *("words/x", Severity.ERROR, "", Span(2, 3), "5", Position(1, 3), Position(1, 4), "en"),
        fix=Fix("replace", edits, Safety.SAFE, ""),
    )
    views = Views(before, after, [found])
    made = [tuple(part.strip() for part in pair) for pair in case_of(found, views.edits(found), views).pairs]
    assert made == pairs
