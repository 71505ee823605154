"""Markdown for a job summary ($GITHUB_STEP_SUMMARY) or a comment: counts, then the worst findings."""

from __future__ import annotations

import re
from collections import Counter

from cleaner.model import FileReport, Finding, Report
from cleaner.reporters.base import Look, counted, told, worst
from cleaner.reporters.paths import relative
from cleaner.reporters.statistics import COLUMNS, by_rule
from cleaner.text.visible import excerpt, visible

MOST_ROWS = 100  # a summary may have 1 MiB
_SPECIAL = re.compile(r"[!#$&*+:<=>@\[\\\]^_`{|}~]")
_LINKED = re.compile(r"[@#!~%$&](?=\w)|:(?=//)|(?<=www)\.|(?<=GH)-(?=\d)", re.IGNORECASE)


def markdown(report: Report, look: Look) -> str:
    """The report as tables; article text in it is neither markup nor a link nor a mention."""
    findings = list(report.findings)
    read = counted(len(report.files), "file")
    fixed = sum(1 for _ in report.applied)
    repaired = f" {counted(fixed, 'problem')} repaired." if fixed else ""
    if findings:
        by_severity = Counter(finding.severity.value for finding in findings)
        counts = ", ".join(f"{by_severity[name]:,} {name}" for name in ("error", "warning", "info"))
        parts = [f"### cleaner: {counted(len(findings), 'problem')} in {read}", f"{counts}.{repaired}"]
        parts += [_findings(report, look), _rules(report)]
    else:
        parts = [f"### cleaner: all clear, {read} checked", repaired.strip()]
    parts.append(
        "\n".join(f"- {_code(file.uri)}: {plain(file.error)}" for file in report.files if file.error)
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _findings(report: Report, look: Look) -> str:
    rows = [_row(file, finding, look) for file, finding in worst(report, MOST_ROWS)]
    left = sum(1 for _ in report.findings) - len(rows)
    table = "\n".join(["| severity | where | what | repair |", "| --- | --- | --- | --- |", *rows])
    return table + (f"\n\nand {left:,} more." if left else "")


def _row(file: FileReport, finding: Finding, look: Look) -> str:
    where = _code(f"{relative(file.uri, look.root)}:{finding.position}")
    what = f"{plain(told(finding))} ({_code(finding.rule)})"
    repair = f"{finding.fix.safety}: {plain(excerpt(finding.fix.title))}" if finding.fix else ""
    return f"| {finding.severity} | {where} | {what} | {repair} |"


def _rules(report: Report) -> str:
    head = ["| rule | " + " | ".join(COLUMNS) + " |", "| --- |" + " ---: |" * len(COLUMNS)]
    rows = [
        f"| {_code(rule)} | " + " | ".join(f"{counts[name]:,}" for name in COLUMNS) + " |"
        for rule, counts in by_rule(report.findings).items()
    ]
    return "\n".join(["<details><summary>By rule</summary>", "", *head, *rows, "", "</details>"])


def plain(text: str) -> str:
    """`text` with a character reference for each sign that Markdown might read.

    A reference never begins markup (CommonMark 0.31, 2.5), and it ends no table cell. GitHub and
    GitLab look for mentions, issues and bare addresses in the text of the finished page, where a
    reference is the sign again: there an element parts the sign from what follows.

    >>> plain("a | b, [x](y) <b>")
    'a &#124; b, &#91;x&#93;(y) &#60;b&#62;'
    >>> plain("@me")
    '<span>&#64;</span>me'
    """
    shown, at, out = visible(text), 0, []
    for found in _LINKED.finditer(shown):
        out += [_references(shown[at : found.start()]), f"<span>&#{ord(found[0])};</span>"]
        at = found.end()
    return "".join([*out, _references(shown[at:])])


def _references(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)


def _code(text: str) -> str:
    return f"<code>{plain(text)}</code>"
