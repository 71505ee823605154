"""What cleaner knows of languages: their letters, quotation marks, names of months and days.

    lookup("pt-BR")   the Language that a BCP 47 tag means, with fallback
    of_script("Cyrl") a language of which we know nothing but its script
    known()           the tags that have data
    has_data("mzn")   whether a tag has some
    UNDETERMINED      the language of a text when nobody knows it

Everything is data in `data/*.yml`; where each fact comes from is told in `data/SOURCES.md`.
A Language says what is *normal*; it cannot say what is impossible: names, brands and quotations
bring foreign letters into every newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from cleaner import yamlio
from cleaner.errors import LanguageError
from cleaner.text import scripts_data as script_data
from cleaner.values import dataclass, replace

Names = tuple[tuple[str, ...], ...]

_TAG_FILE = re.compile(r"([a-z]{2,3}(?:-[A-Z][A-Za-z]+)?)\.yml")


@dataclass(frozen=True, slots=True)
class QuoteStyle:
    """One way of quoting. Each mark is one code point; an unknown inner pair is two times "".

    `spaced` is what a repair writes between marks and words: "nbsp", "space" or "none".
    """

    open: str
    close: str
    inner_open: str = ""
    inner_close: str = ""
    spaced: str = "none"


@dataclass(frozen=True, slots=True)
class Language:
    """What is normal in one language. Empty means *not known*, never *none*.

    tag         BCP 47, as `lookup` found it: lookup("pt-BR").tag is "pt"
    scripts     ISO 15924, without mixtures: Japanese is Hira, Kana and Hani; Latin is not among
                the scripts of a language that only borrows Latin words
    direction   "ltr" or "rtl"
    word_spaces whether words are set apart by spaces
    letters     the letters of the alphabet (lower and upper case) and the marks that belong to
                them, one code point each; Han is left out, so it is empty for Chinese
    auxiliary   letters of loanwords and foreign names, in the same form
    quotes      the first is what a repair writes, the others are right as well; the straight
                marks come last; empty when we do not know the customs
    months      rows of twelve names in calendar order: wide, wide alone, abbreviated, abbreviated
                alone (rows that repeat another one are left out); written as in CLDR, so the
                Russian rows have января and январь
    weekdays    rows of seven names, Monday first
    decimal     what stands before the fraction, and
    group       between thousands, in numbers of ASCII digits (Arabic or Hindi digits have others)
    """

    tag: str
    name: str
    scripts: frozenset[str] = frozenset()
    direction: str = "ltr"
    word_spaces: bool = True
    letters: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()
    quotes: tuple[QuoteStyle, ...] = ()
    months: Names = ()
    weekdays: Names = ()
    decimal: str = ""
    group: str = ""

    def __hash__(self) -> int:
        return hash(self.tag)  # asked for at every look-up; all other fields would have to be walked over


UNDETERMINED = Language("und", "undetermined")

_WELL_FORMED = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)

# What a language has of which we know the script only (minimal.yml).
_RIGHT_TO_LEFT = {"Arab", "Hebr", "Syrc", "Thaa"}
_WITHOUT_SPACES = {"Bopo", "Hani", "Hira", "Kana", "Khmr", "Laoo", "Mymr", "Thai", "Tibt"}
_MIXTURES = {
    "Jpan": frozenset({"Hira", "Kana", "Hani"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
}


@cache
def lookup(tag: str) -> Language:
    """The language that a BCP 47 tag means: the longest known beginning of it.

    Letter case and `_` for `-` do not matter; aliases are followed (no → nb, zh-TW → zh-Hant).
    A script that is not the language's own leaves nothing but the script: of Kazakh in Latin
    letters (kk-Latn) we know no alphabet. "und" and "mul" give UNDETERMINED, "und-Cyrl" what
    `of_script` gives.

    Of most languages of BCP 47 we know the script and nothing else, not even the name: mzn, ks, gn.

    Raises LanguageError, with the nearest known tag as a hint, for what is no language at all.

    >>> lookup("no").tag, lookup("pt-BR").tag, lookup("de_LI").tag, lookup("zh-HK").tag
    ('nb', 'pt', 'de', 'zh-Hant')
    >>> language = lookup("uk")
    >>> language.name, sorted(language.scripts), "ї" in language.letters, "ы" in language.letters
    ('Ukrainian', ['Cyrl'], True, False)
    >>> lookup("uk").quotes[0]
    QuoteStyle(open='«', close='»', inner_open='„', inner_close='“', spaced='none')
    >>> sorted(lookup("kk-Latn").scripts)
    ['Latn']
    >>> lookup("german")
    Traceback (most recent call last):
    ...
    cleaner.errors.LanguageError: unknown language “german” (did you mean “de” (German)?)
    """
    wanted = tag.strip().replace("_", "-")
    if not _WELL_FORMED.fullmatch(wanted):
        hint = _nearest(wanted.lower()) or "write a BCP 47 tag such as en, pt-BR, sr-Latn"
        raise LanguageError(f"“{tag}” is not a language tag", hint=hint)
    subtags = wanted.lower().split("-")
    if subtags[0] in ("und", "mul"):
        return of_script(_script(subtags))
    found = _beginning(subtags) or _foreign(subtags[0])
    if found:
        return _in_script(found, subtags[1:])
    hint = _nearest(wanted.lower()) or "cleaner config languages lists the tags"
    raise LanguageError(f"unknown language “{tag}”", hint=hint)


@cache
def of_script(script: str) -> Language:
    """A language of which nothing is known but its ISO 15924 script, or UNDETERMINED.

    >>> of_script("Hebr").tag, of_script("Hebr").direction, of_script("Jpan").word_spaces
    ('und-Hebr', 'rtl', False)
    >>> of_script("Zyyy").tag
    'und'
    """
    scripts = _scripts(script)
    if not scripts <= script_data.NAMES.keys():
        return UNDETERMINED
    return _bare(f"und-{script}", f"undetermined, {_script_title(script)}", scripts)


@cache
def known() -> tuple[str, ...]:
    """The tags that have data of their own, sorted; aliases are not among them.

    >>> "sr-Latn" in known(), "liv" in known(), "no" in known()
    (True, True, False)
    """
    return tuple(sorted({*_files().values(), *_minimal_entries()}))


def has_data(tag: str) -> bool:
    """Whether a tag means a language of which we know at least the name: the longest known beginning.

    >>> has_data("pt-BR"), has_data("mzn")
    (True, False)
    """
    return _beginning(tag.strip().replace("_", "-").lower().split("-")) is not None


def _beginning(subtags: Sequence[str]) -> Language | None:
    """The language of the longest known beginning of a tag in lower case."""
    for size in range(len(subtags), 0, -1):
        found = _known("-".join(subtags[:size]))
        if found:
            return found
    return None


def _foreign(code: str) -> Language | None:
    """A language of which we know nothing but its script, if that (tags.txt)."""
    script = _scripts_of_tags().get(code)
    if script is None:
        return None
    scripts = _scripts(script)
    return _bare(code, code, scripts if scripts <= script_data.NAMES.keys() else frozenset())


@cache
def _scripts_of_tags() -> dict[str, str]:
    lines = (line.partition(": ") for line in _text("tags.txt").splitlines() if not line.startswith("#"))
    return {code: script for script, _, codes in lines for code in codes.split()}


def _known(lower: str) -> Language | None:
    """The language of exactly this tag or alias, given in lower case."""
    tag = _aliases().get(lower, lower)
    if tag.lower() in _files():
        return _load(_files()[tag.lower()])
    return _minimal(tag) if tag in _minimal_entries() else None


def _in_script(language: Language, subtags: Sequence[str]) -> Language:
    """`language`, or only its name when the tag asks for a script that it is not written in."""
    script = _script(subtags)
    scripts = _scripts(script)
    if not script or scripts <= language.scripts:
        return language
    return _bare(f"{language.tag}-{script}", f"{language.name}, {_script_title(script)}", scripts)


def _script(subtags: Iterable[str]) -> str:
    """The ISO 15924 code among the subtags, or ""."""
    return next((subtag.title() for subtag in subtags if re.fullmatch("[a-z]{4}", subtag)), "")


def _scripts(script: str) -> frozenset[str]:
    return _MIXTURES.get(script, frozenset({script}))


def _script_title(script: str) -> str:
    return " and ".join(script_data.NAMES.get(part, part) for part in sorted(_scripts(script)))


def _bare(tag: str, name: str, scripts: frozenset[str]) -> Language:
    return Language(
        tag,
        name,
        scripts,
        direction="rtl" if scripts & _RIGHT_TO_LEFT else "ltr",
        word_spaces=not scripts & _WITHOUT_SPACES,
    )


@cache
def _minimal(tag: str) -> Language:
    entry = _minimal_entries()[tag]
    return _bare(tag, cast(str, entry["name"]), frozenset(cast(list[str], entry["scripts"])))


@cache
def _load(tag: str) -> Language:
    """The language of one data file, on top of its parent's where it has one."""
    entry = _mapping(f"{tag}.yml")
    base = _load(str(entry["parent"])) if "parent" in entry else Language(tag, "")
    changes: dict[str, object] = {"tag": tag, "name": entry["name"], "quotes": _quotes(tag)}
    if not changes["quotes"]:
        changes["quotes"] = base.quotes
    for key, value in entry.items():
        match key:
            case "scripts":
                changes[key] = frozenset(cast(list[str], value))
            case "direction" | "decimal" | "group":
                changes[key] = value
            case "word-spaces":
                changes["word_spaces"] = value == "true"
            case "letters" | "auxiliary":
                changes[key] = _both_cases(str(value))
            case "months" | "weekdays":
                rows = cast(Mapping[str, list[str]], value).values()
                changes[key] = tuple(dict.fromkeys(map(tuple, rows)))
    return replace(base, **changes)  # type: ignore[arg-type]


