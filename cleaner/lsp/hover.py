"""What an editor shows when the pointer rests on a finding: why, an example, the repairs in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lsprotocol import types

from cleaner import builtin
from cleaner.lsp.diagnostics import rule_of
from cleaner.lsp.documents import Checked
from cleaner.model import Finding
from cleaner.ruleset.schema import Bad, Rule
from cleaner.text.visible import excerpt, visible

_MARKUP = re.compile(r"[\[\]<>*_\\`~@|]|&(?=#?\w+;)|://|www\.", re.IGNORECASE)
_OPENER = re.compile(r"[#>=+-]+|\d+[.)]")  # as the first word of a paragraph it makes a heading, a list …


def hover(checked: Checked, offset: int, *, markdown: bool = True) -> types.Hover | None:
    """The findings at a code-point offset, None when there is none.

    Text of the article is never markup in it: no picture is loaded, no link made.
    """
    found = [one for one in checked.findings if one.span.start <= offset <= one.span.end]
    if not found:
        return None
    parts = [_said(finding, checked, markdown=markdown) for finding in found]
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    divider = "\n\n---\n\n" if markdown else "\n\n"
    return types.Hover(types.MarkupContent(kind, divider.join(parts)), checked.places.range(found[0].span))


def _said(finding: Finding, checked: Checked, *, markdown: bool) -> str:
    write = prose if markdown else visible
    strong = "**" if markdown else ""
    rule = rule_of(finding.rule, checked)
    known = builtin.RULES.get(finding.rule)
    title, why = (rule.title, rule.why) if rule else (known.title, known.why) if known else ("", "")
    parts = [f"{strong}{write(title or finding.rule)}{strong} ({write(finding.rule)})"]
    parts.append(write(" ".join(why.split())))
    if finding.evidence:
        parts.append(f"Here: {write(finding.evidence)}.")
    parts.append("\n".join(f"- {write(line)}" for line in _repairs(finding)))
    if rule is not None:
        parts.append(_example(_nearest(rule, finding.lang), markdown=markdown))
    return "\n\n".join(part for part in parts if part)


def _repairs(finding: Finding) -> Iterator[str]:
    """Every repair with how far it is trusted, the manual ones too: they are for the reader to make."""
    for fix in (finding.fix, *finding.alternatives):
        if fix is not None:
            yield f"{excerpt(fix.title)} ({fix.safety}{f': {fix.because}' if fix.because else ''})"


def _nearest(rule: Rule, lang: str) -> Bad:
    """The example in the language of the finding, else the first."""
    return next((bad for bad in rule.examples.bad if bad.lang == lang), rule.examples.bad[0])


def _example(bad: Bad, *, markdown: bool) -> str:
    before = excerpt(bad.text, 160)
    after = excerpt(bad.fixed, 160) if bad.fixed is not None else ""
    if not markdown:
        return f"Example: {before}" + (f"\nRepaired: {after}" if after else "")
    return f"Example: {prose(before)}" + (f"  \nRepaired: {prose(after)}" if after else "")


def prose(text: str) -> str:
    """`text` as Markdown that shows it as it is: words with signs of markup stand in code spans.

    Character references do as well in a browser, but an editor in a terminal shows those raw, and it
    hides the brackets of “[word]”, which are what most hovers are about.

    >>> print(prose("write “[will]” and <b>"), prose("one `"))
    write `“[will]”` and `<b>` one `` ` ``
    """
    words = visible(text).strip(" ").split(" ")
    marked = [bool(_MARKUP.search(word)) for word in words]
    marked[0] = marked[0] or _OPENER.fullmatch(words[0]) is not None
    runs = itertools.groupby(zip(marked, words, strict=True), key=lambda pair: pair[0])
    joined = ((is_code, " ".join(word for _, word in run)) for is_code, run in runs)
    return " ".join(_code(run) if is_code else run for is_code, run in joined)


def _code(text: str) -> str:
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
