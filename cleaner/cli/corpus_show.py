"""What a run over a corpus shows: a bar while it goes on, numbers at its end."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.cli import complain
from cleaner.corpus.counts import Counts
from cleaner.corpus.runner import Progress, Result
from cleaner.corpus.work import Outcome
from cleaner.text.visible import visible


def summary(result: Result, seconds: float) -> list[str]:
    """What was done, and the rules with what they found, the most frequent first."""
    counts = result.counts
    again = f", {result.again:,} of them by an earlier run" if result.again else ""
    lines = [f"{counts.rows:,} rows in {result.parts:,} parts{again}; {counts.changed:,} rows changed."]
    if seconds >= 10 and not result.again:
        lines[0] += f" {counts.rows / seconds:,.0f} rows/s."
    if counts.found:
        lines += ["", "  found  repaired  rule"]
    for rule, found in sorted(counts.found.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"{found:7,}  {counts.applied[rule]:8,}  {rule}")
    lines += _table("rejected", counts.rejected) + _table(
        "rows on which a rule took too long", counts.timeouts
    )
    return lines


def _table(title: str, numbers: Mapping[str, int]) -> list[str]:
    if not numbers:
        return []
    rows = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return ["", f"{sum(numbers.values()):7,}  {title}", *(f"{count:7,}  {name}" for name, count in rows)]


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """Who is told how far the run is: a bar on a terminal, nobody elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield _Spoken()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.progress import TransferSpeedColumn as Speed

    columns = (
        BarColumn(),
        DownloadColumn(),
        Speed(),
        TextColumn("{task.fields[rows]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)


class _Spoken(Progress):
    def say(self, message: str) -> None:
        complain(message)


class _Bar(Progress):
    """A bar with bytes, bytes a second, rows a second and the time that is left."""

    def __init__(self, bar: Any) -> None:
        self._bar, self._task, self._counts = bar, None, Counts()
        self._started = time.monotonic()

    def start(self, total: int) -> None:
        self._task = self._bar.add_task("", total=total, rows="")

    def part(self, outcome: Outcome) -> None:
        if outcome.record is not None and not outcome.again:
            self._counts.plus(outcome.record.counts)
        rate = self._counts.rows / max(time.monotonic() - self._started, 0.001)
        self._bar.update(self._task, advance=outcome.part.size, rows=f"{rate:,.0f} rows/s")

    def say(self, message: str) -> None:
        self._bar.console.print(visible(message), highlight=False, markup=False)
