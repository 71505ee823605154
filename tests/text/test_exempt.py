"""Quotations and addresses: what lies in them, in the customs of many languages."""

from __future__ import annotations

import pytest

from cleaner.offsets import Span
from cleaner.text.exempt import Exempt, is_exempt, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and “yes”.", ["“no”", "“yes”"]),
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ('A 5" pipe and a 6" pipe.', []),
        ("He said ‘I can’t’ and left.", ["‘I can’t’"]),
        ("The ’90s and the boys’ room.", []),
        ("Er sagt: „Nein“.", ["„Nein“"]),
        ("Mówi: „Nie”.", ["„Nie”"]),
        ("Han sa: ”Nej”.", ["”Nej”"]),
        ("Il dit : « Non ».", ["« Non »"]),
        ("Han sagde: »Nej«.", ["»Nej«"]),
        ("彼は「いいえ」と言った。", ["「いいえ」"]),
        ("He said “no\nand no”.", ["“no\nand no”"]),
        ("He said “no.\n\nShe said no”.", []),
        ("He said “no and left.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[span.slice] for span in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "sorts", "expected"),
    [
        ("in Kiev “so”", ("quotations", "addresses"), False),
        ("“in Kiev”", ("quotations",), True),
        ("“in Kiev”", ("addresses",), False),
        ("see a.org/Kiev now", ("addresses",), True),
        ("see #Kiev now", ("addresses",), True),
        ("“a” in Kiev “b”", ("quotations",), False),
    ],
)
def test_what_lies_in_them(text: str, sorts: tuple[Exempt, ...], expected: bool) -> None:
    at = text.index("Kiev")
    assert is_exempt(text, Span(at, at + 4), sorts) is expected
