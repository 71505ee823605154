"""What the readers of each format rely on: schemas, limits, places that can be found again."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from lxml import etree

from cleaner.model import FileReport, Report, Severity
from cleaner.offsets import Edit, LineIndex, Position, Span, splice
from cleaner.reporters import reporter
from cleaner.reporters.base import Look
from tests.conftest import ROOT
from tests.reporters.samples import ENGLISH, RULES, hostile, many, sample

SCHEMA = ROOT / "fixtures" / "golden" / "schemas" / "sarif-2.1.0.json"
EMPTY = Report(())
REPORTS = {"sample": sample(), "hostile": hostile(), "empty": EMPTY}


def made(name: str, report: Report, root: str = "") -> str:
    return reporter(name)(report, Look(root=root))


def sarif_run(report: Report, root: str = "") -> dict[str, Any]:
    (run,) = json.loads(made("sarif", report, root))["runs"]
    return run


# SARIF


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_keeps_its_schema(name: str) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    body = json.loads(made("sarif", REPORTS[name]))
    body["$schema"] = schema["$schema"]
    jsonschema.validators.validator_for(schema)(schema).validate(body)


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_sarif_passes_the_validator_of_its_makers(name: str, tmp_path: Path) -> None:
    tool = shutil.which("sarif-multitool")
    if tool is None:
        pytest.skip("no sarif-multitool on the path (npm install --global @microsoft/sarif-multitool)")
    path = tmp_path / "report.sarif"
    path.write_text(made("sarif", REPORTS[name]), "utf-8")
    command = [tool, "validate", str(path), "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas"]
    if Path(tool).resolve().suffix == ".js":  # the one of npm gives its words to a shell, which ends at “;”
        command = [tool, *map(shlex.quote, command[1:])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Analysis completed successfully." in done.stdout, done.stdout + done.stderr
    assert not done.stderr
    told = re.findall(r": (?:error|warning) .*", done.stdout)
    assert [line for line in told if "informationUri" not in line] == []  # we have no web site yet


def test_sarif_places_are_found_again() -> None:
    run = sarif_run(sample())
    assert run["columnKind"] == "unicodeCodePoints"
    lines = LineIndex(ENGLISH)
    for result in run["results"][:4]:
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == "news/день 1.md"
        start = lines.offset(Position(region["startLine"], region["startColumn"]))
        end = lines.offset(Position(region["endLine"], region["endColumn"]))
        assert (start, end - start) == (region["charOffset"], region["charLength"])
        assert ENGLISH[start:end] == region["snippet"]["text"]


def test_sarif_repairs_can_be_applied() -> None:
    first = sarif_run(sample())["results"][0]
    (fix,) = first["fixes"]  # the manual one is none that a viewer may apply
    (change,) = fix["artifactChanges"]
    edits = [
        Edit(
            Span(at["charOffset"], at["charOffset"] + at["charLength"]),
            replacement["insertedContent"]["text"],
        )
        for replacement in change["replacements"]
        for at in [replacement["deletedRegion"]]
    ]
    assert "both [will] be" in splice(ENGLISH, edits)


def test_the_item_of_a_feed_is_named_where_there_is_a_place_for_it() -> None:
    """And in its message elsewhere: a title, a link and a GUID are how an editor finds the article."""
    item = {"title": "خبر اليوم", "link": "https://example.org/3", "guid": "urn:item:3", "field": "title"}
    results = sarif_run(sample())["results"]
    assert [one["properties"]["item"] for one in results if "item" in one["properties"]] == [item]
    named = "(in “خبر اليوم” https://example.org/3 urn:item:3)"
    for name in ("junit", "checkstyle", "gitlab", "rdjson", "github"):
        assert named in made(name, sample()), name


def test_sarif_rules_are_found_by_their_index() -> None:
    run = sarif_run(sample())
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert {rule["id"] for rule in rules} >= set(RULES)
    assert max(len(rule["properties"]["tags"]) for rule in rules) == 20


@pytest.mark.slow
def test_sarif_keeps_25_000_results_the_worst_and_says_so() -> None:
    run = sarif_run(many({Severity.ERROR: 3, Severity.INFO: 24_990, Severity.WARNING: 10}))
    levels = [result["level"] for result in run["results"]]
    assert (len(levels), levels.count("error"), levels.count("warning")) == (25_000, 3, 10)
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("3 less severe results left out")


def test_sarif_tells_what_could_not_be_read() -> None:
    invocation = sarif_run(sample())["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [note["level"] for note in invocation["toolExecutionNotifications"]] == ["error", "warning"]


@pytest.mark.parametrize(
    ("uri", "root", "written"),
    [
        ("a b/é#1.txt", "", {"uri": "a%20b/%C3%A9%231.txt", "uriBaseId": "%SRCROOT%"}),
        ("/work/site/a.txt", "/work/site", {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}),
        ("/work/other/a.txt", "/work/site", {"uri": "file:///work/other/a.txt"}),
        ("x:y.txt", "", {"uri": "x%3Ay.txt", "uriBaseId": "%SRCROOT%"}),
        ("caf\udce9.txt", "", {"uri": "caf%E9.txt", "uriBaseId": "%SRCROOT%"}),
        ("https://example.org/feed.xml?a=1", "", {"uri": "https://example.org/feed.xml?a=1"}),
    ],
)
def test_sarif_names_of_files(uri: str, root: str, written: dict[str, str]) -> None:
    run = sarif_run(Report((FileReport(uri, error="gone"),)), root)
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["locations"][0]["physicalLocation"]["artifactLocation"] == written


# GitHub


def commands(report: Report) -> list[str]:
    return [line for line in made("github", report).splitlines() if line.startswith("::")]


def test_github_gets_the_worst_and_the_count_of_the_rest() -> None:
    lines = commands(many({Severity.ERROR: 12, Severity.WARNING: 15, Severity.INFO: 20}))
    kinds = [line.split()[0].strip(":") for line in lines]
    assert kinds == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert lines[-1] == (
        "::notice title=cleaner::18 more problems: GitHub shows a few for each step, the log has all"
    )
    assert made("github", many({Severity.ERROR: 30})).count("problem ") == 30 + 10


def test_github_counts_no_rest_when_there_is_none() -> None:
    assert len(commands(many({Severity.ERROR: 10, Severity.WARNING: 10}))) == 20


def test_github_escapes_what_the_runner_decodes() -> None:
    report = Report((FileReport("50%,a:b.txt", error="100% :: x,y"),))
    assert commands(report) == ["::error title=cleaner,file=50%25%2Ca%3Ab.txt::50%25,a:b.txt: 100%25 :: x,y"]


def test_github_columns_only_within_a_line() -> None:
    (line,) = [line for line in commands(sample()) if "repetition/sentence" in line]
    assert "line=4,endLine=5::" in line


# GitLab


def test_gitlab_shape() -> None:
    for issue in json.loads(made("gitlab", sample())):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["location"]["lines"]["begin"] >= 1


def test_gitlab_fingerprints_are_unique_and_survive_moved_lines() -> None:
    file = next(iter(sample().files))
    twice = Report((file, FileReport("copy.md", (*file.findings, *file.findings), after=file.after)))
    prints = [issue["fingerprint"] for issue in json.loads(made("gitlab", twice))]
    assert len(set(prints)) == len(prints) == 3 * len(file.findings)
    down = tuple(
        type(finding)(**{**_fields(finding), "position": Position(9, 1), "end": Position(9, 2)})
        for finding in file.findings
    )
    moved = json.loads(made("gitlab", Report((FileReport(file.uri, down, after=file.after),))))
    assert [issue["fingerprint"] for issue in moved] == prints[: len(down)]


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}


# JUnit and Checkstyle


@pytest.mark.parametrize("name", REPORTS)
def test_junit_adds_up(name: str) -> None:
    report = REPORTS[name]
    root = etree.fromstring(made("junit", report).encode())
    suites = root.findall("testsuite")
    assert len(suites) == len(report.files)
    for node in (root, *suites):
        assert int(node.get("tests")) == len(node.findall(".//testcase"))
        assert int(node.get("failures")) == len(node.findall(".//failure"))
        assert int(node.get("errors")) == len(node.findall(".//error"))


def test_junit_a_clean_file_is_one_passed_case() -> None:
    root = etree.fromstring(made("junit", sample()).encode())
    (suite,) = root.xpath("testsuite[@name='clean.txt']")
    (case,) = suite
    assert (case.tag, len(case)) == ("testcase", 0)


@pytest.mark.parametrize("name", REPORTS)
def test_checkstyle_is_well(name: str) -> None:
    root = etree.fromstring(made("checkstyle", REPORTS[name]).encode())
    assert root.tag == "checkstyle"
    assert {node.tag for node in root.iter()} <= {"checkstyle", "file", "error"}
    for error in root.iter("error"):
        assert error.get("severity") in {"error", "warning", "info"}
        assert error.get("source").startswith("cleaner")


# Reviewdog


def test_rdjson_shape() -> None:
    body = json.loads(made("rdjson", sample()))
    assert set(body) == {"source", "diagnostics"}
    for entry in body["diagnostics"]:
        assert entry["message"]
        assert entry["location"]["path"]
        assert entry["severity"] in {"ERROR", "WARNING", "INFO"}


def test_rdjson_suggestions_can_be_applied_to_bytes() -> None:
    rows = [line.encode() for line in re.split(r"(?<=\n)", ENGLISH)]
    applied = []
    for entry in json.loads(made("rdjson", sample()))["diagnostics"]:
        for suggestion in entry.get("suggestions", ()):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            assert start["line"] == end["line"]
            row = rows[start["line"] - 1]
            new = row[: start["column"] - 1] + suggestion["text"].encode() + row[end["column"] - 1 :]
            applied.append(new.decode().strip())
    assert applied == [
        "The ministers said on Friday that they both [will] be in Cambodia. Nobody spoke.",
        "The mayor said: “We will rebuild. The bridge is closed.",
        "The mayor  said: “We will rebuild.” The bridge is closed.",
    ]


# JSON and Markdown


def test_json_values_are_exact() -> None:
    body = json.loads(made("json", hostile()))
    for file, finding in zip(hostile().files, body["findings"], strict=True):
        assert finding["match"] == file.findings[0].match
        assert finding["path"] == file.uri
    lines = [json.loads(line) for line in made("json-lines", hostile()).splitlines()]
    assert lines == body["findings"]


def test_markdown_text_is_neither_markup_nor_a_link() -> None:
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(made("markdown", hostile()))
    tags = set(re.findall(r"</?([a-z0-9]+)", page))
    assert tags <= {
        "h3",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "details",
        "summary",
        "ul",
        "li",
        "span",
    }
    assert page.count("<tr>") == 1 + len(hostile().files) + 2


REFERENCES = re.compile(r"[@#!~%$&]\w|GH-\d|https?://|www\.\w", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    ["@octocat", "a@evil.example", "#1 GH-1 !2 ~bug %1 $3 &4", "https://evil.example", "WWW.evil.example"],
)
def test_markdown_says_nothing_that_a_forge_makes_a_link_of(text: str) -> None:
    """GitHub and GitLab look into the text of the finished page, node by node, where no reference is left."""
    from lxml import html
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(made("markdown", hostile((text,))))
    nodes = [str(node) for node in html.fromstring(page).xpath("//text()")]
    assert text in "".join(nodes)
    assert [node for node in nodes if REFERENCES.search(node)] == []


def test_markdown_stays_small() -> None:
    text = made("markdown", many({Severity.ERROR: 150}))
    assert "and 50 more." in text
    assert len(text) < 100_000
