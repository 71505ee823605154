"""The texts of YAML with exact places, for YAML files and the front matter of Markdown.

libyaml finds the scalars; how each is written is then followed here character by character, and the
view is kept only when it says exactly what libyaml read. So nothing is ever mapped wrongly: a
scalar that this reader does not follow is left out. That is the case for folded block scalars
(`>`) with lines that are indented further, and for tabs in odd places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.errors import FormatError
from cleaner.formats.maps import Piece
from cleaner.formats.named import has_text
from cleaner.formats.views import Woven, weave
from cleaner.model import as_written
from cleaner.values import dataclass

_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(?:\r\n|\r|\n)(?:[ \t]|\r\n|\r|\n)*+|.)", re.DOTALL
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_FOLD = re.compile(r"(?<![ \t])[ \t]*+(?:\r\n|\r|\n)(?:[ \t]|\r\n|\r|\n)*+")
_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([^\r\n]*+)(\r\n|\r|\n|\Z)")
_PROPERTIES = re.compile(r"(?:[&!][^\s]*+(?:\s++|\Z))*+")
_STRING_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_NO_TEXT = frozenset({"~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Text:
    """A string value: its keys from the root (list items by number), its view, how to write into it."""

    path: tuple[str, ...]
    woven: Woven
    escape: Callable[[str], str]


def texts(source: str, start: int = 0, end: int | None = None) -> Iterator[Text]:
    """The string values of the YAML in `source[start:end]`, in order; no numbers, dates, keys.

    Raises FormatError at the place where it is no YAML.

    >>> [(t.path, t.woven[0]) for t in texts("uk:\\n  greeting: 'Дім''я'\\n  n: 7\\n  list: [a, \\"б\\\\n\\"]\\n")]
    [(('uk', 'greeting'), "Дім'я"), (('uk', 'list', '0'), 'a'), (('uk', 'list', '1'), 'б')]
    """
    import yaml

    text = _UNSEEN.sub(_HIDDEN, source[start:end])  # a defect of the text, not of the YAML
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    stack: list[_Level] = []
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                if not _is_key(stack, event.value):
                    assert event.start_mark and event.end_mark
                    low, high = event.start_mark.index, event.end_mark.index
                    if event.tag and event.tag not in _STRING_TAGS:
                        continue
                    if event.anchor or event.tag:
                        low += len(_PROPERTIES.match(text, low)[0])  # type: ignore[index]
                    read = _read(source, start + low, start + high, event.style, event.value)
                    if read:
                        yield Text(tuple(level.key for level in stack), *read)
            elif isinstance(event, yaml.AliasEvent):
                _is_key(stack, "")
            elif isinstance(event, yaml.CollectionStartEvent):
                if stack:
                    _is_key(stack, "")
                stack.append(_Level(isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        message = getattr(error, "problem", None) or " ".join(str(error).split())
        raise FormatError(f"not YAML: {message}", start + (mark.index if mark else 0)) from None


class _Level:
    """A mapping or list that is open; `key` is where in it we are."""

    __slots__ = ("expects_key", "key", "mapping", "number")

    def __init__(self, mapping: bool) -> None:
        self.mapping = mapping
        self.key = ""
        self.number = -1
        self.expects_key = mapping


def _is_key(stack: list[_Level], value: str) -> bool:
    """Step on in the innermost level; whether the node is a key rather than a value."""
    if not stack:
        return False
    level = stack[-1]
    if not level.mapping:
        level.number += 1
        level.key = str(level.number)
        return False
    level.expects_key = not level.expects_key
    if not level.expects_key:
        level.key = value
        return True
    return False


def _read(
    source: str, low: int, high: int, style: str | None, value: str
) -> tuple[Woven, Callable[[str], str]] | None:
    """A scalar's view and escape; None when it is no text, or is not written as we follow it."""
    escape: Callable[[str], str] = as_written
    if style == '"':
        pieces = list(_double(source, low + 1, high - 1))
        escape = _ascii if _is_ascii_style(source[low:high]) else _double_quoted
    elif style == "'":
        pieces = list(_flow(source, low + 1, high - 1, re.compile("''"), lambda _: "'"))
        escape = _single_quoted
    elif style in ("|", ">"):
        pieces = list(_block(source, low, high, style))
    else:
        if value.lower() in _NO_TEXT:
            return None
        pieces = list(_flow(source, low, high, _NEVER, str))
    if not has_text(value):
        return None
    whole = weave(source, pieces, trim=False)
    if whole is None or _UNSEEN.sub(_HIDDEN, whole[0]) != _UNSEEN.sub(_HIDDEN, value):
        return None
    woven = weave(source, pieces)
    return (woven, escape) if woven else None


