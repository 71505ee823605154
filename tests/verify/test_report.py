"""What a change looks like in a report: its rule, its place, what stood there before."""

from __future__ import annotations

import pytest

from cleaner.model import Invariant, Severity
from cleaner.verify.compare import compare
from cleaner.verify.report import RULES, report, rule_of, rules
from tests.verify.reading import changes, read

LONG = "the council met in the evening and talked for a very long time about it"
EVIDENCE = [
    ("He paid 5 euros.", "He paid 6 euros.", ["a:1:9 has “He paid 5 euros.”"]),
    (
        f"{LONG} 5 {LONG}",
        f"{LONG} 6 {LONG}",
        ["a:1:73 has “long time about it 5 the council met in the”"],
    ),
    ("One.\nHe paid 5.\nTwo.", "One.\nHe paid 6.\nTwo.", ["a:2:9 has “He paid 5.”"]),
    ("One.\r\nHe paid 5.\r\nTwo.", "One.\r\nHe paid 6.\r\nTwo.", ["a:2:9 has “He paid 5.”"]),
    ("He paid \x1b[31m5 euros.", "He paid \x1b[31m6 euros.", ["a:1:14 has “He paid <U+001B>[31m5 euros.”"]),
    ("He paid.", "He paid 6.", ["a:1:8 has “He paid.”"]),
    ("選舉將於三月舉行", "選舉將於四月舉行", ["a:1:5 has “選舉將於三月舉行”"]),
    ("5" * 500, "6", ["a:1:1 has “" + "5" * 53 + "…" + "5" * 53 + "”"]),
]


@pytest.mark.parametrize(("before", "after", "evidence"), EVIDENCE)
def test_what_stood_there_is_shown_in_whole_words(before: str, after: str, evidence: list[str]) -> None:
    old, new = read(before), read(after)
    found = report(old, new, compare(old, new)).findings
    assert [finding.evidence for finding in found] == evidence


def test_a_finding_has_the_place_in_the_second_text() -> None:
    before, after = "He paid 5.", "Today\nhe paid 60 euros."
    done = report(read(before), read(after), changes(before, after))
    number = next(finding for finding in done.findings if finding.rule == "verify/digits")
    assert (number.match, str(number.position), str(number.end)) == ("60 euros", "2:9", "2:17")
    assert (number.severity, number.lang) == (Severity.ERROR, "en")
    assert done.before == done.after == after


def test_a_message_forges_nothing() -> None:
    before, after = "He met bob.", "He met b\x1b[31m\u202eob ##[error]."
    for finding in report(read(before), read(after), changes(before, after)).findings:
        shown = finding.message + finding.evidence
        assert shown.isprintable()
        assert "##[" not in shown


def test_fingerprints_differ_and_survive_moved_lines() -> None:
    def fingerprints(before: str, after: str) -> list[str]:
        found = report(read(before), read(after), changes(before, after)).findings
        return [finding.fingerprint for finding in found]

    once = fingerprints("Pay 5 now.\nPay 7 then.", "Pay 6 now.\nPay 8 then.")
    assert len(set(once)) == 2
    assert fingerprints("One.\nPay 5 now.\nPay 7 then.", "One.\nPay 6 now.\nPay 8 then.") == once


def test_every_kind_explains_itself() -> None:
    assert set(RULES) == set(Invariant)
    known = rules()
    assert list(known) == [rule_of(kind) for kind in RULES]
    assert all(rule.title and rule.why.endswith(".") for rule in known.values())
