"""One run of `cleaner feed health`: every source looked at, and what that adds to its memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.feeds import health, look
from cleaner.feeds.choice import Rules
from cleaner.feeds.fetch import Known, Limits
from cleaner.feeds.health import Health
from cleaner.feeds.memory import seen
from cleaner.feeds.state import Memory
from cleaner.feeds.visit import Visit, visit


@dataclass(frozen=True, slots=True)
class Survey:
    """What a run needs; `memories` are changed by it, `now` is the time as it is to be written."""

    rules: Rules
    limits: Limits
    memories: dict[str, Memory]
    version: str
    now: str

    def run(self, sources: list[str]) -> Iterator[Health]:
        """What is to be said of each source, in their order."""
        for one in visit(sources, self.rules.pipeline, None, self.limits, self._known):
            said, after = self._examine(one, self.memories.get(one.source, Memory(one.source)))
            if said.run:
                self.memories[one.source] = after.with_run(said.run)
            yield said

    def _examine(self, one: Visit, old: Memory) -> tuple[Health, Memory]:
        if one.unchanged:
            return health.repeated(old, self.now), old
        said = health.examine(one.checked, old, self.now, self._made(one.source))
        return said, seen(old, one)

    def _known(self, source: str) -> Known:
        """What to tell the server: only when the last score would come out again."""
        old = self.memories.get(source)
        if old is None or not old.runs or old.runs[-1].settings != self._made(source):
            return Known()
        return Known(old.final, old.etag, old.modified)

    def _made(self, source: str) -> str:
        return look.made_with(self.rules.pipeline(source), None, self.version)
