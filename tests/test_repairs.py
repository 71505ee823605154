"""The way from findings to a repaired text, step by step, with findings made for the test.

A rule is written `family/name: pattern → replacement`; without a replacement it knows no repair. `sic` is an
unsafe one. What is looked for and what is changed are the same unless a row says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import pytest

from cleaner import fixing
from cleaner.engine import Found
from cleaner.fixing import Cleaned, clean
from cleaner.formats import split
from cleaner.model import Document, Finding, Fix, Safety, Segment, Severity
from cleaner.offsets import Edit, LineIndex, OffsetMap, Run, Span


class Rule(NamedTuple):
    """`edit` is the pattern of what is replaced, around the finding; without it the finding itself."""

    id: str
    pattern: str
    new: str | None = None
    safety: Safety = Safety.SAFE
    edit: str = ""


def looking(*rules: Rule) -> Callable[[Document], Found]:
    """What finds these rules in the source of a document; findings are counted to tell them apart."""

    def find(document: Document) -> Found:
        lines, seen = LineIndex(document.text), Counter[tuple[str, str]]()
        findings = []
        for rule in rules:
            for match in re.finditer(rule.pattern, document.text):
                seen[rule.id, match[0]] += 1
                span = Span(*match.span())
                edit = next(
                    (Span(*m.span()) for m in re.finditer(rule.edit, document.text) if rule.edit), span
                )
                fix = None if rule.new is None else Fix("replace", (Edit(edit, rule.new),), rule.safety, "")
                ends = lines.position(span.start), lines.position(span.end)
                name = f"{match[0]} {seen[rule.id, match[0]]}"
                findings.append(
                    Finding(
                        rule.id, Severity.ERROR, "", span, match[0], *ends, "en", fix=fix, fingerprint=name
                    )
                )
        return Found(tuple(sorted(findings, key=lambda finding: finding.span)))

    return find


def cleaned(text: str, *rules: Rule, format: str = "plain", allowed: Safety = Safety.SAFE) -> Cleaned:
    return clean(split(Document("a", text, format)), looking(*rules), allowed)


REMAINS = "the finding would remain"


def new(rule: str) -> str:
    return f"it would bring a new finding of {rule}"


# name, text, rules, the text afterwards, why what was not made was not made
CASES: list[tuple[str, str, list[Rule], str, list[str]]] = [
    (
        "a later phase is looked at anew",
        "b x",
        [Rule("mojibake/x", "x", "y"), Rule("leftover/b", "b(?=.*x)", "B")],
        "b y",
        [],
    ),
    (
        "of two that overlap one is made",
        "abc",
        [Rule("one/a", "ab", "x"), Rule("one/b", "bc", "y")],
        "xc",
        [],
    ),
    (
        "what changes a number is not made, the others are",
        "1 b",
        [Rule("one/a", "1", "2"), Rule("one/b", "b", "B")],
        "1 B",
        ["it would lose the number “1”"],
    ),
    (
        "of two that are bad together the first is made",
        "a b",
        [Rule("one/a", "a", "A"), Rule("two/b", "b", "B"), Rule("three/c", "A B")],
        "A b",
        [new("three/c")],
    ),
    (
        "a finding that is there as before is no new one",
        "b b xx",
        [Rule("one/a", "xx", "qq"), Rule("two/b", "b")],
        "b b qq",
        [],
    ),
    (
        "one more of those that are there is a new one",
        "b xx",
        [Rule("one/a", "xx", "qbq"), Rule("two/b", "b")],
        "b xx",
        [new("two/b")],
    ),
    (
        "what lies around the place may have been there, in other words",
        "(xa)",
        [Rule("one/a", r"\(xa\)", "(b)"), Rule("two/w", r"\(.*?\)")],
        "(b)",
        [],
    ),
    (
        "and does not hide what comes behind it",
        "(xa) z",
        [Rule("one/a", "xa", "b"), Rule("one/z", "z", "qcq"), Rule("two/w", r"\(.*?\)"), Rule("two/c", "c")],
        "(b) z",
        [new("two/c")],
    ),
    (
        "what lies around the place and was nowhere is new",
        "xa",
        [Rule("one/a", "xa", "b"), Rule("two/b", "b")],
        "xa",
        [new("two/b")],
    ),
    (
        "a defect of a later phase may be revealed",
        "xx",
        [Rule("mojibake/a", "xx", "qbq"), Rule("leftover/b", "b")],
        "qbq",
        [],
    ),
    (
        "one of an earlier phase may not",
        "xx",
        [Rule("leftover/a", "xx", "qbq"), Rule("markup/b", "b")],
        "xx",
        [new("markup/b")],
    ),
    (
        "a new finding that the next step mends",
        "xx",
        [Rule("one/a", "xx", "qyq"), Rule("two/b", "y", "z")],
        "qzq",
        [],
    ),
    (
        "a new finding whose repair is not allowed",
        "xx",
        [Rule("one/a", "xx", "qyq"), Rule("two/b", "y", "z", Safety.UNSAFE)],
        "xx",
        [new("two/b")],
    ),
    ("the other half of the same defect", "xx", [Rule("one/a", "xx", "qyq"), Rule("one/b", "y")], "qyq", []),
    ("but not two halves more", "xx", [Rule("one/a", "xx", "yqy"), Rule("one/b", "y")], "xx", [new("one/b")]),
    (
        "nor one that lies elsewhere",
        "w xx",
        [Rule("one/a", "xx", "qq"), Rule("one/b", "w(?=.*q)")],
        "w xx",
        [new("one/b")],
    ),
    (
        "a finding that remains is known behind what has become shorter",
        "longlonglong by",
        [Rule("one/a", "longlonglong", "s"), Rule("one/b", "b(?=y)", "b")],
        "s by",
        [REMAINS],
    ),
    (
        "and behind what has become longer",
        "s by",
        [Rule("one/a", "s", "longlonglong"), Rule("one/b", "b(?=y)", "b")],
        "longlonglong by",
        [REMAINS],
    ),
    (
        "a finding that moves to the edge of its place remains",
        "  b",
        [Rule("one/a", "(?<= )b", "b ", edit=" b")],
        "  b",
        [REMAINS],
    ),
    ("a text may become empty", "x", [Rule("one/a", "x", "")], "", []),
]


@pytest.mark.parametrize(
    ("name", "text", "rules", "after", "reasons"), CASES, ids=[case[0] for case in CASES]
)
def test_case(name: str, text: str, rules: list[Rule], after: str, reasons: list[str]) -> None:
    done = cleaned(text, *rules)
    assert done.document.text == after
    assert len(done.skipped) == len(reasons)
    assert all(one.reason.startswith(reason) for one, reason in zip(done.skipped, reasons, strict=True))


STRUCTURE = "it would change the structure of the file"
FILES = [
    ("the end of a string is lost", '{"a": "x"}', Rule("one/a", 'x"', "x"), "it would break the file: "),
    ("the only strings are lost", '["x","y"]', Rule("one/a", '"x","y"', ""), STRUCTURE),
    ("one string becomes two", '["x"]', Rule("one/a", "x", 'x","y'), STRUCTURE),
]


@pytest.mark.parametrize(("name", "text", "rule", "reason"), FILES, ids=[row[0] for row in FILES])
def test_what_would_break_a_file_is_not_made(name: str, text: str, rule: Rule, reason: str) -> None:
    done = cleaned(text, rule, format="json")
    assert done.document.text == text
    (skipped,) = done.skipped
    assert skipped.reason.startswith(reason)


NEAR, FAR = (
    Segment("abc", OffsetMap.identity(3), address="/1"),
    Segment("xyz", OffsetMap.identity(3, 10), address="/2"),
)
TWO = OffsetMap((Run(0, 10, 1, 1), Run(1, 20, 2, 2)))  # x<b>…yz


def written(segment: Segment, text: str, address: str = "") -> Segment:
    return Segment(text, segment.map, address=address or segment.address)


SHAPES = [
    ("nothing is changed", [NEAR, FAR], [NEAR, FAR], [], True),
    ("a text changes where it was edited", [NEAR, FAR], [written(NEAR, "ab"), FAR], [Span(2, 3)], True),
    ("a text changes that was not edited", [NEAR, FAR], [NEAR, written(FAR, "xy")], [Span(2, 3)], False),
    (
        "an address changes that was not edited",
        [NEAR, FAR],
        [NEAR, written(FAR, "xyz", "/3")],
        [Span(2, 3)],
        False,
    ),
    ("an address changes where it was edited", [NEAR], [written(NEAR, "ab", "/3")], [Span(2, 3)], False),
    ("a piece is edited", [Segment("xyz", TWO)], [Segment("yz", TWO)], [Span(9, 10)], True),
    ("the last piece is edited", [Segment("xyz", TWO)], [Segment("xy", TWO)], [Span(22, 23)], True),
    ("beside the first piece", [Segment("xyz", TWO)], [Segment("yz", TWO)], [Span(8, 9)], False),
    ("markup between pieces", [Segment("xyz", TWO)], [Segment("yz", TWO)], [Span(14, 15)], True),
    ("a segment is lost", [NEAR, FAR], [NEAR], [Span(10, 13)], False),
    ("both segments are lost", [NEAR, FAR], [], [Span(0, 13)], False),
    ("there is one more", [NEAR], [NEAR, FAR], [Span(3, 3)], False),
]


@pytest.mark.parametrize(
    ("name", "before", "after", "edited", "same"), SHAPES, ids=[row[0] for row in SHAPES]
)
def test_structure(
    name: str, before: list[Segment], after: list[Segment], edited: list[Span], same: bool
) -> None:
    old, now = (Document("a", "", segments=tuple(segments)) for segments in (before, after))
    assert fixing._same_structure(old, now, edited) is same


@pytest.mark.parametrize(
    ("text", "rules", "after"),
    [
        pytest.param(
            "1 b", [Rule("one/a", "1", "2"), Rule("one/b", "b", "B")], "1 B", id="one that loses a number"
        ),
        pytest.param(
            "b by b b",
            [Rule("one/a", "b(?=y)", "b"), Rule("one/b", "b(?!y)", "B")],
            "B by B B",
            id="one that remains",
        ),
        pytest.param(
            "b b by b",
            [Rule("one/a", "b(?=y)", "b"), Rule("one/b", "b(?!y)", "B")],
            "B B by B",
            id="in the second half",
        ),
    ],
)
def test_a_refused_repair_costs_no_step(
    monkeypatch: pytest.MonkeyPatch, text: str, rules: list[Rule], after: str
) -> None:
    """One to make the others, one to see that no more is to be done."""
    monkeypatch.setattr(fixing, "MAX_STEPS", 2)
    done = cleaned(text, *rules)
    assert done.document.text == after
    assert [finding.match for finding in done.applied] == ["b"] * after.count("B")
    assert [skipped.finding.rule for skipped in done.skipped] == ["one/a"]