def _both_cases(chars: str) -> frozenset[str]:
    """Lower and upper case of each character; `가-힣` stands for all between (Hangul has no case).

    Capitals of more than one code point (ŉ, և) have no place here; ß has its capital ẞ. A
    language with a dotless ı has a dotted capital İ.
    """
    if chars[-2:-1] == "-":
        chars = chars[:-2] + "".join(map(chr, range(ord(chars[-3]), ord(chars[-1]) + 1)))
        return frozenset(chars)
    letters = set(chars)
    capitals = {"ß": "ẞ", "ı": "İ"}
    letters |= {capitals[char] for char in letters & capitals.keys()}
    letters |= {capital for char in letters if len(capital := char.upper()) == 1}
    return frozenset(letters)


def _quotes(tag: str) -> tuple[QuoteStyle, ...]:
    """The styles of quotes.yml for one tag, in its order; () when it has no entry."""
    entry = _quote_entry(tag)
    if isinstance(entry, str):
        entry = _quote_entry(entry)
    if not entry:
        return ()
    styles = [*map(_style, entry), *map(_style, _quote_entry("everywhere"))]
    return tuple(dict.fromkeys(styles))


def _style(entry: object) -> QuoteStyle:
    data = cast(Mapping[str, list[str]], entry)
    opening, closing = data["outer"]
    inner_opening, inner_closing = data.get("inner", ("", ""))
    spaced = str(data.get("spaced", "none"))
    return QuoteStyle(opening, closing, inner_opening, inner_closing, spaced)


