"""JSON Lines of any size, read piece by piece: memory grows with what is found, not with the file.

    is_streamed(path, task)     whether a file is read so
    looked_at(path, ...)        the outcome, as `run.looked_at` gives it of others; None when it cannot be

The file is read twice: once for what its lines do not say alone (how it writes escapes, its hash), once to
look at it; it must say the same. The report holds excerpts instead of the text. Lines end with a line feed
here: a file without any counts as one line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from cleaner import files, formats, results
from cleaner.errors import InputError
from cleaner.excerpts import Cutting, Excerpts
from cleaner.formats.decode import is_binary, undecodable
from cleaner.formats.jsontext import Hand, Style
from cleaner.hashing import sha256
from cleaner.languages.identify import SAMPLE
from cleaner.model import Document, Encoding, FileReport, Part
from cleaner.offsets import breaks, utf8
from cleaner.outcome import Outcome, Task, is_same_for_all, report_of, undecodable_warning
from cleaner.partwise import Partwise
from cleaner.pipeline import Pipeline
from cleaner.results import Results
from cleaner.rewriting import Changes
from cleaner.suppress.sidecar import for_file
from cleaner.values import dataclass, replace

FROM = 4 * 1024 * 1024
"""Bytes from which a file is read piece by piece."""
PIECE = 262_144
"""Bytes of a piece, which goes on to the end of its last line."""
_BEGINNING = 4 * SAMPLE  # bytes that hold as many code points as a language is told from
_BOM = b"\xef\xbb\xbf"
_OTHERS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")  # of UTF-16 and UTF-32
_MOST_PLACES = 1000  # of bytes that are no UTF-8: more than are told


def is_streamed(path: Path, task: Task) -> bool:
    """Whether a file is JSON Lines, large, and to be read as UTF-8."""
    if (task.format or formats.format_of(path.name)) != "jsonl":
        return False
    try:
        is_large = path.stat().st_size >= FROM
    except OSError:
        return False  # told by who reads it
    return is_large and (task.encoding or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")


def looked_at(path: Path, pipeline: Pipeline, task: Task, known: Results | None) -> Outcome | None:
    """Look at a file; nothing is written. None when it has to be read whole: it is no UTF-8.

    Raises InputError when it cannot be read.
    """
    survey = _Survey.of(path)
    if survey is None:
        return None
    name, sidecar = str(path), for_file(path) if task.suppressions else None
    key = ""
    if known is not None and sidecar is None:
        key = results.key(name, survey.content, "jsonl", pipeline, (task.encoding, task.suppressions))
        report = known.recall(key, name, "")
        if report is not None and is_same_for_all(report, task):
            text = _excerpts(path, survey, report)
            return Outcome(replace(report, before=text, after=text, encoding=survey.encoding))
    allowed = None if survey.undecodable else task.allowed
    look = Partwise(pipeline, allowed, sidecar, suppressions=task.suppressions)
    changes = Changes(survey.encoding.bom, wants_hunks=not task.write)
    before, after = Cutting(), Cutting()
    for part, data in _parts(path, survey):
        done = look.look(formats.split(pipeline.unsplit(part)))
        changes.add(data, part.text, done.document.text)
        before.add(part.text, (one.hull for one in done.applied))
        after.add(
            done.document.text,
            (one.hull for one in (*done.findings, *(one.finding for one in done.suppressed))),
        )
    digests = changes.digests
    if digests[0] != survey.digest:
        raise InputError(f"{path}: changed while it was being read")
    old = Excerpts(digests[0], before.size, before.finish())
    new = Excerpts(digests[1], after.size, after.finish())
    warning = undecodable_warning(survey.undecodable, survey.first)
    report = report_of(name, look.all(Document(name, "")), old, new, survey.encoding, warning)
    report = replace(report, hunks=changes.hunks())
    edits = tuple(changes.edits) if task.write else ()
    return Outcome(report, edits=edits, digests=digests, key=key)


def _excerpts(path: Path, survey: _Survey, report: FileReport) -> Excerpts:
    """What a report shows of a file that was looked at before."""
    cutting = Cutting()
    wanted = sorted(one.hull for one in (*report.findings, *(one.finding for one in report.suppressed)))
    first = 0
    for part, _ in _parts(path, survey):
        last = bisect_left(wanted, cutting.size + len(part.text), first, key=lambda span: span.start)
        cutting.add(part.text, wanted[first:last])
        first = last
    return Excerpts(survey.digest, cutting.size, cutting.finish())


# -- Reading -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the lines of a file do not say alone.

    `undecodable` is how many bytes are no UTF-8, `first` the byte at which the first one stands; the
    encoding has the places of as many as are told. `speaks` says whether what is found may depend on the day.
    """

    digest: str
    encoding: Encoding
    style: Style
    undecodable: int
    first: int
    speaks: bool

    @classmethod
    def of(cls, path: Path) -> _Survey | None:
        """The first reading of a file; None when it is no UTF-8. Raises InputError."""
        seen, hand = sha256(), Hand()
        bom, places = b"", list[int]()
        offset = byte = count = first = 0
        speaks = False
        for data in _pieces(path):
            if not byte:
                if data.startswith(_OTHERS) or is_binary(data):
                    return None
                bom = _BOM if data.startswith(_BOM) else b""
            seen.update(data)
            speaks = speaks or b"cleaner" in data
            text = _text(data, byte)
            if found := undecodable(text):
                first = first or (byte or len(bom)) + utf8(text, found[0])
                count += len(found)
                places += (offset + at for at in found[: _MOST_PLACES - len(places)])
            hand.see(text)
            offset += len(text)
            byte += len(data)
        encoding = Encoding("utf-8", bom, tuple(places))
        return cls(seen.hexdigest(), encoding, hand.style(encoding), count, first, speaks)

    @property
    def content(self) -> bytes:
        """A name for the content of the file, which says what the content would say of the day."""
        return f"{self.digest}{' cleaner' * self.speaks}".encode()


def _pieces(path: Path) -> Iterator[bytes]:
    return files.pieces(path, PIECE, first=_BEGINNING)


def _text(data: bytes, byte: int) -> str:
    """The text of a piece that begins at `byte`."""
    text = data.decode("utf-8", "surrogateescape")
    return text if byte else text.removeprefix("\ufeff")


def _parts(path: Path, survey: _Survey) -> Iterator[tuple[Document, bytes]]:
    """The parts of a file, not split yet, and the bytes of each without the byte order mark."""
    name, encoding = str(path), survey.encoding
    offset = lines = byte = 0
    for data in _pieces(path):
        if not byte:
            data = data.removeprefix(encoding.bom)
        text = data.decode("utf-8", "surrogateescape")
        low, high = (bisect_left(encoding.undecodable, at) for at in (offset, offset + len(text)))
        here = tuple(at - offset for at in encoding.undecodable[low:high])
        part = Part(lines, survey.style, byte)
        yield Document(name, text, "jsonl", encoding=replace(encoding, undecodable=here), part=part), data
        offset += len(text)
        lines += breaks(text)
        byte += len(data)
