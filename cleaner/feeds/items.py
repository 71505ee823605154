"""The items of a feed, and what each is remembered by.

An item is known by its GUID, else by its link, else by its text. Producers that give all items one
GUID exist; where items share theirs, link and title count as well, so that none hides another. An
item that is edited keeps its GUID and so stays known.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner import formats
from cleaner.model import Document, Item, Segment

_PLACE = re.compile(r"item \d+|/items/\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item: where it stands in the feed ("item 3", "/items/2") and what it is remembered by."""

    place: str
    item: Item
    key: str


def place_of(address: str) -> str:
    """The item that an address lies in; "" for the head of the feed.

    >>> place_of("item 3/description, p 1"), place_of("/items/0/title"), place_of("channel/title")
    ('item 3', '/items/0', '')
    """
    found = _PLACE.match(address)
    return found[0] if found else ""


def entries(text: str, format: str) -> tuple[Entry, ...]:
    """The items of a feed that have something to read, in its order.

    Raises FormatError when it cannot be read.

    >>> rss = "<rss><channel><item><guid>7</guid><title>Да</title></item></channel></rss>"
    >>> [(one.place, one.item.guid) for one in entries(rss, "feed")]
    [('item 1', '7')]
    """
    parts: dict[str, list[Segment]] = {}
    for segment in formats.split(Document("", text, format)).segments:
        if segment.item and (place := place_of(segment.address)):
            parts.setdefault(place, []).append(segment)
    items = {place: found[0].item or Item() for place, found in parts.items()}
    shared = Counter(item.guid or item.link for item in items.values())
    return tuple(
        Entry(place, item, _key(item, parts[place], shared[item.guid or item.link] > 1))
        for place, item in items.items()
    )


def _key(item: Item, texts: Iterable[Segment], is_shared: bool) -> str:
    name = item.guid or item.link
    if not name:
        known = ["", *(segment.text for segment in texts)]
    else:
        known = [name, item.link, item.title] if is_shared else [name]
    return hashlib.sha256("\0".join(known).encode("utf-8", "surrogatepass")).hexdigest()[:16]
