"""Fetching, against a real server with every fault: what goes wrong is the error of that feed only."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from cleaner import __version__
from cleaner.errors import UsageError
from cleaner.feeds.fetch import Answer, Known, Limits, fetch
from tests.conftest import ROOT
from tests.feeds import server as faults
from tests.feeds.server import CLEAN, DIRTY, Handler, Route, Server, rss, to

QUICK = Limits(seconds=5, size=200_000, pause=0, allow_private=True)


def get(server: Server, path: str, limits: Limits = QUICK, known: Known = Known()) -> Answer:
    return fetch([(server.url(path), known)], limits)[0]


@pytest.mark.parametrize(
    ("route", "error"),
    [
        pytest.param(faults.bomb, "larger than 200,000 bytes (--max-size allows more)", id="a gzip bomb"),
        pytest.param(faults.endless, "larger than 200,000 bytes", id="a body without end"),
        pytest.param("x" * 200_001, "larger than 200,000 bytes", id="too large, and it says so"),
        pytest.param(faults.raw(faults.CHUNKED, endless=b"ff\r\n" + bytes(255) + b"\r\n"), "larger than 200,000 bytes",
                     id="chunks without end"),
        pytest.param(faults.raw(faults.CHUNKED, b"ff\r\nxx"), "the answer is broken", id="cut off in a chunk"),
        pytest.param(faults.raw(faults.CHUNKED, b"zz\r\nxx"), "the answer is broken", id="a chunk of no size"),
        pytest.param(faults.raw(faults.CHUNKED, b"f" * 17), "the answer is broken", id="a chunk of 10^20 bytes"),
        pytest.param(faults.raw(faults.CHUNKED, b"0\r\n", endless=b"X: y\r\n"), "the answer is broken",
                     id="trailers without end"),
        pytest.param(faults.raw(b"HTTP/1.1 200 OK\r\n", endless=b"X: y\r\n"), "the answer is broken",
                     id="headers without end"),
        pytest.param(faults.reset, "cannot be fetched: Connection reset by peer", id="a connection that breaks"),
        pytest.param(faults.cut_off, "the answer is broken", id="shorter than its length"),
        pytest.param(faults.cut_zip, "cut off: the compressed body has no end", id="gzip without an end"),
        pytest.param(faults.no_zip, "is no gzip, although its header says so", id="no gzip at all"),
        pytest.param(faults.brotli, "compressed as “br”, which was not asked for", id="another compression"),
        pytest.param(faults.huge_header, "the answer is broken", id="a huge header"),
        pytest.param(lambda handler: handler.reply(500), "HTTP 500", id="an error of the server"),
        pytest.param(
            lambda handler: handler.reply(429, retry_after="120"), "HTTP 429, it asks to wait 120 s", id="too often"
        ),
        pytest.param(lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n"), "the answer is broken", id="no HTTP"),
        pytest.param(lambda handler: None, "the answer is broken", id="no answer"),
        pytest.param(lambda handler: handler.reply(304), "HTTP 304, although nobody asked", id="unasked"),
        pytest.param(to("file:///etc/passwd"), "file:///etc/passwd: only http and https", id="redirect to a file"),
        pytest.param(to("ftp://example.org/"), "only http and https are fetched", id="redirect to ftp"),
        pytest.param(to("http://user:secret@example.org/"), "a URL with a password", id="redirect with a password"),
        pytest.param(to("//user:secret@[::1/"), "//…@[::1/: not a URL", id="redirect to nonsense with a password"),
        pytest.param(to("http://[::1"), "not a URL", id="redirect to nonsense"),
        pytest.param(to(""), "HTTP 302 leads nowhere", id="redirect to nowhere"),
        pytest.param(to("/feed"), "more than 5 redirects", id="redirect to itself"),
        pytest.param(faults.maze, "more than 5 redirects, the last to http://127.0.0.1:", id="10,000 redirects"),
        pytest.param(to("http://xn--a.example/"), "a redirect to http://xn--a.example/: not", id="to no Punycode"),
        pytest.param(to(f"http://{'a' * 60_000}/"), "not a URL of a host", id="redirect to a host of 60,000 letters"),
        pytest.param(to("gopher://\u202e\x1b[31m/".encode().decode("latin-1")), "not a URL", id="redirect to controls"),
        pytest.param(to("http://nowhere.invalid/"), "the host nowhere.invalid is not found", id="redirect to no host"),
    ],
)  # fmt: skip
def test_faults(server: Server, route: Route, error: str) -> None:
    server.routes["/feed"] = route
    answer = get(server, "/feed")
    assert error in answer.error
    assert answer.data is None
    assert "secret" not in answer.error


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("file:///etc/passwd", "file:///etc/passwd: only http and https are fetched"),
        ("ftp://example.org/feed", "only http and https are fetched"),
        ("http://", "not a URL of a host"),
        ("http://user:secret@example.org/", "a URL with a password, which would show up in reports"),
        ("http://example.org:99999/", "not a URL"),
        ("http://xn--a.example/", "not a URL"),
        ("http://" + "a" * 254, "not a URL of a host"),
        ("http://exa mple.org\n/", "not a URL"),
    ],
)
def test_addresses_that_are_not_fetched(url: str, error: str) -> None:
    (answer,) = fetch([(url, Known())], QUICK)
    assert error in answer.error


CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(
    "route", [faults.drip, faults.drip_headers, faults.silence, faults.raw(endless=CONTINUE)]
)
def test_a_slow_feed_is_given_up_on_time(server: Server, route: Route) -> None:
    """Each read is quick; only a limit for all of it helps."""
    server.routes["/feed"] = route
    started = time.monotonic()
    answer = get(server, "/feed", Limits(seconds=0.5, pause=0, allow_private=True))
    assert answer.error == "took longer than 0.5 s (--timeout allows more)"
    assert time.monotonic() - started < 2


def test_the_time_of_a_feed_goes_on_through_redirects(server: Server) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.3)
        handler.reply(302, location="/feed")

    server.routes["/feed"] = slow
    answer = get(server, "/feed", Limits(seconds=0.5, pause=0, allow_private=True))
    assert "took longer than 0.5 s" in answer.error


def test_redirects_are_followed_and_a_move_for_good_is_told(server: Server) -> None:
    server.routes |= {"/a": to("/b", 301), "/b": to("/c", 302), "/c": rss(CLEAN)}
    answer = get(server, "/a")
    assert answer.data == rss(CLEAN).encode()
    assert (answer.moved, answer.known.url) == (server.url("/b"), server.url("/c"))


def test_gzip_is_inflated(server: Server) -> None:
    server.routes["/feed"] = faults.zipped
    assert get(server, "/feed").data == rss(DIRTY).encode()


def test_who_asks_says_so(server: Server) -> None:
    server.routes["/feed"] = rss(CLEAN)
    get(server, "/feed")
    ((_, headers),) = server.seen
    assert headers["user-agent"] == f"cleaner/{__version__}"
    assert headers["accept-encoding"] == "gzip"
    assert not {"cookie", "authorization", "if-none-match", "if-modified-since"} & set(headers)


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    server.routes["/feed"] = faults.versioned(lambda: rss(CLEAN))
    first = get(server, "/feed")
    assert first.known == Known(server.url("/feed"), '"v1"', "Wed, 01 Jul 2026 08:00:00 GMT")
    second = get(server, "/feed", known=first.known)
    assert second.unchanged
    assert server.seen[1][1]["if-modified-since"] == "Wed, 01 Jul 2026 08:00:00 GMT"


@pytest.mark.parametrize("value", ['"1"\r\nX-Forged: y', "\u0431", "x" * 10_000, "\ud800"])
def test_what_a_state_file_says_of_a_version_cannot_spoil_the_question(server: Server, value: str) -> None:
    server.routes["/feed"] = rss(CLEAN)
    answer = get(server, "/feed", known=Known(server.url("/feed"), value, value))
    assert (answer.error, answer.data) == ("", rss(CLEAN).encode())
    assert not {"if-none-match", "if-modified-since", "x-forged"} & set(server.seen[0][1])


def test_the_version_of_another_address_is_not_asked_about(server: Server) -> None:
    """A feed that now leads elsewhere: what its old place called version 1 says nothing of the new one."""
    server.routes["/feed"] = faults.versioned(lambda: rss(CLEAN))
    answer = get(server, "/feed", known=Known(server.url("/old"), '"v1"', ""))
    assert answer.data is not None
    assert "if-none-match" not in server.seen[0][1]


def test_feeds_of_several_hosts_at_once_and_of_one_host_one_by_one(server: Server) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.15)
        handler.reply(200, rss(CLEAN).encode())

    server.routes["/feed"] = slow
    hosts = ("127.0.0.1", "localhost")
    wanted = [(server.url(f"/feed?{number}", host), Known()) for host in hosts for number in range(3)]
    answers = fetch(wanted, QUICK)
    assert [(answer.url, answer.error) for answer in answers] == [(url, "") for url, _ in wanted]
    assert server.most.pop("all") == 2
    assert set(server.most.values()) == {1}


def test_one_bad_feed_does_not_stop_the_others(server: Server) -> None:
    server.routes |= {"/bad": faults.cut_off, "/good": rss(CLEAN)}
    bad, good, gone = fetch([(server.url(path), Known()) for path in ("/bad", "/good", "/gone")], QUICK)
    assert (bool(bad.error), good.error, gone.error) == (True, "", "HTTP 404")


def test_there_is_a_pause_between_requests_to_one_host(server: Server) -> None:
    server.routes["/feed"] = rss(CLEAN)
    started = time.monotonic()
    fetch([(server.url(f"/feed?{n}"), Known()) for n in range(3)], Limits(pause=0.2, allow_private=True))
    assert time.monotonic() - started >= 0.4


def test_no_proxy_gets_between(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    server.routes["/feed"] = rss(CLEAN)
    assert get(server, "/feed").error == ""


def test_without_httpx_the_way_to_get_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"pip install 'translation-cleaner\[feeds\]'"):
        fetch([("https://example.org/", Known())], QUICK)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit of memory for a process")
def test_a_gzip_bomb_finds_no_room(server: Server) -> None:
    """100 MB in a process that may grow by 80."""
    server.routes["/feed"] = faults.bomb
    code = f"""
import resource
from cleaner.feeds.fetch import Known, Limits, fetch, library
library()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 80_000_000,) * 2)
print(fetch([({server.url("/feed")!r}, Known())], Limits(size=10_000_000, allow_private=True))[0].error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, text=True, check=True)
    assert done.stdout == "larger than 10,000,000 bytes (--max-size allows more)\n"
