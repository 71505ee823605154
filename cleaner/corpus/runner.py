"""A corpus, from a file or folder into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleaner.config import Config
from cleaner.corpus import plan as planning
from cleaner.corpus import pool, records, rows
from cleaner.corpus.counts import Counts
from cleaner.corpus.plan import PART_SIZE, Part
from cleaner.corpus.settings import Settings
from cleaner.corpus.work import Job, Outcome
from cleaner.errors import UsageError

COUNTS = "counts.json"

Engine = Callable[[Sequence[Part], Job, int], Iterator[Outcome]]
"""What does parts: (parts, job, jobs) → outcomes, in any order."""


@dataclass(slots=True)
class Progress:
    """What a caller is told during a run; every method may be left as it is."""

    def start(self, total: int) -> None:
        """The run begins; `total` are the bytes of its parts."""

    def part(self, outcome: Outcome) -> None:
        """A part is finished."""

    def say(self, message: str) -> None:
        """A sentence for the person who waits."""


@dataclass(slots=True)
class Result:
    """What a run came to.

    `errors` say for each input, or part of one, why it is not done; `again` is how many parts were
    done before. `is_complete` is false when the run was given up.
    """

    counts: Counts = field(default_factory=Counts)
    errors: dict[str, str] = field(default_factory=dict)
    parts: int = 0
    again: int = 0
    is_complete: bool = True


def run(
    source: Path,
    out: Path,
    settings: Settings,
    *,
    config_of: Callable[[Path], Config] | None = None,
    jobs: int | None = None,
    part_size: int = PART_SIZE,
    engine: Engine = pool.outcomes,
    progress: Progress | None = None,
) -> Result:
    """Clean a file of rows, or all below a folder, into the folder `out`.

    `config_of` gives the settings of each file, in place of those of `settings`. Parts that an
    earlier run finished with the same settings, from the same bytes, are not done again.

    With more than one job, a script that calls this needs the usual `if __name__ == "__main__"`:
    workers import it.

    Raises UsageError, RuleError, ConfigError before anything is written, and InputError when `out`
    cannot be written at all. What happens to single files and parts is in the result.
    """
    progress = progress or Progress()
    _check_apart(source, out)
    config = config_of(source) if config_of else settings.config
    files = planning.inputs(source, (*config.exclude, *config.extend_exclude), config.root)
    kinds: list[Settings] = []
    which: list[int] = []
    for file in files:
        wanted = replace(settings, config=config_of(file.path)) if config_of else settings
        if wanted not in kinds:
            kinds.append(wanted)
        which.append(kinds.index(wanted))
    planned = planning.plan(files, which, part_size)
    for kind in kinds:
        rows.engine(kind)  # so that a mistake in the rules is told before anything is written
    job = Job(out, tuple(kinds), tuple(f"{kind.fingerprint()}-{part_size}" for kind in kinds))
    result = Result(parts=len(planned.parts), errors=dict(planned.errors))
    with records.folder(
        out, {"fingerprints": sorted(job.fingerprints), "settings": _words(kinds)}
    ) as changed:
        if changed:
            progress.say("the settings, the rules or cleaner are others than before: everything is done anew")
        _forget(out, planned.parts, job)
        progress.start(sum(part.size for part in planned.parts))
        for outcome in engine(planned.parts, job, jobs or pool.cores()):
            progress.part(outcome)
            _take(outcome, result)
        said = {**result.counts.as_json(), "errors": dict(sorted(result.errors.items()))}
        if result.is_complete:
            records.write_json(out / COUNTS, said)
    return result


def _take(outcome: Outcome, result: Result) -> None:
    result.again += outcome.again
    if outcome.record is not None:
        result.counts.plus(outcome.record.counts)
    else:
        part = outcome.part
        result.errors.setdefault(part.input.name if not part.number else part.name, outcome.error)
        result.is_complete = result.is_complete and not outcome.fatal


def _check_apart(source: Path, out: Path) -> None:
    """Raises UsageError when one lies in the other: the output would be read as input."""
    one, other = source.resolve(), out.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise UsageError(f"{out}: must lie outside of {source}")


def _forget(out: Path, parts: Iterable[Part], job: Job) -> None:
    """Remove what an earlier run made with other settings, and of inputs that are gone."""
    wanted = {part.name: job.fingerprints[part.config] for part in parts}
    for record in list(records.all_records(out)):
        if wanted.get(record.part) != record.fingerprint:
            record.remove(out)
    (out / COUNTS).unlink(missing_ok=True)  # of a run that is no longer the last


def _words(kinds: Sequence[Settings]) -> list[dict[str, object]]:
    """The settings for a person who wonders later."""
    return [
        {
            "columns": list(kind.columns.text),
            "lang": kind.columns.lang or kind.config.lang,
            "from": kind.columns.source_lang or kind.config.source_lang,
            "original": kind.columns.original,
            "profile": kind.config.profile,
            "repairs": kind.allowed.value,
            "max-row": kind.max_row,
        }
        for kind in kinds
    ]
