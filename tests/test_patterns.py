"""Remembered patterns find what fresh ones find."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import cache, patterns

PATTERNS = {
    "plain": ("ab", 0),
    "names": (r"(?P<day>\d\d)\.(?P<month>\d\d)|(x)", 0),
    "letter case": ("straße", re.IGNORECASE),
    "flags inside": (r"(?im)^a.*$", 0),
    "verbose": ("a  # one\n b", re.VERBOSE),
    "scripts": ("[\u0400-\u04ff\U00020000-\U0002ffff]+", 0),
    "surrogates": ("[\udc80-\udcff]", 0),
    "possessive": ("(?>a+)b", 0),
    "behind": (r"(?<!\w)[\"«](?=\w)(?:a|b){2,5}?", re.MULTILINE),
    "a reference": (r"\b(\w+)\s+\1\b", 0),
}
TEXT = "ab 01.02 x Straße STRASSE\nA a\nслово \U00020001 \udc80 aaab «aab the the"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.FOLDER, str(tmp_path))


def found(pattern: str, flags: int) -> object:
    made = re.compile(pattern, flags)
    told = made.pattern, made.flags, made.groups, dict(made.groupindex)
    return told, [(one.span(), one.groups(), one.groupdict(), one.lastgroup) for one in made.finditer(TEXT)]


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS.values(), ids=PATTERNS.keys())
def test_the_same_is_found(pattern: str, flags: int, monkeypatch: pytest.MonkeyPatch) -> None:
    re.purge()
    expected = found(pattern, flags)
    for _ in range(2):
        re.purge()
        with patterns.remembered():
            assert found(pattern, flags) == expected
    re.purge()
    with patterns.remembered():  # now nothing may be parsed
        monkeypatch.setattr("re._compiler._code", None)
        assert found(pattern, flags) == expected
    re.purge()


def test_a_mistake_is_told_as_ever() -> None:
    re.purge()
    with patterns.remembered(), pytest.raises(re.error, match="unterminated"):
        re.compile("(a")


def test_afterwards_all_is_as_it_was() -> None:
    from re import _compiler  # type: ignore[attr-defined]

    before = _compiler.compile
    with patterns.remembered():
        assert _compiler.compile is not before
    assert _compiler.compile is before


@pytest.mark.parametrize(
    "entry", ["null", "[]", '[0,"AAAA",0,{}]', '[32,"//////////8=",0,{}]', '[32,"x",0,{}]', '"a"', "[[],[],[],[]]"]
)  # fmt: skip
def test_a_damaged_entry_is_as_good_as_none(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    re.purge()
    monkeypatch.setattr(cache, "recall", lambda name: f'{{"0 ab": {entry}}}')
    with patterns.remembered():
        assert re.compile("ab").findall("abab") == ["ab", "ab"]


@given(st.text(max_size=200))
def test_a_text_that_is_none_of_ours(text: str) -> None:
    assert patterns._read(text) == {} or text.lstrip().startswith("{")
