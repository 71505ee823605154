"""Text that may be shown anywhere: what cannot be seen, or would be obeyed, is written out."""

from __future__ import annotations

import re

_PICTURE = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINED = f"(?<=[{_PICTURE}\ufe0f])<U\\+200D>(?=[{_PICTURE}])"  # in a sequence of UTS 51


def visible(text: str) -> str:
    r"""`text` with every control, invisible and bidirectional character as <U+XXXX>.

    Line breaks become ↵ so that an excerpt is one line. Nothing that a terminal, a build log or a
    browser would act upon is left: ESC, C1 controls, direction overrides, lone surrogates; the log
    command openers `##[` and `##vso[` are broken apart.

    >>> visible("a\u200bb\x1b[31m")
    'a<U+200B>b<U+001B>[31m'
    >>> visible("раз\nдва\u00a0три")
    'раз↵два<U+00A0>три'
    >>> visible("##[error]")
    '#<U+0023>[error]'

    The joiner between two pictures belongs to them:

    >>> visible("👩\u200d💻 a\u200db")
    '👩\u200d💻 a<U+200D>b'
    """
    if text.isprintable() and "##" not in text:
        return text
    shown = (char if char.isprintable() else _named(char) for char in text.replace("\r\n", "\n"))
    out = re.sub(r"##(?=\[|vso\[|teamcity\[)", "#<U+0023>", "".join(shown))
    return re.sub(_JOINED, "\u200d", out) if "\u200d" in text else out


def _named(char: str) -> str:
    return "↵" if char == "\n" else f"<U+{ord(char):04X}>"


def excerpt(text: str, limit: int = 60) -> str:
    """`text` made visible and cut in the middle when it is longer than `limit` code points.

    >>> excerpt("x" * 100, 11)
    'xxxxx…xxxxx'
    """
    if len(text) > limit:
        half = (limit - 1) // 2
        text = f"{text[:half]}…{text[len(text) - half :]}"
    return visible(text)
