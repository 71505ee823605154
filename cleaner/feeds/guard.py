"""Which addresses of the network a feed may be fetched from: public ones only.

A name is resolved once, by the system, so that every way of writing an address (2130706433,
0x7f.1, 0177.0.0.1) comes out as the address that would be connected to; that address is judged and
the connection is made to it and to no other. What cannot be seen: a public machine that passes on
to a private one.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from cleaner.errors import InputError

# Special addresses that `is_global` of Python 3.11 takes for ordinary ones (IANA special-purpose
# address registries for IPv4 and IPv6, RFC 6890; RFC 7526 for 192.88.99.0; RFC 9637 for 3fff::).
_SPECIAL_4 = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4")))
_SPECIAL_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_UNICAST_6 = ip_network("2000::/3")  # all that is given out for the public internet (RFC 4291)
_NAT64 = ip_network("64:ff9b::/96")  # an IPv4 address in the last 32 bits (RFC 6052)


def is_public(address: str) -> bool:
    """Whether an address (no name) belongs to the public internet.

    An IPv4 address inside of an IPv6 address (mapped, 6to4, NAT64) is judged itself.

    >>> is_public("93.184.215.14"), is_public("2606:4700::1111")
    (True, True)
    >>> [is_public(a) for a in ("127.0.0.1", "::ffff:10.0.0.1", "100.64.0.1", "64:ff9b::7f00:1")]
    [False, False, False, False]
    """
    if "%" in address:  # a zone: it holds on one cable only
        return False
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = _inside(ip)
        if inner is None:
            return ip in _UNICAST_6 and ip.is_global and not any(ip in net for net in _SPECIAL_6)
        ip = inner
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _SPECIAL_4)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to, if it does."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


async def resolve(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """The addresses of a host, in the order in which they should be tried.

    Raises InputError when it has none, or when one of them is not public: a name that leads to both
    is not to be trusted with either.
    """
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "not a name of a host"
        raise InputError(f"the host {host} is not found: {reason}") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [] if allow_private else [one for one in addresses if not is_public(one)]
    if private:
        means = "is" if host == private[0] else f"leads to {private[0]},"
        raise InputError(
            f"the host {host} {means} no public address", hint="--allow-private fetches from it all the same"
        )
    return addresses
