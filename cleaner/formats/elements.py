"""What the elements and attributes of HTML are to a reader: which end a paragraph, which are read at all.

KINDS     what a tag does; elements that are not named are blocks
IMPLIED   which open elements the start of another one ends
READABLE  attributes that people read
"""

from __future__ import annotations

import re

from cleaner.model import Role

SPACE = r"\t\n\f\r "


def _names(words: str) -> list[str]:
    return words.split()


# What a tag does. Elements that are not named here are blocks.
INLINE, BREAK, OBJECT, SKIP_INLINE, SKIP_BLOCK, RAW, RAW_OBJECT, TITLE, VOID = range(9)
BLOCK = 9
KINDS: dict[str, int] = {
    **dict.fromkeys(
        _names(
            "a abbr acronym b bdi bdo big cite data del dfn em font i ins mark meter nobr noscript output picture"
            " progress q ruby s slot small span strike strong sub sup time u var wbr rb"
        ),
        INLINE,
    ),
    "br": BREAK,
    **dict.fromkeys(["img", "input"], OBJECT),
    **dict.fromkeys(["code", "kbd", "samp", "tt", "svg", "math", "rt", "rp", "rtc"], SKIP_INLINE),
    **dict.fromkeys(["pre", "listing"], SKIP_BLOCK),
    **dict.fromkeys(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"], RAW),
    "textarea": RAW_OBJECT,
    "title": TITLE,
    **dict.fromkeys(
        _names("area base basefont bgsound col embed frame hr keygen link meta param source track"), VOID
    ),
}
FLUSHES = frozenset({BLOCK, SKIP_BLOCK, TITLE, VOID})  # what ends a segment
SHOWN = frozenset({OBJECT, SKIP_INLINE, RAW_OBJECT})  # what stands in the line
NOTHING_SHOWN = frozenset({"rt", "rp", "rtc"})  # the pronunciation above a word stands in no line
ROLES = {
    **dict.fromkeys(["title", "h1", "h2", "h3", "h4", "h5", "h6"], Role.TITLE),
    **dict.fromkeys(["figcaption", "caption"], Role.CAPTION),
}
RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE)
    for name, kind in KINDS.items()
    if kind in (RAW, RAW_OBJECT, TITLE)
}
RAW_ENDS["plaintext"] = re.compile(r"(?!)")

# Which open elements the start of another one ends (HTML standard, 13.1.2.4, optional tags).
_P = frozenset({"p"})
_CELL = frozenset({"p", "td", "th", "caption", "colgroup"})
IMPLIED: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _names(
            "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer"
            " form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul"
            " xmp listing"
        ),
        _P,
    ),
    "li": frozenset({"p", "li"}),
    **dict.fromkeys(["dt", "dd"], frozenset({"p", "dt", "dd"})),
    **dict.fromkeys(["td", "th"], _CELL),
    "tr": _CELL | {"tr"},
    **dict.fromkeys(["tbody", "thead", "tfoot"], _CELL | {"tr", "tbody", "thead", "tfoot"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
}
READABLE = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})
META = frozenset(
    _names(
        "description og:title og:description og:image:alt twitter:title twitter:description twitter:image:alt"
    )
)
CURIOUS = frozenset({"meta", "input"})  # whose other attributes may be read as well
BUTTONS = frozenset({"submit", "button", "reset"})
