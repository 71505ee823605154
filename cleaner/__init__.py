"""Find and repair what machine translation and scraping leave in news texts.

    check_text(text)   every defect, with its place, its reason and its repair
    clean_text(text)   the text with the safe repairs made
    Config             settings, as in cleaner.yaml

Everything is imported when it is first used, so that a script pays for what it calls.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.api import Cleaned, check_text, clean_text
    from cleaner.config import Config
    from cleaner.errors import CleanerError
    from cleaner.model import Finding, Fix, Safety, Severity
    from cleaner.offsets import Edit, Span

_HOME = {
    "Cleaned": "api",
    "check_text": "api",
    "clean_text": "api",
    "Config": "config",
    "CleanerError": "errors",
    "Finding": "model",
    "Fix": "model",
    "Safety": "model",
    "Severity": "model",
    "Edit": "offsets",
    "Span": "offsets",
}

__all__ = [
    "Cleaned",
    "CleanerError",
    "Config",
    "Edit",
    "Finding",
    "Fix",
    "Safety",
    "Severity",
    "Span",
    "__version__",
    "check_text",
    "clean_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module “cleaner” has no attribute “{name}”")
    return getattr(importlib.import_module(f"cleaner.{_HOME[name]}"), name)
