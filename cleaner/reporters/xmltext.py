"""XML made of names and texts, with what XML cannot carry written out."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from cleaner.text.visible import visible

Element = ElementTree.Element


def element(name: str, attributes: Mapping[str, object], text: str = "") -> Element:
    """An element; every text passes `visible`, for XML has no way to write U+0008 or U+001B."""
    made = Element(name, {key: visible(str(value)) for key, value in attributes.items()})
    if text:
        made.text = visible(text)
    return made


def document(root: Element) -> str:
    """The element as a whole document, one element a line."""
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
