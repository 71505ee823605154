"""What seldom happens to a feed: it stays with that feed, and is said."""

from __future__ import annotations

import asyncio
import gzip
import os
from pathlib import Path

import pytest

from cleaner.feeds import guard, health, look
from cleaner.feeds.state import Memory
from cleaner.pipeline import Pipeline
from tests.feeds.conftest import Feed
from tests.feeds.server import CLEAN, DIRTY, Handler, Server, rss, versioned
from tests.feeds.test_fetch import QUICK, get

BROKEN = "The cafÃ© is fermÃ© in Paris."


@pytest.mark.parametrize("padding", [b"", bytes(10)], ids=["two members", "padding after the last"])
def test_gzip_of_several_members(server: Server, padding: bytes) -> None:
    data = rss(DIRTY).encode()
    parts = gzip.compress(data[:100]) + padding + gzip.compress(data[100:]) + padding

    def route(handler: Handler) -> None:
        handler.reply(200, parts, content_encoding="gzip")

    server.routes["/feed"] = route
    assert get(server, "/feed").data == data


def boom(*_: object, **__: object) -> None:
    raise ValueError("boom")


def test_a_mistake_of_ours_stays_with_the_feed_that_showed_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/feed"] = rss(DIRTY)
    monkeypatch.setattr(guard, "resolve", boom)
    assert get(server, "/feed").error == "internal error, please report it: ValueError: boom"
    monkeypatch.setattr(look, "one_text", boom)
    checked = look.check(rss(DIRTY).encode(), "u", "", Pipeline(), None)
    assert checked.report.error == "internal error, please report it: ValueError: boom; not saved"
    assert checked.cleaned is None


def test_a_host_without_an_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object, **__: object) -> list[str]:
        await asyncio.sleep(0)
        return []

    monkeypatch.setattr(guard, "resolve", nothing)
    assert get(server, "/feed").error == "the host 127.0.0.1 has no address"


def test_the_second_address_of_a_host_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a host that has IPv6 on paper only."""

    async def two(*_: object, **__: object) -> list[str]:
        await asyncio.sleep(0)
        return ["127.0.0.2", "127.0.0.1"]

    server.routes["/feed"] = rss(DIRTY)
    monkeypatch.setattr(guard, "resolve", two)
    assert get(server, "/feed").data == rss(DIRTY).encode()
    server.shutdown()
    server.server_close()
    assert get(server, "/feed", QUICK).error.startswith("cannot be fetched")


def test_a_feed_on_the_disk_that_cannot_be_read(feed: Feed, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.rss")
    (tmp_path / "b.rss").write_text(rss(CLEAN), "utf-8")
    done = feed("a.rss", "b.rss")
    assert done.returncode == 3
    assert done.stderr == b"cleaner: a.rss: not a regular file\n"
    assert b"1 file could not be read or written, 1 file checked." in done.stdout


# -- Health ------------------------------------------------------------------------------------------


def test_a_feed_that_was_never_looked_at() -> None:
    said = health.remembered(Memory("https://example.org/feed"))
    assert said.error == "never looked at"
    assert "never looked at" in health.page(said)


def test_of_many_new_items_ten_are_shown() -> None:
    checked = look.check(rss(*[BROKEN] * 12).encode(), "u", "", Pipeline(), None)
    page = health.page(health.examine(checked, Memory("u"), "2026-11-01T00:00:00Z", "")).splitlines()
    assert sum("mojibake/misread-bytes" in line for line in page) == 10
    assert page[-1].split() == ["and", "2", "more"]


def test_a_feed_that_cannot_be_fetched_has_no_health_and_is_not_remembered(
    feed: Feed, server: Server, tmp_path: Path
) -> None:
    done = feed("health", server.url("/nowhere"), "--allow-private")
    assert done.returncode == 3
    assert b"HTTP 404" in done.stdout + done.stderr
    assert not (tmp_path / ".cleaner-feed-health.json").exists() or (
        "nowhere" not in (tmp_path / ".cleaner-feed-health.json").read_text()
    )


# -- What was saved ----------------------------------------------------------------------------------


def test_what_was_only_looked_at_is_fetched_again_to_be_saved(
    feed: Feed, server: Server, tmp_path: Path
) -> None:
    """The server has nothing new, but nothing of it has been saved."""
    server.routes["/feed"] = versioned(lambda: rss(DIRTY))
    url = server.url("/feed")
    feed(url, "--new", "--allow-private")
    assert not (tmp_path / "out").exists()
    feed(url, "--new", "--allow-private", "--write", "out")
    assert len(list((tmp_path / "out").iterdir())) == 1
