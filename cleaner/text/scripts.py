"""Scripts: which one a letter belongs to, and where a text switches to another.

Letters and marks only: digits, punctuation and symbols belong to no script here. The facts are in
`scripts_data` (generated from Unicode data); patterns are the standard library's `re`.

Cannot see languages: будут is Cyrillic, and no more is known. Of the scripts of the world the
31 that news is written in are known; the letters of the others (Cherokee, Cuneiform) count as Zyyy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from cleaner.offsets import Span
from cleaner.text.scripts_data import NAMES, OWN, SHARED

COMMON = "Zyyy"

# Marks that stand on letters of any script, and the letter apostrophe U+02BC of Ukrainian (п'ять)
# and Breton: they continue a run and never begin one.
_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f\u02bc"
# U+200C and U+200D stand inside words of Persian and of Indian languages.
_JOINERS = "\u200c\u200d"


def script_of(char: str) -> str:
    """The ISO 15924 script of one character, or "Zyyy".

    Zyyy is what Unicode calls Common: digits, punctuation, and letters that belong to several
    scripts, such as ー (hiragana and katakana) or an acute accent.

    >>> [script_of(char) for char in "бbうー7"]
    ['Cyrl', 'Latn', 'Hira', 'Zyyy', 'Zyyy']
    """
    code = ord(char)
    if code < 0x80:
        return "Latn" if char.isalpha() else COMMON
    starts, lasts, scripts = _table()
    row = bisect_right(starts, code) - 1
    return scripts[row] if code <= lasts[row] else COMMON


def runs(text: str, scripts: Iterable[str]) -> Iterator[Span]:
    """Each longest run of letters of these scripts, as code points of `text`, [start, end).

    The scripts count as one: with Hira, Kana and Hani, 話す is one run. Combining marks and the
    letter apostrophe U+02BC continue a run, joiners (U+200C, U+200D) only between two letters. A
    space, a hyphen or a typed apostrophe ends it.

    >>> text = "Ministers [будут] say «п\u02bcять» in Київ"
    >>> [text[span.slice] for span in runs(text, ["Cyrl"])]
    ['будут', 'пʼять', 'Київ']
    """
    for found in _run(frozenset(scripts)).finditer(text):
        yield Span(*found.span())


def letters_class(scripts: Iterable[str]) -> str:
    """The letters and marks of these scripts as the inside of `[...]` for `re`.

    Letters that scripts share are in (ー is in Hira and in Kana), but nothing that Latin uses as
    well. Beyond the BMP only Han is covered (planes 2 and 3, unassigned code points included):
    what other scripts have there is historical, phonetic or mathematical, and would cost speed.

    Raises ValueError for a script that is not in `scripts_data.NAMES`.

    >>> re.findall(f"[{letters_class(['Grek'])}]+", "φως and light")
    ['φως']
    """
    wanted = sorted(set(scripts))
    unknown = [script for script in wanted if script not in OWN]
    if unknown:
        raise ValueError(f"unknown script {unknown[0]!r}; known are {', '.join(sorted(OWN))}")
    return "".join(OWN[script] + SHARED.get(script, "") for script in wanted)


def script_name(script: str) -> str:
    """The name of an ISO 15924 script as people say it; the code itself when it is unknown.

    >>> script_name("Cyrl"), script_name("Hani"), script_name("Cher")
    ('Cyrillic', 'Han', 'Cher')
    """
    return NAMES.get(script, script)


@cache
def _run(scripts: frozenset[str]) -> re.Pattern[str]:
    if not scripts:
        return re.compile(r"(?!)")
    letters = letters_class(scripts)
    word = f"[{letters}][{letters}{_MARKS}]*"
    return re.compile(f"{word}(?:[{_JOINERS}]{word})*")


@cache
def _table() -> tuple[list[int], list[int], list[str]]:
    """First and last code points and scripts of all ranges, sorted."""
    rows: list[tuple[int, int, str]] = []
    for script, body in OWN.items():
        for found in re.finditer("(.)(?:-(.))?", body):
            rows.append((ord(found[1]), ord(found[2] or found[1]), script))
    rows.sort()
    starts, lasts, scripts = zip(*rows, strict=True)
    return list(starts), list(lasts), list(scripts)
