"""Sources → what came of each: fetched or read, looked at, in the order in which they were named."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner import files
from cleaner.errors import InputError, MissingPathError, UsageError, nearest
from cleaner.feeds.fetch import Answer, Known, Limits, fetch, without_password
from cleaner.feeds.look import Checked, Choose, check
from cleaner.model import FileReport, Safety

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_AT_ONCE = 32  # feeds whose bytes are held in memory at one time


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one source. `known` is what its server said of the version; `unchanged` that there
    was nothing new to be had, so nothing was looked at."""

    source: str
    checked: Checked
    known: Known = Known()
    unchanged: bool = False


def is_url(source: str) -> bool:
    """Whether a source is to be fetched.

    >>> is_url("https://example.org/feed"), is_url("feeds/example.rss")
    (True, False)
    """
    return _URL.match(source) is not None


def named(sources: Iterable[str]) -> list[str]:
    """The sources, each once.

    Raises UsageError for a folder and for an address with a password, MissingPathError for a file that
    is not there.
    """
    found = list(dict.fromkeys(sources))
    for source in found:
        if is_url(source) and (shown := without_password(source)) != source:
            raise UsageError(f"{shown}: an address with a password, which would show up in reports")
        if not is_url(source) and not Path(source).exists():
            hint = f"https://{source} would be fetched" if "." in source and "/" in source else ""
            hint = hint or nearest(source, ("check", "health"))
            raise MissingPathError(f"{source}: no such file", hint=hint)
        if not is_url(source) and Path(source).is_dir():
            raise UsageError(f"{source}: a folder", hint="cleaner check reads folders of feeds")
    return found


def visit(
    sources: list[str],
    choose: Choose,
    allowed: Safety | None,
    limits: Limits,
    known: Callable[[str], Known],
) -> Iterator[Visit]:
    """What came of each source, in their order; what goes wrong is the error of its report.

    `known` says which version of a feed we have, so that it need not be sent again. Raises UsageError
    when there is something to fetch and httpx is not installed.
    """
    for start in range(0, len(sources), _AT_ONCE):
        batch = sources[start : start + _AT_ONCE]
        urls = [source for source in batch if is_url(source)]
        answers = (
            dict(zip(urls, fetch([(url, known(url)) for url in urls], limits), strict=True)) if urls else {}
        )
        for source in batch:
            if source in answers:
                yield _answered(answers.pop(source), choose, allowed)
            else:
                yield _read(source, choose, allowed)


def _answered(answer: Answer, choose: Choose, allowed: Safety | None) -> Visit:
    if answer.data is None:
        report = FileReport(answer.url, error=answer.error, warning=_moved(answer))
        return Visit(answer.url, Checked(report), unchanged=answer.unchanged)
    checked = check(answer.data, answer.url, answer.content_type, choose(answer.url), allowed)
    warning = "; ".join(part for part in (_moved(answer), checked.report.warning) if part)
    report = dataclasses.replace(checked.report, warning=warning)
    return Visit(answer.url, dataclasses.replace(checked, report=report), answer.known)


def _moved(answer: Answer) -> str:
    return f"has moved for good to {answer.moved}" if answer.moved else ""


def _read(source: str, choose: Choose, allowed: Safety | None) -> Visit:
    try:
        data = files.read(Path(source))
    except InputError as error:
        return Visit(source, Checked(FileReport(source, error=str(error).removeprefix(f"{source}: "))))
    return Visit(source, check(data, source, "", choose(source), allowed))
