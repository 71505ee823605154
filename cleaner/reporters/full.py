"""A code frame for each finding: the line, carets under the words, the reason and the repairs."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from cleaner.model import FileReport, Finding, Report, Skipped
from cleaner.offsets import Span
from cleaner.reporters.base import Look, named, summary, tame
from cleaner.reporters.source import Source
from cleaner.text.visible import excerpt, visible


def full(report: Report, look: Look) -> str:
    """The report for people, with every finding in its line."""
    parts: list[str] = []
    for file in report.files:
        if look.fixing and file.applied:
            before = Source(file.before)
            parts += (_frame(file, finding, before, look, fixed=True) for finding in file.applied)
        after = Source(file.after)
        parts += (_frame(file, finding, after, look) for finding in file.findings)
        parts += (_skipped(file, skipped, look) for skipped in file.skipped)
    return "\n".join([*parts, summary(report, look)]) + "\n"


def _frame(file: FileReport, finding: Finding, source: Source, look: Look, *, fixed: bool = False) -> str:
    number = finding.position.line
    gutter = " " * len(str(number))
    bar = look.paint("dim", "|")
    head = "fixed" if fixed else finding.severity.value
    style = "good" if fixed else finding.severity.value
    text, carets = window(*source.line(finding), look.width - len(gutter) - 4)
    rule = f"[{finding.rule}]"
    first, *rest = _lines(f"{head}{rule}: {visible(finding.message)}", look, 2)
    out = [
        look.paint(style, head) + look.paint("bold", rule) + first[len(head + rule) :],
        *rest,
        f"{gutter}{look.paint('dim', '-->')} {visible(file.uri)}:{finding.position}"
        + (f" ({visible(finding.address)})" if finding.address else ""),
        f"{gutter} {bar}",
        f"{look.paint('dim', str(number))} {bar} {text}",
        f"{gutter} {bar} {look.paint(style, carets)}",
    ]
    if finding.item:
        out += _note(gutter, f"in {named(finding.item)}", look)
    if finding.evidence:
        out += _note(gutter, f"because {visible(finding.evidence)}", look)
    fixes = [finding.fix, *finding.alternatives] if finding.fix else []
    for word, fix in zip(["fix" if not fixed else "done", *["or"] * len(fixes)], fixes, strict=False):
        if not fixed or fix is finding.fix:
            because = f": {visible(fix.because)}" if fix.because else ""
            note = f"{word} ({fix.safety.value}{because}): {excerpt(fix.title)}"
            first, *rest = _note(gutter, note, look)
            painted = look.paint("good" if fix.safety == "safe" else "warning", fix.safety.value)
            out += [first.replace(f"({fix.safety.value}", f"({painted}", 1), *rest]
    return "\n".join(out) + "\n"


def _note(gutter: str, text: str, look: Look) -> list[str]:
    """A line under the frame, and those that it goes on in."""
    first, *rest = _lines(text, look, len(gutter) + 3)
    return [f"{gutter} {look.paint('dim', '=')} {first}", *rest]


def _lines(text: str, look: Look, indent: int) -> list[str]:
    """`text` in lines that fit a terminal, broken at spaces, all but the first indented.

    What is no terminal gets one line: it is searched and cut by programs. A word that is too long stays
    whole.

    >>> _lines("because Cyrillic letters in English text", Look(width=24, wraps=True), 4)
    ['because Cyrillic', '    letters in English', '    text']
    """
    if not look.wraps:
        return [text]
    lines, room = [""], look.width - indent
    for word in text.split(" "):
        grown = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _columns(grown) > room:
            lines.append(word)
        else:
            lines[-1] = grown
    return [lines[0], *(" " * indent + tame(line) for line in lines[1:])]


def _skipped(file: FileReport, skipped: Skipped, look: Look) -> str:
    finding = skipped.finding
    place = f"{visible(file.uri)}:{finding.position}"
    return f"{look.paint('warning', 'not fixed')}: {place} {finding.rule}: {visible(skipped.reason)}\n"


def window(line: str, span: Span, width: int) -> tuple[str, str]:
    """A line cut to `width` columns around `span`, and the carets that stand under it.

    Both are counted in display columns: a Chinese character takes two, a combining mark none. An
    empty span gets one caret, where something is missing.

    >>> print("\\n".join(window("今天 [будут] 在柬埔寨", Span(3, 10), 40)))
    今天 [будут] 在柬埔寨
         ^^^^^^^
    """
    near = 8 * width  # a line may be a whole file; some code points take no column
    before = visible(line[max(0, span.start - near) : span.start])
    found = visible(line[span.start : min(span.end, span.start + near)])
    after = visible(line[span.end : span.end + near])
    room = max(width - _columns(found), 20)
    left = _last(before, max(room // 2, room - _columns(after)))
    right = _first(after, room - _columns(left))
    carets = " " * _columns(left) + "^" * max(_columns(found), 1)
    # Once more as a whole: a log command may stand across the borders of the three.
    return visible(left + _first(found, width) + right), carets[: max(width, 1)]


@functools.cache
def _wcswidth() -> object:
    from wcwidth import wcswidth

    return wcswidth


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    width = _wcswidth()(text)  # type: ignore[operator]
    return int(width) if width >= 0 else len(text)


def _first(text: str, columns: int) -> str:
    """The beginning of `text`, an ellipsis in the last column when it was cut."""
    return text if _columns(text) <= columns else "".join(_fitting(text, columns - 1)) + "…"


def _last(text: str, columns: int) -> str:
    """The end of `text`, an ellipsis in the first column when it was cut."""
    if _columns(text) <= columns:
        return text
    return "…" + "".join(_fitting(text[::-1], columns - 1))[::-1]


def _fitting(text: str, columns: int) -> Iterator[str]:
    used = 0
    for char in text:
        used += _columns(char)
        if used > columns:
            return
        yield char
