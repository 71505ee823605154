"""What the names of fields tell, and what is no text: shared by the formats that have fields.

role_of         a field called “title” holds a title
language_of     a tag in a file as a BCP 47 tag that we know, or None
are_languages   whether names are those of languages: {"en": …, "uk": …}
has_text        whether there is anything to read in a value
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from cleaner.errors import LanguageError
from cleaner.languages import UNDETERMINED, has_data, lookup
from cleaner.model import Role

_ROLES = {
    **dict.fromkeys(("title", "headline", "subtitle", "subheadline", "kicker"), Role.TITLE),
    **dict.fromkeys(("caption", "alt", "alt_text", "credit"), Role.CAPTION),
}

# Numbers, dates and times: most values of a data file, and nothing that a rule could read.
_TEXT = re.compile(r"[^0-9\s+\-.,:/%TZ]")

# POSIX locales (`uk_UA.UTF-8`, `sr@latin`) and BCP 47 in one pattern; of the modifiers only scripts
# say anything about the language.
_TAG = re.compile(r"([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4})(?:\.[\w-]{1,20})?(?:@(\w{1,20}))?", re.ASCII)
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
_SHORT = re.compile(r"[a-z]{2}(?:[-_][A-Za-z0-9]{2,8})*")

# Two letters that are tags of languages and names of other things as well (identifier, number,
# telemetry …): they count only beside a tag that is nothing else.
_WORDS = frozenset(
    re.findall(r"\w+", "id is it no to so as am my he be or an io ie mi se st sc sm ts tn ss om os ms")
)


def role_of(name: str) -> Role:
    """The role of a field by its name or its JSON Pointer.

    >>> role_of("/items/3/title"), role_of("Headline"), role_of("text")
    (<Role.TITLE: 'title'>, <Role.TITLE: 'title'>, <Role.BODY: 'body'>)
    """
    return _ROLES.get(name[name.rfind("/") + 1 :].lower(), Role.BODY)


def has_text(value: str) -> bool:
    """Whether there is more in a value than digits, white space and what writes dates and numbers.

    >>> has_text("12 мая"), has_text("2022-07-29T10:00:00Z"), has_text("")
    (True, False, False)
    """
    return _TEXT.search(value) is not None


@functools.lru_cache(maxsize=1024)
def language_of(tag: str) -> str | None:
    """The BCP 47 tag that a file means, None when it names no language that we know.

    A file may call its language anything; a wrong word must not stop the run.

    >>> language_of("uk_UA"), language_of("sr@latin"), language_of("pt_BR.UTF-8"), language_of("english")
    ('uk-UA', 'sr-Latn', 'pt-BR', None)
    """
    found = _TAG.fullmatch(tag.strip())
    if not found:
        return None
    name = found[1].replace("_", "-")
    script = _MODIFIERS.get((found[2] or "").lower())
    if script:
        language, _, rest = name.partition("-")
        name = "-".join(part for part in (language, script, rest) if part)
    try:
        return None if lookup(name) is UNDETERMINED else name
    except LanguageError:
        return None


def is_language(name: str) -> bool:
    """Whether a name of two letters, perhaps with a region or a script, is that of a language.

    >>> is_language("pt_BR"), is_language("title")
    (True, False)
    """
    return _SHORT.fullmatch(name) is not None and has_data(name) and language_of(name) is not None


def are_languages(names: Collection[str]) -> bool:
    """Whether `names` are those of languages, so that what they hold is a text in each.

    >>> are_languages(["en", "uk"]), are_languages(["id", "no"]), are_languages(["id", "en", "pt_BR"])
    (True, False, True)
    """
    return all(map(is_language, names)) and any(name not in _WORDS for name in names)
