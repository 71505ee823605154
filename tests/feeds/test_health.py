"""Scores, and the class of accident that each producer makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.feeds import health, signature
from cleaner.feeds.look import check
from cleaner.feeds.state import Memory, Run
from cleaner.model import Finding, Severity
from cleaner.offsets import Position, Span
from cleaner.pipeline import Pipeline
from tests.conftest import ROOT
from tests.feeds import server as faults
from tests.feeds.conftest import Feed
from tests.feeds.server import CLEAN, DIRTY, Server, rss

BROKEN = "The cafÃ© is fermÃ© in Paris."
PIPELINE = Pipeline()


def finding(rule: str, address: str = "item 1/title", severity: str = "error", **more: str) -> Finding:
    return Finding(
        rule, Severity(severity), "", Span(0, 1), more.get("match", "x"), Position(1, 1), Position(1, 2), "en", address,
        evidence=more.get("evidence", ""),
    )  # fmt: skip


# -- The score ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("findings", "items", "score"),
    [
        pytest.param([], 0, 100.0, id="an empty feed"),
        pytest.param([], 9, 100.0, id="nothing found"),
        pytest.param([("item 1/title", "error")], 9, 90.0, id="an error takes an item"),
        pytest.param([("item 1/title", "warning")], 9, 95.0, id="a warning half of one"),
        pytest.param([("item 1/title", "info")], 9, 99.0, id="an info a tenth"),
        pytest.param([("channel/title", "error")], 9, 90.0, id="the head is an item"),
        pytest.param([("item 1/title", "error")] * 5, 9, 90.0, id="an item is lost once"),
        pytest.param([("item 1/title", "info"), ("item 1/description, p 2", "error")], 9, 90.0, id="the worst counts"),
        pytest.param([("/items/0/title", "error"), ("/items/1/title", "error")], 2, 33.3, id="a JSON feed, cut"),
        pytest.param([("", "error"), ("item 1/title", "error")], 1, 0.0, id="all is lost"),
    ],
)  # fmt: skip
def test_score(findings: list[tuple[str, str]], items: int, score: float) -> None:
    found = tuple(finding("quotes/unpaired", address, severity) for address, severity in findings)
    assert health.score(found, items) == score


# -- The signature -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "name", "mark"),
    [
        pytest.param("fr", "Le cafÃ© est fermÃ©.", "misread bytes", "utf-8 read as cp1252", id="mojibake"),
        pytest.param("fr", "Le▁maire▁a parlé", "engine tokens", "▁", id="SentencePiece"),
        pytest.param(
            "en", "Ministers [будут] meet on Monday.", "source words", "[…]", id="words in brackets"
        ),
        pytest.param(
            "en", "【公式】Online store opens in Osaka.", "source words", "【…】", id="Japanese brackets"
        ),
        pytest.param(
            "en",
            "The »Harbour Shrine« is closed.",
            "quotation marks",
            "« foreign",
            id="marks of the original",
        ),
    ],
)
def test_a_text_betrays_its_engine(lang: str, text: str, name: str, mark: str) -> None:
    document = PIPELINE.document("a", text, lang=lang)
    shares = signature.shares(("item 1", one) for one in PIPELINE.find(document).findings)
    assert (shares[0].what.name, shares[0].marks[0]) == (name, mark)


def test_classes_are_ordered_by_items_then_by_the_table() -> None:
    pairs = [
        ("item 1", finding("quotes/unpaired", match="“")),
        ("item 2", finding("quotes/unpaired", match="“")),
        ("item 2", finding("quotes/foreign", match="»")),
        ("item 3", finding("feed/share-line")),
        ("item 3", finding("leftover/bracketed-word", match="[да]")),
        ("item 3", finding("our-house/word")),
    ]
    expected = [("quotation marks", 2), ("source words", 1), ("page furniture", 1), ("other", 1)]
    for order in (pairs, pairs[::-1]):
        found = signature.shares(order)
        assert [(share.what.name, share.items) for share in found] == expected
        assert found[0].marks == ("“ unpaired", "» foreign")


def test_every_rule_that_a_class_names_exists_and_every_family_has_a_class() -> None:
    files = {
        path.relative_to(ROOT / "rules").with_suffix("").as_posix() for path in ROOT.glob("rules/*/*.yml")
    }
    families = {name.partition("/")[0] for name in files} - {"profiles"}
    named = {rule for one in signature.CLASSES for rule in one.rules}
    assert named - files - families - {"format"} == set()
    assert families - named == set()


# -- Over time ---------------------------------------------------------------------------------------


def look(text: str, known: Memory = Memory("u"), now: str = "2026-11-01T00:00:00Z") -> health.Health:
    return health.examine(check(text.encode(), "u", "", PIPELINE, None), known, now, "s")


def test_what_is_new_has_its_item_and_rules() -> None:
    first = look(rss(CLEAN, DIRTY))
    assert first.run is not None
    assert (first.run.score, first.run.items, first.run.new) == (66.6, 2, 2)
    assert [(one.item.title, one.rules) for one in first.fresh] == [
        ("News 2", {"leftover/bracketed-word": 1})
    ]
    known = Memory("u", runs=(first.run,)).with_items(
        check(rss(CLEAN, DIRTY).encode(), "u", "", PIPELINE, None).keys
    )
    second = look(rss(CLEAN, DIRTY, BROKEN), known)
    assert second.run is not None
    assert (second.run.items, second.run.new) == (3, 1)
    assert [(one.item.title, one.rules) for one in second.fresh] == [
        ("News 3", {"mojibake/misread-bytes": 2})
    ]


PAGE = """\
https://example.org/feed
  score     50 of 100 (66.6 on 2026-11-01)
  runs      66.6 50
  items     3, 1 new
  producer  misread bytes (utf-8 read as cp1252) in 1 item: a step takes the bytes for another encoding
            source words ([…]) in 1 item: the engine leaves words of the original
  new       News 3 https://example.org/3: mojibake/misread-bytes ×2"""


