"""What is known already, as `check` and `fix` see it: the baseline that is named or found."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import MissingPathError
from cleaner.model import Report
from cleaner.values import dataclass

if TYPE_CHECKING:
    from cleaner.baseline import Baseline

NAME = ".cleaner-baseline.json"  # as baseline.FILE_NAME: that module is imported when there is such a file


@dataclass(frozen=True, slots=True)
class Judged:
    """A report without what is known, what to say of that, and how much of it is stale."""

    report: Report
    message: str = ""
    stale: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A baseline, and the file that it was read from."""

    path: Path
    baseline: Baseline


def load(file: str | None, *, off: bool = False) -> Known | None:
    """The baseline that is named, or the nearest one; None when there is none, or it is `off`.

    It is read before any file is: a mistake in it is told before something is repaired.

    Raises MissingPathError when the named one is not there, ConfigError when it has mistakes.
    """
    path = None if off else find(file)
    if path is None:
        return None
    from cleaner import baseline

    return Known(path, baseline.load(path))


def judge(report: Report, known: Known | None, *, fail_on_stale: bool = False) -> Judged:
    """A report in the light of a baseline, if there is one.

    What is stale is told only to those who ask for it: with other rules than those of `create`, or
    after a repair, much is.
    """
    if known is None:
        return Judged(report)
    from cleaner import baseline

    compared = baseline.compare(known.baseline, baseline.seen(report, known.path.parent, known.baseline))
    stale = sum(entry.count for entry in compared.stale) if fail_on_stale else 0
    parts = [baseline.summary(compared, datetime.date.today())]
    parts += [f"{stale:,} no longer found: run cleaner baseline prune"] if stale else []
    message = "; ".join(part for part in parts if part)
    return Judged(baseline.only_new(report, compared), message, stale)


def find(file: str | None) -> Path | None:
    """The baseline that is named, or the nearest one. Raises MissingPathError for one that is not there."""
    if file is not None and not Path(file).is_file():
        raise MissingPathError(f"--baseline: no such file {file}")
    if file is not None:
        return Path(file)
    here = Path.cwd()
    return next((place / NAME for place in (here, *here.parents) if (place / NAME).is_file()), None)
