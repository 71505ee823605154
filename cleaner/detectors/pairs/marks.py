"""The marks of a text and what their neighbours say about them.

A mark is seen with the character before and the one after. From these two follow three costs: how
well it could open, how well it could close, and how well it could be no quotation mark at all (see
`lookalikes.py`). Nothing is decided here.

An apostrophe inside a word (l’été, п'ять, O'Neill) is not even a mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.detectors.pairs import lookalikes
from cleaner.detectors.pairs.customs import FAKES, SINGLES, TITLES, Customs
from cleaner.offsets import Span
from cleaner.text import anchored, spoken
from cleaner.values import dataclass

INNER = 1.0  # a space between a mark and what it quotes: “ x
WRONG_SIDE = 1.5  # the space stands on the inner side only: said, ”the
GLUED = 1.3  # no space where a word ends: word“word
UNSPACED = 0.5  # any of these where the language writes no spaces between words
KEPT = 0.3  # a space that some writers keep: " x " in French, x ” ， in Chinese
EDGE = 2.5  # an opening mark at the end of a line, a closing one at its beginning
MISPLACED = 1.5  # a comma after an opening mark, a bracket before a closing one
CLAUSE = 0.6  # how much a comma before ` ”word` tells that the mark closes
TORN = 0.8  # … in addition, when the mark cannot open

_MARK = re.compile(
    r"(?<!`)``(?!`)|(?<!´)´´(?!´)|(?<!,),,(?!,)|(?<!<)<<(?!<)|(?<!>)>>(?!>)"
    r"|(?<!')''(?!')|‘‘|’’"
    r'|(["“”„‟«»「」『』〝〞〟＂״《》〈〉‹›])\1*'
    r"|['‘’‚‛]"
)
_FIRST = re.compile("[`´<>'‘’‚‛\"“”„‟«»「」『』〝〞〟＂״《》〈〉‹›]|,(?=,)")  # what each of them begins with
_FIRST_SIGN = re.compile("[`´<>'‘’‚‛\"“”„‟«»「」『』〝〞〟＂״《》〈〉‹›]")
# A mark that is spoken of: '"', («), "'" — three signs that say nothing about pairs.
_MENTION = re.compile("[\"“”„«»‘’'`]")
_MENTIONED_IN = dict(zip("'\"‘“«`([", "'\"’”»`)]", strict=True))
# Any other sign alone in marks says nothing about pairs either: ”!”.
_SIGN_ALONE = re.compile(r"[\"“”„«»‘’'][!?;:.,…&+*/\\=#@%<>()\[\]{}|~^_-][\"“”„«»‘’']")

# Two marks with nothing but “and” between them, in the larger languages: “ and ”, « и », 「 と 」.
_CONJUNCTION = (
    r"(?:and|or|und|oder|et|ou|y|o|e|и|или|й|і|та|або|i|lub|albo|oraz|a|nebo|alebo|ali|ili|en|of|och|eller|og|és"
    r"|vagy|ve|veya|ja|tai|või|un|vai|ir|arba|και|ή|și|sau|&|/|,|、|と|や|和|与|與|或|및|와|과|و|أو|یا|ו|או|और|या)"
)
_ANY = r"[\"“”„«»「」『』《》〈〉‹›‘’‚]"
_SPACE = "[ \u00a0\u202f]"
_BOTH = re.compile(
    rf"(?<![^\s(\[\u3040-\u9fff])({_ANY}){_SPACE}?,?{_SPACE}{_CONJUNCTION}{_SPACE}({_ANY})(?![^\W_])"
)

GAP = " \t\u00a0\u202f\u2009\u3000"
_DASHES = "-‐‑–—―−‒"
_QUOTES = frozenset("\"'“”„‟«»「」『』〝〞〟＂״‘’‚‛‹›`´")
_BEFORE_OPENER = _QUOTES | frozenset("([{（［【〔〈《「『¿¡/\\|=+*_#@~&<>•·●■►→↑…" + _DASHES)
_AFTER_OPENER = frozenset("([{（［【〔《〈「『¿¡…#@$€£¥%+*_&<~№§°" + _DASHES)
_AFTER_CLOSER = frozenset(".,;:!?…)]}）］】〕、。，．；：！？·・/\\|=+*_<>~&#%→>$›" + _DASHES)
_STOPS = frozenset(".,;:!?…。、，！？；：")


@dataclass(slots=True)
class Mark:
    """One mark, code points [start, end), of `glyph`; a doubled one is one mark with `doubled`.

    `opener`, `closer` and `other` are the costs of being that; `opener_slip` and `closer_slip` say
    what would be wrong with the spacing then: "" (nothing), "inner" or "side".
    """

    start: int
    end: int
    glyph: str
    line: int
    doubled: bool = False
    opener: float = 0.0
    closer: float = 0.0
    other: float = lookalikes.NEVER
    opener_slip: str = ""
    closer_slip: str = ""
    first: bool = False  # nothing but spaces before it on its line
    glued: bool = False  # letters on both sides
    possessive: bool = False  # a space and a word after it, as in workers’ choice
    clause: bool = False  # a comma and a space before it, a word after it, and it can only close

    @property
    def single(self) -> bool:
        return self.glyph in SINGLES


def find(text: str, start: int, end: int, customs: Customs) -> Iterator[Mark]:
    """The marks of text[start:end] with their costs, in order.

    >>> from cleaner.languages import lookup
    >>> text = "said, ”the"
    >>> [(m.glyph, m.opener, m.closer_slip) for m in find(text, 0, 10, Customs(lookup("en"), {}))]
    [('”', 0.0, 'side')]
    """
    firsts = [found.start() for found in _first_signs(text).finditer(text, start, end)]
    every = list(anchored.matches(_MARK, text, firsts, end))
    signs = (found.span() for found in anchored.matches(_SIGN_ALONE, text, firsts, end))
    mentions = [span for span in (*_mentions(text, firsts, start, end), *signs) if _stands_alone(text, *span)]
    for found in anchored.matches(_BOTH, text, firsts, end):
        if not customs.spaced(found[1]) or (customs.opens(found[1]) and customs.closes(found[2])):
            mentions += (found.span(1), found.span(2))
    mentions += _spoken_of(text, every, customs)
    mentions.sort(reverse=True)
    line, line_start, seen = 0, start, -1
    for found in every:
        at, stop = found.span()
        while mentions and mentions[-1][1] <= at:
            mentions.pop()
        if mentions and mentions[-1][0] <= at:
            continue
        run = found[0]
        if found[1] and len(run) > 2:
            continue  # a rule or a Python string, no quotation
        glyph = run if run in FAKES else run[0]
        if glyph in TITLES and not (customs.opens(glyph) or customs.closes(glyph)):
            continue  # a bracket in this language
        before, after = text[at - 1 : at] if at > start else "", text[stop : stop + 1] if stop < end else ""
        if glyph in "'’" and before.isalnum() and after.isalnum() and not _ideographic(before + after):
            continue
        newline = text.find("\n", line_start, at)
        while newline >= 0:
            line, line_start = line + 1, newline + 1
            newline = text.find("\n", line_start, at)
        mark = Mark(at, stop, glyph, line, doubled=bool(found[1]) and len(run) == 2)
        mark.first = line != seen and not text[line_start:at].strip()
        seen = line
        _describe(mark, text, before.strip("\n"), after.strip("\n"), customs)
        yield mark


_STOPS_BEFORE = tuple(",.;:!?…")


def _first_signs(text: str) -> re.Pattern[str]:
    return _FIRST if ",," in text else _FIRST_SIGN


def _mentions(text: str, firsts: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The marks between two signs of one pair, with these."""
    done = start
    for at in firsts:
        closing = _MENTIONED_IN.get(text[at - 1]) if at > done else None
        if closing and at + 1 < end and text[at + 1] == closing and _MENTION.match(text, at):
            done = at + 2
            yield at - 1, done


