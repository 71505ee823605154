"""Annotations of GitHub Actions: the findings for the log, then the worst of them as commands.

A step may make 10 errors, 10 warnings and 10 notices; GitHub drops what comes after. So the worst
come first, and the last notice says how many stand only in the log.
"""

from __future__ import annotations

from collections import Counter

from cleaner.model import FileReport, Finding, Report
from cleaner.reporters.base import Look, counted, told, worst
from cleaner.reporters.concise import concise
from cleaner.reporters.paths import relative
from cleaner.text.visible import visible

_LEVEL = {"error": "error", "warning": "warning", "info": "notice"}
LIMITS = {"error": 10, "warning": 10, "notice": 9}  # one notice is kept for the rest


def github(report: Report, look: Look) -> str:
    """What a step prints to have its findings shown in the changed files."""
    used: Counter[str] = Counter()
    lines: list[str] = []
    left = 0
    commands = [_unread(file, look) for file in report.files if file.error]
    commands += (_annotation(file, finding, look) for file, finding in worst(report))
    for level, line in commands:
        if used[level] < LIMITS[level]:
            used[level] += 1
            lines.append(line)
        else:
            left += 1
    if left:
        message = f"{counted(left, 'more problem')}: GitHub shows a few for each step, the log has all"
        lines.append(_command("notice", {"title": "cleaner"}, message))
    return concise(report, look) + "".join(f"{line}\n" for line in lines)


def _annotation(file: FileReport, finding: Finding, look: Look) -> tuple[str, str]:
    level = _LEVEL[finding.severity]
    path = relative(file.uri, look.root)
    start, end = finding.position, finding.end
    places = {"title": f"cleaner ({finding.rule})", "file": path, "line": str(start.line)}
    if start.line == end.line:  # GitHub ignores columns otherwise
        places |= {"col": str(start.column), "endLine": str(end.line), "endColumn": str(end.column)}
    else:
        places |= {"endLine": str(end.line)}
    return level, _command(level, places, f"{path}:{start}: {finding.rule} {told(finding)}")


def _unread(file: FileReport, look: Look) -> tuple[str, str]:
    path = relative(file.uri, look.root)
    return "error", _command("error", {"title": "cleaner", "file": path}, f"{path}: {file.error}")


def _command(level: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_data(message)}"


def _data(text: str) -> str:
    """The runner decodes these, and no others (actions/runner, ActionCommand.cs)."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
