"""What kind of accident a finding is, and which step of a producer makes such accidents.

Each engine and each scraper errs in its own way, again and again: one leaves ▁ of its subwords,
another takes UTF-8 for Windows-1252. A class says which step that is; a mark says in which way
("utf-8 read as cp1252", "▁", "[…]"). Both are read off the rule and the text of the finding alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from cleaner.model import Finding


class Class(NamedTuple):
    """A class of defects; `rules` are families or rules, of which the longest that fits decides."""

    name: str
    rules: tuple[str, ...]
    means: str


CLASSES = (
    Class("misread bytes", ("mojibake", "encoding"), "a step takes the bytes for another encoding"),
    Class(
        "engine tokens",
        ("markup/byte-token", "markup/subword-mark", "markup/tokenizer-joiner", "markup/unknown-token",
         "markup/unknown-token-for-apostrophe", "chatter/special-token", "leftover/glued-subword"),
        "signs of the translation engine's own are not turned back into text",
    ),
    Class("model chatter", ("chatter",), "a language model speaks of its task instead of doing it"),
    Class("source words", ("leftover", "mixed"), "the engine leaves words of the original"),
    Class("loops", ("repetition",), "the engine repeats itself"),
    Class("token spacing", ("token",), "the text was split into tokens and not joined again"),
    Class("quotation marks", ("quotes",), "the marks of the original are kept, or lose their partners"),
    Class("punctuation", ("punctuation", "brackets"), "signs of the original's writing are kept or doubled"),
    Class(
        "markup as text",
        ("markup", "token/html-tag", "token/markdown-emphasis", "token/wiki-markup", "handles"),
        "text is escaped twice, or markup and addresses are translated as words",
    ),
    Class("dates and names", ("dates", "numbers", "consistency"), "facts are carried over word by word"),
    Class("calques", ("calques",), "phrases are translated word by word"),
    Class("page furniture", ("feed",), "the scraper takes more of the page than the article"),
    Class("invisible signs", ("invisible",), "signs that nobody sees are kept"),
    Class("unreadable", ("format",), "parts of the feed break its own format"),
)  # fmt: skip
OTHER = Class("other", (), "found by rules of your own, or said of suppressions")

_BY_RULE = {rule: one for one in CLASSES for rule in one.rules}
_CHAIN = re.compile(r"[\w-]+(?: read as [\w-]+)+")
_SIGNS = ("▁", "￭", "@@", "##", "<unk>", "⁇", "<0x", "[UNK]")
_BRACKETS = {"[": "[…]", "【": "【…】", "(": "(…)", "（": "（…）"}


def class_of(finding: Finding) -> Class:
    """The class of a finding: that of its rule, else of its family."""
    return _BY_RULE.get(finding.rule) or _BY_RULE.get(finding.family) or OTHER


def mark_of(finding: Finding) -> str:
    """In which way: the chain of encodings, the sign of the engine, the quotation mark, else the rule."""
    match, rule = finding.match.strip(), finding.rule.partition("/")[2]
    if chain := _CHAIN.search(finding.evidence):
        return chain[0]
    one = class_of(finding).name
    if one == "engine tokens":
        return next((sign for sign in _SIGNS if sign in match), rule)
    if one == "source words" and match[:1] in _BRACKETS:
        return _BRACKETS[match[0]]
    if one == "quotation marks" and 0 < len(match) <= 2:
        return f"{match} {rule}"
    return rule


class Share(NamedTuple):
    """How many items have defects of a class, and its marks, the most frequent first."""

    what: Class
    items: int
    marks: tuple[str, ...]


def shares(findings: Iterable[tuple[str, Finding]]) -> list[Share]:
    """The classes of (item, finding) pairs, that of most items first; else in the order of the table."""
    items: defaultdict[Class, set[str]] = defaultdict(set)
    marks: defaultdict[Class, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item, finding in findings:
        one = class_of(finding)
        items[one].add(item)
        marks[one][mark_of(finding)].add(item)
    order = [*CLASSES, OTHER]
    found = [
        Share(
            one, len(items[one]), tuple(sorted(marks[one], key=lambda mark: (-len(marks[one][mark]), mark)))
        )
        for one in order
        if one in items
    ]
    return sorted(found, key=lambda share: -share.items)
