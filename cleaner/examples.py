"""A rule's examples as tests: run by the test suite, by `cleaner rules test`, shown by `rules show`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner import engine, fixing, formats
from cleaner.model import Document, Facts, Safety
from cleaner.ruleset.schema import Bad, Good, Rule
from cleaner.ruleset.selection import Active, compiled


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule. `id` reads as a sentence: "quotes/unpaired fires in fr: Il dit …"."""

    rule: Rule
    example: Bad | Good

    @property
    def id(self) -> str:
        verb = "fires" if isinstance(self.example, Bad) else "is silent"
        text = " ".join(self.example.text.split())
        short = text if len(text) <= 50 else text[:49] + "…"
        return f"{self.rule.id} {verb} in {self.example.lang}: {short}"


def cases(rules: Iterable[Rule]) -> Iterator[Case]:
    """Every example of every rule."""
    for rule in rules:
        yield from (Case(rule, bad) for bad in rule.examples.bad)
        yield from (Case(rule, good) for good in rule.examples.good)


def failures(case: Case) -> list[str]:
    """What is wrong with an example, [] when it holds.

    A bad text must give the findings that it quotes, in order; repaired with everything short of
    manual it must become `fixed` (or stay as it is, when there is none), and a second repair must
    change nothing. A good text must give no finding.
    """
    example = case.example
    active = (Active(case.rule, compiled(case.rule), case.rule.severity),)
    document = formats.split(
        Document(
            "example", example.text, lang=example.lang, source_lang=example.source, original=example.original
        )
    )
    known = engine.facts(document)

    def find(now: Document) -> engine.Found:
        return engine.find(now, active, known)

    found = find(document)
    if found.timeouts:
        return ["the rule took too long"]
    matches = [finding.match for finding in found.findings]
    if isinstance(example, Good):
        return [f"should be silent because {example.because}; found {_quoted(matches)}"] if matches else []
    if matches != list(example.finds):
        return [f"expected {_quoted(example.finds)}, found {_quoted(matches)}"]
    wanted = example.text if example.fixed is None else example.fixed
    once = fixing.clean(document, find, Safety.UNSAFE).document
    if once.text != wanted:
        return [f"expected the repair {wanted!r}, got {once.text!r}"]
    twice = fixing.clean(once, find, Safety.UNSAFE).document
    return [f"a second repair changes it again: {twice.text!r}"] if twice.text != once.text else []


def timings(rules: Iterable[Rule], texts: Sequence[tuple[str, str]]) -> Iterator[tuple[float, Rule]]:
    """Milliseconds that each rule takes for a megabyte (UTF-8) of `texts`, which are (language, text)."""
    documents = [formats.split(Document("bench", text, lang=lang)) for lang, text in texts]
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for _, text in texts) / 1e6
    for rule in rules:
        active = (Active(rule, compiled(rule), rule.severity),)
        runs = []
        for _ in range(3):
            started = time.perf_counter()
            for document in documents:
                engine.find(document, active, Facts())
            runs.append(time.perf_counter() - started)
        yield min(runs) * 1000 / megabytes, rule


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "nothing"
