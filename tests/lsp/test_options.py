"""What an editor may set, and what is said when it sets something else."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.errors import UsageError
from cleaner.lsp.options import Options, parse

TAKEN = {
    "nothing": (None, Options()),
    "all": (
        {"lang": "en", "from": "ru", "unsafeFixes": False, "rulePages": "https://example.org/rules"},
        Options("en", "ru", False, "https://example.org/rules"),
    ),
    "under our name, as some editors send it": ({"cleaner": {"lang": "pt-BR"}}, Options("pt-BR")),
    "empty values are none": ({"lang": "", "from": None}, Options()),
}
REFUSED = {
    "a misspelt key": ({"langg": "en"}, "unknown setting “langg” (did you mean “lang”?)"),
    "a language nobody knows": ({"lang": "english"}, "setting “lang”: "),
    "a number for a language": ({"from": 7}, "setting “from”: expected a text"),
    "a text for a switch": ({"unsafeFixes": "no"}, "setting “unsafeFixes”: expected true or false"),
    "a page that is a command": ({"rulePages": "command:x"}, "setting “rulePages”: expected an address"),
    "a list": ([1], "the settings of the editor are no object"),
}


@pytest.mark.parametrize(("given", "wanted"), TAKEN.values(), ids=TAKEN)
def test_taken(given: Any, wanted: Options) -> None:
    assert parse(given) == wanted


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(given: Any, said: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(given)
    assert str(error.value).startswith(said)
