"""What an editor may say, and what is done about it: the messages of the protocol, one by one."""

from __future__ import annotations

import contextlib
import logging
import os
import sys

from lsprotocol import types
from pygls.exceptions import PyglsError

from cleaner.lsp import options
from cleaner.lsp.actions import FIX_ALL, actions
from cleaner.lsp.diagnostics import diagnostics
from cleaner.lsp.hover import hover
from cleaner.lsp.server import DELAY, Server

WATCHED = ("**/*.{yml,yaml}", "**/pyproject.toml", "**/.cleaner-baseline.json")
_SETTINGS = (".yml", ".yaml", "pyproject.toml", ".cleaner-baseline.json")


def make(delay: float = DELAY) -> Server:
    """A server with everything that it can do."""
    server = Server(delay)
    _documents(server)
    _answers(server)
    _settings(server)
    return server


def _documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.keep(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.keep(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.drop(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.endswith(_SETTINGS):
            server.begin_again()


def _answers(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(
            inter_file_dependencies=False, workspace_diagnostics=False, identifier="cleaner"
        ),
    )
    async def diagnose(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        checked = await server.look(params.text_document.uri)
        shown = diagnostics(checked, server.options.rule_pages) if checked else []
        return types.RelatedFullDocumentDiagnosticReport(shown)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    async def act(params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = await server.look(params.text_document.uri)
        if checked is None:
            return []
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        client = server.client()
        span = checked.places.span(params.range)
        return await server.in_worker(lambda: actions(checked, span, only, client))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def explain(params: types.HoverParams) -> types.Hover | None:
        checked = await server.look(params.text_document.uri)
        if checked is None:
            return None
        return hover(checked, checked.places.offset(params.position), markdown=server.reads_markdown)


def _settings(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def begin(params: types.InitializeParams) -> None:
        server.configure(params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def begun(params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            wanted = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("cleaner-settings", method, wanted)
            with contextlib.suppress(PyglsError):
                await server.client_register_capability_async(types.RegistrationParams([registration]))
        await ask()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def reconfigured(params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            server.configure(params.settings)
        else:
            await ask()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def touched(params: types.DidChangeWatchedFilesParams) -> None:
        server.begin_again()

    async def ask() -> None:
        """Ask an editor for its settings that tells them only when it is asked."""
        workspace = server.client_capabilities.workspace
        if workspace is None or not workspace.configuration:
            return
        items = [types.ConfigurationItem(section=options.SECTION)]
        with contextlib.suppress(PyglsError):
            found = await server.workspace_configuration_async(types.ConfigurationParams(items))
            if found and found[0]:
                server.configure(found[0])


def serve() -> None:
    """Talk over standard input and output until the editor says that it leaves, or has left.

    Whatever else would be printed goes to standard error: it would be taken for a message.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # its warnings quote whole documents
    own = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(own, "wb") as output:
        make().start_io(sys.stdin.buffer, output)
    sys.stderr.flush()
    os._exit(0)  # a check that still runs is not waited for: nobody is left to be told
