"""Article text, file names and feeds cannot forge what a terminal, a build log or a parser obeys."""

from __future__ import annotations

import re

import pytest

from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look
from cleaner.reporters.statistics import statistics
from tests.reporters.samples import HOSTILE, SCRIPTS, hostile

OURS = re.compile(r"::(?:error|warning|notice) title=cleaner(?: \(made/up\))?(?:,[a-zA-Z]+=[^:,]*)*::")
# U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: all that change the direction of text
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def outputs() -> dict[str, str]:
    report = hostile()
    made = {name: reporter(name)(report, Look(fixing=True)) for name in FORMATS}
    narrow = Look(fixing=True, width=40, wraps=True)  # a word of the article may begin a line
    return {**made, "narrow": reporter("full")(report, narrow), "statistics": statistics(report)}


OUTPUTS = outputs()


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_line_is_a_command(name: str) -> None:
    for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", OUTPUTS[name]):
        bare = line.strip()  # the runner trims all Unicode white space
        if name == "github" and bare.startswith("::"):
            assert OURS.match(bare), line
        else:
            assert not bare.startswith("::"), line
        assert "##[" not in line
        assert "##vso[" not in line
        assert "##teamcity[" not in line


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_control_character_is_left(name: str) -> None:
    text = OUTPUTS[name]
    assert not [
        c for c in text if (c < " " and c != "\n") or "\x7f" <= c < "\xa0" or "\ud800" <= c <= "\udfff"
    ]
    assert not BIDI.search(text)
    assert not re.search("[\u2028\u2029\u200b\ufeff]", text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_payload_is_still_reported(name: str) -> None:
    """What is hostile is shown, never swallowed: rich would eat [red]."""
    count = len(HOSTILE + SCRIPTS)
    marks = {
        "html": "<article ",
        "junit": "<failure ",
        "checkstyle": "<error line",
        "gitlab": '"check_name": "made',
    }
    marks |= {"sarif": '"ruleId": ', "markdown": "| error |", "rdjson": '"code": ', "json-lines": '"rule": '}
    text = OUTPUTS[name]
    if name == "json":
        assert text.count('"rule": ') == 3 * count  # what remains, what was repaired, what is suppressed
    elif name == "html":
        assert text.count(marks[name]) == 2 * count
    else:
        assert text.count(marks.get(name, "made/up")) >= count
    if name in {"full", "concise", "grouped"}:
        assert "[red]bold[/red] [/nope]" in text


def test_a_file_name_that_is_a_command() -> None:
    from cleaner.model import FileReport, Report
    from tests.reporters.samples import ENGLISH, sample

    findings = next(iter(sample().files)).findings
    for name in ("::error::x.txt", "  ::error::x.txt", "\u00a0::error::x.txt", "a\n::error::x.txt"):
        report = Report((FileReport(name, findings, before=ENGLISH, after=ENGLISH),))
        for format in ("full", "concise", "grouped"):
            lines = reporter(format)(report, Look()).splitlines()
            assert not [line for line in lines if line.strip().startswith("::")], format


@pytest.mark.parametrize("name", ["full", "concise", "grouped"])
def test_colours_are_the_only_escapes(name: str) -> None:
    text = reporter(name)(hostile(), Look(colour=True, fixing=True))
    rest = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not [c for c in rest if (c < " " and c != "\n") or "\x7f" <= c < "\xa0"]
