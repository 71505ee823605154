"""Which format a file has, and what is said of bytes that are not of its encoding."""

from __future__ import annotations

import pytest

from cleaner.formats import format_of, language_of, split
from cleaner.formats.decode import decode
from cleaner.model import Document


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a/B.HTML", "html"),
        ("film.en.srt", "srt"),
        ("uk.yml", "yaml"),
        ("locales/zh_Hant.yaml", "yaml"),
        ("devise.fr.yml", "yaml"),
        ("docker-compose.yml", None),
        ("ci.yml", None),
        (".yml", None),
        ("Makefile", None),
    ],
)
def test_format_of(name: str, format: str | None) -> None:
    assert format_of(name) == format


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("film.en.srt", "en"),
        ("locales/uk.json", "uk"),
        ("zh_Hant.yaml", "zh-Hant"),
        ("pt_BR.po", "pt-BR"),
        ("id.json", None),
        ("index.json", None),
        ("de.html", None),
        (".json", None),
    ],
)
def test_language_of(name: str, tag: str | None) -> None:
    assert language_of(name) == tag


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        pytest.param(b"Caf\xe9 a", ["byte 3 is no UTF-8: E9"], id="one byte"),
        pytest.param("\ufeffдa".encode() + b"\xff", ["byte 6 is no UTF-8: FF"], id="the mark counts"),
        pytest.param(
            b"\xe9\xe8 \xe9",
            ["bytes 0 to 1 are no UTF-8: E9 E8", "byte 3 is no UTF-8: E9"],
            id="side by side",
        ),
        pytest.param(
            "Кафе".encode("cp1251") * 9, ["bytes 0 to 35 are no UTF-8: CA E0 F4 E5 CA E0 F4 E5 …"], id="many"
        ),
    ],
)
def test_undecodable_bytes_are_told_with_their_place(data: bytes, messages: list[str]) -> None:
    text, encoding = decode(data)
    document = split(Document("a", text, encoding=encoding))
    assert [trouble.message for trouble in document.troubles] == messages
    for trouble in document.troubles:
        assert all("\udc80" <= char <= "\udcff" for char in text[trouble.span.slice])


def test_a_file_in_another_encoding_is_not_told_byte_for_byte() -> None:
    text, encoding = decode("є ї ".encode("cp1251") * 100_000)
    assert len(split(Document("a", text, encoding=encoding)).troubles) == 20
