"""docs/feeds.md says what happens: its commands are run, one after the other, in one folder."""

from __future__ import annotations

import re
from pathlib import Path

from cleaner.feeds import signature
from tests.conftest import ROOT
from tests.feeds.conftest import Feed

PAGE = (ROOT / "docs" / "feeds.md").read_text("utf-8")


def found(text: str) -> list[str]:
    """Rules with their places, closing lines and what health says: not the words of other pages' rules."""
    return re.findall(
        r"news\.rss:\d+:\d+|\b\w+/[a-z-]+\b|^(?:Found|\[\*\]|\d+ fix|All clear).*|^  \w+ {2,}.*",
        text,
        re.MULTILINE,
    )


def test_the_commands_print_what_the_page_says(feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "news.rss").write_text(re.search(r"```xml\n(.*?)```", PAGE, re.DOTALL)[1], "utf-8")  # type: ignore[index]
    commands = re.findall(r"^\$ cleaner feed (.*)\n((?:(?!\$|```).*\n)*)", PAGE, re.MULTILINE)
    assert len(commands) == 5
    for command, said in commands:
        assert found(feed(*command.split()).stdout.decode()) == found(said), command
    (saved,) = (tmp_path / "public").iterdir()
    assert "A café closes" in saved.read_text("utf-8")


def test_the_table_has_every_class() -> None:
    table = PAGE.partition("| class | rules |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-z ]+) \|", table, re.MULTILINE)
    assert rows == [one.name for one in (*signature.CLASSES, signature.OTHER)]
