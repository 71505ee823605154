r"""What must stay as it is: addresses, handles, tags, placeholders, code, mentions, glosses.

Legitimate foreign text is ten to twenty times as common in news as leftovers are. These guards are
shared by all rules that look for leftovers.

    masked(text)            spans of things that are no prose at all; nothing inside is a leftover
    changed_by(text, edits) the address, handle or placeholder that edits would change
    context_of(text, span)  why a foreign span may stand where it stands, or ""

Both see one segment only. They cannot know a title or a brand: that is for case and frequency.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from cleaner.offsets import Edit, Span
from cleaner.text import anchored, around, words
from cleaner.text.recent import recent
from cleaner.text.scripts import script_of
from cleaner.text.triggers import utf8
from cleaner.values import dataclass

# Symbols of units after a number; they are the same in all languages (SI brochure, 9th edition,
# tables 1 to 8, and what computers and roads add).
_UNITS = (
    "µg|μg|µm|μm|km/h|mph|kph|m/s|km|cm|mm|nm|kg|mg|ml|cl|dl|m²|km²|k?hz|[kKMGT]Hz|[kmgt]b(?:ps|it)?|[kKMGT]B|[kKMG]?[Ww]h?|mAh|mah"
    "|[kmMG]?[VA]|rpm|fps|dpi|px|pts?|bps|ft|lbs?|oz|yd|hp|mi|min|sec|[ap]\\.?m|dB|db|lm|ha|th|st|nd|rd|bit|[xX]"
)


@dataclass(frozen=True, slots=True)
class _Mask:
    """A pattern of what is no prose, looked for only where the text has one of some `signs`, or a `gate`.

    With `lead` the pattern begins with one character more than what it masks: a digit is faster to
    search for than the place behind one. A mask that `begins` with one of its signs, or where its gate
    matches, is tried at these places only.
    """

    kind: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    gate: re.Pattern[str] | None = None
    lead: int = 0
    begins: bool = False


def _mask(kind: str, pattern: str, *signs: str, gate: str = "", lead: int = 0, begins: bool = False) -> _Mask:
    return _Mask(kind, re.compile(pattern), signs, re.compile(gate) if gate else None, lead, begins)


_NUMBERED = r"\d(?:[ \u00a0\u202f]?[A-Za-zµμ]|[èºªтгйяех])"  # before a unit or the ending of an ordinal

# The order matters: where several patterns match at a place, the first one wins. Each begins with a
# sign that is quick to find, a look back included: `@(?<!\w@)` is ten times as fast as `(?<!\w)@`.
_MASKS = (
    _mask("address", r"(?:https?|ftp)\s?:\s?/\s?/\s?[^\s<>\"«»“”。、，]{1,500}", "/"),
    _mask("address", r"www\.[^\s<>\"«»“”。、，]{1,300}", "www."),
    _mask("e-mail", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", "@"),
    _mask(
        "kaomoji",
        r"[(（][^()（）\n\w]{0,3}[\^;°´`ω・ﾟ_>˘-][^()（）\n]{0,8}[)）][ノﾉ]?",
        "(", "（", begins=True,
    ),
    _mask("kaomoji", r"¯\\_\(ツ\)_/¯", "¯"),
    _mask("kaomoji", r"(?<=[)）]) ?[ノﾉ](?!\w)", "ノ", "ﾉ"),
    _mask("handle", r"@(?<!\w@) ?[A-Za-z0-9_]{2,40}(?:[.][A-Za-z0-9_]{1,30})*", "@"),
    _mask("handle", r"@(?<!\w@)\w{2,40}", "@"),
    _mask("placeholder", r"#\s?[A-Z][A-Za-z]{0,20}(?:[_ ]?[A-Z0-9]\w{0,20}){0,3} ?\d? ?#", "#"),
    _mask("hashtag", r"[#＃](?: ?[A-Za-z0-9_]{2,60}|\w{2,60})", "#", "＃", begins=True),
    _mask("placeholder", r"[\[【(（]\s?[A-Za-z]{3,20}[ _]?\d{1,4}\s?[\]】)）]", "[", "【", "(", "（", begins=True),
    _mask("placeholder", r"[\[【]\s?[A-Z]{4,20}\s?[\]】]", "[", "【", begins=True),
    _mask("markup", r"<\s?/?\s?\w[\w:-]{0,40}(?:\s[^<>]{0,200})?\s?/?\s?>", "<"),
    _mask("markup", r"&[#\w]{1,12};", "&"),
    _mask("placeholder", r"\{\{?\s?[\w.]{1,60}\s?\}?\}", "{"),
    _mask("placeholder", r"%\(?[\w.]{0,40}\)?[sdif](?!\w)", "%"),
    _mask("placeholder", r"\$\{\w{1,60}\}", "$"),
    _mask("code", r"```[^`]{1,4000}```", "`"),
    _mask("code", r"`[^`'\n]{1,200}[`']", "`"),
    _mask("code", r"\w{1,40}\(\)", "()"),
    _mask("code", r"-(?<![\w-]-)-?[a-z]{2,20}(?:[-=][\w-]{1,40}){1,5}", "-"),
    _mask("emoji", r":[a-z][a-z0-9_+-]{2,40}:(?::?[a-z0-9_+-]{2,40}:)*", ":"),
    _mask("unit", rf"\d[ \u00a0\u202f]?(?:{_UNITS})(?![A-Za-z])", gate=_NUMBERED, lead=1, begins=True),
    _mask("code", r"\.(?<![\w.]\.)[a-z]{2,4}(?![\w.])", "."),
    _mask(
        "ordinal",
        r"\d(?:er|ère|re|nde?|e|ème|è|º|ª|ter|te|ste|st|rd|th|ти|го|й|я|е|х)(?!\w)",
        gate=_NUMBERED,
        lead=1,
        begins=True,
    ),
    _mask("path", r"/(?<![\w/]/)[\w.-]{1,80}(?:/[\w.-]{1,80}){1,11}/?", "/"),
    _mask("path", r"[A-Z]:\\[^\s\"<>|]{1,200}", ":\\"),
    _mask(
        "domain",
        r"(?<![A-Za-z0-9.@])(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12}(?![A-Za-z0-9@])(?:/[!-~]{0,300})?",
        gate=r"\.(?<=[A-Za-z0-9-]\.)[A-Za-z]{2}",
    ),
    _mask(
        "domain",
        r"(?<![\w.@])(?:[\w-]{1,63}\.){1,5}(?:рф|укр|бел|срб|мкд)(?![\w@])(?:/[^\s<>\"«»“”]{0,300})?",
        ".рф", ".укр", ".бел", ".срб", ".мкд",
    ),
)  # fmt: skip
# Signs beyond ASCII, and signs of several characters with one of these that is rarer.
_RARE_SIGNS = tuple(
    (sign, next((char for char in "\\()" if char in sign and len(sign) > 1), ""))
    for sign in {sign for mask in _MASKS for sign in mask.signs if len(sign) > 1 or not sign.isascii()}
)
_NO_SIGNS = bytes(code for code in range(256) if code > 127 or chr(code).isalnum() or code in b" \n")
_SIGN = re.compile(
    r"[ノﾉ@#＃<{%`&$\\]|:/|: /|/\w|www|[\[【(（]|:[a-z]|\w\.\w|-[a-z]+=|\d[ \u00a0\u202f]?[^\W\d_]|\.[a-z]"
)

# Endings that make `word.ending` a domain; all others are a missing space after a full stop.
_DOMAINS = frozenset(
    [
        "com",
        "net",
        "org",
        "info",
        "biz",
        "edu",
        "gov",
        "int",
        "eu",
        "io",
        "ai",
        "app",
        "dev",
        "tv",
        "me",
        "co",
        "us",
        "uk",
        "ru",
        "рф",
        "su",
        "ua",
        "укр",
        "by",
        "kz",
        "de",
        "at",
        "ch",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "be",
        "pl",
        "cz",
        "sk",
        "hu",
        "ro",
        "bg",
        "hr",
        "si",
        "rs",
        "ba",
        "mk",
        "gr",
        "tr",
        "fi",
        "se",
        "no",
        "dk",
        "is",
        "lt",
        "lv",
        "ee",
        "il",
        "ir",
        "in",
        "cn",
        "jp",
        "kr",
        "tw",
        "hk",
        "sg",
        "au",
        "cx",
        "nz",
        "ca",
        "br",
        "mx",
        "ar",
        "бел",
        "срб",
        "мкд",
        "онлайн",
        "news",
        "online",
        "site",
        "blog",
        "shop",
        "xyz",
        "js",
        "ts",
        "py",
        "php",
        "html",
        "htm",
        "pdf",
        "exe",
        "zip",
        "docx",
        "jpg",
        "png",
    ]
)


@recent(64)
def masked(text: str) -> tuple[tuple[Span, str], ...]:
    """Spans that are no prose, in order, each with what it is.

    >>> for span, what in masked("Пишите на info@post.ru, см. #выборы и https://пример.рф/a."):
    ...     print(span.start, span.end, what)
    10 22 e-mail
    28 35 hashtag
    38 58 address
    """
    if not _SIGN.search(text):
        return ()
    return tuple(
        (span, kind) for span, kind in _matches(text) if kind != "domain" or _is_domain(text[span.slice])
    )


ADDRESSES = ("address", "domain")
_STATED = (*ADDRESSES, "e-mail", "handle", "hashtag")
_TAIL = ".,;:!?)]}'\"’”»…。，）」"  # ends a sentence rather than an address


def stated(text: str) -> Iterator[tuple[Span, str]]:
    """Addresses, e-mail addresses, handles and tags: what a text states by signs that no word may change.

    >>> [(text[span.slice], what) for text in ("(https://a.org/x).",) for span, what in stated(text)]
    [('https://a.org/x', 'address')]
    """
    for (start, end), kind in masked(text):
        if kind == "domain" and not text[start:end].partition("/")[0].rpartition(".")[2].islower():
            continue  # Corp.Is: a space is missing
        if kind in ADDRESSES:
            end = start + len(text[start:end].rstrip(_TAIL))
        if kind in _STATED:
            yield Span(start, end), kind


def changed_by(text: str, edits: Iterable[Edit]) -> tuple[Span, str] | None:
    """What is stated, or the placeholder of a program, that one of some edits would change, and what it is.

    Taking spaces out of one does not change it.

    >>> changed_by("see example.com/percents", [Edit(Span(16, 24), "per cents")])
    (Span(start=4, end=24), 'domain')
    >>> changed_by("percents of example.com", [Edit(Span(0, 8), "per cents")]) is None
    True
    """
    fixed = [*stated(text), *(one for one in masked(text) if _is_of_program(text, one))]
    for span, new in edits:
        if "".join(text[span.slice].split()) != new:
            for place, kind in fixed:
                if place.overlaps(span) or place.start < span.start < place.end:
                    return place, kind
    return None


def _is_of_program(text: str, mask: tuple[Span, str]) -> bool:
    return mask[1] == "placeholder" and text[mask[0].start] in "{%$"


def _is_domain(text: str) -> bool:
    return text.split("/")[0].rpartition(".")[2].lower() in _DOMAINS


def _matches(text: str) -> Iterator[tuple[Span, str]]:
    """What one alternation of all patterns would match from left to right, each pattern by itself.

    An alternation tries every pattern at every place, which is fifty times as slow.
    """
    heap: list[tuple[int, int, int]] = []  # where the next match of a pattern begins, the pattern, its end
    places: dict[int, list[int]] = {}  # where a pattern can begin, if it has a sign to begin with

    def look(number: int, at: int) -> None:
        mask = _MASKS[number]
        first = max(0, at - mask.lead)
        if number not in places:
            found = mask.pattern.search(text, first)
        else:
            tried = places[number]
            rest = range(bisect_left(tried, first), len(tried))
            found = next(filter(None, (mask.pattern.match(text, tried[place]) for place in rest)), None)
        if found is not None:
            heappush(heap, (found.start() + mask.lead, number, found.end()))

    present = utf8(text).translate(None, _NO_SIGNS).decode("ascii")
    rare = (sign for sign, needed in _RARE_SIGNS if (not needed or needed in present) and sign in text)
    wanted, begun = _wanted(frozenset((*present, *rare)))
    for gate, numbers in _GATED.items():
        found = gate.finditer(text) if _MASKS[numbers[0]].begins else filter(None, (gate.search(text),))
        if at := [match.start() for match in found]:
            wanted = (*wanted, *numbers)
            places |= dict.fromkeys((number for number in numbers if _MASKS[number].begins), at)
    for number, begins in begun:
        places[number] = sorted(at for sign in begins for at in anchored.places(text, sign))
    for number in wanted:
        look(number, 0)
    done = 0
    while heap:
        start, number, end = heappop(heap)
        if start >= done:
            yield Span(start, end), _MASKS[number].kind
            done = end
        look(number, max(done, start))


_GATED: dict[re.Pattern[str], tuple[int, ...]] = {
    gate: tuple(number for number, mask in enumerate(_MASKS) if mask.gate == gate)
    for gate in (mask.gate for mask in _MASKS)
    if gate is not None
}


@functools.lru_cache(maxsize=1024)
def _wanted(signs: frozenset[str]) -> tuple[tuple[int, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The masks without a gate that some signs call for; the signs with which those begin that are tried there."""
    wanted = [number for number, mask in enumerate(_MASKS) if not signs.isdisjoint(mask.signs)]
    return tuple(wanted), tuple(
        (number, tuple(sign for sign in _MASKS[number].signs if sign in signs))
        for number in wanted
        if _MASKS[number].begins
    )


