"""A real HTTP server on this machine that serves feeds, and every fault that feeds are served with."""

from __future__ import annotations

import contextlib
import functools
import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DIRTY = "Ministers [будут] meet on Monday."
CLEAN = "Ministers will meet on Monday."


def rss(*titles: str, lang: str = "en", start: int = 1) -> str:
    """An RSS feed with an item for each title: GUIDs g1, g2 …, links https://example.org/1 …"""
    items = "".join(
        f"<item><guid>g{number}</guid><link>https://example.org/{number}</link>"
        f"<title>News {number}</title><description>{text}</description></item>\n"
        for number, text in enumerate(titles, start)
    )
    return f'<rss version="2.0"><channel><title>News</title><language>{lang}</language>\n{items}</channel></rss>\n'


class Handler(BaseHTTPRequestHandler):
    """Serves what the table of its server says; a route may also be a function that does what it likes."""

    server: Server  # type: ignore[assignment]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.seen.append((path, {key.lower(): value for key, value in self.headers.items()}))
        with self.server.busy(self.headers.get("Host", "")), contextlib.suppress(OSError):
            route = self.server.routes.get(path)
            if route is None:
                self.reply(404, b"nothing here")
            elif callable(route):
                route(self)
            else:
                self.reply(200, route.encode() if isinstance(route, str) else route)

    def reply(self, status: int, data: bytes = b"", **headers: str) -> None:
        """An answer with a length, and a type unless `content_type` is ""."""
        self.send_response(status)
        given = {"content_type": "application/rss+xml", "content_length": str(len(data)), **headers}
        for name, value in given.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


Route = str | bytes | Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    """The server, what it serves (`routes`), what it was asked (`seen`), how many were served at once."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.most: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    @contextmanager
    def busy(self, host: str) -> Iterator[None]:
        with self._lock:
            for name in (host, "all"):
                self._now[name] = self._now.get(name, 0) + 1
                self.most[name] = max(self.most.get(name, 0), self._now[name])
        try:
            yield
        finally:
            with self._lock:
                for name in (host, "all"):
                    self._now[name] -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that goes away is what half of the tests are about


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server()
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# -- Faults ------------------------------------------------------------------------------------------


def drip(handler: Handler) -> None:
    """One byte after the other, each long before any timeout of a single read."""
    handler.send_response(200)
    handler.end_headers()
    for byte in rss(CLEAN).encode():
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def silence(handler: Handler) -> None:
    time.sleep(3)


def bomb(handler: Handler) -> None:
    """100 KB that unpack to 100 MB."""
    handler.reply(200, _bomb(), content_encoding="gzip")


def zipped(handler: Handler) -> None:
    handler.reply(200, gzip.compress(rss(DIRTY).encode()), content_encoding="gzip")


def cut_zip(handler: Handler) -> None:
    handler.reply(200, gzip.compress(rss(DIRTY).encode())[:-20], content_encoding="gzip")


def no_zip(handler: Handler) -> None:
    handler.reply(200, rss(DIRTY).encode(), content_encoding="gzip")


def brotli(handler: Handler) -> None:
    handler.reply(200, b"\x0b\x02\x80", content_encoding="br")


def cut_off(handler: Handler) -> None:
    handler.reply(200, rss(CLEAN).encode(), content_length="100000")


def huge_header(handler: Handler) -> None:
    handler.reply(200, rss(CLEAN).encode(), x_huge="x" * 300_000)


def no_type(handler: Handler) -> None:
    handler.reply(200, rss(DIRTY).encode(), content_type="")


def page(handler: Handler) -> None:
    html = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/real.rss"></head></html>'
    handler.reply(200, html.encode(), content_type="text/html")


def endless(handler: Handler) -> None:
    """A body without an end and without a length."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<!-- -->" * 8192)


def raw(*pieces: bytes, endless: bytes = b"") -> Callable[[Handler], None]:
    """Bytes as they are, then a piece again and again, as fast as somebody reads it."""

    def route(handler: Handler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
        while endless:
            handler.wfile.write(endless)

    return route


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def reset(handler: Handler) -> None:
    """The connection breaks instead of an end."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def maze(handler: Handler) -> None:
    """10,000 redirects, each to another address."""
    number = int(handler.path.partition("?")[2] or 0)
    handler.reply(302, location=f"/feed?{number + 1}") if number < 10_000 else handler.reply(200, b"<rss/>")


def to(location: str, status: int = 302) -> Callable[[Handler], None]:
    return lambda handler: handler.reply(status, b"", location=location)


def versioned(text: Callable[[], str], *, etag: str = '"v1"') -> Callable[[Handler], None]:
    """A feed that is sent only to who does not have it."""

    def route(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.reply(304)
        else:
            handler.reply(200, text().encode(), etag=etag, last_modified="Wed, 01 Jul 2026 08:00:00 GMT")

    return route


@functools.cache
def _bomb() -> bytes:
    return gzip.compress(bytes(100_000_000), 6)
