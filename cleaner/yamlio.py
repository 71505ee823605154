"""YAML → plain nodes that remember where they stand, and nothing else that YAML can do.

A rule or configuration file is data that a stranger may have written. So: every scalar stays the
string that was written (`no` is Norwegian, never false; 2022-07-29 is no date), types come from
the field that asks for them; duplicate keys, anchors, aliases, tags, a second document, files over
1 MB and nesting over 40 levels are refused, each with its line and column.

The events of libyaml's parser are read one by one instead of using PyYAML's loaders, because these
resolve aliases and drop duplicate keys before anybody can see them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from cleaner import cache
from cleaner.errors import FileProblems, Problem, Where
from cleaner.hashing import sha256
from cleaner.values import dataclass

if TYPE_CHECKING:  # loaded when there is something to parse: most runs find all they need in the cache
    import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; `quoted` tells `""` from an empty value."""

    value: str
    where: Where
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    values: tuple[Node, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping, in the order of the file; `places` says where each key stands."""

    values: Mapping[str, Node]
    places: Mapping[str, Where]
    where: Where


Node = Scalar | Items | Keys
Plain = str | list["Plain"] | dict[str, "Plain"]


def read(text: str, name: str) -> Node:
    """The one document of a YAML file called `name` (used in messages only).

    Raises FileProblems with every mistake that can be told apart.

    >>> read("lang: [no, nb]", "x.yml").values["lang"].values[0].value
    'no'
    >>> read("a: 1\\na: 2", "x.yml")
    Traceback (most recent call last):
    ...
    cleaner.errors.FileProblems: x.yml:2:1: key “a” stands twice (first on line 1)
    """
    if len(text) > MAX_BYTES:
        raise FileProblems([Problem(Where(name), f"the file is larger than {MAX_BYTES:,} characters")])
    import yaml

    problems: list[Problem] = []
    try:
        node = _document(iter(_events(text)), name, problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
        said = error.problem or error.context or ""
        line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
        told, way_out = ("a tab", "indent with spaces") if _has_tab(line) else (said, _way_out(said))
        if mark and _UNQUOTED.match(line[: mark.column]):
            way_out = "put the text in quotes"
        problems.append(Problem(where, f"not YAML: {told}", way_out))
        raise FileProblems(problems) from None
    except yaml.YAMLError as error:  # unprintable characters carry no mark
        raise FileProblems([Problem(Where(name), f"not YAML: {' '.join(str(error).split())}")]) from None
    if problems:
        raise FileProblems(problems)
    return node


_WAYS_OUT = {
    "mapping values are not allowed": "put a text with “: ” in it in quotes",
    "tab character": "indent with spaces",
    "'\\t' that cannot start": "indent with spaces",
    "cannot start any token": "put the text in quotes",
    "unknown escape": "write backslashes in 'single quotes'",
    "expected ',' or": "a bracket, a brace or a quotation mark is not closed before here",
    "end of stream": "a bracket, a brace or a quotation mark is not closed",
    "could not find expected ':'": "a key needs a colon, and what follows it more indentation",
    "expected <block end>": "the indentation differs from that of the lines before",
}


_UNQUOTED = re.compile(r"\s*(?:- )?[\w-]+:\s+[\[{][^\[\]{}]*[\]}]\s*$")  # message: {found} is wrong


def _has_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def _way_out(said: str) -> str:
    """What a person can do about a mistake that the YAML parser tells of in its own words."""
    return next((way for words, way in _WAYS_OUT.items() if words in said), "")


def plain(node: Node) -> Plain:
    """Nothing but str, list and dict.

    >>> plain(read("{tag: no, scripts: [Latn]}", "x.yml"))
    {'tag': 'no', 'scripts': ['Latn']}
    """
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(value) for value in node.values]
        case Keys():
            return {key: plain(value) for key, value in node.values.items()}


def places(node: Node, name: str, keys: tuple[str, ...], *, is_inside: bool = False) -> Iterator[Where]:
    """Where a name stands as a value or a key, under one of some keys.

    >>> [str(where) for where in places(read("ignore: [a, b]", "x.yml"), "b", ("ignore",))]
    ['x.yml:1:13']
    """
    match node:
        case Scalar(value=value) if is_inside and value == name:
            yield node.where
        case Items():
            for item in node.values:
                yield from places(item, name, keys, is_inside=is_inside)
        case Keys():
            for key, inner in node.values.items():
                if is_inside and key == name:
                    yield node.places[key]
                yield from places(inner, name, keys, is_inside=is_inside or key in keys)
        case _:
            pass


def data(text: str, name: str) -> Plain:
    """What `plain(read(text, name))` gives, for data of our own: remembered by content between runs.

    >>> data("{tag: no, scripts: [Latn]}", "x.yml")
    {'tag': 'no', 'scripts': ['Latn']}
    """
    key = f"yaml as json {sha256(text.encode('utf-8')).hexdigest()}"
    kept = cache.recall(key)
    if kept is not None:
        return cast("Plain", json.loads(kept))
    value = plain(read(text, name))
    cache.keep(key, json.dumps(value, ensure_ascii=False))
    return value


def from_plain(value: object, where: Where, *, depth: int = 0) -> Node:
    """The node of a value that came from somewhere without marks (TOML, JSON, a command line).

    Raises FileProblems when it is nested as deeply as `read` would not bear either.
    """
    if depth > MAX_DEPTH:
        raise FileProblems([Problem(where, f"nested deeper than {MAX_DEPTH} levels")])
    match value:
        case dict():
            entries = {str(key): from_plain(item, where, depth=depth + 1) for key, item in value.items()}
            return Keys(entries, dict.fromkeys(entries, where), where)
        case list() | tuple():
            return Items(tuple(from_plain(item, where, depth=depth + 1) for item in value), where)
        case bool():
            return Scalar(str(value).lower(), where)
        case _:
            try:
                return Scalar(str(value), where, quoted=isinstance(value, str))
            except ValueError:  # Python writes no number of more than 4,300 digits
                raise FileProblems([Problem(where, "a number of thousands of digits")]) from None


def _events(text: str) -> Iterator[yaml.Event]:
    """The events up to the end of the stream; `yaml.parse` asks twice for each and takes twice as long."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        event = loader.get_event()
        while event is not None and not isinstance(event, yaml.StreamEndEvent):
            yield event
            event = loader.get_event()
    finally:
        loader.dispose()


def _document(events: Iterator[yaml.Event], name: str, problems: list[Problem]) -> Node:
    """Build the nodes with an explicit stack, so that depth is bounded by us and not by Python."""
    import yaml

    root: list[Node] = []
    stack: list[_Open] = []
    documents = 0

    def add(node: Node) -> None:
        if stack:
            stack[-1].add(node, problems)
        else:
            root.append(node)

    for event in events:
        if isinstance(event, yaml.events.CollectionEndEvent):
            add(stack.pop().close())
            continue
        mark = event.start_mark
        where = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
        match event:
            case yaml.ScalarEvent():  # by far the most
                if event.anchor or event.tag:
                    _refuse_node(event, where, problems)
                add(Scalar(event.value, where, bool(event.style)))
            case yaml.DocumentStartEvent():
                documents += 1
                if documents == 2:
                    problems.append(Problem(where, "a second document", "one document a file"))
            case yaml.AliasEvent():
                problems.append(Problem(where, f"alias *{event.anchor}", "write the value again"))
                add(Scalar("", where))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                _refuse_node(event, where, problems)
                if len(stack) == MAX_DEPTH:
                    problems.append(Problem(where, f"nested deeper than {MAX_DEPTH} levels"))
                    raise FileProblems(problems)
                stack.append(_Open(where, isinstance(event, yaml.MappingStartEvent)))
    return root[0] if root else Keys({}, {}, Where(name, 1, 1))


def _refuse_node(event: yaml.NodeEvent, where: Where, problems: list[Problem]) -> None:
    if event.anchor:
        problems.append(Problem(where, f"anchor &{event.anchor}", "write the value where it is needed"))
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        problems.append(Problem(where, f"tag {tag}", "values are plain text, lists and mappings"))


class _Open:
    """A list or mapping that is still being read."""

    def __init__(self, where: Where, mapping: bool) -> None:
        self.where = where
        self.mapping = mapping
        self.values: list[Node] = []
        self.entries: dict[str, Node] = {}
        self.places: dict[str, Where] = {}
        self.key: Scalar | None = None

    def add(self, node: Node, problems: list[Problem]) -> None:
        if not self.mapping:
            self.values.append(node)
        elif self.key is None:
            if isinstance(node, Scalar):
                self.key = node
            else:
                problems.append(Problem(node.where, "a key must be a plain text"))
                self.key = Scalar("", node.where)
        else:
            key, self.key = self.key, None
            if key.value in self.entries:
                first = self.places[key.value].line
                problems.append(Problem(key.where, f"key “{key.value}” stands twice (first on line {first})"))
            self.entries[key.value] = node
            self.places.setdefault(key.value, key.where)

    def close(self) -> Node:
        if self.mapping:
            return Keys(self.entries, self.places, self.where)
        return Items(tuple(self.values), self.where)
