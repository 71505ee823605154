r"""Characters that are still written in the notation of some machine: `&eacute;`, `\u00e9`, `<0xC3>`.

Three notations, one a rule:

html         `&quot;`, `&#233;`, escaped twice (`&amp;quot;`) or torn apart by a tokenizer (`& apos; s`)
backslash    `\u00e9`, `\x93`, surrogate pairs included
byte-token   `<0xC3><0xA9>`: bytes of UTF-8 that a translation system spelled out

The text of a segment is what a reader sees: in an HTML file `&eacute;` is é before it comes here,
so whatever is found was escaped once too often. `AT&T; R&D;` are no entities, and entities without
their semicolon are not looked for (`?a=1&copy=2`). Texts about HTML, and addresses, are left alone,
as is code, and in a catalogue of messages what the original has as well. In other texts, where the
original has it, or where it stands among the tags of a page, what shows the text may read it; and a text may
*mean* the notation, when it is quoted alone, or named, or what it stands for stands beside it: the repair
says so. A text that means it in other ways cannot be told.

Cost: one search for `&`, `\` or `<0x`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html.entities import html5
from typing import Literal

from cleaner.detectors.base import Context, Detect
from cleaner.fields import setting
from cleaner.languages import Language
from cleaner.model import Hit, Repair, Role, Segment
from cleaner.offsets import Edit, Span
from cleaner.text import anchored, around, spoken
from cleaner.text.protect import mask_at, masked
from cleaner.text.triggers import Trigger, ranges
from cleaner.values import dataclass, replace

ACTIONS: Mapping[str, str] = {
    "decode": "write the character itself",
    "close-up": "write the character itself and take away the spaces that tore it apart",
    "decode-spoken": "write the character where the text may speak of the notation itself",
    "decode-copied": "write the character where the original has the notation as well",
    "decode-in-markup": "write the character in a text that has the tags of a page",
    "decode-markup": "write < or > itself, which may make a tag of what follows",
}
DETAILS: Mapping[str, str] = {"character": "the character that is meant"}


@dataclass(frozen=True, slots=True)
class Params:
    """Which notation is looked for."""

    notation: Literal["html", "backslash", "byte-token"] = setting("html, backslash or byte-token")


def compile(params: Params) -> Detect:
    """The detector of one notation.

    >>> from cleaner.languages import lookup
    >>> from cleaner.offsets import OffsetMap
    >>> detect = compile(Params("html"))
    >>> text = "S&amp;eacute;gol&egrave;ne & AT&T; x"
    >>> [(hit.span, hit.details["character"])
    ...  for hit in detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("fr")))]
    [(Span(start=1, end=13), 'é'), (Span(start=16, end=24), 'è')]
    """
    sign, find = _NOTATIONS[params.notation]

    def detect(segment: Segment, context: Context) -> Iterator[Hit]:
        if sign in segment.text:
            written = segment.original or ""
            in_page: bool | None = None
            for hit in find(segment.text):
                if written and _is_written_so(segment.text[hit.span.slice], written):
                    if segment.role is not Role.TARGET:
                        yield _doubted(hit, "decode-copied")
                    continue
                if in_page is None:
                    in_page = params.notation == "html" and _is_page(segment.text)
                yield _doubted(hit, "decode-in-markup") if in_page else hit

    return detect


def _is_written_so(notation: str, original: str) -> bool:
    """Whether the original of a text has the same notation."""
    return notation.replace(" ", "").lower() in original.lower()


_TAG = re.compile(
    r"<(/?)(a|abbr|b|blockquote|br|cite|code|div|em|figure|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong|sub"
    r"|sup|table|td|th|tr|u|ul|wbr)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_WITHOUT_END = frozenset({"br", "hr", "img", "wbr"})


def _is_page(text: str) -> bool:
    """Whether a text has the tags of a page, each with its end: what shows it reads entities as well.

    >>> _is_page("<p>R&amp;D</p>"), _is_page("R&amp;D<br/>&nbsp;"), _is_page("a <b and c> d &amp; <b>")
    (True, True, False)
    """
    opened: set[str] = set()
    for found in _TAG.finditer(text) if "<" in text else ():
        name = found[2].lower()
        if name in _WITHOUT_END or (found[1] and name in opened):
            return True
        opened.add(name)
    return False


def _doubted(hit: Hit, do: str) -> Hit:
    """A hit whose repair is not certain: what shows the text may read the notation."""
    doubted = (replace(one, do=do if one.do == "decode" else one.do) for one in hit.repairs)
    return replace(hit, repairs=tuple(doubted))


def trigger(params: Params, target: Language, source: Language | None) -> Trigger:
    """The sign of the notation."""
    sign = _NOTATIONS[params.notation][0]
    return Trigger((ranges(sign[0]),), (sign,) if len(sign) > 1 else ())


# `&` once or escaped (&amp;amp;), a name or a number, and the semicolon; spaces only where a
# tokenizer puts them: after the &, around the # and before the semicolon.
_ENTITY = re.compile(
    r"&(?:\ ?amp\ ?;\ ?){0,3}\ ?(?P<body>\#\ ?[0-9]{1,7}|\#\ ?[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})\ ?;",
    re.VERBOSE,
)
_RUN = re.compile(f"(?:{_ENTITY.pattern.replace('(?P<body>', '(?:')})+", re.VERBOSE)
_ABOUT_MARKUP = re.compile(r"\b(?:X?HTML|XML|entit\w+|tags?|escap\w+|unescap\w+)\b", re.IGNORECASE)
_PLAIN_NAMES = ("amp", "lt", "gt", "quot", "apos", "nbsp")
_QUOTED = ("“”", '""', "‘’", "''", "«»", "„“", "„”", "()", "`'", "``", "「」", "””", "»«", "[]")
_WORD = 40  # code points on either side that can belong to the word around a notation
_EDGES = "“”\"‘’'«»„()[]{}.,;:!?…"


def _entities(text: str) -> Iterator[Hit]:
    about = "<" in text and (_ABOUT_MARKUP.search(text) or _shows_a_tag_twice(text))
    for found in anchored.matches(_RUN, text, anchored.places(text, "&")):
        parts = list(_ENTITY.finditer(found[0]))
        characters = "".join(_character(part["body"]) for part in parts)
        if not all(_character(part["body"]) for part in parts) or _in_address(text, found.start()):
            continue
        if any(char in "<>&" for char in characters) and (about or _in_code(text, found.start())):
            continue
        span = Span(*found.span())
        shown = characters.replace("\u00a0", "no-break space")
        yield Hit(span, (_entity_repair(text, span, characters),), {"character": shown})


_ESCAPED_TAG = re.compile(r"&lt;(/?[A-Za-z][A-Za-z0-9]{0,20})&gt;")


def _shows_a_tag_twice(text: str) -> bool:
    """Whether a tag stands in a text both escaped and as it is: “write &lt;b&gt; for <b>”."""
    return any(f"<{found[1]}>" in text for found in _ESCAPED_TAG.finditer(text))


def _character(body: str) -> str:
    """What the inside of an entity stands for, "" when it is none.

    >>> _character("eacute"), _character("# 233"), _character("#x1F600"), _character("T"), _character("#0")
    ('é', 'é', '😀', '', '')
    """
    body = body.replace(" ", "")
    if body[0] != "#" and f"{body};" not in html5:
        return ""
    character = html.unescape(f"&{body};")
    return (
        ""
        if "\ufffd" in character or any(unicodedata.category(c) in ("Cc", "Cn") for c in character)
        else character
    )


def _entity_repair(text: str, span: Span, characters: str) -> Repair:
    title = f"write “{characters}”"
    if any(char in "<>" for char in characters):
        return Repair("decode-markup", (Edit(span, characters),), title)
    if _is_meant(text, span, characters):
        return Repair("decode-spoken", (Edit(span, characters),), title)
    if " " not in text[span.slice]:
        return Repair("decode", (Edit(span, characters),), title)
    start, end = span
    if characters == "'":  # the Party & apos; s  →  the Party's
        start -= text[start - 1 : start] == " "
        end += text[end : end + 1] == " "
    return Repair("close-up", (Edit(Span(start, end), characters),), title)


_BACKSLASH = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\U000[0-9a-fA-F]{5}|\\x[89a-fA-F][0-9a-fA-F])+")

# One character to one other, with no letter before or after: a range of a regular expression.
_RANGE = re.compile(r"(?<![\w\\])(\\[ux][0-9a-fA-F]{2,4})-\\[ux][0-9a-fA-F]{2,4}(?![\w\\])")
_LINE = re.compile(r"[^\n]+")
_IN_CLASS = re.compile(r"\[[^\]\s]*$")


# A line break after the end of a sentence, before another: never in a path (C:\new) or a pattern (\d\n).
_BREAK = re.compile(
    r"(?:\\r)?\\n(?<=[.!?,;…»”\"。！？)]\\n)(?=\\|\s|$|[^\W\d_a-z]|[«“„\"(])|(?:\\r\\n|(?:\\n){2})(?=[^\W\d_a-z])"
)
_QUOTE = re.compile(r"\\\"")
_PROGRAM = re.compile(r"[{}=<>;]|\\[^\"nr]")


def _breaks_and_quotes(text: str) -> Iterator[Hit]:
    r"""\n between sentences and pairs of \" around words, as JSON writes them; not in a line of a program."""
    for found in _BREAK.finditer(text) if "\\n" in text else ():
        if not _in_code(text, found.start()) and not _is_quoted_alone(text, Span(*found.span())):
            yield _decoded(text, Span(*found.span()), "\n")
    for line in _LINE.finditer(text) if '\\"' in text else ():
        places = [found for found in _QUOTE.finditer(text, *line.span()) if not _in_word(text, found)]
        if len(places) % 2 == 0 and not _PROGRAM.search(line[0]):
            yield from (_decoded(text, Span(*found.span()), '"') for found in places)


