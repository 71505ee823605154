"""Settings → the whole way of a document: split, find, clean, with rules that are compiled once."""

from __future__ import annotations

from cleaner import engine, fixing, formats, proof
from cleaner.config import Config
from cleaner.model import Document, Encoding, Safety
from cleaner.ruleset.schema import Rule
from cleaner.ruleset.selection import chosen, rules_for, select_by_language


class Pipeline:
    """Rules chosen and compiled, ready to be used on many documents."""

    __slots__ = ("_allow", "_rules", "config")

    def __init__(self, config: Config | None = None) -> None:
        """Raises RuleError, ConfigError or UsageError when the rules cannot be used.

        The examples of rules that are not ours are tested first, unless the settings say not to.
        """
        self.config = config or Config()
        self._rules = select_by_language(self.config)
        if self.config.rules and self.config.rule_tests:
            proof.prove(rules_for(self.config))
        self._allow = frozenset(self.config.allow)

    def rules(self) -> list[Rule]:
        """The rules that are on, for a language of which nothing is said."""
        known = rules_for(self.config)
        return [known.rules[id] for id in chosen(known, self.config)]

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

    def find(self, document: Document) -> engine.Found:
        """Every defect of a document."""
        return engine.find(document, self._rules, engine.facts(document), self._allow)

    def clean(self, document: Document, allowed: Safety) -> fixing.Cleaned:
        """The document with the repairs that are allowed."""
        known = engine.facts(document)  # from the untouched text: a repair may remove its date
        return fixing.clean(document, lambda now: engine.find(now, self._rules, known, self._allow), allowed)
