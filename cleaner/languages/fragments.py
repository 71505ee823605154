"""Fragments of another language in a text, judged: left over or meant.

    in_other_letters   runs of letters of a script that the text is not written in
    in_same_letters    words of the source language among words of the same script

What is certain goes first: addresses, handles, placeholders and code are no prose (`protect`). A
run of Cyrillic, Han or Hebrew in English is left over unless a frame says otherwise. Latin letters
stand in every script by right, as names, brands and loanwords, and words of a related language look
like words: there a score decides (`evidence`, `same_script`, `scoring`), and below `LATIN` or `WORDS`
nothing is said. Where the aligned original is known, it bears witness (`original`) under weights of
its own.

Cannot see: a name or title that only its case gives away and that is not in the case of one; words
that both languages have; the difference between a loanword of last year and a leftover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cleaner.languages import Language, alphabet, evidence, lexicon, lookalikes, lookup, same_script, scoring
from cleaner.languages import original as aligned
from cleaner.offsets import Span
from cleaner.text import frames, protect, unmasked, words
from cleaner.text.recent import recent
from cleaner.text.scripts import letters_class, script_name, script_of
from cleaner.text.scripts_data import OWN
from cleaner.text.triggers import ALWAYS, NEVER, Trigger, needs, ranges
from cleaner.values import dataclass, replace

# Below these nothing is said; where two kinds of error cost the same it would be ½.
LATIN = 0.51  # Latin letters in another script
WORDS = 0.41  # words of the same script
LATIN_ALIGNED = 0.6  # the same where the aligned original bears witness
WORDS_ALIGNED = 0.58
FRAMED = 0.35  # the same for what stands alone in square brackets, or in lower case in round ones
PIVOT = 0.8  # the same for Latin words when the source language has other letters: they came by a third
CLAUSE_WORDS = 4  # so many words are a clause
CLAUSE_SIGNS = 8  # and so many signs where words are not set apart
ALIEN = 5.6  # bits a letter above which a word is no word of the language


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of another language that should not be there.

    span      the run itself
    outer     the run with the brackets that hold nothing else, or `span`
    form      word, clause, glued (to letters of the text), bracketed
    script    ISO 15924, of most of its letters
    lang      the tag of its language, "" when only the script is known
    """

    span: Span
    outer: Span
    form: str
    script: str
    lang: str
    confidence: float
    evidence: str

    @property
    def language(self) -> str:
        """What people call it: "Russian", or "Cyrillic" when no more is known."""
        return lookup(self.lang).name if self.lang else script_name(self.script)


# ---- other letters ---------------------------------------------------------------------------