def mask_at(masks: tuple[tuple[Span, str], ...], span: Span) -> str:
    """What a span lies in or touches, or "".

    >>> mask_at(masked("см. #на выборах"), Span(5, 7))
    'hashtag'
    """
    at = bisect_right(masks, span.end - 1, key=lambda mask: mask[0].start) - 1
    if at >= 0 and masks[at][0].overlaps(span):
        return masks[at][1]
    return ""


# Nouns and verbs after which a foreign word is spoken of, not spoken; stems, because most of the
# languages inflect them. Hand-kept from dictionaries; whole words for the short ones.
_MENTION = re.compile(
    r"""(?ix)\b(?:
    words?|terms?|phrases?|letters?|prefix(?:es)?|suffix(?:es)?|pronouns?|verbs?|nouns?|adjectives?
    |adverbs?|prepositions?|known\ as|means?|meaning|translates?|translation|called|spelled|spelt|transliterat\w+
    |synonyms?|dialect|slang|etymolog\w+|pronounced|inscription|titled|entitled|lit|literally
    |w[oö]rt(?:er|ern|es|e)?|begriff\w*|ausdruck\w*|bedeutet|hei(?:ß|ss)t|genannt|buchstabe\w*|titel
    |mots?|termes?|expression|signifie|lettres?|appelée?s?|intitulée?s?|dit|dite
    |palabras?|términos?|expresión|significa|llamad[oa]s?|letras?|titulad[oa]
    |parol[ae]|termin[ei]|lettere?|intitolat\w+|palavras?|chamad[oa]s?|woord(?:en)?|betekent|ordet?|orðið
    |słow\w{1,3}|wyraz\w{0,3}|slov\w{0,4}|výraz\w{0,4}|písmen\w{0,3}|pojem|pojm\w{1,3}|znamená|riječ\w{0,3}|izraz\w{0,3}
    |слов[оауеом]\w{0,2}|слів|термін\w{0,3}|термин\w{0,3}|букв[аыуеоі]\w{0,2}|літер\w{0,3}|означа\w{1,5}|называ\w{1,6}
    |назива\w{1,6}|выражени\w{1,2}|вираз\w{0,3}|приставк\w|предлог\w{0,2}|прийменник\w{0,2}|надпис\w{0,3}|напис\w{0,3}
    |думи|дума|реч|שם|מילה|המילה|המונח|מונח|كلمة|मतलब|शब्द
    )\b|[語词詞]|単語|一词|という(?:語|言葉)"""
)
# What has words of its own: in quotation marks behind these the words are theirs.
_QUOTABLE = re.compile(
    r"""(?ix)\b(?:slogans?|mottos?|banners?|posters?|placards?|chants?|chanted|chanting|graffiti|hashtags?|songs?|poems?
    |hymns?|anthems?|verses?|lyrics|losung\w*|parolen?|plakat\w*|lied\w*|gedicht\w*|slogan\w*|pancartes?|affiches?
    |chansons?|poèmes?|consignas?|pancartas?|canción|canciones|poemas?|cartaz\w*|canção|canções|striscion\w|canzon\w
    |poesi\w|spandoek\w*|gedicht\w*|hasł\w{1,3}|transparent\w*|piosenk\w{1,3}|wiersz\w*|hesl\w{1,3}|písn\w{1,3}|báse\w{1,3}
    |лозунг\w*|плакат\w*|песн\w{1,3}|стих\w*|гасл\w{1,3}|пісн\w{1,3}|вірш\w*|транспарант\w*|slagord\w*|paroll\w*|låt\w*)\b
    |標語|スローガン|口号|口號|歌曲"""
)
_SIC = re.compile(r"\s?[\[(]\s?sic\b", re.IGNORECASE)
_SAYS_LANGUAGE = re.compile(
    r"""(?ix)\b(?P<prep>(?:in|auf|en|po|на|по|по-|in\ het|på)\s)?\b(?:latin|greek|hebrew|arabic|chinese|japanese|korean
    |russian|ukrainian|german|french|czech|english|spanish|italian|polish|persian|hindi|lat\.|gr\.|engl?\.|angl\.
    |рус\.|укр\.|англ\.|лат\.|нем\.|нім\.|фр\.|кит\.|яп\.|ukr\.|rus\.|něm\.|griechisch|hebräisch|chinesisch|russisch
    |englisch|französisch|japanisch|japonais|chinois|russe|anglais|英語|英语|日语|俄语|中国語|ロシア語)\s?(?P<sign>[:：]?\s?[«»„“”"'‘]?)$"""
)
_ABBREVIATED = re.compile(
    r"(?:engl?|angl|franz?|dt|něm|nem|it(?:al)?|lat|rus|ukr|jap|šp|isp|esp)\.\s", re.IGNORECASE
)
_GLOSS = re.compile(
    r"\s?[(（]\s?([^\W\d_][^\s()（）]{0,40}((?:\s[^\s()（）]{1,40}){0,11}))\s?[)）]"
)  # a title or a sentence in parentheses
_QUOTES = "\"'«»„“”‘’‚‹›「」『』《》״＂"
_CLOSERS = "\"'»“”’›」』》״＂«"


