"""The values that flow through cleaner, in the order in which they appear.

    Document ─ Segment ─ Hit (Repair) ─ Finding (Fix) ─ FileReport ─ Report

All are frozen: a step takes values and gives new ones. Offsets are code points, half-open; a Hit
speaks of its segment, a Finding of its document.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from cleaner.excerpts import Excerpts
from cleaner.hashing import sha256
from cleaner.offsets import Edit, OffsetMap, Position, Span
from cleaner.values import dataclass, field


class Severity(StrEnum):
    """How much a finding matters; `error` means that a reader would stumble."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Safety(StrEnum):
    """How far a repair may be trusted.

    safe: cannot change what the text says; applied by `cleaner fix`.
    unsafe: probably right, needs eyes; applied only with --unsafe-fixes.
    manual: shown to a person, never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"

    def allows(self, wanted: Safety) -> bool:
        """Whether a repair of trust `wanted` may be applied when this much is allowed.

        >>> Safety.UNSAFE.allows(Safety.SAFE), Safety.SAFE.allows(Safety.UNSAFE)
        (True, False)
        >>> Safety.UNSAFE.allows(Safety.MANUAL)
        False
        """
        return wanted is Safety.SAFE or (wanted is Safety.UNSAFE and self is Safety.UNSAFE)

    def at_most(self, other: Safety) -> Safety:
        """The more careful of the two.

        >>> Safety.SAFE.at_most(Safety.UNSAFE)
        <Safety.UNSAFE: 'unsafe'>
        """
        order = list(Safety)
        return max(self, other, key=order.index)


class Role(StrEnum):
    """What a segment is in its document."""

    BODY = "body"
    TITLE = "title"
    CAPTION = "caption"
    ATTRIBUTE = "attribute"
    CUE = "cue"
    TARGET = "target"


class Invariant(StrEnum):
    """What an edit keeps, as long as nobody says that it may change.

    A repair may not change the first seven unless its rule says so (`changes`); letters only those of
    rules that are about marks. The others can only change in edits that are not ours.
    """

    DIGITS = "digits"
    URLS = "urls"
    EMAILS = "e-mails"
    PLACEHOLDERS = "placeholders"
    HANDLES = "handles"
    MARKUP = "markup"
    LETTERS = "letters"
    NAMES = "names"
    STRUCTURE = "structure"
    ENCODING = "encoding"
    LINE_ENDS = "line-ends"


def as_written(text: str) -> str:
    """The escape of a container that has none: the text itself."""
    return text


@dataclass(frozen=True, slots=True)
class Item:
    """The entry of a feed that a segment belongs to; what the feed does not say is ""."""

    guid: str = ""
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Readable text and the map back to where it stands in the document.

    `address` says where it is in the words of the format ("/items/3/title", "cue 12"), "" when the
    document is one text. `lang` and `source_lang` are the format's own word on the languages,
    `original` is the aligned text it was translated from, where there is one. `escape` writes new
    text as its container needs it: `&amp;` in XML, `\\"` in JSON. `locked` says why nothing may be
    repaired in it, "" when it may: what is found there is reported all the same.
    """

    text: str
    map: OffsetMap
    lang: str | None = None
    role: Role = Role.BODY
    address: str = ""
    original: str | None = None
    source_lang: str | None = None
    item: Item | None = None
    escape: Callable[[str], str] = as_written
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place in a document that its format cannot read; the rest of the document is read."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a document are read and written back.

    `bom` is the byte order mark as bytes; `undecodable` the places (code points of the text) of
    bytes that the encoding does not know, kept as lone surrogates U+DC80 to U+DCFF.
    """

    name: str = "utf-8"
    bom: bytes = b""
    undecodable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a document that is a part of a file knows of the rest of it.

    `records` are those before it as its format counts them (lines, rows), `shared` is what the format
    has learnt from the whole file; `byte` is where it begins in a file that is read piece by piece,
    without the byte order mark.
    """

    records: int
    shared: object
    byte: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The smallest thing that can be rewritten alone: a file, a line of JSON Lines, a table row.

    `lang` is the language that it is in, `source_lang` the one it was translated from, `original`
    the text that it was translated from; None where nobody said so. `fields` names what is read in
    formats with fields (JSON Pointers, columns), () for all of it. `troubles` and `segments` are
    filled by the format. `part` is set when it is only a part of a file: whole lines, whole rows.
    """

    uri: str
    text: str
    format: str = "plain"
    lang: str | None = None
    source_lang: str | None = None
    original: str | None = None
    encoding: Encoding = Encoding()
    fields: tuple[str, ...] = ()
    segments: Sequence[Segment] = ()
    troubles: tuple[Trouble, ...] = ()
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is learnt from the untouched document before anything is repaired.

    `date` is the day that the document says it is from: a repair may remove the line that says it.
    """

    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a hit, in segment coordinates; applied whole or not at all.

    `do` is what it does, a word that the rule's `fix` can name (delete, map, gloss …): the rule
    decides how far that is trusted. `title` is a phrase that a button could carry. `claim` is what
    the repair is founded on where that can be checked afterwards: the chain of encodings, the words
    that say the same.
    """

    do: str
    edits: tuple[Edit, ...]
    title: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector yields, in segment coordinates.

    `details` fill the {placeholders} of the rule's message; `evidence` says in one line why;
    `confidence` is between 0 and 1. No repair means that none is known.
    """

    span: Span
    repairs: tuple[Repair, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair in document coordinates, with the trust that the rule has in it.

    `changes` is what the rule says that the repair may change, `claim` what `verify` checks.
    """

    do: str
    edits: tuple[Edit, ...]
    safety: Safety
    title: str
    because: str = ""
    changes: tuple[Invariant, ...] = ()
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect in a document, ready to be shown.

    `span` is in code points of the document, `position` and `end` are the same for people. `fix` is
    the repair to prefer, `alternatives` are the others, best first. `fingerprint` survives moved
    lines and renamed files.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    match: str
    position: Position
    end: Position
    lang: str
    address: str = ""
    item: Item | None = None
    evidence: str = ""
    confidence: float = 1.0
    fix: Fix | None = None
    alternatives: tuple[Fix, ...] = ()
    fingerprint: str = ""

    @property
    def family(self) -> str:
        """The folder of the rule: "quotes" of "quotes/unpaired"."""
        return self.rule.partition("/")[0]

    @property
    def hull(self) -> Span:
        """From the first to the last code point that it or one of its repairs speaks of."""
        fixes = (self.fix, *self.alternatives) if self.fix else ()
        spans = [self.span, *(edit.span for fix in fixes for edit in fix.edits)]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A fix that was allowed and yet not applied, and why."""

    finding: Finding
    reason: str


class By(StrEnum):
    """Where it is said that a finding is not to be reported."""

    COMMENT = "comment"
    SIC = "sic"
    SIDECAR = "sidecar"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not reported, and why. `entry` is the number in the side-car file, else -1."""

    finding: Finding
    by: By
    reason: str = ""
    entry: int = -1


Text = str | Excerpts
"""The text of a file, or, when it is too large to be held, what reports show of it."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Whole lines of a file as they were and as they are now, from line `line` on (from 1)."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What happened to one file. `error` is set when it could not be read or written.

    `findings` are what remains and `suppressed` what is not to be reported, in the coordinates of the
    file as it is now; `applied` are in the coordinates of the file as it was. `encoding` is how the file
    is read and written. `hunks` are what changes, with three lines around it, when the texts are excerpts
    and nothing is written.
    """

    uri: str
    findings: tuple[Finding, ...] = ()
    applied: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    before: Text = ""
    after: Text = ""
    error: str = ""
    warning: str = ""
    seconds: float = 0.0
    suppressed: tuple[Silenced, ...] = ()
    encoding: Encoding = Encoding()
    hunks: tuple[Hunk, ...] = ()

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a rule says of itself, for reports that show it; `severity` is the one that it ran with."""

    id: str
    title: str
    why: str
    severity: Severity
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All files of a run, in the order in which they were named, and what its rules say."""

    files: tuple[FileReport, ...]
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)

    @property
    def findings(self) -> Iterator[Finding]:
        for file in self.files:
            yield from file.findings

    @property
    def applied(self) -> Iterator[Finding]:
        for file in self.files:
            yield from file.applied

    @property
    def suppressed(self) -> Iterator[Silenced]:
        for file in self.files:
            yield from file.suppressed


def fingerprint(rule: str, match: str, before: str, after: str) -> str:
    """A name for a finding that survives moved lines: its rule, its text, 40 code points around in its line.

    White space is normalised before it is cut, so `before` and `after` may be longer than that.

    >>> fingerprint("quotes/unpaired", "”", "in Southeast  Asia, ", "the") == fingerprint(
    ...     "quotes/unpaired", "”", "in Southeast Asia, ", "the")
    True
    """
    line = (
        before.replace("\r", "\n").rpartition("\n")[2],
        after.replace("\r", "\n").partition("\n")[0],
    )
    match, before, after = (" ".join(text.split()) for text in (match, *line))
    parts = (rule, match, before[-40:], after[:40])
    joined = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return sha256(joined).hexdigest()[:32]
