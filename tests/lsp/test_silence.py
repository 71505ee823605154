"""“Ignore here”: in each format a comment that its readers know, or an entry in the file beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.lsp.documents import Checked, Opened, check, forget
from cleaner.lsp.silence import comment, entry
from cleaner.offsets import splice
from cleaner.run import Settings

RULE = "leftover/bracketed-word"
SAID = f"cleaner: ignore[{RULE}] TODO: say why this is right"
COMMENT = f"<!-- {SAID} -->"

COMMENTS = {
    "markdown, at the end of the line": ("a.md", "They [будут] be.\n", f"They [будут] be. {COMMENT}\n"),
    "markdown, in a heading": ("a.md", "# They [будут] be\n", f"# They [будут] be {COMMENT}\n"),
    "markdown, no line break at the end": ("a.md", "They [будут] be.", f"They [будут] be. {COMMENT}"),
    "a page": ("a.html", "<p>\n  They [будут] be.\r\n</p>", f"<p>\n  They [будут] be. {COMMENT}\r\n</p>"),
    "an entry with a context": (
        "a.po",
        'msgctxt "menu"\nmsgid "Будут"\nmsgstr "They [будут] be"\n',
        f'# {SAID}\nmsgctxt "menu"\nmsgid "Будут"\nmsgstr "They [будут] be"\n',
    ),
    "a cue": (
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nThey [будут] be.\n",
        f"WEBVTT\n\nNOTE {SAID}\n\n00:01.000 --> 00:02.000\nThey [будут] be.\n",
    ),
}
ENTRIES = {
    "plain text": ("a.txt", "They [будут] be.\n"),
    "JSON": ("a.json", '{"title": "They [будут] be"}'),
    "SubRip": ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThey [будут] be.\n"),
    "a feed, which is published": (
        "a.rss",
        "<rss><channel><item><title>They [будут] be</title></item></channel></rss>",
    ),
    "a page, where the line ends inside of a tag": ("a.html", '<p>Yes.</p>\n<img alt="They [будут]\nbe">\n'),
}


def looked(folder: Path, name: str, text: str) -> Checked:
    forget()
    settings = Settings({"lang": "en", "source_lang": "ru", "select": (RULE, "suppression")})
    return check(Opened("file:///x", text, "", folder / name), settings, "utf-16", folder)


def rules(checked: Checked) -> list[str]:
    return [one.rule for one in checked.findings]


@pytest.mark.parametrize(("name", "text", "wanted"), COMMENTS.values(), ids=COMMENTS)
def test_the_comment_of_a_format(tmp_path: Path, name: str, text: str, wanted: str) -> None:
    checked = looked(tmp_path, name, text)
    (finding,) = checked.findings
    assert splice(text, comment(finding, checked)) == wanted
    assert rules(looked(tmp_path, name, wanted)) == []


@pytest.mark.parametrize(("name", "text"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_where_no_comment_can_stand(tmp_path: Path, name: str, text: str) -> None:
    checked = looked(tmp_path, name, text)
    (finding,) = checked.findings
    assert comment(finding, checked) == []
    added = entry(finding, checked, tmp_path, {})
    assert added is not None
    assert (added.path, added.before) == (tmp_path / ".cleaner-ignore.yaml", None)
    added.path.write_text(added.after)
    assert rules(looked(tmp_path, name, text)) == []


def test_an_entry_is_added_to_what_the_editor_has_not_saved(tmp_path: Path) -> None:
    home = tmp_path / ".cleaner-ignore.yaml"
    home.write_text("- {path: x.txt, rule: quotes}\n")
    unsaved = "- {path: x.txt, rule: quotes}\n- {path: y.txt, rule: quotes}\n"
    checked = looked(tmp_path, "a.txt", "They [будут] be.\n")
    added = entry(checked.findings[0], checked, tmp_path, {home: unsaved})
    assert added is not None
    assert (added.before, added.after[: len(unsaved)]) == (unsaved, unsaved)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{a: 1}\n", b"[{path: x, rule: y}]\n"])
def test_a_file_that_takes_no_entry_is_left_alone(tmp_path: Path, content: bytes) -> None:
    checked = looked(tmp_path, "a.txt", "They [будут] be.\n")
    (tmp_path / ".cleaner-ignore.yaml").write_bytes(content)
    forget()
    assert entry(checked.findings[0], checked, tmp_path, {}) is None


def test_a_comment_never_hides_the_neighbour(tmp_path: Path) -> None:
    checked = looked(tmp_path, "a.md", "They [будут] be there on Monday, and he [будет] be there.\n")
    first, second = checked.findings
    assert comment(first, checked) == comment(second, checked) == []
    added = entry(first, checked, tmp_path, {})
    assert added is not None
    added.path.write_text(added.after)
    assert [one.match for one in looked(tmp_path, "a.md", checked.opened.text).findings] == [second.match]


def test_a_complaint_about_a_suppression_cannot_be_ignored(tmp_path: Path) -> None:
    checked = looked(tmp_path, "a.md", f"All well. <!-- cleaner: ignore[{RULE}] why -->\n")
    (finding,) = checked.findings
    assert finding.rule == "suppression/unused"
    assert comment(finding, checked) == []
    assert entry(finding, checked, tmp_path, {}) is None
