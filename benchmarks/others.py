"""Other tools on the same English texts, each as its users run it: `python -m benchmarks.others`.

codespell, proselint and textlint look for other things than cleaner does (spelling, style, pairs of
marks), ftfy reads one file at a time, ruff checks Python: their times say how long people are used to
wait for a check, no more. One file is nearly all start. Processor time of the whole command over a folder
of files, in turns; the best of some runs. What is not installed is said and left out. `--tools DIR` names a
folder in which programs are found first: what `make bench-tools` installs.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import documents

_TEXTLINT = '{"rules": {"@textlint-rule/no-unmatched-pair": true, "date-weekday-mismatch": true}}'
_CLEANER = [sys.executable, "-m", "cleaner", "check", "--jobs", "1", "--no-cache", "--quiet"]
COMMANDS = {
    "cleaner check --lang en": [*_CLEANER, "--lang", "en"],
    "cleaner check": _CLEANER,
    "codespell": ["codespell"],
    "proselint": ["proselint", "check"],
    "textlint": ["textlint"],
    "ftfy": ["ftfy"],
    "ruff": ["ruff", "check", "--isolated", "--no-cache"],
}
_ALONE = {"ftfy": "", "ruff": "one.py"}
"""Those that are measured on one file only, and on which."""


def seconds(command: Sequence[str], folder: Path) -> float | None:
    """Processor time of a command and its children; None when it cannot be used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 65):  # 65: what codespell found; proselint and textlint say 1
        print(done.stderr.decode("utf-8", "replace")[-300:], file=sys.stderr)
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=0.6)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--tools", default="", help="a folder of programs that is searched first")
    chosen = parser.parse_args(arguments)
    texts = documents(chosen.megabytes, languages=("en",))
    size = sum(len(text.text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} files, {size:.1f} MB of English\n")
    print("| tool | one file, ms | all files, s | MB/s |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            (folder / f"{number:04}.txt").write_text(text.text, "utf-8")
        (folder / ".textlintrc.json").write_text(_TEXTLINT, "utf-8")
        (folder / "one.py").write_text("def double(number):\n    return 2 * number\n\n\n" * 50, "utf-8")
        every = sorted(file.name for file in folder.glob("*.txt"))
        for row in measured(_found(chosen.tools), folder, every, chosen.repeat, size):
            print(row, flush=True)


def measured(
    commands: dict[str, list[str] | None], folder: Path, every: list[str], repeat: int, size: float
) -> list[str]:
    """The rows of the table: all tools in turns, so that what disturbs one disturbs the others."""
    one: dict[str, list[float | None]] = {tool: [] for tool in commands}
    many: dict[str, list[float | None]] = {tool: [] for tool in commands}
    for _ in range(repeat):
        for tool, command in commands.items():
            if command is not None:
                one[tool].append(seconds([*command, _ALONE.get(tool) or every[0]], folder))
                if tool not in _ALONE:
                    many[tool].append(seconds([*command, *every], folder))
    rows = []
    for tool, command in commands.items():
        starts = [taken for taken in one[tool] if taken is not None]
        wholes = [taken for taken in many[tool] if taken is not None]
        if not starts:
            rows.append(f"| {tool} | {'not installed' if command is None else 'could not be run'} | | |")
        elif not wholes:
            rows.append(f"| {tool} | {min(starts) * 1000:.0f} | | |")
        else:
            whole = min(wholes)
            rows.append(f"| {tool} | {min(starts) * 1000:.0f} | {whole:.2f} | {size / whole:.2f} |")
    return rows


def _found(tools: str) -> dict[str, list[str] | None]:
    """The command of each tool, with the program that is run; None for one that is not installed."""
    near = Path(tools).absolute() if tools else None
    places = [str(near / part) for part in ("bin", "node_modules/.bin") if near]
    path = os.pathsep.join([*places, str(Path(sys.executable).parent), os.environ["PATH"]])
    found: dict[str, list[str] | None] = {}
    for tool, (name, *rest) in COMMANDS.items():
        program = shutil.which(name, path=path)
        found[tool] = [program, *rest] if program else None
        if program and tool == "textlint" and near:
            found[tool] = [program, "--rules-base-directory", str(near / "node_modules")]
    return found


if __name__ == "__main__":
    main()
