"""Latin names that no mask of `protect` can lie over, told without looking for the masks.

    stand_free(text, runs)    whether all of some runs of Latin letters are outside masks for certain

Most names in texts of other scripts stand between spaces or letters of the text, far from the signs
that addresses, handles, placeholders and code are made of. Looking at their neighbours takes a tenth
of the time of `protect.masked`. False only says that somebody has to look.

It knows what the masks of `protect` begin and end with, so it belongs to that list; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.offsets import Span

# Without one of these there is no address, e-mail, handle, hashtag, markup, placeholder in braces or code.
_SINGLE = frozenset("@#＃<{`\\")
_PAIRS = ("()", "//", "/ /", ":/", ": /")
# What begins with a sign that is also found in prose: faces, placeholders after %, entities.
_BEGUN = {
    "(": re.compile(r"[(（][^()（）\n\w]{0,3}[\^;°´`ω・ﾟ_>˘-]"),
    "%": re.compile(r"%[\w.(]"),
    "&": re.compile(r"&[#\w]"),
}
_BEGUN["（"] = _BEGUN["("]
_INSIDE = re.compile(r"[^\W\d_]+(?:[ \u00a0'’,]+[^\W\d_]+)*")
# What may stand before a run and after it. A letter of the text may in writing without spaces only:
# elsewhere it can be part of the same word.
_BEFORE = re.compile(r"[\s«»„“”\"‘’'—–,;!?、。，「」『』…]")
_AFTER = re.compile(r"[\s«»„“”\"‘’',;!?—–)）、。，：:「」『』…]|\.(?:[\s»”“]|\Z)")
_NUMBERED = re.compile(r"[ _]?\d")


def stand_free(text: str, runs: Iterable[Span], signs: frozenset[str], *, word_spaces: bool) -> bool:
    """Whether all runs of Latin letters are outside masks for certain; `signs` are all ASCII signs in the text.

    >>> text = "Об этом пишет Reuters."
    >>> stand_free(text, [Span(14, 21)], frozenset(text), word_spaces=True)
    True
    >>> text = "Об этом пишет @Reuters."
    >>> stand_free(text, [Span(15, 22)], frozenset(text), word_spaces=True)
    False
    """
    if not _SINGLE.isdisjoint(signs):
        return False
    for sign in _PAIRS:
        if sign[0] in signs and sign in text:
            return False
    for sign, begun in _BEGUN.items():
        at = text.find(sign) if sign in signs else -1
        while at >= 0:
            if begun.match(text, at):
                return False
            at = text.find(sign, at + 1)
    return all(_is_free(text, run.start, run.end, word_spaces) for run in runs)


def _is_free(text: str, start: int, end: int, word_spaces: bool) -> bool:
    if not _INSIDE.fullmatch(text, start, end):
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and not _BEFORE.match(before):
        bracketed = before in "(（" and not _NUMBERED.match(text, end)
        if not bracketed and (word_spaces or not before.isalpha()):
            return False
    if before.isspace() and (text[max(0, start - 2)].isdigit() or text[max(0, start - 2)] in "[【(（"):
        return False
    return not after or _AFTER.match(text, end) is not None or (after.isalpha() and not word_spaces)
