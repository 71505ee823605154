"""Reports made by hand, so that a changed rule does not change what the reporters are tested with."""

from __future__ import annotations

import itertools

from cleaner.model import (
    By,
    FileReport,
    Finding,
    Fix,
    Item,
    Report,
    RuleInfo,
    Safety,
    Severity,
    Silenced,
    Skipped,
    fingerprint,
)
from cleaner.offsets import Edit, LineIndex, Span, splice

RULES = {
    rule.id: rule
    for rule in (
        RuleInfo(
            "leftover/bracketed-word",
            "Source-language word left in brackets",
            "The engine did not know a word and left it in brackets.\n",
            Severity.ERROR,
            ("leftover", "brackets"),
        ),
        RuleInfo(
            "quotes/unpaired",
            "Quotation mark without its partner",
            "A quotation that opens and never closes leaves the reader unsure who is speaking.",
            Severity.ERROR,
            ("quotes",),
        ),
        RuleInfo("spacing/doubled", "Two spaces", "Two spaces are a trace of removed words.", Severity.INFO),
        RuleInfo(
            "repetition/sentence",
            "Sentence twice",
            "The same sentence stands twice.",
            Severity.WARNING,
            tuple(f"tag-{number}" for number in range(30)),
        ),
    )
}

ENGLISH = (
    "Morning 😀 news\r\n"
    "The ministers said on Friday that they both [будут] be in Cambodia. Nobody spoke.\r\n"
    "The mayor  said: “We will rebuild. The bridge is closed.\r\n"
    "It rained. \nIt rained.\n"
)
ARABIC = "قال الوزير: «سنعيد بناء الجسر. ويبدأ العمل في مايو."


def find(
    text: str,
    rule: str,
    match: str,
    message: str,
    *fixes: Fix,
    nth: int = 1,
    severity: Severity = Severity.ERROR,
    lang: str = "en",
    address: str = "",
    item: Item | None = None,
    evidence: str = "",
) -> Finding:
    """A finding of the `nth` place at which `match` stands in `text`."""
    start = -1
    for _ in range(nth):
        start = text.index(match, start + 1)
    end = start + len(match)
    lines = LineIndex(text)
    return Finding(
        rule,
        severity,
        message,
        Span(start, end),
        match,
        lines.position(start),
        lines.position(end),
        lang,
        address,
        item,
        evidence,
        0.9,
        fixes[0] if fixes else None,
        fixes[1:],
        fingerprint(rule, match, text[max(0, start - 40) : start], text[end : end + 40]),
    )


def repair(
    text: str, old: str, new: str, safety: Safety, title: str, because: str = "", *, do: str = "replace"
) -> Fix:
    """A repair that replaces the first `old` by `new`."""
    start = text.index(old)
    return Fix(do, (Edit(Span(start, start + len(old)), new),), safety, title, because)


MEANT = "It [было] so.  <!-- cleaner: ignore[leftover] a poem -->"


def sample() -> Report:
    """Everything that a report can hold, once: the golden files are made of it."""
    broken = "“We will rebuild."
    quote = text_at(ENGLISH, broken)
    english = (
        find(
            ENGLISH,
            "leftover/bracketed-word",
            "[будут]",
            "“[будут]” is left from the original (Russian)",
            repair(ENGLISH, "будут", "will", Safety.UNSAFE, "write “[will]”", "it may not fit the grammar"),
            repair(ENGLISH, "[будут] ", "", Safety.MANUAL, "delete it", "the sentence may lack its verb"),
            evidence="Cyrillic letters in English text",
        ),
        find(
            ENGLISH,
            "spacing/doubled",
            "  ",
            "two spaces",
            repair(ENGLISH, "mayor  said", "mayor said", Safety.SAFE, "write one"),
            severity=Severity.INFO,
        ),
        find(
            ENGLISH,
            "quotes/unpaired",
            "“",
            "“““ is an opening mark without its partner “””",
            Fix(
                "insert", (Edit(Span(quote.end, quote.end), "”"),), Safety.UNSAFE, "close it after “rebuild.”"
            ),
        ),
        find(
            ENGLISH,
            "repetition/sentence",
            "It rained. \nIt rained.",
            "the sentence stands twice",
            severity=Severity.WARNING,
        ),
    )
    end = len(ARABIC)
    arabic = find(
        ARABIC,
        "quotes/unpaired",
        "«",
        "“«” is an opening mark without its partner “»”",
        Fix(
            "insert-one-of",
            (Edit(Span(end, end), "»"),),
            Safety.MANUAL,
            "close it at the end",
            "it can have ended before",
        ),
        lang="ar",
        address="/items/3/title",
        item=Item("urn:item:3", "https://example.org/3", "خبر اليوم"),
    )
    gap = find("One  two.", "format/broken", "", "something is missing", nth=5)
    was = "date 2022-07-29 Ministers met."
    metadata = find(
        was,
        "feed/leading-metadata",
        "date 2022-07-29 ",
        "metadata",
        repair(was, "date 2022-07-29 ", "", Safety.SAFE, "delete"),
        severity=Severity.WARNING,
    )
    return Report(
        (
            FileReport("news/день 1.md", english, before=ENGLISH, after=ENGLISH, seconds=0.25),
            FileReport("feeds/ar.json", (arabic,), before=ARABIC, after=ARABIC),
            FileReport("gap.txt", (gap,), before="One  two.", after="One  two."),
            FileReport(
                "fixed.txt",
                applied=(metadata,),
                skipped=(Skipped(arabic, "it overlaps another repair"),),
                before=was,
                after="Ministers met.",
            ),
            FileReport(
                "meant.md",
                before=MEANT,
                after=MEANT,
                suppressed=(
                    Silenced(find(MEANT, "leftover/bracketed-word", "[было]", "left"), By.COMMENT, "a poem"),
                    Silenced(
                        find(MEANT, "spacing/doubled", "  ", "two"), By.BASELINE, "known since 2026-01-31"
                    ),
                ),
            ),
            FileReport("clean.txt", before="All well.", after="All well."),
            FileReport("lost.txt", error="cannot be read: Permission denied"),
            FileReport("picture.txt", warning="skipped: a binary file"),
        ),
        RULES,
    )


