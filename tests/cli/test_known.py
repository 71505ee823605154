"""Suppressions and the baseline as a person meets them on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import baseline
from cleaner.cli import known
from tests.conftest import Run

HERE = ("news", "--lang", "en", "--from", "ru", "--output-format", "concise")
SUPPRESSED = "It [было] so. <!-- cleaner: ignore[leftover] quoted -->\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(f"They [будут] be.\n\n{SUPPRESSED}", "utf-8")
    return tmp_path / "news"


def test_a_comment(cli: Run, news: Path) -> None:
    shown = cli("check", *HERE).stdout.decode()
    assert "[будут]" in shown
    assert "[было]" not in shown
    assert "[было]" in cli("check", *HERE, "--ignore-suppressions").stdout.decode()
    cli("fix", *HERE, "--unsafe-fixes")
    assert (news / "a.md").read_text("utf-8") == f"They [will] be.\n\n{SUPPRESSED}"


def test_a_sidecar(cli: Run, news: Path, tmp_path: Path) -> None:
    sidecar = tmp_path / ".cleaner-ignore.yaml"
    sidecar.write_text("- {path: news/, rule: leftover, match: '[будут]'}\n", "utf-8")
    assert cli("check", *HERE).returncode == 0
    sidecar.write_text("- {path: news/, rule: leftover, match: '[будут]', expires: 2020-01-01}\n", "utf-8")
    done = cli("check", *HERE)
    assert done.returncode == 1
    assert b".cleaner-ignore.yaml:1:3: warning suppression/expired" in done.stdout
    assert b"suppression" not in cli("check", *HERE, "--ignore", "suppression").stdout
    sidecar.write_text("- {path: news/, ruel: leftover}\n", "utf-8")
    done = cli("check", *HERE)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cleaner: .cleaner-ignore.yaml:1:" in done.stderr


@pytest.mark.slow
def test_a_suppression_of_a_rule_that_did_not_run_is_not_called_unused(cli: Run, news: Path) -> None:
    (news / "a.md").write_text("So. <!-- cleaner: ignore[leftover] x -->\n", "utf-8")
    assert b"suppression/unused" in cli("check", *HERE).stdout
    assert b"suppression/unused" not in cli("check", *HERE, "--ignore", "leftover").stdout
    assert b"suppression/no-reason" not in cli("check", *HERE).stdout
    (news / "a.md").write_text("So. <!-- cleaner: ignore[leftover] -->\n", "utf-8")
    assert b"no-reason" in cli("check", *HERE, "--extend-select", "suppression/no-reason").stdout


@pytest.mark.slow
def test_only_what_is_new_fails(cli: Run, news: Path, tmp_path: Path) -> None:
    assert cli("baseline", "create", *HERE[:5]).returncode == 0
    done = cli("check", *HERE)
    assert done.returncode == 0
    assert done.stderr == b"cleaner: 1 known (oldest 0 days)\n"
    assert cli("check", *HERE, "--no-baseline").returncode == 1
    (news / "b.md").write_text("They [будут] be.\n", "utf-8")
    done = cli("check", *HERE)
    assert done.returncode == 1
    assert done.stdout.startswith(b"news/b.md:1:6: error leftover/bracketed-word")
    (news / "b.md").unlink()
    (news / "a.md").write_text(SUPPRESSED, "utf-8")
    assert cli("check", *HERE).returncode == 0
    assert cli("check", *HERE, "--fail-on-stale").returncode == 1
    (tmp_path / ".cleaner-baseline.json").write_text("[\n<<<<<<<\n", "utf-8")
    done = cli("check", *HERE)
    assert (done.returncode, done.stdout) == (2, b"")
    assert (
        b"cleaner: .cleaner-baseline.json:2:1: not a baseline: this is no JSON (after a merge" in done.stderr
    )


def json_of(cli: Run, *args: str) -> dict[str, Any]:
    return json.loads(cli("check", *HERE[:5], "--output-format", "json", *args).stdout)  # type: ignore[no-any-return]


def test_what_is_suppressed_is_counted_and_told_with_its_reason(cli: Run, news: Path, tmp_path: Path) -> None:
    (news / "b.txt").write_text("They [будут] be on Thursday, July 29, 2022 [sic].\n", "utf-8")
    sidecar = "- {path: '*.txt', rule: leftover, match: '[будут]', reason: a poem}\n"
    (tmp_path / ".cleaner-ignore.yaml").write_text(sidecar, "utf-8")
    assert cli("check", *HERE).stdout.decode().splitlines()[1] == "Found 1 problem. 3 suppressed."
    found = {(one["path"], one["match"]): one["suppression"] for one in json_of(cli)["suppressed"]}
    assert found == {
        ("news/a.md", "[было]"): {"by": "comment", "reason": "quoted"},
        ("news/b.txt", "[будут]"): {"by": "sidecar", "reason": "a poem"},
        ("news/b.txt", "Thursday, July 29, 2022"): {"by": "sic", "reason": "marked [sic]"},
    }
    assert json_of(cli, "--ignore-suppressions")["suppressed"] == []
    log = json.loads(cli("check", *HERE[:5], "--output-format", "sarif").stdout)
    results = log["runs"][0]["results"]
    kinds = {
        one["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]: one["suppressions"]
        for one in results
        if one["suppressions"]
    }
    assert kinds == {
        "[было]": [{"kind": "inSource", "status": "accepted", "justification": "quoted"}],
        "Thursday, July 29, 2022": [
            {"kind": "inSource", "status": "accepted", "justification": "marked [sic]"}
        ],
        "[будут]": [{"kind": "external", "status": "accepted", "justification": "a poem"}],
    }
    assert sum(one["suppressions"] == [] for one in results) == 1


def test_what_a_baseline_knows_is_told_in_reports(cli: Run, news: Path) -> None:
    cli("baseline", "create", *HERE[:5])
    (known,) = [one for one in json_of(cli)["suppressed"] if one["suppression"]["by"] == "baseline"]
    assert known["match"] == "[будут]"
    assert known["suppression"]["reason"].startswith("known since 20")
    (news / "a.md").rename(news / "z.md")
    text = (news / "z.md").read_text("utf-8")
    (news / "z.md").write_text(f"A new first line.\n\nAnd another.\n\n{text}", "utf-8")
    assert json_of(cli)["findings"] == []


def test_explain_says_what_suppresses(cli: Run, news: Path) -> None:
    done = cli("explain", "news/a.md:3", *HERE[1:5]).stdout.decode()
    assert "suppressed by a comment: quoted\n" in done
    assert "error[leftover/bracketed-word]" in done


@pytest.mark.parametrize("name", ["format", "format/broken"])
def test_what_cannot_be_read_cannot_be_turned_off(cli: Run, news: Path, name: str) -> None:
    done = cli("check", *HERE, "--ignore", name)
    assert done.returncode == 2
    assert f"“{name}” cannot be chosen" in done.stderr.decode()


def test_a_mistake_in_the_baseline_is_told_before_anything_is_repaired(
    cli: Run, news: Path, tmp_path: Path
) -> None:
    (tmp_path / ".cleaner-baseline.json").write_text("[", "utf-8")
    before = (news / "a.md").read_bytes()
    assert cli("fix", *HERE, "--unsafe-fixes").returncode == 2
    assert (news / "a.md").read_bytes() == before
    assert cli("fix", *HERE, "--unsafe-fixes", "--no-baseline").returncode == 0


def test_the_baseline_has_one_name() -> None:
    assert known.NAME == baseline.FILE_NAME


def test_severity_of_what_is_said_about_suppressions(cli: Run, news: Path, tmp_path: Path) -> None:
    (news / "a.md").write_text("So. <!-- cleaner: ignore[leftover] x -->\n", "utf-8")
    (tmp_path / "cleaner.yaml").write_text("per-rule: {suppression: {severity: error}}\n", "utf-8")
    done = cli("check", *HERE)
    assert b"error suppression/unused" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("id", ["suppression/unused", "suppression/no-reason", "format/broken"])
def test_rules_without_a_file_are_explained(cli: Run, id: str) -> None:
    for command in (("rules", "show", id), ("explain", id)):
        done = cli(*command)
        assert done.returncode == 0
        assert done.stdout.decode().startswith(f"{id}: ")
