"""A unified diff of what a run changed or would change: exact for programs, visible for eyes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from cleaner.model import FileReport, Report
from cleaner.reporters.base import Look
from cleaner.reporters.paths import relative
from cleaner.text.visible import visible

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # to `patch` and `git`, lines end here and nowhere else
_NO_NEWLINE = "\\ No newline at end of file\n"
_WIDE = ("utf-16", "utf-32")
_RANGES = re.compile(r"\A@@ -(\d+)((?:,\d+)?) \+(\d+)((?:,\d+)?) @@")
_LOG_COMMAND = re.compile(r"^([ +-]?\s*):(?=:)")


def patch(report: Report, look: Look) -> bytes:
    """The diff of all files that changed, as `git apply -p0` and `patch -p0` take it; empty when none did.

    Each file is written in its own encoding, its byte order mark included, with its own line ends.
    """
    return b"".join(_exact(file, look) for file in report.files if file.changed and is_patchable(file))


def is_patchable(file: FileReport) -> bool:
    """Whether lines of the file are lines to a patch: they are not where a break is two bytes."""
    return not file.encoding.name.lower().replace("_", "-").startswith(_WIDE)


def patch_for_eyes(report: Report, look: Look) -> str:
    """The diff for a terminal or a log: what would be obeyed or cannot be seen is written <U+XXXX>.

    No line of it begins with what a log takes for a command.
    """
    return "".join(_visible(file, look) for file in report.files if file.changed)


def _exact(file: FileReport, look: Look) -> bytes:
    name = _quoted(relative(file.uri, look.root))
    codec = file.encoding.name
    out = [f"--- {name}\n+++ {name}\n".encode("utf-8", "surrogateescape")]
    for line in _lines(file, "\ufeff" if file.encoding.bom else ""):
        out.append(line.encode(codec, "surrogateescape"))
    return b"".join(out)


def _visible(file: FileReport, look: Look) -> str:
    name = visible(relative(file.uri, look.root))
    out = [look.paint("bold", f"--- {name}") + "\n", look.paint("bold", f"+++ {name}") + "\n"]
    for line in _lines(file):
        content = line.removesuffix("\n").removesuffix("\r")
        shown = _LOG_COMMAND.sub(r"\1<U+003A>", visible(content).replace("↵", "<U+000A>"))
        style = {"-": "bad", "+": "good"}.get(line[:1], "")
        out.append((look.paint(style, shown) if style else shown) + "\n")
    return "".join(out)


def _lines(file: FileReport, mark: str = "") -> Iterator[str]:
    """The lines of the diff of a file that begins with `mark`, after the head."""
    if isinstance(file.before, str) and isinstance(file.after, str):
        yield from _hunks(mark + file.before, mark + file.after)
        return
    for hunk in file.hunks:
        begin = mark if hunk.line == 1 else ""
        for line in _hunks(begin + hunk.before, begin + hunk.after):
            ranges = _RANGES.match(line)
            yield _moved(ranges, hunk.line - 1) + line[ranges.end() :] if ranges else line


def _moved(ranges: re.Match[str], by: int) -> str:
    """The first line of a hunk for a file that has `by` more lines before it."""
    return f"@@ -{int(ranges[1]) + by}{ranges[2]} +{int(ranges[3]) + by}{ranges[4]} @@"


def _hunks(before: str, after: str) -> Iterator[str]:
    """The lines of the diff after its head, each with a line break at its end."""
    lines = difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), "", "")
    for number, line in enumerate(lines):
        if number < 2:
            continue  # the head
        yield line if line.endswith("\n") else line + "\n"
        if not line.endswith("\n"):
            yield _NO_NEWLINE


def _quoted(name: str) -> str:
    """A name as `git` writes it: in quotes when it has what would end it, else with a tab after a space."""
    if re.search(r"[\x00-\x1f\x7f\"\\]", name):
        known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
        parts = (known.get(c) or (f"\\{ord(c):03o}" if ord(c) < 32 or c == "\x7f" else c) for c in name)
        return '"' + "".join(parts) + '"'
    return f"{name}\t" if " " in name else name
