"""Writing suppressions for what is found: a comment where the format has some, else a side-car entry.

A comment is only kept when the document with it reads as before, and what it is for, and nothing
else, is silent. Tables, XML and feeds get no comments of ours though some readers would bear them:
what is published should not carry our marks.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from cleaner import formats, suppress
from cleaner.errors import FileProblems, FormatError
from cleaner.model import Document, Finding
from cleaner.offsets import Edit, LineIndex, Span, splice
from cleaner.suppress.policy import NEVER
from cleaner.suppress.sidecar import Sidecar, parse
from cleaner.text.quoted import quoted
from cleaner.values import dataclass, replace

PLACEHOLDER = "TODO: say why this is right"
HEAD = "# What is right as it stands. A reason helps whoever reads this in a year.\n"
_WORDS = 24  # code points of context on each side that make a quotation unlike others

Look = Callable[[Document], Sequence[Finding]]
"""What gives the findings that are reported in a document."""


@dataclass(frozen=True, slots=True)
class Added:
    """A text with comments, and the findings for which it has none."""

    text: str
    left: tuple[Finding, ...]


def comments(document: Document, findings: Sequence[Finding], reason: str, look: Look) -> Added:
    """Write an `ignore` comment for each finding, in formats that have comments.

    >>> from cleaner.pipeline import Pipeline
    >>> rules = Pipeline()
    >>> page = rules.document("a.md", "He wrote “teh. So.", format="markdown", lang="en")
    >>> found = rules.find(page).findings
    >>> comments(page, found, "as he wrote it", lambda now: rules.find(now).findings).text
    'He wrote “teh. So. <!-- cleaner: ignore[quotes/unpaired] as he wrote it -->'
    """
    wanted = [finding for finding in findings if finding.family not in NEVER]
    place = _PLACES.get(document.format)
    if place is None or not wanted:
        return Added(document.text, tuple(wanted))
    groups: dict[tuple[int, str, str], list[Finding]] = {}
    lines = LineIndex(document.text)
    for finding in wanted:
        groups.setdefault(place(document.text, lines, finding), []).append(finding)
    before = look(document)
    if _is_good(document, before, wanted, text := _with(document.text, groups, reason), look):
        return Added(text, ())
    taken: dict[tuple[int, str, str], list[Finding]] = {}
    for where, members in groups.items():  # one comment cannot stand there: which?
        tried = {**taken, where: members}
        covered = [finding for group in tried.values() for finding in group]
        if _is_good(document, before, covered, _with(document.text, tried, reason), look):
            taken = tried
    left = [finding for where, group in groups.items() if where not in taken for finding in group]
    return Added(_with(document.text, taken, reason), tuple(left))


def _with(text: str, groups: dict[tuple[int, str, str], list[Finding]], reason: str) -> str:
    edits = []
    for (at, before, after), members in groups.items():
        names = ",".join(sorted({finding.rule for finding in members}))
        edits.append(Edit(Span(at, at), f"{before}cleaner: ignore[{names}] {reason}{after}"))
    return splice(text, edits)


def _is_good(
    document: Document, before: Sequence[Finding], covered: Sequence[Finding], text: str, look: Look
) -> bool:
    """Whether a text with comments is as it was to its readers, and only what is covered is silent."""
    try:
        after = formats.split(replace(document, text=text))
    except FormatError:
        return False
    expected = Counter(map(_key, before))
    expected.subtract(map(_key, covered))
    return _words(document) == _words(after) and Counter(map(_key, look(after))) == +expected


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.match


def _words(document: Document) -> list[tuple[str, str]]:
    """What is read of a document, line breaks and the space before a comment aside."""
    return [(segment.address, " ".join(segment.text.split())) for segment in document.segments]


# -- Where a comment stands: the offset, what is written before it and after it ----------------------


def _end_of_line(text: str, lines: LineIndex, finding: Finding) -> tuple[int, str, str]:
    number = finding.end.line
    content = lines.line(number)
    at = lines.start(number) + len(content.rstrip())
    return at, " <!-- ", " -->"


def _line_above(text: str, lines: LineIndex, finding: Finding) -> tuple[int, str, str]:
    number = finding.position.line
    indent = re.match(r"[ \t]*", lines.line(number))
    assert indent is not None
    return lines.start(number), f"{indent[0]}# ", _break(text)


def _above_entry(text: str, lines: LineIndex, finding: Finding) -> tuple[int, str, str]:
    number = finding.position.line
    while number > 1 and not lines.line(number).startswith(("msgid ", "msgctxt ", 'msgid"')):
        number -= 1
    if number > 1 and lines.line(number - 1).startswith("msgctxt "):
        number -= 1
    return lines.start(number), "# ", _break(text)


def _above_cue(text: str, lines: LineIndex, finding: Finding) -> tuple[int, str, str]:
    number = finding.position.line
    while number > 1 and lines.line(number - 1).strip():
        number -= 1
    return lines.start(number), "NOTE ", _break(text) * 2


def _break(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


_PLACES: dict[str, Callable[[str, LineIndex, Finding], tuple[int, str, str]]] = {
    "markdown": _end_of_line,
    "html": _end_of_line,
    "yaml": _line_above,
    "po": _above_entry,
    "vtt": _above_cue,
}


# -- The side-car file -------------------------------------------------------------------------------


def entry(document: Document, finding: Finding, path: str, reason: str) -> str | None:
    """The side-car entry for a finding in the file `path` (from the folder of the side-car file).

    It quotes the text with some words around it. None when no quotation finds the place again.
    """
    for match in _quotations(document, finding):
        written = _entry(path, finding.rule, match, reason)
        sidecar = replace(parse(written, ""), root="")
        if _silences(sidecar, document, finding):
            return written
    return None


def _entry(path: str, rule: str, match: str, reason: str) -> str:
    pattern = "/" + re.sub(r"([\\*?\[\]!# ])", r"\\\1", path)
    return (
        f"- path: {quoted(pattern)}\n  rule: {rule}\n  match: {quoted(match)}\n  reason: {quoted(reason)}\n"
    )


def _silences(sidecar: Sidecar, document: Document, finding: Finding) -> bool:
    held = replace(sidecar.entries[0], path="*")
    everywhere = replace(sidecar, entries=(held,))
    named = replace(document, uri=document.uri or "x")
    return not suppress.apply(named, [finding], everywhere, datetime.date.today()).kept


def _quotations(document: Document, finding: Finding) -> Iterator[str]:
    """The text of a finding as a reader sees it: with words around it, then alone."""
    for segment in document.segments:
        at = -1
        while (at := segment.text.find(finding.match, at + 1)) >= 0:
            end = at + len(finding.match)
            pieces = segment.map.to_source(Span(at, end))
            if Span(pieces[0].start, pieces[-1].end) == finding.span:
                low, high = _word_before(segment.text, at), _word_after(segment.text, end)
                yield " ".join(segment.text[low:high].split())
                break
    if finding.match.strip():
        yield " ".join(finding.match.split())


def _word_before(text: str, at: int) -> int:
    low = max(0, at - _WORDS)
    space = re.compile(r"\s").search(text, low, at) if low else None
    return space.end() if space else low


def _word_after(text: str, at: int) -> int:
    high = min(len(text), at + _WORDS)
    spaces = [found.start() for found in re.compile(r"\s").finditer(text, at, high)]
    return spaces[-1] if spaces and high < len(text) else high


def appended(text: str, entries: Sequence[str]) -> str:
    """The text of a side-car file with more entries at its end. Raises ValueError when it takes none.

    >>> print(appended("", ["- {path: a.txt, rule: quotes}\\n"]), end="")
    # What is right as it stands. A reason helps whoever reads this in a year.
    - {path: a.txt, rule: quotes}
    """
    base = text if text.strip() else HEAD
    new = base + ("" if base.endswith("\n") else "\n") + "".join(entries)
    try:
        had = len(parse(text, "").entries)
        if len(parse(new, "").entries) == had + len(entries):
            return new
    except FileProblems:
        pass
    raise ValueError("its list is not written one entry a line")
