"""A document as the editor has it → what is found in it, as a check of its file would."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from cleaner import baseline, formats
from cleaner.discovery import Search, without_own
from cleaner.engine import renumbered
from cleaner.errors import FormatError, MissingPathError
from cleaner.lsp.places import Places
from cleaner.model import Document, FileReport, Finding, Report, Severity
from cleaner.offsets import Edit, LineIndex, Span
from cleaner.pipeline import Pipeline
from cleaner.run import NO_NAME, Settings
from cleaner.suppress.sidecar import Sidecar, for_file

LARGEST = 300_000
"""Code points that are checked while typing: some seconds of work when every line has a finding."""

LANGUAGE_IDS = {
    "plaintext": "plain",
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "xhtml": "html",
    "xml": "xml",
    "rss": "feed",
    "atom": "feed",
    "xliff": "xliff",
    "tmx": "tmx",
    "json": "json",
    "jsonc": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "po": "po",
    "gettext": "po",
    "srt": "srt",
    "subrip": "srt",
    "vtt": "vtt",
    "webvtt": "vtt",
}
"""What editors call the formats. YAML is missing: `cleaner check` does not read it unasked either."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that is open in the editor. `path` is None for one that no file stands behind."""

    uri: str
    text: str
    language_id: str = ""
    path: Path | None = None
    version: int | None = None

    @property
    def name(self) -> str:
        """What reports call it."""
        return str(self.path) if self.path else NO_NAME

    @property
    def format(self) -> str | None:
        """The format: of the name of the file, as for a check of it, else what the editor calls it.

        >>> Opened("untitled:1", "", "markdown").format
        'markdown'
        >>> Opened("file:///a.rss", "", "xml", Path("/a.rss")).format
        'feed'
        """
        named = formats.format_of(self.path.name) if self.path else None
        return named or LANGUAGE_IDS.get(self.language_id.lower())


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a document gives, and what is needed to look again.

    `document` is None when there was nothing to look at: `note` says why, if the reader should know.
    """

    opened: Opened
    places: Places
    findings: tuple[Finding, ...] = ()
    document: Document | None = None
    pipeline: Pipeline | None = None
    sidecar: Sidecar | None = None
    note: str = ""
    comments: dict[tuple[str, Span], list[Edit]] = field(default_factory=dict, compare=False)

    def again(self, text: str) -> Document:
        """The same document with another text. Raises FormatError."""
        assert self.pipeline is not None and self.document is not None
        return self.pipeline.document(self.document.uri, text, format=self.document.format)


def check(opened: Opened, settings: Settings, encoding: str, folder: Path) -> Checked:
    """What is wrong with an open document. `folder` gives the settings of one without a file.

    Raises RuleError, ConfigError, UsageError or InputError when the settings cannot be used.
    """
    places = Places(opened.text, encoding)
    path = opened.path or folder / PurePath("untitled.txt")
    if opened.format is None or _is_excluded(opened.path, settings):
        return Checked(opened, places)
    if len(opened.text) > LARGEST:
        size = f"{len(opened.text):,} code points are more than {LARGEST:,}"
        return Checked(opened, places, note=f"not checked while typing: {size}; run cleaner check")
    pipeline = settings.pipeline(path)
    try:
        document = pipeline.document(opened.name, opened.text, format=opened.format)
    except FormatError as error:
        return Checked(opened, places, (_broken(error, places.lines),))
    sidecar = for_file(opened.path) if opened.path else None
    found = renumbered(pipeline.find(document, sidecar).findings)
    return Checked(opened, places, _new(found, opened), document, pipeline, sidecar)


def forget() -> None:
    """Forget the settings, rules and suppressions that were read: their files have changed."""
    from cleaner import config
    from cleaner.ruleset import load, selection
    from cleaner.suppress import sidecar

    for module in (config, load, selection, sidecar):
        for value in vars(module).values():
            clear: Callable[[], None] | None = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


def _is_excluded(path: Path | None, settings: Settings) -> bool:
    """Whether the settings leave a file alone, even if it is named."""
    if path is None:
        return False
    if not without_own([path], settings.rule_folders([path])):
        return True
    config = settings.config(path)
    search = Search(
        lambda _: True, exclude=(*config.exclude, *config.extend_exclude), root=Path(config.root), force=True
    )
    try:
        return not list(search.files([path]))
    except MissingPathError:  # it is not saved yet
        return False


def _broken(error: FormatError, lines: LineIndex) -> Finding:
    """What the format says of a document that it cannot read at all."""
    place = lines.position(min(error.offset, len(lines.text)))
    span = Span(lines.offset(place), lines.offset(place))
    return Finding("format/broken", Severity.ERROR, error.message, span, "", place, place, "und")


def _new(found: tuple[Finding, ...], opened: Opened) -> tuple[Finding, ...]:
    """The findings that no baseline knows."""
    file = baseline.discover(opened.path.parent) if opened.path and found else None
    if file is None:
        return found
    status = file.stat()
    known = _baseline(file, status.st_mtime_ns, status.st_size)
    report = Report((FileReport(opened.name, found, before=opened.text, after=opened.text),))
    compared = baseline.compare(known, baseline.seen(report, file.parent, known))
    return tuple(baseline.only_new(report, compared).findings)


@functools.lru_cache(maxsize=4)
def _baseline(file: Path, changed: int, size: int) -> baseline.Baseline:
    return baseline.load(file)


def path_of(uri: str) -> Path | None:
    """The file of a URI, None when it is none on this machine.

    >>> path_of("untitled:Untitled-1"), path_of("file:///srv/%D0%BD.txt")
    (None, PosixPath('/srv/н.txt'))
    """
    from pygls.uris import to_fs_path

    if not uri.startswith("file:"):
        return None
    try:
        name = to_fs_path(uri)
    except ValueError:
        return None
    return Path(os.path.abspath(name)) if name and "\0" not in name else None  # noqa: PTH100
