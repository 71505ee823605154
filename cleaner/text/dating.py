"""The day that a document says it is from."""

from __future__ import annotations

import datetime
import re

# At most three words before the date: “date 2022-07-29”, “Published on: 2024-02-01”, “Дата: 2023-05-06”.
_OPENING = re.compile(r"\s{0,9}(?:[^\W\d_]{1,20}[ :.,]{1,3}){0,3}(\d{4})-(\d\d)-(\d\d)(?!\d)")


def document_date(text: str) -> datetime.date | None:
    """The ISO date that opens a text, after at most three words; None when there is none.

    Cannot see a date that is written out, and does not guess which of 01/02 is the month.

    >>> document_date(" date 2022-07-29 US Secretary of State")
    datetime.date(2022, 7, 29)
    >>> document_date("In 2022-07-29, nothing") is document_date("Nothing 2022-13-41")
    False
    """
    found = _OPENING.match(text)
    if found is None:
        return None
    try:
        return datetime.date(*map(int, found.groups()))
    except ValueError:
        return None
