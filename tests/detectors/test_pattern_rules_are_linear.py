"""Every shipped pattern takes linear time, whatever the text: `engine: re` has no time limit."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap
from cleaner.ruleset.load import shipped
from cleaner.ruleset.schema import Rule, compiled
from tests import timing

SIZE = 50_000
BOUND_S = 0.5  # for SIZE code points, on a busy machine
KINDS = ("pattern", "signs", "phrases", "repetition", "names", "months", "decomposed")

# What a text would be made of to hang a pattern: one sign, or a piece that nearly matches, for ever.
PIECES = {
    "bracket": "[",
    "parenthesis": "(",
    "brace": "{",
    "straight quote": '"',
    "guillemet": "«",
    "space": " ",
    "no-break space": "\u00a0",
    "line break": "\n",
    "full stop": ".",
    "comma": ",",
    "wide comma": "，",
    "angle": "<",
    "ampersand": "&a",
    "entity": "&#",
    "letter": "a",
    "capital": "A",
    "digit": "1",
    "han": "場",
    "kana": "は ",
    "zero-width space": "\u200b",
    "embedding": "\u202a",
    "isolate": "\u2067",
    "soft hyphen": "\u00ad",
    "combining mark": "e\u0301",
    "backtick": "`",
    "asterisk": "*",
    "underscore": "_",
    "equals": "=",
    "apostrophe": "'",
    "at": "@ ",
    "address": "a@",
    "url": "https: / ",
    "slashes": " / ",
    "words": "ab ",
    "pairs": "( a",
    "bold": "**a",
    "tag": "<b ",
    "comment": "<!--",
    "note": "(Anm. d. Ü.",
    "number": "1,2 ",
    "day": "31 ",
    "sentence": "a. ",
    "name": "Aaaaa ",
    "underscored": "a_",
    "hyphens": "-a",
    "wiki": "[[a",
    "pipe": "<|a",
}
RULES = [rule for rule in shipped().rules.values() if rule.kind in KINDS]


def seconds(rule: Rule, text: str) -> float:
    """The best of two, in CPU seconds: others share the machine."""
    langs = rule.applies.lang or ("en",)
    segment, context = Segment(text, OffsetMap.identity(len(text))), Context(lookup(langs[0]))
    detect = compiled(rule)
    return timing.seconds(lambda: sum(1 for _ in detect(segment, context)), 2)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_time_grows_with_the_text_and_no_faster(rule: Rule) -> None:
    seconds(rule, "warm up")
    for name, piece in PIECES.items():
        text = piece * (SIZE // len(piece))
        for variant in (text, text + "!", "x" + text + "x\n"):
            once = seconds(rule, variant)
            assert once < BOUND_S, f"{name}: {once:.2f} s for {len(variant)} code points"
            if once > 0.02:
                timing.assert_linear(lambda times, text=variant: seconds(rule, text * times), 1)  # type: ignore[misc]
