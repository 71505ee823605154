"""Report → text. One function each; none reads a user's file or knows a rule."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from cleaner.model import Report
from cleaner.reporters.base import Look

Reporter = Callable[[Report, Look], str]

FORMATS = {
    "full": "cleaner.reporters.full",
    "concise": "cleaner.reporters.concise",
    "grouped": "cleaner.reporters.grouped",
    "json": "cleaner.reporters.wire",
    "json-lines": "cleaner.reporters.wire",
    "sarif": "cleaner.reporters.sarif",
    "github": "cleaner.reporters.github",
    "gitlab": "cleaner.reporters.gitlab",
    "junit": "cleaner.reporters.junit",
    "checkstyle": "cleaner.reporters.checkstyle",
    "rdjson": "cleaner.reporters.rdjson",
    "html": "cleaner.reporters.html",
    "markdown": "cleaner.reporters.markdown",
}


def reporter(name: str) -> Reporter:
    """The function that writes an output format of the table."""
    module = importlib.import_module(FORMATS[name])
    function: Reporter = getattr(module, name.replace("-", "_"))
    return function
