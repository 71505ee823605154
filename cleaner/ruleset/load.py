"""Reading rule files: a folder of YAML → rules, with every mistake of every file at once.

The path is the id: `rules/quotes/unpaired.yml` is `quotes/unpaired`. The folder `profiles/` holds
profiles, not rules.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from cleaner import cache, files
from cleaner.errors import FileProblems, InputError, Problem, RuleError, UsageError, Where, nearest
from cleaner.fields import bind, setting
from cleaner.hashing import sha256
from cleaner.ruleset import packed
from cleaner.ruleset.schema import Rule, build
from cleaner.values import dataclass
from cleaner.version import __version__
from cleaner.yamlio import Keys, Node, Scalar, data, from_plain, read

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")
_LARGEST = 4_000_000  # bytes of a rule file; one of more than a million characters is refused anyway
_MERGED = ("params", "applies")  # a rule that extends another adds to these key by key


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of rules."""

    title: str = setting("what it is for")
    why: str = setting("why these rules and no others, for a person who chooses")
    extends: str | None = setting("another profile to start from", None)
    select: tuple[str, ...] = setting("rule ids, families or ALL", ())
    ignore: tuple[str, ...] = setting("rule ids or families that are off unless asked for by id", ())


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules by id, in the order of their ids; `digest` names their exact content.

    `house` are the ids of those that are not ours, or that change ours.
    """

    rules: Mapping[str, Rule]
    digest: str
    house: tuple[str, ...] = ()

    def get(self, id: str) -> Rule:
        """The rule called `id`. Raises UsageError with the nearest id when there is none."""
        if id not in self.rules:
            raise UsageError(f"there is no rule “{id}”", hint=nearest(id, self.rules))
        return self.rules[id]


def shipped_root() -> Path:
    """The folder of our own rules: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent  # importlib.resources would cost 8 ms of every start
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def is_shipped(id: str) -> bool:
    """Whether we have a rule of this id, whoever changed it."""
    return (shipped_root() / f"{id}.yml").is_file()


def is_ours(rule: Rule) -> bool:
    """Whether a rule is written in our own folder."""
    return shipped_root() in Path(rule.where.file).parents


@functools.cache
def shipped() -> RuleSet:
    """Our own rules; read once a process."""
    return load([])


def load(folders: Iterable[Path], *, with_shipped: bool = True) -> RuleSet:
    """Our rules and those of extra folders; a later folder may extend what came before.

    What was read once is taken from the user's cache as long as no byte of a house's rules changes, and
    no size or time of ours.
    Raises RuleError with every mistake, each with file:line:col and the way out.
    """
    folders = list(folders)
    roots = [*([shipped_root()] if with_shipped else []), *folders]
    house = [_file(root, path) for root in folders for path in rule_files(root)]
    name = f"rules {packed.SHAPE} {__version__} {_digest(house)} {[str(root) for root in roots]}"
    if with_shipped:
        name += f" {cache.edition()} {cache.states(shipped_root())}"

    @functools.cache
    def found_files() -> list[_File]:
        own = shipped_root()
        shipped = [_file(own, path) for path in rule_files(own)] if with_shipped else []
        return [*shipped, *house]

    kept = cache.recall(name)
    if kept is not None:
        read = functools.cache(lambda: _read_all(found_files()))  # only for who wants examples or places
        found = packed.unpack(kept, lambda wanted: read()[0][wanted].node)
        if found is not None:
            return RuleSet(*found)
    rules, own_ids = _read_all(found_files())
    digest = _digest(found_files())
    cache.keep(name, packed.pack(rules.values(), digest, own_ids))
    return RuleSet(rules, digest, own_ids)


@dataclass(frozen=True, slots=True)
class _File:
    """A rule file and what is in it, or why that cannot be had."""

    root: Path
    path: Path
    content: bytes = b""
    trouble: str = ""


def _file(root: Path, path: Path) -> _File:
    try:
        return _File(root, path, files.read(path, limit=_LARGEST))
    except InputError as error:
        return _File(root, path, trouble=str(error).removeprefix(f"{path}: "))


def _digest(files: Iterable[_File]) -> str:
    """A name for the exact content of rule files."""
    digest = sha256()
    for file in files:
        name = os.fsencode(file.path.relative_to(file.root).as_posix())
        digest.update(b"%s\0%d\0%s" % (name, len(file.content), file.content))
    return digest.hexdigest()


