"""One HTML page that needs nothing else: no network, no font, no other file.

Article text is hostile here. Jinja2 escapes all of it (autoescape), `visible` writes out what could
reorder it, and the page forbids itself every style and script but the two of its own, by their hashes
(Content-Security-Policy), and every request.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from cleaner.errors import UsageError
from cleaner.model import FileReport, Finding, Fix, Item, Report, Safety, Severity
from cleaner.offsets import Edit, Span
from cleaner.reporters.base import Look, counted, version
from cleaner.reporters.sentence import Piece, after, before
from cleaner.reporters.source import Source
from cleaner.reporters.statistics import COLUMNS, by_rule
from cleaner.text.visible import visible
from cleaner.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_CARDS = 5_000  # a browser becomes slow; the worst are kept
_SIGN = re.compile(r"<U\+([0-9A-F]{4,6})>|↵")
_SPACES = {"00A0", "202F", "2007"}


@dataclass(frozen=True, slots=True)
class Way:
    """A repair as it is shown: its trust, its title, the sentence that it makes."""

    safety: str
    title: str
    because: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as it is shown. `number` is its place on the page, `file` that of its file."""

    number: int
    file: int
    path: str
    finding: Finding
    state: str
    safety: str
    before: Sequence[Piece]
    ways: Sequence[Way]

    @property
    def link(self) -> str:
        """The page of the feed's item, when it is a web address; escaping does not stop others."""
        link = self.finding.item.link if self.finding.item else ""
        return link if re.match(r"https?://[^\s\x00-\x1f]+\Z", link, re.IGNORECASE) else ""

    @property
    def item(self) -> str:
        """What the feed calls the item."""
        item = self.finding.item or Item()
        return item.title or item.guid or item.link


def html(report: Report, look: Look) -> str:
    """The report as a page with filters. Raises UsageError when Jinja2 is not installed."""
    cards = _cards(report)
    shown = cards if len(cards) <= MOST_CARDS else _worst(cards)
    rules = by_rule(report.findings)
    style, script = _part("report.css"), _part("report.js")
    safeties = Counter(card.safety for card in shown)
    return _environment().get_template("report.html.j2").render(
        style=style,
        script=script,
        policy=_policy(style, script),
        version=version(),
        files=report.files,
        notes=[file for file in report.files if file.error or file.warning],
        cards=shown,
        left=len(cards) - len(shown),
        groups=_groups(shown),
        rules=rules,
        total=sum(rules.values(), Counter[str]()),
        columns=COLUMNS,
        about=report.rules,
        remaining=_severities(report.findings),
        severities=_severities(card.finding for card in shown),
        safeties=[(name, safeties[name]) for name in (*Safety, "none")],
        fixed=sum(1 for card in shown if card.state == "fixed"),
        counted=counted,
    )  # fmt: skip


def _severities(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    counts = Counter(finding.severity for finding in findings)
    return [(severity.value, counts[severity]) for severity in Severity]


def _environment() -> Environment:
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        hint = 'pip install "translation-cleaner[report]"'
        raise UsageError("--output-format html needs the extra “report”", hint=hint) from None
    made = jinja2.Environment(
        autoescape=True,  # for every template: the default looks at the ending of its name
        loader=jinja2.FunctionLoader(_part),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"visible": visible, "signs": signs, "verbatim": Markup}
    return made


def _part(name: str) -> str:
    return resources.files("cleaner.reporters.page").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, sent, framed or run but the two parts that we wrote."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _cards(report: Report) -> list[Card]:
    cards: list[Card] = []
    for number, file in enumerate(report.files):
        for state, text, findings in (
            ("fixed", file.before, file.applied),
            ("open", file.after, file.findings),
        ):
            source = Source(text)
            for finding in findings:
                cards.append(_card(len(cards), number, file, finding, state, source))
    return cards


def _card(number: int, place: int, file: FileReport, finding: Finding, state: str, source: Source) -> Card:
    fixes = [finding.fix, *finding.alternatives] if finding.fix else []
    made = fixes[:1] if state == "fixed" else fixes
    text, at = source.around(finding.span.start)
    span, edits = finding.span.shift(-at), _back(finding.fix.edits, at) if finding.fix else ()
    return Card(
        number=number,
        file=place,
        path=visible(file.uri),
        finding=finding,
        state=state,
        safety=finding.fix.safety.value if finding.fix else "none",
        before=before(text, span, edits, finding.address),
        ways=[_way(fix, text, span, _back(fix.edits, at), finding.address) for fix in made],
    )


def _back(edits: Sequence[Edit], by: int) -> list[Edit]:
    """Edits of a text in the coordinates of what begins `by` code points after its beginning."""
    return [Edit(edit.span.shift(-by), edit.text) for edit in edits]


def _way(fix: Fix, text: str, span: Span, edits: Sequence[Edit], address: str) -> Way:
    pieces = after(text, span, edits, address) if edits else ()
    return Way(fix.safety.value, fix.title, fix.because, pieces)


def _worst(cards: Sequence[Card]) -> list[Card]:
    kept = sorted(cards, key=lambda card: card.finding.severity.rank)[:MOST_CARDS]
    return sorted(kept, key=lambda card: card.number)


def _groups(cards: Sequence[Card]) -> list[tuple[int, str, list[Card]]]:
    """The cards of each file, in the order of the report."""
    groups: dict[int, tuple[int, str, list[Card]]] = {}
    for card in cards:
        groups.setdefault(card.file, (card.file, card.path, []))[2].append(card)
    return list(groups.values())


def signs(text: str) -> Iterator[dict[str, Any]]:
    """The text in runs; a character that cannot be seen is a run of its own, with its name.

    >>> [(run["text"], run["name"]) for run in signs("a\\u200bb")]
    [('a', ''), ('U+200B', 'ZERO WIDTH SPACE'), ('b', '')]
    """
    at = 0
    shown = visible(text)
    for found in _SIGN.finditer(shown):
        yield from ([_run(shown[at : found.start()])] if found.start() > at else [])
        yield _named(found)
        at = found.end()
    yield from ([_run(shown[at:])] if at < len(shown) else [])


def _run(text: str, name: str = "") -> dict[str, Any]:
    return {"text": text, "name": name}


def _named(found: re.Match[str]) -> dict[str, Any]:
    code = found.group(1)
    if code is None:
        return _run("↵", "line break")
    name = unicodedata.name(chr(int(code, 16)), f"U+{code}")
    return _run("␣" if code in _SPACES else f"U+{code}", name)
