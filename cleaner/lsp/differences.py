"""Two texts → the edits between them, so that an editor keeps cursors and folds elsewhere."""

from __future__ import annotations

import difflib
import re

from cleaner.offsets import Edit, Span

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r|\Z)")


def difference(before: str, after: str) -> list[Edit]:
    r"""The edits that make `after` of `before`, one for each stretch of lines that changed.

    None of them begins or ends within a line break of two characters, which is no place for an
    editor.

    >>> difference("a\nb  c\nd\n", "a\nb c\nd\n")
    [Edit(span=Span(start=4, end=5), text='')]
    """
    old, new = _LINE.findall(before), _LINE.findall(after)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    edits = []
    for tag, low, high, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            edit = Edit(Span(starts[low], starts[high]), "".join(new[first:last]))
            edits.append(_shortened(before, edit))
    return edits


def _shortened(text: str, edit: Edit) -> Edit:
    """The same edit without what it would write as it is."""
    (start, end), new = edit
    room = min(end - start, len(new))
    low = 0
    while low < room and text[start + low] == new[low]:
        low += 1
    high = 0
    while high < room - low and text[end - 1 - high] == new[len(new) - 1 - high]:
        high += 1
    short = Span(start + low, end - high)
    if any(at and text[at - 1 : at + 1] == "\r\n" for at in short):
        return edit
    return Edit(short, new[low : len(new) - high])
