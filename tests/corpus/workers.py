"""Stand-ins for `work.do` that go wrong; processes import this module, so it imports little."""

from __future__ import annotations

import os

from cleaner.corpus.plan import Part
from cleaner.corpus.work import Job, Outcome


def deadly(part: Part, job: Job) -> Outcome:
    """The second part kills its process, as a crash in a library would."""
    if part.number == 1:
        os._exit(1)
    return Outcome(part)


def fatal(part: Part, job: Job) -> Outcome:
    """The disk is full."""
    return Outcome(part, error="full", fatal=True)
