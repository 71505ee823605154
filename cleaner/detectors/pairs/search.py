"""The most plausible reading of a row of marks: which opens, which closes what, which is neither.

A beam search from left to right. A state is the stack of open quotations; each mark may open one,
close one, lack its partner, continue a quotation at a new paragraph, be a stray or be no mark at
all; each choice has its cost, and among states with the same stack only the cheapest lives on. The
reading with the lowest sum is the one in which the text has the fewest and likeliest slips.

Cost: some 100 small steps a mark, so sound text is told apart before (see `gate.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from heapq import nsmallest
from typing import NamedTuple

from cleaner.detectors.pairs.customs import LOST, STRAY, Customs
from cleaner.detectors.pairs.marks import Mark

WIDTH = 20  # states that live on after each mark
DEPTH = 3  # quotations inside quotations

DOUBLED = 0.8  # ““x” for “x”
EMPTY = 0.6  # "" alone: an empty string, no quotation
BETWEEN = 1.2  # one doubled mark closes a quotation and opens the next
TWO_ENDS = 0.3  # one doubled mark closes two quotations
CARRY = 0.9  # a quotation that goes on in the next line
CARRY_BLANK = 0.5  # … over an empty line, in addition
CONTINUED = 0.2  # an opening mark repeated at the start of a paragraph
MIDWAY = 0.6  # … of a quotation that began in the middle of a line
FAR = 0.2  # 400 or more characters between the marks of a pair
WITHIN = 0.3  # a mark without partner inside another quotation
AWAITED = 1.2  # an apostrophe where a single mark is open
ELIDED = 0.7  # a likely apostrophe that would be a mark: workers’.
POSSESSIVE = 1.6  # … in the middle of a sentence: workers’ choice
UNFINISHED = 9.0  # left open at the end: dearer than having known it from the start


class Kind(Enum):
    """What a mark is in a reading."""

    OPEN = "opens"
    CLOSE = "closes"
    CLOSE_TWO = "closes two"
    CLOSE_AND_OPEN = "closes one and opens another"
    GOES_ON = "continues"
    NO_CLOSER = "opens and is never closed"
    NO_OPENER = "closes what never opened"
    STRAY = "neither opens nor closes"
    NO_MARK = "is no quotation mark"


class Role(NamedTuple):
    """What one mark is, and the number of the mark that it belongs to (-1: none)."""

    kind: Kind
    partner: int = -1


class Quote(NamedTuple):
    """An open quotation: its opening mark, and the last mark that continued it."""

    opener: int
    last: int


Stack = tuple[Quote, ...]


class Trail(NamedTuple):
    """The roles given so far, last first."""

    number: int
    role: Role
    before: Trail | None


class State(NamedTuple):
    cost: float
    trail: Trail | None


Beam = dict[Stack, State]


def read(marks: list[Mark], empty: list[bool], customs: Customs) -> list[Role]:
    """The role of each mark in the cheapest reading; `empty` tells of each line whether it is.

    >>> from cleaner.detectors.pairs.marks import find
    >>> from cleaner.languages import lookup
    >>> customs = Customs(lookup("de"), {})
    >>> marks = list(find("Er sagte „ja“ und „nein.", 0, 24, customs))
    >>> [role.kind.value for role in read(marks, [False], customs)]
    ['opens', 'closes', 'opens and is never closed']
    """
    beam: Beam = {(): State(0.0, None)}
    line = 0
    for number, mark in enumerate(marks):
        while line < mark.line:
            line += 1
            beam = _next_line(beam, empty[line])
        grown: Beam = {}
        alone = _Alone(mark, customs)
        for stack, state in beam.items():
            _keep(grown, stack, *alone.cheapest(state.cost, stack, marks), number, state.trail)
            for after, cost, role in _choices(number, stack, marks, empty, customs):
                _keep(grown, after, state.cost + cost, role, number, state.trail)
        if len(grown) > WIDTH:
            grown = dict(
                nsmallest(WIDTH, grown.items(), key=lambda item: item[1].cost + LOST / 2 * len(item[0]))
            )
        beam = grown
    ends = [_give_up(stack, state, UNFINISHED) for stack, state in beam.items()]
    return _roles(min(ends, key=lambda state: state.cost).trail, len(marks))


def _keep(beam: Beam, stack: Stack, cost: float, role: Role, number: int, trail: Trail | None) -> None:
    """Add a state in which a mark has a role, unless a cheaper one has the same stack."""
    known = beam.get(stack)
    if known is None or cost < known.cost:
        beam[stack] = State(cost, Trail(number, role, trail))


_NO_MARK, _STRAY = Role(Kind.NO_MARK), Role(Kind.STRAY)
_NO_CLOSER, _NO_OPENER, _OPEN = Role(Kind.NO_CLOSER), Role(Kind.NO_OPENER), Role(Kind.OPEN)


class _Alone:
    """What a mark may be without a partner, which leaves every stack as it is: of these only the cheapest
    can live on."""

    __slots__ = ("_inside", "_outside", "_waits", "mark")

    def __init__(self, mark: Mark, customs: Customs) -> None:
        self.mark = mark
        self._waits = mark.glyph == "’" and mark.other > 0.1
        self._outside = tuple(self._costs(0.0, customs))
        self._inside = tuple(self._costs(WITHIN, customs))

    def _costs(self, within: float, customs: Customs) -> Iterator[tuple[float, Role]]:
        mark, glyph = self.mark, self.mark.glyph
        if not mark.single or mark.other > 0.5:
            lost = LOST + DOUBLED * mark.doubled + within
            yield STRAY + within + 0.3 * mark.single, _STRAY
            yield lost + mark.opener + customs.direction(glyph, opener=True), _NO_CLOSER
            yield lost + mark.closer + customs.direction(glyph, opener=False), _NO_OPENER

    def cheapest(self, before: float, stack: Stack, marks: list[Mark]) -> tuple[float, Role]:
        """The cost of all with it, and the role; of two that cost the same the first."""
        waited = self._waits and bool(stack) and marks[stack[-1].opener].glyph == "‘"
        best, role = before + (self.mark.other + AWAITED * waited), _NO_MARK
        for cost, other in self._inside if stack else self._outside:
            if before + cost < best:
                best, role = before + cost, other
        return best, role


def _add(beam: Beam, stack: Stack, state: State) -> None:
    """Add a state unless a cheaper one has the same stack."""
    known = beam.get(stack)
    if known is None or state.cost < known.cost:
        beam[stack] = state


def _next_line(beam: Beam, empty: bool) -> Beam:
    """The states after a line break: what is open is carried on, a continued quotation may end."""
    after: Beam = {}
    for stack, state in beam.items():
        _add(after, stack, State(state.cost + (CARRY + CARRY_BLANK * empty) * len(stack), state.trail))
        if stack and stack[0].opener != stack[0].last:
            _add(after, (), _give_up(stack, state, LOST))
    return after


def _give_up(stack: Stack, state: State, unfinished: float) -> State:
    """A state in which everything open lacks its closing mark; a continued quotation lacks it where
    it was continued last."""
    cost, trail = state
    for quote in stack:
        if quote.last == quote.opener:
            cost, trail = cost + unfinished, Trail(quote.opener, Role(Kind.NO_CLOSER), trail)
        else:
            trail = Trail(quote.opener, Role(Kind.GOES_ON), trail)
            cost, trail = cost + LOST, Trail(quote.last, Role(Kind.NO_CLOSER, quote.opener), trail)
    return State(cost, trail)


def _roles(trail: Trail | None, size: int) -> list[Role]:
    """The last word on each mark; an opening mark learns which one closes it."""
    roles = [Role(Kind.NO_MARK)] * size
    settled: set[int] = set()
    while trail is not None:
        if trail.number not in settled:
            settled.add(trail.number)
            roles[trail.number] = trail.role
        trail = trail.before
    for number, role in enumerate(roles):
        closes = role.kind in (Kind.CLOSE, Kind.CLOSE_AND_OPEN) and role.partner >= 0
        if closes and roles[role.partner].kind is not Kind.CLOSE_AND_OPEN:
            roles[role.partner] = Role(Kind.OPEN, number)
    return roles


def _choices(
    number: int, stack: Stack, marks: list[Mark], empty: list[bool], customs: Customs
) -> Iterator[tuple[Stack, float, Role]]:
    """Each thing that a mark with a partner may be: the stack after it, the cost, the role."""
    mark = marks[number]
    glyph, extra = mark.glyph, DOUBLED * mark.doubled
    top = marks[stack[-1].opener] if stack else None
    likely_apostrophe = mark.single and mark.other < 0.1
    if len(stack) < DEPTH:
        cost = mark.opener + extra + 2 * ELIDED * likely_apostrophe
        cost += customs.nest(top.glyph, glyph, len(stack)) if top else 0.05 * mark.single
        yield (*stack, Quote(number, number)), cost, _OPEN
    if top is None:
        if mark.doubled and mark.glued:
            yield stack, 1.0, Role(Kind.CLOSE_AND_OPEN)  # 那些""的: two marks and nothing between them
        elif mark.doubled:
            yield stack, EMPTY + mark.opener + mark.closer, _NO_MARK  # x = ""
        return
    opener = stack[-1].opener
    match = customs.pair(top.glyph, glyph, marks[stack[-2].opener].glyph if len(stack) > 1 else "")
    cost = match.cost + mark.closer + extra + FAR * min(1.0, (mark.start - top.end) / 400)
    if likely_apostrophe and not top.single:
        cost += POSSESSIVE if mark.possessive else ELIDED
    if opener == number - 1 and top.end == mark.start:
        cost += 1.0  # nothing between them
    yield stack[:-1], cost, Role(Kind.CLOSE, opener)
    if mark.doubled:
        if len(stack) > 1 and marks[stack[-2].opener].glyph == top.glyph:
            yield stack[:-2], match.cost + mark.closer + TWO_ENDS, Role(Kind.CLOSE_TWO, opener)
        yield (*stack[:-1], Quote(number, number)), match.cost + BETWEEN, Role(Kind.CLOSE_AND_OPEN, opener)
    if mark.first and len(stack) == 1:
        yield from _continuations(number, stack[0], marks, empty, customs)


def _continuations(
    number: int, quote: Quote, marks: list[Mark], empty: list[bool], customs: Customs
) -> Iterator[tuple[Stack, float, Role]]:
    """A quotation of several paragraphs repeats its opening mark (in Spanish the closing one) at
    the start of each; every paragraph since the last must have done so."""
    mark, opener, last = marks[number], marks[quote.opener], marks[quote.last]
    if mark.line <= last.line or not all(empty[last.line + 1 : mark.line]):
        return
    if mark.glyph not in (opener.glyph, customs.usual(opener.glyph, opener=True).close):
        return
    blank = mark.line - last.line - 1
    refund = CARRY * (blank + 1) + CARRY_BLANK * blank
    cost = CONTINUED - refund + (0.0 if opener.first else MIDWAY)
    yield (Quote(quote.opener, number),), cost, Role(Kind.GOES_ON, quote.opener)
