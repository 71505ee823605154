"""Changes → findings of the second file, so that every reporter can show them.

What is gone has no place of its own there: it is shown where it would stand. The rule of a change is
`verify/` and its kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cleaner.model import Document, FileReport, Finding, Invariant, RuleInfo, Severity, fingerprint
from cleaner.offsets import LineIndex, Span
from cleaner.text.visible import excerpt, visible
from cleaner.verify.compare import Change

FAMILY = "verify"
AROUND = 24  # code points of the first version on both sides of what changed
_LINE = re.compile(r"[\r\n]")
_ABOUT = 120  # as the engine takes for fingerprints

RULES: Mapping[Invariant, tuple[str, str, Severity]] = {
    Invariant.DIGITS: (
        "A number that changed",
        "A reader takes it for a fact, and nothing shows that it is not the number of the source.",
        Severity.ERROR,
    ),
    Invariant.URLS: (
        "An address that changed",
        "It leads nowhere, or elsewhere.",
        Severity.ERROR,
    ),
    Invariant.EMAILS: (
        "An e-mail address that changed",
        "Letters go nowhere, or to somebody else.",
        Severity.ERROR,
    ),
    Invariant.PLACEHOLDERS: (
        "A placeholder that changed",
        "The program that fills it in does not find it any more.",
        Severity.ERROR,
    ),
    Invariant.HANDLES: (
        "A handle or hashtag that changed",
        "It names somebody else, or nobody.",
        Severity.ERROR,
    ),
    Invariant.MARKUP: (
        "A tag, or something else around the text, that changed",
        "What is no text belongs to the page, the player or the program.",
        Severity.ERROR,
    ),
    Invariant.NAMES: (
        "A name that is gone or new",
        "Who did something, or where, is a fact.",
        Severity.ERROR,
    ),
    Invariant.LETTERS: (
        "Words that changed where nothing was wrong",
        "Nobody asked for it, and another word may say something else.",
        Severity.WARNING,
    ),
    Invariant.STRUCTURE: (
        "Parts of the text that are gone or new",
        "Paragraphs, cues or fields no longer stand where other programs look for them.",
        Severity.ERROR,
    ),
    Invariant.ENCODING: (
        "Another encoding",
        "Programs that read the file may read other letters.",
        Severity.ERROR,
    ),
    Invariant.LINE_ENDS: (
        "Other line breaks",
        "Every line counts as changed for tools that compare files.",
        Severity.WARNING,
    ),
}


def rule_of(kind: Invariant) -> str:
    """The name under which a kind is reported.

    >>> rule_of(Invariant.EMAILS)
    'verify/e-mails'
    """
    return f"{FAMILY}/{kind.value}"


def rules() -> dict[str, RuleInfo]:
    """What each kind says of itself, for reports that explain."""
    return {
        rule_of(kind): RuleInfo(rule_of(kind), title, why, severity)
        for kind, (title, why, severity) in RULES.items()
    }


def report(before: Document, after: Document, changes: Sequence[Change]) -> FileReport:
    """The changes in a file, as findings of its second version."""
    old, new = LineIndex(before.text), LineIndex(after.text)
    findings = tuple(_finding(change, before, after, old, new) for change in changes)
    return FileReport(after.uri, findings, before=after.text, after=after.text, encoding=after.encoding)


def _finding(change: Change, before: Document, after: Document, old: LineIndex, new: LineIndex) -> Finding:
    text, span, rule = after.text, change.after, rule_of(change.kind)
    match = text[span.slice]
    around = text[max(0, span.start - _ABOUT) : span.start], text[span.end : span.end + _ABOUT]
    return Finding(
        rule=rule,
        severity=RULES[change.kind][2],
        message=visible(change.message),
        span=span,
        match=match,
        position=new.position(span.start),
        end=new.position(span.end),
        lang=after.lang or "und",
        address=change.address,
        evidence=_was(change.before, before, old),
        fingerprint=fingerprint(rule, change.message, *around),
    )


def _was(span: Span, document: Document, lines: LineIndex) -> str:
    """What stood in the first version, and where: whole words of the same lines."""
    text = document.text
    low, high = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    left, right = _LINE.split(text[low : span.start])[-1], _LINE.split(text[span.end : high])[0]
    if len(left) == AROUND and " " in left:  # it may begin inside of a word
        left = left.partition(" ")[2]
    if len(right) == AROUND and " " in right:
        right = right.rpartition(" ")[0]
    shown = excerpt(f"{left}{text[span.slice]}{right}".strip(), 2 * AROUND + 60)
    return f"{document.uri}:{lines.position(span.start)} has “{shown}”"
