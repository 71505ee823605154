"""A baseline: findings that are known, so that only new ones fail.

`.cleaner-baseline.json` has one entry a line, sorted, so that it can be read in a diff and merged.
An entry is known by its fingerprint (the rule, the text and what stands around it), not by its
line: it survives moved lines and renamed files. It counts, so that a second copy is new.

A place that the format cannot read is never known, since nothing is checked there; nor is what is
said about a suppression, since it is for whoever wrote that.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cleaner import files
from cleaner.errors import ConfigError, Problem, Where
from cleaner.fields import bind, setting
from cleaner.model import By, FileReport, Finding, Report, Severity, Silenced
from cleaner.offsets import LineIndex
from cleaner.values import dataclass
from cleaner.yamlio import from_plain

FILE_NAME = ".cleaner-baseline.json"
VERSION = 1
NEVER = frozenset({"format", "suppression"})
"""Families that no baseline may hold."""

_HINT = "after a merge, take both sides and run `cleaner baseline prune`"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known finding. `path` is relative to the folder of the baseline, with `/` on every system."""

    path: str = setting("the file that it is in")
    rule: str = setting("the rule that finds it")
    fingerprint: str = setting("what it is known by")
    count: int = setting("how many there are", 1)
    severity: Severity = setting("how much it matters", Severity.WARNING)
    first_seen: str = setting("the day on which it was first seen, as 2026-12-31", "", key="first_seen")

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"“count”: expected a number from 1 on, got {self.count}")
        try:
            datetime.date.fromisoformat(self.first_seen)
        except ValueError:
            raise ValueError(f"“first_seen”: expected a day, got “{self.first_seen[:40]}”") from None

    @property
    def key(self) -> tuple[str, str]:
        """Its path and its fingerprint, of which there is one entry."""
        return (self.path, self.fingerprint)

    def age(self, today: datetime.date) -> int:
        """Days since it was first seen."""
        return max(0, (today - datetime.date.fromisoformat(self.first_seen)).days)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings, sorted, one entry a path and fingerprint."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run has found: (path, finding) pairs, in the paths of the baseline.

    `looked` are the files that were read to the end, or are no longer there: of these, and of no
    others, an entry that was not found is gone.
    """

    findings: tuple[tuple[str, Finding], ...] = ()
    looked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a run has found, parted: `known` with its entries, `new`, and the entries that are `stale`.

    The count of a stale entry is how many were not found.
    """

    new: tuple[tuple[str, Finding], ...]
    known: tuple[tuple[str, Finding, Entry], ...]
    stale: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers about a baseline; `oldest` in days, 0 when it is empty."""

    total: int
    files: int
    oldest: int
    by_rule: tuple[tuple[str, int], ...]
    by_severity: tuple[tuple[str, int], ...]


# -- What a run has found ----------------------------------------------------------------------------


def seen(report: Report, root: Path, baseline: Baseline = Baseline()) -> Seen:
    """What a report says, with paths relative to `root`, the folder of the baseline.

    A file with an error or a warning (a rule that took too long) counts as not looked at.
    """
    findings: list[tuple[str, Finding]] = []
    looked = {path for path in {entry.path for entry in baseline.entries} if not (root / path).exists()}
    for file in report.files:
        path = relative(file.uri, root)
        findings += ((path, finding) for finding in file.findings)
        if not (file.error or file.warning):
            looked.add(path)
    return Seen(tuple(findings), frozenset(looked))


def relative(uri: str, root: Path) -> str:
    """The path of a file as the baseline writes it.

    >>> relative("/srv/news/2021/a.txt", Path("/srv/news"))
    '2021/a.txt'
    """
    return os.path.relpath(os.path.abspath(uri), os.path.abspath(root)).replace(os.sep, "/")  # noqa: PTH100


def compare(baseline: Baseline, found: Seen) -> Compared:
    """Part what was found into known and new: first by path and fingerprint, then by fingerprint alone.

    The second look finds files that were renamed; it takes only entries of files that were looked at
    or are gone, since the others still have their own.
    """
    left = {entry.key: entry.count for entry in baseline.entries}
    entries = {entry.key: entry for entry in baseline.entries}
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in baseline.entries:
        if entry.path in found.looked:
            places[entry.fingerprint].append(entry.key)
    homes: list[Entry | None] = []
    for path, finding in found.findings:
        key = (path, _fingerprint(finding))
        is_known = left.get(key, 0) > 0 and finding.family not in NEVER
        if is_known:
            left[key] -= 1
        homes.append(entries[key] if is_known else None)
    for number, (_, finding) in enumerate(found.findings):
        if homes[number] is None and finding.family not in NEVER:
            candidates = places[_fingerprint(finding)]
            while candidates and not left[candidates[-1]]:
                candidates.pop()
            if candidates:
                left[candidates[-1]] -= 1
                homes[number] = entries[candidates[-1]]
    pairs = list(zip(found.findings, homes, strict=True))
    return Compared(
        new=tuple(pair for pair, home in pairs if home is None),
        known=tuple((*pair, home) for pair, home in pairs if home is not None),
        stale=tuple(
            dataclasses.replace(entries[key], count=count)
            for key, count in left.items()
            if count and key[0] in found.looked
        ),
    )


def only_new(report: Report, compared: Compared) -> Report:
    """The report with what is known among what is suppressed."""
    known = {id(finding): entry for _, finding, entry in compared.known}
    return dataclasses.replace(report, files=tuple(_only_new(file, known) for file in report.files))


def _only_new(file: FileReport, known: Mapping[int, Entry]) -> FileReport:
    old = tuple(
        Silenced(finding, By.BASELINE, f"known since {known[id(finding)].first_seen}")
        for finding in file.findings
        if id(finding) in known
    )
    if not old:
        return file
    kept = tuple(finding for finding in file.findings if id(finding) not in known)
    return dataclasses.replace(file, findings=kept, suppressed=(*file.suppressed, *old))


def summary(compared: Compared, today: datetime.date) -> str:
    """One line for the end of a report, "" when nothing is known."""
    if not compared.known:
        return ""
    oldest = max(entry.age(today) for _, _, entry in compared.known)
    return f"{len(compared.known):,} known (oldest {_days(oldest)})"


def _days(number: int) -> str:
    return f"{number:,} day" + ("" if number == 1 else "s")


def _fingerprint(finding: Finding) -> str:
    """Its fingerprint without the counter that makes it unique in a report."""
    return finding.fingerprint.partition("-")[0]


# -- Baseline → Baseline -----------------------------------------------------------------------------


def create(found: Seen, today: datetime.date) -> Baseline:
    """All that was found, first seen today."""
    return update(Baseline(), found, today)


def update(baseline: Baseline, found: Seen, today: datetime.date) -> Baseline:
    """What was found, each with the day on which it was first seen; what is gone is left out.

    Entries of files that were not looked at stay as they are.
    """
    compared = compare(baseline, found)
    fresh = (_entry(path, finding, today.isoformat()) for path, finding in compared.new)
    return _collected([*_kept(baseline, found, compared), *(entry for entry in fresh if entry)])


def prune(baseline: Baseline, found: Seen) -> Baseline:
    """The baseline without what is gone; nothing new is added, a renamed file gets its new name."""
    return _collected(_kept(baseline, found, compare(baseline, found)))


def stats(baseline: Baseline, today: datetime.date) -> Stats:
    """Numbers about a baseline, the most frequent rule first."""
    by_rule: Counter[str] = Counter()
    by_severity: Counter[str] = Counter()
    for entry in baseline.entries:
        by_rule[entry.rule] += entry.count
        by_severity[entry.severity.value] += entry.count
    return Stats(
        total=by_rule.total(),
        files=len({entry.path for entry in baseline.entries}),
        oldest=max((entry.age(today) for entry in baseline.entries), default=0),
        by_rule=tuple(sorted(by_rule.items(), key=lambda pair: (-pair[1], pair[0]))),
        by_severity=tuple((level.value, by_severity[level.value]) for level in Severity),
    )


def _kept(baseline: Baseline, found: Seen, compared: Compared) -> Iterator[Entry]:
    """One entry for each known finding where it is now, and what a file that was not looked at still has."""
    used = Counter(entry.key for _, _, entry in compared.known)
    for path, finding, entry in compared.known:
        yield dataclasses.replace(entry, path=path, severity=finding.severity, count=1)
    for entry in baseline.entries:
        if entry.path not in found.looked and entry.count > used[entry.key]:
            yield dataclasses.replace(entry, count=entry.count - used[entry.key])


def _entry(path: str, finding: Finding, first_seen: str) -> Entry | None:
    if finding.family in NEVER:
        return None
    return Entry(path, finding.rule, _fingerprint(finding), 1, finding.severity, first_seen)


def _collected(entries: Iterable[Entry]) -> Baseline:
    """A baseline in which entries of one key are one: their counts added, the earliest day."""
    by_key: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        other = by_key.get(entry.key)
        if other is not None:
            first = min(entry.first_seen, other.first_seen)
            entry = dataclasses.replace(entry, count=entry.count + other.count, first_seen=first)
        by_key[entry.key] = entry
    return Baseline(tuple(sorted(by_key.values())))


# -- The file ----------------------------------------------------------------------------------------


def discover(folder: Path) -> Path | None:
    """The baseline in a folder or the nearest one above it; None when there is none."""
    for place in (folder.absolute(), *folder.absolute().parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
    return None


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises ConfigError with every mistake, InputError when it cannot be read."""
    return parse(files.read(path).decode("utf-8", "surrogateescape"), os.path.relpath(path))