_NEVER = re.compile("(?!)")


def _flow(
    source: str, low: int, high: int, escapes: re.Pattern[str], value: Callable[[str], str]
) -> Iterator[Piece]:
    """The pieces of a plain or quoted scalar: a line break and the white space around it is a space."""
    at = low
    both = _FOLD if escapes is _NEVER else re.compile(f"{escapes.pattern}|{_FOLD.pattern}", re.DOTALL)
    for found in both.finditer(source, low, high):
        begin, stop = found.span()
        if at < begin:
            yield at, begin, None
        written = found[0]
        if escapes.match(written):
            yield begin, stop, value(written)
        else:
            yield begin, stop, "\n" * (len(_BREAK.findall(written)) - 1) or " "
        at = stop
    if at < high:
        yield at, high, None


def _double(source: str, low: int, high: int) -> Iterator[Piece]:
    return _flow(source, low, high, _ESCAPE, _escaped)


def _escaped(written: str) -> str:
    kind = written[1]
    if kind in "xuU":
        return chr(int(written[2:], 16))
    if kind in "\r\n":
        return "\n" * (len(_BREAK.findall(written)) - 1)
    return _ESCAPES.get(kind, written)


def _block(source: str, low: int, high: int, style: str) -> Iterator[Piece]:
    """The pieces of a block scalar: indentation is a gap; nothing when it is not followed (see above)."""
    header = _LINE.match(source, low, high)
    assert header is not None
    indicators = header[1].partition("#")[0]
    lines: list[tuple[int, int, int]] = []  # start, end, end with break
    at = header.end()
    while at < high:
        line = _LINE.match(source, at, high)
        assert line is not None
        lines.append((at, line.end(1), line.end()))
        at = line.end()
    digits = re.search(r"[1-9]", indicators)
    filled = [line for line in lines if source[line[0] : line[1]].strip(" ")]
    if not filled or digits:
        return
    first = source[filled[0][0] : filled[0][1]]
    indent = len(first) - len(first.lstrip(" "))
    while lines and lines[-1] != filled[-1] and "+" not in indicators:
        lines.pop()
    folded = style == ">"
    for number, (start, end, after) in enumerate(lines):
        start = min(start + indent, end)
        if start < end:
            if folded and source[start] in " \t":
                return
            yield start, end, None
        is_last = number == len(lines) - 1
        if end == after or (is_last and "-" in indicators):
            continue
        shown = "\n"
        if folded and not is_last and start < end:
            # the break after a line is a space, or nothing when empty lines follow
            following = lines[number + 1]
            shown = " " if following[1] - following[0] > indent else ""
        if shown == source[end:after]:
            yield end, after, None
        else:
            yield end, after, shown


def _single_quoted(text: str) -> str:
    return text.replace("'", "''")


def _double_quoted(text: str) -> str:
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", written)


def _ascii(text: str) -> str:
    return re.sub(
        r"[^ -~]",
        lambda f: f"\\u{ord(f[0]):04x}" if f[0] <= "\uffff" else f"\\U{ord(f[0]):08x}",
        _double_quoted(text),
    )


def _is_ascii_style(written: str) -> bool:
    return written.isascii() and ("\\u" in written or "\\x" in written or "\\U" in written)
