"""Which addresses feeds may come from, and that nobody gets around it."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.feeds import guard
from cleaner.feeds.fetch import Known, Limits, fetch
from tests.feeds.server import CLEAN, Server, rss, to

PUBLIC = [
    pytest.param("93.184.215.14", id="an ordinary address"),
    pytest.param("8.8.8.8", id="a resolver"),
    pytest.param("2606:4700:4700::1111", id="an ordinary IPv6 address"),
    pytest.param("::ffff:93.184.215.14", id="a mapped public address"),
    pytest.param("64:ff9b::5db8:d70e", id="a public address through NAT64"),
]
PRIVATE = [
    pytest.param("127.0.0.1", id="loopback"),
    pytest.param("127.255.255.254", id="the end of loopback"),
    pytest.param("0.0.0.0", id="this host"),
    pytest.param("10.0.0.1", id="private 10"),
    pytest.param("172.16.0.1", id="private 172"),
    pytest.param("192.168.1.1", id="private 192"),
    pytest.param("169.254.169.254", id="link-local, where clouds keep credentials"),
    pytest.param("100.64.0.1", id="carrier-grade NAT"),
    pytest.param("192.0.0.8", id="protocol assignments"),
    pytest.param("192.0.2.1", id="documentation"),
    pytest.param("198.18.0.1", id="benchmarks"),
    pytest.param("192.88.99.1", id="the 6to4 relay"),
    pytest.param("224.0.0.1", id="multicast"),
    pytest.param("240.0.0.1", id="reserved"),
    pytest.param("255.255.255.255", id="broadcast"),
    pytest.param("::1", id="IPv6 loopback"),
    pytest.param("::", id="IPv6 unspecified"),
    pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
    pytest.param("::ffff:169.254.169.254", id="mapped link-local"),
    pytest.param("::127.0.0.1", id="IPv4-compatible"),
    pytest.param("64:ff9b::7f00:1", id="loopback through NAT64"),
    pytest.param("64:ff9b:1::a00:1", id="local NAT64"),
    pytest.param("2002:7f00:1::", id="loopback through 6to4"),
    pytest.param("2001:0:7f00:1::", id="Teredo"),
    pytest.param("fe80::1", id="IPv6 link-local"),
    pytest.param("fe80::1%eth0", id="with a zone"),
    pytest.param("fc00::1", id="unique local"),
    pytest.param("fec0::1", id="site-local"),
    pytest.param("ff02::1", id="IPv6 multicast"),
    pytest.param("2001:db8::1", id="IPv6 documentation"),
    pytest.param("3fff::1", id="IPv6 documentation, the new block"),
    pytest.param("5f00::1", id="segment routing"),
    pytest.param("100::1", id="discard"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_refused(address: str) -> None:
    assert not guard.is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(address: Any) -> None:
    wrapped = [f"::ffff:{address}", f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"]
    assert {guard.is_public(one) for one in wrapped} == {guard.is_public(str(address))}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "::1",
     "::ffff:127.0.0.1", "[::1]".strip("[]")],
)  # fmt: skip
def test_every_way_to_write_loopback_is_refused(host: str) -> None:
    with pytest.raises(InputError, match=r"no public address|is not found"):
        asyncio.run(guard.resolve(host, 80))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_allow_private_allows_them(host: str) -> None:
    assert asyncio.run(guard.resolve(host, 80, allow_private=True)) == ["127.0.0.1"]


def _answers(monkeypatch: pytest.MonkeyPatch, *rounds: list[str]) -> list[str]:
    """Let the system's resolver give these addresses, one list after the other; the hosts it is asked."""
    asked: list[str] = []

    async def getaddrinfo(self: Any, host: str, port: int, **options: Any) -> list[Any]:
        asked.append(host)
        addresses = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(InputError, match=r"two-faced\.example leads to 127\.0\.0\.1, no public address"):
        asyncio.run(guard.resolve("two-faced.example", 80))


def test_a_name_is_resolved_once_and_the_connection_goes_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its mind between the check and the connection gains nothing."""
    server.routes["/feed"] = rss(CLEAN)
    asked = _answers(monkeypatch, ["127.0.0.1"], ["203.0.113.9"])
    (answer,) = fetch(
        [(server.url("/feed", "rebinding.example"), Known())], Limits(allow_private=True, seconds=5)
    )
    assert (answer.error, asked) == ("", ["rebinding.example"])
    assert server.seen[0][1]["host"] == f"rebinding.example:{server.server_port}"


def test_without_allow_private_nothing_reaches_a_private_machine(server: Server) -> None:
    server.routes["/feed"] = rss(CLEAN)
    (answer,) = fetch([(server.url("/feed"), Known())], Limits())
    assert "127.0.0.1 is no public address (--allow-private fetches from it all the same)" in answer.error
    assert server.seen == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0",
                                  "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "2852039166",
                                  "[64:ff9b::7f00:1]", "[::ffff:0:7f00:1]"])  # fmt: skip
def test_a_redirect_to_a_private_machine_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """The first hop counts as public here; the second is judged anew."""
    server.routes["/out"] = to(server.url("/inside", host))
    server.routes["/inside"] = rss(CLEAN)
    judge = guard.is_public
    judged: list[str] = []

    def once(address: str) -> bool:
        judged.append(address)
        return len(judged) == 1 or judge(address)

    monkeypatch.setattr(guard, "is_public", once)
    (answer,) = fetch([(server.url("/out"), Known())], Limits())
    assert re.search(r"no public address|is not found|not a URL$", answer.error)
    assert [path for path, _ in server.seen] == ["/out"]
