"""The kinds that a rule may name, one module each.

The table is explicit, so that reading it is enough to know them all; a module is imported only
when a rule of its kind is compiled, so that a check pays for what it uses.
"""

from __future__ import annotations

import importlib
from typing import cast

from cleaner.detectors.base import Context, Detect, Kind
from cleaner.errors import UsageError, nearest

KINDS = {
    "dates": "cleaner.detectors.dates",
    "decomposed": "cleaner.detectors.decomposed",
    "entities": "cleaner.detectors.entities",
    "foreign-script": "cleaner.detectors.foreign_script",
    "foreign-words": "cleaner.detectors.foreign_words",
    "mixed-script": "cleaner.detectors.mixed_script",
    "mojibake": "cleaner.detectors.mojibake",
    "months": "cleaner.detectors.months",
    "names": "cleaner.detectors.names",
    "pairs": "cleaner.detectors.pairs",
    "pattern": "cleaner.detectors.pattern",
    "phrases": "cleaner.detectors.phrases",
    "repetition": "cleaner.detectors.repetition",
    "signs": "cleaner.detectors.signs",
}


def kind(name: str) -> Kind:
    """The module of a kind.

    Raises UsageError, with the nearest known kind, for a name that is not in the table.

    >>> kind("pattern").__name__
    'cleaner.detectors.pattern'
    """
    if name not in KINDS:
        hint = nearest(name, KINDS) or f"kinds: {', '.join(KINDS)}"
        raise UsageError(f"unknown kind “{name}”", hint=hint)
    return cast(Kind, importlib.import_module(KINDS[name]))


__all__ = ["KINDS", "Context", "Detect", "Kind", "kind"]
