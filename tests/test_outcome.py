"""Reports with excerpts in place of long texts say the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import outcome
from cleaner.excerpts import Excerpts
from cleaner.model import Encoding, FileReport, Report, Safety
from cleaner.outcome import report_of, shortened
from cleaner.pipeline import Mended, Pipeline
from cleaner.reporters import FORMATS, reporter
from cleaner.reporters.base import Look

PIECES = [
    "Ministers meet on Monday.",
    "They both [будут] be there.",
    "He said: “yes.",
    "It was cafÃ© noir.",
    "zero\u200bwidth 😀",
    "a , b &amp; c",
    "будут [sic]",
    "word " * 400,
    "\n",
    "\r\n\r\n",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)
rules = Pipeline()


def report(text: str, allowed: Safety | None) -> FileReport:
    document = rules.document("a.txt", text, lang="en", source_lang="ru")
    found = rules.find(document) if allowed is None else rules.clean(document, allowed)
    after = found.document.text if isinstance(found, Mended) else text
    return report_of("a.txt", found, text, after, Encoding())


@given(text=texts, allowed=st.sampled_from([None, Safety.SAFE, Safety.UNSAFE]))
@settings(max_examples=25)
def test_every_reporter_says_the_same(text: str, allowed: Safety | None) -> None:
    whole = report(text, allowed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outcome, "LONG", 0)
        short = shortened(whole)
    if whole.findings or whole.applied or whole.skipped or whole.suppressed:
        assert isinstance(short.before, Excerpts) and isinstance(short.after, Excerpts)
    assert short.changed == whole.changed
    look = Look(fixing=allowed is not None)
    for name in FORMATS:
        assert reporter(name)(Report((short,)), look) == reporter(name)(Report((whole,)), look), name


def test_of_a_sound_text_nothing_is_kept() -> None:
    text = "Ministers meet on Monday.\n" * 1000
    short = shortened(FileReport("a.txt", before=text, after=text))
    assert (short.before, short.after, short.changed) == ("", "", False)


def test_a_short_text_of_which_something_is_said_is_kept() -> None:
    assert shortened(report("Ministers [будут] meet.", None)).after == "Ministers [будут] meet."
