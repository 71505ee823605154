"""The server of one editor, over pygls: it keeps documents, has them checked, and remembers what was found.

Checks run one at a time in a thread of their own, so that the conversation never waits for one; of a
document that has changed meanwhile the result is thrown away. Editors that ask for diagnostics
(pull) get them when they ask, others a moment after the last key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from cleaner import __version__
from cleaner.errors import CleanerError, unexpected
from cleaner.lsp import options
from cleaner.lsp.actions import Client
from cleaner.lsp.diagnostics import diagnostics
from cleaner.lsp.documents import Checked, Opened, check, forget, path_of
from cleaner.lsp.places import sound
from cleaner.run import Settings
from cleaner.text.visible import visible

T = TypeVar("T")
DELAY = 0.25  # seconds after the last key until a document is checked


class Server(LanguageServer):
    """A language server for one editor."""

    def __init__(self, delay: float = DELAY) -> None:
        super().__init__("cleaner", __version__, types.TextDocumentSyncKind.Full, max_workers=2)
        self.options = options.Options()
        self._delay = delay
        self._settings = Settings()
        self._open: dict[str, Opened] = {}
        self._looks: dict[str, tuple[Opened, asyncio.Task[Checked | None]]] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._worker = ThreadPoolExecutor(1, "check")
        self._told = ""

    # What the editor can do

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    @property
    def reads_markdown(self) -> bool:
        """Whether the editor shows Markdown in a hover."""
        document = self.client_capabilities.text_document
        formats = document.hover.content_format if document and document.hover else None
        return types.MarkupKind.Markdown in (formats or ())

    def client(self) -> Client:
        """What the editor wants, and what it is able to do."""
        workspace = self.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        versions = bool(edits and edits.document_changes)
        operations = (edits.resource_operations if edits else None) or ()
        return Client(
            self.options.unsafe_fixes,
            self.options.rule_pages,
            versions,
            types.ResourceOperationKind.Create in operations,  # Neovim says only this, and takes both
            self._folder(),
            {one.path: one.text for one in self._open.values() if one.path},
        )

    # Documents

    def keep(self, uri: str) -> None:
        """Take a document as it is now, and see to its diagnostics if the editor does not."""
        document = self.workspace.text_documents.get(uri)
        if document is None:
            return
        is_new = uri not in self._open
        self._open[uri] = Opened(
            uri, sound(document.source), document.language_id or "", path_of(uri), document.version
        )
        if not self.pulls:
            self._schedule(uri, 0.0 if is_new else self._delay)

    def drop(self, uri: str) -> None:
        """Let go of a document that was closed."""
        self._open.pop(uri, None)
        self._looks.pop(uri, None)
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _schedule(self, uri: str, delay: float) -> None:
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        self._timers[uri] = asyncio.ensure_future(self._publish(uri, delay))

    async def _publish(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        checked = await self.look(uri)
        opened = self._open.get(uri)
        if opened is None or (checked is not None and checked.opened is not opened):
            return
        shown = diagnostics(checked, self.options.rule_pages) if checked else []
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, opened.version))

    async def look(self, uri: str) -> Checked | None:
        """What is found in a document as it is now; None when it is not open or cannot be checked."""
        opened = self._open.get(uri)
        if opened is None:
            return None
        if uri not in self._looks or self._looks[uri][0] is not opened:
            self._looks[uri] = opened, asyncio.ensure_future(self._check(opened))
        return await asyncio.shield(self._looks[uri][1])  # who else waits for it still wants it

    async def _check(self, opened: Opened) -> Checked | None:
        settings, encoding = self._settings, str(self.workspace.position_encoding or "utf-16")
        encoding = str(getattr(self.workspace.position_encoding, "value", encoding))

        def work() -> Checked | None:
            if self._open.get(opened.uri) is not opened:  # typed over while it was waiting
                return None
            return check(opened, settings, encoding, self._folder())

        try:
            return await self.in_worker(work)
        except CleanerError as error:
            self.tell(str(error))
        except Exception as error:
            self.tell(unexpected(error))
        return None

    def _folder(self) -> Path:
        """The folder that was opened, the first of several."""
        for folder in self.workspace.folders.values():
            if path := path_of(folder.uri):
                return path
        return Path(self.workspace.root_path or Path.cwd())

    async def in_worker(self, work: Callable[[], T]) -> T:
        """Do `work` in the thread of the checks, after those that are waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    # Settings

    def configure(self, given: object) -> None:
        """Take the settings of the editor; wrong ones are told, and those before stay."""
        try:
            wanted = options.parse(given)
        except CleanerError as error:
            self.tell(str(error))
            return
        if wanted != self.options:
            self.options = wanted
            self.begin_again()

    def begin_again(self) -> None:
        """Check everything anew: settings, rules or suppressions have changed."""
        self._told = ""
        self._settings = Settings(self.options.changes)
        self._looks.clear()
        self._worker.submit(forget)
        self._open = {
            uri: Opened(one.uri, one.text, one.language_id, one.path, one.version)
            for uri, one in self._open.items()
        }
        if not self._open:
            return
        if not self.pulls:
            for uri in self._open:
                self._schedule(uri, 0.0)
            return
        workspace = self.client_capabilities.workspace
        if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def tell(self, message: str) -> None:
        """Show a mistake of the settings once, not at every key."""
        if message != self._told:
            self._told = message
            shown = "\n".join(map(visible, message.splitlines()))
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"cleaner: {shown}"))
