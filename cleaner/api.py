"""The library face: one string in, findings or a cleaned string out.

Rules are loaded and compiled once a process; every call after the first only looks at the text.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.model import Finding, Safety, Skipped
from cleaner.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text.

    `applied` are the findings that were repaired, in the coordinates of the text as it was given;
    `findings` are those that remain, in the coordinates of `text`; `skipped` are repairs that were
    allowed and could not be made, with the reason.
    """

    text: str
    applied: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]


def check_text(
    text: str,
    *,
    lang: str | None = None,
    source_lang: str | None = None,
    source: str | None = None,
    config: Config | None = None,
) -> tuple[Finding, ...]:
    """Every defect of a text, in its order.

    `lang` is the language that the text should be in (BCP 47), `source_lang` the one it was
    translated from, `source` the original text. Without `lang` the language is detected. Spans are
    code points of `text`, half-open.

    Raises LanguageError for an unknown language, RuleError and UsageError for settings that cannot
    be used.

    >>> found = check_text("Ministers [будут] meet on Monday.", lang="en", source_lang="ru")
    >>> [(finding.rule, finding.match) for finding in found]
    [('leftover/bracketed-word', '[будут]')]
    """
    pipeline = _pipeline(config)
    return pipeline.find(
        pipeline.document("", text, lang=lang, source_lang=source_lang, original=source)
    ).findings


def clean_text(
    text: str,
    *,
    lang: str | None = None,
    source_lang: str | None = None,
    source: str | None = None,
    config: Config | None = None,
    safety: str = "safe",
) -> Cleaned:
    """The text with its repairs made: the safe ones, or with safety="unsafe" also those that need eyes.

    Raises what `check_text` raises, and UsageError for another `safety`.

    >>> clean_text("Ministers [будут] meet on Monday.", lang="en", source_lang="ru", safety="unsafe").text
    'Ministers [will] meet on Monday.'
    """
    if safety not in (Safety.SAFE, Safety.UNSAFE):
        raise UsageError(f"unknown safety “{safety}”", hint="safe or unsafe")
    pipeline = _pipeline(config)
    document = pipeline.document("", text, lang=lang, source_lang=source_lang, original=source)
    done = pipeline.clean(document, Safety(safety))
    return Cleaned(done.document.text, done.applied, done.skipped, done.findings)


def _pipeline(config: Config | None) -> Pipeline:
    return _pipeline_of(id(config), config) if config is not None else _default()


@functools.cache
def _default() -> Pipeline:
    return Pipeline()


_PIPELINES: dict[int, tuple[Config, Pipeline]] = {}


def _pipeline_of(key: int, config: Config) -> Pipeline:
    """The pipeline of a Config object; the object is kept, so that its id stays its own."""
    if key not in _PIPELINES:
        _PIPELINES[key] = (config, Pipeline(config))
    return _PIPELINES[key][1]
