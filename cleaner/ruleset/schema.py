"""What a rule file may say: the fields of a rule, and the rule that comes of them."""

from __future__ import annotations

import dataclasses
import re
import string
from dataclasses import dataclass
from typing import Any, Literal

from cleaner import detectors
from cleaner.errors import Problem, UsageError, Where, nearest
from cleaner.fields import bind, setting
from cleaner.model import Role, Safety, Severity
from cleaner.yamlio import Items, Keys, Node, Scalar

_DRAFT = re.compile(r"\bTODO(?: |$)")

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

    def __post_init__(self) -> None:
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


@dataclass(frozen=True, slots=True)
class Good:
    """A text in which the rule must stay silent."""

    text: str = setting("a sound text that looks like the defect")
    lang: str = setting("the language of the text")
    because: str = setting("why it is sound")
    source: str | None = setting("the language it was translated from", None)
    original: str | None = setting("the text it was translated from", None)


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
    examples: Examples = setting("texts that prove the rule")
    params: Node | None = setting("what the detector looks for; each kind has its own", None)
    applies: Applies = setting("where the rule applies", Applies())
    fix: tuple[FixRule, ...] = setting("repairs, the preferred one first", ())
    references: tuple[str, ...] = setting("where the facts come from", ())
    tags: tuple[str, ...] = setting("words to find the rule by", ())
    since: str = setting("the version that brought the rule", "")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule, checked: `params` is an instance of the Params of its kind.

    Rules are compared by identity, so that what is compiled for one can be remembered.
    """

    id: str
    title: str
    why: str
    kind: str
    params: Any
    applies: Applies
    severity: Severity
    message: str
    fix: tuple[FixRule, ...]
    examples: Examples
    references: tuple[str, ...]
    tags: tuple[str, ...]
    since: str
    where: Where
    node: Keys

    @property
    def family(self) -> str:
        """The folder: "quotes" of "quotes/unpaired"."""
        return self.id.partition("/")[0]


def build(id: str, node: Keys, problems: list[Problem]) -> Rule | None:
    """The rule that `node` describes, or None after adding every mistake to `problems`."""
    before = len(problems)
    written = bind(RuleFile, node, problems)
    params = _params(node, problems)
    if written is None or len(problems) > before:
        return None
    kind = detectors.kind(written.kind)
    _check_drafts(node, problems)
    _check_message(written, kind, node, problems)
    _check_fix(written, kind, node, problems)
    if len(problems) > before:
        return None
    values = {f.name: getattr(written, f.name) for f in dataclasses.fields(written)}
    return Rule(**{**values, "params": params}, id=id, where=node.where, node=node)


def _params(node: Keys, problems: list[Problem]) -> Any:
    name = node.values.get("kind")
    if name is None or not hasattr(name, "value"):
        return None
    try:
        kind = detectors.kind(name.value)
    except UsageError as error:
        problems.append(Problem(name.where, error.message, error.hint))
        return None
    return bind(kind.Params, node.values.get("params") or Keys({}, {}, node.where), problems)


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


def _check_message(written: RuleFile, kind: detectors.Kind, node: Keys, problems: list[Problem]) -> None:
    where = node.values["message"].where
    known = {**COMMON_DETAILS, **kind.DETAILS}
    try:
        names = [name for _, name, spec, _ in string.Formatter().parse(written.message) if name is not None]
    except ValueError as error:
        problems.append(Problem(where, f"“message”: {error}", "write {{ for a brace"))
        return
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"known: {', '.join(known)}"
            problems.append(Problem(where, f"“message”: nothing is called {{{name}}}", hint))


def _check_fix(written: RuleFile, kind: detectors.Kind, node: Keys, problems: list[Problem]) -> None:
    for fix in written.fix:
        if fix.do not in kind.ACTIONS:
            hint = nearest(fix.do, kind.ACTIONS) or f"{written.kind} can {', '.join(kind.ACTIONS)}"
            problems.append(Problem(node.values["fix"].where, f"“fix”: unknown action “{fix.do}”", hint))
