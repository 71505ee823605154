"""Which marks make a pair in a language, and what it costs when they do not quite.

A *style* is a pair of marks; a language has several, most usual first (`Language.quotes`). Every
judgement about two glyphs is made here and only here: `Customs.pair` says which style two marks
were meant to make and how far they are from it.

A cost is a number without unit: 0 is perfect print, 3 (`LOST`) is a mark whose partner is missing.
What a slip costs says how readily the search believes in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleaner.languages import Language
from cleaner.values import dataclass

LOST = 3.0  # a mark without partner
STRAY = 3.4  # a mark that nobody wanted
LONE = 0.3  # a closing mark that opens and has no partner: engines write ” before a word

# What is wrong with one mark of a pair
REVERSED = 1.0  # ”x for “x
STRAIGHT = 1.1  # "x” for “x”
CURLED = 1.3  # “x" for "x"
FAKE = 0.6  # ``x'' for “x”
OTHER = 1.3  # »x” for “x”
SINGLE = 2.0  # 'x” for “x”
SINGLED = 2.6  # "x’ for ‘x’
SECOND = 0.6  # how much of its cost the lesser of two slips in one pair adds
APART = 99.0  # a bracket of a title and a quotation mark: never a pair
FOREIGN = 1.4  # »x« in English: a pair, but not one of ours

# Which style was meant, when several are possible
UNUSED = 0.5  # a style that the text at hand does not use, though it uses another
TYPED = 0.6  # straight marks where the text shows none: a repair had better be typographic
RANK = 0.02  # each place further down the list of the language
INNER = 0.1  # the style of quotations inside quotations
SAME = 0.4  # a quotation inside one with the same marks

# Marks typed with signs that are no quotation marks → whether they open, close or do both.
FAKES = {"``": "open", ",,": "open", "<<": "open", ">>": "close"} | dict.fromkeys(
    ("''", "´´", "‘‘", "’’"), "both"
)
SINGLES = frozenset("'‘’‚‛‹›＇׳")
STRAIGHTS = frozenset("\"'＂＇")
TWO_WAY = frozenset("\"'＂＇״׳")
TITLES = frozenset("《》〈〉")  # brackets of titles in Chinese, marks only among themselves

# Hebrew is printed with the straight mark, whatever CLDR prefers: 395 of 396 marks in the human
# translations that the project measures on.
_STRAIGHT_FIRST = frozenset({"he", "yi"})

# Pairs in print somewhere: two of them together are a style, though perhaps not ours.
_PAIRS_OF_THE_WORLD = frozenset(
    ("“”", "„“", "„”", "””", "‟”", "«»", "»«", "»»", "「」", "『』", "〝〞", "〝〟", "＂＂", "״״")
) | {"‘’", "‚‘", "‚’", "‹›", "›‹"}


@dataclass(frozen=True, slots=True)
class Style:
    """A pair of marks and the space that belongs between them and the words."""

    open: str
    close: str
    pad: str = ""

    @property
    def single(self) -> bool:
        return self.open in SINGLES


@dataclass(frozen=True, slots=True)
class Match:
    """What two marks were meant to be, the cost, and what is wrong with each of them:
    "" (nothing), reversed, mixed, fake or foreign."""

    style: Style
    cost: float
    opener: str = ""
    closer: str = ""


class Customs:
    """The styles of a language, weighed by what the text at hand uses.

    `usage` counts each glyph in the text: the style that the text uses elsewhere is the one that
    two doubtful marks were meant to make. `pad` is the space that the text sets inside « ».
    """

    def __init__(self, language: Language, usage: Mapping[str, int], pad: str = "\u00a0") -> None:
        self.language = language
        self.usage = usage
        self.pad = pad
        self.nested, self._spaced, self._opening, self._closing = _roles_of_marks(language)
        self.pads = bool(self._spaced)
        # All that follows from what the text uses, shared by all texts that use it alike.
        seen = tuple(map(self._seen, accepted(language)))
        self.styles = _weighed(language, seen)
        costs = tuple(cost for _, cost in self.styles)
        self._pairs, self._directions = _follows(language, costs, tuple(count < 2 for count in seen))

    def _seen(self, style: Style) -> int:
        """How many pairs of a style the text can hold; a gershayim shows how straight marks are typed."""
        opened, closed = self.usage.get(style.open, 0), self.usage.get(style.close, 0)
        if style.open != style.close:
            return min(opened, closed)
        gershayim = self.language.tag in _STRAIGHT_FIRST and style.open in TWO_WAY
        return (opened + gershayim) // 2

    def opens(self, glyph: str) -> bool:
        """Whether some accepted style opens with this glyph."""
        return glyph in self._opening or FAKES.get(glyph) in ("open", "both")

    def closes(self, glyph: str) -> bool:
        """Whether some accepted style closes with this glyph."""
        return glyph in self._closing or FAKES.get(glyph) in ("close", "both")

    def spaced(self, glyph: str) -> bool:
        """Whether words stand off from this mark, as in French « x »."""
        return glyph in self._spaced

    def direction(self, glyph: str, *, opener: bool) -> float:
        """What it costs that a lone mark opens (or closes)."""
        cost = self._directions.get((glyph, opener))
        if cost is None:
            cost = self._directions[glyph, opener] = self._direction(glyph, opener=opener)
        return cost

    def _direction(self, glyph: str, *, opener: bool) -> float:
        fits = [cost for style, cost in self.styles if glyph == (style.open if opener else style.close)]
        if fits:
            return min(*fits, LONE)
        if opener and self.closes(glyph):
            return LONE
        return 0.0 if FAKES.get(glyph) == ("open" if opener else "close") else REVERSED

    def nest(self, outer: str, inner: str, depth: int) -> float:
        """What it costs to open `inner` inside an open `outer`, the `depth`-th level."""
        cost = 0.0 if depth < 2 else 1.0
        if (outer, inner) in self.nested or outer in FAKES or inner in FAKES:
            return cost
        if outer == inner:
            return cost + (1.5 if outer in STRAIGHTS else 0.8)
        return cost + (0.1 if (outer in SINGLES) != (inner in SINGLES) else 0.3)

    def usual(self, glyph: str, *, opener: bool) -> Style:
        """The style that a lone mark belongs to."""
        fits = [item for item in self.styles if glyph == (item[0].open if opener else item[0].close)]
        return _cheapest(fits or [item for item in self.styles if item[0].single == (glyph in SINGLES)])

    def pair(self, opener: str, closer: str, inside: str = "") -> Match:
        """The best understanding of two marks as a pair; `inside` is the mark that is open around it.

        >>> from cleaner.languages import lookup
        >>> german = Customs(lookup("de"), {})
        >>> german.pair("„", "“").cost, german.pair("„", '"').closer
        (0.0, 'mixed')
        >>> german.pair("``", "''", inside="„").style.open
        '‚'
        """
        key = (opener, closer, inside)
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = self._match(opener, closer, inside)
        return found

    def _match(self, opener: str, closer: str, inside: str) -> Match:
        if (opener in TITLES) != (closer in TITLES):
            return Match(self.usual(opener, opener=True), APART)
        matches = [self._fit(style, cost, opener, closer, inside) for style, cost in self.styles]
        best = min(matches, key=lambda match: match.cost)
        if opener + closer not in _PAIRS_OF_THE_WORLD or not self._abroad(best):
            return best
        single = opener in SINGLES
        ours = _cheapest(
            [
                item
                for item in self.styles
                if item[0].single == single
                and item[0].open not in TITLES
                and (item[0].open, item[0].close) != (closer, opener)
            ]
        )
        left = "foreign" if opener != ours.open else ""
        right = "foreign" if closer != ours.close else ""
        return Match(ours, FOREIGN, left, right)

    def _fit(self, style: Style, cost: float, opener: str, closer: str, inside: str) -> Match:
        """Two marks taken as this style."""
        nested = (inside, style.open) in self.nested
        if nested:
            cost = 0.0
        if inside == style.open:
            cost += SAME
        left, left_cost = _slip(opener, style.open, style.close, nested)
        right, right_cost = _slip(closer, style.close, style.open, nested)
        both = max(left_cost, right_cost) + SECOND * min(left_cost, right_cost)
        return Match(style, cost + both, left, right)

    def _abroad(self, best: Match) -> bool:
        """Whether a pair known elsewhere is more likely that than the best slip of ours."""
        slips = {best.opener, best.closer}
        if slips == {"reversed"}:
            return best.style != self.styles[0][0] and self._seen(best.style) < 2
        if slips == {"", "reversed"}:
            return False
        return best.cost > FOREIGN or ("mixed" in slips and best.cost > STRAIGHT)


def _cheapest(items: list[tuple[Style, float]]) -> Style:
    return min(items, key=lambda item: item[1])[0]


def _slip(glyph: str, wanted: str, other: str, nested: bool) -> tuple[str, float]:
    """What is wrong with `glyph` where `wanted` should be, and the cost; `other` is its partner."""
    if glyph == wanted:
        return "", 0.0
    if glyph in FAKES:
        return "fake", FAKE + (SINGLE if wanted in SINGLES and not nested else 0.0)
    if glyph == other:
        return "reversed", REVERSED
    if (glyph in SINGLES) != (wanted in SINGLES):
        return "mixed", SINGLE if glyph in SINGLES else SINGLED
    if (glyph in STRAIGHTS) != (wanted in STRAIGHTS):
        return "mixed", STRAIGHT if glyph in STRAIGHTS else CURLED
    return "mixed", OTHER


@lru_cache(maxsize=64)
def _roles_of_marks(
    language: Language,
) -> tuple[frozenset[tuple[str, str]], frozenset[str], frozenset[str], frozenset[str]]:
    """Which marks stand inside which, and the marks that are spaced, that open and that close."""
    styles = accepted(language)
    return (
        frozenset((quote.open, quote.inner_open) for quote in language.quotes if quote.inner_open),
        frozenset(mark for style in styles if style.pad for mark in (style.open, style.close)),
        frozenset(style.open for style in styles),
        frozenset(style.close for style in styles),
    )


@lru_cache(maxsize=512)
def _weighed(language: Language, counts: tuple[int, ...]) -> tuple[tuple[Style, float], ...]:
    """Each style with the cost of supposing that it was meant; `counts` are the pairs that a text can hold."""
    styles = accepted(language)
    seen = {
        (style.open, style.close): count
        for style, count in zip(styles, counts, strict=True)
        if not style.single and style.open not in TITLES
    }
    most = max(seen.values(), default=0)
    within = {
        (quote.inner_open, quote.inner_close)
        for quote in language.quotes
        if most and seen.get((quote.open, quote.close)) == most
    }
    straight_first = language.tag in _STRAIGHT_FIRST
    weighed = []
    for rank, style in enumerate(styles):
        share = seen.get((style.open, style.close), 0) / most if most else 0.0
        cost = RANK * rank + (UNUSED * (1 - share) if most else 0.0)
        if style.single or (style.open, style.close) in within:
            cost = INNER
        elif style.open in STRAIGHTS and not share:
            cost = 0.0 if straight_first and not most else cost + (0.0 if straight_first else TYPED)
        elif straight_first and not most:
            cost += INNER
        weighed.append((style, cost))
    return tuple(weighed)


@lru_cache(maxsize=256)
def _follows(
    language: Language, costs: tuple[float, ...], twice: tuple[bool, ...]
) -> tuple[dict[tuple[str, str, str], Match], dict[tuple[str, bool], float]]:
    """What is remembered of a language whose styles have some costs: see `Customs.pair`, `Customs.direction`."""
    return {}, {}


@lru_cache(maxsize=64)
def accepted(language: Language) -> tuple[Style, ...]:
    """All pairs that are right in a language, outer before inner, without repetition.

    Where we do not know the customs, the commonest styles of the world are.

    >>> from cleaner.languages import lookup
    >>> [style.open + style.close for style in accepted(lookup("ru"))][:3]
    ['«»', '„“', '“”']
    """
    spaces = {"nbsp": "\u00a0", "space": " "}
    outer = [Style(q.open, q.close, spaces.get(q.spaced, "")) for q in language.quotes]
    inner = [Style(q.inner_open, q.inner_close) for q in language.quotes if q.inner_open]
    if not outer:
        outer = [Style(pair[0], pair[1]) for pair in ("“”", '""', "«»", "„“", "‘’", "''")]
    found: dict[tuple[str, str], Style] = {}
    for style in (*outer, *inner):
        found.setdefault((style.open, style.close), style)
    return tuple(found.values())
