"""What the aligned original says of a fragment of its translation."""

import pytest

from cleaner.languages import original
from tests import timing

# run of the translation, its original, what must be seen, what must not
CASES = [
    ("squally", "It warns of very squally showers.", "in original", "capital in original"),
    ("gusty", "It warns of very squally showers.", "not in original", "in original"),
    ("squally Schauern", "very squally showers", "partly in original", "in original"),
    ("dráhy", "Nahradí České Dráhy.", "capital in original", "in original"),
    ("khou", "See khou.com for more.", "address in original", "in original"),
    ("hawkins", "Follow @awr_hawkins today.", "not in original", "in original"),
    ("fies", 'Seine Antwort: "fies". Dann ging er.', "quoted in original", "not in original"),
    ("field", "He stood on FedEx field again.", "name beside in original", "not in original"),
    ("field", "He stood on the field again.", "in original", "name beside in original"),
    ("web", "安全なweb環境", "in original", "not in original"),
]


@pytest.mark.parametrize(("run", "text", "seen", "unseen"), CASES, ids=[f"{c[0]}: {c[2]}" for c in CASES])
def test_observations(run: str, text: str, seen: str, unseen: str) -> None:
    observed = original.observe(run, text)
    assert seen in observed
    assert unseen not in observed


def test_exactly_one_thing_is_said_of_presence() -> None:
    presence = {"in original", "partly in original", "not in original"}
    assert all(len(original.observe(run, text) & presence) == 1 for run, text, _, _ in CASES)


def test_without_an_original_nothing_is_held() -> None:
    assert not original.holds(None, "squally")


@pytest.mark.parametrize("text", ["field " * 20_000, "a" * 100_000, '"' * 100_000, "Field " * 20_000])
def test_long_originals_take_little_time(text: str) -> None:
    assert timing.seconds(lambda: original.observe("field", text)) < 1.5
