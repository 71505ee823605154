"""docs/dependencies.md ← the metadata of what is installed: every package that cleaner needs, with its licence.

    python tools/licences.py            write the page
    python tools/licences.py --check    exit with 1 when the page says something else

The packages are those that pyproject.toml names and what these need, extras apart. A licence is what a package
says of itself: its SPDX expression, else its classifiers, else the first line of its field.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
BEGIN, END = "<!-- licences: written by tools/licences.py -->", "<!-- end -->"
EXTRAS = ("report", "feeds", "lsp", "corpus")  # what a user installs; spark is large, the others are ours
UNKNOWN = "?"


def name_of(requirement: str) -> str:
    """The normal name of a requirement.

    >>> name_of("PyYAML>=6.0.2,<7"), name_of("typing_extensions; python_version < '3.13'")
    ('pyyaml', 'typing-extensions')
    """
    found = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def needed(requirements: list[str]) -> dict[str, metadata.Distribution]:
    """What is installed of some requirements and of all that these need, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(requirements)
    while waiting:
        wanted = Requirement(waiting.pop())
        name = name_of(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # an extra that is not installed here
        waiting += found[name].requires or []
    return dict(sorted(found.items()))


def licence(package: metadata.Distribution) -> str:
    """The licence that a package names, "?" when it names none."""
    about: Any = package.metadata  # a Message, whatever its type says
    if said := about.get("License-Expression"):
        return str(said)
    classes = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    first = (about.get("License") or "").strip().partition("\n")[0]
    return ", ".join(classes) or first[:60] or UNKNOWN


def rows(requirements: list[str], direct: frozenset[str]) -> Iterator[str]:
    for name, package in needed(requirements).items():
        who = "named by us" if name in direct else "needed by these"
        yield f"| {package.metadata['Name']} | {licence(package)} | {who} |"


def table() -> str:
    """The part of the page that is written by this tool."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base: list[str] = project["dependencies"]
    extra = [one for name in EXTRAS for one in project["optional-dependencies"][name]]
    head = "| package | licence | |\n|---|---|---|\n"
    own = "\n".join(rows(base, frozenset(map(name_of, base))))
    known = set(needed(base))
    more = "\n".join(
        row
        for row in rows(extra, frozenset(map(name_of, extra)))
        if name_of(row.removeprefix("| ")) not in known
    )
    return f"Always installed:\n\n{head}{own}\n\nWith the extras {', '.join(EXTRAS)}:\n\n{head}{more}\n"


def page() -> str:
    """The page as it should be."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n{END}{rest.partition(END)[2]}"


def main() -> int:
    made = page()
    if "--check" in sys.argv[1:]:
        return int(made != PAGE.read_text("utf-8"))
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
