"""Which files a run reads: what the user named, what the folders hold, what is to be left alone.

A folder is searched for files whose format we know. Hidden files and folders, symbolic links, and
what .gitignore, .ignore, .cleanerignore or the setting `exclude` name are left alone. A file that
the user names is read whatever these say, unless exclusion is forced (as a commit hook needs it,
which names every file).
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.errors import MissingPathError

IGNORE_FILES = (".gitignore", ".ignore", ".cleanerignore")


@dataclass(slots=True)
class Search:
    """How to search. `exclude` are patterns as in .gitignore, relative to `root`."""

    wanted: Callable[[Path], bool]
    exclude: tuple[str, ...] = ()
    root: Path = Path()
    respect_ignore_files: bool = True
    force: bool = False
    _excluded: Any = field(init=False, default=None)

    def files(self, paths: Iterable[Path]) -> Iterator[Path]:
        """The files that `paths` name, folders in the order of their names.

        Raises MissingPathError for a path that is not there.
        """
        for path in paths:
            if path.is_dir():
                yield from self._walk(path)
            elif not os.path.lexists(path):
                raise MissingPathError(f"{path}: no such file or folder")
            elif not (self.force and self._is_excluded(path)):
                yield path

    def _walk(self, folder: Path) -> Iterator[Path]:
        for here, folders, names in os.walk(folder):
            place = Path(here)
            folders[:] = sorted(name for name in folders if self._is_read(place / name, is_folder=True))
            for name in sorted(names):
                path = place / name
                if self.wanted(path) and self._is_read(path):
                    yield path

    def _is_read(self, path: Path, *, is_folder: bool = False) -> bool:
        return not (
            path.name.startswith(".")
            or path.is_symlink()
            or self._is_excluded(path, is_folder=is_folder)
            or (self.respect_ignore_files and _is_ignored(path.absolute(), is_folder=is_folder))
        )

    def _is_excluded(self, path: Path, *, is_folder: bool = False) -> bool:
        if not self.exclude:
            return False
        if self._excluded is None:
            self._excluded = _spec(self.exclude)
        try:
            relative = path.absolute().relative_to(self.root.absolute())
        except ValueError:
            return False
        return any(
            self._excluded.match_file(f"{part}/" if part != relative or is_folder else str(part))
            for part in (relative, *relative.parents)
            if part.name
        )


def _is_ignored(path: Path, *, is_folder: bool) -> bool:
    """Whether an ignore file above says so; the nearest one that speaks of the path decides."""
    for folder in path.parents:
        for spec in _specs(folder):
            name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
            verdict = spec.check_file(name).include
            if verdict is not None:
                return bool(verdict)
        if (folder / ".git").exists():
            return False
    return False


@functools.cache
def _specs(folder: Path) -> tuple[Any, ...]:
    """The patterns of the ignore files in one folder, the most special file first."""
    found = []
    for name in reversed(IGNORE_FILES):
        try:
            lines = (folder / name).read_text("utf-8", "surrogateescape").splitlines()
        except OSError:
            continue
        found.append(_spec(lines))
    return tuple(found)


def _spec(lines: Iterable[str]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
