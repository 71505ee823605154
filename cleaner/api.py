"""The library face: one string in, findings or a cleaned string out.

Rules are loaded and compiled once a process; every call after the first only looks at the text.
"""

from __future__ import annotations

import threading

from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.model import Finding, Safety, Silenced, Skipped
from cleaner.pipeline import Pipeline
from cleaner.values import dataclass


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text.

    `applied` are the findings that were repaired, in the coordinates of the text as it was given;
    `findings` are those that remain, in the coordinates of `text`; `skipped` are repairs that were
    allowed and could not be made, with the reason; `suppressed` what is marked [sic] and left alone.
    """

    text: str
    applied: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Silenced, ...] = ()


def check_text(
    text: str,
    *,
    lang: str | None = None,
    source_lang: str | None = None,
    source: str | None = None,
    config: Config | None = None,
    suppressions: bool = True,
) -> tuple[Finding, ...]:
    """Every defect of a text, in its order.

    `lang` is the language that the text should be in (BCP 47), `source_lang` the one it was
    translated from, `source` the original text. Without `lang` the language is detected. Spans are
    code points of `text`, half-open.

    What is marked [sic] is not reported; with suppressions=False it is. A lone surrogate in the text
    (U+D800 to U+DFFF) is a character like others: it is kept as it is.

    Raises LanguageError for an unknown language, RuleError and UsageError for settings that cannot
    be used, UsageError for what is no text.

    >>> found = check_text("Ministers [будут] meet on Monday.", lang="en", source_lang="ru")
    >>> [(finding.rule, finding.match) for finding in found]
    [('leftover/bracketed-word', '[будут]')]
    """
    _check(text=text, lang=lang, source_lang=source_lang, source=source)
    pipeline = _pipeline(config)
    document = pipeline.document("", text, lang=lang, source_lang=source_lang, original=source)
    return pipeline.find(document, suppressions=suppressions).findings


def clean_text(
    text: str,
    *,
    lang: str | None = None,
    source_lang: str | None = None,
    source: str | None = None,
    config: Config | None = None,
    safety: str = "safe",
    suppressions: bool = True,
) -> Cleaned:
    """The text with its repairs made: the safe ones, or with safety="unsafe" also those that need eyes.

    Raises what `check_text` raises, and UsageError for another `safety`.

    >>> clean_text("Ministers [будут] meet on Monday.", lang="en", source_lang="ru", safety="unsafe").text
    'Ministers [will] meet on Monday.'
    """
    if safety not in (Safety.SAFE, Safety.UNSAFE):
        raise UsageError(f"unknown safety “{safety}”", hint="safe or unsafe")
    _check(text=text, lang=lang, source_lang=source_lang, source=source)
    pipeline = _pipeline(config)
    document = pipeline.document("", text, lang=lang, source_lang=source_lang, original=source)
    done = pipeline.clean(document, Safety(safety), suppressions=suppressions)
    return Cleaned(done.document.text, done.applied, done.skipped, done.findings, done.suppressed)


def _check(**values: object) -> None:
    """Raises UsageError, naming the argument and its type, for what is no text."""
    for name, value in values.items():
        if not isinstance(value, str) and (value is not None or name == "text"):
            hint = "decode it first" if isinstance(value, (bytes, bytearray)) else ""
            raise UsageError(f"{name}: expected a str, got {type(value).__name__}", hint=hint)


_MOST = 16
_pipelines: list[tuple[Config, Pipeline]] = []  # the one that was used last comes first
_lock = threading.Lock()


def _pipeline(config: Config | None) -> Pipeline:
    """The compiled rules of some settings: equal settings share them, the last _MOST are kept.

    A Config has no hash (its changes of single rules are mappings), so they are compared.
    """
    wanted = config if config is not None else Config()
    if not isinstance(wanted, Config):
        raise UsageError(f"config: expected a Config, got {type(wanted).__name__}")
    with _lock:
        for number, (known, pipeline) in enumerate(_pipelines):
            if known is wanted or known == wanted:
                _pipelines.insert(0, _pipelines.pop(number))
                return pipeline
    made = Pipeline(wanted)
    with _lock:
        _pipelines.insert(0, (wanted, made))
        del _pipelines[_MOST:]
    return made
