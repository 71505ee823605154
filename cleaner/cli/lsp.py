"""`cleaner lsp`: the language server, for editors."""

from __future__ import annotations

import sys

from cleaner.cli import complain
from cleaner.errors import UsageError


def lsp() -> None:
    """Serve an editor: findings while typing, quick fixes.

    The editor starts it and speaks the Language Server Protocol over standard input and output;
    docs/editors.md says how, for VS Code, Neovim and Zed. Needs the extra “lsp”.
    """
    try:
        from cleaner.lsp.conversation import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol", "cattrs"):
            raise
        hint = 'pip install "translation-cleaner[lsp]"'
        raise UsageError("cleaner lsp needs the extra “lsp”", hint=hint) from None
    if sys.stdin.isatty():
        complain("waiting for an editor on standard input; Ctrl-C ends")
    serve()
