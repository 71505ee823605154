"""Which rules a source is looked at with."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from cleaner.config import discover
from cleaner.feeds import saving
from cleaner.feeds.visit import is_url
from cleaner.model import RuleInfo, Severity
from cleaner.pipeline import Pipeline
from cleaner.run import Settings

PROFILE = "feed"


class Rules:
    """The rules for each source: those that the settings ask for; where nobody asks, the profile `feed`.

    A feed from the web is looked at as a file here that is called as it would be saved, so that
    `per-path` in cleaner.yaml can name it: `example.org-*`.
    """

    def __init__(self, settings: Settings) -> None:
        self._asked = settings
        self._usual = dataclasses.replace(
            settings, changes={**settings.changes, "profile": PROFILE}, _pipelines={}
        )

    def pipeline(self, source: str) -> Pipeline:
        """The compiled rules for a source. Raises RuleError, ConfigError, UsageError."""
        path = Path(saving.stem_of(source)) if is_url(source) else Path(source)
        return self._for(path).pipeline(path)

    def described(self) -> Mapping[str, RuleInfo]:
        """What each rule that was on says of itself."""
        return {**self._usual.rules(), **self._asked.rules()}

    def fail_level(self) -> Severity:
        """The severity from which the whole run fails."""
        return self._asked.fail_level()

    def _for(self, path: Path) -> Settings:
        asked = self._asked
        if asked.changes.get("profile") or asked.file:
            return asked
        return self._usual if asked.isolated or discover(path) is None else asked