def context_of(text: str, span: Span, *, terms: int = 3) -> str:
    """Why a foreign span may stand where it stands, or "".

    mention       right after a word like “word” or “means”, or in quotation marks near one
    gloss         in parentheses right after a capitalised phrase or a quotation (its original), or
                  with its own gloss in parentheses or quotation marks after it
    sic           marked [sic]
    term          the same span stands `terms` times or more in the text
    quotation     in a line that quotes by > at its beginning
    language      after the name of a language (“Hebrew: …”)

    These guards make a finding less sure; some legitimate-looking frames are leftovers all the same.

    >>> text = "The word перестройка means rebuilding."
    >>> context_of(text, Span(9, 20))
    'mention'
    >>> context_of("They both [будут] be there.", Span(11, 16))
    ''
    """
    found = text[span.slice]
    frame = words.fence(text, span)
    outer = frame or span
    line = text[around.line(text, span).start : span.start]
    if line.startswith((">", "＞")):
        return "quotation"
    if _SIC.match(text, outer.end) or found.lower() == "sic":
        return "sic"
    left = text[max(0, outer.start - 40) : outer.start]
    quoted = frame is not None and text[frame.start] in _QUOTES
    if (
        quoted
        and left.endswith(("(", "（"))
        and text[outer.end : outer.end + 1] in (")", "）")
        and _is_title(left[:-1])
    ):
        return "gloss"
    near = _last_words(left, 3 if quoted else 2 if left.rstrip().endswith(" as") else 1)
    right = text[outer.end : outer.end + 24]
    if quoted and (
        _QUOTABLE.search(near)
        or (len(found) <= 3 and _MENTION.search(line + text[outer.end : outer.end + 80]))
    ):
        return "mention"
    if near and _MENTION.search(near):
        return "gloss" if re.match(r"\s?[(（]", right) else "mention"
    if quoted and _MENTION.match(right.lstrip(" ,–—-")):
        return "mention"
    said = _SAYS_LANGUAGE.search(left)
    if (said and (said["prep"] or said["sign"].strip() or frame)) or _ABBREVIATED.match(found):
        return "language"
    if frame is not None and text[frame.start] in "(（" and _is_original(found, left):
        return "gloss"
    if (
        frame is not None
        and text[frame.start] == "("
        and _HAN_NAME.fullmatch(found)
        and _FULL_NAME.search(left.rstrip())
    ):
        return "gloss"
    if re.match(r"\s?[(（,—–-]\s?[\"'«„“”‘「]", right):
        return "gloss"
    if _is_glossed(found, text, outer.end, quoted=quoted):
        return "gloss"
    if len(found) > 2 and around.repeats(text, span, times=terms):
        return "term"
    return ""


