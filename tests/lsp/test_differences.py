"""The edits of “fix all”: exact, and never larger than the lines that changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.lsp.differences import difference
from cleaner.offsets import splice

TEXTS = st.lists(st.sampled_from(["a", "b ", "и", "😀", "\r\n", "\n", "\r"]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_the_edits_make_the_other_text(before: str, after: str) -> None:
    edits = difference(before, after)
    assert splice(before, edits) == after
    for span, _ in edits:
        for at in span:
            assert before[at - 1 : at + 1] != "\r\n" or at == 0


def test_equal_texts_need_none() -> None:
    assert difference("a\r\nb", "a\r\nb") == []
