"""Signs that a text speaks about, and does not use: the mark ” closes, write &amp; for &.

    is_spoken_of(text, span)    whether the words around say so
    stands_alone(text, span)    whether something stands as a word of its own, which such a sign does
    stands_as_itself(...)       whether what a notation means stands near it as well
    says_what_it_does(...)      whether the next word may be about a mark

A sign that is spoken of is sound, however broken it would be in use. Told by nouns and verbs of the
larger languages (mark, Zeichen, signe, знак, 記号; write, type) right beside the sign. Cannot see a
sentence that names the sign in other words; a repair is then less sure than it looks.
"""

from __future__ import annotations

import re

from cleaner.offsets import Span
from cleaner.text import around

# Names that only a text about typography has: they count anywhere in the line. Hand-kept from
# dictionaries; stems, because most of the languages inflect them.
_QUOTATION_MARK = re.compile(
    r"""(?ix)quotation\ marks?|(?:curly|straight|smart|double|single)\ quotes?\b|inverted\ commas|guillemets?\b
    |anführungs(?:zeichen|strich)|gänsefüßchen|aanhalingsteken|citationstecken|citattecken|citationstegn
    |anførselstegn|gæsalapp|comillas|\baspas\b|cometes\b|virgolett|ghilimel|кавыч[ке]|кавичк|лапк[иа]|лапок\b
    |наводни[кц]|navodni[kc]|narekovaj|cudzysł|uvozovk|úvodzov|kabut[ėe]|pēdiņ|idézőjel|macskaköröm|lainausmerk
    |jutumär|tırnak\ işaret|εισαγωγικ|引用符|引[号號]|[かカ]ギ?ぎ?括弧|鉤括弧|[书書]名[号號]|따옴표|낫표|מירכא|גרשיים
    |علام(?:ة|ات)\ ال(?:تنصيص|اقتباس)|گیومه|उद्धरण\ चिह्न"""
)

# Nouns for signs and notations: they count in the three words before the sign, or right after it. English
# ones in small letters only: Mark and Marks are names.
_NOUN = r"""(?:
    (?-i:marks?|signs?|symbols?|characters?|tokens?|sequences?|strings?|codes?|letters?|accents?|tags?|commas?)
    |glyphs?|codepoints?|entit(?:y|ies)|escapes?|joiners?|pairs?|bytes?|apostrophes?|ampersands?|ligatures?
    |(?:schrift|satz|sonder|frage)?zeichen(?:s|folge)?|entität|buchstaben?
    |signes?|symboles?|caractères?|entités?|lettres?|balises?
    |signos?|símbolos?|caracteres?|caráct\w+|códigos?|entidad(?:es)?|letras?|sinal|sinais
    |segn[oi]|simbol[oi]|caratter[ei]|codic[ei]|entità|semne?(?:le|ul)?
    |teken(?:s|reeks)?|teck(?:en|n)\w{0,4}|tegn\w{0,4}
    |merk(?:ki\w{0,3}|it|in)|märk\w{0,3}|märgi\w{0,3}|jel\w{0,3}|karakter\w{0,4}|simge\w{0,3}|işaret\w{0,4}
    |znak\w{0,3}|symbol\w{0,3}|encj\w{1,2}|kód\w{0,2}|kod\w{0,2}|zīm\w{1,2}|ženkl\w{1,4}
    |знак\w{0,3}|символ\w{0,3}|код\w{0,2}|букв\w{0,3}|літер\w{0,3}
    |σημεί\w{1,3}|σύμβολ\w{1,2}|χαρακτήρ\w{1,3}
    |ה?סימן|ה?תו|(?:ال)?علامة|(?:ال)?رمز|(?:ال)?حرف|علامت|نشانهٔ?|चिह्न|अक्षर)"""
_HAN_NOUN = r"(?:記号|符[号號]|文字|字符|[标標]点|[标標]點|기호|부호|문자)"
_VERB = r"""(?:types?|typed|writes?|written|uses?|using|enter|insert|press|put|replaces?|prints?|spell\w*
    |instead\ of|rather\ than|schreib\w{0,3}(?:\ (?:man|sie))?|tipp\w{0,3}(?:\ sie)?|setz\w{0,2}|statt
    |tape[zr]|écri\w{1,3}|utilise[zr]?|au\ lieu\ de|escrib\w{1,3}|en\ lugar\ de|digite|escreva|em\ vez\ de
    |scriv[ia]|scrivete|digit[ai]|invece\ di|schrijf|typ|in\ plaats\ van|skriv|istället\ för|i\ stedet\ for
    |wpisz|napisz|zamiast|zapište|napište|místo|yazın|írjon|scrie\w{0,2}|γράψτε
    |пиш\w{2,4}|введите|наберите|став[ия]\w{1,3}|вместо|введіть|замість)"""
# A sign of something is a figure of speech.
_OF = r"(?:of|from|that|who|von|vom|des|del?|du|della?|di|do|da|van|av|af|på|od|из|от|для)"
_IS = r"""(?:is|are|means?|stands\ for|to|is\ called|ist|sind|bedeutet|steht\ für|heiß\w+|est|sont|es|son|è|é|это|це)
    \s+(?:(?:an?|the|eine?|das|die|der|une?|una|el|la|il|um|uma)\s+)?(?:[^\W\d_]+[\s-]+)?"""
