"""Document × rules → findings, in the coordinates of the document, sorted, one a defect.

The engine loads nothing and writes nothing: it gets compiled rules and a document with segments.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from cleaner.detectors import Context, Detect
from cleaner.errors import FormatError, RuleTimeout
from cleaner.gating import Gate
from cleaner.languages import UNDETERMINED, Language, lookup
from cleaner.languages.identify import SAMPLE, as_written, identify, is_bare, sample
from cleaner.model import (
    Document,
    Facts,
    Finding,
    Fix,
    Hit,
    Invariant,
    Repair,
    Safety,
    Segment,
    Severity,
    Trouble,
    fingerprint,
)
from cleaner.offsets import Edit, LineIndex, OffsetMap, Span, SpanIndex
from cleaner.ruleset.schema import Applies
from cleaner.ruleset.selection import Active
from cleaner.text.dating import document_date
from cleaner.text.protect import changed_by
from cleaner.text.recent import make_room
from cleaner.text.visible import excerpt, visible
from cleaner.values import dataclass, replace

# What may hide what, and the order of repairs: each may reveal the next. A rule may be named where it
# belongs elsewhere than its family; families that are not listed (a house's own) come last.
PHASES = (
    ("format", "encoding", "mojibake"),
    ("invisible",),
    ("markup", "entities", "chatter/special-token"),
    ("token",),
    ("punctuation", "spacing"),
    ("brackets",),
    ("quotes",),
    ("mixed", "leftover"),
    ("feed/leading-metadata",),  # before chatter: what announces a translation must open the text
    ("dates", "numbers", "repetition", "chatter", "handles", "consistency"),
    ("feed",),
)
_PHASE = {family: number for number, group in enumerate(PHASES) for family in group}
_AROUND = 120  # more than the 40 that a fingerprint keeps: it normalises white space first
_BREAK = "\n\n"  # between the segments that a rule of the whole document reads as one text
# What the address of a record begins with, in a table, JSON Lines, a feed, a JSON feed: each is a
# document of its own.
_RECORD = re.compile(r"(?:row|line|item) \d+|/items/\d+")
_BRACKETS = "[](){}【】（）"


Choose = Callable[[Language], Sequence[Active]]
"""What gives the rules that run on a text in a language."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a document gives; `timeouts` are the ids of rules that took too long."""

    findings: tuple[Finding, ...]
    timeouts: tuple[str, ...] = ()


def phase(rule: str) -> int:
    """The place of a rule, or of a family, in the order of repairs; lower comes first.

    >>> phase("mojibake") < phase("quotes") < phase("leftover") < phase("our-house")
    True
    """
    family = rule.partition("/")[0]
    return _PHASE.get(rule, _PHASE.get(family, len(PHASES)))


def facts(document: Document) -> Facts:
    """What the untouched document says of itself."""
    return Facts(date=document_date(document.text))


def find(
    document: Document,
    rules: Choose,
    known: Facts,
    allow: frozenset[str] = frozenset(),
    *,
    gates: bool = True,
) -> Found:
    """Every defect of a document, in its own order.

    `known` comes from the document before any repair. Without `gates` every rule looks at every
    text: slower, and the same is found. Raises LanguageError for a declared language that nobody knows.
    """
    make_room(len(document.text))
    lines = LineIndex(document.text)
    findings: list[Finding] = []
    timeouts: list[str] = []
    for view in _views(document, known, allow):
        context = view.context
        gate = _gate(rules(context.target), document.format, context.target, context.source, view.scopes)
        for active, detect in gate.called(view.whole, context) if gates else _all(gate):
            if timeouts and active.id in timeouts:
                continue
            try:
                for hit in detect(view.whole, context):
                    segment, hit = view.place(hit)
                    if segment.text[hit.span.slice].strip(_BRACKETS) in allow:
                        continue
                    if not active.rule.applies.roles or segment.role in active.rule.applies.roles:
                        findings.append(_finding(active, hit, segment, context, document, lines))
            except RuleTimeout:
                timeouts.append(active.id)
    troubles = [_trouble(trouble, lines) for trouble in document.troubles]
    return Found((*troubles, *one_a_defect(findings)), tuple(dict.fromkeys(timeouts)))


