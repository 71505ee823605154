"""`cleaner fix --diff`: a patch for a program, or the same for eyes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleaner import files
from cleaner.cli import complain, streams
from cleaner.cli.outputs import coloured, is_terminal
from cleaner.model import Report
from cleaner.reporters.base import Look
from cleaner.reporters.patch import is_patchable, patch, patch_for_eyes

_LOGS = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL")
"""What a build sets in the environment: there, what is printed is a log that obeys commands."""


def show(report: Report, file: str | None, color: str, *, quiet: bool = False) -> None:
    """Write what would change: exact bytes to a file or a pipe, visible characters to eyes and logs.

    An article can hold what a terminal or a log obeys; a patch must hold it as it is. So the patch
    for eyes is none that applies, whenever the two differ, and that is said.

    Raises InputError when the file cannot be written.
    """
    look = Look(coloured(color, sys.stdout), root=str(Path.cwd()))
    for one in report.files:
        if one.changed and not is_patchable(one):
            complain(f"{one.uri}: would change; no patch can say how in {one.encoding.name}")
    if file is not None:
        files.put(Path(file), patch(report, look))
    elif quiet:
        return
    elif is_terminal(sys.stdout) or look.colour or any(map(os.environ.get, _LOGS)):
        exact, shown = patch(report, look), patch_for_eyes(report, look)
        streams.write(shown, sys.stdout)
        if exact.decode("utf-8", "surrogateescape") != patch_for_eyes(report, Look(root=look.root)):
            complain("some characters are shown as <U+XXXX>: -o FILE writes a patch that applies")
    else:
        streams.write_bytes(patch(report, look))
