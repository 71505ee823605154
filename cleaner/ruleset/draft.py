"""A first draft of a rule, from one bad and one good text.

The pattern is what stands in the bad text and not in the good one; everything that only a person
can know is marked TODO and refused by the loader until it is written.
"""

from __future__ import annotations

import difflib
import json
import re

SCHEMA_NAME = "rule.schema.json"


def what_differs(bad: str, good: str) -> str:
    """The words of `bad` that `good` does not have, as one stretch of text.

    >>> what_differs("He flew to Kiev today.", "He flew to Kyiv today.")
    'Kiev'
    >>> what_differs("a [слово] b", "a b"), what_differs("a  b", "a b")
    ('[слово]', '  ')
    """
    old, new = _words(bad), _words(good)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed = [(i, j) for op, i, j, _, _ in matcher.get_opcodes() if op in ("replace", "delete")]
    if not changed:
        return ""
    found = "".join(old[changed[0][0] : changed[-1][1]])
    return found.strip() or found


def replacement(bad: str, good: str) -> str | None:
    """What `good` has in the place of what differs; None when that place is empty.

    >>> replacement("He flew to Kiev today.", "He flew to Kyiv today.")
    'Kyiv'
    """
    found = what_differs(bad, good)
    before, _, after = bad.partition(found)
    if found and good.startswith(before) and good.endswith(after):
        return good[len(before) : len(good) - len(after)] or None
    return None


def draft(*, bad: str, good: str, lang: str, depth: int) -> str:
    """The YAML of a rule of kind `pattern`; `depth` is how many folders the schema lies above it.

    Raises ValueError when the bad text has nothing that the good one has not.
    """
    found = what_differs(bad, good)
    if not found:
        raise ValueError("the bad text has no word that the good text has not")
    new = replacement(bad, good)
    edge = r"\b" if found[0].isalnum() and found[-1].isalnum() else ""
    pattern = _single(f"{edge}{re.escape(found)}{edge}".replace(r"\ ", " "))
    lines = [
        f"# yaml-language-server: $schema={'../' * depth}{SCHEMA_NAME}",
        "title: TODO what is wrong, in a few words",
        "why: TODO why it matters, for a person who edits news",
        "kind: pattern",
        f"params: {{pattern: {pattern}" + (f", replace: {_quoted(new)}" if new else "") + "}",
        "severity: warning",
        'message: "“{found}” TODO what the user reads about it"',
    ]
    if new:
        lines.append("fix: {do: replace, safety: unsafe, because: TODO why it may be wrong}")
    fixed = f", fixed: {_quoted(bad.replace(found, new))}" if new else ""
    lines += [
        "examples:",
        "  bad:",
        f"    - {{lang: {lang}, text: {_quoted(bad)}, finds: [{_quoted(found)}]{fixed}}}",
        "  good:",
        f"    - {{lang: {lang}, text: {_quoted(good)}, because: TODO why this is right}}",
        'since: "1"',
    ]
    return "\n".join(lines) + "\n"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _quoted(text: str) -> str:
    """A YAML text in double quotes: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
