"""Parquet and Arrow files in a check, read batch by batch: memory grows with what is found, not with the file.

    looked_at(path, ...)     the outcome, as `run.looked_at` gives it of others

A cell has no place in the bytes of its file. So the line of a finding is its row, counted from 1, its
column and its offsets count from the beginning of the cell, and the address says both: "row 88/body".
Inside, the cells stand one after another in a text of which only excerpts are kept.

What is read is what a CSV file has: the columns of text, or those that `fields` names. The language is
that which the name of the column says, else the row's `lang` or `language`, else the settings, else what
the row looks like. Nothing is edited in place: `cleaner corpus` writes such a file anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner.corpus import tables
from cleaner.corpus.batches import is_text, is_utf8, values
from cleaner.corpus.plan import Input, Part
from cleaner.corpus.settings import needed
from cleaner.errors import FormatError, InputError
from cleaner.excerpts import REACH, Excerpts, Mark, Piece
from cleaner.formats.base import segment
from cleaner.formats.maps import PlainMap
from cleaner.formats.named import has_text, language_of, role_of
from cleaner.formats.table import Columns
from cleaner.languages.identify import identify
from cleaner.model import Document, Encoding, Finding, Fix, Safety, Segment, Trouble
from cleaner.offsets import Position, Span
from cleaner.outcome import Outcome, Task, report_of
from cleaner.partwise import Partwise
from cleaner.pipeline import Pipeline
from cleaner.suppress.sidecar import for_file
from cleaner.values import replace

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "plain"
"""What rules take a cell for, as `cleaner corpus` does."""
_BETWEEN = "\n\n"  # the cells: nothing is found across it
_LANGUAGES = ("lang", "language")


def looked_at(path: Path, pipeline: Pipeline, task: Task) -> Outcome:
    """Look at a file. Raises InputError when it cannot be read, or lacks a column that is named."""
    if task.allowed is not None:
        raise InputError(
            "a table of rows is not edited in place", hint=f"cleaner corpus {path} OUT writes it cleaned"
        )
    needed("pyarrow", "parquet")
    sidecar = for_file(path) if task.suppressions else None
    look = Partwise(pipeline, None, sidecar, suppressions=task.suppressions)
    pieces: list[Piece] = []
    size = 0
    for document, cells in _documents(path, pipeline):
        done = look.look(document)
        found = (*done.findings, *(one.finding for one in done.suppressed))
        pieces += _cut(document.text, cells, size, (one.hull for one in found))
        size += len(document.text)
    text = Excerpts("", size, tuple(pieces), is_table=True)
    report = report_of(str(path), look.all(Document(str(path), "")), text, text, Encoding())
    report = replace(
        report,
        findings=tuple(_placed(one, text) for one in report.findings),
        suppressed=tuple(replace(one, finding=_placed(one.finding, text)) for one in report.suppressed),
    )
    return Outcome(report)


# -- Reading -----------------------------------------------------------------------------------------


class _Cell(NamedTuple):
    """Where a cell stands in the text of its batch, and its row."""

    start: int
    end: int
    row: int


def _documents(path: Path, pipeline: Pipeline) -> Iterator[tuple[Document, list[_Cell]]]:
    """The batches of a file as documents, each with its cells."""
    reader = tables.Reader(Part(Input(path, path.name), 0, 0, None, 0))
    try:
        with reader.batches() as (schema, batches):
            read = _Read(schema, pipeline.config.fields)
            row = 1
            for batch, _ in batches:
                yield read.document(path, pipeline, batch, row)
                row += batch.num_rows
    except FormatError as error:  # a table has no place to name
        raise InputError(error.message) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}") from None


class _Read:
    """What is read of each row."""

    def __init__(self, schema: pa.Schema, fields: tuple[str, ...]) -> None:
        """Raises FormatError when a column that is named is not there, or holds no text."""
        columns = Columns(schema.names, fields)
        self._texts: list[tuple[int, str, str | None]] = []
        for number, kind in enumerate(schema.types):
            about = columns[number]
            if about is None:
                continue
            if is_text(kind):
                self._texts.append((number, *about))
            elif fields:
                raise FormatError(f"the column “{about[0]}” is of the type {kind}, not text")
        self._lang = next((schema.names.index(name) for name in _LANGUAGES if name in schema.names), None)
        if self._lang is not None and not is_text(schema.types[self._lang]):
            self._lang = None
        if not fields:  # nobody reads the tags themselves
            self._texts = [one for one in self._texts if one[0] != self._lang]

    def document(
        self, path: Path, pipeline: Pipeline, batch: pa.RecordBatch, first: int
    ) -> tuple[Document, list[_Cell]]:
        """The texts of a batch whose first row has this number, and its cells."""
        columns = [values(batch.column(number)) for number, _, _ in self._texts]
        langs = values(batch.column(self._lang)) if self._lang is not None else []
        texts: list[str] = []
        cells: list[_Cell] = []
        segments: list[Segment] = []
        troubles: list[Trouble] = []
        at = 0
        for row in range(batch.num_rows):
            said = language_of(langs[row]) if langs and isinstance(langs[row], str) else None
            known = said or pipeline.config.lang
            whole = [column[row] for column in columns]
            guessed = None if known else identify(_BETWEEN.join(one for one in whole if isinstance(one, str)))
            for (_, name, lang), value in zip(self._texts, whole, strict=True):
                address = f"row {first + row}/{name}"
                text = value if isinstance(value, str) else ""
                cell = _Cell(at, at + len(text), first + row)
                if not is_utf8(value):
                    troubles.append(Trouble(Span(at, at), f"{address}: not UTF-8, the cell is not read"))
                elif has_text(text):
                    tag = lang or known or (guessed.tag if guessed else None)
                    segments.append(segment(text, PlainMap(at, len(text)), tag, role_of(name), address))
                else:
                    continue
                cells.append(cell)
                texts.append(text)
                at = cell.end + len(_BETWEEN)
        document = Document(
            str(path),
            "".join(text + _BETWEEN for text in texts),
            FORMAT,
            lang=pipeline.config.lang,
            source_lang=pipeline.config.source_lang,
            segments=tuple(segments),
            troubles=tuple(troubles),
        )
        return document, cells


# -- What is told ------------------------------------------------------------------------------------


def _cut(text: str, cells: list[_Cell], before: int, wanted: Iterable[Span]) -> Iterator[Piece]:
    """What reports show of the cells of a batch that begins at `before`: the surroundings of some spans."""
    shown: dict[int, Span] = {}
    starts = [cell.start for cell in cells]
    for span in wanted:
        span = span.shift(-before)
        number = bisect_right(starts, span.start) - 1
        known = shown.get(number, span)
        shown[number] = Span(min(known.start, span.start), max(known.end, span.end))
    for number, span in sorted(shown.items()):
        start, end, row = cells[number]
        low, high = max(start, span.start - REACH), min(end, span.end + REACH)
        mark = Mark(before + start, row).past(text[start:low])
        yield Piece(mark._replace(line=row, line_at=before + start, line_byte=0), text[low:high])


def _placed(finding: Finding, text: Excerpts) -> Finding:
    """A finding at its row and its place in the cell; its repairs are for a person to make."""
    mark = text.piece(finding.span.start).start
    start, end = (Position(mark.line, at - mark.line_at + 1) for at in finding.span)
    return replace(
        finding,
        position=start,
        end=end,
        fix=_by_hand(finding.fix) if finding.fix else None,
        alternatives=tuple(map(_by_hand, finding.alternatives)),
    )


def _by_hand(fix: Fix) -> Fix:
    because = fix.because or "a table is not edited in place"
    return replace(fix, safety=Safety.MANUAL, because=because)
