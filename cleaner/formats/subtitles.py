r"""SubRip (SRT) and WebVTT: the text of each cue.

The address is the number (or the name) of the cue and when it begins: "cue 12 at 00:01:02,500".
Cues without numbers are counted. Lines of a cue stay lines; tags (`<i>`, `<v Anna>`), positions
(`{\an8}`) and times inside of a cue are gaps. Only tags of the formats are tags: `<unk>` is text.

A sentence runs on from cue to cue, and a quotation with it: a cue alone cannot tell whether a
quotation mark is unpaired; its role is `cue`. Character references (`&amp;`) are read in WebVTT;
SRT has none. The language is what the header of WebVTT says (`Language: en`).

A line with an arrow whose times cannot be read is a Trouble, and begins a cue all the same. Text
behind an empty line is read with a note in its address, since most players would lose it.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.errors import FormatError
from cleaner.formats.base import segment
from cleaner.formats.escapes import unescape
from cleaner.formats.named import has_text, language_of
from cleaner.model import Document, Role, Segment, Trouble
from cleaner.offsets import Span, lines_of

_TIMES = re.compile(
    r"\s*((?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}(?:[.,:][0-9]{1,3})?)\s*-{1,2}>\s*"
    r"(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}(?:[.,:][0-9]{1,3})?(?:\s|\Z)"
)
_NUMBER = re.compile(r"\s*[0-9]{1,9}\s*", re.ASCII)
_NOT_READ = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_HEADER_LANGUAGE = re.compile(r"Language:[ \t]*([\w-]{1,40})")

_BREAK = r"\r\n|\r"
# SubRip has the tags of early HTML; positions come from ASS, `{y:i}` from MicroDVD.
_SRT_MARKUP = r"</?(?:[bius]|font)(?:\s[^<>\r\n]*+)?>|\{\\[^{}\r\n]*+\}|\{[A-Za-z]:[^{}\r\n]*+\}"
# WebVTT (W3C, section 3.4) has these and times; the references are those of HTML.
_VTT_MARKUP = (
    r"</?(?:[cibuv]|ruby|rt|lang)(?:[.\s][^<>\r\n]*+)?>|<(?:[0-9]{2,4}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}>"
)
_VTT_REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_SRT = re.compile(f"{_BREAK}|{_SRT_MARKUP}")
_VTT = re.compile(f"{_BREAK}|{_VTT_MARKUP}|{_VTT_REFERENCE}")


class Cue(NamedTuple):
    """A cue: its name, and its text in paragraphs, of which there should be one."""

    name: str
    paragraphs: list[Span]


def split(document: Document) -> Iterator[Segment | Trouble]:
    r"""The cues of a document of the format srt or vtt.

    Raises FormatError when there is text and not a single cue.

    >>> text = "7\r\n00:01:02,500 --> 00:01:04,000\r\n<i>Вони</i>\r\nприйдуть.\r\n"
    >>> [(part.address, part.text) for part in split(Document("a.srt", text, "srt"))]
    [('cue 7 at 00:01:02,500', 'Вони\nприйдуть.')]
    """
    text = document.text
    is_vtt = document.format == "vtt"
    markup, value = (_VTT, _vtt_value) if is_vtt else (_SRT, _srt_value)
    newline = re.search(r"\r\n|\n|\r", text)
    escape = functools.partial(_vtt_text if is_vtt else _srt_text, newline[0] if newline else "\n")
    lang: str | None = None
    has_cues = False
    for part in cues(text, is_vtt=is_vtt):
        if isinstance(part, Trouble):
            yield part
            continue
        if not part.name:  # what stands before the first cue
            lang = _header_language(text, part.paragraphs) if is_vtt else None
            if part.paragraphs and not is_vtt:
                span = Span(part.paragraphs[0].start, part.paragraphs[-1].end)
                yield Trouble(span, "SRT: text that belongs to no cue")
            continue
        has_cues = True
        for number, span in enumerate(part.paragraphs):
            address = part.name if number == 0 else f"{part.name}, after an empty line"
            view, map = unescape(text, [span], markup, value)
            if has_text(view):
                yield segment(view, map, lang, Role.CUE, address, escape=escape)
    if not has_cues and text.strip() and not is_vtt:
        raise FormatError("SRT: there is no cue: no line has times with an arrow (-->)")


def cues(text: str, *, is_vtt: bool) -> Iterator[Cue | Trouble]:
    """The cues of subtitles; first, without a name, what stands before them."""
    name, count = "", 0
    lines: list[Span] = []  # since the last times; an empty one for an empty line
    for span in lines_of(text):
        line = text[span.slice]
        times = _TIMES.match(line) if "->" in line else None
        if times is None and "-->" not in line:
            lines.append(Span(span.start, span.start) if line.isspace() else span)
            continue
        label = _label(text, lines, is_vtt=is_vtt)
        yield Cue(name, list(_paragraphs(text, lines, is_vtt=is_vtt)))
        count += 1
        name, lines = f"cue {label or count}", []
        if times:
            name += f" at {times[1]}"
        else:
            yield Trouble(span, "the times of this cue cannot be read")
    yield Cue(name, list(_paragraphs(text, lines, is_vtt=is_vtt)))


def _label(text: str, lines: list[Span], *, is_vtt: bool) -> str:
    """Take the number of a cue, or its name in WebVTT, from the end of the lines before its times."""
    if not lines or not lines[-1].size:
        return ""
    last = text[lines[-1].slice]
    alone = len(lines) == 1 or not lines[-2].size
    if not _NUMBER.fullmatch(last) and not (is_vtt and alone and not _is_header(last)):
        return ""
    lines.pop()
    return last.strip()[:80]


def _is_header(line: str) -> bool:
    return line.startswith("WEBVTT") or _NOT_READ.match(line) is not None


def _paragraphs(text: str, lines: list[Span], *, is_vtt: bool) -> Iterator[Span]:
    """Lines that follow each other without an empty one between; not the comments of WebVTT."""
    start = end = -1
    for line in [*lines, Span(0, 0)]:
        if line.size:
            start, end = (line.start if start < 0 else start), line.end
        elif start >= 0:
            if not (is_vtt and _NOT_READ.match(text, start)):
                yield Span(start, end)
            start = -1


def _header_language(text: str, paragraphs: list[Span]) -> str | None:
    for span in paragraphs:
        found = _HEADER_LANGUAGE.search(text, *span)
        if found:
            return language_of(found[1])
    return None


# -- Escapes -----------------------------------------------------------------------------------------


def _srt_value(written: str) -> str:
    return "\n" if written[0] == "\r" else ""


def _vtt_value(written: str) -> str:
    return html.unescape(written) if written[0] == "&" else _srt_value(written)


def _srt_text(newline: str, text: str) -> str:
    """New text in a cue. Raises FormatError for what would end it or be taken for markup."""
    if re.search(r"-->|\n\s*(?:\n|\Z)|\A\s*\n", text) or re.search(_SRT_MARKUP, text):
        raise FormatError(f"SRT: {text[:40]!r} cannot be written into a cue")
    return text.replace("\n", newline)


def _vtt_text(newline: str, text: str) -> str:
    """New text in a cue. Raises FormatError for an empty line, which would end it."""
    if re.search(r"\n\s*(?:\n|\Z)|\A\s*\n", text):
        raise FormatError(f"WebVTT: {text[:40]!r} cannot be written into a cue")
    return html.escape(text, quote=False).replace("\n", newline)