def _in_word(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()].isalpha() and text[found.end() : found.end() + 1].isalpha()


def _backslashes(text: str) -> Iterator[Hit]:
    yield from _breaks_and_quotes(text)
    for found in _BACKSLASH.finditer(text):
        try:
            escaped = found[0].encode("ascii").decode("unicode_escape")
            characters = escaped.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeError:
            continue
        start, end = found.span()
        before = text[max(0, start - 40) : start]
        if (
            before.endswith("\\")
            or _IN_CLASS.search(before)
            or _RANGE.search(text, max(0, start - 8), end + 8)
        ):
            continue  # a character class or range, an escaped backslash
        if _in_code(text, start):
            continue
        if all(unicodedata.category(c) not in ("Cc", "Cn", "Cs") for c in characters):
            yield _decoded(text, Span(*found.span()), characters)


_BYTES = re.compile(r"(?:<0x[0-9a-fA-F]{2}>)+")


def _byte_tokens(text: str) -> Iterator[Hit]:
    for found in _BYTES.finditer(text):
        span = Span(*found.span())
        try:
            characters = bytes.fromhex(found[0].replace("<0x", "").replace(">", "")).decode("utf-8")
        except UnicodeDecodeError:
            yield Hit(span, details={"character": "?"}, evidence="the bytes are no whole character")
            continue
        yield _decoded(text, span, characters)