# Words for a sign of an alphabet, in the languages that the word list above covers.
_LETTER = re.compile(
    r"""(?ix)\b(?:letters?|alphabets?|characters?|buchstaben?|lettres?|letras?|letter[ae]|písmen\w{0,3}|liter[aęyą]?
    |bokstav\w*|bogstav\w*|kirjain\w*|harf\w*|букв[аыуеоі]?\w{0,2}|літер\w{0,3}|слов[оа]\s+азбук\w|אות|אותיות|حرف|حروف|अक्षर\w*)\b
    |文字|字母|글자""",
)


@recent(64)
def speaks_of_letters(text: str) -> bool:
    """Whether a text speaks of letters, so that a single foreign one is probably its subject.

    >>> speaks_of_letters("The letter ё is often written as е."), speaks_of_letters("He went в town.")
    (True, False)
    """
    return _LETTER.search(text) is not None


def _last_words(left: str, count: int) -> str:
    """The last words of the text before a span, nothing when a sentence ends between."""
    tail = re.split(r"[.!?。]\s", left)[-1]
    return " ".join(words.WORD.findall(tail)[-count:]) if tail[-1:] not in ".!?" else ""


def _is_glossed(found: str, text: str, end: int, *, quoted: bool) -> bool:
    """Whether a parenthesis after a foreign span says what it means: a title of its own, in other letters.

    After a quotation a few plain words do as well.
    """
    own = _GLOSS.match(text, end)
    if own is None or own[1] == found:
        return False
    if quoted and own[2].count(" ") <= 3:
        return True
    title = own[1][0].isupper() and not own[1].isupper() and not found.islower()
    return title and script_of(own[1][0]) != script_of(found[0])


