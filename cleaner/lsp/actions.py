"""What an editor may do for a reader: one repair, all safe ones, a comment that keeps a place as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types

from cleaner.errors import FormatError
from cleaner.lsp.diagnostics import diagnostic
from cleaner.lsp.differences import difference
from cleaner.lsp.documents import Checked
from cleaner.lsp.places import Places
from cleaner.lsp.silence import Entry, comment, entry
from cleaner.model import Finding, Fix, Safety
from cleaner.offsets import Edit, Span, splice
from cleaner.text.visible import excerpt

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.cleaner"
_MOST = 20  # findings of a selection that are offered something


@dataclass(frozen=True, slots=True)
class Client:
    """What an editor wants, and what it is able to do.

    `versions`: it refuses an edit of a document that has changed meanwhile; `creates`: it can make a
    file. `folder` is the one that is open, `unsaved` what its documents hold.
    """

    unsafe: bool = True
    pages: str = ""
    versions: bool = False
    creates: bool = False
    folder: Path = Path()
    unsaved: dict[Path, str] = field(default_factory=dict)


def actions(
    checked: Checked, span: Span, only: Sequence[str] | None, client: Client
) -> list[types.CodeAction]:
    """What is offered for a selection; `only` are the kinds that the editor asks for, None for all."""
    found = [one for one in checked.findings if one.span.touches(span)][:_MOST]
    offered: list[types.CodeAction] = []
    if _wants(only, types.CodeActionKind.QuickFix.value):
        for finding in found:
            offered += _quick(finding, checked, client)
        for finding in found:
            offered += _ignore(finding, checked, client)
    if _wants(only, FIX_ALL):
        offered += _fix_all(checked, client)
    return offered


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Whether a kind, or one that it is a part of, is asked for.

    >>> _wants(["source"], FIX_ALL), _wants(["source.organizeImports"], FIX_ALL)
    (True, False)
    """
    return not only or any(kind == asked or kind.startswith(f"{asked}.") or not asked for asked in only)


def _quick(finding: Finding, checked: Checked, client: Client) -> Iterator[types.CodeAction]:
    """The repairs of a finding. A manual one is for a person to make: the hover shows it in words."""
    fixes = [fix for fix in (finding.fix, *finding.alternatives) if fix is not None and fix.edits]
    allowed = Safety.UNSAFE if client.unsafe else Safety.SAFE
    for number, fix in enumerate(fixes):
        if allowed.allows(fix.safety) and _keeps_structure(fix, checked):
            title = excerpt(fix.title, 80)
            yield types.CodeAction(
                title=f"{title[:1].upper()}{title[1:]} ({fix.safety})",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(finding, checked, client.pages)],
                is_preferred=number == 0 and fix.safety is Safety.SAFE,
                edit=_edit(fix.edits, checked, client),
            )


def _keeps_structure(fix: Fix, checked: Checked) -> bool:
    """Whether the document can be read after a repair, and has the same parts."""
    if checked.document is None:
        return False
    try:
        after = checked.again(splice(checked.opened.text, fix.edits))
    except (FormatError, ValueError):
        return False
    before = checked.document
    return [one.address for one in before.segments] == [one.address for one in after.segments] and len(
        before.troubles
    ) == len(after.troubles)


def _ignore(finding: Finding, checked: Checked, client: Client) -> Iterator[types.CodeAction]:
    """A comment in the document; where none can stand, an entry in the file beside it."""
    where, edit = "a comment", None
    if edits := comment(finding, checked):
        edit = _edit(edits, checked, client)
    elif added := entry(finding, checked, client.folder, client.unsaved):
        where = added.path.name
        edit = _elsewhere(added, checked, client)
    if edit is not None:
        yield types.CodeAction(
            title=f"Ignore {finding.rule} here ({where})",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(finding, checked, client.pages)],
            is_preferred=False,
            edit=edit,
        )


def _fix_all(checked: Checked, client: Client) -> Iterator[types.CodeAction]:
    safe = [one for one in checked.findings if one.fix and one.fix.safety is Safety.SAFE]
    if not safe or checked.document is None or checked.pipeline is None:
        return
    done = checked.pipeline.clean(checked.document, Safety.SAFE, checked.sidecar)
    edits = difference(checked.opened.text, done.document.text)
    if edits:
        yield types.CodeAction(
            title="Make all safe repairs of cleaner",
            kind=FIX_ALL,
            edit=_edit(edits, checked, client),
        )


def _edit(edits: Sequence[Edit], checked: Checked, client: Client) -> types.WorkspaceEdit:
    """Edits of the document; with its version, for an editor that looks at it."""
    changes = [types.TextEdit(checked.places.range(span), text) for span, text in edits]
    uri = checked.opened.uri
    if not client.versions:
        return types.WorkspaceEdit(changes={uri: changes})
    name = types.OptionalVersionedTextDocumentIdentifier(uri, checked.opened.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(name, list(changes))])


def _elsewhere(added: Entry, checked: Checked, client: Client) -> types.WorkspaceEdit | None:
    """Edits of the side-car file, made first when it is not there; None when the editor cannot make it."""
    if added.before is None and not client.creates:
        return None
    before, uri = added.before or "", added.path.as_uri()
    places = Places(before, checked.places.encoding)
    changes = [types.TextEdit(places.range(span), text) for span, text in difference(before, added.after)]
    if added.before is not None and not client.versions:
        return types.WorkspaceEdit(changes={uri: changes})
    name = types.OptionalVersionedTextDocumentIdentifier(uri)
    edit = types.TextDocumentEdit(name, list(changes))
    made = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    return types.WorkspaceEdit(document_changes=[made, edit] if added.before is None else [edit])
