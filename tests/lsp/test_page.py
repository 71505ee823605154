"""docs/editors.md: what it tells to set is what the server takes."""

from __future__ import annotations

import json
import re

import pytest

from cleaner.errors import UsageError
from cleaner.lsp.actions import FIX_ALL
from cleaner.lsp.documents import LANGUAGE_IDS, LARGEST
from cleaner.lsp.options import Options, parse
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
(VS_CODE,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


def test_every_setting_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    with pytest.raises(UsageError) as error:
        parse({"xyz": 1})
    assert error.value.hint == f"one of {', '.join(told)}"


def test_the_settings_for_vs_code() -> None:
    assert parse(VS_CODE["glspc.server.initializationOptions"]) == Options("en", "ru")
    assert set(VS_CODE["glspc.server.languageId"]) <= set(LANGUAGE_IDS)
    assert set(VS_CODE["editor.codeActionsOnSave"]) == {FIX_ALL}


def test_the_settings_for_neovim() -> None:
    (line,) = re.findall(r"init_options = \{(.*)\}", PAGE)
    assert parse(dict(re.findall(r"(\w+) = '(\w+)'", line))) == Options("en", "ru")
    (types,) = re.findall(r"filetypes = \{(.*)\}", PAGE)
    assert set(re.findall(r"'(\w+)'", types)) <= set(LANGUAGE_IDS)


def test_the_largest_document() -> None:
    assert f"more than {LARGEST:,} characters" in PAGE
