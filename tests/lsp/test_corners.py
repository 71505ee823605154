"""What an editor is offered in places where little can be offered; without a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lsprotocol import types

from cleaner.lsp.actions import Client, actions
from cleaner.lsp.documents import Checked, Opened, check, path_of
from cleaner.lsp.hover import hover
from cleaner.lsp.options import Options
from cleaner.lsp.places import Places
from cleaner.model import Finding, Fix, Safety
from cleaner.offsets import Edit, Span
from cleaner.run import Settings
from cleaner.suppress import sidecar
from cleaner.values import replace as changed
from tests.conftest import Inside

TEXT = "They [будут] be there."
SETTINGS = Settings({"lang": "en", "source_lang": "ru"}, isolated=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def opened(folder: Path, text: str, name: str = "a.txt") -> Opened:
    path = folder / name
    path.write_text(text, "utf-8")
    return Opened(path.as_uri(), text, "plaintext", path, 1)


def looked(folder: Path, text: str = TEXT, name: str = "a.txt") -> Checked:
    return check(opened(folder, text, name), SETTINGS, "utf-16", folder)


def titles(checked: Checked, client: Client) -> list[str]:
    everything = Span(0, len(checked.opened.text))
    return [action.title for action in actions(checked, everything, None, client)]


def edits(checked: Checked, client: Client, title: str) -> types.WorkspaceEdit:
    everything = Span(0, len(checked.opened.text))
    (found,) = [one for one in actions(checked, everything, None, client) if one.title.startswith(title)]
    assert found.edit is not None
    return found.edit


# -- A repair that would break the file ----------------------------------------------------------------

BREAKS = {  # the edits of a repair that no rule makes; none may be offered
    "no JSON any more": (Edit(Span(6, 7), ""),),
    "edits that overlap": (Edit(Span(7, 10), ""), Edit(Span(8, 12), "")),
    "another member": (Edit(Span(2, 3), "b"),),
}


@pytest.mark.parametrize("edit", BREAKS.values(), ids=BREAKS)
def test_a_repair_that_breaks_the_file_is_not_offered(folder: Path, edit: tuple[Edit, ...]) -> None:
    checked = looked(folder, f'{{"t": "{TEXT}"}}', "a.json")
    assert titles(checked, Client())[0] == "Write “[will]” (unsafe)"
    (finding,) = checked.findings
    fix = Fix("replace", edit, Safety.SAFE, "break it")
    bad = replace(checked, findings=(finding_with(finding, fix),))
    assert not [title for title in titles(bad, Client()) if title.startswith("Break it")]


def finding_with(finding: Finding, fix: Fix) -> Finding:
    return changed(finding, fix=fix, alternatives=())


def test_nothing_is_offered_for_a_file_that_cannot_be_read(folder: Path) -> None:
    checked = looked(folder, '{"t": ', "a.json")
    assert [one.rule for one in checked.findings] == ["format/broken"]
    assert titles(checked, Client(creates=True)) == []
    (finding,) = checked.findings
    fixed = replace(
        checked, findings=(finding_with(finding, Fix("x", (Edit(Span(0, 1), ""),), Safety.SAFE, "x")),)
    )
    assert titles(fixed, Client()) == []


# -- The file beside it --------------------------------------------------------------------------------


def test_an_editor_that_cannot_make_files_is_offered_none(folder: Path) -> None:
    checked = looked(folder)
    assert not [title for title in titles(checked, Client(folder=folder)) if title.startswith("Ignore")]
    able = Client(folder=folder, versions=True, creates=True)
    made, written = edits(checked, able, "Ignore").document_changes or ()
    assert isinstance(made, types.CreateFile)
    assert isinstance(written, types.TextDocumentEdit)
    assert made.uri == written.text_document.uri == (folder / sidecar.FILE_NAME).as_uri()


@pytest.mark.parametrize("versions", [True, False])
def test_an_entry_in_a_file_that_is_there(folder: Path, versions: bool) -> None:
    home = folder / sidecar.FILE_NAME
    home.write_text("- {path: x.txt, rule: quotes}\n", "utf-8")
    edit = edits(looked(folder), Client(folder=folder, versions=versions), "Ignore")
    if versions:
        (one,) = edit.document_changes or ()
        assert isinstance(one, types.TextDocumentEdit)
        uri, changes = one.text_document.uri, list(one.edits)
    else:
        ((uri, listed),) = (edit.changes or {}).items()
        changes = list(listed)
    assert uri == home.as_uri()
    (change,) = changes
    assert change.range.start == types.Position(1, 0)  # type: ignore[union-attr]
    assert '- path: "/a.txt"' in change.new_text  # type: ignore[union-attr]


def test_a_side_car_file_that_takes_no_more_entries(folder: Path) -> None:
    (folder / sidecar.FILE_NAME).write_text("[{path: x.txt, rule: quotes}]\n", "utf-8")
    able = Client(folder=folder, versions=True, creates=True)
    assert not [title for title in titles(looked(folder), able) if title.startswith("Ignore")]


# -- What is known ---------------------------------------------------------------------------------------


def test_what_the_baseline_knows_is_not_shown(inside: Inside, folder: Path) -> None:
    text = f"{TEXT} The council voted on Tuesday to renew the contract for the ferry."
    (folder / "a.txt").write_text(text, "utf-8")
    assert inside("baseline", "create", "a.txt", "--lang", "en", "--from", "ru").status == 0
    assert looked(folder, text).findings == ()
    (finding,) = looked(folder, f"{text} He [был] there.").findings
    assert finding.match == "[был]"


# -- Hover, places, addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("markdown", [True, False])
def test_a_place_without_a_finding_has_no_hover(folder: Path, markdown: bool) -> None:
    checked = looked(folder)
    assert hover(checked, len(TEXT), markdown=markdown) is None
    assert hover(checked, 7, markdown=markdown) is not None


def test_a_finding_of_a_file_that_is_broken_has_no_rule_and_yet_a_hover(folder: Path) -> None:
    shown = hover(looked(folder, '{"t": ', "a.json"), 6, markdown=False)
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert "format/broken" in shown.contents.value
    assert "Example" not in shown.contents.value


def test_the_edges_of_a_line() -> None:
    places = Places("один\r\nдва\n", "utf-16")
    assert (places.line_start(8), places.line_end(8)) == (6, 9)
    assert (places.line_start(2), places.line_end(2)) == (0, 4)


@pytest.mark.parametrize("uri", ["file://[bad/a.txt", "untitled:1", "file:///a%00b"])
def test_an_address_that_names_no_file(uri: str) -> None:
    assert path_of(uri) is None


def test_settings_of_the_editor_that_say_nothing_change_nothing() -> None:
    assert Options().changes == {}
    assert Options(lang="uk").changes == {"lang": "uk"}
