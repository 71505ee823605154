"""Find the damaged words of a text and the chains that damaged them.

Each word is read under every chain; a reading gains the bits by which it is less strange than the
word as it stands. Words damaged by one accident share their chain, so they support each other:
what one word alone could not prove, ten can. Three looks:

1. words with something odd in them, each under every chain, up to three layers deep
2. the plan (chains of one reading) is chosen that the words agree on
3. all other words are looked at again under the plans that are proven: the damaged form of a word
   may look sound (cp1251 read as KOI8-R turns «с» into «Я»)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from cleaner.detectors.mojibake.chains import Chain, char_class, table
from cleaner.detectors.mojibake.judge import QUOTES, Judge, is_out_of_place
from cleaner.offsets import Span
from cleaner.values import dataclass, replace

Plan = tuple[Chain, ...]  # in the order of undoing
LAYERS = 3

# Bits that a reading must gain, with the help of the others of its plan. A reading under UTF-8 is
# half a proof: chance seldom gives a sequence of its grammar that is a letter of the language.
ENOUGH = {True: 9.0, False: 13.0}
WEAK = 14.0  # more, when there is a reason to doubt (see `doubt`)
HELP = 16.0  # from other words at most
LEAST = 3.0  # of its own at least
FRAGMENT = 15.0  # bits that a half reading must gain
LAYER = 12.0  # bits that each further layer costs
LONGEST = 4_000  # code points that are read at once
LIKELIEST = 4  # so many chains of UTF-8, in the order of the rule, are thought of at a lone stump


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word may have been. `sure` when nothing speaks against it but rarity."""

    plan: Plan
    text: str
    gain: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch without white space, in code points of the text; a lost byte may be a space in it."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged word. `text` is what it was, None when bytes are gone.

    `bits` speak for that, `rival` for the next best reading; `help` of them come from other words.
    """

    token: Token
    plan: Plan
    text: str | None
    bits: float
    rival: float
    help: float
    sure: bool


def search(text: str, chains: tuple[Chain, ...], judge: Judge) -> list[Damage]:
    """The damaged words of a text, in order."""
    words = _odd_words(text, judge)
    # when odd words prove nothing by themselves, no other word does
    if words is not None and not (words and _prove(tuple(word.text for word in words), chains, judge)):
        return []
    tokens = list(_tokens(text, chains, judge))
    options = {
        at: _readings(token.text, chains, judge)
        for at, token in enumerate(tokens)
        if " " in token.text or not judge.is_sound(token.text)
    }
    found = _damaged(tokens, options, chains, judge)
    return [found[at] for at in sorted(found)]


@lru_cache(maxsize=1024)
def _prove(words: tuple[str, ...], chains: tuple[Chain, ...], judge: Judge) -> bool:
    """Whether one of some words is damaged for certain; where they stand is no matter."""
    options = {at: _readings(word, chains, judge) for at, word in enumerate(words)}
    return bool(_damaged([Token(0, word) for word in words], options, chains, judge))


def _damaged(
    tokens: list[Token], options: dict[int, tuple[Reading, ...]], chains: tuple[Chain, ...], judge: Judge
) -> dict[int, Damage]:
    """The damaged ones of some tokens; `options` are the readings of those that are odd."""
    if not options:
        return {}
    chosen = _choose(options)
    found: dict[int, Damage] = {}
    for at, (reading, help_, rival) in chosen.items():
        bits = reading.gain + min(help_, HELP)
        needed = ENOUGH[reading.plan[0].proves_itself or reading.plan[0].only_controls]
        if (reading.gain >= LEAST or help_ >= 40) and bits >= needed and (reading.sure or help_ >= WEAK):
            found[at] = Damage(
                tokens[at], reading.plan, reading.text, reading.gain + help_, rival, help_, reading.sure
            )
    _look_again(tokens, found, judge)
    _add_fragments(tokens, found, options, chains, judge)
    return found


def _odd_words(text: str, judge: Judge) -> list[Token] | None:
    """The words that are odd by themselves; None when a space may be part of a word, or words are too long."""
    words: dict[int, Token] = {}
    hit = False
    for gate in judge.gates_for(text):
        end = 0
        for found in gate.finditer(text):
            hit, start, last = True, found.start(), end
            if start < end:
                continue  # in the word of the last one
            rest = _TOKEN.match(text, start)
            end = rest.end() if rest else start
            while start > last and text[start - 1] not in _SPACE:
                start -= 1
            if end - start > LONGEST:
                return None
            token = text[start:end]
            if start not in words and not (token.isascii() or judge.is_sound(token)):
                words[start] = Token(start, token)
    letters = "" if "Latn" in judge.language.scripts else judge.language.letters
    worn = hit and _before_worn_space().search(text)
    if worn and any(text[found.start() - 1] not in letters for found in _worn_space().finditer(text)):
        return None
    return [words[start] for start in sorted(words)]


@lru_cache(maxsize=1024)
def _readings(token: str, chains: tuple[Chain, ...], judge: Judge) -> tuple[Reading, ...]:
    """Everything the token may have been that is less strange than the token."""
    strange = judge.strangeness(token)
    sound = judge.is_sound(token)
    found = []
    seen = {token}
    layer: dict[str, Plan] = {token: ()}
    for depth in range(LAYERS):
        deeper: dict[str, Plan] = {}
        for text, plan in layer.items():
            for chain in chains:
                if depth and not chain.proves_itself:
                    continue
                before = chain.undo(text)
                if before is None or before in seen:
                    continue
                gain = strange - judge.strangeness(before) - LAYER * depth
                sure = gain > 0 and _is_sure(token, before, chain, judge)
                if gain > 0 and sure is not None:
                    found.append(Reading((*plan, chain), before, gain, sure and not sound))
                if chain.proves_itself and not before.isascii():
                    deeper.setdefault(before, (*plan, chain))
        seen.update(deeper)
        layer = deeper
    return tuple(found)


# What controls give that are bytes of UTF-8 without their first one: nothing is repaired by that.
_RESIDUE = re.compile("€[™œ˜¦¢“”\u009d]")


def _is_sure(token: str, before: str, chain: Chain, judge: Judge) -> bool | None:
    """Whether a reading may stand alone; None when it is out of the question."""
    left = judge.has_foreign(before)
    if chain.only_controls:
        return None if _RESIDUE.search(before) else not left
    if chain.proves_itself:
        if token.isalpha() and not before.isalpha() and not judge.odd.search(token):
            return None  # letters of the language that would become signs: ХТМЛ is no Х¼Л
        signs = judge.odd_signs(before) - set(token)
        return not (
            left
            or signs
            or judge.is_broken(before)
            or judge.is_empty(token, before)
            or _eats_quote(token, before, judge)
        )
    if left or (judge.is_broken(before)) or judge.odd_signs(before) - set(token):
        return None
    return judge.is_known(token, before) and not judge.is_empty(token, before)


def _eats_quote(token: str, before: str, judge: Judge) -> bool:
    """Whether a quotation mark is lost that was one: at the end of a sound word, or of a pair."""
    if token[-1] in QUOTES and token[0] in QUOTES and token[0] == before[0] and token[-1] != before[-1]:
        return True
    return any(
        char in QUOTES and char not in before and token[at - 1] in judge.language.letters
        for at, char in enumerate(token)
        if at and not any(map(str.isalnum, token[at + 1 :])) and not judge.is_broken(token[:at])
    )


def _choose(options: dict[int, tuple[Reading, ...]]) -> dict[int, tuple[Reading, float, float]]:
    """The best reading of each word, the bits that other words lend it, those of its rival.

    First every reading that gains supports its plan; then only the readings that were chosen do.
    """
    support: dict[Plan, float] = defaultdict(float)
    for readings in options.values():
        for reading in readings:
            support[reading.plan] += min(reading.gain, 20.0) if reading.sure else 0.0
    chosen: dict[int, tuple[Reading, float, float]] = {}
    for _ in range(2):
        for at, readings in options.items():
            scored: list[tuple[float, float, Reading]] = []
            for reading in readings:
                own = min(reading.gain, 20.0) if reading.sure else 0.0
                others = max(support[reading.plan] - own, 0.0)
                help_ = min(others, 60.0)
                rank = reading.gain + help_ + others / 5 - (0 if reading.sure else WEAK)
                scored.append((rank, help_, reading))
            if scored:
                scored.sort(key=lambda item: -item[0])
                _, help_, best = scored[0]
                rival = next((s for s, _, r in scored[1:] if r.text != best.text), 0.0)
                chosen[at] = best, help_, rival
        support = defaultdict(float)
        for at, (best, _, _) in chosen.items():
            for reading in options[at]:
                if reading.text == best.text:
                    support[reading.plan] += min(reading.gain, 20.0) if reading.sure else 0.0
    return chosen


def _look_again(tokens: list[Token], found: dict[int, Damage], judge: Judge) -> None:
    """Add the words that are damaged by a proven plan and do not show it."""
    if not found:
        return
    plans = dict.fromkeys(damage.plan for damage in found.values())
    whole = len(found) > 0.6 * len(tokens)
    for _ in range(2):
        for at, token in enumerate(tokens):
            if at in found:
                continue
            near = [found[side].plan for side in (at - 1, at + 1) if side in found]
            for plan in plans:
                sides = near.count(plan) + (whole and plan in near)
                before = undo(token.text, plan)
                if before is not None and _is_likely(token.text, before, sides, plan, judge):
                    found[at] = Damage(token, plan, before, 0.0, 0.0, 0.0, False)
                    break


def _is_likely(token: str, before: str, sides: int, plan: Plan, judge: Judge) -> bool:
    """Whether a word is damaged by a plan that is proven elsewhere.

    UTF-8 leaves its traces, so the word must show them. An old encoding may give a sound word, but
    then its neighbours are damaged as well (`sides`), and a letter does not become a mere sign.
    """
    if judge.has_foreign(before):
        return False
    gain = judge.strangeness(token) - judge.strangeness(before)
    sound = judge.is_sound(token)
    if plan[0].proves_itself:
        return gain + 2 * sides > (LEAST if sound else 0.0)
    if sound and (not any(map(str.isalnum, before)) or (sides < 2 and gain < 10)):
        return False
    return gain + 8 * sides > 7


def _add_fragments(
    tokens: list[Token],
    found: dict[int, Damage],
    options: dict[int, tuple[Reading, ...]],
    chains: tuple[Chain, ...],
    judge: Judge,
) -> None:
    """Add the words of which bytes are gone, and take back half repairs.

    The stump of a sequence is a sign of damage where its chain is proven elsewhere in the text, or
    where a letter of no alphabet of the language stands before a sign that no word contains (`â€`).
    """
    utf8 = [damage.plan[0] for damage in found.values() if damage.plan[0].proves_itself]
    proven, likely = dict.fromkeys(utf8), [chain for chain in chains if chain.proves_itself][:LIKELIEST]
    for at, damage in list(found.items()):
        if damage.text is not None and damage.plan[0].proves_itself and judge.has_foreign(damage.text):
            found[at] = replace(damage, text=None)
    for at, token in enumerate(tokens):
        if at in found:
            continue
        stumps = (chain for chain in proven if _has_stump(token.text, chain, judge, proven=True))
        chain = next(stumps, None)
        if chain is None and at in options:
            stumps = (chain for chain in likely if _has_stump(token.text, chain, judge, proven=False))
            chain = next(stumps, None) or _half_read(token.text, options[at], judge)
        if chain is not None:
            found[at] = Damage(token, (chain,), None, 0.0, 0.0, 0.0, False)


def _has_stump(token: str, chain: Chain, judge: Judge, *, proven: bool) -> bool:
    if table(chain.read) is None:
        return False
    for stump in chain.stumps.finditer(token):
        if not judge.odd.match(stump[0]):
            continue
        if proven or (stump["two"] and judge.odd.match(sign := stump[0][1]) and is_out_of_place(sign)):
            return True
    return False


def _half_read(token: str, options: tuple[Reading, ...], judge: Judge) -> Chain | None:
    """The chain of a reading that brings letters of the language to light and cannot be the whole."""
    best = max(options, key=lambda reading: reading.gain, default=None)
    if best is None or not best.plan[0].proves_itself or best.gain < FRAGMENT:
        return None
    new = {char for char in best.text if char.isalpha() and char not in token and not judge.odd.match(char)}
    return best.plan[0] if len(new) > 1 else None


def undo(text: str, plan: Plan) -> str | None:
    """`text` before all the chains of a plan, None when one of them cannot be undone."""
    for chain in plan:
        before = chain.undo(text)
        if before is None:
            return None
        text = before
    return text


def redo(text: str, plan: Plan) -> str | None:
    """`text` damaged by the chains of a plan: the proof of a repair."""
    for chain in reversed(plan):
        after = chain.redo(text)
        if after is None:
            return None
        text = after
    return text


_SPACE = " \t\n\r\u2028\u2029\u3000"
_TOKEN = re.compile(f"[^{_SPACE}]+")
_SHORT_TOKEN = re.compile(f"[^{_SPACE}]{{1,{LONGEST}}}")


@cache
def _worn_token() -> re.Pattern[str]:
    """Tokens in which a space may be a no-break space that was the rest of a letter: `Ã la`.

    After a first byte, after a first and a second of three, or between them.
    """
    two, three, tail = _bytes_of_sequences()
    rest = f"(?<=[{two}]) |(?<=[{three}][{tail}]) |(?<=[{three}]) (?=[{tail}])"
    return re.compile(f"(?:[^{_SPACE}]|{rest}){{1,{LONGEST}}}")


@cache
def _worn_space() -> re.Pattern[str]:
    """The spaces that `_worn_token` allows."""
    two, three, tail = _bytes_of_sequences()
    return re.compile(f" (?:(?<=[{two}] )|(?<=[{three}][{tail}] )|(?<=[{three}] )(?=[{tail}]))")


@cache
def _before_worn_space() -> re.Pattern[str]:
    """A space after what must stand before those of `_worn_space`: searched for ten times as fast."""
    return re.compile(f"[{''.join(_bytes_of_sequences())}] ")


@cache
def _bytes_of_sequences() -> tuple[str, str, str]:
    """First bytes of two, of three, and the bytes that follow, as classes of what they were read as."""
    two = three = tail = ""
    for codec in ("latin-1", "cp1250", "cp1251", "iso8859-2", "cp1255"):
        read = table(codec) or ""
        two += "".join(char for char in read[0xC2:0xE0] if char != "×" or codec == "latin-1")
        three += read[0xE0:0xF0]
        tail += read[0x80:0xC0]
    two, three, tail = (char_class("".join(dict.fromkeys(chars))) for chars in (two, three, tail))
    return two, three, tail.replace("\u00a0", "")


def _tokens(text: str, chains: tuple[Chain, ...], judge: Judge) -> Iterator[Token]:
    """The stretches that are not all ASCII."""
    utf8 = tuple(chain for chain in chains if chain.proves_itself)
    worn = _before_worn_space().search(text) and _worn_space().search(text)
    for found in (_worn_token() if worn else _SHORT_TOKEN).finditer(text):
        if found[0].isascii():
            continue
        if " " not in found[0] or _is_one_word(found[0], utf8, judge):
            yield Token(found.start(), found[0])
            continue
        for piece in _TOKEN.finditer(found[0]):
            if not piece[0].isascii():
                yield Token(found.start() + piece.start(), piece[0])


def _is_one_word(stretch: str, utf8: tuple[Chain, ...], judge: Judge) -> bool:
    """Whether the spaces in a stretch are better explained as rests of letters."""
    letters = judge.language.letters
    own = all(stretch[at - 1] in letters for at, char in enumerate(stretch) if char == " ")
    if own and "Latn" not in judge.language.scripts:
        return False  # «В Москве»: what stands before the space are letters of the language
    best = max(_readings(stretch, utf8, judge), key=lambda reading: reading.gain, default=None)
    return (
        best is not None and best.gain >= ENOUGH[True] and " " not in best.text and judge.is_clean(best.text)
    )
