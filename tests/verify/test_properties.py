"""What holds for every text: an edit of one digit or letter is told, no edit is none, our repairs are kept."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleaner.formats import FORMATS, split
from cleaner.model import Document, Finding, Invariant, Safety
from cleaner.ruleset.load import shipped
from cleaner.verify.compare import compare
from cleaner.verify.keeps import FACTS
from cleaner.verify.tokens import Token, differing, letters, tokens
from tests.verify.reading import known, pipeline

PIECES = st.sampled_from(
    [
        *("The mayor ", "Петренко ", "said", "–", "-", ", ", ". ", "\n", "\n\n", " ", "“", "”", "(", ")", "a", "й"),
        *("5", "140 ", "1 000,5", "−7", "½", "٤٢", "४२", "１２", "10:30", "2022-07-29", "%", "€", "№", "m²", "1.", "٫"),
        *("https://a.org/x?y=1", "www.b.com ", "a.b@c.org", "@user_1", "#tag5", "{name}", "%s", "%1$d", "${x}"),
        *("<b>", "</b>", "&nbsp;", "{\\an8}", "<0>", "__X__", "[[y]]", "{", "}", "<", ">", "&", "$", "\\", "/", "|"),
        *("選舉將於三月", "นายก", "கட்சி", "ראש", "الرئيس", "👩‍💻", "👍🏽", "é", "e\u0301", "\u200b", "\u200d", "ﬁ"),
        *("\u00a0", "\ufffd", "'", "’", "{0}", "{{ y }}"),
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, min_size=1, max_size=14).map("".join), st.text(max_size=40))


def holder(text: str) -> dict[str, str]:
    """The same text in files of several formats."""
    written = html.escape(text, quote=False)
    return {
        "plain": text,
        "json": json.dumps({"id": 7, "a": {"t": text}, "b": "Other words here."}, ensure_ascii=False),
        "html": f"<html><body><p>{written}</p><p>Other <b>words</b> here.</p></body></html>",
        "srt": f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\nOther words.\n",
    }


def told(before: str, after: str, format: str) -> list[str]:
    old, new = (
        split(Document("a", holder(text)[format], format=format, lang="en")) for text in (before, after)
    )
    return [change.message for change in compare(old, new)]


def written(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def stated(found: list[Token]) -> list[tuple[Invariant | None, str]]:
    return [(token.kind, token.key) for token in found]


LONG = st.lists(
    PIECES | st.sampled_from(["’", "\u0301", "政府は", "he ", "он ", "1", ".5", "ᄀ", "ᅡ"]), max_size=30
)


@given(LONG, LONG, st.text("a1, .’\u0301字x", max_size=4), st.text("a1, .’\u0301字x", max_size=4))
@settings(max_examples=300, deadline=None)
def test_what_both_texts_begin_or_end_with_is_left_out_and_nothing_else(
    begin: list[str], end: list[str], one: str, other: str
) -> None:
    texts = ["".join([*begin, middle, *end]) for middle in (one, other)]
    every, some = [stated(tokens(text)) for text in texts], [stated(found) for found in differing(*texts)]
    gone = len(every[0]) - len(some[0])
    assert any(
        all(some[n] == every[n][head : len(every[n]) - gone + head] for n in (0, 1))
        and every[0][:head] == every[1][:head]
        and every[0][len(every[0]) - gone + head :] == every[1][len(every[1]) - gone + head :]
        for head in range(gone + 1)
    )
    same = [letters(found[0]) == letters(found[1]) for found in (differing(*texts), [*map(tokens, texts)])]
    assert same[0] == same[1]


@given(TEXTS.map(written), st.sampled_from(["plain", "json", "html", "srt"]), st.data())
@settings(deadline=None)
def test_another_digit_is_told(text: str, format: str, data: st.DataObject) -> None:
    places = [at for at, char in enumerate(text) if char.isdecimal()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    zero = ord(text[at]) - unicodedata.decimal(text[at])
    other = data.draw(st.sampled_from([chr(zero + n) for n in range(10) if chr(zero + n) != text[at]]))
    assert told(text, text[:at] + other + text[at + 1 :], format)


@given(TEXTS.map(written), st.sampled_from(["plain", "json", "srt"]), st.data())
@settings(deadline=None)
def test_another_letter_is_told(text: str, format: str, data: st.DataObject) -> None:
    places = [at for at, char in enumerate(text) if char.isalpha()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    other = text[:at] + data.draw(st.sampled_from("aZжЩß議")) + text[at + 1 :]
    stated = [letters(tokens(version)) for version in (text, other)]
    assume(stated[0] != stated[1])  # forms of one letter, as ﬁ and fi
    assert told(text, other, format)


@given(TEXTS.map(written), st.sampled_from(["plain", "json", "html", "srt"]), st.data())
@settings(deadline=None)
def test_a_digit_gone_is_told(text: str, format: str, data: st.DataObject) -> None:
    places = [at for at, char in enumerate(text) if char.isdecimal()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    assert told(text, text[:at] + text[at + 1 :], format)


WORD = st.text("abcdefgh", min_size=1, max_size=8)


@given(st.lists(WORD, min_size=2, max_size=12), st.data())
def test_marks_and_spaces_may_change(words: list[str], data: st.DataObject) -> None:
    gap = st.sampled_from([" ", ", ", " – ", "; ", " (", ") ", " “", "… ", "\n", "\u00a0", "  "])
    texts = [
        "".join(word + data.draw(gap) for word in words[:-1]) + words[-1] + data.draw(st.sampled_from(".!?"))
        for _ in range(2)
    ]
    assert told(texts[0], texts[1], "plain") == []


STATED = st.sampled_from(
    ["men", "Ivan", "said", "5", "7", "%s", "@user", "https://a.org/x", "👍", "三", "day", "12.5"]
)


@given(st.lists(STATED, min_size=2, max_size=12), st.data())
def test_facts_that_change_places_are_told(facts: list[str], data: st.DataObject) -> None:
    places = st.integers(0, len(facts) - 1)
    one, other = data.draw(places), data.draw(places)
    assume(facts[one] != facts[other])
    swapped = list(facts)
    swapped[one], swapped[other] = facts[other], facts[one]
    assert told(" ".join(facts), " ".join(swapped), "plain")


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_it_is_told_both_ways_or_not_at_all(before: str, after: str) -> None:
    old, new = (split(Document("a", text, lang="en")) for text in (before, after))
    assert bool(compare(old, new)) == bool(compare(new, old))


@given(TEXTS, st.sampled_from(sorted(FORMATS)))
@settings(deadline=None)
def test_no_edit_is_none(text: str, format: str) -> None:
    from cleaner.errors import FormatError

    for content in (text, holder(text).get(format, text)):
        try:
            document = split(Document("a", content, format=format, lang="en"))
        except FormatError:
            continue
        assert compare(document, document) == []


# -- What our own repairs do ---------------------------------------------------------------------------

EXAMPLES = [
    (f"{rule.id} {number}", bad)
    for rule in shipped().rules.values()
    for number, bad in enumerate(rule.examples.bad)
    if bad.format == "plain" and bad.original is None
]
WRAPS: tuple[str, ...] = ("plain", "json", "html", "srt")


def safely_repaired(format: str, every: Callable[[int], bool]) -> tuple[int, dict[str, list[str]]]:
    """How many examples a safe repair changes in a format, and what is told of each where anything is."""
    changed, wrong = 0, {}
    for number, (id, bad) in enumerate(EXAMPLES):
        if not every(number):
            continue
        rules = pipeline(bad.lang, bad.source)
        before = rules.document("a", holder(bad.text)[format], format=format)
        after = rules.clean(before, Safety.SAFE, suppressions=False).document
        if after.text != before.text:
            changed += 1
            found = compare(before, after, *known(before, rules))
            if found:
                wrong[id] = [f"{change.kind}: {change.message}" for change in found]
    return changed, wrong


@pytest.mark.parametrize("format", WRAPS)
def test_a_safe_repair_changes_nothing_that_is_told(format: str) -> None:
    at = WRAPS.index(format)
    changed, wrong = safely_repaired(format, lambda number: number % len(WRAPS) == at)
    assert wrong == {}
    assert changed > 10


@pytest.mark.slow
@pytest.mark.parametrize("format", WRAPS)
def test_no_safe_repair_changes_anything_that_is_told(format: str) -> None:
    changed, wrong = safely_repaired(format, lambda _: True)
    assert wrong == {}
    assert changed > 40


DEBRIS = st.sampled_from(
    [
        *("They both [будут] be there on 5 May. ", "He said: “yes, 5 < 6. ", "a ,b ", "( 5 ) "),
        *("It was cafÃ© 7 here. ", "140х195 cm ", "« да » ", "&amp;nbsp;", "R&amp;amp;D 5 ", "<unk> "),
        *("He took 7 , 8 . ", "\n\n", "МiнiстрPi "),
        *("https:// a.org/x ", "see https://a.org/x?y=5 now ", "a.b@c.org ", "@user_1 ", "#tag5 ", "{name} ", "%s "),
        *("1 000,5 euros ", "−7 °C ", "5% ", "3 @.@ 5 ", "20 % ", "“ 12 ” "),
        *("Thursday, July 29, 2022. ", "Ivan ", "the "),
    ]
)  # fmt: skip


@given(
    st.lists(DEBRIS, min_size=1, max_size=8).map("".join), st.sampled_from(["plain", "json", "html", "srt"])
)
@settings(deadline=None, max_examples=60)
def test_all_repairs_together_keep_what_each_keeps(text: str, format: str) -> None:
    """What is stated before and after, whatever was repaired in between and in how many steps."""
    rules = pipeline("en", "ru")
    document = rules.document("a", holder(text)[format], format=format)
    done = rules.clean(document, Safety.UNSAFE, suppressions=False)
    fixes = [finding.fix for finding in done.applied if finding.fix]
    if any(fix.do.startswith(("decode", "close-up")) for fix in fixes):
        return  # an escape may stand for a sign of a tag or a number
    if any(finding.family == "repetition" for finding in done.applied):
        return  # what stood twice stands once
    free = {kind for fix in fixes for kind in fix.changes} | (
        {Invariant.DIGITS} if numbers(done.applied) else set()
    )
    before, after = (
        [
            fact
            for part in version.segments
            for fact in tokens(part.text)
            if fact.kind in FACTS and fact.kind not in free
        ]
        for version in (document, done.document)
    )
    assert [(fact.kind, fact.key) for fact in before] == [(fact.kind, fact.key) for fact in after]


def numbers(applied: Sequence[Finding]) -> bool:
    """Whether a rule about decimal marks was applied, which keeps the digits and not the mark between them."""
    return any(finding.family == "numbers" for finding in applied)
