"""One row → its texts cleaned, its findings, or why it cannot be read."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from cleaner.corpus.settings import Settings
from cleaner.errors import FileProblems, LanguageError, UsageError, unexpected
from cleaner.languages import lookup
from cleaner.model import Finding
from cleaner.offsets import Edit, Span, splice
from cleaner.pipeline import Mended, Pipeline


class RowFinding(TypedDict):
    """A finding as it stands beside a row.

    `start` and `end` are code points of the text of `column`, half-open: of the text as it was
    given when the finding is `applied` (it was repaired), else of the cleaned text.
    """

    column: str
    rule: str
    severity: str
    start: int
    end: int
    match: str
    message: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row.

    `texts` are as `Columns.text`, None for a null. `edits` turn each old text into the new one.
    `rejected` says why the row was not read, "" when it was; then nothing in it is changed.
    `timeouts` are the rules that took too long.
    """

    texts: tuple[str | None, ...]
    findings: tuple[RowFinding, ...] = ()
    edits: tuple[tuple[Edit, ...], ...] = ()
    rejected: str = ""
    timeouts: tuple[str, ...] = ()


class RowCleaner:
    """The rules, compiled, for rows of one kind: a pure function of a row."""

    __slots__ = ("_known", "_pipeline", "settings")

    def __init__(self, settings: Settings) -> None:
        """Raises RuleError, ConfigError or UsageError when the rules cannot be used."""
        self.settings = settings
        self._pipeline = Pipeline(settings.config)
        self._known: dict[str, str] = {}

    def clean(
        self,
        texts: Sequence[str | None],
        lang: str | None = None,
        source_lang: str | None = None,
        original: str | None = None,
    ) -> Row:
        """The row with the repairs that the settings allow.

        Each text is read alone; one that is null stays so. What cannot be done with it is the
        reason of a rejection. Raises RuleError, ConfigError or UsageError for a rule that turns out
        to be unusable.

        >>> row = RowCleaner(Settings()).clean(["Ministers [будут] meet on Monday."], "en", "ru")
        >>> [(finding["rule"], finding["match"], finding["applied"]) for finding in row.findings]
        [('leftover/bracketed-word', '[будут]', False)]
        >>> RowCleaner(Settings()).clean(["Hello."], lang="Klingonese").rejected
        'unknown language “Klingonese”'
        """
        given = tuple(texts)
        try:
            reason = self._too_big(given)
            if reason:
                return Row(given, rejected=reason)
            lang, source_lang = self._tag(lang), self._tag(source_lang)
            done = [None if text is None else self._one(text, lang, source_lang, original) for text in given]
        except LanguageError as error:
            return Row(given, rejected=error.message)
        except (FileProblems, UsageError):  # of the rules or settings: no row could be read
            raise
        except Exception as error:  # a mistake of ours stays with the row that showed it
            return Row(given, rejected=unexpected(error))
        return _row(self.settings.columns.text, given, done)

    def _one(self, text: str, lang: str | None, source_lang: str | None, original: str | None) -> Mended:
        document = self._pipeline.document("", text, lang=lang, source_lang=source_lang, original=original)
        return self._pipeline.clean(document, self.settings.allowed)

    def _tag(self, tag: str | None) -> str | None:
        """A tag that we know; None for one that says nothing. Raises LanguageError."""
        if tag is None or tag in ("", "und"):
            return None
        if tag not in self._known:
            try:
                self._known[tag] = lookup(tag).tag
            except LanguageError:
                raise LanguageError(f"unknown language “{tag[:40]}”") from None
        return self._known[tag]

    def _too_big(self, texts: Sequence[str | None]) -> str:
        limit = self.settings.max_row
        size = sum(len(text) for text in texts if text is not None)
        if size * 4 > limit:  # no code point has more bytes, and most rows are far from the limit
            size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts if text is not None)
        return too_big(size, limit) if size > limit else ""


def too_big(size: int, limit: int) -> str:
    """Why a row of `size` bytes is rejected."""
    return f"{size:,} bytes, more than the limit of {limit:,}"


_ENGINES: dict[bytes, RowCleaner] = {}


def engine(settings: Settings) -> RowCleaner:
    """The cleaner for some settings, built once a process. Raises what RowCleaner raises."""
    key = pickle.dumps(settings)
    if key not in _ENGINES:
        _ENGINES[key] = RowCleaner(settings)
    return _ENGINES[key]


def _row(columns: Sequence[str], given: tuple[str | None, ...], done: Sequence[Mended | None]) -> Row:
    texts: list[str | None] = []
    edits: list[tuple[Edit, ...]] = []
    findings: list[RowFinding] = []
    timeouts: dict[str, None] = {}
    for column, text, one in zip(columns, given, done, strict=True):
        if one is None or text is None:
            texts.append(text)
            edits.append(())
            continue
        new = one.document.text
        texts.append(new)
        edits.append(edits_between(text, new, one.applied) if new != text else ())
        findings += (_said(column, finding, True) for finding in one.applied)
        findings += (_said(column, finding, False) for finding in one.findings)
        timeouts.update(dict.fromkeys(one.timeouts))
    return Row(tuple(texts), tuple(findings), tuple(edits), timeouts=tuple(timeouts))


def _said(column: str, finding: Finding, applied: bool) -> RowFinding:
    return RowFinding(
        column=column,
        rule=finding.rule,
        severity=finding.severity.value,
        start=finding.span.start,
        end=finding.span.end,
        match=finding.match,
        message=finding.message,
        applied=applied,
    )


def edits_between(old: str, new: str, applied: Sequence[Finding]) -> tuple[Edit, ...]:
    """Edits that turn `old` into `new`: those of the findings, where they tell the whole story.

    Repairs are made in steps, and a later one may edit what an earlier one wrote. Then it is one
    edit, from the first code point that differs to the last.

    >>> edits_between("a  b c", "a b c!", [])
    (Edit(span=Span(start=2, end=6), text='b c!'),)
    """
    edits = sorted({edit for finding in applied if finding.fix for edit in finding.fix.edits})
    try:
        if splice(old, edits) == new:
            return tuple(edits)
    except ValueError:  # they overlap
        pass
    room = min(len(old), len(new))
    start = _shared(old, new, room)
    rest = _shared(old[::-1], new[::-1], room - start)
    return (Edit(Span(start, len(old) - rest), new[start : len(new) - rest]),)


def _shared(one: str, other: str, limit: int) -> int:
    """How many code points two texts share at their beginning, at most `limit`."""
    low, high = 0, limit
    while low < high:  # comparing slices is far quicker than comparing characters
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
