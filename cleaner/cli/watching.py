"""`cleaner check --watch`: look again at what changes, until Ctrl-C.

Files are polled: that works on every system and disk, network folders and containers included, and
needs nothing that is not there already. A poll that takes long is made less often.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from cleaner.cli import complain, session
from cleaner.cli.known import Judged
from cleaner.cli.outputs import Output, check_targets, show
from cleaner.discovery import IGNORE_FILES
from cleaner.errors import MissingPathError
from cleaner.model import FileReport, Report
from cleaner.reporters.base import counted
from cleaner.run import Settings, Task, expand

PAUSE = 0.4  # seconds between two polls, of which each may take a tenth of the time
LONGEST = 5.0
_SETTINGS = (
    "cleaner.yaml",
    "pyproject.toml",
    ".cleaner-ignore.yaml",
    ".cleaner-baseline.json",
    *IGNORE_FILES,
)

Stamp = tuple[int, int, int] | None
"""What tells that a file is another than before: inode, size, time; None when it is not there."""


@dataclasses.dataclass(slots=True)
class Watch:
    """What is watched, and what is known of it. `judge` parts what is new from what is known."""

    paths: list[str]
    wanted: Settings
    task: Task
    output: Output
    judge: Callable[[Report], Judged]
    force_exclude: bool = False
    _reports: dict[str, FileReport] = dataclasses.field(default_factory=dict)

    def run(self) -> None:
        """Show everything, then each change; returns at Ctrl-C. Raises what a check raises at first."""
        try:
            files = expand(self.paths, self.wanted, force_exclude=self.force_exclude)
            check_targets(self.output.targets, files)
            settings = _stamps(self._settings(files))
            stamps = _stamps(files)
            self._look(files)
            pause = PAUSE
            complain(f"watching {counted(len(files), 'file')}; Ctrl-C ends it")
            while True:
                time.sleep(pause)
                started = time.monotonic()
                files = self._files(files)
                new, new_settings = _stamps(files), _stamps(self._settings(files))
                pause = min(LONGEST, max(PAUSE, 10 * (time.monotonic() - started)))
                self._changed(stamps, new)
                stamps = new
                if new_settings != settings:
                    settings = new_settings
                    if _would_start():
                        complain("the settings have changed: starting anew")
                        _start_anew()
        except KeyboardInterrupt:
            return

    def _files(self, before: list[Path]) -> list[Path]:
        """The files that are there now; a path that a person named may be gone for a while."""
        try:
            return expand(self.paths, self.wanted, force_exclude=self.force_exclude)
        except MissingPathError:
            return [path for path in before if path.exists()]

    def _changed(self, old: dict[Path, Stamp], new: dict[Path, Stamp]) -> None:
        for path in old.keys() - new.keys():
            self._reports.pop(str(path), None)
            complain(f"{path}: is gone")
        changed = [path for path, stamp in new.items() if stamp and old.get(path) != stamp]
        if changed:
            self._look(changed)

    def _look(self, files: list[Path]) -> None:
        """Show these files on the screen; the reports in files hold all that are watched."""
        report = session.look(files, self.wanted, self.task)
        judged = self.judge(report)
        self._reports |= {file.uri: file for file in judged.report.files}
        on_screen = tuple(target for target in self.output.targets if target.file is None)
        in_files = tuple(target for target in self.output.targets if target.file is not None)
        if in_files:
            whole = dataclasses.replace(judged.report, files=tuple(self._reports.values()))
            show(whole, dataclasses.replace(self.output, targets=in_files, statistics=False))
        show(judged.report, dataclasses.replace(self.output, targets=on_screen))
        if judged.message and not self.output.quiet:
            complain(judged.message)

    def _settings(self, files: Iterable[Path]) -> Iterator[Path]:
        """The files that say what is looked for, there or not; and the rules of the house."""
        folders = {path.absolute().parent for path in files} | {Path.cwd()}
        for folder in sorted({place for below in folders for place in (below, *below.parents)}):
            yield from (folder / name for name in _SETTINGS)
        if self.wanted.file:
            yield self.wanted.file
        for house in self.wanted.config(Path("-")).rule_folders():
            yield from sorted(house.rglob("*.y*ml"))


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _would_start() -> bool:
    """Whether the same command would start with the settings as they are now; if not, it is told why.

    Who edits settings saves halfway: the watch goes on with those that it has read.
    """
    command = [word for word in _command() if word != "--watch"]
    done = subprocess.run(
        [*command, "--quiet"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode == 2:
        for line in done.stderr.decode("utf-8", "replace").splitlines():
            complain(line.removeprefix("cleaner: "))
        complain("the settings have a mistake: those before still hold")
    return done.returncode != 2


def _command() -> list[str]:
    return [sys.executable, *sys.orig_argv[1:]]


def _start_anew() -> NoReturn:
    """Run the same command again in place of this one: nothing that was read before is remembered."""
    command = _command()
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # there, exec would give the prompt back while we go on
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)
