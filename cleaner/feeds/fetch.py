"""URLs → bytes: several at once, one at a time from each host, every hop checked.

Nothing is taken from the environment: a proxy would connect to whatever it is told, past the guard,
and .netrc holds passwords. No cookies are kept and no connection is used twice.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.errors import InputError, UsageError, unexpected
from cleaner.feeds import body, guard
from cleaner.version import __version__

if TYPE_CHECKING:
    import httpx

_CONNECT_S = 10.0
_ADDRESSES = 4  # of one host that are tried
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_USER = re.compile(r"^(\s*(?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may cost its hosts and us.

    `seconds` are for one feed from the first connection to the last byte, redirects included; time
    spent waiting for another feed of the same host does not count. `size` is in bytes, compressed
    and decompressed. `pause` are the seconds between two requests to one host.
    """

    seconds: float = 30.0
    size: int = 16 * 1024 * 1024
    redirects: int = 5
    at_once: int = 8
    pause: float = 1.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the last answer of a feed said of itself; sent back, so that it need not be sent again.

    It holds for the address `url` only, which is where the redirects ended.
    """

    url: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a URL. `data` is None when there is nothing new (304) or an `error`.

    `moved` is where the feed says that it has gone for good.
    """

    url: str
    data: bytes | None = None
    content_type: str = ""
    known: Known = Known()
    moved: str = ""
    error: str = ""

    @property
    def unchanged(self) -> bool:
        return self.data is None and not self.error


def fetch(wanted: Sequence[tuple[str, Known]], limits: Limits) -> list[Answer]:
    """The answer to each URL, in the order given; what goes wrong with one is its `error`.

    Raises UsageError when httpx is not installed.
    """
    library()
    return asyncio.run(_all(wanted, limits))


def library() -> Any:
    """httpx. Raises UsageError, which says how to get it."""
    try:
        return importlib.import_module("httpx")
    except ImportError:
        raise UsageError(
            "feeds from the web need httpx", hint="pip install 'translation-cleaner[feeds]'"
        ) from None


def without_password(url: str) -> str:
    """An address as it may be shown.

    >>> without_password("https://anna:secret@example.org/feed")
    'https://…@example.org/feed'
    """
    return _USER.sub(r"\1…@", url)


def user_agent() -> str:
    """How we introduce ourselves: by name and version."""
    return f"cleaner/{__version__}"


async def _all(wanted: Sequence[tuple[str, Known]], limits: Limits) -> list[Answer]:
    httpx = library()
    transport = httpx.AsyncHTTPTransport(
        verify=httpx.create_ssl_context(),
        trust_env=False,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
    )
    async with transport:
        fetcher = _Fetcher(transport, limits, _Gate(limits))
        return await asyncio.gather(*(fetcher.one(url, known) for url, known in wanted))


class _Gate:
    """Lets feeds through: `at_once` in all, one from each host, with a pause between."""

    def __init__(self, limits: Limits) -> None:
        self._pause = limits.pause
        self._all = asyncio.Semaphore(limits.at_once)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        async with self._hosts[host]:
            if host in self._last:
                await asyncio.sleep(self._last[host] + self._pause - time.monotonic())
            try:
                async with self._all:
                    yield
            finally:
                self._last[host] = time.monotonic()


@dataclass(slots=True)
class _Reply:
    """The answer to one request: either the body or where to go on."""

    status: int
    headers: httpx.Headers
    data: bytes = b""


