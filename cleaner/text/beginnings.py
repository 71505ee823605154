"""What several rules ask of a text, worked out once: small letters, and how its sentences and lines begin.

    lowered(text)         the text in small letters
    beginnings(text)      the first characters of all that may be a sentence or a line

Rougher than the patterns that tell where a sentence begins, so that it takes a tenth of their time: an
abbreviation or a time of day ends a sentence here, and marks before the first letter are taken away. The
last few texts are remembered, because the rules come one after the other.
"""

from __future__ import annotations

from cleaner.text.recent import recent

HEAD = 10  # characters of a beginning
ENDS = ".!?:…。！？：।؟۔\r\n"
_BEYOND_ASCII = tuple(end for end in ENDS if end > "\x7f")
# What may stand before a sentence or the words of a line.
STRIPPED = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000'\"”»)*]」』）“«„‘(（[【_>#•·–—▪►→|-"
)
_PLAIN = (("\u00a0", " "), ("\u202f", " "), ("’", "'"))  # what a phrase does not tell apart


@recent(4)
def lowered(text: str) -> str:
    """The text in small letters."""
    return text.lower()


def plain(text: str) -> str:
    """The beginning of a phrase as `beginnings` has those of a text."""
    for sign, written in _PLAIN:
        text = text.replace(sign, written)
    return text.lower()


@recent(16)
def beginnings(text: str) -> tuple[str, ...]:
    """The first ten characters after each end of a sentence or a line, in small letters; "" where none is left.

    >>> beginnings("“He left.” At 8:30\\nI’m sorry")
    ('he left', 'at 8', '30', "i'm sorry")
    """
    return tuple([piece.lstrip(STRIPPED)[:HEAD].lower() for piece in _pieces(text)])


@recent(4)
def _pieces(text: str) -> tuple[str, ...]:
    for end in ".!?:\r":
        text = text.replace(end, "\n")
    if not text.isascii():
        for end in _BEYOND_ASCII:
            text = text.replace(end, "\n")
        for sign, written in _PLAIN:
            text = text.replace(sign, written)
    return tuple(text.split("\n"))


@recent(64)
def heads(text: str, size: int) -> frozenset[str]:
    """The first `size` characters of all beginnings."""
    if size >= HEAD:
        return frozenset(beginnings(text))
    return frozenset([head[:size] for head in heads(text, HEAD)])
