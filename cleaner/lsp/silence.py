"""“Ignore here”: the comment that keeps a place as it is, or the side-car entry where none can stand."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.lsp.differences import difference
from cleaner.lsp.documents import Checked
from cleaner.model import Document, Finding
from cleaner.offsets import Edit
from cleaner.suppress import adding, sidecar
from cleaner.suppress.policy import NEVER


@dataclass(frozen=True, slots=True)
class Entry:
    """A side-car file as it is, None when it is to be made, and with one more entry."""

    path: Path
    before: str | None
    after: str


def comment(finding: Finding, checked: Checked) -> list[Edit]:
    """The edits that write a comment for a finding; none where no comment can stand.

    They are remembered: to try a comment out takes a check, and editors ask at every move.
    """
    if checked.document is None or checked.pipeline is None or finding.family in NEVER:
        return []
    key = (finding.rule, finding.span)
    if key not in checked.comments:

        def look(now: Document) -> Sequence[Finding]:
            assert checked.pipeline is not None
            return checked.pipeline.find(now, checked.sidecar).findings

        added = adding.comments(checked.document, [finding], adding.PLACEHOLDER, look)
        edits = [] if added.left else difference(checked.opened.text, added.text)
        checked.comments[key] = edits
    return checked.comments[key]


def entry(finding: Finding, checked: Checked, folder: Path, unsaved: dict[Path, str]) -> Entry | None:
    """The side-car file with an entry for a finding; None when no entry can name the place.

    `folder` is the one that is open in the editor: a new file is made there when the document lies
    below it, else beside the document. `unsaved` are the texts that are open in the editor.
    """
    path = checked.opened.path
    if path is None or checked.document is None or finding.family in NEVER:
        return None
    home = sidecar.discover(path)
    if home is None:
        root = folder.resolve() if path.resolve().is_relative_to(folder.resolve()) else path.resolve().parent
        home = root / sidecar.FILE_NAME
    inside = os.path.relpath(path.resolve(), home.parent.resolve()).replace(os.sep, "/")
    here = dataclasses.replace(checked.document, uri=path.name)  # it is tried from the working folder
    written = adding.entry(here, finding, inside, adding.PLACEHOLDER)
    if written is None:
        return None
    try:
        before = unsaved[home] if home in unsaved else home.read_bytes().decode() if home.exists() else None
        return Entry(home, before, adding.appended(before or "", [written]))
    except (OSError, ValueError):  # it cannot be read, or takes no entry at its end
        return None
