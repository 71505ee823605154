"""Comments in places where they are none, or where nothing is left for them to silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import InputError
from cleaner.suppress.sidecar import load
from tests.test_suppress import complaints, look, matches

COMMENT = "<!-- cleaner: ignore[leftover] x -->"
BOTH = ["[было]", "[будут]"]

ROWS: dict[str, tuple[str, str, list[str], list[str]]] = {  # format, text → what is left, complaints
    "markdown: no comment at all": (
        "markdown", "It [было] so, cleaner: ignore[leftover]. They [будут] be.\n", BOTH, [],
    ),
    "markdown: the mark is escaped": ("markdown", f"It [было] so. \\{COMMENT}\n\nThey [будут] be.\n", BOTH, []),
    "markdown: a backtick that nothing closes is no code": (
        "markdown", f"It [было] so. ` {COMMENT}\n\nThey [будут] be.\n", ["[будут]"], [],
    ),
    "markdown: a comment about a cleaner, beside the words “cleaner:”": (
        "markdown", "It [было] so <!-- the vacuum cleaner -->, they [будут] be; cleaner: none.\n", BOTH, [],
    ),
    "markdown: one comment inside of what another silences": (
        "markdown", f"{COMMENT}\n\nSo it was. {COMMENT}\nIt [было] so.\n\nThey [будут] be.\n", ["[будут]"], ["unused"],
    ),
    "markdown: the next line after the last one": (
        "markdown", "It [было] so, they [будут] be. <!-- cleaner: ignore-next-line[leftover] x -->", BOTH, ["unused"],
    ),
    "html: nothing follows": ("html", f"<p>It [было] so, they [будут] be.</p>\n{COMMENT}\n", BOTH, ["unused"]),
    "po: the entry of the comment has no text": (
        "po",
        '#. cleaner: ignore[leftover] x\nmsgid "a"\nmsgstr ""\n\nmsgid "c"\nmsgstr "It [было] so, they [будут] be"\n',
        BOTH, ["unused"],
    ),
    "feed: a comment in CDATA, another behind it": (
        "feed",
        f"<rss><channel><item><title>It [было] so</title><description><![CDATA[<!-- a -->They [будут] be]]>"
        f"</description></item>\n{COMMENT}\n</channel></rss>", BOTH, ["unused"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("format", "text", "kept", "said"), ROWS.values(), ids=ROWS)
def test_where_a_comment_is_none_or_idle(format: str, text: str, kept: list[str], said: list[str]) -> None:
    found = look(text, format)
    assert matches(found) == kept
    assert complaints(found) == said


def test_a_side_car_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / ".cleaner-ignore.yaml"
    path.write_bytes(b"- {path: caf\xe9}\n")
    with pytest.raises(InputError, match="not UTF-8 at byte 12"):
        load(path)