_BEFORE = re.compile(
    rf"""(?ix)(?<![^\W_])(?:{_NOUN}(?:\W+(?!{_OF}\b)[^\W_]+){{0,2}}[\W_]{{0,8}}|{_VERB}(?:\ the)?\s?[(\[“„«'‘`]?)$
    |{_HAN_NOUN}\W{{0,3}}(?:\w\W{{1,3}})?$"""
)
_AFTER = re.compile(
    rf"""(?ix)^[\W_]{{0,4}}(?:{_IS})?{_NOUN}(?![^\W_])
    |^[”"’'»)]\ ?(?:は|と)|^[”"’'»)]?\ ?(?:表示|{_HAN_NOUN})"""
)
_SENTENCE_END = re.compile(r"[.!?。！？]\s")
# What a mark does, as the first word after it or the last before it: “ opens, begins with “, ” am Ende.
_TELLS = r"""(?:opens?|opened|opening|closes?|closed|closing|begins?|starts?|ends?|inner|outer|for|with
    |öffnet|schließt|am|anfang|ende|beginnt|endet|statt|opent|sluit|öppnar|stänger|åbner|lukker|åpner
    |ouvre|ferme|début|au|fin|abre|cierra|inicio|final|fecha|apre|chiude|inizio|fine
    |откры\w+|закры\w+|начал\w+|конц\w+|відкри\w+|закри\w+|початк\w+|кінц\w+
    |otwiera|zamyka|początk\w+|końc\w+|otevírá|zavírá|otvára|zatvára|začátk\w+|konc\w+
    |nyit\w*|zár\w*|elej\w+|vég\w+|áll|avaa|sulkee|açar|kapatır|ανοίγει|κλείνει
    |で?始\w+|で?終\w+|表示\w*|פותח|סוגר|تفتح|تغلق\w*)"""
_TOLD_AFTER = re.compile(rf"(?ix)\s?{_TELLS}(?!\w)")
_TOLD_BEFORE = re.compile(rf"(?ix)(?<!\w){_TELLS}\s$")
_REACH = 48

_OUTER = frozenset(" \t\n\r\u00a0\u202f\u2009\u3000([{（【«“„‘‚\"'`»”’「『–—/|,;:=→")
_INNER = frozenset(" \t\n\r\u00a0\u202f\u2009\u3000)]}）】»”’“‘\"'`」』,.;:!?…、。，–—/|=→")


def stands_alone(text: str, span: Span) -> bool:
    """Whether nothing but spaces, brackets, marks and punctuation touches a span.

    >>> stands_alone("write &amp; for it", Span(6, 11)), stands_alone("M&uuml;ller", Span(1, 7))
    (True, False)
    """
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return (not before or before in _OUTER) and (not after or after in _INNER)


def is_spoken_of(text: str, span: Span) -> bool:
    """Whether a span stands alone and the words beside it say that a sign is meant.

    >>> is_spoken_of("Das Zeichen „ steht unten.", Span(12, 13))
    True
    >>> is_spoken_of("Er sprach von „ Fortschritt “.", Span(14, 15))
    False
    """
    if not stands_alone(text, span):
        return False
    left = text[max(0, span.start - _REACH) : span.start].rpartition("\n")[2]
    right = text[span.end : span.end + _REACH].partition("\n")[0]
    left = _SENTENCE_END.split(left)[-1]
    return bool(_BEFORE.search(left) or _AFTER.search(right))


def names_quotation_marks(text: str, at: int) -> bool:
    """Whether the line around `at` has a name of quotation marks.

    >>> names_quotation_marks("Кавычки „ и “ зовут лапками.", 8)
    True
    """
    line = around.line(text, Span(at, at))
    return bool(_QUOTATION_MARK.search(text, line.start, line.end))


def says_what_it_does(text: str, span: Span, *, after: bool) -> bool:
    """Whether the word right after (or before) a mark may be about the mark: it opens, it ends a sentence.

    >>> says_what_it_does("“ opens here", Span(0, 1), after=True)
    True
    """
    if after:
        return bool(_TOLD_AFTER.match(text, span.end))
    return bool(_TOLD_BEFORE.search(text[max(0, span.start - 16) : span.start]))


def stands_as_itself(text: str, span: Span, meant: str, reach: int = 120) -> bool:
    """Whether `meant` stands, as a word of its own, within `reach` code points of a span.

    Then the span may show how it is written: “write &eacute; to get é”.

    >>> text = "Write &eacute; to get é."
    >>> stands_as_itself(text, Span(6, 14), "é"), stands_as_itself("caf&eacute; brûlé", Span(3, 11), "é")
    (True, False)
    """
    meant = meant.strip()
    if not meant:
        return False
    for start, end in (
        (max(0, span.start - reach), span.start),
        (span.end, min(len(text), span.end + reach)),
    ):
        at = text.find(meant, start, end)
        while at >= 0:
            if stands_alone(text, Span(at, at + len(meant))):
                return True
            at = text.find(meant, at + 1, end)
    return False