def test_the_page() -> None:
    first = rss(CLEAN, DIRTY)
    keys = check(first.encode(), "u", "", PIPELINE, None).keys
    known = Memory("u", runs=(Run("2026-11-01T00:00:00Z", 66.6, 2, 2),)).with_items(keys)
    checked = check(rss(CLEAN, DIRTY, BROKEN).encode(), "https://example.org/feed", "", PIPELINE, None)
    assert health.page(health.examine(checked, known, "2026-11-02T00:00:00Z", "s")) == PAGE


def test_a_hostile_feed_cannot_forge_the_page() -> None:
    text = rss(DIRTY).replace("News 1", "x\u202e&#10;::error::pwn").replace("example.org/1", "e.org/\u2066")
    said = health.page(look(text))
    assert not {"\u202e", "\u2066"} & set(said)
    assert "\n::" not in said.replace("\n  ", "\n")


def test_the_command_remembers_and_repeats(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes |= {"/a": faults.versioned(lambda: rss(CLEAN, DIRTY)), "/page": faults.page}
    args = ("health", server.url("/a"), "--allow-private", "--pause", "0")
    first, second = feed(*args).stdout.decode(), feed(*args).stdout.decode()
    assert "items     2, 2 new: this is the first run" in first
    assert "runs      66.6 66.6" in second
    assert "source words ([…]) in 1 item" in second, "the server sent nothing, and all is said again"
    assert [headers.get("if-none-match") for _, headers in server.seen] == [None, '"v1"']
    asked = len(server.seen)
    (only,) = json.loads(feed("health", "--json").stdout)
    assert (only["score"], only["items"], [run["score"] for run in only["runs"]]) == (66.6, 2, [66.6, 66.6])
    assert only["classes"][0]["marks"] == ["[…]"]
    assert len(server.seen) == asked
    bad = feed("health", server.url("/page"), *args[2:])
    assert bad.returncode == 3
    assert "error     an HTML page, no feed" in bad.stdout.decode()
    server.routes["/a"] = lambda handler: handler.reply(500)
    down = feed(*args)
    assert "error     HTTP 500" in down.stdout.decode()
    assert "score     66.6 on 20" in down.stdout.decode()
    assert len(json.loads(feed("health", "--json").stdout)[0]["runs"]) == 2, "a failure is no look"


@pytest.mark.parametrize(("limit", "status"), [("66.6", 0), ("66.7", 1)])
def test_fail_under(feed: Feed, tmp_path: Path, limit: str, status: int) -> None:
    (tmp_path / "a.rss").write_text(rss(CLEAN, DIRTY), "utf-8")
    assert feed("health", "a.rss", "--fail-under", limit).returncode == status


def test_other_rules_ask_for_the_whole_feed(feed: Feed, server: Server) -> None:
    server.routes["/a"] = faults.versioned(lambda: rss(DIRTY))
    args = ("health", server.url("/a"), "--allow-private", "--pause", "0")
    feed(*args)
    feed(*args, "--profile", "minimal")
    assert "if-none-match" not in server.seen[1][1]


def test_health_and_new_do_not_hide_from_each_other(feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    assert feed("health", "a.rss").returncode == 0
    assert feed("--new", "a.rss", "-q").returncode == 1
    wrong = feed("health", "a.rss", "--state", ".cleaner-feeds.json")
    assert (wrong.returncode, b"the state of" in wrong.stderr) == (2, True)
    assert b"No feed is remembered" in feed("health", "--state", "none.json").stdout
    assert not (tmp_path / "none.json").exists()