_HAN_NAME = re.compile("[\u3400-\u9fff]{4,5}")  # Murakami Haruki; shorter ones `_is_original` knows
_FULL_NAME = re.compile(r"(?<![^\s(«“„\"])[^\W\d_a-zа-я][^\W\d_]+ [^\W\d_a-zа-я][^\W\d_]+$")


def _is_title(left: str) -> bool:
    """Whether a name or title stands right before: its last word has a capital, or marks close it."""
    left = left.rstrip()
    tail = words.WORD.findall(left)[-1:]
    return left[-1:] in _CLOSERS or bool(tail and left.endswith(tail[0]) and tail[0][0].isupper())


def _is_original(found: str, left: str) -> bool:
    """Whether a parenthesis gives the original of the name before it.

    Right after a capitalised word: a Chinese or Korean name of two or three signs, what an
    abbreviation stands for, or a word that begins with the same sound, as Pravda (Правда).
    """
    left = left.rstrip()
    tail = words.WORD.findall(left)[-1:]
    if not tail or not left.endswith(tail[0]) or not tail[0][:1].isupper():
        return False
    if tail[0].isupper() and len(tail[0]) > 2 and re.fullmatch("[\u3400-\u9fff]{2,12}", found):
        return True
    if re.fullmatch("[\u3400-\u9fff\uac00-\ud7af]{2,3}", found):
        return True
    return bool(found) and _SOUND.get(found[0].lower(), "?") == tail[0][0].lower() and found[0].isupper()


# The first sound of a name in Latin letters: Cyrillic and Greek letters with one plain equivalent.
_SOUND = dict(
    zip("абвгдзийклмнопрстуфяюєїαβγδζικλμνπρστ", "abvgdziiklmnoprstufyyyyabgdziklmnprst", strict=True)
)
