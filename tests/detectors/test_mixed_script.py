"""Look-alike letters and signs: what is mapped, towards which script, and what is left alone."""

import pytest

from cleaner.detectors import mixed_script
from cleaner.detectors.base import Context
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap, splice


def mended(text: str, lang: str, of: str = "letters") -> tuple[str, list[str]]:
    detect = mixed_script.compile(mixed_script.Params(of))  # type: ignore[arg-type]
    hits = list(detect(Segment(text, OffsetMap.identity(len(text))), Context(lookup(lang))))
    repairs = [repair for hit in hits for repair in hit.repairs]
    return splice(text, [edit for repair in repairs for edit in repair.edits]), [
        repair.do for repair in repairs
    ]


MAPPED = [
    ("letters", "en", "Servicе", "Service", ["map"]),
    ("letters", "en", "Finаl Fаntasy", "Final Fantasy", ["map", "map"]),
    ("letters", "uk", "вiн", "він", ["map"]),
    ("letters", "ru", "Cовет", "Совет", ["map"]),
    ("letters", "cs", "Рraha", "Praha", ["map"]),
    ("letters", "en", "cоaxе", "coaxe", ["map-guess"]),
    ("signs", "en", "140х195", "140x195", ["map"]),
    ("signs", "de", "80 х 60 cm", "80 x 60 cm", ["map"]),
    ("signs", "fr", "50°С", "50°C", ["map"]),
    ("signs", "en", "Tel Aviv־Jaffa", "Tel Aviv-Jaffa", ["map"]),
]


@pytest.mark.parametrize(("of", "lang", "text", "right", "done"), MAPPED, ids=[row[2] for row in MAPPED])
def test_mapped_towards_the_script_of_the_text(
    of: str, lang: str, text: str, right: str, done: list[str]
) -> None:
    assert mended(text, lang, of) == (right, done)


SOUND = [
    ("letters", "ru", "USB-порты", "a hyphen joins two words"),
    ("letters", "cs", "злочинci", "towards Cyrillic is not the way of a Czech text"),
    ("letters", "ru", "КОЯN", "N has no twin"),
    ("letters", "en", "будут", "a word in one script"),
    ("letters", "ja", "Tシャツ", "no look-alikes"),
    ("letters", "uk", "ІМІS", "the twin of S is no letter of Ukrainian"),
    ("letters", "en", "see https://exаmple.org/x", "an address"),
    ("signs", "ru", "140х195", "Cyrillic text"),
    ("signs", "he", "תל אביב־יפו", "Hebrew text"),
]


@pytest.mark.parametrize(("of", "lang", "text", "because"), SOUND, ids=[row[2] for row in SOUND])
def test_left_alone(of: str, lang: str, text: str, because: str) -> None:
    assert mended(text, lang, of) == (text, []), because
