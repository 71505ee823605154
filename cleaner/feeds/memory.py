"""One run of `cleaner feed` with a memory: what need not be fetched, what is new, what is saved."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.errors import InputError
from cleaner.feeds import look, saving, state
from cleaner.feeds.choice import Rules
from cleaner.feeds.fetch import Known
from cleaner.feeds.look import Checked
from cleaner.feeds.state import Memory
from cleaner.feeds.visit import Visit
from cleaner.model import Safety


@contextlib.contextmanager
def opened(path: Path | None, use: str) -> Iterator[dict[str, Memory]]:
    """The memories in a state file, to be changed; written back at the end unless something went wrong.

    No path, no memory. Raises InputError, ConfigError.
    """
    if path is None:
        yield {}
        return
    with state.locked(path):
        memories = state.load(path, use)
        yield memories
        state.save(path, use, memories)


@dataclass(slots=True)
class Round:
    """What is done with each source. `memories` are changed by `remember` only; with `new` a report
    is about what they do not know; `folder` is where cleaned feeds go, None for nowhere."""

    rules: Rules
    version: str
    allowed: Safety | None = None
    folder: Path | None = None
    memories: dict[str, Memory] = field(default_factory=dict)
    new: bool = False
    _saved: dict[str, str] = field(default_factory=dict)

    def known(self, source: str) -> Known:
        """What to tell the server of a feed: only what makes a “not modified” answer all that is asked.

        That is the case when only new items are wanted and, where feeds are saved, what was saved is
        still there and would be saved again.
        """
        old = self.memories.get(source)
        if old is None or not self.new or (self.folder is not None and not self._is_saved(source, old)):
            return Known()
        return Known(old.final, old.etag, old.modified)

    def take(self, visit: Visit) -> Visit:
        """Save what was cleaned, and leave of the report what is new."""
        checked = visit.checked
        if self.folder is not None and checked.cleaned is not None:
            checked = self._save(visit.source, checked, checked.cleaned, self.folder)
        if self.new:
            checked = look.only_new(checked, self.memories.get(visit.source, Memory(visit.source)))
        return dataclasses.replace(visit, checked=checked)

    def remember(self, whole: Visit) -> None:
        """Remember a visit as it was before `take` left something out; one with an error is none."""
        report = whole.checked.report
        if report.error or whole.unchanged:
            return
        old = self.memories.get(whole.source, Memory(whole.source))
        head = look.head_of(report)
        saved = self._saved.get(whole.source, old.saved)
        self.memories[whole.source] = seen(dataclasses.replace(old, head=head, saved=saved), whole)

    def _save(self, source: str, checked: Checked, data: bytes, folder: Path) -> Checked:
        name = saving.stem_of(source) + checked.suffix
        try:
            saving.save(folder, name, data)
        except InputError as error:
            report = dataclasses.replace(checked.report, error=f"not saved: {error}")
            return dataclasses.replace(checked, report=report)
        self._saved[source] = self._mark(source, name, data)
        return checked

    def _is_saved(self, source: str, old: Memory) -> bool:
        name = old.saved.partition(" ")[0]
        if not name or self.folder is None or saving.stem_of(source) != Path(name).stem:
            return False
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return False
        return self._mark(source, name, data) == old.saved

    def _mark(self, source: str, name: str, data: bytes) -> str:
        """What was saved, and with which rules, in a line."""
        made = look.made_with(self.rules.pipeline(source), self.allowed, self.version)
        return f"{name} {hashlib.sha256(data).hexdigest()[:16]} {made}"


def seen(old: Memory, visit: Visit) -> Memory:
    """A memory after a visit: what the server said, and the items."""
    server = visit.known
    old = dataclasses.replace(old, final=server.url, etag=server.etag, modified=server.modified)
    return old.with_items(visit.checked.keys)