def _read_all(files: Iterable[_File]) -> tuple[dict[str, Rule], tuple[str, ...]]:
    """The rules by id, and the ids of those that are not ours. Raises RuleError with every mistake."""
    problems: list[Problem] = []
    nodes: dict[str, Keys] = {}
    rules: dict[str, Rule] = {}
    house: dict[str, None] = {}
    for file in files:
        if file.trouble:
            problems.append(Problem(Where(str(file.path)), file.trouble))
            continue
        is_ours = file.root == shipped_root()
        node = _read(file.path, file.content, problems)
        if node is None:
            continue
        id = rule_id(file.path, file.root, problems)
        node = _extend(id, node, nodes, problems)
        if node is None:
            continue
        nodes[id] = node
        rule = build(id, node, problems, trusted=is_ours)
        if rule is not None:
            rules[id] = rule
        if not is_ours:
            house[id] = None
    if problems:
        raise RuleError(problems)
    return dict(sorted(rules.items())), tuple(house)


def rule_files(root: Path) -> list[Path]:
    """The rule files below a folder, sorted. Raises RuleError when the folder is not there."""
    if root.is_file():
        raise RuleError([Problem(Where(str(root)), "not a folder", f"name the folder: {root.parent.parent}")])
    if not root.is_dir():
        raise RuleError([Problem(Where(str(root)), "no such folder of rules")])
    found = (path for pattern in ("*.yml", "*.yaml") for path in root.rglob(pattern))
    return sorted(path for path in found if path.relative_to(root).parts[0] != "profiles")


def rule_id(path: Path, root: Path, problems: list[Problem]) -> str:
    """The id of the rule in `path`; a name that is no id is added to `problems`."""
    id = path.relative_to(root).with_suffix("").as_posix()
    if not _ID.fullmatch(id):
        hint = "FAMILY/NAME.yml in small Latin letters, digits and hyphens"
        problems.append(Problem(Where(str(path)), f"“{id}” cannot be the id of a rule", hint))
    return id


@functools.cache
def profiles() -> Mapping[str, Profile]:
    """The profiles by name. Raises RuleError when one is broken."""
    problems: list[Problem] = []
    out: dict[str, Profile] = {}
    for path in sorted((shipped_root() / "profiles").glob("*.yml")):
        content = path.read_bytes()
        profile = _remembered_profile(path, content)
        if profile is None:
            node = _read(path, content, problems)
            profile = bind(Profile, node, problems) if node is not None else None
        if profile is not None:
            out[path.stem] = profile
    if problems:
        raise RuleError(problems)
    return out


def _remembered_profile(path: Path, content: bytes) -> Profile | None:
    """The profile that a file says, without places; None when there is a mistake to be told."""
    try:
        node = from_plain(data(content.decode("utf-8"), str(path)), Where(str(path)))
    except (UnicodeDecodeError, FileProblems):
        return None
    return bind(Profile, node, [])


def _read(path: Path, content: bytes, problems: list[Problem]) -> Keys | None:
    try:
        node = read(content.decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(Where(str(path), line, 1), "not UTF-8", "save the file as UTF-8"))
        return None
    except FileProblems as error:
        problems += error.problems
        return None
    if not isinstance(node, Keys):
        problems.append(Problem(node.where, "expected a mapping: title, why, kind …"))
        return None
    return node


def _extend(id: str, node: Keys, known: Mapping[str, Keys], problems: list[Problem]) -> Keys | None:
    parent = node.values.get("extends")
    if parent is None:
        if id in known:
            where = known[id].where
            hint = f"say `extends: {id}` to change it"
            problems.append(Problem(node.where, f"rule “{id}” already exists ({where.file})", hint))
        return node
    if not isinstance(parent, Scalar) or parent.value not in known:
        wanted = parent.value if isinstance(parent, Scalar) else ""
        hint = nearest(wanted, known)
        problems.append(Problem(parent.where, f"there is no rule “{wanted}” to extend", hint))
        return None
    return merge(known[parent.value], node)


def merge(parent: Keys, child: Keys) -> Keys:
    """What `child` says, and what `parent` says where `child` is silent; params and applies key by key."""
    values: dict[str, Node] = dict(parent.values)
    for key, node in child.values.items():
        old = values.get(key)
        if key in _MERGED and isinstance(old, Keys) and isinstance(node, Keys):
            node = Keys({**old.values, **node.values}, {**old.places, **node.places}, node.where)
        if key != "extends":
            values[key] = node
    return Keys(values, {**parent.places, **child.places}, child.where)
