"""Settings: what a person may write in cleaner.yaml or in [tool.cleaner] of pyproject.toml.

For each file the nearest of the two, walking up from it, is taken whole; nothing is merged from
the folders above except through `extend`. In one folder cleaner.yaml wins.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner.errors import ConfigError, FileProblems, InputError, LanguageError, Problem, UsageError, Where
from cleaner.fields import bind, setting
from cleaner.languages import lookup
from cleaner.model import Safety, Severity
from cleaner.text.visible import excerpt
from cleaner.values import dataclass, replace
from cleaner.yamlio import Items, Keys, Node, Scalar, from_plain, places, read

FILE_NAME = "cleaner.yaml"
_LARGEST = 4_000_000  # bytes of settings, also of a pyproject.toml with those of others
_LONG_KEY = rb"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
"""A key of TOML of fifty parts: these take `tomllib` the square of their number."""


@dataclass(frozen=True, slots=True)
class PerRule:
    """What a user changes about a rule or a family."""

    severity: Severity | None = setting("error, warning or info", None)
    safety: Safety | None = setting(
        "the trust in the preferred repair of the rule; the others keep theirs, or get less", None
    )
    prefer: str | None = setting(
        "the repair to make first, by name, as `delete`; one that is only shown is then made as unsafe", None
    )
    params: Node | None = setting("params of the kind; those not named stay as they are", None)


@dataclass(frozen=True, slots=True)
class PerPath:
    """What is different for some files."""

    match: tuple[str, ...] = setting("patterns like archive/**/*.txt, relative to the configuration file")
    lang: str | None = setting("the language of the text", None)
    source_lang: str | None = setting("the language it was translated from", None, key="from")
    select: tuple[str, ...] = setting("rules, families or ALL that are on as well", ())
    ignore: tuple[str, ...] = setting("rules or families that are off", ())
    fields: tuple[str, ...] = setting("what is read of JSON and tables", ())
    allow: tuple[str, ...] = setting("terms that are right as they stand", ())
    per_rule: Mapping[str, PerRule] = setting("changes of single rules or families", None)


@dataclass(frozen=True, slots=True)
class PerLang:
    """What is different for texts in some language."""

    select: tuple[str, ...] = setting("rules, families or ALL that are on as well", ())
    ignore: tuple[str, ...] = setting("rules or families that are off", ())
    per_rule: Mapping[str, PerRule] = setting("changes of single rules or families", None)


_LISTS = (
    "select",
    "extend_select",
    "ignore",
    "extend_ignore",
    "rules",
    "allow",
    "exclude",
    "extend_exclude",
    "fields",
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a run. `root` is the folder that relative paths start from, "" for none.

    >>> Config(lang="en", ignore=("quotes",)).lang
    'en'
    """

    extend: str | None = setting("another configuration file to start from", None)
    profile: str = setting("the choice among our rules to start from", "publish")
    lang: str | None = setting("the language of the texts (BCP 47); detected when not given", None)
    source_lang: str | None = setting("the language they were translated from", None, key="from")
    select: tuple[str, ...] | None = setting("rules, families or ALL, in place of the profile's", None)
    extend_select: tuple[str, ...] = setting("rules or families that are on as well", ())
    ignore: tuple[str, ...] = setting("rules or families that are off", ())
    extend_ignore: tuple[str, ...] = setting("rules or families that are off as well", ())
    rules: tuple[str, ...] = setting("folders of further rules", ())
    rule_tests: bool = setting("test the examples of further rules before they are used", True)
    allow: tuple[str, ...] = setting("terms that are right as they stand", ())
    exclude: tuple[str, ...] = setting("files and folders to leave alone, as in .gitignore", ())
    extend_exclude: tuple[str, ...] = setting("more of them", ())
    respect_gitignore: bool = setting("leave alone what .gitignore, .ignore and .cleanerignore name", True)
    fields: tuple[str, ...] = setting(
        "what is read of JSON (JSON Pointers, * for any) and tables (columns)", ()
    )
    journal: bool = setting("remember what fix writes, so that --undo can take it back", True)
    fail_level: Severity = setting("the severity from which a run fails", Severity.WARNING)
    per_rule: Mapping[str, PerRule] = setting("changes of single rules or families", None)
    per_path: tuple[PerPath, ...] = setting("changes for some files, later ones win", ())
    per_lang: Mapping[str, PerLang] = setting("changes for texts in some language (BCP 47)", None)
    root: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        """Take one name for a list of one, as YAML does: a text is no list of its letters.

        Raises UsageError for a value that cannot be meant.
        """
        for name in _LISTS:
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,))
            elif isinstance(value, (list, set, frozenset)):
                object.__setattr__(self, name, tuple(value))
            elif not isinstance(value, tuple) and (value is not None or name != "select"):
                raise UsageError(f"{name}: expected names, got {type(value).__name__}")
        level: object = self.fail_level
        if level not in list(Severity):
            raise UsageError(f"fail_level: {level!r}", hint="error, warning or info")
        object.__setattr__(self, "fail_level", Severity(str(level)))

    def merged(self, **changes: Any) -> Config:
        """The same with what is given and not None in place: the command line over the file.

        >>> Config(lang="en").merged(lang=None, source_lang="ru").lang
        'en'
        """
        given = {name: value for name, value in changes.items() if value is not None}
        return replace(self, **given)

    def matching(self, path: str) -> tuple[int, ...]:
        """The numbers of the per-path changes that hold for a file."""
        return tuple(
            number
            for number, part in enumerate(self.per_path)
            if any(_matches(path, self.root, pattern) for pattern in part.match)
        )

    def for_path(self, path: str) -> Config:
        """The settings of one file, its per-path changes applied."""
        config = self
        for number in self.matching(path):
            part = self.per_path[number]
            config = replace(
                config,
                lang=part.lang or config.lang,
                source_lang=part.source_lang or config.source_lang,
                extend_select=config.extend_select + part.select,
                extend_ignore=config.extend_ignore + part.ignore,
                allow=config.allow + part.allow,
                fields=part.fields or config.fields,
                per_rule={**(config.per_rule or {}), **(part.per_rule or {})},
            )
        return config

    def for_lang(self, tag: str) -> Config:
        """The settings of texts in one language: `de` holds for `de-CH` as well, where `de-CH` wins.

        A variety of which we know nothing of its own is its language: `pt-BR` is `pt`. Raises
        LanguageError for a language that nobody knows.

        >>> Config(per_lang={"de": PerLang(ignore=("quotes",))}).for_lang("de-CH").extend_ignore
        ('quotes',)
        """
        config, wanted = self, lookup(tag).tag
        for name, part in sorted((self.per_lang or {}).items(), key=lambda item: len(item[0])):
            known = lookup(name).tag
            if wanted == known or wanted.startswith(known + "-"):
                config = replace(
                    config,
                    extend_select=config.extend_select + part.select,
                    extend_ignore=config.extend_ignore + part.ignore,
                    per_rule={**(config.per_rule or {}), **(part.per_rule or {})},
                )
        return config

    def rule_folders(self) -> tuple[Path, ...]:
        """The folders of further rules as paths that do not depend on where one stands."""
        return tuple(Path(self.root, folder) for folder in self.rules)


