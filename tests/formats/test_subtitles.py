"""SubRip and WebVTT: the cues that `srt` and `webvtt` read, exactly where they stand."""

from __future__ import annotations

import datetime
import html
import io
import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.errors import FormatError
from cleaner.formats.named import has_text
from cleaner.formats.subtitles import split
from cleaner.model import Document, Role, Segment, Trouble
from cleaner.offsets import Edit, LineIndex, Span, splice
from tests.formats.exactness import FIXTURES, assert_exact, assert_linear, document_of, edited, segments_of

SUBTITLES = FIXTURES / "subtitles"
TIMES = "00:00:01,000 --> 00:00:02,000\n"


def meaning(written: str) -> str:
    return "\n" if written in ("\r\n", "\r") else html.unescape(written)


def read(text: str, format: str = "srt") -> list[Segment]:
    return segments_of(split, Document("a", text, format))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "film.srt",
            [
                ("cue 1 at 00:00:01,000", "Вони [будут]\nзустрічатися 😀."),
                ("cue 2 at 00:01:02,500", "- Так?\n- Ні & <unk> <3.\n- 1945"),
                ("cue 3 at 00:01:05,000", "Кінець"),
            ],
            id="tags and positions",
        ),
        pytest.param(
            "unnumbered.srt",
            [
                ("cue 1 at 00:01.000", "Перший"),
                ("cue 2 at 00:00:03,000", "Другий"),
                ("cue 3 at 00:00:05,000", "Третій"),
            ],
            id="without numbers",
        ),
        pytest.param(
            "talk.vtt",
            [
                ("cue intro at 00:01.000", "Вони & ми <тут>"),
                ("cue 1 at 00:00:03.000", "Один два\u00a0три"),
            ],
            id="WebVTT",
        ),
    ],
)
def test_fixtures(name: str, expected: list[tuple[str, str]]) -> None:
    document = document_of(SUBTITLES / name, name[-3:])
    segments = segments_of(split, document)
    assert [(part.address, part.text) for part in segments] == expected
    assert {part.role for part in segments} == {Role.CUE}
    assert {part.lang for part in segments} == ({"uk"} if name == "talk.vtt" else {None})
    assert_exact(document, segments, meaning)


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    document = document_of(SUBTITLES / "broken.srt", "srt")
    parts = list(split(document))
    assert [(part.address, part.text) for part in parts if isinstance(part, Segment)] == [
        ("cue 1 at 00:00:01,000", "Перший"),
        ("cue 1 at 00:00:01,000, after an empty line", "після порожнього рядка"),
        ("cue 2", "Другий"),
    ]
    troubles = [part for part in parts if isinstance(part, Trouble)]
    assert [LineIndex(document.text).position(part.span.start).line for part in troubles] == [1, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1\n" + TIMES + "Le <i>ministre</i>\n", ["Le ministre"], id="italics"),
        pytest.param("1\n" + TIMES + "{\\an8}{\\pos(1,2)}Так\n", ["Так"], id="positions"),
        pytest.param("1\n" + TIMES + "a < b > c <unk> {b}\n", ["a < b > c <unk> {b}"], id="no tags"),
        pytest.param("1\n" + TIMES + "R&amp;D\n", ["R&amp;D"], id="SRT has no references"),
        pytest.param("1\n" + TIMES + "\n2\n" + TIMES + "b\n", ["b"], id="an empty cue"),
        pytest.param("1\n" + TIMES + "a\n2\n" + TIMES + "b\n", ["a", "b"], id="no empty line between"),
        pytest.param(
            "1\n" + TIMES + "a\n \t\n2\n" + TIMES + "b\n", ["a", "b"], id="a line of spaces between"
        ),
        pytest.param("\n \n", [], id="an empty file"),
    ],
)
def test_the_text_of_cues(text: str, expected: list[str]) -> None:
    assert [part.text for part in read(text)] == expected


def test_text_without_a_cue_is_refused() -> None:
    with pytest.raises(FormatError, match="no cue"):
        list(split(Document("a.srt", "Just a text.\n", "srt")))


@pytest.mark.parametrize(
    ("format", "new", "written"),
    [
        pytest.param("srt", "a\nb", "a\r\nb", id="the line breaks of the file"),
        pytest.param("srt", "R&D <3", "R&D <3", id="SRT needs no escapes"),
        pytest.param("vtt", "R&D <3 -->", "R&amp;D &lt;3 --&gt;", id="WebVTT does"),
    ],
)
def test_new_text(format: str, new: str, written: str) -> None:
    (segment,) = read(f"1\r\n{TIMES[:-1]}\r\nx\r\n", format)
    assert segment.escape(new) == written


@pytest.mark.parametrize("new", ["a\n\nb", "a\n", "\nb", "a --> b", "<i>a", "{\\an8}"])
def test_new_text_that_no_cue_can_hold(new: str) -> None:
    (segment,) = read(f"1\n{TIMES}x\n")
    with pytest.raises(FormatError, match="cannot be written"):
        segment.escape(new)


