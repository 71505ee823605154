"""Help and completion: what a person sees who asks the shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.app import COMMANDS, app_for
from tests.conftest import ROOT, Run


def test_help_lists_every_command_with_examples(cli: Run) -> None:
    shown = cli("--help").stdout.decode()
    for name in COMMANDS:
        assert f"\n  {name} " in shown
    assert "  Examples:\n    cleaner check news/ --lang en --from ru" in shown
    assert "source_zsh cleaner" in shown


@pytest.mark.parametrize(
    ("command", "groups"),
    [
        ("check", ["Arguments:", "Look for:", "Choose rules:", "Known findings:", "Print:", "Run:", "Options:"]),
        (
            "fix",
            ["Arguments:", "Repair:", "Look for:", "Choose rules:", "Known findings:", "Print:", "Run:", "Options:"],
        ),
    ],
)  # fmt: skip
def test_options_stand_under_their_headings(cli: Run, command: str, groups: list[str]) -> None:
    shown = cli(command, "--help").stdout.decode()
    assert [line for line in shown.splitlines() if line.endswith(":") and not line.startswith(" ")] == groups
    assert "Examples:" in shown
    assert "\b" not in shown


def test_the_formats_are_named(cli: Run) -> None:
    shown = " ".join(cli("check", "--help").stdout.decode().split())
    assert "plain, json, jsonl, jsonfeed, csv, tsv, srt, vtt, po, html, markdown, feed" in shown


def test_a_misspelt_command(cli: Run) -> None:
    done = cli("chek", "a.txt")
    assert done.returncode == 2
    assert b"No such command 'chek'" in done.stderr


def test_a_check_imports_no_other_command() -> None:
    code = "import sys; from cleaner.cli.app import app_for; app_for(['check']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "cleaner.cli.check" in loaded
    late = {"regex", "ftfy", "langdetect", "rich", "jinja2", "httpx", "pathspec", "difflib", "hashlib"}
    late |= {
        f"cleaner.cli.{name}" for name in ("fix", "rules", "baseline", "feed", "configuration", "watching")
    }
    late |= {"cleaner.suppress.comments", "cleaner.suppress.adding", "cleaner.baseline"}
    assert loaded & (late - {"difflib", "hashlib"}) == set()


def test_all_commands_are_there_for_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CLEANER_COMPLETE", "complete_bash")
    assert len(app_for(["check"]).registered_commands) > 1


# -- Completion in real shells -----------------------------------------------------------------------


@pytest.fixture
def shell_home(tmp_path: Path) -> dict[str, str]:
    """An environment in which `cleaner` is a command, and a home folder of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "cleaner"
    script.write_text(f"#!{sys.executable}\nfrom cleaner.cli import main\nmain()\n", "utf-8")
    script.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }


def ask(shell: str, line: str, env: dict[str, str]) -> str:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *options, "-c", line], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


WORDS = [
    ("cleaner ch", "check"),
    ("cleaner base", "baseline"),
    ("cleaner check --out", "--output-format"),
    ("cleaner check --output-format js", "json-lines"),
    ("cleaner feed check --profile fe", "feed"),
    ("cleaner fix --lang u", "uk"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "offered"), WORDS)
def test_bash(shell_home: dict[str, str], typed: str, offered: str) -> None:
    words = typed.split()
    line = (
        'eval "$(_CLEANER_COMPLETE=source_bash cleaner)"; '
        f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _cleaner_completion cleaner; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert offered in ask("bash", line, shell_home).split()


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "offered"), WORDS)
def test_fish(shell_home: dict[str, str], typed: str, offered: str) -> None:
    line = f"_CLEANER_COMPLETE=source_fish cleaner | source; complete -C '{typed}'"
    assert offered in ask("fish", line, shell_home).split()


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "offered"), WORDS)
def test_zsh(shell_home: dict[str, str], typed: str, offered: str) -> None:
    line = (  # outside of a terminal nothing can be completed: what would be offered is printed
        "autoload -U compinit; compinit -u; function _arguments() { print -r -- $@ }; "
        "function _describe() { print -r -- $@ }; "
        'eval "$(_CLEANER_COMPLETE=source_zsh cleaner)"; '
        f"words=({typed}); CURRENT={len(typed.split())}; _cleaner_completion"
    )
    assert offered in ask("zsh", line, shell_home)


def test_every_profile_is_offered() -> None:
    from cleaner.cli.options import PROFILES
    from cleaner.ruleset.load import shipped_root

    assert {path.stem for path in (shipped_root() / "profiles").glob("*.yml")} == set(PROFILES)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_offered_without_a_shell(cli: Run, shell: str) -> None:
    env = {"_CLEANER_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    env |= {"COMP_WORDS": "cleaner ch", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "cleaner ch"}
    done = cli(env=env)
    assert b"check" in done.stdout
    assert b"fix" not in done.stdout