def discover(path: Path) -> Path | None:
    """The nearest configuration file, walking up from the folder of `path`; None when there is none."""
    start = path if path.is_dir() else path.parent
    return _discover(start.resolve())


@functools.cache
def _discover(folder: Path) -> Path | None:
    for name in (FILE_NAME, "pyproject.toml"):
        candidate = folder / name
        if candidate.is_file() and (name == FILE_NAME or _table(candidate) is not None):
            return candidate
    return None if folder.parent == folder else _discover(folder.parent)


@functools.cache
def load(path: Path) -> Config:
    """The settings in `path`.

    Raises ConfigError with every mistake, InputError when the file cannot be read.
    """
    problems: list[Problem] = []
    config = _load(path, problems, ())
    if problems or config is None:
        raise ConfigError(problems)
    return config


def _load(path: Path, problems: list[Problem], seen: tuple[Path, ...]) -> Config | None:
    where = Where(str(path))
    if path in seen:
        problems.append(Problem(where, "extends itself"))
        return None
    node = _node(path, problems)
    if node is None:
        return None
    parent = node.values.get("extend")
    if parent is not None and hasattr(parent, "value"):
        try:
            base_path = (path.parent / parent.value).resolve()
        except (ValueError, OSError, RuntimeError) as error:  # a NUL, a loop of links
            problems.append(Problem(parent.where, f"“extend”: {excerpt(parent.value)} is no path: {error}"))
            return None
        if not base_path.is_file():
            problems.append(Problem(parent.where, f"there is no file {base_path}"))
            return None
        base = _node(base_path, problems) if base_path not in seen else None
        if base_path in (*seen, path):
            problems.append(Problem(parent.where, f"{parent.value} extends this file again"))
            return None
        if base is not None:
            _load(base_path, problems, (*seen, path))  # report its mistakes in its own words
            node = Keys({**base.values, **node.values}, {**base.places, **node.places}, node.where)
    config = bind(Config, node, problems)
    _check_languages(node, problems)
    _check_folders(node, problems)
    _say_how_to_turn_off(node, problems)
    if config is None:
        return None
    return replace(config, root=str(path.parent), origin=str(path))


def where_said(config: Config, name: str, keys: tuple[str, ...]) -> Where | None:
    """Where the file of some settings names a rule, a profile …, under one of some keys; None where it does not."""
    path = Path(config.origin) if config.origin else None
    while path is not None and path.is_file():
        node = _node(path, [])
        found = next(places(node, name, keys), None) if node else None
        parent = node.values.get("extend") if node else None
        if found or not isinstance(parent, Scalar):
            return found
        path = (path.parent / parent.value).resolve()
    return None


def _say_how_to_turn_off(node: Keys, problems: list[Problem]) -> None:
    """Who writes `per-rule: {quotes: off}` is told how to say it."""
    rules = node.values.get("per-rule")
    for name, said in rules.values.items() if isinstance(rules, Keys) else ():
        for number, problem in enumerate(problems):
            if isinstance(said, Scalar) and problem.where == said.where:
                hint = f"to turn it off: ignore: [{name}]"
                problems[number] = replace(
                    problem, message=f"“per-rule.{name}”: {problem.message}", hint=hint
                )