def test_a_line_that_an_edit_empties_changes_the_addresses() -> None:
    """The engine compares addresses to see that a repair has not broken the structure."""
    document = Document("a.srt", f"1\n{TIMES}один\nдва\nтри\n", "srt")
    (segment,) = segments_of(split, document)
    after = edited(document, segment, Span(5, 8), "")
    assert [part.address for part in read(after)] == [
        segment.address,
        f"{segment.address}, after an empty line",
    ]


LINE = st.text("абв xyz«»“[]<>&{}\\i/3😀", min_size=1, max_size=10).filter(
    lambda line: line.strip() and not line.strip().isdigit()
)
CUES = st.lists(
    st.lists(LINE, min_size=1, max_size=3).map("\n".join).filter(has_text), min_size=1, max_size=4
)


def composed(texts: list[str]) -> str:
    srt = pytest.importorskip("srt")
    second = datetime.timedelta(seconds=1)
    cues = [srt.Subtitle(n, second * n, second * (n + 1), text) for n, text in enumerate(texts, 1)]
    return str(srt.compose(cues, reindex=False))


def tags_of(text: str) -> list[str]:
    return re.findall(r"</?(?:[bius]|font)(?:\s[^<>]*)?>|\{\\[^{}\n]*\}|\{[A-Za-z]:[^{}\n]*\}", text)


@given(CUES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_generated_subtitles(texts: list[str], newline: str) -> None:
    assume(not any(tags_of(text) for text in texts))
    document = Document("a.srt", composed(texts).replace("\n", newline), "srt")
    segments = segments_of(split, document)
    assert [part.text for part in segments] == texts
    assert_exact(document, segments, meaning)


@given(CUES, st.text("абв “”<>&3", max_size=6), st.data())
def test_an_edit_changes_one_cue_only(texts: list[str], new: str, data: st.DataObject) -> None:
    srt = pytest.importorskip("srt")
    assume(not any(tags_of(text) for text in texts))
    document = Document("a.srt", composed(texts), "srt")
    segments = segments_of(split, document)
    number = data.draw(st.integers(0, len(segments) - 1))
    segment = segments[number]
    start = data.draw(st.integers(0, len(segment.text)))
    span = Span(start, data.draw(st.integers(start, len(segment.text))))
    try:
        after = edited(document, segment, span, new)
    except FormatError:
        return
    intended = splice(segment.text, [Edit(span, new)])
    assume(all(line.strip() and not line.strip().isdigit() for line in intended.split("\n")))
    assume(has_text(intended) and not tags_of(intended))
    cues = list(srt.parse(after))
    assert [cue.content for cue in cues] == [*texts[:number], intended.strip("\n"), *texts[number + 1 :]]
    assert [part.text for part in read(after)] == [*texts[:number], intended, *texts[number + 1 :]]


@given(CUES)
def test_generated_webvtt(texts: list[str]) -> None:
    webvtt = pytest.importorskip("webvtt")
    texts = [" ".join(text.split()) for text in texts]
    written = "WEBVTT\n\n" + "".join(
        f"00:00:0{n}.000 --> 00:00:0{n}.500\n<v Анна>{html.escape(text, quote=False)}\n\n"
        for n, text in enumerate(texts)
    )
    document = Document("a.vtt", written, "vtt")
    segments = segments_of(split, document)
    assert [part.text for part in segments] == texts
    assert_exact(document, segments, meaning)
    after = edited(document, segments[0], Span(0, 1), "R&D <b>")
    captions = list(webvtt.from_buffer(io.StringIO(after)))
    assert len(captions) == len(texts)
    assert html.unescape(captions[0].raw_text.removeprefix("<v Анна>")) == "R&D <b>" + texts[0][1:]


HEAD = "1\n" + TIMES
HOSTILE: dict[str, Callable[[int], str]] = {
    "angle brackets": lambda n: HEAD + "<" * n,
    "open tags": lambda n: HEAD + "<i " * n,
    "open positions": lambda n: HEAD + "{\\" * n,
    "ampersands": lambda n: HEAD + "&" * n,
    "open references": lambda n: HEAD + "&#1" * n,
    "arrows": lambda n: "-->" * n,
    "lines of arrows": lambda n: "-->\n" * n,
    "numbers": lambda n: "1\n" * n,
    "spaces before an arrow": lambda n: " " * n + "-->",
    "times before an arrow": lambda n: "00:00:01" * n + "-->",
    "empty lines": lambda n: HEAD + "\n" * n,
    "paragraphs": lambda n: HEAD + "a\n\n" * n,
    "cues": lambda n: HEAD * (n // 20),
}


@pytest.mark.slow
@pytest.mark.parametrize("format", ["srt", "vtt"])
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(make: Callable[[int], str], format: str) -> None:
    def run(text: str) -> None:
        try:
            for _ in split(Document("a", text, format)):
                pass
        except FormatError:
            pass

    assert_linear(run, make, 20_000)
