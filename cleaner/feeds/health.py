"""How sound a feed is: a score, what is new, and what its producer does wrong.

The score is 100 for a feed in which nothing is found. Each item counts by its worst finding: an
error takes the whole item away, a warning half, an info a tenth; the head of the feed counts as one
more item. So the score is 100 × (1 − lost / (items + 1)), cut to one decimal.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cleaner.feeds import signature
from cleaner.feeds.items import place_of
from cleaner.feeds.look import Checked
from cleaner.feeds.signature import Share
from cleaner.feeds.state import Memory, Run
from cleaner.model import Finding, Item, Severity
from cleaner.reporters.base import shown, tame
from cleaner.text.visible import excerpt, visible

_LOST = {Severity.ERROR: 10, Severity.WARNING: 5, Severity.INFO: 1}  # tenths of an item
_SHOWN_RUNS, _SHOWN_NEW, _SHOWN_MARKS = 12, 10, 3


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item that was not there in the last run and has findings; `rules` count them."""

    item: Item
    rules: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Health:
    """What is said of one feed. `run` is None when it could not be looked at, and `error` says why;
    `before` are the runs until then."""

    url: str
    run: Run | None = None
    before: tuple[Run, ...] = ()
    shares: tuple[Share, ...] = ()
    fresh: tuple[Fresh, ...] = ()
    error: str = ""
    warning: str = ""


def score(findings: tuple[Finding, ...], items: int) -> float:
    """The score of a feed with so many items.

    >>> score((), 20)
    100.0
    """
    worst: dict[str, int] = {}
    for finding in findings:
        place = place_of(finding.address)
        worst[place] = max(worst.get(place, 0), _LOST[finding.severity])
    whole = 10 * (items + 1)
    return (1000 * max(0, whole - sum(worst.values())) // whole) / 10


def examine(checked: Checked, known: Memory, now: str, settings: str) -> Health:
    """What is to be said of a feed that was looked at; `now` is the time as it is to be written."""
    report, seen = checked.report, frozenset(known.items)
    if report.error:
        return Health(report.uri, before=known.runs, error=report.error)
    shares = [
        share._replace(marks=share.marks[:_SHOWN_MARKS])
        for share in signature.shares((place_of(finding.address), finding) for finding in report.findings)
    ]
    new = [entry for entry in checked.entries if entry.key not in seen]
    rules: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for finding in report.findings:
        counts = rules[place_of(finding.address)]
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    count = len(checked.entries)
    classes = {share.what.name: share.items for share in shares}
    marks = {share.what.name: share.marks for share in shares}
    run = Run(now, score(report.findings, count), count, len(new), classes, marks, settings)
    fresh = tuple(Fresh(entry.item, rules[entry.place]) for entry in new if entry.place in rules)
    return Health(report.uri, run, known.runs, tuple(shares), fresh, warning=report.warning)


def repeated(known: Memory, now: str) -> Health:
    """What is to be said of a feed whose server says that it has not changed since the last run."""
    last = known.runs[-1]
    run = dataclasses.replace(last, at=now, new=0)
    return Health(known.url, run, known.runs, _recorded(last))


def remembered(known: Memory) -> Health:
    """What the last run said."""
    if not known.runs:
        return Health(known.url, error="never looked at")
    return Health(known.url, known.runs[-1], known.runs[:-1], _recorded(known.runs[-1]))


def _recorded(run: Run) -> tuple[Share, ...]:
    by_name = {one.name: one for one in (*signature.CLASSES, signature.OTHER)}
    found, marks = (run.classes or {}).items(), run.marks or {}
    return tuple(Share(by_name[name], count, marks.get(name, ())) for name, count in found if name in by_name)


def page(health: Health) -> str:
    """A feed's health for people, a few lines."""
    lines = [shown(health.url)]
    if health.run is None:
        lines.append(f"  error     {visible(health.error)}")
        if health.before:
            lines.append(f"  score     {_number(health.before[-1].score)} on {health.before[-1].at[:10]}")
        return "\n".join(map(tame, lines))
    run = health.run
    was = f" ({_number(health.before[-1].score)} on {health.before[-1].at[:10]})" if health.before else ""
    lines.append(f"  score     {_number(run.score)} of 100{was}")
    if health.before:
        past = [*health.before, run][-_SHOWN_RUNS:]
        lines.append(f"  runs      {' '.join(_number(one.score) for one in past)}")
    first = "" if health.before else ": this is the first run"
    lines.append(f"  items     {run.items}, {run.new} new{first}")
    for word, share in zip(["producer", *[""] * len(health.shares)], health.shares, strict=False):
        marks = ", ".join(visible(mark) for mark in share.marks)
        what = f"{share.what.name} ({marks})" if marks else share.what.name
        lines.append(f"  {word:9} {what} in {_items(share.items)}: {share.what.means}")
    for word, fresh in zip(["new", *[""] * len(health.fresh)], health.fresh[:_SHOWN_NEW], strict=False):
        rules = ", ".join(f"{rule} ×{n}" if n > 1 else rule for rule, n in sorted(fresh.rules.items()))
        name = excerpt(fresh.item.title or fresh.item.guid or "(no title)")
        lines.append(f"  {word:9} {name} {excerpt(fresh.item.link, 200)}".rstrip() + f": {rules}")
    if len(health.fresh) > _SHOWN_NEW:
        lines.append(f"  {'':9} and {len(health.fresh) - _SHOWN_NEW} more")
    return "\n".join(map(tame, lines))  # the title of an article may begin a line


def wire(health: Health) -> dict[str, object]:
    """A feed's health for machines."""
    run = health.run
    return {
        "url": health.url,
        "error": health.error,
        "warning": health.warning,
        "score": run.score if run else None,
        "items": run.items if run else None,
        "new": run.new if run else None,
        "runs": [{"at": one.at, "score": one.score} for one in (*health.before, *([run] if run else []))],
        "classes": [
            {
                "class": share.what.name,
                "items": share.items,
                "marks": list(share.marks),
                "means": share.what.means,
            }
            for share in health.shares
        ],
        "new_with_findings": [
            {"title": one.item.title, "link": one.item.link, "guid": one.item.guid, "rules": dict(one.rules)}
            for one in health.fresh
        ],
    }


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"


def _number(score: float) -> str:
    return f"{score:g}"
