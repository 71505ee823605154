"""Certificates: what a repair that was applied must have kept, or it is taken back.

What has to be kept depends on what the repair is, never on the single text. It is data:

    KEEPS     by family or action, what must be the same afterwards
    PROOFS    by action, how a repair shows that it did what it says, and no more

Every repair keeps numbers, addresses, placeholders, handles and tags, unless its rule says that it
changes them (`changes` in its `fix`); one of a family that is about marks keeps the letters as well. None
takes a letter or a digit from beyond the place that it is for.
Compared is what is read around the edits, so that joining two numbers counts as changing them.

Cannot see a word that was replaced by another one: that is what such a rule is for, and why it
says how far it is trusted.

Cost: about 0.1 ms a repair, nothing where none was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.model import Document, Finding
from cleaner.offsets import Edit, splice
from cleaner.verify.case import Case, Proof, case_of
from cleaner.verify.keeps import keeps_digits, keeps_facts, keeps_letters, keeps_marks, keeps_what_is_beyond
from cleaner.verify.proofs import (
    is_beside,
    is_decoded,
    is_deletion,
    is_filled,
    is_mapped,
    is_repeated,
    is_spelled_out,
)
from cleaner.verify.views import Views

KEEPS: Mapping[str, Proof] = {
    # families
    "quotes": keeps_marks,
    "brackets": keeps_marks,
    "punctuation": keeps_letters,
    "token": keeps_letters,
    "invisible": keeps_letters,
    "numbers": keeps_digits,
    # actions of the kinds `pairs` and `decomposed`, in whatever family
    "respace": keeps_marks,
    "respace-unsure": keeps_marks,
    "respace-spoken": keeps_marks,
    "single": keeps_marks,
    "insert": keeps_marks,
    "insert-one-of": keeps_marks,
    "delete-unpaired": keeps_marks,
    "compose": keeps_letters,
}
PROOFS: Mapping[str | tuple[str, str], Proof] = {
    "decode": is_decoded,
    "decode-spoken": is_decoded,
    "decode-markup": is_spelled_out,
    "close-up": is_spelled_out,
    "guess": is_decoded,
    "fill": is_filled,
    "map": is_mapped,
    "map-guess": is_mapped,
    "delete": is_deletion,
    "delete-redundant": is_beside,
    ("repetition", "delete"): is_repeated,
}
ENOUGH = frozenset(
    {is_decoded, is_spelled_out, is_filled, is_repeated}
)  # what these write or remove, they prove


def refused(before: Document, after: Document, done: Sequence[Finding]) -> dict[Finding, str]:
    """The repairs that must be taken back, each with the reason.

    `after` is `before` with the fixes of all of `done`. Where the two have not the same segments
    nothing is said: that is for the check of the structure.
    """
    views = Views(before, after, done)
    if not views.fits:
        return {}
    found: dict[Finding, str] = {}
    touched: dict[int, list[tuple[Edit, Finding]]] = {}
    for finding in done:
        by_segment = views.edits(finding)
        for number, edits in by_segment.items():
            touched.setdefault(number, []).extend((edit, finding) for edit in edits)
        reason = _reason(case_of(finding, by_segment, views))
        if reason:
            found[finding] = reason
    for number, both in touched.items():
        told = splice(views.before(number), sorted(edit for edit, _ in both))
        if "".join(told.split()) != "".join(views.after(number).split()):
            found |= {
                finding: "the text around it would change" for _, finding in both if finding not in found
            }
    return found


def _reason(case: Case) -> str:
    fix = case.finding.fix
    assert fix is not None
    if reason := keeps_what_is_beyond(case):
        return reason
    proof = PROOFS.get((case.finding.family, fix.do)) or PROOFS.get(fix.do)
    keeps = KEEPS.get(fix.do) or KEEPS.get(case.finding.family) or keeps_facts
    if proof is not None:
        reason = proof(case)
        if reason or proof in ENOUGH:
            return reason
    return keeps(case)
