"""`cleaner feed` as a person meets it: a process of its own, a real server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.feeds import server as faults
from tests.feeds.conftest import Done, Feed
from tests.feeds.server import CLEAN, DIRTY, Server, rss, to

LOCAL = ("--allow-private", "--pause", "0", "--timeout", "5")
BROKEN = "The cafÃ© is fermÃ© in Paris."
ATOM = (
    '<?xml version="1.0"?>\r\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\r\n<title>News</title>'
    '<entry><id>urn:1</id><link href="https://example.org/1"/><title type="html">One &amp;amp; two</title>'
    f"<summary><![CDATA[{BROKEN}]]></summary></entry></feed>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "title": "News",
        "items": [
            {"id": "1", "url": "https://example.org/1", "title": "One", "content_html": f"<p>{DIRTY}</p>"}
        ],
    },
    indent=1,
)


def concise(done: Done) -> list[str]:
    """The rules that a concise report names, in order."""
    return re.findall(r"(?:error|warning|info) (\S+/\S+)", done.stdout.decode())


def test_all_kinds_of_feeds_from_the_web_and_from_files(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes |= {"/a.rss": rss(CLEAN, DIRTY), "/b": ATOM, "/c": JSON_FEED}
    (tmp_path / "d.xml").write_text(rss(BROKEN), "utf-8")
    urls = [server.url(path) for path in ("/a.rss", "/b", "/c")]
    done = feed(*urls, "d.xml", *LOCAL, "--from", "ru", "--output-format", "json")
    assert done.returncode == 1, done.stderr.decode()
    found = [(f["path"], f["rule"], f["item"]) for f in json.loads(done.stdout)["findings"]]
    item = {"guid": "g2", "link": "https://example.org/2", "title": "News 2", "field": "description"}
    assert found[0] == (urls[0], "leftover/bracketed-word", item)
    assert [(path, rule, item["guid"], item["field"]) for path, rule, item in found[1:]] == [
        (urls[1], "mojibake/misread-bytes", "urn:1", "summary"),
        (urls[1], "mojibake/misread-bytes", "urn:1", "summary"),
        (urls[2], "leftover/bracketed-word", "1", "content_html"),
        ("d.xml", "mojibake/misread-bytes", "g1", "description"),
        ("d.xml", "mojibake/misread-bytes", "g1", "description"),
    ]


def test_the_report_for_people_names_the_item(feed: Feed, server: Server) -> None:
    server.routes["/a"] = rss(DIRTY)
    shown = feed(server.url("/a"), *LOCAL).stdout.decode()
    assert "= in “News 1” https://example.org/1 g1" in shown


def test_exit_codes(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes |= {"/clean": rss(CLEAN), "/dirty": rss(DIRTY), "/page": faults.page}
    clean, dirty, page = (server.url(path) for path in ("/clean", "/dirty", "/page"))
    for status, args in [
        (0, [clean]),
        (1, [clean, dirty]),
        (0, [dirty, "--exit-zero"]),
        (0, [dirty, "--select", "quotes"]),
        (3, [clean, page]),
        (3, [dirty, page, "--exit-zero"]),
        (3, [server.url("/nowhere")]),
    ]:
        assert feed(*args, *LOCAL, "-q").returncode == status, args


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        ([], 2, ""),
        (["nowhere.rss"], 2, "cleaner: nowhere.rss: no such file"),
        (["example.org/feed.xml"], 2, "https://example.org/feed.xml would be fetched"),
        (["."], 2, "cleaner check reads folders of feeds"),
        (["a.rss", "--unsafe-fixes"], 2, "--unsafe-fixes repairs nothing without --write DIR"),
        (["a.rss", "--output-format", "jsn"], 2, "did you mean “json”?"),
        (["a.rss", "-o", "a.rss"], 2, "a.rss is one of the files to read"),
        (["a.rss", "--new", "-o", ".cleaner-feeds.json"], 2, "it holds what was seen"),
        (["a.rss", "--new", "--state", "a.rss"], 2, "not a state file"),
        (["a.rss", "--new", "--state", "no/where.json"], 3, "no/where.json.lock: cannot be written"),
        (["a.rss", "--timeout", "0"], 2, "--timeout"),
        (["a.rss", "--write", "a.rss"], 3, "not saved: a.rss: cannot be made"),
        (["page.html"], 3, "page.html: an HTML page, no feed"),
        (["broken.rss"], 3, "broken.rss:1:"),
        (["file:///etc/passwd"], 3, "only http and https are fetched"),
        (["http://127.0.0.1:1/"], 3, "127.0.0.1 is no public address"),
        (["http://0x7f.1/"], 3, "leads to 127.0.0.1, no public address"),
        (["https://anna:secret@example.org/"], 2, "https://…@example.org/: an address with a password"),
        (["health", "nowhere.rss"], 2, "nowhere.rss: no such file"),
        (["helth", "a.rss"], 2, "helth: no such file (did you mean “health”?)"),
        (["health", "a.rss", "--state", "a.rss"], 2, "not a state file"),
    ],
)
def test_bad_input_is_named_and_loses_nothing(
    feed: Feed, tmp_path: Path, args: list[str], status: int, message: str
) -> None:
    files = {"a.rss": rss(DIRTY), "page.html": "<!DOCTYPE html>", "broken.rss": "<rss><channel></rss>"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = feed(*args)
    error = done.stderr.decode()
    assert message in error
    assert "Traceback" not in error
    assert "secret" not in error
    assert done.returncode == status
    assert {name: (tmp_path / name).read_text("utf-8") for name in files} == files


@pytest.mark.parametrize("format", ["full", "concise", "grouped", "sarif", "github", "gitlab", "junit", "checkstyle",
                                    "rdjson", "html", "markdown", "json-lines"])  # fmt: skip
def test_every_reporter_takes_feeds(feed: Feed, tmp_path: Path, format: str) -> None:
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    done = feed("a.rss", "--output-format", format)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "leftover" in done.stdout.decode()


# -- --new -------------------------------------------------------------------------------------------


def test_new_reports_an_item_once(feed: Feed, server: Server) -> None:
    url = server.url("/a")
    args = ("--new", url, *LOCAL, "--output-format", "concise")
    server.routes["/a"] = rss(DIRTY)
    assert concise(feed(*args)) == ["leftover/bracketed-word"]
    assert (concise(feed(*args)), feed(*args).returncode) == ([], 0)
    server.routes["/a"] = rss(CLEAN, BROKEN, start=2) + ""
    assert concise(feed(*args)) == ["mojibake/misread-bytes"] * 2
    server.routes["/a"] = rss(DIRTY, CLEAN)  # an old item comes back, an item is edited: both are known
    assert concise(feed(*args)) == []
    assert concise(feed(url, *LOCAL, "--output-format", "concise")) == ["leftover/bracketed-word"]


def test_new_asks_the_server_only_for_what_changed(feed: Feed, server: Server) -> None:
    server.routes["/a"] = faults.versioned(lambda: rss(DIRTY))
    done = [feed("--new", server.url("/a"), *LOCAL).returncode for _ in range(3)]
    assert done == [1, 0, 0]
    assert [headers.get("if-none-match") for _, headers in server.seen] == [None, '"v1"', '"v1"']
    feed(server.url("/a"), "--state", ".cleaner-feeds.json", *LOCAL)
    assert "if-none-match" not in server.seen[3][1], "who asks for everything needs everything"


def test_the_head_of_a_feed_is_new_once_too(feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(
        rss(CLEAN).replace("<title>News</title>", f"<title>{DIRTY}</title>"), "utf-8"
    )
    first, second = (concise(feed("--new", "a.rss", "--output-format", "concise")) for _ in range(2))
    assert (first, second) == (["leftover/bracketed-word"], [])


def test_what_could_not_be_fetched_is_new_next_time(feed: Feed, server: Server) -> None:
    args = ("--new", server.url("/a"), *LOCAL, "--output-format", "concise")
    server.routes["/a"] = faults.cut_off
    assert feed(*args).returncode == 3
    server.routes["/a"] = rss(DIRTY)
    assert concise(feed(*args)) == ["leftover/bracketed-word"]


def test_what_nobody_was_shown_is_new_next_time(feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    (tmp_path / "out").mkdir()
    assert feed("--new", "a.rss", "-o", "/dev/full").returncode == 3
    assert concise(feed("--new", "a.rss", "--output-format", "concise")) == ["leftover/bracketed-word"]


BAD_STATES = {  # what stands in the place of a state file, exit code, what is said
    "cut off": ('{"version": 1, "use": "new", "feeds": [', 2, "not a state file: this is no JSON"),
    "empty": ("", 2, "not a state file"),
    "no text": (b"\xff\xfe\x00", 2, "not a state file"),
    "deeper than a parser goes": ("[" * 100_000, 2, "not a state file"),
    "another version": ('{"version": 1e400, "use": "new"}', 2, "version inf: this cleaner reads version 1"),
    "another use": ('{"version": 1, "use": "health"}', 2, "the state of “health”, not of “new”"),
    "other types": (
        '{"version": 1, "use": "new", "feeds": [{"url": 5, "items": [null]}, 7]}',
        2,
        "expected a mapping",
    ),
    "an unknown key": (
        '{"version": 1, "use": "new", "feeds": [{"url": "a", "itms": []}]}',
        2,
        "unknown key “itms”",
    ),
    "a folder": (Path.mkdir, 3, "not a regular file"),
    "a pipe": (lambda path: os.mkfifo(path), 3, "not a regular file"),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), 3, "cannot be read"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no pipes with names")
@pytest.mark.parametrize(("made", "status", "said"), BAD_STATES.values(), ids=BAD_STATES)
def test_a_state_file_that_is_none_is_neither_waited_for_nor_replaced(
    feed: Feed, tmp_path: Path, made: object, status: int, said: str
) -> None:
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    path = tmp_path / ".cleaner-feeds.json"
    if callable(made):
        made(path)
    else:
        path.write_bytes(made.encode() if isinstance(made, str) else made)  # type: ignore[arg-type]
    before = path.lstat()
    done = feed("--new", "a.rss")
    assert (done.returncode, said in done.stderr.decode()) == (status, True), done.stderr.decode()
    after = path.lstat()
    assert (after.st_ino, after.st_size, after.st_mode) == (before.st_ino, before.st_size, before.st_mode)
    assert done.stdout == b""


def test_a_state_file_may_hold_half_characters(feed: Feed, tmp_path: Path) -> None:
    """JSON can write them, and so can a name that is no UTF-8; the file stays UTF-8."""
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    path = tmp_path / ".cleaner-feeds.json"
    path.write_text(
        '{"version": 1, "use": "new", "feeds": [{"url": "\\ud800", "items": ["\\udcff"]}]}', "utf-8"
    )
    assert feed("--new", "a.rss", "-q").returncode == 1
    feeds = json.loads(path.read_text("utf-8"))["feeds"]
    assert [one["url"] for one in feeds] == ["a.rss", "\ud800"]


# -- --write -----------------------------------------------------------------------------------------


def test_write_saves_the_cleaned_feed_and_changes_nothing_else(
    feed: Feed, server: Server, tmp_path: Path
) -> None:
    server.routes |= {"/a": ATOM, "/b": JSON_FEED, "/c": rss(CLEAN)}
    urls = [server.url(path) for path in ("/a", "/b", "/c")]
    done = feed(*urls, "--write", "out", *LOCAL, "--output-format", "concise")
    assert done.returncode == 1
    saved = sorted((tmp_path / "out").iterdir())
    assert [path.suffix for path in saved] == [".atom", ".json", ".rss"]
    texts = [path.read_bytes().decode() for path in saved]
    assert texts == [ATOM.replace("cafÃ©", "café").replace("fermÃ©", "fermé"), JSON_FEED, rss(CLEAN)]
    done = feed(*urls, "--write", "out", "--unsafe-fixes", "--from", "ru", *LOCAL)
    assert done.returncode == 0
    assert (
        json.loads(saved[1].read_bytes())["items"][0]["content_html"]
        == "<p>Ministers [will] meet on Monday.</p>"
    )


def test_nothing_is_saved_that_is_not_certain(feed: Feed, server: Server, tmp_path: Path) -> None:
    cyrillic = rss("Министры [will] встретятся.", lang="ru").encode("cp1251")
    server.routes |= {
        "/header": lambda handler: handler.reply(
            200, cyrillic, content_type="text/xml; charset=windows-1251"
        ),
        "/bytes": cyrillic,
        "/cut": faults.cut_off,
        "/page": faults.page,
    }
    done = feed(*map(server.url, server.routes), "--write", "out", *LOCAL)
    error = done.stderr.decode()
    assert not (tmp_path / "out").exists()
    assert "/header: read as windows-1251, as the server says; the document itself says nothing" in error
    assert "not saved: a file has no header that says its encoding" in error
    assert "not saved: bytes of it are no text" in error


def test_what_is_not_modified_is_saved_again_when_it_is_gone(
    feed: Feed, server: Server, tmp_path: Path
) -> None:
    server.routes["/a"] = faults.versioned(lambda: rss(BROKEN))
    args = ("--new", "--write", "out", server.url("/a"), *LOCAL)
    feed(*args)
    (saved,) = (tmp_path / "out").iterdir()
    feed(*args)
    assert server.seen[-1][1]["if-none-match"] == '"v1"'
    saved.unlink()
    feed(*args)
    assert "if-none-match" not in server.seen[-1][1]
    assert "café" in saved.read_text("utf-8")
    feed(*args, "--unsafe-fixes")
    assert "if-none-match" not in server.seen[-1][1], "other repairs, another file"


def test_a_planted_link_is_not_followed(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes["/a"] = rss(BROKEN)
    args = ("--write", "out", server.url("/a"), *LOCAL)
    feed(*args)
    (saved,) = (tmp_path / "out").iterdir()
    saved.unlink()
    saved.symlink_to(tmp_path / "victim")
    done = feed(*args)
    assert done.returncode == 3
    assert "is a symbolic link; not written" in done.stderr.decode()
    assert not (tmp_path / "victim").exists()


# -- The rest ----------------------------------------------------------------------------------------


def test_two_feeds_at_once_and_one_of_them_bad(feed: Feed, server: Server) -> None:
    server.routes |= {"/bad": faults.bomb, "/good": rss(DIRTY), "/out": to("file:///etc/passwd")}
    done = feed(*map(server.url, ("/bad", "/good", "/out")), *LOCAL, "--output-format", "concise")
    assert done.returncode == 3
    assert concise(done) == ["leftover/bracketed-word"]
    error = done.stderr.decode()
    assert "/bad: larger than 16,777,216 bytes (--max-size allows more)" in error
    assert "/out: a redirect to file:///etc/passwd: only http and https are fetched" in error


def test_a_move_for_good_is_told(feed: Feed, server: Server) -> None:
    server.routes |= {"/old": to("/new", 301), "/new": rss(CLEAN)}
    assert (
        f"/old: has moved for good to {server.url('/new')}"
        in feed(server.url("/old"), *LOCAL).stderr.decode()
    )


def test_no_content_type_is_no_trouble(feed: Feed, server: Server) -> None:
    server.routes["/a"] = faults.no_type
    assert concise(feed(server.url("/a"), *LOCAL, "--output-format", "concise")) == [
        "leftover/bracketed-word"
    ]


def test_a_hostile_feed_cannot_forge_the_report(feed: Feed, server: Server) -> None:
    title = "x\u202e&#10;::error::pwn&#27;[2J"
    text = rss(DIRTY).replace("News 1", title).replace(">g1<", "><![CDATA[\n::error::guid]]><")
    server.routes["/a"] = text.replace("&#27;", "")
    for format in ("full", "concise", "github", "markdown"):
        done = feed(server.url("/a"), *LOCAL, "--output-format", format)
        said = done.stdout.decode() + done.stderr.decode()
        assert "\u202e" not in said
        assert not re.search(r"^\s*::error::(pwn|guid)", said, re.MULTILINE)


def test_feeds_are_looked_at_with_the_rules_for_feeds(feed: Feed, tmp_path: Path) -> None:
    text = rss("They met.&lt;br&gt;Read more: https://example.org/1")
    (tmp_path / "a.rss").write_text(text, "utf-8")
    with_profile = concise(feed("a.rss", "--output-format", "concise", "--fail-level", "info"))
    assert concise(feed("a.rss", "--profile", "publish", "--output-format", "concise")) == []
    assert [rule.partition("/")[0] for rule in with_profile] == ["feed"]
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "cleaner.yaml").write_text("profile: minimal\n", "utf-8")
    (tmp_path / "house" / "a.rss").write_text(text, "utf-8")
    assert concise(feed("house/a.rss", "--output-format", "concise")) == []


def test_settings_for_one_feed_of_the_web(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes |= {"/a": rss(DIRTY), "/b": rss(DIRTY)}
    settings = 'per-path:\n  - match: "127.0.0.1-*-a-*"\n    ignore: leftover\n'
    (tmp_path / "cleaner.yaml").write_text(settings, "utf-8")
    done = feed(server.url("/a"), server.url("/b"), *LOCAL, "--output-format", "concise")
    assert concise(done) == ["leftover/bracketed-word"]
    assert "/b:2:" in done.stdout.decode()


def test_suppressions_beside_the_run_hold_for_feeds(feed: Feed, server: Server, tmp_path: Path) -> None:
    server.routes |= {"/a": rss(DIRTY), "/b": rss(DIRTY)}
    sidecar = '- path: "**/a"\n  rule: leftover\n  match: "[будут]"\n  reason: quoted\n'
    (tmp_path / ".cleaner-ignore.yaml").write_text(sidecar, "utf-8")
    done = feed(server.url("/a"), server.url("/b"), *LOCAL, "--output-format", "concise")
    assert (concise(done), b"1 suppressed" in done.stdout) == (["leftover/bracketed-word"], True)
    assert feed("--state", "s.json", server.url("/a"), *LOCAL).returncode == 0


def test_a_broken_side_car_file_stops_the_run(feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    (tmp_path / ".cleaner-ignore.yaml").write_text("- pth: a.rss\n", "utf-8")
    done = feed("--new", "a.rss")
    assert (done.returncode, b".cleaner-ignore.yaml:1:" in done.stderr) == (2, True)
    assert not (tmp_path / ".cleaner-feeds.json").exists()


def test_without_httpx_files_are_read_and_urls_say_what_is_missing(
    feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    (tmp_path / "a.rss").write_text(rss(DIRTY), "utf-8")
    assert feed("a.rss").returncode == 1
    done = feed("https://example.org/feed")
    assert done.returncode == 2
    assert "pip install 'translation-cleaner[feeds]'" in done.stderr.decode()


def test_files_do_not_wait_for_httpx() -> None:
    code = "import sys, cleaner.cli.feed; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout == b"False\n"


@pytest.mark.slow
def test_a_process_of_its_own_says_the_same(cli: Run, server: Server, tmp_path: Path) -> None:
    """All the others run in this process; here are the lock, the streams and the hash seeds of real ones."""
    server.routes["/a"] = faults.versioned(lambda: rss(DIRTY, BROKEN))
    args = ("feed", "--new", "--write", "out", server.url("/a"), *LOCAL, "--output-format", "concise")
    first, second = (cli(*args, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert (first.returncode, second.returncode) == (1, 0)
    assert [headers.get("if-none-match") for _, headers in server.seen] == [None, '"v1"']
    pages = [cli("feed", "health", server.url("/a"), *LOCAL, env={"PYTHONHASHSEED": seed}) for seed in "12"]
    assert server.seen[-1][1]["if-none-match"] == '"v1"'
    assert b"score     33.3 of 100" in pages[0].stdout
    assert pages[1].returncode == 0