def _decoded(text: str, span: Span, characters: str) -> Hit:
    control = any(unicodedata.category(char) == "Cc" for char in characters)
    do = "decode-spoken" if control or _is_meant(text, span, characters) else "decode"
    repair = Repair(do, (Edit(span, characters),), f"write “{characters}”")
    return Hit(span, (repair,), {"character": characters})


def _is_meant(text: str, span: Span, characters: str) -> bool:
    """Whether the text may show the notation itself.

    It does when it quotes nothing else (“&copy;”), names it (the code &nbsp;), or has what it stands
    for beside it: the character (write &eacute; for é), or the whole word (M&uuml;ller, not Müller).

    >>> text = "In the source, write &amp; for &."
    >>> _is_meant(text, Span(21, 26), "&"), _is_meant("Marks &amp; Spencer", Span(6, 11), "&")
    (True, False)
    """
    if _in_code(text, span.start):
        return True
    if spoken.stands_alone(text, span):
        quoted = _is_quoted_alone(text, span) and not characters.isspace()
        return quoted or spoken.is_spoken_of(text, span) or spoken.stands_as_itself(text, span, characters)
    left, right = text[max(0, span.start - _WORD) : span.start], text[span.end : span.end + _WORD]
    start = span.start - len(left.split()[-1]) if left and not left[-1].isspace() else span.start
    end = span.end + len(right.split()[0]) if right and not right[0].isspace() else span.end
    word = _RUN.sub(lambda run: html.unescape(run[0]), text[start:end]).strip(_EDGES)
    return (
        any(map(str.isalnum, word))
        and len(word) > 1
        and spoken.stands_as_itself(text, Span(start, end), word)
    )


def _is_quoted_alone(text: str, span: Span) -> bool:
    """Whether there is nothing else between the two marks around a notation: “&copy;”, "\\n"."""
    return text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1] in _QUOTED


def _in_address(text: str, at: int) -> bool:
    return mask_at(masked(text), Span(at, at + 1)) in ("address", "code")


def _in_code(text: str, at: int) -> bool:
    """Whether there is an odd number of back quotes on both sides, as far as one looks."""
    before, after = max(0, at - around.TEXT), at + around.TEXT
    return bool(text.count("`", before, at) % 2 and text.count("`", at, after) % 2)


_NOTATIONS: Mapping[str, tuple[str, Callable[[str], Iterator[Hit]]]] = {
    "html": ("&", _entities),
    "backslash": ("\\", _backslashes),
    "byte-token": ("<0x", _byte_tokens),
}
