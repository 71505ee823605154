"""Which language is a text in, when nobody says so.

Script first: it decides Hebrew, Greek, Japanese, Korean, Thai … alone. Among the languages that
share a script the function words of a text decide (`function_words`), where these leave a doubt
langdetect, with a factory of our own: only the profiles of that script, a fixed seed. At most 1,500
code points are looked at, once a document. So the same text gives the same answer in every run and
every process.

Cannot name the language of a fragment: langdetect is sure that будут is Ukrainian (it is Russian).
Below 24 letters, or when langdetect is not sure, the answer is the script alone: "und-Cyrl".
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from cleaner.languages import UNDETERMINED, Language, function_words, lookup, of_script
from cleaner.text.scripts import COMMON, script_of
from cleaner.text.scripts_data import OWN

SAMPLE = 1500
MINIMUM_LETTERS = 24
_SENTENCE = 40  # code points from which a text is taken for one
_BEGINNING = 8 * SAMPLE  # so much is looked through for sentences
MINIMUM_PROBABILITY = 0.8

# Scripts that only one of the languages we know is written in, or one by far the most.
ONE_LANGUAGE = {
    "Hebr": "he", "Grek": "el", "Hang": "ko", "Thai": "th", "Armn": "hy", "Geor": "ka",
    "Taml": "ta", "Telu": "te", "Beng": "bn", "Hira": "ja", "Kana": "ja",
}  # fmt: skip
# The profiles of langdetect 1.0.9 that share a script.
CANDIDATES = {
    "Latn": [
        "af",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "en",
        "es",
        "et",
        "fi",
        "fr",
        "hr",
        "hu",
        "id",
        "it",
        "lt",
        "lv",
        "nl",
        "no",
        "pl",
        "pt",
        "ro",
        "sk",
        "sl",
        "so",
        "sq",
        "sv",
        "sw",
        "tl",
        "tr",
        "vi",
    ],
    "Cyrl": ["bg", "mk", "ru", "uk"],
    "Arab": ["ar", "fa", "ur"],
    "Deva": ["hi", "mr", "ne"],
    "Hani": ["zh-cn", "zh-tw"],
}
_TAGS = {"zh-cn": "zh", "zh-tw": "zh-Hant", "no": "nb"}


def identify(text: str) -> Language:
    """The language of a document.

    >>> identify("Міністри зустрінуться в понеділок у Києві, щоб обговорити угоду.").tag
    'uk'
    >>> identify("השרים ייפגשו ביום שני").tag
    'he'
    >>> identify("будут").tag, identify("1, 2, 3").tag
    ('und-Cyrl', 'und')
    """
    sample = text[:SAMPLE]
    clear = _clear_script(sample)
    if clear is not None:
        tag = ONE_LANGUAGE.get(clear) or function_words.told(sample, clear)
        if tag is not None:
            return lookup(tag)
    counts, weights = _scripts(sample)
    if not counts:
        return UNDETERMINED
    script = max(weights, key=lambda name: weights[name])
    letters = counts[script]
    # Han and kana count together: Japanese news has more Han than kana.
    if script == "Hani" and counts["Hira"] + counts["Kana"] > 0.1 * counts["Hani"]:
        return lookup("ja")
    if script in ONE_LANGUAGE:
        return lookup(ONE_LANGUAGE[script])
    if script not in CANDIDATES:
        return of_script(script)
    if letters >= MINIMUM_LETTERS:
        tag = (None if clear else function_words.told(sample, script)) or _ask(sample, script)
        if tag is not None:
            return lookup(_TAGS.get(tag, tag))
    return lookup("zh") if script == "Hani" else of_script(script)


def sample(texts: Iterable[str]) -> str:
    """What a language is to be told from, of the texts of a document: of its beginning whole sentences first.

    A page begins with its menu, and a file of messages is full of names.

    >>> sample(["Menu", "Login", "Міністри зустрінуться в понеділок у Києві."])
    'Міністри зустрінуться в понеділок у Києві.\\nMenu\\nLogin'
    """
    sentences, others = list[str](), list[str]()
    seen = size = 0  # code points: of all texts, of the sentences
    for text in texts:
        if len(text) < _SENTENCE:
            others.append(text)
        elif text.isascii() and " " not in text:
            continue  # an address, a key
        else:
            sentences.append(text[:SAMPLE])
            size += len(text)
        seen += len(text)
        if size >= SAMPLE or seen >= _BEGINNING:
            break
    return "\n".join((*sentences, *others))


def as_written(language: Language, text: str) -> Language:
    """A declared language in the script that its text is in.

    Of many languages we know nothing but the script that they are most likely written in. When nearly
    the whole text is in another one, that was not it: South Azerbaijani in Latin letters, Ladino in
    Latin or Hebrew ones. A language that we know more of is written as we know it.

    >>> as_written(lookup("azb"), "İnsanlıq ailəsinin bütün üzvlərinə xas olan ləyaqət").tag
    'azb-Latn'
    >>> as_written(lookup("ru"), "Only English here, left untranslated.").tag
    'ru'
    """
    if not is_bare(language):
        return language
    weights = _scripts(text[:SAMPLE])[1]
    script = max(weights, key=lambda name: weights[name], default="")
    if script in ("", COMMON, *language.scripts) or weights[script] < _NEARLY_ALL * sum(weights.values()):
        return language
    return lookup(f"{language.tag}-{script}")


def is_bare(language: Language) -> bool:
    """Whether all that we know of a language is a script, which nobody declared."""
    return not (language.letters or language.quotes or "-" in language.tag) and language is not UNDETERMINED


_NEARLY_ALL = 0.9
_WORD = re.compile(r"[^\W\d_]+")
_NAME = 0.25  # names and brands keep their letters in every language: they say little of the text
_SIGN = 3.0  # a sign of Han or kana says as much as three letters


# No letter is in: the ASCII ones but these, of Latin-1 all but ª µ º and fractions, marks, €, №, ™.
_NO_LETTER = r"\x00-@\[-`{-©«-±´¶-¸»¿×÷\u2010-\u2027\u202f-\u205e€№™"
_LATIN = re.compile(f"[^{OWN['Latn']}{_NO_LETTER}]")
_NO_LATIN = bytes({*range(256)} - {*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"})
_WITH_NAMES = {
    # what is neither of the script nor ASCII, a code page, its bytes that are no letters of the script
    script: (re.compile(f"[^A-Za-z{OWN[script]}{_NO_LETTER}]"), codec, bytes(range(first)))
    for script, codec, first in (("Cyrl", "cp1251", 0xC0), ("Hebr", "cp1255", 0xE0), ("Grek", "cp1253", 0xC1))
}


def _clear_script(text: str) -> str | None:
    """The script that `_scripts` gives the most weight, told in a tenth of the time; None where it may be another.

    That is clear where there are only Latin letters, or few of them beside those of one other script.

    >>> _clear_script("Компания Apple выпустила новые телефоны."), _clear_script("Компания Apple: iPhone Pro Max.")
    ('Cyrl', None)
    """
    latin = len(text.encode("ascii", "ignore").translate(None, _NO_LATIN))
    if latin >= MINIMUM_LETTERS and _LATIN.search(text) is None:
        return "Latn"
    for script, (other, codec, no_letters) in _WITH_NAMES.items():
        if other.search(text) is None:
            letters = len(text.encode(codec, "ignore").translate(None, no_letters))
            return script if letters >= MINIMUM_LETTERS and letters * _NAME > latin else None
    return None


def _scripts(text: str) -> tuple[Counter[str], dict[str, float]]:
    """How many letters of each script there are, and how much they say of the language.

    >>> _scripts("Компания Apple выпустила iPhone Pro Max")[1]
    {'Cyrl': 11.0, 'Latn': 4.25}
    """
    words = _WORD.findall(text)
    names = Counter("".join(word for word in words if not word.islower() and word.lower() != word.upper()))
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for char, count in Counter("".join(words)).items():
        script = script_of(char)
        counts[script] += count
        signs = "Hani" if script in ("Hira", "Kana") else script
        weight = _SIGN * count if signs == "Hani" else count - (1 - _NAME) * names[char]
        weights[signs] = weights.get(signs, 0.0) + weight
    return counts, weights


def _ask(text: str, script: str) -> str | None:
    detector = _factory(script).create()
    detector.append(text)
    from langdetect.lang_detect_exception import LangDetectException

    try:
        best = detector.get_probabilities()
    except LangDetectException:  # no letter that a profile knows
        return None
    return str(best[0].lang) if best and best[0].prob >= MINIMUM_PROBABILITY else None


@functools.cache
def _factory(script: str) -> Any:
    """A factory with the profiles of one script; 55 profiles would take ten times as long to load."""
    from importlib import resources

    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    folder = resources.files("langdetect") / "profiles"
    factory.load_json_profile([(folder / name).read_text("utf-8") for name in CANDIDATES[script]])
    return factory
