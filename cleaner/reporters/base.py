"""How a report looks: colours, width, and the words that all reporters share."""

from __future__ import annotations

import importlib
import re
from collections import Counter

from cleaner.model import By, FileReport, Finding, Item, Report, Safety
from cleaner.text.visible import excerpt, visible
from cleaner.values import dataclass

MARK = "[*]"  # what a report in lines puts beside a finding that has a safe repair, as ruff does
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

    `root` is the folder from which reports for other machines tell their paths; "" leaves the paths
    as they were named. `wraps`: long lines are broken, for eyes. `repairs` is what makes the safe
    repairs, as a person would type it.

    >>> Look(colour=True).paint("error", "broken")
    '\\x1b[1;31mbroken\\x1b[0m'
    >>> Look().paint("error", "broken")
    'broken'
    """

    colour: bool = False
    width: int = 100
    fixing: bool = False
    root: str = ""
    wraps: bool = False
    repairs: str = "cleaner fix"

    def paint(self, style: str, text: str) -> str:
        """`text` in a style: a severity, bold, dim, good or bad."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text


def summary(report: Report, look: Look, mark: str = "") -> str:
    """The closing lines of a report for people; `mark` is how it marks what has a safe repair."""
    remaining, fixed = list(report.findings), len(list(report.applied))
    silent = sum(one.by is not By.BASELINE for one in report.suppressed)
    also = f" {silent:,} suppressed." if silent else ""
    unread = sum(bool(file.error) for file in report.files)
    lost = look.paint("error", f"{counted(unread, 'file')} could not be read or written")
    if not remaining and not fixed:
        checked = f"{counted(len(report.files) - unread, 'file')} checked"
        if unread:
            return f"{lost}, {checked}."
        return look.paint("good", "All clear.") + f" {checked}.{also}"
    head = f"Found {counted(len(remaining) + fixed, 'problem')}"
    lines = [f"{head} ({fixed} fixed, {len(remaining)} remaining)." if look.fixing else f"{head}."]
    lines[0] += f"{also} {lost}." if unread else also
    by_safety = Counter(finding.fix.safety for finding in remaining if finding.fix)
    safe, unsafe = by_safety[Safety.SAFE], by_safety[Safety.UNSAFE]
    hint = f"{unsafe} {'more ' if safe else ''}with --unsafe-fixes"
    if safe:
        lines.append(f"{mark}{safe} fixable with `{look.repairs}`" + (f" ({hint})." if unsafe else "."))
    elif unsafe:
        way = "--unsafe-fixes" if look.fixing else f"`{look.repairs} --unsafe-fixes`"
        lines.append(f"{unsafe} fixable with {way}.")
    return "\n".join(lines)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "file"), counted(2500, "file")
    ('1 file', '2,500 files')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def shown(uri: str) -> str:
    """The name of a file as it may stand anywhere, even at the beginning of a line.

    A build log obeys lines that begin with `::`, white space before it or not, and a file can be
    called that.

    >>> shown(" ::error::pwn.txt"), shown("news/a\u202eb.txt")
    ('./ ::error::pwn.txt', 'news/a<U+202E>b.txt')
    """
    name = visible(uri)
    return f"./{name}" if name.lstrip().startswith("::") else name


def tame(line: str) -> str:
    r"""A line of text, whoever wrote it, that neither a terminal nor a build log obeys.

    >>> tame("  ::error::pwn"), tame("a\n::error::pwn\x1b[31m")
    ('  <U+003A>:error::pwn', 'a↵::error::pwn<U+001B>[31m')
    """
    return re.sub(r"^(\s*):(?=:)", r"\1<U+003A>", visible(line))


def field_of(finding: Finding) -> str:
    """The field of a feed's item that a finding lies in, as the feed calls it: title, description …"""
    return finding.address.partition(",")[0].rpartition("/")[2]


def named(item: Item) -> str:
    """The item of a feed in a few words: its title, its link, its GUID where that is not the link.

    >>> named(Item("tag:7", "https://example.org/7", "Міст знову відкрито"))
    '“Міст знову відкрито” https://example.org/7 tag:7'
    """
    guid = item.guid if item.guid != item.link else ""
    names = [f"“{excerpt(item.title)}”" if item.title else "", excerpt(item.link, 200), excerpt(guid, 100)]
    return " ".join(name for name in names if name) or "an item without title, link or GUID"


def told(finding: Finding) -> str:
    """The message, and in which item of a feed: for reports that have no place of their own for that."""
    return f"{finding.message} (in {named(finding.item)})" if finding.item else finding.message


def worst(report: Report, limit: int | None = None) -> list[tuple[FileReport, Finding]]:
    """The `limit` most severe findings (None: all), the worst first, else in the order of the report."""
    found = [(file, finding) for file in report.files for finding in file.findings]
    return sorted(found, key=lambda pair: pair[1].severity.rank)[:limit]


def version() -> str:
    """Our version, for reports that name their maker.

    It is asked for when it is needed: an import of the package would tie the reporters, which know
    values only, to all that the package offers.
    """
    return str(importlib.import_module("cleaner").__version__)
