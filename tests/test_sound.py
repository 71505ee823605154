"""Sound texts that look broken: no safe repair may change one of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import clean_text

FOLDER = Path(__file__).parents[1] / "fixtures" / "sound"
FILES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
# Texts without a declared language of the original, and as if they came from French, whose spaces
# before ! ? ; : are taken out of a translation.
ORIGINALS = {"spacing": (None, "fr")}


@pytest.mark.parametrize("file", FILES)
def test_no_safe_repair_changes_a_sound_text(file: str) -> None:
    changed = []
    for line in (FOLDER / f"{file}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for original in ORIGINALS.get(file, (None,)):
            done = clean_text(row["text"], lang=row["lang"], source_lang=original)
            if done.text != row["text"]:
                changed.append((row["about"], row["text"], done.text, [f.rule for f in done.applied]))
    assert not changed


def test_there_are_enough_of_them_to_mean_something() -> None:
    assert sum(len((FOLDER / f"{file}.jsonl").read_text("utf-8").splitlines()) for file in FILES) > 450
