"""What a rule file may say: the fields of a rule, and the rule that comes of them."""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeVar

from cleaner import detectors
from cleaner.errors import LanguageError, Problem, RuleError, UsageError, Where, nearest
from cleaner.fields import bind, setting
from cleaner.languages import lookup
from cleaner.model import Invariant, Role, Safety, Severity
from cleaner.values import dataclass, fields, replace
from cleaner.yamlio import Items, Keys, Node, Scalar

T = TypeVar("T")
_FEWEST_WORDS = 3  # of `why`
_BY_LANGUAGE = ("phrases", "words")  # params whose keys are languages
_DRAFT = re.compile(r"\bTODO(?: |$)")
REPAIRABLE = tuple(Invariant)[:7]  # what a rule may say that its repair changes

COMMON_DETAILS = {
    "found": "the text that was found",
    "language": "the name of the language that the text should be in",
    "source_language": "the name of the language that it was translated from, or “source”",
}


@dataclass(frozen=True, slots=True)
class FixRule:
    """One repair of the kind that the rule trusts, and how far."""

    do: str = setting("what the repair does; each kind has its own list")
    safety: Safety = setting("safe: applied by default · unsafe: only on request · manual: only shown")
    because: str = setting("why it is not safe", "")
    changes: tuple[Invariant, ...] = setting(
        "what the repair may change: digits, urls, e-mails, placeholders, handles, markup, letters", ()
    )

    def __post_init__(self) -> None:
        never = [kind for kind in self.changes if kind not in REPAIRABLE]
        if never:
            raise ValueError(f"“changes”: no repair changes {never[0]}; it may name {', '.join(REPAIRABLE)}")
        if self.safety is not Safety.SAFE and not self.because:
            raise ValueError(f"“because” is missing: say why “{self.do}” is {self.safety}")


@dataclass(frozen=True, slots=True)
class Applies:
    """Where a rule applies; what is left out does not restrict."""

    lang: tuple[str, ...] = setting("languages of the text (BCP 47); `de` includes `de-CH`", ())
    not_lang: tuple[str, ...] = setting("languages that are exempt", ())
    source: tuple[str, ...] = setting("languages it was translated from", ())
    formats: tuple[str, ...] = setting("formats of the file", ())
    not_formats: tuple[str, ...] = setting("formats that are exempt", ())
    roles: tuple[Role, ...] = setting("what the text is in its file", ())
    scope: Literal["segment", "document"] = setting("what the rule reads at once", "segment")


@dataclass(frozen=True, slots=True)
class Bad:
    """A text in which the rule must fire."""

    text: str = setting("a text with the defect")
    finds: tuple[str, ...] = setting("the texts that are found, in order")
    lang: str = setting("the language of the text")
    source: str | None = setting("the language it was translated from", None)
    original: str | None = setting("the text it was translated from", None)
    fixed: str | None = setting("the text after the preferred repairs, the unsafe ones included", None)
    because: str = setting("what is special about this example", "")
    format: str = setting("the format of the text", "plain")


@dataclass(frozen=True, slots=True)
class Good:
    """A text in which the rule must stay silent."""

    text: str = setting("a sound text that looks like the defect")
    lang: str = setting("the language of the text")
    because: str = setting("why it is sound")
    source: str | None = setting("the language it was translated from", None)
    original: str | None = setting("the text it was translated from", None)
    format: str = setting("the format of the text", "plain")
    reported_by: tuple[str, ...] = setting("other rules that rightly find something in it", ())


