"""From hits to findings: coordinates, one a defect, languages, what the user allows."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from cleaner import Config, check_text, clean_text
from cleaner.config import from_mapping
from cleaner.engine import language_of, one_a_defect, renumbered
from cleaner.errors import LanguageError, UsageError
from cleaner.model import Document, Finding, Safety, Severity
from cleaner.offsets import Position, Span
from cleaner.pipeline import Pipeline


def finding(rule: str, start: int, end: int, **values: object) -> Finding:
    base = Finding(rule, Severity.ERROR, "", Span(start, end), "", Position(1, 1), Position(1, 1), "en")
    return dataclasses.replace(base, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "kept"),
    [
        pytest.param(
            [("leftover/a", 0, 9), ("mojibake/b", 0, 9)], ["mojibake/b"], id="mojibake hides leftovers"
        ),
        pytest.param(
            [("leftover/a", 0, 5), ("mojibake/b", 4, 9)], ["leftover/a", "mojibake/b"], id="a small overlap"
        ),
        pytest.param(
            [("quotes/a", 3, 4), ("feed/b", 0, 99)], ["feed/b", "quotes/a"], id="a mark in a long one"
        ),
        pytest.param(
            [("leftover/a", 0, 5), ("leftover/b", 5, 9)], ["leftover/a", "leftover/b"], id="side by side"
        ),
        pytest.param([("quotes/a", 3, 3), ("quotes/b", 3, 3)], ["quotes/a"], id="one empty place"),
    ],
)
def test_one_finding_a_defect(findings: list[tuple[str, int, int]], kept: list[str]) -> None:
    assert [f.rule for f in one_a_defect([finding(*f) for f in findings])] == kept


def test_confidence_decides_between_equals() -> None:
    both = [finding("leftover/a", 0, 5, confidence=0.5), finding("leftover/b", 0, 5, confidence=0.9)]
    assert [f.rule for f in one_a_defect(both)] == ["leftover/b"]


def test_fingerprints_are_unique_in_a_report() -> None:
    twice = [finding("a/b", 0, 1, fingerprint="x"), finding("a/b", 5, 6, fingerprint="x")]
    assert [f.fingerprint for f in renumbered(twice)] == ["x", "x-2"]


def test_lines_and_columns_are_for_people() -> None:
    text = "Сначала.\r\nDas Treffen: Montag, 4. Mai 2021."
    (found,) = check_text(text, lang="de", config=Config(select=("dates",)))
    assert (found.position, found.end) == (Position(2, 14), Position(2, 33))
    assert text[found.span.slice] == found.match


def test_an_allowed_term_is_silent() -> None:
    text = "date 2022-07-29 Ministers met."
    assert check_text(text, lang="en", config=Config(select=("feed",)))
    assert not check_text(text, lang="en", config=Config(select=("feed",), allow=("date 2022-07-29 ",)))


def test_a_rule_for_other_languages_is_silent() -> None:
    config = from_mapping({"select": ["dates"]})
    assert check_text("Monday, July 29, 2022", lang="en", config=config)
    assert not check_text("Monday, July 29, 2022", lang="fr", config=config)


def test_an_unknown_language_has_a_nearest() -> None:
    with pytest.raises(LanguageError, match="english"):
        check_text("x", lang="english")


SPELLINGS = Config(select=("consistency/two-spellings",))
TWICE, ONCE = "Bakhmut fell. Bakhmut burns.", "He left Bahmut."


def page(format: str, text: str) -> Document:
    return Pipeline(SPELLINGS).document("x", text, format=format, lang="en")


@pytest.mark.parametrize(
    ("format", "text", "found"),
    [
        pytest.param("plain", f"{TWICE}\n\n{ONCE}", ["Bahmut"], id="one text"),
        pytest.param("html", f"<p>{TWICE}<p>{ONCE}", ["Bahmut"], id="two paragraphs"),
        pytest.param("html", f"<p>{TWICE}<p>He left B<b>ah</b>mut.", ["Bahmut"], id="markup inside the word"),
        pytest.param("html", f"<p>{TWICE}<p lang=fr>{ONCE}", [], id="two languages"),
        pytest.param("html", f'<p>{ONCE} <img alt="{TWICE}"> x', ["Bahmut"], id="one inside the other"),
        pytest.param("csv", f"title,body\n{ONCE},{TWICE}\n", ["Bahmut"], id="two cells of a row"),
        pytest.param("csv", f"body\n{ONCE}\n{TWICE}\n", [], id="two rows"),
        pytest.param("jsonl", f'{{"a": "{ONCE}"}}\n{{"a": "{TWICE}"}}\n', [], id="two lines"),
        pytest.param("json", f'{{"a": "{ONCE}", "b": "{TWICE}"}}', ["Bahmut"], id="two fields"),
        pytest.param(
            "feed",
            f"<rss><channel><item><title>{ONCE}</title><description>{TWICE}</description></item></channel></rss>",
            ["Bahmut"],
            id="one entry of a feed",
        ),
        pytest.param(
            "feed",
            f"<rss><channel><item><title>{ONCE}</title></item><item><title>{TWICE}</title></item></channel></rss>",
            [],
            id="two entries of a feed",
        ),
    ],
)
def test_a_rule_may_read_the_whole_document(format: str, text: str, found: list[str]) -> None:
    document = page(format, text)
    findings = Pipeline(SPELLINGS).find(document).findings
    assert [f.match for f in findings] == found
    for f in findings:
        assert re.sub(r"<\w+>|</\w+>", "", text[f.span.slice]) == f.match


def test_what_a_rule_of_the_whole_document_repairs_is_where_it_was_found() -> None:
    document = page("html", f"<p>{TWICE}</p>\n<p title='{ONCE}'>R&amp;D</p>")
    done = Pipeline(SPELLINGS).clean(document, Safety.UNSAFE)
    assert done.document.text == f"<p>{TWICE}</p>\n<p title='He left Bakhmut.'>R&amp;D</p>"


RULE = """\
title: A rule that reads over the ends of paragraphs
why: It is made for a test and says nothing about any language at all.
kind: pattern
params: {pattern: 'a\\s+b|c', replace: 'x', engine: re}
applies: {scope: document, roles: [body]}
severity: warning
message: "“{found}”"
fix: {do: replace, safety: safe}
examples:
  bad: [{lang: en, text: "a\\n\\nb", finds: ["a\\n\\nb"], fixed: "x"}]
  good: [{lang: en, text: y, because: of the test}]
