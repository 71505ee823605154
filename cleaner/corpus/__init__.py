"""Corpora: rows of text by the million, on one machine or on a cluster.

    BatchCleaner   an Arrow RecordBatch in, the same batch cleaned out; what Spark and Ray call
    run            a file or folder of JSON Lines, Parquet or Arrow, in parts, into a folder

    settings ─ Columns, Settings: what is read and what is allowed
    rows     ─ one row → its cleaned texts and its findings
    batches  ─ the same for a RecordBatch
    plan     ─ inputs → parts, each of which is done whole or not at all
    jsonlines, tables ─ one part → its outputs
    sinks, records    ─ outputs and what is kept of a finished part
    pool, runner      ─ all parts, by processes

A part depends on nothing but its own bytes and the settings: so any number of processes gives the
same bytes, and what was finished before a crash need not be done again.

Everything is imported when it is first used: JSON Lines need neither pyarrow nor zstandard.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.corpus.batches import BatchCleaner
    from cleaner.corpus.runner import run
    from cleaner.corpus.settings import Columns, Settings

__all__ = ["BatchCleaner", "Columns", "Settings", "run"]

_HOME = {"BatchCleaner": "batches", "Columns": "settings", "Settings": "settings", "run": "runner"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module “cleaner.corpus” has no attribute “{name}”")
    return getattr(importlib.import_module(f"cleaner.corpus.{_HOME[name]}"), name)
