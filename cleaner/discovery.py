"""Which files a run reads: what the user named, what the folders hold, what is to be left alone.

A folder is searched for files whose format we know. Hidden files and folders, symbolic links, and
what .gitignore, .ignore, .cleanerignore or the setting `exclude` name are left alone. A file that
the user names is read whatever these say, unless exclusion is forced (as a commit hook needs it,
which names every file). What `cleaner` itself is told by, rules and settings, is no text even then.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cleaner import files
from cleaner.errors import ConfigError, InputError, MissingPathError, Problem, Where
from cleaner.limited import Budget
from cleaner.values import dataclass, field

IGNORE_FILES = (".gitignore", ".ignore", ".cleanerignore")
_LARGEST = 1_000_000  # bytes of an ignore file; what is larger is none
_STARS = re.compile(r"\*+")
_MANY = 3  # stars in one pattern whose time is limited; fewer cannot take long


@dataclass(slots=True)
class Search:
    """How to search for files whose names are `wanted`. `exclude` are patterns as in .gitignore, relative to `root`."""

    wanted: Callable[[str], bool]
    exclude: tuple[str, ...] = ()
    root: Path = Path()
    respect_ignore_files: bool = True
    force: bool = False
    _excluded: Any = field(init=False, default=None)

    def files(self, paths: Iterable[Path]) -> Iterator[Path]:
        """The files that `paths` name, folders in the order of their names.

        A folder that cannot be read is given itself: who reads it is told why. Raises MissingPathError
        for a path that is not there.
        """
        for path in paths:
            if path.is_dir():
                yield from self._walk(path)
            elif not os.path.lexists(path):
                raise MissingPathError(f"{path}: no such file or folder")
            elif not (self.force and self._is_excluded(path)):
                yield path

    def _walk(self, top: Path) -> Iterator[Path]:
        left = [top]
        while left:
            folder = left.pop()
            try:
                with os.scandir(folder) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError:
                yield folder
                continue
            is_read = self._reader(folder)
            folders: list[Path] = []
            for entry in listed:
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                if not is_folder and not self.wanted(entry.name):
                    continue
                path = folder / entry.name
                if is_read(path, is_folder):
                    if is_folder:
                        folders.append(path)
                    else:
                        yield path
            left += reversed(folders)

    def _reader(self, folder: Path) -> Callable[[Path, bool], bool]:
        """What tells of a path in a folder whether the patterns leave it; in most folders there are none."""
        place = folder.absolute()
        ignored = self.respect_ignore_files and bool(_specs_above(place))

        def is_read(path: Path, is_folder: bool) -> bool:
            return not (
                self._is_excluded(path, is_folder=is_folder)
                or (ignored and _is_ignored(place / path.name, is_folder=is_folder))
            )

        return is_read

    def _is_excluded(self, path: Path, *, is_folder: bool = False) -> bool:
        if not self.exclude:
            return False
        if self._excluded is None:
            self._excluded = spec(self.exclude, "exclude")
        try:
            relative = path.absolute().relative_to(self.root.absolute())
        except ValueError:
            return False
        return any(
            self._excluded.match_file(f"{part}/" if part != relative or is_folder else str(part))
            for part in (relative, *relative.parents)
            if part.name
        )


OWN_NAMES = frozenset({"cleaner.yaml", ".cleaner-ignore.yaml", ".cleaner-baseline.json"})
"""Files that speak to `cleaner`, wherever they stand."""


def without_own(paths: Iterable[Path], rule_folders: Iterable[tuple[Path, Path]]) -> list[Path]:
    """The paths that are texts: no settings, and nothing from the folders of a house's rules.

    `rule_folders` are these, each with the folder of the settings that name it. `no-kiev.yml` among rules is
    no Norwegian. Where the settings themselves lie in such a folder (`rules: [.]`) only its YAML and JSON is
    left out: all texts may be in it.
    """
    folders = {
        folder.resolve(): folder.resolve() in (root.resolve(), *root.resolve().parents)
        for folder, root in rule_folders
    }
    if not folders:  # a house without rules of its own
        return [path for path in paths if path.name not in OWN_NAMES]
    places: dict[Path, list[bool]] = {}

    def is_text(path: Path) -> bool:
        if path.parent not in places:
            place = path.parent.resolve()
            above = (place, *place.parents)
            places[path.parent] = [is_wide for folder, is_wide in folders.items() if folder in above]
        of_rules = path.suffix.lower() in (".yml", ".yaml", ".json")
        return path.name not in OWN_NAMES and all(is_wide and not of_rules for is_wide in places[path.parent])

    return [path for path in paths if is_text(path)]


def _is_ignored(path: Path, *, is_folder: bool) -> bool:
    """Whether an ignore file above says so; the nearest one that speaks of the path decides."""
    for folder, spec in _specs_above(path.parent):
        name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
        verdict = spec.check_file(name).include
        if verdict is not None:
            return bool(verdict)
    return False


@functools.cache
def _specs_above(folder: Path) -> tuple[tuple[Path, Any], ...]:
    """The patterns that hold in a folder, each with the folder that it is written in, up to a repository."""
    own = tuple((folder, spec) for spec in _specs(folder))
    if folder.parent == folder or (folder / ".git").exists():
        return own
    return own + _specs_above(folder.parent)


@functools.cache
def _specs(folder: Path) -> tuple[Any, ...]:
    """The patterns of the ignore files in one folder, the most special file first."""
    found = []
    for name in reversed(IGNORE_FILES):
        path = folder / name
        if not path.is_file():  # there is mostly none; a pipe of this name would be waited for
            continue
        try:
            lines = files.read(path, limit=_LARGEST).decode("utf-8", "surrogateescape").splitlines()
        except InputError:
            continue
        found.append(spec(lines, str(path)))
    return tuple(found)


def spec(lines: Iterable[str], name: str) -> Any:
    """Patterns as in .gitignore. Raises ConfigError, which names the file `name`, for one that is none.

    One with many stars could take for ever to compare with a long name: its time is limited.
    """
    from pathspec import GitIgnoreSpec

    written = list(lines)
    try:
        made = GitIgnoreSpec.from_lines(written)
    except ValueError as error:
        raise ConfigError([Problem(Where(name), f"not a pattern as in .gitignore: {error}")]) from None
    for number, pattern in enumerate(made.patterns):
        if pattern.regex is not None and len(_STARS.findall(written[number])) >= _MANY:
            where = Where(name, number + 1, 1) if len(written) > 1 else Where(name)
            regex: Any = Budget(pattern.regex.pattern, written[number], where)
            pattern.regex = regex
    return made
