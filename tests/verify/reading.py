"""What `cleaner verify` does with two versions of a text, without files."""

from __future__ import annotations

import functools

from cleaner.config import Config
from cleaner.model import Document, Finding, Safety
from cleaner.pipeline import Pipeline
from cleaner.run import Task, opened
from cleaner.verify.compare import Change, compare


@functools.cache
def pipeline(lang: str | None, source: str | None = None) -> Pipeline:
    return Pipeline(Config(lang=lang, source_lang=source))


def read(
    data: str | bytes, format: str = "plain", lang: str | None = "en", source: str | None = None
) -> Document:
    written = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return opened(written, "a", pipeline(lang, source), Task(format=format, suppressions=False))


def known(document: Document, rules: Pipeline) -> tuple[tuple[Finding, ...], Document | None]:
    """What is wrong in a document, and the document with all of it mended."""
    found = rules.find(document, suppressions=False).findings
    if not found:
        return (), None
    done = rules.clean(document, Safety.UNSAFE, suppressions=False)
    return (*found, *done.applied), done.document


def changes(
    before: str | bytes,
    after: str | bytes,
    format: str = "plain",
    lang: str | None = "en",
    source: str | None = "ru",
) -> list[Change]:
    old, new = (read(text, format, lang, source) for text in (before, after))
    return compare(old, new, *known(old, pipeline(lang, source)))


def kinds(found: list[Change]) -> str:
    """The kinds of some changes, each once: "digits letters"."""
    return " ".join(sorted({change.kind.value for change in found}))
