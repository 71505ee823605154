"""What stands around a place, within a reach: a text may be one line of megabytes, full of findings.

Looking at the whole line, or counting through the whole text, for each finding takes the square of the
text's length; so nothing looks further than it has to.
"""

from __future__ import annotations

from cleaner.offsets import Span

LINE = 1_000  # code points on either side in which a line is looked at
TEXT = 50_000  # code points on either side in which what is said again counts


def line(text: str, span: Span, reach: int = LINE) -> Span:
    r"""The line around a span, at most `reach` code points on either side of it.

    >>> line("Перша\nдруга\nтретя", Span(8, 9))
    Span(start=6, end=11)
    >>> line("a" * 100, Span(50, 51), 3)
    Span(start=47, end=54)
    """
    first, last = max(0, span.start - reach), min(len(text), span.end + reach)
    start = text.rfind("\n", first, span.start) + 1 or first
    end = text.find("\n", span.end, last)
    return Span(start, last if end < 0 else end)


def repeats(text: str, span: Span, found: str = "", *, times: int = 2, reach: int = TEXT) -> bool:
    """Whether what stands in a span (or `found`) stands `times` times or more within `reach` of it.

    >>> repeats("тест і ще тест", Span(0, 4)), repeats("тест і ще тест", Span(0, 4), times=3)
    (True, False)
    """
    found = found or text[span.slice]
    at, last = max(0, span.start - reach), span.end + reach
    for _ in range(times):  # `text.count` would read all of the reach
        at = text.find(found, at, last) + len(found)
        if at < len(found):
            return False
    return True
