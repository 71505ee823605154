"""Each output format of one report, compared with a file that a person has read.

CLEANER_UPDATE=1 writes the files anew.
"""

from __future__ import annotations

import os
import re

import pytest

from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look, version
from cleaner.reporters.statistics import statistics
from tests.conftest import ROOT
from tests.reporters.samples import sample

GOLDEN = ROOT / "fixtures" / "golden" / "reports"
LOOKS = {"": Look(), "fixing": Look(fixing=True), "colour": Look(colour=True, width=60)}


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    text = text.replace(f'"{version()}"', '"VERSION"').replace(f"cleaner {version()}", "cleaner VERSION")
    if os.environ.get("CLEANER_UPDATE"):
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text, "CLEANER_UPDATE=1 writes it anew"


@pytest.mark.parametrize("name", FORMATS)
def test_format(name: str) -> None:
    text = reporter(name)(sample(), Look())
    if name == "html":
        text = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", text, flags=re.DOTALL)
        text = re.sub(r"sha256-[\w+/=]+", "sha256-…", text)
    compare(f"sample.{name}", text)


@pytest.mark.parametrize("name", ["full", "concise", "grouped"])
@pytest.mark.parametrize("look", ["fixing", "colour"])
def test_for_people(name: str, look: str) -> None:
    compare(f"sample.{look}.{name}", reporter(name)(sample(), LOOKS[look]))


def test_statistics() -> None:
    compare("sample.statistics", statistics(sample()))


def test_no_golden_file_is_left_over() -> None:
    known = {f"sample.{name}" for name in (*FORMATS, "statistics")}
    known |= {
        f"sample.{look}.{name}" for look in ("fixing", "colour") for name in ("full", "concise", "grouped")
    }
    assert {path.name for path in GOLDEN.iterdir()} == known