@dataclass(frozen=True, slots=True)
class Examples:
    """The tests, the documentation and the proof of a rule."""

    bad: tuple[Bad, ...] = setting("texts in which the rule must fire")
    good: tuple[Good, ...] = setting("texts in which it must stay silent")

    def __post_init__(self) -> None:
        if not (self.bad and self.good):
            raise ValueError("a rule needs at least one bad and one good example")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule as it is written."""

    title: str = setting("what is wrong, in a few words")
    why: str = setting("why it matters, for a person who edits news")
    kind: str = setting("the detector")
    severity: Severity = setting("error: a reader would stumble · warning · info")
    message: str = setting("what the user reads; {found} and the details of the kind are filled in")
    examples: Node = setting("texts that prove the rule")
    params: Node | None = setting("what the detector looks for; each kind has its own", None)
    applies: Applies = setting("where the rule applies", Applies())
    fix: tuple[FixRule, ...] = setting("repairs, the preferred one first", ())
    references: tuple[str, ...] = setting("where the facts come from", ())
    tags: tuple[str, ...] = setting("words to find the rule by", ())
    since: str = setting("the version that brought the rule", "")
    extends: str = setting("another rule, of which only the differences are said", "")


_LATER = ("params", "examples")  # read when they are asked for: a run needs few of them
_GONE = "extends"  # what it says has been read by then


@dataclass(frozen=True, slots=True)
class Written:
    """How a rule is written: its params, and its whole file, each when it is asked for.

    `text` are the params as `packed.params_text` has them, "" when nobody has written them so yet.
    """

    read_params: Callable[[], Node]
    read: Callable[[], Keys]
    text: str = ""

    @property
    def params(self) -> Node:
        return self.read_params()

    @classmethod
    def of(cls, node: Keys) -> Written:
        """What is written in a file that was just read."""
        params = node.values.get("params") or Keys({}, {}, node.where)
        return cls(lambda: params, lambda: node)


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule. `params` is an instance of the Params of its kind.

    Rules are compared by identity, so that what is compiled for one can be remembered.
    """

    id: str
    title: str
    why: str
    kind: str
    applies: Applies
    severity: Severity
    message: str
    fix: tuple[FixRule, ...]
    references: tuple[str, ...]
    tags: tuple[str, ...]
    since: str
    written: Written

    @property
    def family(self) -> str:
        """The folder: "quotes" of "quotes/unpaired"."""
        return self.id.partition("/")[0]

    @property
    def node(self) -> Keys:
        """The whole file, examples included."""
        return self.written.read()

    @property
    def where(self) -> Where:
        return self.node.where

    def rewritten(self, node: Keys) -> Rule:
        """The rule with other params or examples; what it says of itself stays."""
        return replace(self, written=Written.of(node))

    @cached_property
    def params(self) -> Any:
        """Raises RuleError when they do not fit the kind."""
        return _bound(detectors.kind(self.kind).Params, self.written.params)

    @cached_property
    def examples(self) -> Examples:
        """Raises RuleError when they are not written as examples are."""
        return _bound(Examples, self.node.values["examples"])


@functools.cache
def compiled(rule: Rule) -> detectors.Detect:
    """The detector of a rule, compiled once. Raises RuleError when its params do not fit."""
    try:
        return detectors.kind(rule.kind).compile(rule.params)
    except ValueError as error:
        raise RuleError([Problem(rule.written.params.where, str(error))]) from None


def build(id: str, node: Keys, problems: list[Problem], *, trusted: bool = False) -> Rule | None:
    """The rule that `node` describes, or None after adding every mistake to `problems`.

    Of a trusted rule (ours: our tests have checked it) nothing is read that a run may not need.
    """
    before = len(problems)
    if not trusted:
        node = _timed(node)
    written = bind(RuleFile, node, problems)
    if not trusted:
        _check(node, problems)
    if written is None or len(problems) > before:
        return None
    names = [field.name for field in fields(written) if field.name not in (*_LATER, _GONE)]
    return Rule(**{name: getattr(written, name) for name in names}, id=id, written=Written.of(node))


def check(rule: Rule, problems: list[Problem]) -> None:
    """Add every mistake of a rule to `problems`, also those that would show when it is used."""
    _check(rule.node, problems)


def _check(node: Keys, problems: list[Problem]) -> None:
    """Every mistake in a rule file, as far as it can be read, that its fields alone do not show."""
    kind, params = _check_params(node, problems)
    _check_drafts(node, problems)
    _check_why(node, problems)
    _check_languages(node, problems)
    if kind is not None:
        _check_message(node, kind, problems)
        _check_fix(node, kind, {} if params is None else _lacking(kind, params), problems)
    if "examples" in node.values:
        bind(Examples, node.values["examples"], problems)


def _timed(node: Keys) -> Keys:
    """A rule with a limit of time: a pattern of somebody else is never given to `re`, which has none."""
    name, params = node.values.get("kind"), node.values.get("params")
    if not (isinstance(name, Scalar) and isinstance(params, Keys) and name.value in detectors.KINDS):
        return node
    for field in fields(detectors.kind(name.value).Params):
        if field.name == "engine":
            said = params.values.get("engine", Scalar(str(field.default), params.where))
            if isinstance(said, Scalar) and said.value == "re":
                engine = Scalar("timed", said.where)
                params = Keys({**params.values, "engine": engine}, params.places, params.where)
                return Keys({**node.values, "params": params}, node.places, node.where)
    return node


