"""How strange a piece of text is in the language it should be in.

Strangeness is counted in bits, so that it adds up: words by their frequency, unknown words by the
trigrams of the language, letters of other alphabets and signs in the middle of a word by their
kind. A repair is believed when it takes away so many bits that this outweighs how rare damage is.

Words and trigrams come from `cleaner.languages.lexicon`, alphabets from CLDR. Where a language has
no lexicon its letters alone are judged, and Han by the level-1 sets of GB 2312, Big5 and JIS X 0208,
which hold the common characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

from cleaner.languages import Language, alphabet, lexicon
from cleaner.text.codepage import Page
from cleaner.text.scripts import COMMON, script_of
from cleaner.text.triggers import needs
from cleaner.values import dataclass

# Letters, in bits. One that belongs to a word costs about 3 by its trigrams.
PLAIN_LETTER = 4.8  # no trigrams known, or ASCII in a language of another script
AUXILIARY_LETTER = 8.0  # of loanwords and names (CLDR's auxiliary exemplars)
FOREIGN_LETTER = 11.0  # of the same script
OTHER_SCRIPT = 13.0
COMMON_HAN, RARE_HAN, KANA = 8.5, 13.0, 6.0
# Words
BITS_PER_ZIPF = 3.3  # log2(10)
UNKNOWN_WORD = 6.0  # more than its letters
TWO_SCRIPTS = 8.0
CAPITALS, ODD_CASE = 2.0, 8.0
LONELY, LONELY_FOREIGN = 3.0, 9.0  # a letter on its own that is no word
# Signs: at the edge of a word, beside other signs, in the middle of a word
EVERYDAY_SIGN, QUOTE_IN_WORD = 3.5, 9.0
SYMBOL, SYMBOL_BESIDE_SIGN, SYMBOL_IN_WORD = 4.0, 8.0, 13.0
ODD_SIGN, ODD_SIGN_IN_WORD = 9.0, 16.0
CONTROL = 20.0  # C1, U+FFFD, private use, unassigned

STRANGE_SPELLING = 5.0  # bits a letter: no word of the language (lexicon.strangeness)
GOOD_SPELLING = 3.6

# What every newspaper prints besides letters and digits; the last two stand in emoji.
EVERYDAY = frozenset(
    "\u00a0\u202f“”‘’‚„«»‹›–—‐‑…·•、。，：；！？（）「」『』《》〈〉【】〔〕・～￥％＋－／\u3000־׳״،؛؟।॥\ufe0f\u200d"
)
QUOTES = frozenset("“”„«»‹›…")
SYMBOLS = frozenset("©®™°€£¥§¶×÷±½¼¾²³¹µ¿¡ªº№‰₴₽₪₹→←↑↓■●★☆♥✓−≤≥′″")
_AT_WORDS = frozenset("“”„«»‘’¿¡")
_OPENING = frozenset("“„«‘¿¡")
_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss"})
_FINE_IN_WORD = "\\x00-\\x7f’‘ʼ‐‑–—·・、。，：；！？（）「」『』《》〈〉【】〔〕"
_NEVER_IN_WORD = frozenset("“”„‚«»‹›…•")
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs", "Mn", "Mc"))
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3040-\u30ff\u31f0-\u31ff"
_LETTER = f"[^\\W\\d_{_HAN}{_KANA}]"
_WORD = re.compile(r"[^\W\d_]+")
# it isn’t, France’s; l’homme, dell’anno
_CLITIC = re.compile(
    r"[^\W\d_]{2}’(?:t|re|ve|ll)\b|[^\W\d_]{4}’[sd]\b|\b(?:[cdjlmnst]|qu|un|dell|all|nell|sull|dall)’[^\W\d_]{4}",
    re.IGNORECASE,
)


@cache
def _in_word(sign: str) -> re.Pattern[str]:
    """A sign between letters; one is found five times as fast as one of several."""
    return re.compile(f"{sign}(?<=[^\\W\\d_].)(?=[^\\W\\d_])")


@lru_cache(maxsize=1024)
def _one_of(signs: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, sorted(signs)))}]")


@dataclass(frozen=True, eq=False)
class Judge:
    """What is normal in one language. There is one for each (`judge_of`), known by its identity.

    >>> from cleaner.languages import lookup
    >>> judge = judge_of(lookup("fr"))
    >>> judge.strangeness("à côté") < judge.strangeness("Ã cÃ´tÃ©")
    True
    """

    language: Language

    # What can be seen at a glance

    @cached_property
    def odd(self) -> re.Pattern[str]:
        """One character that the language does not write every day."""
        return re.compile(self._odd)

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """What a text must have somewhere to be looked at: one of `gates`."""
        return re.compile("|".join(gate.pattern for gate in self.gates))

    @cached_property
    def gates(self) -> tuple[re.Pattern[str], ...]:
        """An odd character, an odd word: patterns that are faster one by one.

        Odd words have a sign or a capital inside, or are all capitals (KOI8 and cp1251 exchange
        capitals and small letters), or are two rare Han.
        """
        upper, lower = self._cased
        # each begins with the rarest of its characters: ten times as fast as reading forward
        odd = [self._odd, f"[{''.join(sorted(_NEVER_IN_WORD))}](?<=[^\\W\\d_].)(?=[^\\W\\d_])"]
        if upper:
            odd.append(f"[{upper}](?:(?<=[{lower}a-z].)|[{upper}]{{2}})")
        if "Hani" in self.language.scripts:
            odd.append(f"[{_rare_han()}\\uff66-\\uff9f]{{2}}")
        return tuple(map(re.compile, odd))

    def gates_for(self, text: str) -> tuple[re.Pattern[str], ...]:
        """What `gates` are for a text, as far as the signs that it has tell it: fewer, and quicker."""
        if not self._signs_tell:
            return self.gates
        _, inside, *others = self.gates
        signs = alphabet.of(self.language).signs(text)
        strange = signs - self._seen
        if strange:
            self._seen.update(sign for sign in strange if not self.odd.match(sign))
            strange -= self._seen
        found = [_one_of(strange)] if strange else []
        marks = signs & _NEVER_IN_WORD
        if marks and any(_in_word(sign).search(text) for sign in marks):
            found.append(inside)
        if others and self._page is not None and not self._has_odd_case(text):
            others = others[1:]
        return (*found, *others)

    @cached_property
    def _seen(self) -> set[str]:
        """Signs that are not odd; a text has few, so there are few in all."""
        return set()

    @cached_property
    def _cased(self) -> tuple[str, str]:
        """The capital and the small letters beyond ASCII."""
        own = [char for char in sorted(self.language.letters) if char > "\x7f"]
        return (
            "".join(char for char in own if char != char.lower()),
            "".join(char for char in own if char != char.upper()),
        )

    @cached_property
    def _page(self) -> Page | None:
        return alphabet.page_of(self.language)

    @cached_property
    def _case(self) -> tuple[bytes, tuple[str, ...]]:
        """What turns the bytes of a code page into U for these capitals, l for small letters, a space; the
        letters that it lacks."""
        assert self._page is not None
        table = bytearray(b" " * 256)
        lacked = []
        for letters, stands in zip(self._cased, b"Ul", strict=True):
            for char in letters:
                if self._page.has(char):
                    table[self._page.data(char)[0]] = stands
                else:
                    lacked.append(char)
        table[ord("a") : ord("z") + 1] = b"l" * 26
        return bytes(table), tuple(lacked)

    def _has_odd_case(self, text: str) -> bool:
        """Whether the third of `gates` may match: a capital after a small letter, or three side by side."""
        assert self._page is not None
        table, lacked = self._case
        shape = self._page.data(text).translate(table)
        return b"lU" in shape or b"UUU" in shape or any(char in text for char in lacked)

    @cached_property
    def _signs_tell(self) -> bool:
        """Whether every character of the first two of `gates` is a sign of the language's alphabet."""
        own = alphabet.of(self.language)
        groups = needs(self._odd).groups
        return bool(groups) and not own.is_ordinary(groups[0]) and not any(map(own.has, _NEVER_IN_WORD))

    @cached_property
    def _sign_in_word(self) -> re.Pattern[str]:
        """A sign between two letters that no word has there; vowel signs are letters."""
        return re.compile(f"[^\\W\\d_][^\\w\\s{_FINE_IN_WORD}{self._marks}]{{1,9}}[^\\W\\d_]")

    @cached_property
    def _marks(self) -> str:
        """The letters that are none to `re`: vowel signs and points."""
        return "".join(char for char in sorted(self.language.letters) if not char.isalpha())

    @cached_property
    def _odd(self) -> str:
        letters = "".join(map(re.escape, sorted(self.language.letters)))
        if self.language.scripts & {"Hani", "Hira", "Kana"}:
            letters += f"{_HAN}{_KANA}\uff01-\uff9f々〇"
        return f"[^\\x00-\\x7f{letters}{''.join(map(re.escape, sorted(EVERYDAY)))}]"

    @lru_cache(maxsize=8192)  # noqa: B019 - judges live as long as the process (judge_of)
    def is_sound(self, token: str) -> bool:
        """Whether nothing in a word as it stands calls for an explanation."""
        if not self.gate.search(token):
            return True
        if self.odd.search(token) or self.is_broken(token) or "Hani" in self.language.scripts:
            return False
        words = (self._lower(word) for word in _WORD.findall(token) if len(word) > 2)
        return all((lexicon.strangeness(word, self.language.tag) or 0) < STRANGE_SPELLING for word in words)

    def is_broken(self, text: str) -> bool:
        """Whether a word is written in two scripts, with changing case, or with a sign in it.

        Never where words are not set apart: there scripts and signs stand in one stretch.
        """
        if not self.language.word_spaces:
            return False
        if self._sign_in_word.search(text):
            return True
        return any(_has_odd_case(word) or len(_scripts(word)) > 1 for word in _WORD.findall(text))

    def has_foreign(self, text: str) -> bool:
        """Whether there is a letter, a control or an unassigned character that has no place here."""
        return any(
            char not in self.language.auxiliary and (char.isalpha() or unicodedata.category(char) in _NO_TEXT)
            for char in self.odd.findall(text)
        )

    def is_clean(self, text: str) -> bool:
        """Whether nothing is left that no newspaper prints."""
        return not (self.has_foreign(text) or self.odd_signs(text))

    def odd_signs(self, text: str) -> set[str]:
        """Signs that newspapers do not print; emoji they do."""
        signs = {char for char in self.odd.findall(text) if not char.isalpha() and char not in SYMBOLS}
        return {char for char in signs if not "\u2600" <= char <= "\u27bf" and char < "\U0001f000"}

    # What a reading of a word is worth

    def is_empty(self, token: str, before: str) -> bool:
        """Whether letters would become mere signs, or Han that nobody writes."""
        if _WORD.fullmatch(token.strip("".join(QUOTES))) and not _WORD.search(before):
            return True
        han = [char for char in before if "\u3400" <= char <= "\u9fff" and char not in token]
        return 4 * sum(not _is_common(char) for char in han) > len(han)

    def is_known(self, token: str, before: str) -> bool:
        """Whether all that is new in `before` is words of the language, or at least its script.

        The script is enough where it replaces four letters of another one: `Ïðèâåò` is Cyrillic in
        nothing but Russian. New signs must be such as stand at words.
        """
        old = _WORD.findall(token)
        words = [word for word in _WORD.findall(before) if word not in old]
        own = self.language.scripts
        if "Latn" not in own and sum(map(len, words)) >= 4 and not any(_scripts(word) & own for word in old):
            return all(_scripts(word) <= own for word in words)
        signs = {char for char in before if not char.isalpha()} - set(token)
        if signs - _AT_WORDS or signs & self._out_of_place(before):
            return False
        if "’" in before and "’" not in token and not _CLITIC.search(before):
            return False
        words = [word for word in words if len(word) > 1]
        return bool(words) and all(self._is_word(word, token) for word in words)

    def _is_word(self, word: str, token: str) -> bool:
        """A word of the lexicon, or a long one that is spelled like one and explains the token well."""
        lower = self._lower(word)
        known = lexicon.zipf(lower, self.language.tag)
        if any(char not in self.language.letters for char in lower):
            return known is not None and known >= 3.5 and self._is_written_without(lower)
        spelled = lexicon.strangeness(lower, self.language.tag)
        if known is not None:  # so it seems: one in some two hundred that are none passes (lexicon)
            return spelled is None or spelled < STRANGE_SPELLING or len(lower) < 5
        if spelled is None or spelled > GOOD_SPELLING or len(lower) < 6:
            return False
        return self.is_broken(token) or len(set(word) - set(token)) > 1

    def _is_written_without(self, word: str) -> bool:
        """Whether a word with letters of other alphabets is also known without their marks (façade, facade),
        or everywhere (são)."""
        letters = unicodedata.normalize("NFD", word.translate(_BARE))
        bare = "".join(char for char in letters if not unicodedata.combining(char))
        return lexicon.zipf(bare, self.language.tag) is not None or lexicon.international(word) is not None

    def _out_of_place(self, text: str) -> set[str]:
        """Signs of quotations where none begins or ends: between two letters, opening ones after a word."""
        closing = {style.close for style in self.language.quotes}
        out = set()
        for at, char in enumerate(text):
            if at and char in _AT_WORDS and text[at - 1].isalpha():
                inside = text[at + 1 : at + 2].isalpha()
                if char != "’" if inside else char in _OPENING - closing:
                    out.add(char)
        return out

    # Bits

    def strangeness(self, text: str) -> float:
        """Bits of a text; ASCII signs, digits and spaces are free."""
        bits = 0.0
        for found in self._pieces.finditer(text):
            bits += self._word(found[1]) if found[1] else self._sign(found[2], text, found.start())
        return bits

    @cached_property
    def _pieces(self) -> re.Pattern[str]:
        """A word with its apostrophes and marks, or one character beyond ASCII."""
        more = f"(?:{_LETTER}|[{self._marks}])*" if self._marks else f"{_LETTER}*"
        inside = "'’\"״׳" if "Hebr" in self.language.scripts else "'’"
        return re.compile(f"({_LETTER}{more}(?:[{inside}]{_LETTER}{more})*)|([^\\x00-\\x7f])")

    @lru_cache(maxsize=8192)  # noqa: B019
    def _word(self, word: str) -> float:
        """Bits of a word; of two words with an apostrophe between them, unless they are one."""
        known = lexicon.zipf(self._lower(word).replace("’", "'"), self.language.tag)
        if known is not None and (len(word) > 1 or known >= 5):
            return (9 - known) * BITS_PER_ZIPF + _case(word)
        if len(word) == 1:
            return self._part(word) + (LONELY if word in self.language.letters else LONELY_FOREIGN)
        parts = re.split("['’\"״׳]", word)
        return sum(map(self._part, parts)) + word.count("’")

    def _part(self, word: str) -> float:
        lower = self._lower(word)
        if all(char in self.language.letters for char in lower):
            bits = self._spelling(lower)
        else:
            bits = sum(map(self._letter, lower)) + (TWO_SCRIPTS if len(_scripts(lower)) > 1 else 0.0)
        known = lexicon.zipf(lower, self.language.tag) if len(lower) > 1 else None
        if known is not None:
            bits = min(bits, (9 - known) * BITS_PER_ZIPF)
        return bits + _case(word)

    def _spelling(self, word: str) -> float:
        """A word of the alphabet, by its trigrams."""
        spelled = lexicon.strangeness(word, self.language.tag)
        plain = PLAIN_LETTER * len(word)
        return plain if spelled is None else min(spelled * (len(word) + 1), plain + UNKNOWN_WORD)

    def _letter(self, char: str) -> float:
        """A letter of a word that is not wholly of the alphabet."""
        if char in self.language.letters or char < "\x80":
            return PLAIN_LETTER
        if char in self.language.auxiliary:
            return AUXILIARY_LETTER
        return FOREIGN_LETTER if script_of(char) in self.language.scripts else OTHER_SCRIPT

    def _sign(self, char: str, text: str, at: int) -> float:
        """Anything that is no letter of an alphabet, by what stands beside it."""
        left, right = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        inside = left.isalpha() and right.isalpha()
        if "\u3400" <= char <= "\u9fff":
            if "Hani" in self.language.scripts:
                return COMMON_HAN if _is_common(char) else RARE_HAN
            return OTHER_SCRIPT + 2 + 8 * (left.isalpha() + right.isalpha())
        if "\u3040" <= char <= "\u30ff":
            return KANA if "Hira" in self.language.scripts else OTHER_SCRIPT
        if char in EVERYDAY:
            return QUOTE_IN_WORD if inside and char in QUOTES else EVERYDAY_SIGN
        if char in self.language.letters:
            return PLAIN_LETTER
        if char in SYMBOLS:
            crowded = any(c > "\x7f" and not c.isalnum() and not c.isspace() for c in left + right)
            return SYMBOL_IN_WORD if inside else SYMBOL_BESIDE_SIGN if crowded else SYMBOL
        if unicodedata.category(char) in ("Cc", "Co", "Cs", "Cn") or char == "\ufffd":
            return CONTROL
        return ODD_SIGN_IN_WORD if inside else ODD_SIGN

    def _lower(self, word: str) -> str:
        if self.language.tag in ("tr", "az"):
            word = word.replace("I", "ı").replace("İ", "i")
        return word.lower()


