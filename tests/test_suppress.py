"""Suppressions: comments of every format, [sic], the side-car file, and what is said about them."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.config import Config
from cleaner.errors import ConfigError
from cleaner.model import Document, Finding, Severity
from cleaner.offsets import LineIndex, Span
from cleaner.pipeline import Pipeline
from cleaner.suppress import By, Policy, Suppressed, apply, review
from cleaner.suppress.sidecar import Sidecar, discover, load, parse
from tests import timing
from tests.conftest import ROOT

TODAY = datetime.date(2026, 6, 15)
PIPELINE = Pipeline(Config(lang="en", source_lang="ru", select=("leftover/bracketed-word",)))
STRICT = Policy({**Policy().severities, "suppression/no-reason": Severity.INFO})


def look(
    text: str, format: str = "markdown", sidecar: Sidecar | None = None, policy: Policy = STRICT
) -> Suppressed:
    document = PIPELINE.document("news/a", text, format=format)
    return apply(document, PIPELINE.find(document, suppressions=False).findings, sidecar, TODAY, policy)


def matches(found: Suppressed) -> list[str]:
    return [finding.match for finding in found.kept]


def complaints(found: Suppressed) -> list[str]:
    return [finding.rule.removeprefix("suppression/") for finding in found.complaints]


RULE = "leftover/bracketed-word"

REACH = [  # each text has [было] and [будут]; what is left when the comment has been obeyed
    pytest.param(
        "markdown", f"It [было] so. <!-- cleaner: ignore[{RULE}] x -->\nThey [будут] be.\n", ["[будут]"],
        id="markdown: its own line of a paragraph",
    ),
    pytest.param(
        "markdown", "<!-- cleaner: ignore[leftover] x -->\n\nIt [было] so\nand [было] so.\n\nThey [будут] be.\n",
        ["[будут]"], id="markdown: alone on its line, the paragraph that follows",
    ),
    pytest.param(
        "markdown", "<!-- cleaner: ignore-next-line[leftover] x -->\nIt [было] so.\nThey [будут] be.\n", ["[будут]"],
        id="markdown: the next line and no more",
    ),
    pytest.param(
        "markdown",
        "<!-- cleaner: disable[leftover] x -->\n\nIt [было] so.\n\n<!-- cleaner: enable[leftover] -->\n\n"
        "They [будут] be.\n", ["[будут]"], id="markdown: from disable to enable",
    ),
    pytest.param(
        "markdown", "They [будут] be.\n\n<!-- cleaner: disable[leftover] x -->\n\nIt [было] so.\n", ["[будут]"],
        id="markdown: from disable to the end",
    ),
    pytest.param(
        "markdown", f"It [было] so.\n\nThey [будут] be.\n\n<!-- cleaner: ignore-file[{RULE}] x -->\n", [],
        id="markdown: the whole file, wherever it stands",
    ),
    pytest.param(
        "markdown", "It [было] so. <!--\n  cleaner: ignore[leftover]\n  over two lines -->\n\nThey [будут] be.\n",
        ["[будут]"], id="markdown: a comment over several lines",
    ),
    pytest.param(
        "markdown", "It [было] so. `<!-- cleaner: ignore[leftover] x -->`\n\nThey [будут] be.\n",
        ["[было]", "[будут]"], id="markdown: code in a line is no comment",
    ),
    pytest.param(
        "markdown", "```\n<!-- cleaner: ignore-file[leftover] x -->\n```\n\nIt [было] so: they [будут] be.\n",
        ["[было]", "[будут]"], id="markdown: a code block is no comment",
    ),
    pytest.param(
        "markdown", "---\n# cleaner: ignore[leftover] x\ntitle: It [было] so\n---\n\nThey [будут] be.\n", ["[будут]"],
        id="markdown: front matter",
    ),
    pytest.param(
        "html", "<p>It [было] so. <!-- cleaner: ignore[leftover] x --></p>\n<p>They [будут] be.</p>", ["[будут]"],
        id="html: its line",
    ),
    pytest.param(
        "html", "<!-- cleaner: ignore[leftover] x -->\n\n<p>It\n<b>[было]</b> so.</p>\n<p>They [будут] be.</p>",
        ["[будут]"], id="html: the element that follows",
    ),
    pytest.param(
        "html", "<script><!-- cleaner: ignore-file[leftover] x --></script><p>It [было] so, they [будут] be.</p>",
        ["[было]", "[будут]"], id="html: a script is no comment",
    ),
    pytest.param(
        "feed",
        "<rss><channel>\n<!-- cleaner: ignore[leftover] x -->\n<item>\n<title>It [было] so</title>\n"
        "<description>They [будут] be</description></item></channel></rss>", ["[будут]"], id="feed: what follows",
    ),
    pytest.param(
        "feed",
        "<rss><channel><item><title>It [было] so</title><description>"
        "<![CDATA[<!-- cleaner: ignore-file[leftover] x -->They [будут] be]]></description></item></channel></rss>",
        ["[было]", "[будут]"], id="feed: CDATA is no comment",
    ),
    pytest.param(
        "xliff",
        '<xliff version="1.2"><file source-language="ru" target-language="en"><body>\n'
        "<!-- cleaner: ignore[leftover] x -->\n<trans-unit id='1'><source>а</source><target>It [было] so</target>"
        "</trans-unit>\n<trans-unit id='2'><source>а</source><target>They [будут] be</target></trans-unit>"
        "</body></file></xliff>", ["[будут]"], id="xliff: the unit that follows",
    ),
    pytest.param(
        "yaml", "# cleaner: ignore[leftover] x\na: It [было] so\nb: They [будут] be\n", ["[будут]"],
        id="yaml: the value that follows",
    ),
    pytest.param(
        "yaml", "a: |\n  # cleaner: ignore-file[leftover] x\n  It [было] so\nb: They [будут] be\n",
        ["[было]", "[будут]"], id="yaml: a text is no comment",
    ),
    pytest.param(
        "csv", "id,title,text\n# cleaner: ignore[leftover] x\n1,It [было] so,\"And\n[было]\"\n2,They [будут] be,\n",
        ["[будут]"], id="csv: the row that follows, with all its lines",
    ),
    pytest.param(
        "csv", 'id,title\n1,"It [было] so\n# cleaner: ignore-file[leftover] x\n"\n2,They [будут] be\n',
        ["[было]", "[будут]"], id="csv: a cell is no comment",
    ),
    pytest.param(
        "tsv", "id\ttitle\r\n# cleaner: ignore-next-line[leftover] x\r\n1\tIt [было] so\r\n2\tThey [будут] be\r\n",
        ["[будут]"], id="tsv: the next line, with CRLF",
    ),
    pytest.param(
        "po",
        '#. cleaner: ignore[leftover] x\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "It [было] so"\n'
        'msgstr[1] "[было]"\n\nmsgid "c"\nmsgstr "They [будут] be"\n', ["[будут]"], id="po: the entry, all its forms",
    ),
    pytest.param(
        "po", '#, cleaner-ignore\nmsgid "a"\nmsgstr "It [было] so"\n\nmsgid "c"\nmsgstr "They [будут] be"\n',
        ["[будут]"], id="po: a flag",
    ),
    pytest.param(
        "po", '#, c-format, cleaner-ignore\nmsgid "a"\nmsgstr "It [было] so"\nmsgid "c"\nmsgstr "They [будут] be"\n',
        ["[будут]"], id="po: a flag among others, entries without an empty line",
    ),
    pytest.param(
        "vtt",
        "WEBVTT\n\nNOTE cleaner: ignore[leftover] x\n\n00:01.000 --> 00:02.000\nIt [было] so,\n[было]\n\n"
        "00:03.000 --> 00:04.000\nThey [будут] be\n", ["[будут]"], id="vtt: the cue that follows",
    ),
    pytest.param(
        "vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nIt [было] so,\nNOTE cleaner: ignore-file[leftover] x\n\n"
        "00:03.000 --> 00:04.000\nThey [будут] be\n", ["[было]", "[будут]"], id="vtt: a line of a cue is no comment",
    ),
    pytest.param(
        "plain", "<!-- cleaner: ignore-file[leftover] x --> It [было] so, they [будут] be.",
        ["[было]", "[будут]"], id="plain text has no comments",
    ),
    pytest.param(
        "json", '{"a": "<!-- cleaner: ignore-file[leftover] x --> It [было] so", "b": "they [будут] be"}',
        ["[было]", "[будут]"], id="json has no comments",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("format", "text", "kept"), REACH)
def test_how_far_a_comment_reaches(format: str, text: str, kept: list[str]) -> None:
    found = look(text, format)
    assert matches(found) == kept
    silenced = {one.finding.match for one in found.suppressed}
    assert silenced == {"[было]", "[будут]"} - set(kept)
    assert {one.reason for one in found.suppressed} <= {"x", "over two lines", ""}
    assert not found.complaints


LINE = "They [будут] be. "


@pytest.mark.parametrize(
    ("comment", "kept", "said"),
    [
        pytest.param("ignore[leftover/bracketed-word] x", 0, [], id="a rule"),
        pytest.param("ignore[leftover] x", 0, [], id="its family"),
        pytest.param("ignore[quotes, leftover] x", 0, ["unused"], id="one of two names is idle"),
        pytest.param("ignore[quotes] x", 1, ["unused"], id="another family"),
        pytest.param("ignore[left] x", 1, ["unused"], id="a part of a name is no name"),
        pytest.param("ignore x", 0, ["blanket"], id="no name"),
        pytest.param("ignore[] x", 0, ["blanket"], id="empty brackets"),
        pytest.param("ignore[ALL] x", 0, ["blanket"], id="ALL"),
        pytest.param("ignore[leftover]", 0, ["no-reason"], id="no reason"),
        pytest.param("ignore", 0, ["blanket", "no-reason"], id="neither names nor reason"),
        pytest.param("ignore-file[leftover] x", 0, [], id="the file"),
        pytest.param("enable[leftover]", 1, ["unused"], id="nothing was disabled"),
        pytest.param("ingore[leftover] x", 1, ["unused"], id="a misspelt word"),
        pytest.param("ignore[leftover x", 1, ["unused"], id="an open bracket"),
        pytest.param("ignore[format/broken] x", 1, ["unused"], id="what cannot be suppressed"),
        pytest.param("see the handbook", 1, [], id="a comment about a cleaner"),
    ],
)
def test_what_a_comment_says(comment: str, kept: int, said: list[str]) -> None:
    found = look(f"{LINE}<!-- cleaner: {comment} -->\n")
    assert (len(found.kept), complaints(found)) == (kept, said)


def test_a_complaint_points_at_the_comment() -> None:
    text = "Сначала.\r\n\r\nВсё <!-- cleaner: ignore[quotes] x --> так.\r\n"
    (complaint,) = look(text).complaints
    assert text[complaint.span.slice] == complaint.match == "<!-- cleaner: ignore[quotes] x -->"
    assert (complaint.position.line, complaint.position.column) == (3, 5)
    assert complaint.severity is Severity.INFO


@pytest.mark.parametrize(
    ("policy", "comment", "said"),
    [
        pytest.param(Policy(ran=frozenset({RULE})), "ignore[quotes]", [], id="that rule has not run"),
        pytest.param(Policy(ran=frozenset({"quotes/a"})), "ignore[quotes]", ["nothing is found"], id="it has run"),
        pytest.param(
            Policy(known=frozenset({"quotes/unpaired"})), "ignore[quotes/unpared]", ["“quotes/unpaired”?"],
            id="a misspelt rule",
        ),
        pytest.param(Policy(severities={}), "ignore[quotes]", [], id="the rule about suppressions is off"),
        pytest.param(Policy(), "ingore[quotes]", ["did you mean “ignore”?"], id="a misspelt word"),
        pytest.param(Policy(), "ignore[\u202ea\x1b[0m]", ["“<U+202E>a<U+001B>[0m”"], id="nothing is forged"),
    ],
)  # fmt: skip
def test_what_complaints_say(policy: Policy, comment: str, said: list[str]) -> None:
    found = look(f"So. <!-- cleaner: {comment} -->\n", policy=policy)
    assert len(found.complaints) == len(said)
    assert all(part in finding.message for part, finding in zip(said, found.complaints, strict=True))


def test_enable_closes_what_it_names() -> None:
    text = (
        "<!-- cleaner: disable[leftover/bracketed-word, quotes] x -->\n\n[будут]\n\n"
        "<!-- cleaner: {} -->\n\n[было]\n"
    )
    for enable, left in (("enable[leftover]", 1), ("enable", 1), ("enable[quotes]", 0), ("enable[dates]", 0)):
        assert len(look(text.format(enable)).kept) == left, enable


def test_a_place_that_cannot_be_read_is_never_silenced() -> None:
    text = '# cleaner: ignore-file[ALL] x\nid,title\n1,"torn\n2,They [будут] be\n'
    assert [finding.rule for finding in look(text, "csv").kept] == ["format/broken"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("He wrote [будут] [sic] here.", 0),
        ("He wrote “[будут]” (sic!) here.", 0),
        ("He wrote [будут] [*sic*] here.", 0),
        ("He wrote [sic] [будут] here.", 1),
        ("He wrote [будут] here, and so on [sic].", 1),
        ("He wrote [будут] basically.", 1),
    ],
)
def test_sic(text: str, kept: int) -> None:
    for format in ("plain", "markdown"):
        found = look(text, format)
        assert len(found.kept) == kept
        assert all(one.by is By.SIC for one in found.suppressed)
        assert not found.complaints


# -- The side-car file -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        pytest.param("{path: news/a, rule: leftover}", 0, id="a rule in a file"),
        pytest.param("{path: 'news/*', rule: [quotes, leftover/bracketed-word]}", 0, id="a pattern, two rules"),
        pytest.param("{path: news/, rule: ALL, match: '[будут]'}", 0, id="a folder"),
        pytest.param("{path: news/b, rule: leftover}", 1, id="another file"),
        pytest.param("{path: a, rule: leftover}", 0, id="a bare name, as in .gitignore"),
        pytest.param("{path: news/a, rule: quotes}", 1, id="another rule"),
        pytest.param("{path: news/a, rule: leftover, match: 'They [будут] be'}", 0, id="quoted with its surroundings"),
        pytest.param("{path: news/a, rule: leftover, match: '[было]'}", 1, id="another text"),
        pytest.param("{path: news/a, rule: leftover, expires: 2026-06-15}", 0, id="its last day"),
        pytest.param("{path: news/a, rule: leftover, expires: 2026-06-14}", 1, id="expired"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("plain", "They [будут]\nbe."),
        ("json", '["They [\\u0431\\u0443\\u0434\\u0443\\u0442]\\n be."]'),
        ("html", "<p>They <b>[буд</b>ут] be."),
    ],
)
def test_sidecar(entry: str, kept: int, format: str, text: str) -> None:
    found = look(text, format, parse(f"- {entry}\n", "s.yaml"))
    assert len(found.kept) == kept
    assert found.entries == (frozenset() if kept else frozenset({0}))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- {path: a, rule: b, reson: c}", "s.yaml:1:22: unknown key “reson” (did you mean “reason”?)"),
        ("- {path: a}", "s.yaml:1:3: “rule” is missing"),
        ("- {path: a, rule: []}", "s.yaml:1:19: “rule” is empty"),
        ("- path: ''\n  rule: a", "s.yaml:1:9: “path” is empty"),
        (
            "- {path: a, rule: b, expires: tomorrow}",
            "s.yaml:1:31: “expires”: expected a day, got “tomorrow” (as in 2026-12-31)",
        ),
        ("path: a", "s.yaml:1:1: expected a list of suppressions"),
        ("- a", "s.yaml:1:3: expected a mapping, got “a”"),
        ("- {path: a", "s.yaml:2:1: not YAML"),
    ],
)
def test_mistakes_in_the_sidecar_are_named_with_their_place(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(complaint)) as caught:
        parse(text, "s.yaml")
    assert caught.value.exit_status == 2


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse("- {path: a}\n- {rule: b}\n- {path: c, rule: d, expires: x}\n", "s.yaml")
    assert [problem.where.line for problem in caught.value.problems] == [1, 2, 3]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_an_empty_sidecar(text: str) -> None:
    assert parse(text, "s.yaml").entries == ()


def test_review_of_a_sidecar() -> None:
    sidecar = parse(
        "- {path: news/a, rule: leftover, match: '[будут]', reason: quoted}\n"
        "- {path: news/a, rule: quotes, reason: house style}\n"
        "- {path: news/other, rule: quotes, reason: not looked at in this run}\n"
        "- {path: news/a, rule: dates, reason: until the election, expires: 2026-06-14}\n"
        "- {path: news/a, rule: ALL}\n",
        ".cleaner-ignore.yaml",
    )
    found = look("They [будут] be.", "plain", sidecar)
    report = review(sidecar, ["news/a"], found.entries, TODAY, STRICT)
    assert [(finding.position.line, finding.rule) for finding in report.findings] == [
        (2, "suppression/unused"),
        (4, "suppression/expired"),
        (5, "suppression/unused"),
        (5, "suppression/blanket"),
        (5, "suppression/no-reason"),
    ]
    assert report.findings[1].message == "this suppression was good until 2026-06-14"
    lines = LineIndex(report.after)
    assert all(lines.position(one.span.start) == one.position for one in report.findings)


def test_the_nearest_sidecar_holds(tmp_path: Path) -> None:
    root = tmp_path
    (root / "feeds" / "old").mkdir(parents=True)
    (root / ".cleaner-ignore.yaml").write_text("- {path: '*', rule: quotes}\n", "utf-8")
    (root / "feeds" / ".cleaner-ignore.yaml").write_text("- {path: 'old/*.txt', rule: dates}\n", "utf-8")
    (root / "feeds" / "old" / "a.txt").write_text("", "utf-8")
    place = discover(root / "feeds" / "old" / "a.txt")
    assert place == root / "feeds" / ".cleaner-ignore.yaml"
    sidecar = load(place)
    assert [entry.rule for _, entry in sidecar.for_path(str(root / "feeds/old/a.txt"))] == [("dates",)]
    assert not list(sidecar.for_path(str(root / "a.txt")))


# -- What holds for everything -----------------------------------------------------------------------

PARTS = st.sampled_from(
    ["They [будут] be. ", "It [было] so. ", "\n", "\n\n", "`", "<b>", "</b>", "[sic] ", "---\n", "> "]
    + [f"<!-- cleaner: {words} -->" for words in ("ignore[leftover] x", "ignore", "disable[leftover]", "enable")]
    + ["<!-- cleaner: ignore-file[quotes] -->", "# cleaner: ignore[leftover]\n", "<!-- cleaner: ignore-next-line -->"]
)  # fmt: skip


@given(
    st.lists(PARTS, max_size=12).map("".join), st.sampled_from(["markdown", "html", "plain", "yaml", "po"])
)
def test_nothing_is_lost(text: str, format: str) -> None:
    from cleaner.errors import FormatError

    try:
        document = PIPELINE.document("a", text, format=format)
    except FormatError:
        return
    findings = PIPELINE.find(document, suppressions=False).findings
    found = apply(document, findings, None, TODAY)
    parted = [*found.kept, *(one.finding for one in found.suppressed)]
    assert sorted(parted, key=lambda one: one.span) == sorted(findings, key=lambda one: one.span)
    if "cleaner" not in text and "sic" not in text:
        assert found == Suppressed(findings)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("markdown", "[будут] <!-- cleaner: ignore[leftover] x -->\n" * 4000),
        ("markdown", "<!-- cleaner: disable[leftover] -->\n\n[будут]\n\n" * 4000),
        ("markdown", "cleaner: <!-- ``` ` `` " * 4000),
        ("html", "cleaner: <script> <!-- " * 8000),
        ("html", "<p>[будут]<!-- cleaner: ignore-file[leftover] -->\n" * 4000),
        ("po", "#," + " cleaner-ignor," * 10000),
        ("csv", "# cleaner: ignore[x]\n" * 10000 + "a,b\n"),
    ],
    ids=lambda value: value[:40] if " " in value else None,
)
def test_the_time_is_linear(format: str, text: str) -> None:
    def seconds(size: int) -> float:
        document = PIPELINE.document("a", text[:size], format=format)
        findings = [_at(place.start()) for place in re.finditer("будут", text[:size])]
        return timing.seconds(lambda: apply(document, findings, None, TODAY))

    timing.assert_linear(seconds, len(text) // 4, factor=4, growth=timing.GROWTH**2, short=0.1)


def _at(offset: int) -> Finding:
    document = Document("a", "x")
    position = LineIndex(document.text).position(0)
    return Finding(RULE, Severity.ERROR, "", Span(offset, offset + 5), "", position, position, "en")


# -- The page in docs --------------------------------------------------------------------------------


def test_the_examples_of_the_page_do_what_it_says() -> None:
    """Every block of the page says in its first line what is left of [будут], and is obeyed."""
    page = (ROOT / "docs" / "suppressions.md").read_text("utf-8")
    formats = {"html": "html", "markdown": "markdown", "po": "po", "csv": "csv", "vtt": "vtt"}
    found = re.findall(r"````?(\w+)\n(.*?)````?\n", page, re.DOTALL)
    assert {language for language, _ in found} >= {*formats, "yaml"}
    for language, text in found:
        if language in formats:
            assert "[будут]" in text
            seen = look(text, formats[language])
            assert seen.suppressed, text
            assert not seen.kept, text
            assert not seen.complaints, text
    (sidecar,) = (text for language, text in found if language == "yaml" and "path:" in text)
    assert [dataclasses.asdict(entry)["rule"] for entry in parse(sidecar, "x").entries]
