r"""What must stay as it is: addresses, handles, tags, placeholders, code.

    masked(text)            spans of things that are no prose at all; nothing inside is a leftover
    mask_at(masks, span)    what a span lies in or touches
    stated(text)            what a text states and no repair may change
    changed_by(text, edits) the address, handle or placeholder that edits would change

They see one segment only. Why a foreign word may stand in prose is told by `frames`.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from cleaner.offsets import Edit, Span
from cleaner.text import anchored
from cleaner.text.recent import recent
from cleaner.text.triggers import utf8
from cleaner.values import dataclass

# Symbols of units after a number; they are the same in all languages (SI brochure, 9th edition,
# tables 1 to 8, and what computers and roads add).
_UNITS = (
    "µg|μg|µm|μm|km/h|mph|kph|m/s|km|cm|mm|nm|kg|mg|ml|cl|dl|m²|km²|k?hz|[kKMGT]Hz|[kmgt]b(?:ps|it)?|[kKMGT]B|[kKMG]?[Ww]h?|mAh|mah"
    "|[kmMG]?[VA]|rpm|fps|dpi|px|pts?|bps|ft|lbs?|oz|yd|hp|mi|min|sec|[ap]\\.?m|dB|db|lm|ha|th|st|nd|rd|bit|[xX]"
)


@dataclass(frozen=True, slots=True)
class _Mask:
    """A pattern of what is no prose, looked for only where the text has one of some `signs`, or a `gate`.

    With `lead` the pattern begins with one character more than what it masks: a digit is faster to
    search for than the place behind one. A mask that `begins` with one of its signs, or where its gate
    matches, is tried at these places only.
    """

    kind: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    gate: re.Pattern[str] | None = None
    lead: int = 0
    begins: bool = False


def _mask(kind: str, pattern: str, *signs: str, gate: str = "", lead: int = 0, begins: bool = False) -> _Mask:
    return _Mask(kind, re.compile(pattern), signs, re.compile(gate) if gate else None, lead, begins)


_NUMBERED = r"\d(?:[ \u00a0\u202f]?[A-Za-zµμ]|[èºªтгйяех])"  # before a unit or the ending of an ordinal

# The order matters: where several patterns match at a place, the first one wins. Each begins with a
# sign that is quick to find, a look back included: `@(?<!\w@)` is ten times as fast as `(?<!\w)@`.
_MASKS = (
    _mask("address", r"(?:https?|ftp)\s?:\s?/\s?/\s?[^\s<>\"«»“”。、，]{1,500}", "/"),
    _mask("address", r"www\.[^\s<>\"«»“”。、，]{1,300}", "www."),
    _mask("e-mail", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", "@"),
    _mask(
        "kaomoji",
        r"[(（][^()（）\n\w]{0,3}[\^;°´`ω・ﾟ_>˘-][^()（）\n]{0,8}[)）][ノﾉ]?",
        "(", "（", begins=True,
    ),
    _mask("kaomoji", r"¯\\_\(ツ\)_/¯", "¯"),
    _mask("kaomoji", r"(?<=[)）]) ?[ノﾉ](?!\w)", "ノ", "ﾉ"),
    _mask("handle", r"@(?<!\w@) ?[A-Za-z0-9_]{2,40}(?:[.][A-Za-z0-9_]{1,30})*", "@"),
    _mask("handle", r"@(?<!\w@)\w{2,40}", "@"),
    _mask("placeholder", r"#\s?[A-Z][A-Za-z]{0,20}(?:[_ ]?[A-Z0-9]\w{0,20}){0,3} ?\d? ?#", "#"),
    _mask("hashtag", r"[#＃](?: ?[A-Za-z0-9_]{2,60}|\w{2,60})", "#", "＃", begins=True),
    _mask("placeholder", r"[\[【(（]\s?[A-Za-z]{3,20}[ _]?\d{1,4}\s?[\]】)）]", "[", "【", "(", "（", begins=True),
    _mask("placeholder", r"[\[【]\s?[A-Z]{4,20}\s?[\]】]", "[", "【", begins=True),
    _mask("markup", r"<\s?/?\s?\w[\w:-]{0,40}(?:\s[^<>]{0,200})?\s?/?\s?>", "<"),
    _mask("markup", r"&[#\w]{1,12};", "&"),
    _mask("placeholder", r"\{\{?\s?[\w.]{1,60}\s?\}?\}", "{"),
    _mask("placeholder", r"%\(?[\w.]{0,40}\)?[sdif](?!\w)", "%"),
    _mask("placeholder", r"\$\{\w{1,60}\}", "$"),
    _mask("code", r"```[^`]{1,4000}```", "`"),
    _mask("code", r"`[^`'\n]{1,200}[`']", "`"),
    _mask("code", r"\w{1,40}\(\)", "()"),
    _mask("code", r"-(?<![\w-]-)-?[a-z]{2,20}(?:[-=][\w-]{1,40}){1,5}", "-"),
    _mask("emoji", r":[a-z][a-z0-9_+-]{2,40}:(?::?[a-z0-9_+-]{2,40}:)*", ":"),
    _mask("unit", rf"\d[ \u00a0\u202f]?(?:{_UNITS})(?![A-Za-z])", gate=_NUMBERED, lead=1, begins=True),
    _mask("code", r"\.(?<![\w.]\.)[a-z]{2,4}(?![\w.])", "."),
    _mask(
        "ordinal",
        r"\d(?:er|ère|re|nde?|e|ème|è|º|ª|ter|te|ste|st|rd|th|ти|го|й|я|е|х)(?!\w)",
        gate=_NUMBERED,
        lead=1,
        begins=True,
    ),
    _mask("path", r"/(?<![\w/]/)[\w.-]{1,80}(?:/[\w.-]{1,80}){1,11}/?", "/"),
    _mask("path", r"[A-Z]:\\[^\s\"<>|]{1,200}", ":\\"),
    _mask(
        "domain",
        r"(?<![A-Za-z0-9.@])(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12}(?![A-Za-z0-9@])(?:/[!-~]{0,300})?",
        gate=r"\.(?<=[A-Za-z0-9-]\.)[A-Za-z]{2}",
    ),
    _mask(
        "domain",
        r"(?<![\w.@])(?:[\w-]{1,63}\.){1,5}(?:рф|укр|бел|срб|мкд)(?![\w@])(?:/[^\s<>\"«»“”]{0,300})?",
        ".рф", ".укр", ".бел", ".срб", ".мкд",
    ),
)  # fmt: skip
# Signs beyond ASCII, and signs of several characters with one of these that is rarer.
_RARE_SIGNS = tuple(
    (sign, next((char for char in "\\()" if char in sign and len(sign) > 1), ""))
    for sign in {sign for mask in _MASKS for sign in mask.signs if len(sign) > 1 or not sign.isascii()}
)
_NO_SIGNS = bytes(code for code in range(256) if code > 127 or chr(code).isalnum() or code in b" \n")
_SIGN = re.compile(
    r"[ノﾉ@#＃<{%`&$\\]|:/|: /|/\w|www|[\[【(（]|:[a-z]|\w\.\w|-[a-z]+=|\d[ \u00a0\u202f]?[^\W\d_]|\.[a-z]"
)

# Endings that make `word.ending` a domain; all others are a missing space after a full stop.
_DOMAINS = frozenset(
    [
        "com",
        "net",
        "org",
        "info",
        "biz",
        "edu",
        "gov",
        "int",
        "eu",
        "io",
        "ai",
        "app",
        "dev",
        "tv",
        "me",
        "co",
        "us",
        "uk",
        "ru",
        "рф",
        "su",
        "ua",
        "укр",
        "by",
        "kz",
        "de",
        "at",
        "ch",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "be",
        "pl",
        "cz",
        "sk",
        "hu",
        "ro",
        "bg",
        "hr",
        "si",
        "rs",
        "ba",
        "mk",
        "gr",
        "tr",
        "fi",
        "se",
        "no",
        "dk",
        "is",
        "lt",
        "lv",
        "ee",
        "il",
        "ir",
        "in",
        "cn",
        "jp",
        "kr",
        "tw",
        "hk",
        "sg",
        "au",
        "cx",
        "nz",
        "ca",
        "br",
        "mx",
        "ar",
        "бел",
        "срб",
        "мкд",
        "онлайн",
        "news",
        "online",
        "site",
        "blog",
        "shop",
        "xyz",
        "js",
        "ts",
        "py",
        "php",
        "html",
        "htm",
        "pdf",
        "exe",
        "zip",
        "docx",
        "jpg",
        "png",
    ]
)


@recent(64)
def masked(text: str) -> tuple[tuple[Span, str], ...]:
    """Spans that are no prose, in order, each with what it is.

    >>> for span, what in masked("Пишите на info@post.ru, см. #выборы и https://пример.рф/a."):
    ...     print(span.start, span.end, what)
    10 22 e-mail
    28 35 hashtag
    38 58 address
    """
    if not _SIGN.search(text):
        return ()
    return tuple(
        (span, kind) for span, kind in _matches(text) if kind != "domain" or _is_domain(text[span.slice])
    )


ADDRESSES = ("address", "domain")
_STATED = (*ADDRESSES, "e-mail", "handle", "hashtag")
_TAIL = ".,;:!?)]}'\"’”»…。，）」"  # ends a sentence rather than an address


def stated(text: str) -> Iterator[tuple[Span, str]]:
    """Addresses, e-mail addresses, handles and tags: what a text states by signs that no word may change.

    >>> [(text[span.slice], what) for text in ("(https://a.org/x).",) for span, what in stated(text)]
    [('https://a.org/x', 'address')]
    """
    for (start, end), kind in masked(text):
        if kind == "domain" and not text[start:end].partition("/")[0].rpartition(".")[2].islower():
            continue  # Corp.Is: a space is missing
        if kind in ADDRESSES:
            end = start + len(text[start:end].rstrip(_TAIL))
        if kind in _STATED:
            yield Span(start, end), kind


def changed_by(text: str, edits: Iterable[Edit]) -> tuple[Span, str] | None:
    """What is stated, or the placeholder of a program, that one of some edits would change, and what it is.

    Taking spaces out of one does not change it.

    >>> changed_by("see example.com/percents", [Edit(Span(16, 24), "per cents")])
    (Span(start=4, end=24), 'domain')
    >>> changed_by("percents of example.com", [Edit(Span(0, 8), "per cents")]) is None
    True
    """
    fixed = [*stated(text), *(one for one in masked(text) if _is_of_program(text, one))]
    for span, new in edits:
        if "".join(text[span.slice].split()) != new:
            for place, kind in fixed:
                if place.overlaps(span) or place.start < span.start < place.end:
                    return place, kind
    return None


def _is_of_program(text: str, mask: tuple[Span, str]) -> bool:
    return mask[1] == "placeholder" and text[mask[0].start] in "{%$"


def _is_domain(text: str) -> bool:
    return text.split("/")[0].rpartition(".")[2].lower() in _DOMAINS


def _matches(text: str) -> Iterator[tuple[Span, str]]:
    """What one alternation of all patterns would match from left to right, each pattern by itself.

    An alternation tries every pattern at every place, which is fifty times as slow.
    """
    heap: list[tuple[int, int, int]] = []  # where the next match of a pattern begins, the pattern, its end
    places: dict[int, list[int]] = {}  # where a pattern can begin, if it has a sign to begin with

    def look(number: int, at: int) -> None:
        mask = _MASKS[number]
        first = max(0, at - mask.lead)
        if number not in places:
            found = mask.pattern.search(text, first)
        else:
            tried = places[number]
            rest = range(bisect_left(tried, first), len(tried))
            found = next(filter(None, (mask.pattern.match(text, tried[place]) for place in rest)), None)
        if found is not None:
            heappush(heap, (found.start() + mask.lead, number, found.end()))

    present = utf8(text).translate(None, _NO_SIGNS).decode("ascii")
    rare = (sign for sign, needed in _RARE_SIGNS if (not needed or needed in present) and sign in text)
    wanted, begun = _wanted(frozenset((*present, *rare)))
    for gate, numbers in _GATED.items():
        found = gate.finditer(text) if _MASKS[numbers[0]].begins else filter(None, (gate.search(text),))
        if at := [match.start() for match in found]:
            wanted = (*wanted, *numbers)
            places |= dict.fromkeys((number for number in numbers if _MASKS[number].begins), at)
    for number, begins in begun:
        places[number] = sorted(at for sign in begins for at in anchored.places(text, sign))
    for number in wanted:
        look(number, 0)
    done = 0
    while heap:
        start, number, end = heappop(heap)
        if start >= done:
            yield Span(start, end), _MASKS[number].kind
            done = end
        look(number, max(done, start))


_GATED: dict[re.Pattern[str], tuple[int, ...]] = {
    gate: tuple(number for number, mask in enumerate(_MASKS) if mask.gate == gate)
    for gate in (mask.gate for mask in _MASKS)
    if gate is not None
}


@functools.lru_cache(maxsize=1024)
def _wanted(signs: frozenset[str]) -> tuple[tuple[int, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The masks without a gate that some signs call for; the signs with which those begin that are tried there."""
    wanted = [number for number, mask in enumerate(_MASKS) if not signs.isdisjoint(mask.signs)]
    return tuple(wanted), tuple(
        (number, tuple(sign for sign in _MASKS[number].signs if sign in signs))
        for number in wanted
        if _MASKS[number].begins
    )


def mask_at(masks: tuple[tuple[Span, str], ...], span: Span) -> str:
    """What a span lies in or touches, or "".

    >>> mask_at(masked("см. #на выборах"), Span(5, 7))
    'hashtag'
    """
    at = bisect_right(masks, span.end - 1, key=lambda mask: mask[0].start) - 1
    if at >= 0 and masks[at][0].overlaps(span):
        return masks[at][1]
    return ""