def _check_languages(node: Keys, problems: list[Problem]) -> None:
    """Say where a language stands that we know nothing of, also in the changes for some files."""
    for tag in _languages(node):
        try:
            lookup(tag.value)
        except LanguageError as error:
            problems.append(Problem(tag.where, error.message, error.hint))


def _check_folders(node: Keys, problems: list[Problem]) -> None:
    """Say where a folder of rules cannot be one on any system."""
    folders = node.values.get("rules")
    for folder in folders.values if isinstance(folders, Items) else (folders,):
        if isinstance(folder, Scalar) and "\0" in folder.value:
            problems.append(Problem(folder.where, f"“rules”: {excerpt(folder.value)} is no path"))


def _languages(node: Keys) -> Iterator[Scalar]:
    parts, languages = node.values.get("per-path"), node.values.get("per-lang")
    for keys in (node, *(parts.values if isinstance(parts, Items) else (parts,))):
        for key in ("lang", "from"):
            value = keys.values.get(key) if isinstance(keys, Keys) else None
            if isinstance(value, Scalar) and value.value:
                yield value
    if isinstance(languages, Keys):
        yield from (Scalar(tag, languages.places[tag]) for tag in languages.values)


def _node(path: Path, problems: list[Problem]) -> Keys | None:
    if path.suffix == ".toml":
        try:
            table = _table(path)
            return Keys({}, {}, Where(str(path))) if table is None else _as_keys(table, path)
        except FileProblems as error:
            problems += error.problems
            return None
    try:
        node = read(_bytes(path).decode("utf-8"), str(path))
    except FileProblems as error:
        problems += error.problems
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    if not isinstance(node, Keys):
        problems.append(Problem(node.where, "expected a mapping of settings"))
        return None
    return node


def _as_keys(table: Mapping[str, Any], path: Path) -> Keys:
    node = from_plain(table, Where(str(path)))
    assert isinstance(node, Keys)
    return node


def _table(path: Path) -> Mapping[str, Any] | None:
    """[tool.cleaner], or None.

    Raises ConfigError for a file that is no pyproject.toml at all. One with a slip that does not speak
    of us is somebody else's to report; where it does, settings would be lost without a word.
    """
    try:
        data = _bytes(path)
    except OSError:
        return None
    import tomllib

    try:
        if re.search(_LONG_KEY, data):
            raise ValueError("a key of fifty parts")
        tools = tomllib.loads(data.decode("utf-8")).get("tool", {})
        if not isinstance(tools, dict):
            raise ConfigError([Problem(Where(str(path)), "“tool” is no table", "write [tool.cleaner]")])
        found = tools.get("cleaner")
        if found is not None and not isinstance(found, dict):
            raise ConfigError([Problem(Where(str(path)), "“tool.cleaner” is no table")])
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}, as TOML must be"
        raise ConfigError([Problem(Where(str(path)), message)]) from None
    except (ValueError, RecursionError) as error:  # ValueError: a number of thousands of digits, too
        if b"tool.cleaner" not in data:
            return None
        raise ConfigError([Problem(Where(str(path)), f"no TOML: {error}")]) from None
    return found


def _bytes(path: Path) -> bytes:
    """What is in a file of settings. Raises OSError, and ConfigError when it is too large to be one."""
    if path.stat().st_size > _LARGEST:
        raise ConfigError([Problem(Where(str(path)), f"the file is larger than {_LARGEST:,} bytes")])
    return path.read_bytes()


def from_mapping(values: Mapping[str, Any], origin: str = "config") -> Config:
    """The settings of a mapping with the keys of cleaner.yaml.

    >>> from_mapping({"lang": "en", "from": "ru"}).source_lang
    'ru'
    """
    problems: list[Problem] = []
    node = from_plain(values, Where(origin))
    config = bind(Config, node, problems)
    if config is None:
        raise ConfigError(problems)
    return config


def _matches(path: str, root: str, pattern: str) -> bool:
    relative = PurePosixPath(path)
    if root:
        try:
            relative = PurePosixPath(Path(path).resolve().relative_to(Path(root).resolve()).as_posix())
        except ValueError:
            return False
    return _glob(pattern).fullmatch(str(relative)) is not None


@functools.cache
def _glob(pattern: str) -> Any:
    """`**` stands for any folders, `*` and `?` stay inside one; a bare name matches anywhere."""
    if "/" not in pattern:
        pattern = "**/" + pattern
    parts = re.split(r"(/\*\*/|\*\*/|\*\*|\*|\?)", pattern)
    known = {"/**/": "/(?:.*/)?", "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    written = "".join(known.get(part, re.escape(part)) for part in parts)
    if written.count("*") < 3:
        return re.compile(written, re.DOTALL)
    from cleaner.limited import Budget

    return Budget(written, pattern, Where("per-path"), flags=re.DOTALL)
