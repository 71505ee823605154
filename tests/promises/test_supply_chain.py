"""What is installed with us, and how it is built: listed, bounded, reproducible."""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

licences: Any = importlib.import_module("tools.licences")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"dev", "bench"}  # what only we install
UNBOUNDED = {"regex", "pyarrow"}  # docs/dependencies.md says why
COPYLEFT = re.compile(r"(?<!L)GPL|AGPL|SSPL|Commons Clause|CC-BY-NC", re.IGNORECASE)


def test_the_licences_are_listed() -> None:
    """Of what we name; what these need is another thing with each of their releases."""
    ours = {row for row in licences.table().splitlines() if row.endswith("| named by us |")}
    listed = set(licences.PAGE.read_text("utf-8").splitlines())
    assert len(ours) >= len(PROJECT["dependencies"])
    assert ours <= listed, "run `make licences` and read the difference"


def test_no_licence_is_unknown_or_forbids_anything() -> None:
    listed = licences.table()
    assert f"| {licences.UNKNOWN} |" not in listed
    assert not COPYLEFT.search(listed)
    assert len(listed.splitlines()) > 25


@pytest.mark.parametrize(
    "group", ["dependencies", *(name for name in PROJECT["optional-dependencies"] if name not in OURS)]
)
def test_versions_are_bounded(group: str) -> None:
    named = PROJECT["dependencies"] if group == "dependencies" else PROJECT["optional-dependencies"][group]
    assert named
    for requirement in named:
        assert ">=" in requirement
        assert "<" in requirement or licences.name_of(requirement) in UNBOUNDED, requirement


def test_the_licences_of_our_data_are_in_the_package() -> None:
    for name in PROJECT["license-files"]:
        assert list(ROOT.glob(name)), name


def built(source: Path, out: Path, env: dict[str, str]) -> bytes:
    """The wheel of a copy of the checkout, built in a folder of its own."""
    ours = ("cleaner", "rules", "pyproject.toml", "README.md", "LICENSE")
    for name in ours:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | env)
    (wheel,) = out.glob("*.whl")
    return wheel.read_bytes()


@pytest.mark.slow
def test_two_builds_are_equal(tmp_path: Path) -> None:
    """In other folders, at other times, with another seed, umask and time zone."""
    hashes = set()
    for number, env in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    ):
        folder = tmp_path / f"{'deep/' * number}{number}"
        folder.mkdir(parents=True)
        old = os.umask(0o022 if number else 0o077)
        try:
            hashes.add(hashlib.sha256(built(folder, folder / "out", env)).hexdigest())
        finally:
            os.umask(old)
    assert len(hashes) == 1