"""


def test_what_reaches_over_the_end_of_a_segment_is_cut_there_and_not_repaired(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "x.yml").write_text(RULE)
    pipeline = Pipeline(Config(select=("house",), rules=(str(tmp_path),)))
    document = pipeline.document("x", "<h1>c</h1><p>1 a<p>b c<p title=c>1", format="html", lang="en")
    findings = pipeline.find(document).findings
    assert [(f.match, f.fix is not None) for f in findings] == [("a", False), ("c", True)]


def test_texts_that_are_hard_to_hold() -> None:
    for text in ("", "\x00", "\ud800", "😀" * 3, "\u202e", "a\u0301" * 5, "\r", "\udcff\udcfe"):
        check_text(text, lang="en")
        check_text(text)


TALKS = "Ministers [будут] meet on Monday, and the talks сьогодні begin."


@pytest.mark.parametrize(
    ("prefer", "cleaned"),
    [
        pytest.param(
            {}, "Ministers [will] meet on Monday, and the talks today begin.", id="as the rules say"
        ),
        pytest.param(
            {"leftover": {"prefer": "delete"}},
            "Ministers meet on Monday, and the talks begin.",
            id="a family",
        ),
        pytest.param(
            {"leftover/foreign-script": {"prefer": "delete"}},
            "Ministers [will] meet on Monday, and the talks begin.",
            id="one rule",
        ),
        pytest.param(
            {"leftover/bracketed-word": {"prefer": "gloss-bare"}},
            "Ministers will meet on Monday, and the talks today begin.",
            id="without brackets",
        ),
    ],
)
def test_a_repair_asked_for_by_name_is_made(prefer: dict[str, object], cleaned: str) -> None:
    config = from_mapping({"per-rule": prefer})
    assert clean_text(TALKS, lang="en", source_lang="ru", config=config).text == TALKS  # never by itself
    assert clean_text(TALKS, lang="en", source_lang="ru", config=config, safety="unsafe").text == cleaned


def test_a_repair_that_no_rule_has_is_told() -> None:
    with pytest.raises(UsageError, match="quotes/unpaired has no repair “delete”"):
        check_text("x", config=from_mapping({"per-rule": {"quotes/unpaired": {"prefer": "delete"}}}))


ARABIC = "بوتون اینسانلار لیاقت و حاقلار باخیمیندان آزاد و برابر دوغولورلار"


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        pytest.param(["Bütün insanlar azad", "və bərabər doğulurlar."], [], id="all in another script"),
        pytest.param(
            [ARABIC, "Only one English sentence here."], ["leftover/untranslated-clause"], id="one sentence"
        ),
    ],
)
def test_a_little_known_language_is_in_the_script_of_its_text(
    paragraphs: list[str], found: list[str]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    pipeline = Pipeline(Config(lang="azb"))
    report = pipeline.find(pipeline.document("a.html", text, format="html"))
    assert [finding.rule for finding in report.findings] == found


SAID = "Міністри зустрінуться в понеділок у столиці."


@pytest.mark.parametrize(
    ("format", "text"),
    [
        pytest.param(
            "html",
            f"<head><style>{'.menu a:hover { color: blue; padding: none } ' * 50}</style></head><p>{SAID}</p>",
            id="a page behind its styles",
        ),
        pytest.param(
            "json",
            f'{{"description of the field": "{SAID}", "another description of it": 1}}',
            id="keys of JSON",
        ),
        pytest.param(
            "feed",
            f"<rss><channel><generator>{'The generator of this feed ' * 80}</generator><title>{SAID}</title>"
            "</channel></rss>",
            id="elements that are not read",
        ),
        pytest.param("plain", SAID, id="plain"),
    ],
)
def test_the_language_of_a_document_is_that_of_what_people_read(format: str, text: str) -> None:
    assert language_of(Pipeline().document("a", text, format=format)).tag == "uk"
