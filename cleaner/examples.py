"""A rule's examples as tests: run by the test suite, by `cleaner rules test`, and before a house's own
rules are used.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from cleaner import engine, fixing, formats
from cleaner.errors import Where
from cleaner.languages import Language
from cleaner.model import Document, Facts, Finding, Safety, Skipped
from cleaner.ruleset.schema import Bad, Good, Rule
from cleaner.ruleset.selection import Active
from cleaner.text.quoted import quoted
from cleaner.values import dataclass, replace
from cleaner.yamlio import Items, Node

_BREAKS = 8  # places at which a found text is broken off
_LONG = 2000  # characters


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule. `id` reads as a sentence: "quotes/unpaired fires in fr: Il dit …"."""

    rule: Rule
    example: Bad | Good
    where: Where = Where("")

    @property
    def id(self) -> str:
        verb = "fires" if isinstance(self.example, Bad) else "is silent"
        text = " ".join(self.example.text.split())
        short = text if len(text) <= 50 else text[:49] + "…"
        return f"{self.rule.id} {verb} in {self.example.lang}: {short}"


def cases(rules: Iterable[Rule]) -> Iterator[Case]:
    """Every example of every rule, with its place in the file of the rule."""
    for rule in rules:
        yield from map(Case, repeat(rule), rule.examples.bad, _places(rule, "bad"))
        yield from map(Case, repeat(rule), rule.examples.good, _places(rule, "good"))


def _places(rule: Rule, side: str) -> list[Where]:
    written: Node = rule.node.values["examples"].values[side]  # type: ignore[union-attr, call-overload]
    return [node.where for node in written.values] if isinstance(written, Items) else [written.where]


def failures(case: Case) -> list[str]:
    """What is wrong with an example, [] when it holds.

    A bad text must give the findings that it quotes, in order; repaired with everything short of
    manual it must become `fixed` (or stay as it is, when there is none), and a second repair must
    change nothing. A good text must give no finding.
    """
    example = case.example
    document = document_of(example)
    known, rules = engine.facts(document), only(case.rule)

    def find(now: Document) -> engine.Found:
        return engine.find(now, rules, known)

    found = find(document)
    if found.timeouts:
        return ["the rule took too long on this text: its pattern tries too many ways, as (a+)+ does"]
    matches = [finding.match for finding in found.findings]
    if isinstance(example, Good):
        return [f"should be silent because {example.because}; found {_quoted(matches)}"] if matches else []
    if matches != list(example.finds):
        return [f"expected {_quoted(example.finds)}, found {_quoted(matches)}"]
    wanted = example.text if example.fixed is None else example.fixed
    done = fixing.clean(document, find, Safety.UNSAFE)
    once = done.document
    if once.text != wanted and example.fixed is None:
        return [f"the repair makes {once.text!r} of it; say so: fixed: {quoted(once.text)}"]
    if once.text != wanted:
        why = "".join(map(_refused, done.skipped))
        return [f"expected the repair {wanted!r}, got {once.text!r}{why}"]
    twice = fixing.clean(once, find, Safety.UNSAFE).document
    return [f"a second repair changes it again: {twice.text!r}"] if twice.text != once.text else []


def _refused(skipped: Skipped) -> str:
    return f"; the repair of “{skipped.finding.match}” was not made: {skipped.reason}"


def document_of(example: Bad | Good) -> Document:
    """The document that an example is."""
    return formats.split(
        Document(
            "example",
            example.text,
            example.format,
            lang=example.lang,
            source_lang=example.source,
            original=example.original,
        )
    )


def only(*rules: Rule) -> engine.Choose:
    """Nothing but these rules, in every language."""
    active = tuple(Active(rule, rule.severity) for rule in rules)
    return lambda _: active


def crossfire(
    tested: Iterable[Rule], known: Iterable[Rule], rules: engine.Choose
) -> Iterator[tuple[Case, Finding]]:
    """Findings of a rule in a text that another rule calls good and does not say is reported by it.

    Looked at are the good examples of the `tested` rules with all `rules`, and those of all `known`
    rules with the tested ones.
    """
    ids = {rule.id for rule in tested}

    def those_tested(language: Language) -> tuple[Active, ...]:
        return tuple(active for active in rules(language) if active.id in ids)

    for case in cases(known):
        if isinstance(case.example, Good):
            document = document_of(case.example)
            choose = rules if case.rule.id in ids else those_tested
            for finding in engine.find(document, choose, engine.facts(document)).findings:
                if finding.rule not in (case.rule.id, *case.example.reported_by):
                    yield case, finding


def hostile_text(rule: Rule) -> str | None:
    """A text on which a rule takes too long, made of what its bad examples find; None when none is known.

    What is found is broken off after one of its first characters and that one written again and again: a
    pattern that can read the same run in many ways, as (a+)+ can, tries them all.
    """
    for bad in rule.examples.bad:
        for found in bad.finds:
            for size in range(1, min(len(found), _BREAKS) + 1):
                text = found[:size] + found[size - 1] * _LONG
                document = document_of(replace(bad, text=text, format="plain"))
                if engine.find(document, only(rule), Facts(), gates=False).timeouts:
                    return text
    return None


def timings(rules: Iterable[Rule], texts: Sequence[tuple[str, str]]) -> Iterator[tuple[float, Rule]]:
    """Milliseconds that each rule takes for a megabyte (UTF-8) of `texts`, which are (language, text)."""
    documents = [formats.split(Document("bench", text, lang=lang)) for lang, text in texts]
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for _, text in texts) / 1e6
    for rule in rules:
        alone = only(rule)
        runs = []
        for _ in range(3):
            started = time.perf_counter()
            for document in documents:
                engine.find(document, alone, Facts())
            runs.append(time.perf_counter() - started)
        yield min(runs) * 1000 / megabytes, rule


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "nothing"
