"""How a repair proves itself: that it did what it says, and no more."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cleaner.offsets import Span
from cleaner.verify.case import FAR, Case

if TYPE_CHECKING:
    from cleaner.detectors.mojibake.chains import Chain


def is_decoded(case: Case) -> str:
    """The round trip: what was written, damaged again in the way that is claimed, is what stood there.

    Repairs of a notation (entities, escapes, byte tokens) claim nothing; they must write what it means.
    """
    if not case.claim:
        return is_spelled_out(case)
    from cleaner.detectors.mojibake.chains import chain
    from cleaner.detectors.mojibake.search import redo

    plan = tuple(map(chain, case.claim.split("; ")))
    for text, (span, new) in case.edits:
        start, end = _word(text, span)
        whole = text[start : span.start] + new + text[span.end : end]
        pieces = ((new, text[span.slice]), (whole, text[start:end]))
        if not any(_worn(redo(now, plan)) == _worn(was) for now, was in pieces) and not _sign_by_sign(
            new, text[span.slice], plan
        ):
            return f"“{new}” does not give “{text[span.slice]}” when it is damaged again ({case.claim})"
    return ""


def _sign_by_sign(new: str, old: str, plan: tuple[Chain, ...]) -> bool:
    """Whether each sign that changed gives what stood there: others, as Chinese, need no part in it."""
    from cleaner.detectors.mojibake.search import redo

    changed = [(now, was) for now, was in zip(new, old, strict=False) if now != was]
    return len(new) == len(old) and all(_worn(redo(now, plan)) == was for now, was in changed)


def _worn(text: str | None) -> str | None:
    """Without the difference between kinds of spaces, which pages do not keep."""
    return text if text is None else text.replace("\u00a0", " ")


def _word(text: str, span: Span) -> Span:
    """A span up to the next white space on both sides, or FAR; a no-break space may be half of a sign."""
    start, end = span
    while start > max(0, span.start - FAR) and _is_inside(text[start - 1]):
        start -= 1
    while end < min(len(text), span.end + FAR) and _is_inside(text[end]):
        end += 1
    return Span(start, end)


def _is_inside(char: str) -> bool:
    return char == "\u00a0" or not char.isspace()


_BYTES = re.compile(r"(?:<0x[0-9a-fA-F]{2}>)+")
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2})+")

_SHORT = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\'": "'", "\\/": "/"}


def meaning(notation: str) -> str:
    r"""What entities, escapes and byte tokens stand for; anything else stands for itself.

    >>> meaning("&amp;nbsp;"), meaning("&# 233 ;"), meaning("<0xC5><0xAF>"), meaning("\\u0431")
    ('\xa0', 'é', 'ů', 'б')
    """
    text = "".join(notation.split(" "))
    if _BYTES.fullmatch(text):
        return bytes.fromhex(re.sub("<0x|>", "", text)).decode("utf-8", "replace")
    if text in _SHORT:
        return _SHORT[text]
    if _ESCAPES.fullmatch(text):
        units = text.encode("ascii").decode("unicode_escape")
        return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    from html import unescape

    for _ in range(4):  # &amp;amp;amp;nbsp;
        text = unescape(text)
    return text


def is_spelled_out(case: Case) -> str:
    for text, (span, new) in case.edits:
        if meaning(text[span.slice].strip()).strip() != new.strip():
            return f"“{text[span.slice]}” does not stand for “{new}”"
    return ""


def is_mapped(case: Case) -> str:
    """Sign for sign, and a numeral only by one of the same value."""
    for text, (span, new) in case.edits:
        old = text[span.slice]
        values = [[unicodedata.numeric(char, None) for char in written] for written in (old, new)]
        if values[0] != values[1]:
            return f"“{new}” is not “{old}” sign for sign"
    return ""


def is_filled(case: Case) -> str:
    """Only question marks are replaced; what is left of the word stays in its place."""
    for text, (span, new) in case.edits:
        parts = re.split(r"\?+", text[span.slice])
        if len(parts) < 2 or not re.fullmatch(".{1,8}".join(map(re.escape, parts)), new, re.DOTALL):
            return f"“{new}” is not “{text[span.slice]}” with its gaps filled"
    return ""


def is_beside(case: Case) -> str:
    """What is removed is said by the words that are claimed, right beside it; nothing is written."""
    if not case.claim or any(new.strip() for _, (_, new) in case.edits):
        return "it does not say what makes the text redundant"
    if not any(case.claim in after for _, after in case.pairs):
        return f"“{case.claim}” would not stand there any more"
    return ""


def is_deletion(case: Case) -> str:
    """Nothing is written but marks and spaces."""
    for _, (_, new) in case.edits:
        if any(map(str.isalnum, new)):
            return f"it would write “{new.strip()[:60]}” where it says that it deletes"
    return ""


def is_repeated(case: Case) -> str:
    """What is removed, or what it consists of, stands right before or right after it."""
    for text, (span, new) in case.edits:
        gone = _bare(text[span.slice])
        unit = gone[: _period(gone)]
        left = _bare(text[max(0, span.start - 2 * span.size - FAR) : span.start])
        right = _bare(text[span.end : span.end + 2 * span.size + FAR])
        if new.strip() or not (left.endswith(unit) or right.startswith(unit)):
            return f"“{text[span.slice][:60]}” does not stand beside it once more"
    return ""


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or unicodedata.combining(char))


def _period(text: str) -> int:
    """The length of the shortest text that `text` repeats.

    >>> _period("hahaha"), _period("haha"), _period("ah")
    (2, 2, 2)
    """
    return (text + text).find(text, 1) if text else 0