def _spoken_of(text: str, every: list[re.Match[str]], customs: Customs) -> list[tuple[int, int]]:
    """The marks between spaces that are the subject of their line, as in “the mark ” closes”.

    When one of them is, all are that stand alone in its line. In French every mark stands between
    spaces, so there nobody can tell.
    """
    lines: dict[int, list[Span]] = {}
    others: Counter[int] = Counter()
    for found in every:
        span, glyph = Span(*found.span()), found[0]
        line = text.rfind("\n", 0, span.start)
        closes = text[span.start - 1 : span.start] in _STOPS_BEFORE  # ,” closes what it follows
        if len(glyph) == 1 and not customs.spaced(glyph) and not closes and spoken.stands_alone(text, span):
            lines.setdefault(line, []).append(span)
        elif glyph not in SINGLES:
            others[line] += 1
    return [
        (span.start, span.end)
        for line, alone in lines.items()
        if others[line] % 2 == 0  # else one of them has its partner at a word: “ progress”
        and (spoken.names_quotation_marks(text, line + 1) or any(spoken.is_spoken_of(text, s) for s in alone))
        for span in alone
    ]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter and no further mark touches text[start:end]."""
    return not any(
        char.isalnum() or char in _QUOTES for char in text[max(0, start - 1) : start] + text[end : end + 1]
    )


def _describe(mark: Mark, text: str, before: str, after: str, customs: Customs) -> None:
    """Fill in the costs of a mark from its neighbours, "" at the borders of its line."""
    gap = _gap_cost(mark, before, after, customs)
    spaces = customs.language.word_spaces
    side = (WRONG_SIDE if not customs.spaced(mark.glyph) else GLUED) if spaces else UNSPACED
    mark.glued = before.isalpha() and after.isalpha()
    mark.possessive = after.isspace() and text[mark.end + 1 : mark.end + 2].isalpha()
    mark.opener, mark.opener_slip = _as_opener(before, after, gap, side, spaces)
    mark.closer, mark.closer_slip = _as_closer(text, mark.end, before, after, gap, side, spaces)
    if mark.closer_slip == "side":
        last = text[max(0, mark.start - 50) : mark.start].rstrip()[-1:]
        if last and (last in ",،，" or (last in ".!?…" and after.islower())):
            mark.clause = not (mark.single or customs.opens(mark.glyph))
            mark.closer -= CLAUSE + (TORN if mark.clause else 0.0)
    head = text[max(0, mark.start - 16) : mark.start].rpartition("\n")[2]
    guess = lookalikes.judge(
        mark.glyph, head, before, after, text, mark.end, customs.language, spaced=customs.spaced(mark.glyph)
    )
    mark.other = guess.other
    mark.opener += guess.opener
    mark.closer += guess.closer


def _gap_cost(mark: Mark, before: str, after: str, customs: Customs) -> float:
    """What a space between this mark and what it quotes costs."""
    if customs.spaced(mark.glyph):
        return 0.0
    if mark.glyph in TITLES or mark.glyph in FAKES:
        return KEPT
    if not customs.language.word_spaces:
        return KEPT if before.isspace() and after.isspace() else UNSPACED
    return KEPT if customs.pads and mark.glyph not in "„«»" else INNER


def _as_opener(before: str, after: str, gap: float, side: float, spaces: bool) -> tuple[float, str]:
    """Cost and slip of a mark that opens."""
    free = not before or before.isspace() or before in _BEFORE_OPENER
    if after.isspace() and not free:
        return side, "side"
    if after.isspace():
        return gap, "inner" if gap > KEPT else ""
    cost = 0.0
    if not after:
        cost = EDGE
    elif after in ".…":
        cost = 0.4
    elif after in _AFTER_CLOSER and after not in _AFTER_OPENER:
        cost = MISPLACED
    if spaces and not free:
        cost += 0.5 if before in _STOPS else GLUED
    return cost, ""


def _as_closer(
    text: str, end: int, before: str, after: str, gap: float, side: float, spaces: bool
) -> tuple[float, str]:
    """Cost and slip of a mark that closes."""
    word = bool(after) and (after.isalnum() or after in "([{«“„")
    dash = bool(after) and after in _DASHES and text[end + 1 : end + 2] in (" ", "\u00a0")
    if before.isspace() and (word or dash):
        return side, "side"
    if before.isspace():
        return gap, "inner" if gap > KEPT else ""
    cost = 0.0
    if not before:
        cost = EDGE
    elif before in "([{（［【¿¡":
        cost = MISPLACED
    elif before in _DASHES:
        cost = 0.4
    if spaces and word and not _ideographic(after):
        cost += 0.3 if after in "([{" else 0.6 if after in "“„«" else GLUED
    return cost, ""


def _ideographic(chars: str) -> bool:
    """Whether one of them is Han, kana or Hangul, which know no apostrophe and no space after a mark."""
    return any("\u1100" <= char <= "\u11ff" or "\u2e80" <= char <= "\ud7ff" for char in chars)