def save(path: Path, baseline: Baseline) -> None:
    """Write a baseline, whole or not at all; one that says the same is left alone. Raises InputError."""
    new = dump(baseline).encode("utf-8", "surrogateescape")  # a file may have a name that is no text
    if not path.exists():
        files.create(path, new)
    elif (old := files.read(path)) != new:
        files.replace(path, old, new)


def dump(baseline: Baseline) -> str:
    """The text of a baseline: a JSON array, one entry a line, and its version last.

    The version stands at the end so that the line of every entry ends alike, and a line more or less
    is no change to its neighbours.

    >>> print(dump(Baseline((Entry("a.txt", "quotes/unpaired", "9f", 1, Severity.ERROR, "2026-01-31"),))), end="")
    [
    {"path": "a.txt", "rule": "quotes/unpaired", "fingerprint": "9f", "count": 1, ...},
    {"version": 1}
    ]
    """
    lines = [json.dumps(_plain(entry), ensure_ascii=False) + ",\n" for entry in sorted(baseline.entries)]
    return "".join(["[\n", *lines, json.dumps({"version": VERSION}), "\n]\n"])


def _plain(entry: Entry) -> dict[str, object]:
    return {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}


def parse(text: str, name: str) -> Baseline:
    """The baseline in a text. Raises ConfigError with every mistake and its place.

    An entry that stands twice, as after a merge, is taken once, with the larger count.

    >>> parse('[\\n{"path": "a.txt"},\\n{"version": 1}\\n]', "b.json")
    Traceback (most recent call last):
    ...
    cleaner.errors.ConfigError: b.json:2:1: “rule” is missing (the rule that finds it)
    b.json:2:1: “fingerprint” is missing (what it is known by)
    """
    lines = LineIndex(text)
    problems: list[Problem] = []
    by_key: dict[tuple[str, str], Entry] = {}
    version: object = None
    for offset, value in _values(text, name, lines):
        where = Where(name, *lines.position(offset))
        if isinstance(value, dict) and set(value) == {"version"}:
            version = value["version"]
            if version != VERSION:
                problems.append(Problem(where, f"version {version!r}: this cleaner reads version {VERSION}"))
            continue
        entry = bind(Entry, from_plain(value, where), problems)
        if entry:
            other = by_key.get(entry.key, entry)
            count = max(entry.count, other.count)
            first = min(entry.first_seen, other.first_seen)
            by_key[entry.key] = dataclasses.replace(entry, count=count, first_seen=first)
    if version is None and not problems:
        problems.append(Problem(Where(name, len(lines), 1), "the version is missing: the file is cut off"))
    if problems:
        raise ConfigError(problems)
    return Baseline(tuple(sorted(by_key.values())))


def _values(text: str, name: str, lines: LineIndex) -> Iterator[tuple[int, object]]:
    """The values of a JSON array with their offsets. Raises ConfigError where it is none."""

    def refuse(at: int, message: str) -> ConfigError:
        return ConfigError([Problem(Where(name, *lines.position(min(at, len(text)))), message, _HINT)])

    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise refuse(at, "not a baseline: expected a JSON array")
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            position = error.pos if isinstance(error, json.JSONDecodeError) else at
            raise refuse(position, "not a baseline: this is no JSON") from None
        yield at, value
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise refuse(at, "not a baseline: expected a comma or the end of the array")
    if text[at + 1 :].strip():
        raise refuse(_skip(text, at + 1), "not a baseline: something follows the array")


def _skip(text: str, at: int) -> int:
    """The offset of the next character that is no white space."""
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at
