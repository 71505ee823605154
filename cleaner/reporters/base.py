"""How a report looks: colours, width, and the words that all reporters share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cleaner.model import Report, Safety

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "bold": "1",
    "dim": "2",
    "good": "32",
    "bad": "31",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Where a report goes: whether it may carry colours, and how many columns there are.

    >>> Look(colour=True).paint("error", "broken")
    '\\x1b[1;31mbroken\\x1b[0m'
    >>> Look().paint("error", "broken")
    'broken'
    """

    colour: bool = False
    width: int = 100
    fixing: bool = False

    def paint(self, style: str, text: str) -> str:
        """`text` in a style: a severity, bold, dim, good or bad."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text


def summary(report: Report, look: Look) -> str:
    """The closing lines of a report for people."""
    remaining, fixed = list(report.findings), len(list(report.applied))
    if not remaining and not fixed:
        return look.paint("good", "All clear.") + f" {_count(len(report.files), 'file')} checked."
    head = f"Found {_count(len(remaining) + fixed, 'problem')}"
    lines = [f"{head} ({fixed} fixed, {len(remaining)} remaining)." if look.fixing else f"{head}."]
    by_safety = Counter(finding.fix.safety for finding in remaining if finding.fix)
    safe, unsafe = by_safety[Safety.SAFE], by_safety[Safety.UNSAFE]
    hint = f"{unsafe} {'more ' if safe else ''}with --unsafe-fixes"
    if safe:
        lines.append(f"{safe} fixable with `cleaner fix`" + (f" ({hint})." if unsafe else "."))
    elif unsafe:
        lines.append(f"{hint.replace('with', 'fixable with')}.")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