def _check_params(node: Keys, problems: list[Problem]) -> tuple[detectors.Kind | None, Any]:
    """The kind and the params, None where they cannot be read or do not compile."""
    name = node.values.get("kind")
    if not isinstance(name, Scalar):
        return None, None
    try:
        kind = detectors.kind(name.value)
    except UsageError as error:
        problems.append(Problem(name.where, error.message, error.hint))
        return None, None
    written = Written.of(node).params
    params = bind(kind.Params, written, problems)
    if params is not None:
        try:
            kind.compile(params)
        except ValueError as error:
            problems.append(Problem(written.where, str(error)))
            return kind, None
    return kind, params


def _lacking(kind: detectors.Kind, params: Any) -> Mapping[str, str]:
    """The repairs that params leave without anything to write, and why."""
    find: Callable[[Any], Mapping[str, str]] | None = getattr(kind, "lacking", None)
    return find(params) if find else {}


def _bound(cls: type[T], node: Node) -> T:
    problems: list[Problem] = []
    value = bind(cls, node, problems)
    if value is None:
        raise RuleError(problems)
    return value


def _check_drafts(node: Node, problems: list[Problem]) -> None:
    """What `rules new` left open must be written before a rule can be used."""
    match node:
        case Keys():
            for value in node.values.values():
                _check_drafts(value, problems)
        case Items():
            for value in node.values:
                _check_drafts(value, problems)
        case Scalar(value=value) if _DRAFT.search(value):
            problems.append(Problem(node.where, "still to be written", value[value.index("TODO") + 5 :]))
        case _:
            pass


def _check_why(node: Keys, problems: list[Problem]) -> None:
    why = node.values.get("why")
    if isinstance(why, Scalar) and len(why.value.split()) < _FEWEST_WORDS and not _DRAFT.search(why.value):
        hint = "say in a sentence why it matters"
        problems.append(Problem(why.where, f"“why”: “{why.value}” is too short", hint))


def _check_languages(node: Keys, problems: list[Problem]) -> None:
    """Tags that are no language, wherever a rule names one: nothing would ever be found there."""
    for tag in _languages(node):
        try:
            lookup(tag.value)
        except LanguageError as error:
            problems.append(Problem(tag.where, error.message, error.hint))


def _languages(node: Keys) -> Iterator[Scalar]:
    """The language tags of a rule file: in `applies`, as keys of lists by language, in examples."""
    applies, params, examples = (node.values.get(key) for key in ("applies", "params", "examples"))
    for where in (applies, *_all(examples, "bad"), *_all(examples, "good")):
        for key in ("lang", "not-lang", "source"):
            yield from (tag for tag in _all(where, key) if isinstance(tag, Scalar) and tag.value)
    for key in _BY_LANGUAGE:
        for listed in _all(params, key):
            if isinstance(listed, Keys):
                yield from (Scalar(tag, listed.places[tag]) for tag in listed.values if tag != "any")


def _all(node: Node | None, key: str) -> Sequence[Node]:
    """What stands under a key: the items of a list, or the one value."""
    found = node.values.get(key) if isinstance(node, Keys) else None
    return () if found is None else found.values if isinstance(found, Items) else (found,)


def _check_message(node: Keys, kind: detectors.Kind, problems: list[Problem]) -> None:
    message = node.values.get("message")
    if not isinstance(message, Scalar):
        return
    where = message.where
    known = {**COMMON_DETAILS, **kind.DETAILS}
    try:
        parts = [part for part in string.Formatter().parse(message.value) if part[1] is not None]
    except ValueError as error:
        problems.append(Problem(where, f"“message”: {error}", "write {{ for a brace"))
        return
    for _, field_name, spec, conversion in parts:
        name = field_name or ""
        if spec or conversion:
            problems.append(Problem(where, f"“message”: {{{name}}} takes no format and no conversion"))
        if name not in known:
            hint = nearest(name, known) or f"known: {', '.join(known)}"
            problems.append(Problem(where, f"“message”: nothing is called {{{name}}}", hint))


def _check_fix(node: Keys, kind: detectors.Kind, lacking: Mapping[str, str], problems: list[Problem]) -> None:
    for fix in _all(node, "fix"):
        do = fix.values.get("do") if isinstance(fix, Keys) else None
        if isinstance(do, Scalar) and do.value not in kind.ACTIONS:
            hint = nearest(do.value, kind.ACTIONS) or f"this kind can {', '.join(kind.ACTIONS) or 'nothing'}"
            problems.append(Problem(fix.where, f"“fix”: unknown action “{do.value}”", hint))
        elif isinstance(do, Scalar) and do.value in lacking:
            problems.append(Problem(fix.where, f"“fix”: nothing to {do.value}: {lacking[do.value]}"))
