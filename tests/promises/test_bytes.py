"""Whatever the bytes of a file, those outside of the reported edits come out as they were."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.config import Config
from cleaner.formats import FORMATS
from cleaner.model import FileReport, Safety
from cleaner.pipeline import Pipeline
from cleaner.run import Task, one_text

# Debris that is repaired, sound text that looks like it, and what text files get wrong.
PIECES = [
    "date 2022-07-29 ",
    "Ministers met. ",
    "They both [будут] be there. ",
    "He said: “yes. ",
    "It was cafÃ©. ",
    "МiнiстрPi ",
    "a ,b ",
    "« да » ",
    "&amp;nbsp;",
    "<p>x</p>",
    "<unk> ",
    "й е́ \u212b \ufb01 ＡＢＣ ",  # decomposed, compatibility and full-width forms
    "\u200b\u00ad\ufeff\u202e\u00a0",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u2028",
    "\x85",
    "\x0b\x0c\x1b[31m",
    "😀",
    "\x00",
    "\\u0431",
    '"',
]
HOLDERS = {  # a file of each format with a hole for text; any bytes may stand in the hole, whole or not
    "plain": "{}",
    "html": "<html><body><p>{}</p><script>a</script></body></html>",
    "markdown": "# A\n\n{}\n\n- b\n",
    "json": '{{"a": "{}", "b": ["c", 1.0]}}',
    "jsonl": '{{"t": "{}"}}\n{{"t": "b"}}\n',
    "csv": 'id,text\n1,"{}"\n2,b\n',
    "tsv": "id\ttext\n1\t{}\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n",
    "po": 'msgid "a"\nmsgstr "{}"\n',
    "xml": "<?xml version='1.0'?><rss><channel><title>{}</title></channel></rss>",
    "yaml": "a: {}\nb: c\n",
}
ENCODINGS = {
    "UTF-8": lambda text: text.encode("utf-8", "surrogatepass"),
    "UTF-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass"),
    "UTF-16 LE": lambda text: b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass"),
    "UTF-8 with bytes that are none": lambda text: (
        b"\xe9" + text.encode("utf-8", "surrogatepass") + b"\xff\xfe"
    ),
}
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@functools.cache
def pipeline() -> Pipeline:
    return Pipeline(Config(lang="en", source_lang="ru"))


def assert_kept(old: bytes, new: bytes, report: FileReport) -> None:
    """The pieces of the old file between the edits stand in the new one, in order, first and last at its ends."""
    name, mark = report.encoding.name, report.encoding.bom
    assert report.before is not None
    spans = sorted(edit.span for finding in report.applied if finding.fix for edit in finding.fix.edits)
    pieces, at = [], 0
    for span in spans:
        pieces.append(report.before[at : max(at, span.start)])
        at = max(at, span.end)
    pieces.append(report.before[at:])
    kept = [piece.encode(name, "surrogateescape") for piece in pieces]
    assert old.startswith(mark) and new.startswith(mark + kept[0])
    assert new.endswith(kept[-1])
    place, end = len(mark) + len(kept[0]), len(new) - len(kept[-1])
    for piece in kept[1:-1]:
        place = new.index(piece, place, max(place, end)) + len(piece)


@pytest.mark.parametrize("format", HOLDERS)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS, encoding=st.sampled_from(sorted(ENCODINGS)))
def test_bytes_outside_of_edits_are_identical(format: str, text: str, encoding: str) -> None:
    from cleaner.errors import InputError

    data = ENCODINGS[encoding](HOLDERS[format].format(text))
    for allowed in (Safety.SAFE, Safety.UNSAFE):
        try:
            report, new = one_text(data, "a", pipeline(), Task(allowed, format=format))
        except InputError:
            continue  # no text, or not of this format: nothing is written
        assert new is not None
        if not report.applied:
            assert new == data
        assert_kept(data, new, report)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=60), format=st.sampled_from(sorted(FORMATS)))
def test_any_bytes_without_findings_are_identical(data: bytes, format: str) -> None:
    from cleaner.errors import InputError

    try:
        report, new = one_text(data, "a", pipeline(), Task(Safety.UNSAFE, format=format))
    except InputError:
        return
    assert report.applied or new == data