def text_at(text: str, part: str) -> Span:
    """Where `part` stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part))


def many(severities: dict[Severity, int]) -> Report:
    """A report with so many findings of each severity, the least severe first, in one file."""
    text = "x\n" * sum(severities.values())
    lines = LineIndex(text)
    wanted = itertools.chain(*([severity] * count for severity, count in reversed(severities.items())))
    found = (
        Finding(
            f"made/{severity}",
            severity,
            f"problem {number}",
            Span(2 * number, 2 * number + 1),
            "x",
            lines.position(2 * number),
            lines.position(2 * number + 1),
            "en",
            fingerprint=f"f{number}",
        )
        for number, severity in enumerate(wanted)
    )
    return Report((FileReport("many.txt", tuple(found), before=text, after=text),))


HOSTILE = (
    "::error file=a::pwn",
    "::stop-commands::x",
    "##[error]pwn",
    "##[command]rm",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStop]",
    "\x1b[0Ksection_start:1:pwn\r\x1b[0K",
    "\x1b]0;pwn\x07",
    "\x1b]8;;https://evil.example\x1b\\pwn\x1b]8;;\x1b\\",
    "\x9b31m \x00 \x08 \x7f",
    "\u202etxet \u2066x\u2069 \u200f",
    "\u061c\u180e \U000e0001\U000e0070 \ufffe",
    "a\u2028b\u2029c\u0085d\x0be",
    "[red]bold[/red] [/nope]",
    "[click](https://evil.example) ![x](https://evil.example/x.png) {0}",
    "| cell | `code` | @octocat #1 www.evil.example",
    "]]> <!-- --> <![CDATA[",
    "%0A::error::pwn %25",
    "caf\udce9 \ud800",
    "=cmd|' /C calc'!A0",
)

SCRIPTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input autofocus onfocus=alert(1)></form>",
    "<style>*{background:url(https://evil.example/)}</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "{{ 7*7 }} {% for x in y %} ${alert(1)} {{ self.__init__.__globals__ }}",
    "<details open ontoggle=alert(1)>",
    "--><script>alert(1)</script><!--",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
)


def hostile(payloads: tuple[str, ...] = HOSTILE + SCRIPTS) -> Report:
    """Each payload at every place that an author, a file name or a feed can reach."""
    return Report(tuple(_hostile(payload) for payload in payloads), {"made/up": _rule(payloads)})


def _rule(payloads: tuple[str, ...]) -> RuleInfo:
    return RuleInfo("made/up", " ".join(payloads), "\n".join(payloads), Severity.ERROR, payloads[:3])


def _hostile(payload: str) -> FileReport:
    written = payload.replace("\ud800", "")  # no file decodes to it; a JSON string may
    text = f"{written}\n{written} bad {written}\n{written}"
    start = text.index(" bad ")
    fixes = [
        Fix("replace", (Edit(Span(start, start + 5), written),), safety, payload, payload)
        for safety in Safety
    ]
    found = find(
        text,
        "made/up",
        f"{written} bad {written}",
        payload,
        *fixes,
        lang="en",
        address=payload,
        item=Item(payload, payload, payload),
        evidence=payload,
    )
    after = splice(text, fixes[0].edits)
    return FileReport(
        payload,
        (found,),
        (found,),
        (Skipped(found, payload),),
        text,
        after + text,
        payload,
        payload,
        suppressed=(Silenced(found, By.COMMENT, payload),),
    )