@dataclass(slots=True)
class _Fetcher:
    transport: httpx.AsyncHTTPTransport
    limits: Limits
    gate: _Gate
    _httpx: Any = field(default_factory=library)

    async def one(self, url: str, known: Known) -> Answer:
        httpx = self._httpx
        try:
            return await self._follow(url, known)
        except InputError as error:
            return Answer(url, error=str(error))
        except TimeoutError:
            return Answer(url, error=f"took longer than {self.limits.seconds:g} s (--timeout allows more)")
        except httpx.RemoteProtocolError as error:
            return Answer(url, error=f"the answer is broken: {error}")
        except (httpx.TransportError, OSError) as error:
            return Answer(url, error=f"cannot be fetched: {_reason(error)}")
        except Exception as error:  # a mistake of ours stays with the feed that showed it
            return Answer(url, error=unexpected(error))

    async def _follow(self, asked: str, known: Known) -> Answer:
        url, moved, left = self._parsed(asked), "", self.limits.seconds
        is_permanent = True
        for _ in range(self.limits.redirects + 1):
            async with self.gate.turn(url.host):
                started = time.monotonic()
                async with asyncio.timeout(left):
                    reply = await self._exchange(url, known)
                left -= time.monotonic() - started
            if reply.status == 304 and known.url != str(url):
                raise InputError("HTTP 304, although nobody asked whether it has changed")
            if reply.status not in _REDIRECTS:
                return _answer(asked, str(url), reply, moved)
            to = reply.headers.get("location", "")
            if not to:
                raise InputError(f"HTTP {reply.status} leads nowhere: no Location")
            url = self._parsed(to, url)
            is_permanent = is_permanent and reply.status in _PERMANENT
            moved = str(url) if is_permanent else moved
        raise InputError(f"more than {self.limits.redirects} redirects, the last to {str(url)[:200]}")

    def _parsed(self, text: str, base: httpx.URL | None = None) -> httpx.URL:
        """A URL that may be fetched. Raises InputError for any other."""
        where = "a redirect to " if base else ""
        shown = without_password(text)[:200]
        try:
            url: httpx.URL = base.join(text) if base else self._httpx.URL(text)
            host = url.host  # decoded here, from what may be no Punycode
        except (self._httpx.InvalidURL, ValueError):
            raise InputError(f"{where}{shown}: not a URL") from None
        if url.scheme not in ("http", "https"):
            raise InputError(f"{where}{shown}: only http and https are fetched")
        if not host or len(host) > 253 or (url.port or 1) > 65535:
            raise InputError(f"{where}{shown}: not a URL of a host")
        if url.userinfo:
            raise InputError(f"{where}{host}: a URL with a password, which would show up in reports")
        return url

    async def _exchange(self, url: httpx.URL, known: Known) -> _Reply:
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": user_agent()}
        headers |= {"Accept": _ACCEPT, "Accept-Encoding": body.ACCEPTED}
        if known.url == str(url):
            asked = {"If-None-Match": _line(known.etag), "If-Modified-Since": _line(known.modified)}
            headers |= {name: value for name, value in asked.items() if value}
        response = await self._connect(url, headers)
        try:
            reply = _Reply(response.status_code, response.headers)
            if reply.status == 200:
                encoding, length = (response.headers.get(f"content-{name}", "") for name in _BODY)
                reply.data = await body.read(response.aiter_raw(), encoding, length, self.limits.size)
            return reply
        finally:
            await response.aclose()

    async def _connect(self, url: httpx.URL, headers: dict[str, str]) -> httpx.Response:
        """The answer of the first address of the host that can be reached, and of no unchecked one."""
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await guard.resolve(url.host, port, allow_private=self.limits.allow_private)
        timeout = self._httpx.Timeout(self.limits.seconds, connect=_CONNECT_S).as_dict()
        extensions = {"timeout": timeout, "sni_hostname": url.raw_host.decode("ascii")}
        for number, address in enumerate(tried := addresses[:_ADDRESSES], 1):
            pinned = url.copy_with(host=address, fragment=None)
            request = self._httpx.Request("GET", pinned, headers=headers, extensions=extensions)
            try:
                return await self.transport.handle_async_request(request)
            except (self._httpx.ConnectError, self._httpx.ConnectTimeout):
                if number == len(tried):
                    raise
        raise InputError(f"the host {url.host} has no address")


_BODY = ("encoding", "length")


def _answer(asked: str, url: str, reply: _Reply, moved: str) -> Answer:
    headers = reply.headers
    if reply.status == 304:
        return Answer(asked, moved=moved)
    if reply.status != 200:
        wait = headers.get("retry-after", "")
        asks = f", it asks to wait {wait} s" if wait.isascii() and wait.isdigit() and len(wait) < 8 else ""
        raise InputError(f"HTTP {reply.status}{asks}")
    known = Known(url, _line(headers.get("etag", "")), _line(headers.get("last-modified", "")))
    return Answer(asked, reply.data, headers.get("content-type", ""), known, moved)


def _reason(error: BaseException) -> str:
    """What the system says of an error, as "Connection refused"; else what the library says."""
    inner: BaseException | None = error
    while inner:
        if isinstance(inner, OSError) and (inner.errno or 0) > 1:  # 1 is what errors of TLS say
            return os.strerror(inner.errno or 0)
        inner = inner.__cause__ or inner.__context__
    return str(error) or type(error).__name__


def _line(value: str) -> str:
    """A header that may be sent back, else ""."""
    return value if value.isascii() and value.isprintable() and len(value) <= 500 else ""