def _all(gate: Gate) -> Iterator[tuple[Active, Detect]]:
    """All rules of a gate, whether or not anything calls for them."""
    return ((active, active.detect) for active in gate.all_rules)


_Rules = Sequence[Active]
_GATES: dict[tuple[object, ...], tuple[_Rules, Gate]] = {}
_REMEMBERED = 256  # gates


def _gate(
    rules: _Rules, format: str, target: Language, source: Language | None, scopes: tuple[str, ...]
) -> Gate:
    """The gate of the rules that apply; remembered for rules that are the same object."""
    key = (id(rules), format, target.tag, source and source.tag, scopes)
    remembered = _GATES.get(key)
    if remembered is not None and remembered[0] is rules and remembered[1].is_of(target, source):
        return remembered[1]
    fit = [
        active
        for active in rules
        if active.rule.applies.scope in scopes and _applies(active.rule.applies, format, target, source)
    ]
    gate = Gate(fit, target, source)
    if isinstance(rules, tuple):  # a list may change
        if len(_GATES) >= _REMEMBERED:
            _GATES.clear()
        _GATES[key] = (rules, gate)
    return gate


@dataclass(frozen=True, slots=True)
class _View:
    """What rules read at once: one segment, or several segments of one story joined.

    `whole` is the segment that detectors see; `scopes` are those of the rules that read it. When it is
    joined, `parts` are the numbers of its segments in `segments`, `starts` where each begins in it.
    """

    whole: Segment
    context: Context
    scopes: tuple[str, ...]
    segments: Sequence[Segment] = ()
    parts: Sequence[int] = ()
    starts: Sequence[int] = ()

    def place(self, hit: Hit) -> tuple[Segment, Hit]:
        """A hit in the segment in which it begins.

        What reaches into the next one is cut off: between them lies markup, or another cell of the
        table. A repair that does so is left out.
        """
        if not self.parts:
            return self.whole, hit
        number = bisect_right(self.starts, hit.span.start) - 1
        segment, start = self.segments[self.parts[number]], self.starts[number]
        room = Span(start, start + len(segment.text))
        span = Span(min(hit.span.start, room.end), min(hit.span.end, room.end)).shift(-start)
        repairs = tuple(
            replace(repair, edits=tuple(Edit(edit.span.shift(-start), edit.text) for edit in repair.edits))
            for repair in hit.repairs
            if all(room.covers(edit.span) for edit in repair.edits)
        )
        return segment, replace(hit, span=span, repairs=repairs)


def _views(document: Document, known: Facts, allow: frozenset[str]) -> Iterator[_View]:
    """Every segment, and every story that has more than one, with its languages."""
    segments = document.segments
    source = lookup(document.source_lang) if document.source_lang else None
    if len(segments) == 1:
        (segment,) = segments
        declared = segment.lang or document.lang
        target = as_written(lookup(declared), segment.text) if declared else language_of(document)
        original = lookup(segment.source_lang) if segment.source_lang else source
        yield _View(segment, Context(target, original, known, allow), ("segment", "document"))
        return
    # Of each story the numbers of its segments: they are made when they are read, one by one.
    stories: dict[tuple[str, str, str | None], tuple[Context, array[int]]] = {}
    detected: Language | None = None
    for number, segment in enumerate(segments):
        declared = segment.lang or document.lang
        if declared is None and detected is None:
            detected = language_of(document)
        target = _declared(declared, segment, document) if declared else detected or UNDETERMINED
        original = lookup(segment.source_lang) if segment.source_lang else source
        story = (_story(segment), target.tag, original.tag if original else None)
        if story not in stories:
            stories[story] = (Context(target, original, known, allow), array("q"))
        stories[story][1].append(number)
    for context, members in stories.values():
        scopes = ("segment",) if len(members) > 1 else ("segment", "document")
        for number in members:
            yield _View(segments[number], context, scopes)
        if len(members) > 1:
            yield _joined(segments, members, context)


