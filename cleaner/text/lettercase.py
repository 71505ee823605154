"""Letter case, carried from what stands in a text over to what is written instead.

Cannot see that a word in capitals is an abbreviation: who calls knows what was asked for.
"""

from __future__ import annotations


def first_letter(text: str) -> str:
    """The first letter or digit of a text, "" when it has none.

    >>> first_letter("«Київ»")
    'К'
    """
    return next((char for char in text if char.isalnum()), "")


def is_capitals(text: str) -> bool:
    """Whether a text is written in capitals; one letter alone does not tell."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def carried_over(found: str, written: str) -> str:
    """`written` as `found` is written: in capitals, with a capital at its beginning, or as it is.

    >>> carried_over("EINMAL MEHR", "erneut"), carried_over("Einmal mehr", "erneut")
    ('ERNEUT', 'Erneut')
    >>> carried_over("percents", "per cent"), carried_over("İSTANBUL", "izmir")
    ('per cent', 'İZMİR')
    """
    if is_capitals(found):
        return (written.replace("i", "İ") if "İ" in found else written).upper()
    return capitalized(written) if first_letter(found).isupper() else written


def capitalized(written: str) -> str:
    """A text whose first letter is a capital; the others stay.

    >>> capitalized("“per cent”")
    '“Per cent”'
    """
    first = first_letter(written)
    return written.replace(first, first.upper(), 1) if first else written
