"""From a reading to defects: which mark is broken, how, and what would make it right.

One mark, one defect: when a mark is both the wrong way round and wrongly spaced, the graver one
names it and its repair mends both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleaner.detectors.pairs import doubts, gate, places
from cleaner.detectors.pairs.customs import STRAIGHTS, Customs, Style
from cleaner.detectors.pairs.doubts import is_at_home, is_between_marks, is_certain, skip, skip_back
from cleaner.detectors.pairs.marks import GAP, Mark, find
from cleaner.detectors.pairs.search import Kind, Role, read
from cleaner.languages import Language, alphabet
from cleaner.model import Repair
from cleaner.offsets import Edit, Span
from cleaner.text.recent import recent
from cleaner.values import dataclass, field

_PAD = re.compile("«([ \u00a0\u202f]?)")
_INCH = re.compile(r'\d\s?"')
_NO_BREAK = ("\u00a0", "\u202f")
_GLYPHS = frozenset("\"“”„«»「」『』〝〟״‘’‚‹›'《》〈〉")
# A line ends where any of these stands; \r\n stays as it is, so that offsets do.
_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_ODD_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_SLIPS = {"inner": "spaced", "side": "detached"}
_GERSHAYIM = "\u05f4"
_ACTIONS = {"spaced": "respace", "detached": "respace", "doubled": "single"}


@dataclass(frozen=True, slots=True)
class Defect:
    """A broken mark: its kind (a rule's `defect`), where, the ways to mend it, and the evidence."""

    kind: str
    span: Span
    repairs: tuple[Repair, ...]
    evidence: str
    confidence: float
    details: Mapping[str, str] = field(default_factory=dict)


@recent(32)
def analyse(text: str, language: Language) -> tuple[Defect, ...]:
    """All defects of the quotation marks in a text, in order.

    >>> from cleaner.languages import lookup
    >>> [(d.kind, d.span) for d in analyse("Он сказал «да", lookup("ru"))]
    [('unpaired', Span(start=10, end=11))]
    """
    # Most texts have none, and the translation of a text takes long.
    own = alphabet.of(language)
    if not _ODD_LINE_ENDS.isdisjoint(own.signs(text)):
        text = _LONE_RETURN.sub("\n", text.translate(_LINE_ENDS))
    found: list[Defect] = []
    customs: Customs | None = None
    unknown = doubts.customs_are_unknown(language)
    letters = doubts.letters_among(text, _GLYPHS) if unknown else frozenset[str]()
    for start, end in gate.windows(text, language):
        if customs is None:
            pads = Counter(_PAD.findall(text)).most_common(1) if "«" in text else ()
            # a mark that is no sign of the text is not there, unless it is ordinary
            usage = {glyph: text.count(glyph) for glyph in own.signs(text) & _GLYPHS | _ordinary(language)}
            if '"' in usage:
                usage['"'] -= len(_INCH.findall(text))
            customs = Customs(language, usage, pads[0][0] if pads else "\u00a0")
        marks = [mark for mark in find(text, start, end, customs) if mark.glyph not in letters]
        empty = [not line.strip() for line in text[start:end].split("\n")]
        defects = _defects(text, marks, read(marks, empty, customs), customs)
        found += (one for one in defects if not (unknown and one.kind in doubts.MATTERS_OF_CUSTOM))
    return tuple(sorted(found, key=lambda defect: defect.span))


@lru_cache(maxsize=64)
def _ordinary(language: Language) -> frozenset[str]:
    """The marks that are everyday characters of a language."""
    return frozenset(filter(alphabet.of(language).has, _GLYPHS))


def _defects(text: str, marks: list[Mark], roles: list[Role], customs: Customs) -> Iterator[Defect]:
    open_now: list[int] = []
    for number, (mark, role) in enumerate(zip(marks, roles, strict=True)):
        match role.kind:
            case Kind.OPEN if role.partner >= 0:
                around = marks[open_now[-1]].glyph if open_now else ""
                yield from _paired(text, mark, marks[role.partner], around, customs)
                open_now.append(number)
            case Kind.CLOSE:
                while open_now and open_now.pop() != role.partner:
                    pass
                around = marks[open_now[-1]].glyph if open_now else ""
                yield from _paired(text, mark, marks[role.partner], around, customs)
            case Kind.CLOSE_AND_OPEN:
                yield Defect("doubled", Span(mark.start, mark.end), (), "two marks where one can stand", 0.8)
            case Kind.NO_CLOSER | Kind.NO_OPENER:
                yield _lost(text, number, marks, roles, customs)
            case Kind.STRAY:
                delete = Repair("delete", (_without(text, mark),), "delete the mark")
                span = Span(mark.start, mark.end)
                yield Defect("stray", span, (delete,), "neither opens nor closes anything", 0.8)
            case _:
                pass


def _paired(text: str, mark: Mark, partner: Mark, around: str, customs: Customs) -> Iterator[Defect]:
    """A mark that has its partner and may yet be the wrong one, or wrongly spaced."""
    opens = mark.start < partner.start
    first, second = (mark, partner) if opens else (partner, mark)
    match = customs.pair(first.glyph, second.glyph, around)
    slip = mark.opener_slip if opens else mark.closer_slip
    kind = (match.opener if opens else match.closer) or ("doubled" if mark.doubled else _SLIPS.get(slip, ""))
    if not kind or (kind in ("foreign", "fake") and is_at_home(text, first, second, kind, customs)):
        return
    if kind == "foreign" and mark.glyph == _GERSHAYIM:  # looks like ” to every reader; translators keep it
        return
    if kind == "detached" and not customs.language.word_spaces:
        kind = "spaced"  # no space belongs on the other side either
    style = match.style
    wanted = style.open if opens else style.close
    do = _ACTIONS.get(kind, "replace")
    if do == "respace" and (mark.glyph in STRAIGHTS or match.opener or match.closer):
        do = "respace-unsure"
    elif do == "respace" and not is_certain(text, first, second):
        do = "respace-spoken"
    repair = Repair(do, (_rewritten(text, mark, style, opens, slip, customs),), f"write {wanted}")
    if kind == "spaced" and is_between_marks(text, mark, partner, opens):
        return
    side = "opening" if opens else "closing"
    evidence = f"read as the {side} mark of {style.open}…{style.close}"
    yield Defect(
        kind, _span(text, mark, slip, opens), (repair,), evidence, 0.9, {"expected": wanted, "side": side}
    )


def _lost(text: str, number: int, marks: list[Mark], roles: list[Role], customs: Customs) -> Defect:
    """A mark whose partner is missing."""
    mark = marks[number]
    opens = roles[number].kind is Kind.NO_CLOSER
    style = customs.usual(mark.glyph, opener=opens)
    wanted = style.close if opens else style.open
    slip = mark.opener_slip if opens else mark.closer_slip
    torn = mark.clause and not opens
    own = _rewritten(text, mark, style, opens, slip, customs)
    own_edits = (own,) if own.text != text[own.span.slice] else ()
    repairs = [Repair("respace", own_edits, "move the space behind the mark")] if torn else []
    find_places = places.closings if opens else places.openings
    found = find_places(text, number, marks, roles, customs.language)
    pad = customs.pad if style.pad else ""
    for at in found.offsets:
        insertion = Edit(Span(at, at), pad + wanted if opens else wanted + pad)
        title = f"insert {wanted} {_beside(text, at, opens)}"
        do = "insert" if found.only else "insert-one-of"
        repairs.append(Repair(do, tuple(sorted((*own_edits, insertion))), title))
    repairs.append(Repair("delete-unpaired", (_without(text, mark),), "delete the mark"))
    side, missing = ("opening", "closing") if opens else ("closing", "opening")
    return Defect(
        "detached" if torn else "unpaired",
        _torn_span(text, mark) if torn else _span(text, mark, slip, opens),
        tuple(repairs),
        f"no {missing} mark in reach",
        0.85,
        {"expected": wanted, "side": side},
    )


def _span(text: str, mark: Mark, slip: str, opens: bool) -> Span:
    """The mark, with the space that is wrong beside it."""
    if not slip:
        return Span(mark.start, mark.end)
    return Span(mark.start, skip(text, mark.end)) if opens else Span(skip_back(text, mark.start), mark.end)


def _torn_span(text: str, mark: Mark) -> Span:
    """A closing mark at the wrong word, from the comma it was torn from to the end of that word.

    Without a partner to look at, the mark alone would tell a reader nothing.
    """
    start, end = skip_back(text, mark.start), mark.end
    while start and text[start - 1] in ".,;:!?…،，":
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def _rewritten(text: str, mark: Mark, style: Style, opens: bool, slip: str, customs: Customs) -> Edit:
    """The edit that makes a mark what the reading says it is, spaces included.

    Written for an opening mark, `outer` and `inner` being the spaces before and after it; for a
    closing one the two change sides.
    """
    low, high = skip_back(text, mark.start), skip(text, mark.end)
    before, after = text[low : mark.start], text[mark.end : high]
    glyph = style.open if opens else style.close
    outer, inner = (before, after) if opens else (after[::-1], before[::-1])
    pad = customs.pad if style.pad else ""
    if slip:
        inner = ""
    if slip == "side" and customs.language.word_spaces:
        outer = outer or " "
    if pad:
        beyond = text[low - 1 : low] if opens else text[high : high + 1]
        if outer.endswith(_NO_BREAK) and (opens or beyond not in tuple("!?:;")):  # it belonged inside
            outer = outer[:-1] or (
                " " if beyond.isalnum() or (opens and beyond not in ("", "\n", "(")) else ""
            )
        inner = inner or pad
    elif mark.glyph != glyph:
        inner = ""
    new = outer + glyph + inner if opens else inner[::-1] + glyph + outer[::-1]
    return _trimmed(text, low, high, new)


def _trimmed(text: str, low: int, high: int, new: str) -> Edit:
    """The smallest edit that writes `new` in place of text[low:high]."""
    old = text[low:high]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(Span(low + head, high - tail), new[head : len(new) - tail])


def _without(text: str, mark: Mark) -> Edit:
    """Delete a mark and the space that would be one too many."""
    start, end = mark.start, mark.end
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before in GAP and (not after or after in GAP or after in "\n.,;:!?…)]、。，"):
        start -= 1
    elif after and after in GAP and (not before or before == "\n"):
        end += 1
    return Edit(Span(start, end), "")


def _beside(text: str, at: int, opens: bool) -> str:
    """Where a place is, in words."""
    if opens:
        return f"after “{text[max(0, at - 16) : at].rpartition(chr(10))[2]}”"
    return f"before “{text[at : at + 16].partition(chr(10))[0]}”"
