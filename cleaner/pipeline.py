"""Settings → the whole way of a document: split, find, clean, with rules that are compiled once."""

from __future__ import annotations

from cleaner import engine, fixing, formats
from cleaner.config import Config
from cleaner.model import Document, Encoding, Safety
from cleaner.ruleset.selection import Active, select


class Pipeline:
    """Rules chosen and compiled, ready to be used on many documents."""

    __slots__ = ("_allow", "_rules", "config")

    def __init__(self, config: Config | None = None) -> None:
        """Raises RuleError, ConfigError or UsageError when the rules cannot be used."""
        self.config = config or Config()
        self._rules: tuple[Active, ...] = select(self.config)
        self._allow = frozenset(self.config.allow)

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
