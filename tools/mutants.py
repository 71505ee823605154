"""What the tests would notice: cosmic-ray breaks the code in one place at a time, and the tests should fail.

    python tools/mutants.py                        all modules of tools/mutants.toml
    python tools/mutants.py offsets.py judge.py    those whose path ends so
    python tools/mutants.py --again …              only the mutants that survived the last time

Works on copies in build/mutants, so the checkout stays as it is. A mutant that no test notices has survived;
it is printed unless docs/mutation.md shows its line and says why nothing can notice it. Exits with 1 when one
is printed. A mutant is known by what stands after the change, so it is found again when lines move.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import random
import re
import shlex
import shutil
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

from attrs import evolve
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "mutants"
PAGE = ROOT / "docs" / "mutation.md"
NEEDED = ("cleaner", "rules", "fixtures", "tests", "docs", "pyproject.toml")
# No chance, no deadline, none of the plugins that happen to be installed: they take as long as a quick test.
PYTEST = "-m pytest -x -q -p _hypothesis_pytestplugin -p no:cacheprovider --hypothesis-profile=ci"

Trees = Queue[Path]
"""Copies of the project that are free."""


class Outcome(NamedTuple):
    """One mutant: the operator and its place, the changed lines, and whether a test failed."""

    path: str
    operator: str
    occurrence: int
    line: int
    diff: str
    killed: bool

    @property
    def written(self) -> str:
        """The first line that the mutant has and the code has not, without its indentation.

        >>> Outcome("a.py", "core/AddNot", 0, 7, "-    if a:\\n+    if not a:", False).written
        'if not a:'
        """
        lines = [line[1:].strip() for line in self.diff.split("\n") if line.startswith("+")]
        return lines[0] if lines else self.diff


def mutants(path: str, operators: str, sample: int, seed: int) -> tuple[int, list[MutationSpec]]:
    """How many mutants a file has, and those that are taken, in the order of the file."""
    with use_db(str(BUILD / "session.sqlite"), WorkDB.Mode.create) as session:
        init([ROOT / path], session, {})
        found = [item.mutations[0] for item in session.work_items]
    wanted, lines = re.compile(operators), (ROOT / path).read_text("utf-8").split("\n")
    decorators = {number for number, line in enumerate(lines, 1) if line.lstrip().startswith("@")}
    found = [
        one for one in found if wanted.fullmatch(one.operator_name) and one.start_pos[0] not in decorators
    ]
    found.sort(key=lambda one: (one.start_pos, one.operator_name, one.occurrence))
    taken = random.Random(seed).sample(found, min(sample, len(found))) if sample else found
    return len(found), sorted(taken, key=found.index)


def command(tree: Path, tests: list[str]) -> str:
    """A command of cosmic-ray that runs the tests in a copy of the project, quickest first."""
    here, python = shlex.quote(str(tree)), shlex.quote(sys.executable)
    call = f"PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 PYTHONPATH={here} {python} {PYTEST}"
    return shlex.join(["sh", "-c", f"cd {here} && " + " && ".join(f"{call} {one}" for one in tests)])


def changed(diff: str) -> str:
    """Of a unified diff the lines that differ."""
    lines = diff.split("\n")[3:]
    return "\n".join(
        line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---") and line[1:].strip()
    )


def run(path: str, specs: list[MutationSpec], tests: list[str], trees: Trees) -> list[Outcome]:
    """Try each mutant; raises SystemExit when the tests fail without any."""
    tree = trees.get()
    start = time.monotonic()
    whole, output = run_tests(command(tree, tests), 600)
    limit = 20 + 5 * (time.monotonic() - start)
    trees.put(tree)
    if whole is not TestOutcome.SURVIVED:
        raise SystemExit(f"the tests of {path} fail as they are:\n{output}")

    def attempt(spec: MutationSpec) -> Outcome:
        tree = trees.get()
        try:
            own = evolve(spec, module_path=tree / path)
            result = mutate_and_test([own], command(tree, tests), limit)
        finally:
            trees.put(tree)
        killed = result.test_outcome is TestOutcome.KILLED
        if result.test_outcome is TestOutcome.INCOMPETENT:
            raise SystemExit(f"{spec} could not be tried:\n{result.output}")
        diff = changed(result.diff or "")
        return Outcome(path, spec.operator_name, spec.occurrence, spec.start_pos[0], diff, killed)

    with ThreadPoolExecutor(trees.qsize()) as pool:
        return list(pool.map(attempt, specs))


def last(path: str) -> list[Outcome]:
    """What is known of a file from the last time."""
    lines = _results(path).read_text("utf-8").splitlines() if _results(path).exists() else []
    return [Outcome(**json.loads(line)) for line in lines]


def _results(path: str) -> Path:
    return BUILD / (path.replace("/", ".") + ".jsonl")


def explained(path: str, page: str) -> set[str]:
    """The lines of mutants that the page shows under the heading of a file.

    >>> sorted(explained("a.py", "# Page\\n## a.py\\nWhy:\\n\\n    x = 1\\n\\n## b.py\\n\\n    x = 2\\n"))
    ['x = 1']
    """
    section = re.search(rf"^#+ `?{re.escape(path)}`?.*?\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    return {line.strip() for line in section[1].split("\n") if line.startswith("    ")} if section else set()


class Row(NamedTuple):
    """The figures of one file."""

    path: str
    mutants: int
    tried: int
    killed: int
    survived: int
    explained: int

    @property
    def figures(self) -> tuple[int, ...]:
        return (self.mutants, self.tried, self.killed, self.survived, self.explained)


def examine(path: str, module: dict[str, Any], settings: dict[str, Any], trees: Trees, *, again: bool) -> Row:
    """Try the mutants of one file, keep what came of it, and print each that survived without a reason."""
    there, specs = mutants(path, settings["operators"], module.get("sample", 0), settings["seed"])
    kept = [one for one in last(path) if again and one.killed]
    known = {(one.operator, one.occurrence) for one in kept}
    todo = [one for one in specs if (one.operator_name, one.occurrence) not in known]
    outcomes = sorted(kept + run(path, todo, module["tests"], trees), key=lambda one: one.line)
    lines = [json.dumps(one._asdict(), ensure_ascii=False) + "\n" for one in outcomes]
    _results(path).write_text("".join(lines), "utf-8")
    survived = [one for one in outcomes if not one.killed]
    reasons = explained(path, PAGE.read_text("utf-8") if PAGE.exists() else "")
    unexplained = [one for one in survived if one.written not in reasons]
    for one in unexplained:
        print(f"{path}:{one.line}: {one.operator.partition('/')[2]}\n{one.diff}\n", flush=True)
    figures = len(outcomes), len(outcomes) - len(survived), len(survived), len(survived) - len(unexplained)
    return Row(path, there, *figures)


def copies(number: int) -> Trees:
    """Fresh copies of what the tests need; each runs one mutant at a time."""
    trees: Trees = Queue()
    for tree in (BUILD / f"tree{n}" for n in range(number)):
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir(parents=True)
        for source in map(ROOT.joinpath, NEEDED):
            if source.is_dir():
                shutil.copytree(source, tree / source.name)
            else:
                shutil.copy2(source, tree)
        trees.put(tree)
    return trees


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("only", nargs="*", help="the ends of paths")
    parser.add_argument("--again", action="store_true", help="only what survived the last time")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    settings: dict[str, Any] = tomllib.loads((ROOT / "tools" / "mutants.toml").read_text("utf-8"))
    trees = copies(args.jobs)
    rows = []
    for module in settings["module"]:
        paths = {found.relative_to(ROOT).as_posix() for glob in module["paths"] for found in ROOT.glob(glob)}
        for path in sorted(paths):
            if not args.only or any(fnmatch.fnmatch(path, f"*{end}") for end in args.only):
                rows.append(examine(path, module, settings, trees, again=args.again))
    everything = Row("all", *(sum(column) for column in zip(*(row.figures for row in rows), strict=True)))
    print(f"{'':42}" + "".join(f"{name:>10}" for name in Row._fields[1:]))
    for row in (*rows, everything):
        print(f"{row.path:42}" + "".join(f"{figure:>10}" for figure in row.figures))
    return 1 if everything.survived > everything.explained else 0


if __name__ == "__main__":
    sys.exit(main())
