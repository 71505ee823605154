"""A unified diff of what a run changed or would change."""

from __future__ import annotations

import difflib
import re

from cleaner.model import Report
from cleaner.reporters.base import Look
from cleaner.text.visible import visible

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


def patch(report: Report, look: Look) -> str:
    """The diff of all files that changed, "" when none did; with colour only when `look` has it."""
    return "".join(_one(file.uri, file.before, file.after, look) for file in report.files if file.changed)


def _one(uri: str, before: str, after: str, look: Look) -> str:
    old, new = _lines(before), _lines(after)
    name = visible(uri)
    out = []
    for line in difflib.unified_diff(old, new, name, name):
        styled = line.rstrip("\r\n")
        style = "bold" if line.startswith(("---", "+++")) else {"-": "bad", "+": "good"}.get(line[:1], "")
        out.append((look.paint(style, styled) if style else styled) + "\n")
        if not line.endswith(("\n", "\r")):
            out.append("\\ No newline at end of file\n")
    return "".join(out)


def _lines(text: str) -> list[str]:
    return [found.group() for found in _LINE.finditer(text) if found.group()]
