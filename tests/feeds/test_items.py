"""What an item is remembered by, and the file that remembers it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import ConfigError, InputError
from cleaner.feeds import saving, state
from cleaner.feeds.items import entries
from cleaner.feeds.state import Memory, Run, dump, parse
from tests.conftest import ROOT


def keys(*items: str) -> list[str]:
    return [entry.key for entry in entries(f"<rss><channel>{''.join(items)}</channel></rss>", "feed")]


def item(guid: str = "", link: str = "", title: str = "T", text: str = "Hello.") -> str:
    return (
        f"<item><guid>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<description>{text}</description></item>"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(item("7", "a", "T"), item("7", "b", "U", "edited"), True, id="a GUID is enough"),
        pytest.param(item("7"), item("8"), False, id="another GUID"),
        pytest.param(item("", "https://e.org/1", "T"), item("", "https://e.org/1", "U"), True, id="else the link"),
        pytest.param(item("", "", "T", "a"), item("", "", "T", "a"), True, id="else the text"),
        pytest.param(item("", "", "T", "a"), item("", "", "T", "b"), False, id="another text"),
    ],
)  # fmt: skip
def test_an_item_is_known_again(one: str, other: str, same: bool) -> None:
    assert (keys(one) == keys(other)) is same


def test_items_that_share_a_guid_do_not_hide_each_other() -> None:
    a, b = item("site", "https://e.org/1", "One"), item("site", "https://e.org/2", "Two")
    assert len(set(keys(a, b))) == 2
    assert set(keys(a, b)) < set(keys(item("site", "https://e.org/3", "Three"), a, b))


def test_json_feeds_and_atom_have_items_too() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "https://e.org/1", "title": "Так", "content_html": "<p>Ні</p>"},
            {"id": "2", "content_text": "Hello"},
        ],
    }
    found = entries(json.dumps(feed), "jsonfeed")
    assert [(one.place, one.item.guid) for one in found] == [("/items/0", "1"), ("/items/1", "2")]
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>Так</title></entry></feed>'
    assert [(one.place, one.item.guid) for one in entries(atom, "feed")] == [("item 1", "urn:1")]


# -- The state file ----------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
RUNS = st.builds(
    Run,
    TEXT.filter(bool),
    st.floats(0, 100).map(lambda number: round(number, 1)),
    st.integers(0, 99),
    st.integers(0, 99),
    st.none() | st.dictionaries(TEXT, st.integers(0, 9), min_size=1, max_size=2),
    st.none() | st.dictionaries(TEXT, st.lists(TEXT, max_size=2).map(tuple), min_size=1, max_size=2),
    TEXT,
)
MEMORIES = st.builds(
    Memory, TEXT.filter(bool), TEXT, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.just(()), TEXT,
    st.lists(RUNS, max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(MEMORIES, max_size=3, unique_by=lambda memory: memory.url))
def test_what_is_written_is_read_again(memories: list[Memory]) -> None:
    assert parse(dump("new", memories), "a.json", "new") == {one.url: one for one in memories}


def test_one_feed_a_line() -> None:
    text = dump("new", [Memory("https://b.org/"), Memory("https://a.org/")])
    assert [line[:16] for line in text.splitlines()[1:-1]] == ['{"url": "https:/'] * 2
    assert text.index("a.org") < text.index("b.org")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.json:1:1: not a state file: this is no JSON"),
        ('{"version": 1, "use": "new", "feeds": [', "not a state file: this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ("[]", "not a state file"),
        (
            '{"version": 2, "use": "new"}',
            "version 2: this cleaner reads version 1 (--state names another file)",
        ),
        ('{"version": 1, "use": "health"}', "the state of “health”, not of “new”"),
        ('{"version": 1, "use": "new", "feeds": [{}]}', "“url” is missing"),
        ('{"version": 1, "use": "new", "feeds": [{"url": "u", "tag": "x"}]}', "unknown key “tag”"),
    ],
)
def test_a_file_that_is_not_ours_is_named_and_kept(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(text, "a.json", "new")
    assert message in str(error.value)


def test_old_items_are_forgotten_at_last_and_those_of_the_feed_never() -> None:
    memory = Memory("u")
    for number in range(30):
        memory = memory.with_items(f"{number}-{n}" for n in range(100))
    assert len(memory.items) == 100 + 1000
    assert memory.items[0] == "29-0"
    big = memory.with_items(map(str, range(5000)))
    assert set(map(str, range(5000))) <= set(big.items)
    assert len(Memory("u", runs=(Run("t", 1, 1),) * 150).with_run(Run("t", 2, 1)).runs) == 100


def test_two_runs_do_not_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    code = (
        "import sys; from pathlib import Path; from cleaner.feeds import state\n"
        f"with state.locked(Path({str(path)!r})):\n    print('held', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(InputError, match="another run is using it"), state.locked(path):
            pass
        other.kill()  # however it ends, the lock goes with it
        other.wait()
    with state.locked(path):
        pass


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system has no links like these")
def test_a_lock_does_not_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "s.json.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="cannot be written"), state.locked(tmp_path / "s.json"):
        pass
    assert not (tmp_path / "elsewhere").exists()


# -- Names of files ----------------------------------------------------------------------------------


@given(st.text() | st.from_regex(r"https?://[a-z./\\%?:-]{0,60}", fullmatch=True))
def test_a_name_is_only_a_name(source: str) -> None:
    name = saving.stem_of(source)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert name[0] not in ".-"
    assert ".." not in name
    assert 12 <= len(name) <= 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.org/a/b", "https://e.org/a-b"),
        ("https://e.org/a", "http://e.org/a"),
        ("https://e.org/A", "https://e.org/a"),
        ("https://e.org/" + "x" * 500 + "1", "https://e.org/" + "x" * 500 + "2"),
        ("https://e.org/новости", "https://e.org/новини"),
        ("https://e.org/a.rss", "https://e.org/a.xml"),
        ("https://e.org/a.rss", "https://e.org/a"),
    ],
)
def test_two_sources_have_two_names(one: str, other: str) -> None:
    assert saving.stem_of(one) != saving.stem_of(other)


def test_saving_never_follows_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.rss").symlink_to(victim)
    with pytest.raises(InputError, match="is a symbolic link; not written"):
        saving.save(tmp_path / "out", "a.rss", b"new")
    assert victim.read_bytes() == b"mine"


def test_saving_makes_the_folder_and_replaces_what_it_saved(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    for data in (b"one", b"two", b"two"):
        saving.save(folder, "a.rss", data)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.rss": data}
    with pytest.raises(InputError, match="cannot be made"):
        saving.save(folder / "a.rss", "b.rss", b"")
