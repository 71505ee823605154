"""Where the system keeps what may be forgotten (the cache) and what must not (the journal)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import cache, hashing, journal

HOME = Path("/home/oksana")
CACHES: dict[tuple[str, str], tuple[str, str]] = {  # platform, variable with its value → cache, journal
    ("linux", ""): ("/home/oksana/.cache/cleaner", "/home/oksana/.local/state/cleaner/journal"),
    ("linux", "XDG_CACHE_HOME=/c"): ("/c/cleaner", "/home/oksana/.local/state/cleaner/journal"),
    ("linux", "XDG_STATE_HOME=/s"): ("/home/oksana/.cache/cleaner", "/s/cleaner/journal"),
    ("linux", "CLEANER_CACHE_DIR=/own"): ("/own", "/own/journal"),
    ("linux", "CLEANER_STATE_DIR=/own"): ("/home/oksana/.cache/cleaner", "/own/journal"),
    ("darwin", ""): (
        "/home/oksana/Library/Caches/cleaner",
        "/home/oksana/Library/Application Support/cleaner/journal",
    ),
    ("darwin", "CLEANER_CACHE_DIR=/own"): ("/own", "/own/journal"),
    ("win32", ""): (
        "/home/oksana/AppData/Local/cleaner",
        "/home/oksana/AppData/Local/cleaner/journal",
    ),
    ("win32", "LOCALAPPDATA=/d"): ("/d/cleaner", "/d/cleaner/journal"),
}


@pytest.mark.parametrize(
    ("platform", "variable", "places"), [(*key, places) for key, places in CACHES.items()]
)
def test_each_system_has_its_places(
    platform: str, variable: str, places: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "CLEANER_CACHE_DIR",
        "CLEANER_STATE_DIR",
        "LOCALAPPDATA",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
    ):
        monkeypatch.delenv(name, raising=False)
    name, _, value = variable.partition("=")
    if name:
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: HOME)
    assert (str(cache.folder()), str(journal.place.folder())) == places


def without(*modules: str) -> Any:
    """The module `hashing` in a Python that does not have these."""
    spec = importlib.util.spec_from_file_location("hashing_elsewhere", hashing.__file__)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        for name in modules:
            patch.setitem(sys.modules, name, None)  # as an import that fails
        spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize("modules", [("_sha256",), ("_sha256", "_sha2", "_blake2")], ids=["3.12", "neither"])
def test_hashes_are_the_same_in_every_python(modules: tuple[str, ...]) -> None:
    other, data = without(*modules), "Київ".encode()
    assert other.sha256(data).hexdigest() == hashing.sha256(data).hexdigest()
    assert (
        other.blake2b(data, digest_size=16).hexdigest() == hashing.blake2b(data, digest_size=16).hexdigest()
    )


def test_a_text_that_is_too_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_LARGEST", 200)
    cache.keep("short", "a" * 100)
    cache.keep("long", "a" * 200)
    assert (cache.recall("short"), cache.recall("long")) == ("a" * 100, None)
