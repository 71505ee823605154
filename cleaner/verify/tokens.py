"""A text → what it states: numbers, addresses, placeholders, tags, handles, names, words.

A fact has a key, which stays the same however it is written: ٤٢, ४२ and ４２ are the number 42, and an
address with a space in it is the same address. Two texts state the same when their facts have the
same keys in the same order.

Cannot see numbers that are written as words, names in writing without capital letters, nor whether
a word that changed has changed its meaning.

Cost: linear; about 1 µs a code point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.model import Invariant
from cleaner.offsets import Span
from cleaner.text.protect import masked
from cleaner.text.words import INNER, LETTER, MARKS


class Token(NamedTuple):
    """A piece of a text. `kind` is None for spaces and marks; words and pictures are letters."""

    kind: Invariant | None
    key: str
    span: Span


# What programs put into texts for other programs: format strings of Python, C, Ruby and JavaScript,
# variables of templates and shells, numbered tags of translation tools, names between double
# underscores or brackets.
_PLACEHOLDER = re.compile(
    r"""\{\{\{?[^{}\n]{0,100}\}\}\}?
    |\{%[^{}%\n]{0,200}%\}
    |[$\#%]?\{[\w.$\[\]-]{0,60}(?:![rsa])?(?::[^{}\s]{0,20})?\}
    |%\([\w.]{1,60}\)[\#0\ +-]{0,3}\d{0,3}(?:\.\d{1,3})?[a-zA-Z](?!\w)
    |%(?:\d{1,2}\$)?[\#0+-]{0,3}\d{0,3}(?:\.\d{1,3})?(?:hh|h|ll|l|z|j|t|L)?[sdiufFgGxXoc@](?!\w)
    |(?<!\w)\$[A-Za-z_]\w{1,40}
    |</?\d{1,3}/?>
    |__[A-Z][A-Z0-9_]{1,40}__
    |\[\[[\w.-]{1,40}\]\]""",
    re.VERBOSE,
)
_LOOSE = re.compile(r"(?<=[{%|])\s+|\s+(?=[}%|])")  # {{ name }} is {{name}}
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,15}://(?=\w)")
_ADDRESS_END = re.compile(r"[\s<>\"«»“”。、，]")
_MARKUP = re.compile(
    r"(?<!<)</?[A-Za-z][\w:-]{0,40}(?:\s[^<>]{0,1000})?/?>(?!>)|<!--.{0,1000}?-->|\{\\[^{}\n]{1,200}\}"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    re.DOTALL,
)
_OF_MASK = {
    "address": Invariant.URLS,
    "domain": Invariant.URLS,
    "e-mail": Invariant.EMAILS,
    "handle": Invariant.HANDLES,
    "hashtag": Invariant.HANDLES,
}
_TAIL = ".,;:!?)]}'\"’”»…。，）」"  # ends a sentence rather than an address
_CLOSES = dict(zip(")]}", "([{", strict=True))
# Numerals that are no digits (Unicode 17, categories No and Nl): superscripts, fractions, Roman, circled.
_NUMERALS = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u2182\u2185-\u2189"
    "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
)
# What makes another statement of the same number: percent, per mille, degree, currencies (Sc).
_SIGNS = "%‰°٪％﹪$¢£¥֏؋৳฿₠-₿＄￠￡￥￦"
_SEPARATORS = ".,\uff0e\uff0c\u066b\u066c"  # between digits: also full-width, also the two of Arabic
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Pictures and signs that say something, as 👍 and © do (So); arrows, boxes and bullets are marks.
_PICTURES = (
    "\u00a6\u00a9\u00ae\u2100-\u214f\u2300-\u23ff\u2600-\u2793\u27c0-\u27ef\u2b50-\u2bff\u3200-\u3250"
    "\U0001f000-\U0001faff"
)
_BYTES = "\ud800-\udfff\ufffd"  # bytes that are no text, and what stands for one that is lost
_PIECE = re.compile(
    rf"""(?P<number>[-\u2212\u2013]?\d+(?:[{_SEPARATORS}]\d+)*)
    |(?P<numeral>[{_NUMERALS}])
    |(?P<sign>[{_SIGNS}])
    |(?P<sign_of_script>[{_UNSPACED}][{MARKS}]*)
    |(?P<word>(?:(?![{_NUMERALS}{_UNSPACED}]){LETTER}[{MARKS}]*|[{_BYTES}]|(?<=\w)[{INNER}](?={LETTER}))+)
    |(?P<picture>[{_PICTURES}][{_PICTURES}\u200d\ufe0f]*)
    |(?P<space>\s+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_WRITTEN = str.maketrans("\uff0e\uff0c\u066b\u066c\u2212\u2013", ".,.,--")
_OPENS = re.compile(r"(?:^|[\s(\[«„“\"‘'])\Z")
_DIGIT_BEFORE = re.compile(r"\d\s?\Z")


def tokens(text: str) -> list[Token]:
    """The whole of a text in pieces, in order.

    >>> for kind, key, span in tokens("−٥٫٢ %: див. @nbu і https://bank.gov.ua."):
    ...     if kind and kind != "letters":
    ...         print(kind, key)
    digits -5.2
    digits %
    handles @nbu
    urls https://bank.gov.ua
    """
    out: list[Token] = []
    at = 0
    for token in _special(text):
        out += _pieces(text, at, token.span.start)
        out.append(token)
        at = token.span.end
    out += _pieces(text, at, len(text))
    return out


def differing(old: str, new: str) -> tuple[list[Token], list[Token]]:
    """The tokens of two texts, without most of those that both begin with or end with.

    Where nothing stands but words, numbers and marks, a text can be read from any place that parts two
    words. Of others all tokens are given.

    >>> before, after = differing("He paid 5 or 7 euros for it.", "He paid 5 or 17 euros for it.")
    >>> "".join(token.key for token in before), "".join(token.key for token in after)
    ('paid 5 or 7 euros ', 'paid 5 or 17 euros ')
    """
    if any(True for text in (old, new) for _ in _special(text)):
        return tokens(old), tokens(new)
    start = _shared(old, new)
    rest = min(len(old), len(new)) - start
    tail = min(_shared(old[::-1], new[::-1]), rest)
    first = next((at for at in range(start - _FORESIGHT, 0, -1) if _parts(old, at)), 0)
    left = next((size for size in range(tail - _FORESIGHT, 0, -1) if _parts(old, len(old) - size)), 0)
    return list(_pieces(old, first, len(old) - left)), list(_pieces(new, first, len(new) - left))


_FORESIGHT = 4  # more characters than a piece of text looks beyond its ends


def _shared(one: str, other: str) -> int:
    """How many characters two texts both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _parts(text: str, at: int) -> bool:
    """Whether a word begins at a place, and with a letter that no sign before it can change."""
    before, after = text[at - 1], text[at]
    if before.isspace():
        return after.isalpha() and (after < "\u0900" or _is_sign(after))
    return _is_sign(before) and _is_sign(after)


def _is_sign(char: str) -> bool:
    """Whether a character is a letter of Chinese or Japanese, which are a token each."""
    return ("\u3041" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff") and char.isalpha()


def value(number: str) -> str:
    """A number as its digits in ASCII, whatever script or width it is written in.

    >>> value("１２，５００"), value("४२"), value("๒๕๖๙"), value("½"), value("−5")
    ('12,500', '42', '2569', '0.5', '-5')
    """
    if number.isascii():
        return number
    if len(number) == 1 and not number.isdecimal():
        return f"{unicodedata.numeric(number, 0):g}"
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in number.translate(_WRITTEN)
    )


def letters(found: list[Token]) -> str:
    """The letters of some tokens, compatible forms as one: Ａ is A, ﬁ is fi, й is й.

    >>> letters(tokens("ﬁve ＡＢ-c")) == letters(tokens("five AB-c")) == "fiveABc"
    True
    """
    joined = "".join(token.key for token in found if token.kind is Invariant.LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKC", joined) if not _is_joiner(char))


def _is_joiner(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) in ("Cf", "Pd", "Po", "Pf", "Pi", "Zs")


def _special(text: str) -> Iterator[Token]:
    """Facts that are longer than a word, without overlap; what programs wrote comes first."""
    found: list[Token] = []
    if "<" in text or "&" in text or "{\\" in text:
        found += (_token(Invariant.MARKUP, text, *match.span()) for match in _MARKUP.finditer(text))
    if any(sign in text for sign in "{%<[_$"):
        found += (
            _token(Invariant.PLACEHOLDERS, text, *match.span()) for match in _PLACEHOLDER.finditer(text)
        )
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
    for (start, end), name in masked(text):
        kind = _OF_MASK.get(name)
        if name == "domain" and not text[start:end].partition("/")[0].rpartition(".")[2].islower():
            continue  # Corp.Is: a space is missing
        if kind is Invariant.URLS:
            addresses.append((start, end))
        elif kind is not None:
            found.append(_token(kind, text, start, end))
    found += (_token(Invariant.URLS, text, *span) for span in _whole(text, addresses))
    done = 0
    for token in sorted(found, key=lambda token: (token.span.start, -token.span.end)):
        if token.span.start >= done:
            yield token
            done = token.span.end


def _whole(text: str, addresses: list[tuple[int, int]]) -> Iterator[Span]:
    """Addresses of any length, from what they begin with, without what ends the sentence."""
    done = 0
    for start, end in sorted(addresses, key=lambda span: (span[0], -span[1])):
        if start >= done:
            stop = _ADDRESS_END.search(text, end)
            done = stop.start() if stop else len(text)
            yield Span(start, start + _size(text[start:done]))


def _size(address: str) -> int:
    """The code points of an address that belong to it; a bracket at its end does when one was opened.

    >>> _size("example.org/a_(b)."), _size("example.org/a).")
    (17, 13)
    """
    bare = address.rstrip(_TAIL)
    size = len(bare)
    open_ones = {close: bare.count(opens) - bare.count(close) for close, opens in _CLOSES.items()}
    for at in range(size, len(address)):
        if open_ones.get(address[at], 0) > 0:
            open_ones[address[at]] -= 1
            size = at + 1
    return size


def _token(kind: Invariant, text: str, start: int, end: int) -> Token:
    key = text[start:end]
    if kind is Invariant.PLACEHOLDERS:
        key = _LOOSE.sub("", key)
    elif kind is not Invariant.MARKUP:
        key = "".join(key.split()).replace("＃", "#")
    return Token(kind, key, Span(start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    word = -1  # where a word began that may go on
    for found in _PIECE.finditer(text, start, end):
        written, span, group = found[0], Span(*found.span()), found.lastgroup
        if group == "word" or (group == "mark" and unicodedata.category(written)[0] == "M"):
            word = span.start if word < 0 else word
            continue
        if word >= 0:
            yield _word(text, word, span.start)
            word = -1
        match group:
            case "number":
                yield from _number(text, written, span)
            case "numeral":
                yield Token(Invariant.DIGITS, value(written), span)
            case "sign":
                key = unicodedata.normalize("NFKC", written).replace("\u066a", "%")
                yield Token(Invariant.DIGITS, key, span)
            case "sign_of_script" | "picture":
                yield Token(Invariant.LETTERS, written, span)
            case _:
                yield Token(None, " " if group == "space" else written, span)
    if word >= 0:
        yield _word(text, word, end)


def _word(text: str, start: int, end: int) -> Token:
    return Token(Invariant.LETTERS, text[start:end], Span(start, end))


def _number(text: str, written: str, span: Span) -> Iterator[Token]:
    """A number, its minus included; a dash between two numbers or after a word is none."""
    if not written[0].isdecimal():
        before = text[max(0, span.start - 2) : span.start]
        if not _OPENS.search(before) or _DIGIT_BEFORE.search(before):
            yield Token(None, written[0], Span(span.start, span.start + 1))
            written, span = written[1:], Span(span.start + 1, span.end)
    yield Token(Invariant.DIGITS, value(written), span)
