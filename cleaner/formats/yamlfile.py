"""YAML: the string values of i18n files and data files, each with the path of its keys.

When the keys of the root are languages (`uk:` as Rails writes it), each subtree is in its own.
`document.fields` are JSON Pointers, `*` stands for one key. Keys, comments, numbers, booleans and
dates are no text; what is not mapped exactly is left out (see `yamlscan`).

New text goes into a plain scalar as it is, so that a repair with `: ` or ` #` in it may break the
file; the check after every repair takes such a one back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from cleaner.formats import yamlscan
from cleaner.formats.base import segment
from cleaner.formats.named import are_languages, language_of, role_of
from cleaner.model import Document, Segment


def split(document: Document) -> Iterator[Segment]:
    """A segment for each string value. Raises FormatError where it is no YAML.

    >>> text = "uk:\\n  title: Дім\\n  n: 7\\nen:\\n  title: \\"House\\"\\n"
    >>> [(s.address, s.text, s.lang) for s in split(Document("a.yml", text, format="yaml"))]
    [('/uk/title', 'Дім', 'uk'), ('/en/title', 'House', 'en')]
    """
    found = deque(yamlscan.texts(document.text))
    roots = {text.path[0] for text in found if len(text.path) > 1}
    by_language = bool(roots) and all(len(text.path) > 1 for text in found) and are_languages(roots)
    wanted = [pointer.strip("/").split("/") for pointer in document.fields]
    while found:
        text = found.popleft()  # and forget it: a file may have very many
        if wanted and not any(_leads_to(pointer, text.path) for pointer in wanted):
            continue
        address = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in text.path)
        lang = language_of(text.path[0]) if by_language else None
        yield segment(*text.woven, lang, role_of(address), address, escape=text.escape)


def _leads_to(pointer: Sequence[str], path: Sequence[str]) -> bool:
    """Whether a pointer names a value or something around it."""
    return len(pointer) <= len(path) and all(
        want == "*" or want.replace("~1", "/").replace("~0", "~") == key
        for want, key in zip(pointer, path, strict=False)
    )
