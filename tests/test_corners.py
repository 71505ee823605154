"""Small promises of small modules that nothing else attacks."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

import pytest

from cleaner import baseline, cache, clean_text, patterns, results
from cleaner.errors import UsageError
from cleaner.model import FileReport, Report
from cleaner.reporters.statistics import statistics
from tests.reporters.samples import find


def test_a_trust_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="unknown safety “safest”"):
        clean_text("a", lang="en", safety="safest")
    with pytest.raises(UsageError, match="unknown safety “manual”"):
        clean_text("a", lang="en", safety="manual")  # those are shown, and never made


def test_no_findings_no_statistics() -> None:
    assert statistics(Report((FileReport("a.txt"),))) == ""


def test_the_nearest_baseline_or_none(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert baseline.discover(inner) is None
    (tmp_path / baseline.FILE_NAME).write_text("[]\n")
    assert baseline.discover(inner) == tmp_path / baseline.FILE_NAME
    (inner / baseline.FILE_NAME).write_text("[]\n")
    assert baseline.discover(inner) == inner / baseline.FILE_NAME


@pytest.mark.parametrize("missing", ["re._compiler", "_sre"])
def test_patterns_are_compiled_in_a_python_whose_re_is_made_otherwise(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(cache, "keep", lambda name, text: kept.append(name))
    monkeypatch.setitem(sys.modules, missing, None)  # as an import that fails
    with patterns.remembered():
        assert re.compile(r"(?P<day>\d+)\. Mai nr 77").match("1. Mai nr 77")
    assert kept == []
    assert importlib.import_module("re") is re


# -- What was found, remembered ------------------------------------------------------------------------

KEY = "settings ab content"
FOUND = FileReport("a.txt", (find("a [b] c", "made/up", "[b]", "x"),), before="a [b] c", after="a [b] c")


def recalled(text: str, monkeypatch: pytest.MonkeyPatch) -> FileReport | None:
    monkeypatch.setattr(cache, "recall", lambda _: text)
    return results.Results().recall(KEY, "a.txt", "a [b] c")


BROKEN = {
    "no JSON": "{",
    "a list": "[]",
    "no report": json.dumps({"content": 7}),
    "a report without findings": json.dumps({"content": []}),
    "a finding that is none": json.dumps({"content": [[["a"]], []]}),
    "another file": json.dumps({"other": [[], []]}),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_result_that_was_kept_broken_is_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recalled(text, monkeypatch) is None


def test_the_oldest_results_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many long reports the newest are kept; one that is too long alone is not."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(cache, "keep", kept.__setitem__)
    monkeypatch.setattr(cache, "recall", kept.get)
    monkeypatch.setattr(results, "_LONGEST", 1000)
    known = results.Results()
    for number in range(20):
        known.keep(f"settings ab {number}", FOUND)
    known.save()
    (text,) = kept.values()
    assert len(text) <= 1000
    assert list(json.loads(text))[-1] == "19"
    assert 1 <= len(json.loads(text)) < 20
    again = results.Results().recall("settings ab 19", "a.txt", "a [b] c")
    assert again is not None
    assert again.findings == FOUND.findings
    kept.clear()
    monkeypatch.setattr(results, "_LONGEST", 10)
    known.keep("settings ab 1", FOUND)
    known.save()
    assert kept == {}