_SEPARATORS = "[ \u00a0'’,.:/–−&+・·-]{1,3}"
_SPACELESS = frozenset({"Hani", "Hira", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_SQUARE = "[【［"
_BRACKETS = _SQUARE + "(（"


@recent(16)
def in_other_letters(
    text: str, target: Language, source: Language | None, original: str | None
) -> tuple[Fragment, ...]:
    """Runs of a script that the language is not written in and that are probably left over.

    >>> [(f.span, f.language, f.form) for f in in_other_letters(
    ...     "They will both [будут] be there.", lookup("en"), lookup("ru"), None)]
    [(Span(start=16, end=21), 'Russian', 'bracketed')]
    """
    if not target.scripts:
        return ()
    _, strange, latin = _patterns(target.scripts)
    signs = alphabet.of(target).signs(text)
    has_strange = any(sign >= "\x80" and _is_strange(target.scripts, sign) for sign in signs)
    if original is None and not has_strange and _are_names(text, target, source, signs):
        return ()
    masks = protect.masked(text)
    clear = _blank(text, masks)
    found = [
        judged
        for run in (strange.finditer(clear) if has_strange else ())
        if (judged := _strange(text, Span(*run.span()), target, source))
    ]
    runs = [Span(*run.span()) for run in latin.finditer(clear)] if latin is not None else []
    if original is None:  # most are names, whatever stands around them
        tag = evidence.source_tag(source)
        runs = [run for run in runs if not _is_name(text[run.slice], target, tag)]
    if runs:
        setting = evidence.setting_of(text, target, source, original)
        model = scoring.model("latin" if original is None else "latin-with-original")
        meant = evidence.MEANT if original is None else evidence.MEANT_ALIGNED
        least = LATIN if original is None else LATIN_ALIGNED
        if source is not None and source.scripts and "Latn" not in source.scripts:
            least = PIVOT
        more = scoring.most("latin", evidence.SURROUNDINGS)
        for span in runs:
            itself = evidence.latin_itself(setting, span)
            if original is None and not model.may_reach(itself, min(least, FRAMED), more):
                continue
            seen = itself | evidence.around_latin(setting, span)
            likely = 0.0 if seen & meant else model.probability(seen)
            if likely >= (FRAMED if least < PIVOT and _is_framed(text, span) else least):
                found.append(_latin(setting, span, model.reasons(seen), likely))
    return tuple(sorted(found, key=lambda fragment: fragment.span))


@lru_cache(maxsize=4096)
def _is_strange(scripts: frozenset[str], sign: str) -> bool:
    return _patterns(scripts)[1].match(sign) is not None


def _are_names(text: str, target: Language, source: Language | None, signs: frozenset[str]) -> bool:
    """Whether all Latin letters of a text are those of names, which are meant wherever they stand.

    Names are nearly all that there is, so they are told without looking at what stands around them.
    """
    latin = _patterns(target.scripts)[2]
    if latin is None:
        return True
    runs = [Span(*run.span()) for run in latin.finditer(text)]
    tag = evidence.source_tag(source)
    return all(_is_name(text[run.slice], target, tag) for run in runs) and unmasked.stand_free(
        text, runs, signs, word_spaces=target.word_spaces
    )


@lru_cache(maxsize=8192)
def _is_name(run: str, target: Language, source: str) -> bool:
    """Whether nothing around a run of Latin letters can make it likely enough."""
    alone = evidence.latin_itself(evidence.Setting(run, target, source, ()), Span(0, len(run)))
    more = scoring.most("latin", evidence.SURROUNDINGS + evidence.COMPANY)
    return not scoring.model("latin").may_reach(alone, min(LATIN, PIVOT, FRAMED), more)


def trigger_of_other_letters(target: Language) -> Trigger:
    """What a text must have for `in_other_letters` to find anything in it."""
    return needs(_patterns(target.scripts)[0].pattern) if target.scripts else NEVER


def latin_runs(text: str, target: Language) -> Iterator[Span]:
    """Runs of Latin letters outside masks in a text that is written in others, before any judgement."""
    latin = _patterns(target.scripts)[2]
    if latin is not None:
        for run in latin.finditer(_blank(text, protect.masked(text))):
            yield Span(*run.span())


@cache
def _patterns(scripts: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]:
    """A gate of all foreign letters; runs of those that are not Latin; runs of Latin letters."""
    kana = scripts & {"Hira", "Kana"}
    others = [script for script in OWN if script not in scripts and not (kana and script in ("Hira", "Kana"))]
    strange = letters_class(script for script in others if script != "Latn")
    runs = _runs_of(strange)
    if "Latn" in scripts:
        return re.compile(f"[{strange}]"), runs, None
    letters = letters_class(["Latn"])
    return (
        re.compile(f"[{strange}{letters}]"),
        runs,
        _runs_of(letters),
    )


def _runs_of(letters: str) -> re.Pattern[str]:
    """Runs of some letters; begins with a single one, which is faster to search for than some."""
    return re.compile(f"[{letters}](?:[{letters}]*(?:{_SEPARATORS}[{letters}]+)*)")


def _blank(text: str, masks: tuple[tuple[Span, str], ...]) -> str:
    """The text with a NUL for every masked character, so that no run crosses a mask."""
    parts: list[str] = []
    at = 0
    for span, _ in masks:
        parts += (text[at : span.start], "\0" * (span.end - max(at, span.start)))
        at = max(at, span.end)
    return "".join(parts) + text[at:]


def _strange(text: str, span: Span, target: Language, source: Language | None) -> Fragment | None:
    """A run that is neither Latin nor of the language's own scripts."""
    run = text[span.slice]
    letters = [char for char in run if char.isalpha()]
    script = _main_script(letters)
    touches = text[span.start - 1 : span.start].isalpha() or text[span.end : span.end + 1].isalpha()
    signs = max(map(len, words.WORD.findall(run)), default=1) == 1
    if len(letters) <= 3 and script in ("Grek", "Zyyy") and (signs or run.isupper()):
        return None  # signs of mathematics, a stylised name
    if len(letters) == 1 and script == "Cyrl" and _between_digits(text, span):
        return None  # 140х195, 50 °С: mixed-script
    if len(letters) == 1 and run in "丨〇一二ー〡":
        return None  # a bar, a zero, a dash
    if touches and all(char in lookalikes.twins(script, own) for own in target.scripts for char in letters):
        return None  # look-alike letters: mixed-script
    lang = name_language(run, script, source)
    frame = frames.context_of(text, span, terms=5)
    if frame and not (frame == "term" and _is_no_term(text, span, lang)):
        return None
    if len(letters) == 1 and script not in _SPACELESS and frames.speaks_of_letters(text):
        return None
    sure = 0.97 if len(letters) > 2 else 0.85
    what = f"{script_name(script)} letters in {target.name} text"
    if lang and lexicon.has(lang) and lexicon.zipf(run, lang) is not None:
        what += f"; “{run}” is a word of {lookup(lang).name}"
    return _fragment(text, span, script, lang, sure, what, glued=touches and target.word_spaces)


def _latin(setting: evidence.Setting, span: Span, reasons: tuple[str, ...], likely: float) -> Fragment:
    run = setting.text[span.slice]
    lang = setting.source if setting.source and _knows(run, setting.source) else ""
    if not lang and _knows(run, "en"):
        lang = "en"
    what = f"Latin letters in {setting.target.name} text; {', '.join(reasons)}"
    return _fragment(setting.text, span, "Latn", lang, likely, what, glued=False)


def _knows(run: str, lang: str) -> bool:
    listed = words.WORD.findall(run)
    known = sum(lexicon.zipf(word, lang) is not None for word in listed)
    return known * 2 > len(listed)


def _fragment(
    text: str, span: Span, script: str, lang: str, confidence: float, what: str, *, glued: bool
) -> Fragment:
    around = words.fence(text, span)
    if around is not None and text[around.start] in _BRACKETS:
        return Fragment(span, around, "bracketed", script, lang, confidence, what)
    run = text[span.slice]
    size = len(run) if script in _SPACELESS else len(words.WORD.findall(run))
    long = size >= (CLAUSE_SIGNS if script in _SPACELESS else CLAUSE_WORDS)
    form = "clause" if long else "glued" if glued else "word"
    return Fragment(span, span, form, script, lang, confidence, what)


def _is_no_term(text: str, span: Span, lang: str) -> bool:
    """Whether a repeated run is debris all the same: in square brackets, or an everyday small word."""
    around = words.fence(text, span)
    if around is not None and text[around.start] in _SQUARE:
        return True
    run = text[span.slice]
    return run.islower() and bool(lang) and _frequency(run, lang) >= evidence.EVERYDAY


def _is_framed(text: str, span: Span) -> bool:
    around = words.fence(text, span)
    if around is None or text[around.start] not in _BRACKETS:
        return False
    return text[around.start] in _SQUARE or text[span.slice].islower()


def _main_script(letters: list[str]) -> str:
    scripts = [script_of(char) for char in letters]
    return max(dict.fromkeys(scripts), key=scripts.count) if scripts else "Zyyy"


def _between_digits(text: str, span: Span) -> bool:
    left, right = text[: span.start].rstrip()[-1:], text[span.end : span.end + 2].lstrip()[:1]
    if left == "°":  # 50 °С
        return not text[span.end : span.end + 1].isalpha()
    return left.isdigit() and (right.isdigit() or not right)


_ONLY = {
    "Hebr": "he",
    "Grek": "el",
    "Hang": "ko",
    "Hira": "ja",
    "Kana": "ja",
    "Thai": "th",
    "Armn": "hy",
    "Geor": "ka",
}
_CYRILLIC = ("ru", "uk", "bg")


def name_language(run: str, script: str, source: Language | None = None) -> str:
    """The tag of a run's language, "" when letters and frequency leave it open.

    The source language when the run may be of it; else distinctive letters (CLDR exemplars), then a
    word that is ten times as common in one language as in all others.

    >>> name_language("будут", "Cyrl"), name_language("вже", "Cyrl"), name_language("סטטוס", "Hebr")
    ('ru', 'uk', 'he')
    """
    if source is not None and script in source.scripts and _possible(run, source):
        if not lexicon.has(source.tag) or script not in ("Cyrl", "Latn"):
            return source.tag
        others = [tag for tag in _CYRILLIC if tag != source.tag] if script == "Cyrl" else []
        mine = _frequency(run, source.tag)
        if all(_frequency(run, tag) < mine + 1 for tag in others):
            return source.tag
    if script in _ONLY:
        return _ONLY[script]
    if script == "Hani":
        return "ja" if re.search("[\u3041-\u30ff]", run) else "zh" if source is None else ""
    if script == "Cyrl":
        ranked = sorted(
            ((_frequency(run, tag), tag) for tag in _CYRILLIC if _possible(run, lookup(tag))), reverse=True
        )
        if len(ranked) == 1 or (ranked and ranked[0][0] >= ranked[1][0] + 1):
            return ranked[0][1]
    return ""


def _possible(run: str, language: Language) -> bool:
    """Whether all letters of a run are in the alphabet of a language; those of CLDR hold no kanji."""
    han = "Hani" in language.scripts
    return not language.letters or all(
        char in language.letters or (han and script_of(char) == "Hani") for char in run if char.isalpha()
    )


def _frequency(run: str, lang: str) -> float:
    values = [lexicon.zipf(word, lang) or 1.0 for word in words.WORD.findall(run)]
    return sum(values) / len(values) if values else 1.0


# ---- the same letters ------------------------------------------------------------------------


@recent(16)
def in_same_letters(
    text: str, target: Language, source: Language | None, original: str | None
) -> tuple[Fragment, ...]:
    """Words of the source language among words of the same script that are probably left over.

    Silent when the languages do not share a script or one of them has no lexicon; without a
    declared source only English is looked for.

    >>> [text[f.span.slice] for text in ["Er blieb auf seinem garlanded Platz sitzen."]
    ...     for f in in_same_letters(text, lookup("de"), lookup("en"), None)]
    ['garlanded']
    """
    found = list(_wrong_alphabet(text, target))
    if found:
        return tuple(found)
    tag = language_to_seek(target, source)
    if not tag:
        if source is not None and source.scripts & target.scripts and not lexicon.has(source.tag):
            return tuple(_aliens(text, target, source, original))
        return ()
    if original is None and not same_script.may_have_candidates(text, target.tag, tag):
        return ()
    listed = same_script.words_of(text, target.tag, tag, original)
    ranges = list(same_script.candidates(listed, text))
    if not ranges:
        return ()
    setting = same_script.setting_of(text, target, tag, listed, original)
    model = scoring.model("words" if original is None else "words-with-original")
    meant = evidence.MEANT if original is None else evidence.MEANT_ALIGNED
    least = WORDS if original is None else WORDS_ALIGNED
    for first, last in ranges:
        seen = same_script.observe(setting, listed, first, last)
        likely = 0.0 if seen & meant else model.probability(seen)
        span = Span(listed[first].span.start, listed[last - 1].span.end)
        if likely < (FRAMED if _is_framed(text, span) else least):
            continue
        reasons = ", ".join(model.reasons(seen))
        what = f"more {lookup(tag).name} than {target.name}: {reasons}"
        script = script_of(text[span.start])
        found.append(_fragment(text, span, script, tag, likely, what, glued=False))
    return tuple(found)


def trigger_of_same_letters(target: Language, source: Language | None) -> Trigger:
    """What a text must have for `in_same_letters` to find anything in it."""
    if language_to_seek(target, source):
        return ALWAYS
    if source is not None and source.scripts & target.scripts and not lexicon.has(source.tag):
        return ALWAYS
    letters = _LETTERS_OF_OTHERS.get(target.tag)
    return Trigger((ranges(letters + letters.upper()),)) if letters else NEVER


def language_to_seek(target: Language, source: Language | None) -> str:
    """The tag of the language whose words may be left in a text of the same script, or ""."""
    if not lexicon.has(target.tag) or not target.word_spaces:
        return ""
    if source is None:
        return "en" if "Latn" in target.scripts and target.tag != "en" else ""
    shared = source.scripts & target.scripts and source.tag != target.tag
    return source.tag if shared and lexicon.has(source.tag) else ""


_LETTERS_OF_OTHERS = {"uk": "ыэёъ", "ru": "іїєґўјљњћђџѓќ", "bg": "ыэёіїєґўјљњћђџѓќ"}
_SISTER = {"uk": "ru", "ru": "uk", "bg": "ru"}


def _wrong_alphabet(text: str, target: Language) -> Iterator[Fragment]:
    """Runs of words of a sister language, given away by a letter that the language does not have.

    The words around such a word belong to the run as far as the language does not know them.
    """
    letters = _LETTERS_OF_OTHERS.get(target.tag)
    if letters is None or not any(char in text for char in letters + letters.upper()):
        return
    sister = _SISTER[target.tag]
    listed = same_script.words_of(text, target.tag, sister)
    telling = [
        any(char in letters for char in word.text.lower()) and word.source is not None for word in listed
    ]
    ranges: list[tuple[int, int]] = []
    for at, tells in enumerate(telling):
        if not tells or (ranges and at < ranges[-1][1]):
            continue
        first, last = at, at + 1
        while first > (ranges[-1][1] if ranges else 0) and _joins(text, listed[first - 1], listed[first]):
            first -= 1
        while last < len(listed) and _joins(text, listed[last], listed[last - 1]):
            last += 1
        if ranges and _one_passage(text, listed[ranges[-1][1] - 1 : first + 1]):
            first = ranges.pop()[0]
        ranges.append((first, last))
    for first, last in ranges:
        span = Span(listed[first].span.start, listed[last - 1].span.end)
        if frame := frames.context_of(text, span):
            if frame != "term":
                continue
        elif evidence.frame(text, span) == "quotes":
            continue
        given = "".join(dict.fromkeys(char for char in text[span.slice].lower() if char in letters))
        what = f"“{given}” is no letter of {target.name}"
        yield replace(_fragment(text, span, "Cyrl", sister, 0.9, what, glued=False), form="alphabet")


def _one_passage(text: str, listed: tuple[same_script.Word, ...]) -> bool:
    """Whether two runs are one passage: the same sentence, and few words of the target between."""
    between = text[listed[0].span.end : listed[-1].span.start]
    own = sum(word.target is not None and word.gap <= 0 for word in listed[1:-1])
    return not set(between) & set('.!?…\n«»„“”"') and own <= 2


def _joins(text: str, word: same_script.Word, neighbour: same_script.Word) -> bool:
    """Whether a word beside one of the sister language is of it as well."""
    first, second = sorted((word.span, neighbour.span))
    between = text[first.end : second.start]
    near = len(between) <= 2 and "\n" not in between and not set(between) & set('«»„“”"().!?')
    return near and word.source is not None and word.gap > 0


def _aliens(text: str, target: Language, source: Language, original: str | None) -> Iterator[Fragment]:
    """Lower-case words that are not of the language by their letters or spelling, or stand in the original.

    For source languages without a lexicon, where nothing better is known.
    """
    if not lexicon.has(target.tag):
        return
    masks = protect.masked(text)
    for span in words.words(text):
        word = text[span.slice]
        if not word.islower() or len(word) < 3 or lexicon.zipf(word, target.tag) is not None:
            continue
        if protect.mask_at(masks, span) or frames.context_of(text, span):
            continue
        alien = [char for char in word if char.isalpha() and char not in target.letters | target.auxiliary]
        odd = lexicon.strangeness(word, target.tag) or 0.0
        copied = aligned.holds(original, word)
        if copied or alien or (odd >= ALIEN and len(word) > 3):
            why = f"“{''.join(alien)}” is no letter of it" if alien else "nothing in it is spelt so"
            why = "it stands so in the original" if copied else why
            confidence = 0.9 if copied else 0.8 if alien else 0.6
            what = f"no {target.name} word: {why}"
            lang = source.tag if lookup_known(source.tag) else ""
            yield _fragment(text, span, script_of(word[0]), lang, confidence, what, glued=False)


def lookup_known(tag: str) -> bool:
    """Whether a tag has a name to be called by."""
    return bool(lookup(tag).name)
