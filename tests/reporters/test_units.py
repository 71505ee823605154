"""Places in the units of other programs are the same as counted from the beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import FileReport, Report
from cleaner.offsets import utf8, utf16
from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look
from cleaner.reporters.units import Unit, Units
from tests.reporters.samples import find
from tests.timing import seconds


@given(st.text(alphabet="aб漢😀\n\udce9", max_size=40), st.integers(1, 200))
def test_as_counted_from_the_beginning(text: str, times: int) -> None:
    long = text * times
    units = Units(long)
    for offset in {0, len(long) // 2, min(1024, len(long)), len(long)}:
        assert units.at(offset) == Unit(utf16(long, offset), utf8(long, offset))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("filler", ["слово 😀 \u200b", "x\n"], ids=["one line", "many lines"])
def test_many_findings_in_a_large_file(name: str, filler: str) -> None:
    """A feed of one line and 2 MB: no format counts from its beginning for each finding."""
    text = filler * (2_000_000 // len(filler)) + " [bad] end."
    finding = find(text, "made/up", "[bad]", "bad")
    report = Report((FileReport("feed.json", (finding,) * 200, before=text, after=text),))
    assert seconds(lambda: reporter(name)(report, Look()), times=1) < 5
