"""What encoding a file says that it is in."""

from __future__ import annotations

import pytest

from cleaner.formats.charset import declared


@pytest.mark.parametrize(
    ("data", "html", "expected"),
    [
        (b"<?xml version='1.0' encoding='windows-1251'?>", False, "windows-1251"),
        (b'<?xml version="1.0"\n encoding = "ISO-8859-1" standalone="yes"?>', False, "ISO-8859-1"),
        (b'<?xml version="1.0"?>', False, None),
        (b' <?xml version="1.0" encoding="koi8-r"?>', False, None),
        (b'<meta charset="koi8-r">', False, None),
        (b'<html><META CHARSET=koi8-r>', True, "koi8-r"),
        (b'<meta charset="latin1">', True, "windows-1252"),
        (b'<meta charset="utf-16le">', True, None),
        (b'<meta charset="klingon">', True, "klingon"),
        (b" " * 1024 + b'<meta charset="koi8-r">', True, None),
        (b"<meta " * 100_000, True, None),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_declared(data: bytes, html: bool, expected: str | None) -> None:
    assert declared(data, html=html) == expected