@cache
def judge_of(language: Language) -> Judge:
    """The judge of one language; it remembers the words that it has seen."""
    return Judge(language)


def is_out_of_place(sign: str) -> bool:
    """Whether no text has this sign right after a letter: `â€`, but not `30 ã°`."""
    return not sign.isalnum() and (sign == "€" or sign not in SYMBOLS)


def _case(word: str) -> float:
    if word == word.lower() or word[1:] == word[1:].lower():
        return 0.0
    return CAPITALS if word.isupper() else ODD_CASE


def _has_odd_case(word: str) -> bool:
    """Neither lower case nor Capitalised nor CAPITALS; with ASCII capitals inside it is a brand."""
    rest = word[1:]
    return rest != rest.lower() and not word.isupper() and not word.isascii()


def _scripts(word: str) -> set[str]:
    return {script_of(char) for char in word} - {COMMON}


# The common characters: level 1 of each standard, as rows of two bytes.
_LEVEL_1 = (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E), ("shift_jis", 0x889F, 0x9872))


@cache
def _common_han() -> frozenset[str]:
    return frozenset(_level_1())


def _level_1() -> Iterator[str]:
    for codec, first, last in _LEVEL_1:
        for code in range(first, last + 1):
            yield from code.to_bytes(2, "big").decode(codec, "ignore")[:1]


def _is_common(char: str) -> bool:
    return char in _common_han()


@cache
def _rare_han() -> str:
    """The inside of a character class."""
    return "".join(char for char in map(chr, range(0x4E00, 0xA000)) if not _is_common(char))