def language_of(document: Document) -> Language:
    """The language of what declares none in a document, as its readable text shows it: markup is in no language."""
    return identify(sample(one.text for one in document.segments if one.lang is None))


def _declared(tag: str, segment: Segment, document: Document) -> Language:
    """The declared language of a segment, in the script that its story is in."""
    language = lookup(tag)
    if not is_bare(language):
        return language
    story = _story(segment)
    same = (
        other.text
        for other in document.segments
        if (other.lang or document.lang) == tag and _story(other) == story
    )
    return as_written(language, "\n".join(_until(SAMPLE, same)))


def _until(size: int, texts: Iterator[str]) -> Iterator[str]:
    """As many of the texts as it takes to have so many code points."""
    for text in texts:
        yield text
        size -= len(text)
        if size <= 0:
            return


def _story(segment: Segment) -> str:
    """What the segments of one story have in common: the record that they belong to."""
    record = _RECORD.match(segment.address)
    return record[0] if record else ""


def _joined(segments: Sequence[Segment], members: array[int], context: Context) -> _View:
    texts = [segments[number].text for number in members]
    starts, at = array("q"), 0
    for text in texts:
        starts.append(at)
        at += len(text) + len(_BREAK)
    whole = _BREAK.join(texts)
    segment = Segment(whole, OffsetMap.identity(len(whole)))
    return _View(segment, context, ("document",), segments, members, starts)


