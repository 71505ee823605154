"""Words whose bytes were read in the wrong encoding, and what they were.

Sees UTF-8 read as any encoding of one or two bytes (`cafÃ©`, `РїСЂРёРІРµС‚`, `鈥檚`), one old encoding
read as another (`Ïðèâåò`, `ВЩМБ УПВБЛБ`, `Stisknìte`), two and three accidents on top of each other,
and controls that were dashes and quotation marks (U+0097); word by word, in text that is otherwise
sound. Which accidents are possible is data: the `chains` of the rule.

A reading is believed when the language of the text makes it likelier by far than the text as it
stands (`judge`), and when the words agree on it (`search`). Without a known language, and without
a lexicon of it, only letters count, so less is found.

Cannot see damage that gives sound words (`Österreich` with its Ö lost), and cannot give back bytes
that are gone: such words are reported without a repair. A text about encodings may print examples
of mojibake; it is left alone.

Cost: nothing for ASCII; else one search by a character class. A suspicious word costs about 0.2 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleaner.detectors.base import Context, Detect
from cleaner.detectors.mojibake.chains import Chain, chain
from cleaner.detectors.mojibake.doubts import ends_in_a_sign, ends_lines, gives_a_word, is_shown, is_sound
from cleaner.detectors.mojibake.judge import judge_of
from cleaner.detectors.mojibake.lost import lost_letters
from cleaner.detectors.mojibake.search import Damage, Plan, redo, search
from cleaner.fields import setting
from cleaner.languages import Language
from cleaner.model import Hit, Repair, Segment
from cleaner.offsets import Edit, Span, splice
from cleaner.text.recent import recent
from cleaner.text.triggers import ALWAYS, Trigger, has_odd_case, needs, ranges
from cleaner.values import dataclass

ACTIONS: Mapping[str, str] = {
    "decode": "write what the bytes say; proven by the letters and words of the language",
    "decode-spoken": "the same where the whole word stands nearby as well, as in a text about such damage",
    "guess": "write what the bytes probably say; one short word is little evidence",
    "fill": "write the only common word that the gaps leave room for",
}
DETAILS: Mapping[str, str] = {
    "chain": "what happened, for example “utf-8 read as cp1252”",
    "was": "the text before, “?” where it is not known",
}

PROOF = {True: 16.0, False: 22.0}  # bits; UTF-8 has a grammar, so it needs fewer
LEAD = 6.0  # bits before the next best reading


@dataclass(frozen=True)
class Params:
    """Which accidents are possible.

    Raises ValueError for a chain that is not written “WAS read as READ”.

    >>> Params(("utf-8 read as cp1252", "cp1251 read as latin-1")).compiled[1].was
    'cp1251'
    """

    chains: tuple[str, ...] = setting(
        "what happened to the bytes, “WAS read as READ” in Python's names of encodings, likelier ones first",
        (),
    )
    question_marks: bool = setting("look for question marks that stand for lost letters", False)

    def __post_init__(self) -> None:
        if not (self.compiled or self.question_marks):
            raise ValueError("“chains”: name at least one, or set “question-marks”")

    @property
    def compiled(self) -> tuple[Chain, ...]:
        return tuple(map(chain, self.chains))


def compile(params: Params) -> Detect:
    """The detector of these chains.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params(("utf-8 read as cp1252", "utf-8 read as cp1251")))
    >>> text = "Un cafÃ© s’il vous plaît"
    >>> hit, = detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("fr")))
    >>> hit.span, hit.details["chain"], hit.details["was"]
    (Span(start=3, end=8), 'utf-8 read as cp1252', 'café')
    """
    chains = params.compiled

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        if params.question_marks:
            for span, fits in lost_letters(segment.text, judge_of(context.target)):
                yield _lost(segment.text, span, fits)
        if segment.text.isascii() or not chains:
            return
        found = _search(segment.text, chains, context.target)
        found = tuple(damage for damage in found if not ends_lines(segment.text, damage))
        if all(is_sound(damage, context.target) for damage in found):
            return
        if found and not (len(found) <= 4 and _is_about_encodings(segment.text)):
            doubtful = all(map(ends_in_a_sign, found))
            if doubtful:  # LÃ®, but not SÃ³
                found = tuple(damage for damage in found if gives_a_word(damage, context.target))
            for run in _runs(segment.text, found) if found else ():
                yield _hit(segment.text, run, doubtful)

    return detect


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """A question mark, or something odd beyond ASCII."""
    if params.question_marks:
        return ALWAYS if params.chains else Trigger((ranges("?"),))
    return needs(judge_of(target).gate.pattern)


# The names of encodings, and what articles about them cannot do without.
_ABOUT_ENCODINGS = re.compile(
    r"utf-?(?:8|16)|\bunicode\b|iso[- ]?8859|windows-?12\d\d|\bcp-?\d{3,4}\b|latin-1|mojibake|charset|encoding"
    r"|[ck]odier|kódov|encodage|codific|кодир|кодув|文字化け|乱码|編碼|编码|קידוד",
    re.IGNORECASE,
)
# One of these is in whatever that matches, in small letters.
_OF_ENCODINGS = (
    "utf", "unicode", "8859", "windows", "cp", "latin-1", "mojibake", "charset", "encod", "odier", "kódov",
    "codific", "кодир", "кодув", "文字化け", "乱码", "編碼", "编码", "קידוד",
)  # fmt: skip


def _is_about_encodings(text: str) -> bool:
    return _has_one_of_encodings(text) and _ABOUT_ENCODINGS.search(text) is not None


def _has_one_of_encodings(text: str) -> bool:
    """Whether the names of encodings need to be searched for: a search without case looks at every place."""
    small = text.lower()
    return has_odd_case(text) or any(piece in small for piece in _OF_ENCODINGS)


@recent(16)
def _search(text: str, chains: tuple[Chain, ...], language: Language) -> tuple[Damage, ...]:
    return tuple(search(text, chains, judge_of(language)))


def _runs(text: str, found: tuple[Damage, ...]) -> Iterator[list[Damage]]:
    """Damaged words that stand side by side and share a plan: one finding, not one a word."""
    run = [found[0]]
    for damage in found[1:]:
        between = text[run[-1].token.span.end : damage.token.start]
        same = damage.plan == run[-1].plan and (damage.text is None) == (run[-1].text is None)
        if same and len(between) == 1:
            run.append(damage)
        else:
            yield run
            run = [damage]
    yield run


def _hit(text: str, run: list[Damage], doubtful: bool) -> Hit:
    first, last = run[0], run[-1]
    what = name(first.plan)
    if first.text is None:
        span = Span(_edge(text, first, first.token.span, 1), _edge(text, last, last.token.span, -1))
        return Hit(span, (), {"chain": what, "was": "?"}, f"{what}, and bytes are missing", 0.8)
    edits = [_edit(damage) for damage in run]
    span = Span(_edge(text, first, edits[0].span, 1), _edge(text, last, edits[-1].span, -1))
    was = splice(text[span.slice], [Edit(edit.span.shift(-span.start), edit.text) for edit in edits])
    do = "decode" if not doubtful and all(map(_is_proven, run)) else "guess"
    if do == "decode" and is_shown(text, span, was, edits):
        do = "decode-spoken"
    repair = Repair(do, tuple(edits), f"write “{was}”", claim="; ".join(map(str, first.plan)))
    bits = max(damage.bits for damage in run)
    evidence = f"{what} gives “{was}”, likelier by {bits:.0f} bits"
    return Hit(span, (repair,), {"chain": what, "was": was}, evidence, min(0.99, 0.5 + bits / 100))


def _lost(text: str, span: Span, fits: tuple[str, ...]) -> Hit:
    repairs = (Repair("fill", (Edit(span, fits[0]),), f"write “{fits[0]}”"),) if len(fits) == 1 else ()
    was = " or ".join(fits[:3]) or "?"
    evidence = f"“{was}” would be a word" if fits else "words of question marks, or beside such a word"
    return Hit(span, repairs, {"chain": "letters written as “?”", "was": was}, evidence, 0.9 if fits else 0.8)


def name(plan: Plan) -> str:
    """A plan in words.

    >>> name((chain("utf-8 read as cp1252"), chain("utf-8 read as cp1252")))
    'utf-8 read as cp1252, twice'
    >>> name((chain("utf-8 read as latin-1"), chain("utf-8 read as cp1252")))
    'utf-8 read as cp1252, then utf-8 read as latin-1'
    """
    if len(plan) > 1 and len(set(plan)) == 1:
        return f"{plan[0]}, {('twice', 'three times')[len(plan) - 2]}"
    return ", then ".join(map(str, reversed(plan)))


def _is_proven(damage: Damage) -> bool:
    """Whether the repair is beyond doubt: clear evidence, no rival, and the damage can be replayed.

    A C1 control is never text, so what cp1252 has in its place needs no more evidence.
    """
    if damage.plan[0].only_controls:
        return damage.sure
    return (
        damage.sure
        and damage.bits >= PROOF[damage.plan[0].proves_itself]
        and damage.bits - damage.rival >= LEAD
        and (damage.plan[0].proves_itself or damage.help >= LEAD)
        and _can_be_replayed(damage)
    )


def _can_be_replayed(damage: Damage) -> bool:
    """Whether damaging the repair again gives the word as it stands, or its damaged part at least."""
    span, new = _edit(damage)
    old = damage.token.text[span.shift(-damage.token.start).slice]
    return redo(damage.text or "", damage.plan) == damage.token.text or redo(new, damage.plan) == old


def _edit(damage: Damage) -> Edit:
    """The smallest edit that makes the word whole."""
    start, end = damage.token.span
    old, new = damage.token.text, damage.text or ""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(Span(start + head, end - tail), new[head : len(new) - tail])


def _edge(text: str, damage: Damage, edit: Span, side: int) -> int:
    """Where the word begins (side 1) or ends (-1): its quotation marks and commas are left out."""
    start, end = damage.token.span
    at, stop = (start, edit.start) if side > 0 else (end, edit.end)
    while at != stop and not text[at if side > 0 else at - 1].isalnum():
        at += side
    return at
