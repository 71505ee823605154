"""A check of one small file imports what it uses, and starts in the time of a small program."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, UNMEASURED

CLEAN = (
    "The council voted on Tuesday to renew the contract for the ferry that links the old harbour with the islands.\n\n"
    "“We have listened to the islanders,” said Margaret Hill, who chairs the committee. Fares stay the same until "
    "March 2027. Last year the ferry carried about 410,000 passengers, most of them between June and August.\n\n"
) * 4
# What takes long, and what nothing in this text calls for.
HEAVY = {
    "typer", "click", "pydantic", "rich", "yaml", "regex", "ftfy", "langdetect", "jinja2", "asyncio", "httpx",
    "pathspec", "pyarrow", "markdown_it", "lxml", "dataclasses", "inspect", "ast", "hashlib", "tempfile", "shutil",
    "difflib", "textwrap", "tomllib", "importlib.resources", "importlib.metadata", "concurrent.futures",
    "multiprocessing", "threading", "subprocess", "socket", "logging",
}  # fmt: skip
OURS = {
    "cleaner.cli.app", "cleaner.cli.options", "cleaner.cli.fix", "cleaner.cli.patching", "cleaner.fixing",
    "cleaner.proof", "cleaner.examples", "cleaner.parallel", "cleaner.baseline", "cleaner.journal",
    "cleaner.suppress.comments", "cleaner.detectors.foreign_script",
    "cleaner.detectors.foreign_words", "cleaner.detectors.entities", "cleaner.detectors.months",
    "cleaner.languages.fragments", "cleaner.languages.evidence",
}  # fmt: skip
COMMAND = "import sys; from cleaner.cli import main; sys.exit(main())"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(CLEAN, "utf-8")
    return path


def run(code: str, *args: object, places: Path) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        **UNMEASURED,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(places / "compiled"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(
        command, cwd=places, env=env, capture_output=True, text=True, timeout=60, check=False
    )


def loaded(path: Path, *options: str) -> set[str]:
    """The modules that a check of a file has in the end, when what can be remembered is."""
    code = (
        "import sys; from cleaner.cli import _run; _run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    )
    for _ in range(2):
        done = run(code, "check", path, "--lang", "en", "--isolated", *options, places=path.parent)
        assert "All clear. 1 file checked." in done.stdout, done.stdout + done.stderr
    return set(done.stderr.split())


def test_what_a_check_imports(article: Path) -> None:
    modules = loaded(article, "--no-cache")
    assert "cleaner.detectors.pairs" in modules  # it has quotation marks
    assert modules & HEAVY == set()
    assert modules & OURS == set()


def test_what_is_known_needs_no_detector(article: Path) -> None:
    assert {name for name in loaded(article) if name.startswith("cleaner.detectors.")} <= {
        "cleaner.detectors.base"
    }


def seconds(code: str, *args: object, places: Path) -> float:
    """Processor time of the best of five runs."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(code, *args, places=places)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_a_check_starts_in_the_time_of_a_small_program(article: Path) -> None:
    """Measured: 6 to 8 times `python -c pass`; 12 leave room for a busy machine, none for typer or YAML."""
    args = ("check", article, "--lang", "en", "--isolated", "--no-cache")
    run(COMMAND, *args, places=article.parent)
    assert seconds(COMMAND, *args, places=article.parent) < 12 * seconds("pass", places=article.parent)
