"""The library: what it takes, what it refuses, what it remembers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner import Config, api, check_text, clean_text
from cleaner.errors import UsageError
from cleaner.model import By
from cleaner.offsets import utf8

REFUSED = [
    pytest.param((None,), {}, "text: expected a str, got NoneType", id="nothing"),
    pytest.param((b"x",), {}, "text: expected a str, got bytes (decode it first)", id="bytes"),
    pytest.param((["x"],), {}, "text: expected a str, got list", id="a list"),
    pytest.param(("x",), {"lang": 1}, "lang: expected a str, got int", id="a language that is a number"),
    pytest.param(("x",), {"source": b"x"}, "source: expected a str, got bytes (decode it first)", id="an original"),
    pytest.param(("x",), {"config": {"lang": "en"}}, "config: expected a Config, got dict", id="settings as a dict"),
    pytest.param(("x",), {"lang": "english"}, "unknown language “english”", id="no tag"),
]  # fmt: skip


@pytest.mark.parametrize("function", [check_text, clean_text])
@pytest.mark.parametrize(("args", "options", "message"), REFUSED)
def test_what_is_refused(function: Any, args: tuple[Any], options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        function(*args, **options)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("given_values", "name", "expected"),
    [
        ({"ignore": "quotes"}, "ignore", ("quotes",)),
        ({"select": "quotes"}, "select", ("quotes",)),
        ({"allow": ["Правда", "TASS"]}, "allow", ("Правда", "TASS")),
        ({"select": None}, "select", None),
        ({"fail_level": "error"}, "fail_level", cleaner.Severity.ERROR),
    ],
)
def test_one_name_is_a_list_of_one(given_values: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(Config(**given_values), name) == expected


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({"ignore": 5}, "ignore: expected names, got int"),
        ({"allow": None}, "allow: expected names, got NoneType"),
        ({"fail_level": "bad"}, "fail_level: 'bad' (error, warning or info)"),
        ({"fail_level": None}, "fail_level: None"),
    ],
)
def test_settings_that_cannot_be_meant(given_values: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Config(**given_values)
    assert message in str(caught.value)


def test_a_setting_as_one_text_does_what_it_says() -> None:
    assert [one.rule for one in check_text("He said “teh.", lang="en")] == ["quotes/unpaired"]
    assert check_text("He said “teh.", lang="en", config=Config(ignore="quotes")) == ()  # type: ignore[arg-type]


def test_equal_settings_share_their_rules_and_old_ones_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_pipelines", [])
    made = []
    real = api.Pipeline
    monkeypatch.setattr(api, "Pipeline", lambda config: made.append(config) or real(config))
    for _ in range(3):
        check_text("x", lang="en", config=Config(allow=("a",), per_rule={}))
    assert len(made) == 1
    for number in range(40):
        check_text("x", lang="en", config=Config(allow=(str(number),)))
    assert len(api._pipelines) == 16
    check_text("x", lang="en", config=Config(allow=("39",)))
    assert len(made) == 41


def test_sic() -> None:
    text = "They met on Thursday, July 29, 2022 [sic]."
    assert check_text(text, lang="en") == ()
    assert [one.rule for one in check_text(text, lang="en", suppressions=False)] == [
        "dates/weekday-against-date"
    ]
    done = clean_text(text, lang="en", safety="unsafe")
    assert (done.text, done.findings) == (text, ())
    assert [(one.by, one.finding.match) for one in done.suppressed] == [(By.SIC, "Thursday, July 29, 2022")]


PIECES = [
    "\ud800",
    "\udfff",
    "\ud83d",
    "\udce9",
    "“",
    "”",
    "[будут]",
    " ",
    "date 2022-07-29 ",
    "Ã©",
    "a",
    "😀",
    "\n",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("They [будут] be. \ud800 x “foo")
@example("\ud83d\ude00 Ã© \udc00")
def test_a_lone_surrogate_is_a_character_like_others(text: str) -> None:
    for finding in check_text(text, lang="en", source_lang="ru"):
        assert text[finding.span.slice] == finding.match
    done = clean_text(text, lang="en", source_lang="ru", safety="unsafe")
    assert clean_text(done.text, lang="en", source_lang="ru", safety="unsafe").text == done.text
    assert sum("\ud800" <= char <= "\udfff" for char in done.text) == sum(
        "\ud800" <= char <= "\udfff" for char in text
    )


@pytest.mark.parametrize(
    ("text", "size"), [("a\ud800b", 5), ("caf\udce9", 4), ("\ud800\udce9", 4), ("😀", 4), ("", 0)]
)
def test_bytes_of_surrogates(text: str, size: int) -> None:
    assert utf8(text, len(text)) == size
