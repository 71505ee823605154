"""The wheel, installed and used outside the checkout: it carries the rules and the data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cleaner.ruleset.load import shipped
from tests.conftest import ROOT, SEED

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("translation_cleaner-*.whl")
    return path


def test_it_is_small(wheel: Path) -> None:
    sizes = {one.filename: one.compress_size for one in zipfile.ZipFile(wheel).infolist()}
    words = sum(size for name, size in sizes.items() if "/data/lexicon/" in name)
    assert words < 4_400_000  # thirty languages, already dense: no compression helps
    assert wheel.stat().st_size - words < 1_000_000


def test_it_carries_rules_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"cleaner/rules/{id}.yml" for id in shipped().rules} <= set(names)
    assert "cleaner/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "fixtures/"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_works_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    (tmp_path / "a.txt").write_bytes(SEED.read_bytes())
    code = "import cleaner, sys; from cleaner.cli import main; assert 'site' in cleaner.__file__; main()"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "check",
            "a.txt",
            "--lang",
            "en",
            "--from",
            "ru",
            "--output-format",
            "json",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr.decode()
    assert "[будут]" in {finding["match"] for finding in json.loads(done.stdout)["findings"]}
