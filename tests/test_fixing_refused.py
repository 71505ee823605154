"""Repairs that are not made, each with its reason: by rules made for the test, or by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import clean_text, fixing, formats
from cleaner.engine import Found
from cleaner.model import Document, Fix, Safety
from cleaner.offsets import Edit, Span
from cleaner.values import replace
from tests.reporters.samples import find
from tests.test_fixing import RULE, house

Rules = dict[str, tuple[str, str, str]]

REFUSED: dict[str, tuple[Rules, str, str, list[str]]] = {  # rules, text → text, why what was not made
    "one that changes a number, beside a good one": (
        {"a": ("1", "2", "safe"), "b": ("b", "B", "safe")},
        "x 1 b",
        "x 1 B",
        ["it would lose the number “1”"],
    ),
    "both bad": (
        {"a": ("1", "2", "safe"), "b": ("3", "4", "safe")},
        "x 1 b 3",
        "x 1 b 3",
        ["it would lose the number “1”", "it would lose the number “3”"],
    ),
}


@pytest.mark.parametrize(("rules", "text", "expected", "reasons"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_the_others(
    rules: Rules, text: str, expected: str, reasons: list[str], tmp_path: Path
) -> None:
    done = clean_text(text, lang="en", config=house(tmp_path, **rules))
    assert done.text == expected
    told = dict.fromkeys(skipped.reason.partition(",")[0] for skipped in done.skipped)
    assert list(told) == reasons


def test_two_repairs_that_are_good_alone_and_bad_together(tmp_path: Path) -> None:
    config = house(tmp_path, a=("a", "x", "safe"), b=("b", "y", "safe"))
    (tmp_path / "other").mkdir()
    rule = RULE.format(
        name="c", pattern="x y", replace="z", safety="manual", because=", because: of the test"
    )
    (tmp_path / "other" / "c.yml").write_text(rule, "utf-8")
    done = clean_text("a b", lang="en", config=replace(config, select=("house", "other")))
    assert done.text == "x b"
    assert [skipped.reason for skipped in done.skipped] == ["it would bring a new finding of other/c"]


def test_a_repair_that_breaks_the_file_is_taken_back() -> None:
    """No rule writes one, since each format escapes what is written; should one come, it is caught."""
    document = formats.split(Document("a.json", '{"t": "ab"}', "json"))
    fix = Fix("delete", (Edit(Span(9, 10), ""),), Safety.SAFE, "delete the mark")
    bad = find(document.text, "made/up", '"ab"', "", fix)

    def look(now: Document) -> Found:
        return Found((bad,) if now.text == document.text else ())

    done = fixing.clean(document, look, Safety.SAFE)
    assert done.document.text == document.text
    (skipped,) = done.skipped
    assert skipped.reason.startswith("it would break the file: JSON: ")
