"""An editor that speaks JSON-RPC to a real `cleaner lsp` process; it knows nothing of pygls."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.conftest import ROOT

PATIENCE = 60  # seconds; a slow machine is no mistake
Json = dict[str, Any]


class Editor:
    """A client. Messages of the server that are no answers are kept in the order of their arrival."""

    def __init__(self, folder: Path, capabilities: Json | None = None, options: Any = None) -> None:
        self.folder = folder
        self.notes: queue.Queue[Json | None] = queue.Queue()
        self.answers: dict[int, Json] = {}
        self.requests: list[Json] = []
        self.configuration: Any = None
        self._arrived = threading.Condition()
        self._number = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cleaner", "lsp"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        params = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": "news"}],
            "capabilities": capabilities or {},
            "initializationOptions": options,
        }
        self.server: Json = self.ask("initialize", params)
        self.tell("initialized", {})

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(BrokenPipeError, TimeoutError):
            if kind is None:
                self.ask("shutdown")
            self.tell("exit")
        self.leave()

    def leave(self) -> tuple[int, str]:
        """Close the connection; the exit code and what stood on standard error."""
        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin
            self._process.stdin.close()
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        assert self._process.stderr and self._process.stdout
        said = self._process.stderr.read().decode()
        self._listener.join(PATIENCE)
        self._process.stdout.close()
        self._process.stderr.close()
        return status, said

    # Talking

    def send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def raw(self, data: bytes) -> None:
        assert self._process.stdin
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def tell(self, method: str, params: Any = None) -> None:
        self.send({"method": method, "params": params} if params is not None else {"method": method})

    def request(self, method: str, params: Any = None) -> int:
        self._number += 1
        self.send(
            {"id": self._number, "method": method, **({"params": params} if params is not None else {})}
        )
        return self._number

    def answer(self, number: int) -> Json:
        with self._arrived:
            if not self._arrived.wait_for(lambda: number in self.answers, PATIENCE):
                raise TimeoutError(f"no answer to request {number}")
        return self.answers[number]

    def ask(self, method: str, params: Any = None) -> Any:
        found = self.answer(self.request(method, params))
        assert "error" not in found, found["error"]
        return found["result"]

    def _listen(self) -> None:
        assert self._process.stdout
        for message in _messages(self._process.stdout):
            if "method" in message and "id" in message:
                self.requests.append(message)
                wants_settings = message["method"] == "workspace/configuration"
                self.send({"id": message["id"], "result": [self.configuration] if wants_settings else None})
            elif "method" in message:
                self.notes.put(message)
            else:
                with self._arrived:
                    self.answers[message["id"]] = message
                    self._arrived.notify_all()
        self.notes.put(None)

    def note(self, method: str) -> Json:
        """The params of the next notification with that name."""
        while True:
            message = self.notes.get(timeout=PATIENCE)
            assert message is not None, "the server has left"
            if message["method"] == method:
                params: Json = message["params"]
                return params

    # Documents

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "plaintext", version: int = 1) -> str:
        uri = name if ":" in name else self.uri(name)
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def type(self, uri: str, text: str, version: int) -> None:
        document = {"uri": uri, "version": version}
        change = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.tell("textDocument/didChange", change)

    def close(self, uri: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def shown(self, uri: str, version: int | None = None) -> list[Json]:
        """The diagnostics that the server publishes next for a document, or for a version of it."""
        while True:
            params = self.note("textDocument/publishDiagnostics")
            if params["uri"] == uri and version in (None, params.get("version")):
                found: list[Json] = params["diagnostics"]
                return found

    def actions(self, uri: str, range: Json, only: list[str] | None = None) -> list[Json]:
        context = {"diagnostics": [], **({"only": only} if only else {})}
        params = {"textDocument": {"uri": uri}, "range": range, "context": context}
        found: list[Json] = self.ask("textDocument/codeAction", params)
        return found


def _messages(stream: Any) -> Iterator[Json]:
    while True:
        size = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            assert name in (b"Content-Length", b"Content-Type"), line  # whatever else is no message
            size = int(value) if name == b"Content-Length" else size
        if not size:
            return
        message: Json = json.loads(stream.read(size))
        yield message


def applied(text: str, edits: list[Json], encoding: str = "utf-16") -> str:
    """`text` with the edits of an editor, counted in bytes of the encoding, by other means than ours."""
    codec, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    lines = [line.encode(codec) for line in _split(text)]

    def offset(position: Json) -> int:
        return sum(map(len, lines[: position["line"]])) + position["character"] * width

    data = b"".join(lines)
    for edit in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        data = data[:start] + edit["newText"].encode(codec) + data[end:]
    return data.decode(codec)


def _split(text: str) -> list[str]:
    lines, line = [], ""
    for char, following in zip(text, text[1:] + " ", strict=False):
        line += char
        if char == "\n" or (char == "\r" and following != "\n"):
            lines.append(line)
            line = ""
    return [*lines, line]
