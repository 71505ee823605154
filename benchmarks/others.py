"""Other tools on the same English texts, each as its users run it: `python -m benchmarks.others`.

codespell, proselint and textlint look for other things than cleaner does (spelling, style, pairs of
marks), so their times say how long a check of text takes that people are used to, no more. Processor
time of the whole command, start included, over a folder of files; the best of some runs. What is not
installed is said and left out. `--tools DIR` names a folder whose programs are found first.
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
COMMANDS = {
    "cleaner": [
        sys.executable,
        "-m",
        "cleaner",
        "check",
        "--lang",
        "en",
        "--jobs",
        "1",
        "--no-cache",
        "--quiet",
    ],
    "codespell": ["codespell"],
    "proselint": ["proselint", "check"],
    "textlint": ["textlint"],
}


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
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--tools", default="", help="a folder of programs that is searched first")
    chosen = parser.parse_args(arguments)
    path = os.pathsep.join(part for part in (chosen.tools, os.environ["PATH"]) if part)
    texts = documents(chosen.megabytes, languages=("en",))
    size = sum(len(text.text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} files, {size:.1f} MB of English\n")
    print("| tool | one file, ms | all files, s | MB/s |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            (folder / f"{number:04}.txt").write_text(text.text, "utf-8")
        (folder / ".textlintrc.json").write_text(_TEXTLINT, "utf-8")
        every = sorted(file.name for file in folder.glob("*.txt"))
        for tool, command in COMMANDS.items():
            program = command[0] if tool == "cleaner" else shutil.which(command[0], path=path)
            if program is None:
                print(f"| {tool} | not installed | | |")
                continue
            command = [program, *command[1:]]
            one = [seconds([*command, every[0]], folder) for _ in range(chosen.repeat)]
            many = [seconds([*command, *every], folder) for _ in range(chosen.repeat)]
            if None in one or None in many:
                print(f"| {tool} | could not be run | | |")
                continue
            start, whole = min(filter(None, one)), min(filter(None, many))
            print(f"| {tool} | {start * 1000:.0f} | {whole:.2f} | {size / whole:.2f} |", flush=True)


if __name__ == "__main__":
    main()
