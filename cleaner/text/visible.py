"""Text that may be shown anywhere: what cannot be seen, or would be obeyed, is written out."""

from __future__ import annotations

import re


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
    """
    if text.isprintable() and "##" not in text:
        return text
    shown = (char if char.isprintable() else _named(char) for char in text.replace("\r\n", "\n"))
    return re.sub(r"##(?=\[|vso\[|teamcity\[)", "#<U+0023>", "".join(shown))


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
