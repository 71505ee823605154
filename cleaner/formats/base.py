"""What a format is: a module with a function `split`.

A format finds where readable text stands and maps it back, character by character. It knows no
rule and rewrites nothing: edits are made in the document's own text, and what is inserted goes
through the `escape` of its segment. A place that cannot be read is yielded as a Trouble and the
rest goes on; a document that cannot be read at all raises FormatError.

Time must be linear in the text, also for hostile ones, and depth must never recurse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, cast

from cleaner.model import Document, Item, Role, Segment, Trouble, as_written
from cleaner.offsets import OffsetMap


class Format(Protocol):
    """The names of a format module."""

    @staticmethod
    def split(document: Document, /) -> Iterator[Segment | Trouble]:
        """The readable segments of a document, in its order, and the places that are broken."""
        ...


def segment(
    text: str,
    map: OffsetMap,
    lang: str | None = None,
    role: Role = Role.BODY,
    address: str = "",
    original: str | None = None,
    source_lang: str | None = None,
    item: Item | None = None,
    escape: Callable[[str], str] = as_written,
    locked: str = "",
) -> Segment:
    """The same as `Segment(…)`, in less than half the time, which is what most formats spend most on.

    A frozen dataclass sets each of its fields with a guard around it; here they are set without.
    """
    made = _new(Segment)
    _text(made, text)
    _map(made, map)
    _lang(made, lang)
    _role(made, role)
    _address(made, address)
    _original(made, original)
    _source_lang(made, source_lang)
    _item(made, item)
    _escape(made, escape)
    _locked(made, locked)
    return made


_new = cast(Callable[[type[Segment]], Segment], object.__new__)
_SLOTS: tuple[str, ...] = cast(Any, Segment).__slots__
_text, _map, _lang, _role, _address, _original, _source_lang, _item, _escape, _locked = (
    cast(Callable[[Segment, object], None], getattr(Segment, name).__set__) for name in _SLOTS
)
