"""TLS: the certificate is that of the name, although the connection goes to the address that was checked."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.feeds.fetch import Answer, Known, Limits, fetch
from tests.feeds.server import CLEAN, Server, rss, serving

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
LIMITS = Limits(seconds=5, pause=0, allow_private=True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for news.example and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.fixture
def server(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose every name leads to this machine."""

    async def getaddrinfo(self: Any, host: str, port: int, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with serving(context) as running:
        running.routes["/feed"] = rss(CLEAN)
        yield running


def get(server: Server, host: str) -> Answer:
    return fetch([(server.url("/feed", host).replace("http:", "https:"), Known())], LIMITS)[0]


def test_a_good_certificate(
    server: Server, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    answer = get(server, "news.example")
    assert (answer.error, answer.data) == ("", rss(CLEAN).encode())


def test_the_certificate_of_another_name(
    server: Server, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert "certificate is not valid for 'other.example'" in get(server, "other.example").error
    assert "certificate" in get(server, "127.0.0.1").error
    assert server.seen == []


def test_a_certificate_that_nobody_knows(server: Server) -> None:
    assert "certificate verify failed" in get(server, "news.example").error
    assert server.seen == []


def test_no_tls_where_tls_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as plain:
        answer = get(plain, "127.0.0.1")
    assert answer.error.startswith("cannot be fetched: ")