@cache
def _quote_entry(tag: str) -> str | list[yamlio.Plain]:
    """One entry of quotes.yml.

    Only the block of the tag is parsed: the whole file takes longer than all else together.
    """
    start = _quote_blocks().get(tag)
    if start is None:
        return []
    text = _text("quotes.yml")
    after = re.compile(r"^\S", re.MULTILINE).search(text, start + 1)
    block = text[start : after.start() if after else len(text)]
    above = "\n" * text.count("\n", 0, start)  # so that a mistake is reported on its line
    entry = yamlio.data(above + block, "quotes.yml")
    return cast("dict[str, str | list[yamlio.Plain]]", entry)[tag]


@cache
def _quote_blocks() -> dict[str, int]:
    """Where in quotes.yml the block of each tag begins."""
    keys = re.compile(r"^([A-Za-z][\w-]*):", re.MULTILINE)
    return {found[1]: found.start() for found in keys.finditer(_text("quotes.yml"))}


@cache
def _files() -> dict[str, str]:
    """Lower-case tag → tag, of every generated data file: those that are named after a tag."""
    names = (_TAG_FILE.fullmatch(file.name) for file in data_folder().iterdir())
    return {found[1].lower(): found[1] for found in names if found}


@cache
def _aliases() -> dict[str, str]:
    return {alias.lower(): str(tag) for alias, tag in _mapping("aliases.yml").items()}


@cache
def _minimal_entries() -> dict[str, dict[str, yamlio.Plain]]:
    return cast("dict[str, dict[str, yamlio.Plain]]", _mapping("minimal.yml"))


@cache
def _names() -> dict[str, str]:
    """Lower-case English name → tag; reads every file, so it is for error messages only."""
    return {
        language.name.lower(): language.tag
        for tag in known()
        if (language := _known(tag.lower())) is not None
    }


# What people write for a tag: the country (ISO 3166-1), where that is no language, or what the language
# calls itself (CLDR 48, localeDisplayNames).
_MEANT = {
    "ua": "uk", "cz": "cs", "gr": "el", "dk": "da", "cn": "zh", "jp": "ja", "rs": "sr",
    "deutsch": "de", "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "italiano": "it",
    "português": "pt", "portugues": "pt", "nederlands": "nl", "polski": "pl", "čeština": "cs",
    "slovenčina": "sk", "magyar": "hu", "română": "ro", "hrvatski": "hr", "svenska": "sv", "norsk": "nb",
    "dansk": "da", "suomi": "fi", "türkçe": "tr", "ελληνικά": "el", "русский": "ru", "українська": "uk",
    "беларуская": "be", "български": "bg", "српски": "sr", "עברית": "he", "العربية": "ar", "فارسی": "fa",
    "中文": "zh", "日本語": "ja", "한국어": "ko",
}  # fmt: skip


def _nearest(lower: str) -> str:
    """The hint of an unknown tag: what is meant by it, an English name or a tag that looks like it, or ""."""
    import difflib  # only for who has made a mistake

    if lower in _MEANT:
        return f"did you mean “{_MEANT[lower]}” ({lookup(_MEANT[lower]).name})?"
    for candidates in (_names(), _files(), _aliases()):
        near = difflib.get_close_matches(lower, list(candidates), n=1, cutoff=0.6)
        if near:
            tag = candidates[near[0]]
            found = _known(tag.lower())
            return f"did you mean “{tag}” ({found.name if found else near[0]})?"
    return ""


def _mapping(file: str) -> dict[str, yamlio.Plain]:
    return cast("dict[str, yamlio.Plain]", yamlio.data(_text(file), file))


@cache
def _text(file: str) -> str:
    return (data_folder() / file).read_text(encoding="utf-8")


@cache
def data_folder() -> Path:
    """Where the files of facts are."""
    return Path(__file__).parent / "data"  # importlib.resources would cost 8 ms of every start
