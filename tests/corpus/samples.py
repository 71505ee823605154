"""Rows of a small corpus, made by us: most are clean, some carry what a repair is known for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.config import Config
from cleaner.corpus.settings import Columns, Settings

# Few rules, so that a test is quick: what is tested here is the way of the rows, not the rules.
RULES = ("mojibake", "markup", "leftover/bracketed-word")
COLUMNS = Columns(lang="lang", source_lang="from")
SETTINGS = Settings(COLUMNS, Config(select=RULES))

CLEAN = "The ministers met on Monday, and nothing was decided."
MOJIBAKE, MENDED = "The cafÃ© on the corner is open again.", "The café on the corner is open again."
ENTITY, WRITTEN = "Research &amp;amp; development cost more.", "Research & development cost more."
LEFTOVER = "Ministers [будут] meet on Monday."
TEXTS = (CLEAN, MOJIBAKE, LEFTOVER, CLEAN, ENTITY, "", "Ціни зросли вдвічі.")
AFTER = (CLEAN, MENDED, LEFTOVER, CLEAN, WRITTEN, "", "Ціни зросли вдвічі.")
LANGS = ("en", "en", "en", None, "en", "en", "uk")


def rows(count: int) -> list[dict[str, Any]]:
    """So many rows, with columns that nobody asked for before and behind the text."""
    return [
        {
            "id": number,
            "lang": LANGS[number % len(LANGS)],
            "from": "ru" if number % 2 == 0 else None,
            "text": TEXTS[number % len(TEXTS)],
            "score": number / 7,
            "tags": ["новини", "a/b"],
        }
        for number in range(count)
    ]


def jsonl(many: Iterable[dict[str, Any]], **style: Any) -> bytes:
    return "".join(json.dumps(row, **style) + "\n" for row in many).encode()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, hidden ones as well but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def joined(folder: Path, suffix: str = "") -> bytes:
    """The files of a folder one after the other."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob(f"*{suffix}")) if path.is_file())
