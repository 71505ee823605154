"""The server against the client of pytest-lsp, which plays Neovim, VS Code and Emacs.

It knows what each of them can do, and warns when the server sends what it cannot. It brings
pytest-asyncio, so it is no part of what everybody installs: without it this is skipped.
"""

from __future__ import annotations

import asyncio
import os
import sys
import warnings
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytest_lsp = pytest.importorskip("pytest_lsp", reason="no pytest-lsp (pip install pytest-lsp)")
from lsprotocol import types  # noqa: E402 - it comes with it

EDITORS = ["neovim@v0.6", "neovim@v0.10", "neovim@v0.11", "visual_studio_code@v1.65", "emacs@v29"]
pytestmark = pytest.mark.slow
TEXT = "Ministers 😀 [будут] meet on Monday.\n"


@pytest.mark.parametrize("editor", EDITORS)
def test_a_session_of(editor: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", pytest_lsp.LspSpecificationWarning)
        asyncio.run(asyncio.wait_for(session(editor, tmp_path), 60))


async def session(editor: str, folder: Path) -> None:
    server = pytest_lsp.ClientServerConfig(
        server_command=[sys.executable, "-m", "cleaner", "lsp"],
        server_env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    client = await server.start()
    capabilities = pytest_lsp.client_capabilities(editor)
    begun = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            root_uri=folder.as_uri(),
            initialization_options={"lang": "en", "from": "ru"},
        )
    )
    uri = (folder / "a.md").as_uri()
    document = types.TextDocumentIdentifier(uri)
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, TEXT))
    )
    if capabilities.text_document and capabilities.text_document.diagnostic:
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
        found = report.items
    else:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = client.diagnostics[uri]
    (one,) = found
    start = {"utf-8": 15, "utf-16": 13, "utf-32": 12}[begun.capabilities.position_encoding]
    assert (one.code, one.range.start) == ("leftover/bracketed-word", types.Position(0, start))
    context = types.CodeActionContext(diagnostics=[one])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document, one.range, context)
    )
    assert [action.title for action in actions] == [
        "Write “[will]” (unsafe)",
        "Ignore leftover/bracketed-word here (a comment)",
    ]
    hover = await client.text_document_hover_async(types.HoverParams(document, one.range.start))
    assert "Source-language words left in brackets" in hover.contents.value
    client.text_document_did_close(types.DidCloseTextDocumentParams(document))
    await client.shutdown_session()
