"""Why a foreign word may stand where it stands: quoted, spoken of, explained, a term.

Legitimate foreign text is ten to twenty times as common in news as leftovers are. These guards are
shared by all rules that look for leftovers.

    context_of(text, span)   why a foreign span may stand where it stands, or ""
    speaks_of_letters(text)  whether single letters of other scripts are probably its subject

Both see one segment only. They cannot know a title or a brand: that is for case and frequency.
"""

from __future__ import annotations

import re

from cleaner.offsets import Span
from cleaner.text import around, words
from cleaner.text.recent import recent
from cleaner.text.scripts import script_of

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
