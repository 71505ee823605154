"""What must be the same after a repair: four degrees, from the facts to all but marks and spaces."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from cleaner.model import Invariant
from cleaner.verify.case import Case, quoted
from cleaner.verify.tokens import Token, differing, letters, tokens

FACTS = (
    Invariant.DIGITS,
    Invariant.URLS,
    Invariant.EMAILS,
    Invariant.PLACEHOLDERS,
    Invariant.HANDLES,
    Invariant.MARKUP,
)
NOUNS: Mapping[Invariant, str] = {
    Invariant.DIGITS: "number",
    Invariant.URLS: "address",
    Invariant.EMAILS: "e-mail address",
    Invariant.PLACEHOLDERS: "placeholder",
    Invariant.HANDLES: "handle",
    Invariant.MARKUP: "tag",
    Invariant.LETTERS: "letters",
    Invariant.NAMES: "name",
}
_NO_SEPARATORS = str.maketrans("", "", ".,")
# Signs that are no punctuation to Unicode and yet quote, where an author had nothing better.
_QUOTE_LIKE = frozenset("<>`´′″‵‶^~|")


def keeps_what_is_beyond(case: Case) -> str:
    """Letters and digits that do not belong to what was found; spaces and marks beside it may go along."""
    for old, new in case.beyond:
        if not _words(old) <= _words(new):
            return f"it would change “{old.strip()[:60]}”, which does not belong to what was found"
    return ""


def _words(text: str) -> Counter[str]:
    return Counter(token.key for token in tokens(text) if token.kind)


def keeps_facts(case: Case) -> str:
    """Numbers, addresses, placeholders, handles and tags, in their order."""
    return _keeps(case, FACTS, _both(case))


def _keeps(case: Case, kinds: Collection[Invariant], both: _Both) -> str:
    assert case.finding.fix is not None
    kept = frozenset(kinds).difference(case.finding.fix.changes)
    for (old, new), texts in zip(both, case.pairs, strict=True):
        if _of_kinds(old, kept) != _of_kinds(new, kept):
            every = [[token for token in tokens(text) if token.kind in kept] for text in texts]
            return f"it would {difference(*every)}, which the “changes” of its rule do not allow"
    return ""


def _of_kinds(found: list[Token], kinds: Collection[Invariant]) -> list[tuple[Invariant | None, str]]:
    return [(token.kind, token.key) for token in found if token.kind in kinds]


def keeps_letters(case: Case) -> str:
    """All of these, and every letter."""
    return _keeps_letters(case, _both(case))


def _keeps_letters(case: Case, both: _Both) -> str:
    assert case.finding.fix is not None
    if Invariant.LETTERS not in case.finding.fix.changes:
        for old, new in both:
            if letters(old) != letters(new):
                return f"it would change letters: {quoted(case)}"
    return _keeps(case, FACTS, both)


def keeps_marks(case: Case) -> str:
    """All of these, and every sign but quotation marks, brackets, other punctuation and spaces."""
    assert case.finding.fix is not None
    both = _both(case)
    if Invariant.LETTERS not in case.finding.fix.changes:
        for old, new in both:
            if _signs(old) != _signs(new):
                return f"it would change more than marks and spaces: {quoted(case)}"
    return _keeps_letters(case, both)


def keeps_digits(case: Case) -> str:
    """Every letter, digit and minus, percent and currency, whatever parts them, and all other facts.

    For rules about decimal marks and thousands.
    """
    both = _both(case)
    for old, new in both:
        if letters(old) != letters(new):
            return f"it would change letters: {quoted(case)}"
        if _digits_of(old) != _digits_of(new):
            return f"it would change digits: {quoted(case)}"
    return _keeps(case, frozenset(FACTS) - {Invariant.DIGITS}, both)


def _digits_of(found: list[Token]) -> tuple[str, list[str]]:
    """The digits in their order, and the signs beside them, which may stand before a number or after it."""
    keys = [token.key for token in found if token.kind is Invariant.DIGITS]
    digits = "".join(key for key in keys if any(map(str.isdigit, key)))
    signs = sorted(key for key in keys if not any(map(str.isdigit, key)))
    return digits.translate(_NO_SEPARATORS), signs


_Both = list[tuple[list[Token], list[Token]]]


def _both(case: Case) -> _Both:
    """What stands around the edits before and after them, as far as the two differ."""
    return [differing(old, new) for old, new in case.pairs]


def _signs(found: list[Token]) -> list[str]:
    return [
        token.key
        for token in found
        if token.kind is None
        and unicodedata.category(token.key[0])[0] not in "PZC"
        and token.key not in _QUOTE_LIKE
    ]


def difference(old: Sequence[Token], new: Sequence[Token]) -> str:
    """What the second lacks, has too much or has elsewhere, "" when both state the same.

    >>> difference(tokens("7 of 10"), tokens("7 of 1"))
    'lose the number “10”'
    """
    before = [(token.kind, token.key) for token in old if token.kind]
    after = [(token.kind, token.key) for token in new if token.kind]
    if before == after:
        return ""
    lost = Counter(before) - Counter(after)
    added = Counter(after) - Counter(before)
    for verb, rest in (("lose", lost), ("add", added)):
        for kind, key in rest:
            return f"{verb} the {NOUNS[kind]} “{key}”"
    kinds = dict.fromkeys(one[0] for one, other in zip(before, after, strict=True) if one != other)
    return f"change the order of the {NOUNS[next(iter(kinds))]}s"
