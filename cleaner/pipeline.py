"""Settings → the whole way of a document: split, find, clean, with rules that are compiled once."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Collection

from cleaner import engine, formats, suppress
from cleaner.config import Config
from cleaner.languages import Language, lookup
from cleaner.model import Document, Encoding, Facts, Finding, Safety, Silenced, Skipped
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import Active, built_in, chosen, rules_for, select_by_language
from cleaner.suppress.sidecar import Sidecar
from cleaner.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a document gives: what is reported, what is suppressed, which rules took too long."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...] = ()
    timeouts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """A document after repair, as `fixing.Cleaned`, with what is suppressed in it set apart."""

    document: Document
    applied: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...] = ()
    timeouts: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()


class Pipeline:
    """Rules chosen and compiled, ready to be used on many documents."""

    __slots__ = ("_allow", "_facts", "_policy", "_rules", "config")

    def __init__(self, config: Config | None = None) -> None:
        """Raises RuleError, ConfigError or UsageError when the rules cannot be used.

        The examples of rules that are not ours are tested first, unless the settings say not to.
        """
        self.config = config or Config()
        self._rules = select_by_language(self.config)
        if self.config.rules and self.config.rule_tests:
            from cleaner import proof

            proof.prove(rules_for(self.config))
        self._allow = frozenset(self.config.allow)
        self._policy: suppress.Policy | None = None
        self._facts: Facts | None = None

    def within(self, beginning: Document, left_out: Collection[str] = ()) -> Pipeline:
        """The same for the parts of a file, of which `beginning` is the first.

        What a document says of itself stands there. `left_out` are rules that took too long on a part:
        they are left out for the whole file.
        """
        made = object.__new__(Pipeline)
        for name in self.__slots__:
            setattr(made, name, getattr(self, name))
        made._facts = engine.facts(beginning)
        if left_out:
            choose = self._rules

            @functools.cache
            def without(language: Language) -> tuple[Active, ...]:
                return tuple(active for active in choose(language) if active.id not in left_out)

            made._rules = without
        return made

    def rules(self) -> list[Rule]:
        """The rules that are on, for a language of which nothing is said."""
        known = rules_for(self.config)
        return [known.rules[id] for id in chosen(known, self.config)]

    @property
    def policy(self) -> suppress.Policy:
        """What is complained of in suppressions; worked out when the first one is met.

        A rule that is off in some language counts as off: what only looks unused is not told.
        """
        if self._policy is None:
            languages = map(lookup, ["und", *(self.config.per_lang or {})])
            ran = frozenset.intersection(*(_ids(self._rules(language)) for language in languages))
            known = frozenset(rules_for(self.config).rules)
            self._policy = suppress.Policy(built_in(self.config), ran=ran, known=known)
        return self._policy

    def document(
        self,
        uri: str,
        text: str,
        *,
        format: str = "plain",
        lang: str | None = None,
        source_lang: str | None = None,
        original: str | None = None,
        encoding: Encoding = Encoding(),
    ) -> Document:
        """The document of a text, split into segments; what is not given is taken from the settings."""
        lang, source_lang = lang or self.config.lang, source_lang or self.config.source_lang
        return formats.split(
            Document(uri, text, format, lang, source_lang, original, encoding, self.config.fields)
        )

    def unsplit(self, document: Document) -> Document:
        """A document of which what nobody said is taken from the settings; its segments are not looked for."""
        return replace(
            document,
            lang=document.lang or self.config.lang,
            source_lang=document.source_lang or self.config.source_lang,
            fields=self.config.fields,
        )

    def find(
        self, document: Document, sidecar: Sidecar | None = None, *, suppressions: bool = True
    ) -> Looked:
        """Every defect of a document; what is suppressed stands apart, unless `suppressions` is false."""
        known = self._facts or engine.facts(document)
        found = engine.find(document, self._rules, known, self._allow)
        if not suppressions or not (found.findings or suppress.speaks(document)):
            return Looked(found.findings, timeouts=found.timeouts)
        parted = self._part(document, found, sidecar)
        return Looked(_in_order(parted), parted.suppressed, found.timeouts)

    def clean(
        self,
        document: Document,
        allowed: Safety,
        sidecar: Sidecar | None = None,
        *,
        suppressions: bool = True,
    ) -> Mended:
        """The document with the repairs that are allowed; what is suppressed is left as it is."""
        known = self._facts or engine.facts(document)  # from the untouched text: a repair may remove its date
        parted: dict[str, suppress.Suppressed] = {}

        def look(now: Document) -> engine.Found:
            found = engine.find(now, self._rules, known, self._allow)
            if not suppressions:
                return found
            parted[now.text] = self._part(now, found, sidecar)
            return replace(found, findings=parted[now.text].kept)

        from cleaner import fixing  # it takes as long to import as a small file to check

        done = fixing.clean(document, look, allowed)
        findings, suppressed = done.findings, tuple[Silenced, ...]()
        if suppressions:  # complaints are no matter of repairs: they come at the end
            last = parted[done.document.text]
            findings, suppressed = _in_order(last), last.suppressed
        return Mended(
            done.document, done.applied, done.skipped, findings, suppressed, done.timeouts, done.steps
        )

    def _part(self, document: Document, found: engine.Found, sidecar: Sidecar | None) -> suppress.Suppressed:
        policy = self.policy if suppress.speaks(document) else suppress.Policy()
        if found.timeouts and policy.ran is not None:
            policy = replace(policy, ran=policy.ran.difference(found.timeouts))
        return suppress.apply(document, found.findings, sidecar, datetime.date.today(), policy)


def _ids(rules: tuple[Active, ...]) -> frozenset[str]:
    return frozenset(active.id for active in rules)


def _in_order(parted: suppress.Suppressed) -> tuple[Finding, ...]:
    if not parted.complaints:
        return parted.kept
    return tuple(sorted((*parted.kept, *parted.complaints), key=lambda one: (one.span, one.rule)))
