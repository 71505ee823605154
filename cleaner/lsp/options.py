"""What an editor may set: the language, the language of the original, which quick fixes it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.errors import UsageError, nearest
from cleaner.languages import lookup

SECTION = "cleaner"
"""The name of our part in the settings of an editor."""


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of an editor; they win over cleaner.yaml, as options of a command would.

    `unsafe_fixes` says whether repairs that need eyes are offered one by one; “fix all” never makes
    one. `rule_pages` is the address under which the pages of rules stand, "" for none.
    """

    lang: str | None = None
    source_lang: str | None = None
    unsafe_fixes: bool = True
    rule_pages: str = ""

    @property
    def changes(self) -> dict[str, str]:
        """What wins over the settings of a file."""
        given = {"lang": self.lang, "source_lang": self.source_lang}
        return {name: value for name, value in given.items() if value}


_KNOWN: dict[str, tuple[str, type]] = {
    "lang": ("lang", str),
    "from": ("source_lang", str),
    "unsafeFixes": ("unsafe_fixes", bool),
    "rulePages": ("rule_pages", str),
}


def parse(given: object) -> Options:
    """The options in what an editor sends, alone or under the key `cleaner`.

    Raises UsageError that names the key: an unknown one, a value of another type, a language that
    nobody knows, a page that is not on the web.

    >>> parse({"cleaner": {"lang": "en", "from": "ru"}})
    Options(lang='en', source_lang='ru', unsafe_fixes=True, rule_pages='')
    >>> parse({"form": "ru"})
    Traceback (most recent call last):
    ...
    cleaner.errors.UsageError: unknown setting “form” (did you mean “from”?)
    """
    if given is None:
        return Options()
    if isinstance(given, Mapping) and isinstance(given.get(SECTION), Mapping):
        given = given[SECTION]
    if not isinstance(given, Mapping):
        raise UsageError("the settings of the editor are no object")
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _KNOWN:
            hint = nearest(str(key)[:60], _KNOWN) or f"one of {', '.join(_KNOWN)}"
            raise UsageError(f"unknown setting “{str(key)[:60]}”", hint=hint)
        name, kind = _KNOWN[key]
        if value is None or value == "":
            continue
        if not isinstance(value, kind):
            what = "true or false" if kind is bool else "a text"
            raise UsageError(f"setting “{key}”: expected {what}")
        values[name] = value
    for key in ("lang", "from"):
        if tag := values.get(_KNOWN[key][0]):
            try:
                lookup(tag)
            except UsageError as error:
                raise UsageError(f"setting “{key}”: {error.message}", hint=error.hint) from None
    pages = values.get("rule_pages", "")
    if pages and not pages.startswith(("https://", "http://")):
        raise UsageError("setting “rulePages”: expected an address with https://")
    return Options(**values)