def one_a_defect(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings in the order of the text; of those that speak of one defect, the best.

    Two speak of one defect when one covers at least half of the other: then the family whose repair
    comes first wins (mojibake hides leftovers), then the worse severity, then the confidence.
    """
    kept: list[Finding] = []
    near = SpanIndex()
    for finding in sorted(findings, key=_rank):
        if not any(_same_defect(finding.span, other) for other in near.around(finding.span)):
            kept.append(finding)
            near.add(finding.span)
    yield from sorted(kept, key=lambda f: (f.span, f.rule))


def _rank(finding: Finding) -> tuple[int, int, float, Span, str]:
    return (phase(finding.rule), finding.severity.rank, -finding.confidence, finding.span, finding.rule)


def _same_defect(one: Span, other: Span) -> bool:
    if not one.size or not other.size:
        return one == other
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared * 2 >= one.size


def _applies(applies: Applies, format: str, target: Language, source: Language | None) -> bool:
    return (
        (not applies.lang or _speaks(target, applies.lang))
        and not _speaks(target, applies.not_lang)
        and (not applies.source or (source is not None and _speaks(source, applies.source)))
        and (not applies.formats or format in applies.formats)
        and format not in applies.not_formats
    )


def _speaks(language: Language, tags: Sequence[str]) -> bool:
    """Whether one of `tags` is the language or what it is a variety of."""
    return any(language.tag == tag or language.tag.startswith(tag + "-") for tag in tags)


def _finding(
    active: Active, hit: Hit, segment: Segment, context: Context, document: Document, lines: LineIndex
) -> Finding:
    pieces = segment.map.to_source(hit.span)
    span = Span(pieces[0].start, pieces[-1].end)
    text = document.text
    found = segment.text[hit.span.slice]
    details = {
        "language": context.target.name,
        "source_language": context.source.name if context.source else "source",
        **{name: excerpt(value) for name, value in hit.details.items()},
        "found": excerpt(found),
    }
    fixes = tuple(_fixes(active, hit, segment, document.encoding.name))
    return Finding(
        rule=active.id,
        severity=active.severity,
        message=visible(active.rule.message.format_map(details)),
        span=span,
        match=found,
        position=lines.position(span.start),
        end=lines.position(span.end),
        lang=context.target.tag,
        address=segment.address,
        item=segment.item,
        evidence=hit.evidence,
        confidence=hit.confidence,
        fix=fixes[0] if fixes else None,
        alternatives=fixes[1:],
        fingerprint=fingerprint(
            active.id,
            found,
            text[max(0, span.start - _AROUND) : span.start],
            text[span.end : span.end + _AROUND],
        ),
    )


def _trouble(trouble: Trouble, lines: LineIndex) -> Finding:
    """A place that the format cannot read, as a finding; no rule is behind it."""
    span = trouble.span
    around = lines.text[max(0, span.start - _AROUND) : span.start], lines.text[span.end : span.end + _AROUND]
    match = lines.text[span.slice]
    return Finding(
        rule="format/broken",
        severity=Severity.ERROR,
        message=trouble.message,
        span=span,
        match=match,
        position=lines.position(span.start),
        end=lines.position(span.end),
        lang="und",
        fingerprint=fingerprint("format/broken", match, *around),
    )


def _fixes(active: Active, hit: Hit, segment: Segment, encoding: str) -> Iterator[Fix]:
    """The repairs that the rule trusts, in its order of preference."""
    for number, trusted in enumerate(active.rule.fix):
        for repair in hit.repairs:
            if repair.do == trusted.do:
                safety, because = active.trust(number), trusted.because
                if active.is_guarded and (reason := _changes(repair, trusted.changes, segment.text)):
                    safety, because = Safety.MANUAL, reason
                yield _fix(repair, safety, because, trusted.changes, segment, encoding)


_STATED = {
    "address": (Invariant.URLS, "address"),
    "domain": (Invariant.URLS, "address"),
    "e-mail": (Invariant.EMAILS, "e-mail address"),
    "placeholder": (Invariant.PLACEHOLDERS, "placeholder"),
}
_HANDLE = (Invariant.HANDLES, "handle")


def _changes(repair: Repair, may_change: tuple[Invariant, ...], text: str) -> str:
    """Why a repair of a house's rule would be taken back; "" when it leaves addresses, handles … alone."""
    found = changed_by(text, repair.edits)
    if found is None:
        return ""
    kind, noun = _STATED.get(found[1], _HANDLE)
    return "" if kind in may_change else f"it would lose the {noun} “{excerpt(text[found[0].slice])}”"


def _fix(
    repair: Repair,
    safety: Safety,
    because: str,
    changes: tuple[Invariant, ...],
    segment: Segment,
    encoding: str,
) -> Fix:
    edits: list[Edit] = []
    for span, text in repair.edits:
        pieces = segment.map.to_source(span)
        try:
            written = segment.escape(text) if text else ""
            written.encode(encoding, "surrogateescape")
        except FormatError as error:  # the container cannot hold it: shown, never made
            written, safety, because = text, Safety.MANUAL, error.message
        except UnicodeEncodeError:
            written, safety, because = text, Safety.MANUAL, f"the file is {encoding} and cannot hold it"
        if not text and "\n" in segment.text[span.slice] and not _is_plain(segment, span):
            # What stands after the break, the > of a quotation, would be left in the middle of a line.
            safety, because = Safety.MANUAL, "the line break belongs to the markup"
        if len(pieces) > 1 and text:
            safety, because = Safety.MANUAL, "markup lies between the pieces of the text"
            edits.append(Edit(Span(pieces[0].start, pieces[-1].end), written))
        else:
            edits += (Edit(piece, written) for piece in pieces)
    if segment.locked:
        safety, because = Safety.MANUAL, segment.locked
    title = repair.title or repair.do
    return Fix(repair.do, tuple(edits), safety, title, visible(because), changes, repair.claim)


def _is_plain(segment: Segment, span: Span) -> bool:
    """Whether no markup lies in a span or at its ends."""
    wide = Span(max(0, span.start - 1), min(len(segment.text), span.end + 1))
    return len(segment.map.to_source(wide)) == 1


def renumbered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings whose fingerprints are unique: a second copy of one gets a counter.

    Reports that key on the fingerprint drop entries that share one.
    """
    seen: dict[str, int] = {}
    out: list[Finding] = []
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        name = finding.fingerprint if count == 1 else f"{finding.fingerprint}-{count}"
        out.append(replace(finding, fingerprint=name))
    return tuple(out)
