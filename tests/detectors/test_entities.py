"""Characters in the notation of a machine: entities, backslash escapes, byte tokens."""

import pytest

from cleaner import check_text
from cleaner.detectors import entities
from cleaner.detectors.base import Context
from cleaner.languages import lookup
from cleaner.model import Hit, Role, Safety, Segment
from cleaner.offsets import OffsetMap, splice
from tests.timing import seconds


def find(text: str, notation: str) -> list[Hit]:
    detect = entities.compile(entities.Params(notation))  # type: ignore[arg-type]
    return list(detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup("en"))))


# notation, text, after the repairs, the actions
FOUND = [
    ("html", "se&ntilde;or", "señor", {"decode"}),
    ("html", "m&#283;sto &#x11b;", "město ě", {"decode"}),
    ("html", "S&amp;eacute;gol&amp;amp;egrave;ne", "Ségolène", {"decode"}),
    ("html", "&quot;拖&quot;", '"拖"', {"decode"}),
    ("html", "Track&amp;Trace", "Track&Trace", {"decode"}),
    ("html", "the Party & apos; s plan", "the Party's plan", {"close-up"}),
    ("html", "AT & amp; T", "AT & T", {"close-up"}),
    ("html", "a &lt; b", "a < b", {"decode-markup"}),
    ("html", "caf&#233;&nbsp;noir", "café\u00a0noir", {"decode"}),
    ("html", "<p>R&amp;D</p>", "<p>R&D</p>", {"decode-in-markup"}),
    ("html", "R&amp;D<br />da", "R&D<br />da", {"decode-in-markup"}),
    ("html", "<b>R&amp;D", "<b>R&D", {"decode"}),
    ("backslash", "\\u00e9t\\u00e9", "été", {"decode"}),
    ("backslash", "\\ud83d\\ude00", "😀", {"decode"}),
    ("byte-token", "k<0xC5><0xAF>ň", "kůň", {"decode"}),
]


@pytest.mark.parametrize(("notation", "text", "fixed", "actions"), FOUND, ids=[row[1] for row in FOUND])
def test_found(notation: str, text: str, fixed: str, actions: set[str]) -> None:
    repairs = [repair for hit in find(text, notation) for repair in hit.repairs]
    assert splice(text, [edit for repair in repairs for edit in repair.edits]) == fixed
    assert {repair.do for repair in repairs} == actions


@pytest.mark.parametrize("role", [Role.TARGET, Role.BODY])
def test_what_the_original_has_as_well(role: Role) -> None:
    """A catalogue of messages is read by a program, which shows the same of both."""
    text = "Neu in %s &#8212; %s"
    segment = Segment(text, OffsetMap.identity(len(text)), role=role, original="New in %s &#8212; %s")
    detect = entities.compile(entities.Params("html"))
    hits = list(detect(segment, Context(lookup("de"))))
    assert [repair.do for hit in hits for repair in hit.repairs] == (
        [] if role is Role.TARGET else ["decode-copied"]
    )


SOUND = [
    ("html", "AT&T; R&D; Q&A; M&M’s & co."),
    ("html", "https://example.org/?a=1&copy;=2"),
    ("html", "Write &lt;b&gt; to show a literal <b> tag."),
    ("html", "In HTML `&lt;` is <."),
    ("html", "&#0; &#x1F; &nosuchthing;"),
    ("html", "Tom & Jerry; the end"),
    ("backslash", "[\\u0400-\\u04ff]+"),
    ("backslash", "C:\\users\\new"),
    ("backslash", "\\ud83d alone"),
    ("backslash", 'Lines are joined by "\\n". For example:'),
    ("byte-token", "0xC5 and <0>"),
]


@pytest.mark.parametrize(("notation", "text"), SOUND, ids=[row[1] for row in SOUND])
def test_sound(notation: str, text: str) -> None:
    assert find(text, notation) == []


def test_half_a_character_is_reported_without_a_repair() -> None:
    (hit,) = find("x <0xF0><0x9F> y", "byte-token")
    assert not hit.repairs


@pytest.mark.parametrize("unit", ["&", "& ", "&amp;", "&#", "\\u", "\\", "<0x", "<0xC3>"])
def test_time_is_linear(unit: str) -> None:
    def run() -> None:
        for notation in ("html", "backslash", "byte-token"):
            find(unit * 50_000, notation)

    assert seconds(run, times=1) < 2


@pytest.mark.parametrize(
    ("original", "safety"),
    [
        (None, Safety.SAFE),
        ("Settings…", Safety.SAFE),
        ("Settings&hellip;", Safety.UNSAFE),
    ],
    ids=["no original", "the original has the character", "the original has the notation"],
)
def test_what_the_original_writes_so_is_not_safe_to_decode(original: str | None, safety: Safety) -> None:
    (finding,) = check_text("Nastavitve&hellip;", lang="sl", source_lang="en", source=original)
    assert finding.fix is not None
    assert finding.fix.safety is safety
