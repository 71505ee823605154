r"""PO and POT (gettext): the translations, each beside its original.

A segment is a `msgstr` or one of its plural forms, with all its lines as one text; `original` is
the `msgid` it translates (for the second and further forms `msgid_plural`). The address is the
form and the beginning of the original: `msgstr “Open file”`, `msgstr[1] “%d file”`.

Left alone: the header, entries that are fuzzy (nobody has confirmed them), obsolete (`#~`) or not
translated, and with them all of a POT. The languages are what the header says: `Language: uk`
(also `sr@latin`) and `X-Source-Language: en`.

A line that cannot be read is a Trouble; its entry is not read and the next one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.formats.base import segment
from cleaner.formats.escapes import decoded, unescape
from cleaner.formats.named import has_text, language_of
from cleaner.model import Document, Role, Segment, Trouble
from cleaner.offsets import lines_of
from cleaner.values import dataclass, field

_LINE = re.compile(
    r"""[ \t]*(?:
        (msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]{1,3}\])?)?[ \t]*"([^"\\]*+(?:\\.[^"\\]*+)*+)"[ \t]*
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)")
_VALUES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MUST_BE_ESCAPED = re.compile(r'["\\\x00-\x1f]')
_WRITTEN = {'"': '\\"', "\\": "\\\\", **{char: f"\\{name}" for name, char in _VALUES.items()}}
_HEADER = re.compile(r"^(Language|X-Source-Language):[ \t]*([\w@.-]{1,60})", re.MULTILINE | re.IGNORECASE)

Lines = list[tuple[int, int]]
"""Where the content of each line of a string stands, without the quotation marks."""


@dataclass(slots=True)
class _Entry:
    """What is known of an entry so far."""

    strings: dict[str, Lines] = field(default_factory=dict)
    fuzzy: bool = False
    broken: bool = False
    last: str = ""

    @property
    def is_complete(self) -> bool:
        return self.last.startswith("msgstr")


def split(document: Document) -> Iterator[Segment | Trouble]:
    r"""The translations of a document of the format po.

    >>> text = 'msgid "Open"\nmsgstr ""\n"Відкрити "\n"файл\\n"\n'
    >>> [(part.address, part.text, part.original) for part in split(Document("a.po", text, "po"))]
    [('msgstr “Open”', 'Відкрити файл\n', 'Open')]
    """
    text = document.text
    lang: str | None = None
    source_lang: str | None = None
    for part in entries(text):
        if isinstance(part, Trouble):
            yield part
            continue
        original = _text(text, part.strings.get("msgid", []))
        if not original and "msgctxt" not in part.strings:
            header = {
                name.lower(): tag
                for name, tag in _HEADER.findall(_text(text, part.strings.get("msgstr", [])))
            }
            lang = language_of(header.get("language", "")) or lang
            source_lang = language_of(header.get("x-source-language", "")) or source_lang
        elif not part.fuzzy:
            yield from _translations(text, part, original, lang, source_lang)


def _translations(
    text: str, entry: _Entry, original: str, lang: str | None, source_lang: str | None
) -> Iterator[Segment]:
    plural = _text(text, entry.strings.get("msgid_plural", []))
    forms = sum(name.startswith("msgstr[") for name in entry.strings)
    shown = " ".join(original.split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    for name, lines in entry.strings.items():
        if name.startswith("msgstr"):
            view, map = unescape(text, lines, _ESCAPE, _value)
            if has_text(view):
                is_plural = plural and (name not in ("msgstr", "msgstr[0]") or forms == 1)
                meant = plural if is_plural else original
                address = f"{name} “{shown}”"
                yield segment(view, map, lang, Role.TARGET, address, meant, source_lang, escape=_written)


def entries(text: str) -> Iterator[_Entry | Trouble]:
    """The entries of a catalogue, without those that are obsolete or broken."""
    entry = _Entry()
    for span in lines_of(text):
        mark = text[span.start : span.start + 1]
        if mark == "#" or not text[span.slice].strip():
            if entry.is_complete or (entry.broken and mark != "#"):
                if not entry.broken:
                    yield entry
                entry = _Entry()
            if mark == "#" and text.startswith("#,", span.start):
                flags = re.split(r"[,\s]+", text[span.start + 2 : span.end])
                entry.fuzzy = entry.fuzzy or "fuzzy" in flags
            continue
        line = _LINE.fullmatch(text, *span)
        keyword = line[1] if line else None
        if keyword and entry.is_complete and not keyword.startswith("msgstr"):
            if not entry.broken:
                yield entry
            entry = _Entry()
        complaint = _complaint(entry, line is not None, keyword)
        if complaint and not entry.broken:
            yield Trouble(span, complaint)
            entry.broken = True
        if line:
            entry.last = keyword or entry.last
            entry.strings.setdefault(entry.last, []).append(line.span(2))
    if entry.is_complete and not entry.broken:
        yield entry


def _complaint(entry: _Entry, is_line: bool, keyword: str | None) -> str:
    """What is wrong with a line after what came before it, "" for nothing."""
    if not is_line:
        return "PO: neither a comment nor a string between quotation marks"
    if keyword is None:
        return "" if entry.last else "PO: a string that belongs to nothing"
    if keyword in entry.strings:
        return f"PO: a second {keyword} in one entry"
    if keyword.startswith("msgstr") and "msgid" not in entry.strings:
        return f"PO: {keyword} without msgid"
    return ""


# -- Escapes -----------------------------------------------------------------------------------------


def _text(source: str, lines: Lines) -> str:
    return decoded(source, lines, _ESCAPE, _value)


def _value(written: str) -> str:
    """What an escape of C says; of an unknown one, the character itself."""
    rest = written[1:]
    if rest[0] in "01234567":
        return chr(int(rest, 8))
    if rest[0] == "x" and len(rest) > 1:
        return chr(int(rest[1:], 16))
    return _VALUES.get(rest, rest)


def _written(text: str) -> str:
    r"""New text in a string.

    >>> print(_written('"так"'))
    \"так\"
    """
    return _MUST_BE_ESCAPED.sub(lambda char: _WRITTEN.get(char[0]) or f"\\{ord(char[0]):03o}", text)
