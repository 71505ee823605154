"""`cleaner lsp` as an editor meets it: a real process, real JSON-RPC, every answer looked at."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.lsp.hover import prose
from cleaner.text.visible import visible
from tests.conftest import ROOT
from tests.lsp.client import Editor, applied

LANGUAGES = {"lang": "en", "from": "ru"}
LEFTOVER = "leftover/bracketed-word"
DIRTY = "Ministers [будут] meet on Monday.\n"
DATED = "date 2022-07-29 Ministers met.\n"  # has a safe repair
NOWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}}
Start = Callable[..., Editor]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start editors; all are closed at the end, and none may have made the server complain."""
    editors: list[Editor] = []

    def begin(capabilities: Any = None, options: Any = LANGUAGES) -> Editor:
        editors.append(Editor(tmp_path, capabilities, options))
        return editors[-1]

    yield begin
    for editor in editors:
        editor.ask("shutdown")
        editor.tell("exit")
        status, said = editor.leave()
        assert (status, said) == (0, "")


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor for all tests that change nothing but their own document."""
    with Editor(tmp_path_factory.mktemp("news"), {}, LANGUAGES) as one:
        yield one


def rules(diagnostics: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in diagnostics]


def cut(text: str, range: dict[str, Any], encoding: str = "utf-16") -> str:
    """The text of a range, by replacing it with nothing and comparing."""
    low = applied(
        text, [{"range": {"start": range["start"], "end": EVERYWHERE["end"]}, "newText": ""}], encoding
    )
    high = applied(
        text, [{"range": {"start": range["end"], "end": EVERYWHERE["end"]}, "newText": ""}], encoding
    )
    return high[len(low) :]


# -- Diagnostics -------------------------------------------------------------------------------------


def test_a_finding_is_shown_while_typing(editor: Editor) -> None:
    uri = editor.open("typing.txt", "Ministers meet on Monday.\n")
    assert editor.shown(uri) == []
    for version in range(2, 12):  # one key after the other: only the last state is checked
        editor.type(uri, "Ministers [буд"[: version + 2] + "\n", version)
    editor.type(uri, DIRTY, 12)
    (found,) = editor.shown(uri, 12)
    assert (found["code"], found["source"], found["severity"]) == (LEFTOVER, "cleaner", 1)
    assert cut(DIRTY, found["range"]) == "[будут]"
    assert found["codeDescription"]["href"].endswith("/rules/leftover/bracketed-word.yml")
    editor.close(uri)
    assert editor.shown(uri) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_are_counted_as_agreed(start: Start, encoding: str) -> None:
    editor = start({"general": {"positionEncodings": [encoding, "utf-16"]}})
    assert editor.server["capabilities"]["positionEncoding"] == encoding
    text = "All well.\u2028Yes\r\n\r\n😀 𝔄ll e\u0301 ministers [будут] meet.\rThey [будут] be. 😀\n"
    uri = editor.open("a.txt", text)
    found = editor.shown(uri)
    assert [cut(text, one["range"], encoding) for one in found] == ["[будут]", "[будут]"]
    assert [one["range"]["start"]["line"] for one in found] == [2, 3]
    repair = next(one for one in editor.actions(uri, found[1]["range"]) if "will" in one["title"])
    changed = applied(text, repair["edit"]["changes"][uri], encoding)
    assert changed == text.replace("They [будут]", "They [will]")


def test_utf_16_when_nothing_is_agreed(editor: Editor) -> None:
    assert editor.server["capabilities"]["positionEncoding"] == "utf-16"


FORMATS = {
    "the name of the file": ("a.html", "plaintext", "<p>Ministers [будут] meet.</p>", 1),
    "what the editor calls it": ("notes.draft", "markdown", "Ministers [будут] meet. `[будут]`", 1),
    "no file yet": ("untitled:Untitled-1", "plaintext", DIRTY, 1),
    "a language we do not read": ("a.py", "python", "x = '[будут]'", 0),
    "yaml, which a check does not read either": ("a.yaml", "yaml", "title: Ministers [будут] meet.\n", 0),
    "another scheme": ("git:/a.txt?HEAD", "plaintext", DIRTY, 1),
}


@pytest.mark.parametrize(("name", "language", "text", "count"), FORMATS.values(), ids=FORMATS)
def test_the_format_is_that_of(editor: Editor, name: str, language: str, text: str, count: int) -> None:
    uri = editor.open(name, text, language)
    assert rules(editor.shown(uri)) == [LEFTOVER] * count
    editor.close(uri)


@pytest.mark.slow
def test_the_same_as_a_check_of_the_file(start: Start, tmp_path: Path) -> None:
    """Settings, suppressions, the side-car file and the baseline hold as they do for the command."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "cleaner.yaml").write_text("lang: en\nfrom: ru\nignore: [quotes]\nexclude: [drafts]\n")
    (news / ".cleaner-ignore.yaml").write_text(f"- {{path: side.txt, rule: {LEFTOVER}, reason: x}}\n")
    texts = {
        "a.txt": DIRTY,
        "side.txt": DIRTY,
        "comment.md": "Ministers [будут] meet. <!-- cleaner: ignore[leftover] a quotation -->\n",
        "sic.txt": "Ministers [будут] [sic] meet.\n",
        "drafts/a.txt": DIRTY,
        "known.txt": "They [будут] be known.\n",
    }
    (news / "drafts").mkdir()
    for name, text in texts.items():
        (news / name).write_text(text)
    command = [sys.executable, "-m", "cleaner"]
    subprocess.run([*command, "baseline", "create", "known.txt"], cwd=news, check=True, capture_output=True)
    done = subprocess.run(
        [*command, "check", "--force-exclude", *texts, "--output-format", "json"],
        cwd=news,
        capture_output=True,
        check=False,
    )
    wanted = [(one["path"], one["rule"]) for one in json.loads(done.stdout)["findings"]]
    editor = start(options=None)
    found = []
    for name, text in texts.items():
        uri = editor.open(f"news/{name}", text)
        found += [(name, rule) for rule in rules(editor.shown(uri))]
    assert found == wanted == [("a.txt", LEFTOVER)]


def test_settings_that_change_hold_at_once(start: Start, tmp_path: Path) -> None:
    editor = start({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    uri = editor.open("a.txt", DIRTY)
    assert rules(editor.shown(uri)) == [LEFTOVER]
    assert [one["method"] for one in editor.requests] == ["client/registerCapability"]
    config = tmp_path / "cleaner.yaml"
    config.write_text("ignore: [leftover]\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 1}]})
    assert editor.shown(uri) == []
    config.write_text("ignore: []\n")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": config.as_uri()}})
    assert rules(editor.shown(uri)) == [LEFTOVER]


def test_mistakes_in_the_settings_are_told_once(start: Start, tmp_path: Path) -> None:
    (tmp_path / "cleaner.yaml").write_text("langg: en\n")
    editor = start()
    uri = editor.open("a.txt", DIRTY)
    assert "unknown key “langg” (did you mean “lang”?)" in editor.note("window/showMessage")["message"]
    assert editor.shown(uri) == []
    editor.type(uri, DIRTY + DIRTY, 2)
    assert editor.shown(uri, 2) == []
    (tmp_path / "cleaner.yaml").write_text("lang: en\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert rules(editor.shown(uri)) == [LEFTOVER] * 2
    assert editor.notes.empty()


def test_settings_of_the_editor(start: Start) -> None:
    editor = start(
        options={"lang": "en", "from": "ru", "unsafeFixes": False, "rulePages": "https://a.example/r"}
    )
    uri = editor.open("a.txt", DIRTY)
    (found,) = editor.shown(uri)
    assert found["codeDescription"]["href"] == "https://a.example/r/leftover/bracketed-word/"
    assert editor.actions(uri, found["range"]) == []  # the only repair is unsafe
    editor.tell("workspace/didChangeConfiguration", {"settings": {"cleaner": LANGUAGES}})
    (found,) = editor.shown(uri)
    assert [one["title"] for one in editor.actions(uri, found["range"])] == ["Write “[will]” (unsafe)"]
    editor.tell("workspace/didChangeConfiguration", {"settings": {"cleaner": {"langg": "en"}}})
    assert "unknown setting “langg”" in editor.note("window/showMessage")["message"]


def test_settings_that_must_be_asked_for(start: Start) -> None:
    editor = start({"workspace": {"configuration": True}}, options=None)
    editor.configuration = LANGUAGES
    editor.tell("workspace/didChangeConfiguration", {"settings": None})
    uri = editor.open("a.txt", "Die Minister [будут] am Montag. He said it on Monday to all of them there.\n")
    assert LEFTOVER in rules(editor.shown(uri))
    assert "workspace/configuration" in [one["method"] for one in editor.requests]


def test_an_editor_that_asks_for_diagnostics_is_told_nothing_unasked(start: Start, tmp_path: Path) -> None:
    capabilities = {
        "textDocument": {"diagnostic": {"dynamicRegistration": False}},
        "workspace": {"diagnostics": {"refreshSupport": True}},
    }
    editor = start(capabilities)
    uri = editor.open("a.txt", DIRTY)
    report = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert report["kind"] == "full"
    assert rules(report["items"]) == [LEFTOVER]
    (tmp_path / "cleaner.yaml").write_text("ignore: [leftover]\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert editor.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"] == []
    assert [one["method"] for one in editor.requests] == ["workspace/diagnostic/refresh"]
    assert editor.notes.empty()


# -- Quick fixes -------------------------------------------------------------------------------------


def test_safety_stands_in_the_title_and_only_safe_is_preferred(editor: Editor) -> None:
    text = DATED + DIRTY
    uri = editor.open("fixes.txt", text)
    found = {one["code"]: one for one in editor.shown(uri)}
    offered = {code: editor.actions(uri, one["range"]) for code, one in found.items()}
    (unsafe,) = [one for one in offered[LEFTOVER] if one["kind"] == "quickfix"]
    assert (unsafe["title"], unsafe["isPreferred"]) == ("Write “[will]” (unsafe)", False)
    assert unsafe["diagnostics"] == [found[LEFTOVER]]
    safe = [one for one in offered["feed/leading-metadata"] if one["kind"] == "quickfix"]
    assert [(one["title"].endswith("(safe)"), one["isPreferred"]) for one in safe] == [(True, True)]
    assert applied(text, safe[0]["edit"]["changes"][uri]) == "Ministers met.\n" + DIRTY


def test_all_safe_repairs_are_what_the_command_makes(editor: Editor, tmp_path: Path) -> None:
    text = (DATED + DIRTY + "“He said  so ,” she said .\r\n") * 3 + "😀 Yes  .\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    command = [sys.executable, "-m", "cleaner", "fix", "a.txt", "--lang", "en", "--from", "ru"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    wanted = (tmp_path / "a.txt").read_bytes().decode()
    assert wanted != text
    uri = editor.open("all.txt", text)
    (action,) = editor.actions(uri, NOWHERE, ["source.fixAll"])
    assert action["kind"] == "source.fixAll.cleaner"
    assert applied(text, action["edit"]["changes"][uri]) == wanted
    editor.type(uri, wanted, 2)
    assert editor.actions(uri, NOWHERE, ["source.fixAll.cleaner"]) == []
    assert editor.actions(uri, EVERYWHERE, ["source.organizeImports"]) == []


def test_ignored_here_is_gone(editor: Editor) -> None:
    text = "# News\n\nMinisters 😀 [будут] meet on Monday.\n"
    uri = editor.open("ignore.md", text, "markdown")
    (found,) = editor.shown(uri)
    action = editor.actions(uri, found["range"], ["quickfix"])[-1]
    assert action["title"] == "Ignore leftover/bracketed-word here (a comment)"
    changed = applied(text, action["edit"]["changes"][uri])
    assert (
        changed
        == text[:-1] + " <!-- cleaner: ignore[leftover/bracketed-word] TODO: say why this is right -->\n"
    )
    editor.type(uri, changed, 2)
    assert editor.shown(uri, 2) == []


ABLE = {  # how editors say that they can make a file; Neovim 0.6 to 0.12 takes versions and does not say so
    "VS Code": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
    "Neovim": {"resourceOperations": ["rename", "create", "delete"]},
}


@pytest.mark.slow
@pytest.mark.parametrize("able", ABLE.values(), ids=ABLE)
def test_ignored_in_the_file_beside_it(start: Start, tmp_path: Path, able: dict[str, object]) -> None:
    """Plain text has no comments: the editor makes the side-car file, if it can make one at all."""
    poor, rich = start(), start({"workspace": {"workspaceEdit": able}})
    titles = [
        [one["title"] for one in each.actions(each.open("a.txt", DIRTY), EVERYWHERE)] for each in (poor, rich)
    ]
    assert [len(each) for each in titles] == [1, 2]
    action = rich.actions(rich.uri("a.txt"), EVERYWHERE)[1]
    assert action["title"] == "Ignore leftover/bracketed-word here (.cleaner-ignore.yaml)"
    made, edit = action["edit"]["documentChanges"]
    home = tmp_path / ".cleaner-ignore.yaml"
    assert (made["kind"], made["uri"], edit["textDocument"]["uri"]) == (
        "create",
        home.as_uri(),
        home.as_uri(),
    )
    home.write_text(applied("", edit["edits"]), "utf-8")
    for each in (poor, rich):
        each.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": home.as_uri(), "type": 1}]})
        uri = each.open("b.txt", DIRTY)
        assert rules(each.shown(uri)) == [LEFTOVER]  # the entry names a.txt only
        assert (
            each.ask("textDocument/diagnostic", {"textDocument": {"uri": each.uri("a.txt")}})["items"] == []
        )
    (_, action) = poor.actions(poor.uri("b.txt"), EVERYWHERE)  # the file is there now
    old = home.read_text("utf-8")
    home.write_text(applied(old, action["edit"]["changes"][home.as_uri()]), "utf-8")
    assert home.read_text("utf-8").count("- path:") == 2


def test_an_edit_names_the_version_that_it_is_for(start: Start) -> None:
    editor = start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    uri = editor.open("a.txt", DIRTY, version=7)
    (action,) = editor.actions(uri, EVERYWHERE)
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 7}
    assert "changes" not in action["edit"]


# -- Hover -------------------------------------------------------------------------------------------


def test_the_reason_an_example_and_every_repair(editor: Editor) -> None:
    uri = editor.open("hover.txt", DIRTY)
    place = {"line": 0, "character": 13}
    said = editor.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
    text = said["contents"]["value"]
    assert said["contents"]["kind"] == "plaintext"
    assert cut(DIRTY, said["range"]) == "[будут]"
    for part in (
        "Some engines print a word",
        "(unsafe: ",
        "(manual: ",
        "Example: Ministers [будут]",
        "Repaired: ",
    ):
        assert part in text
    place["character"] = 30
    assert editor.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place}) is None


def test_an_article_puts_no_markup_into_a_hover(start: Start) -> None:
    from markdown_it import MarkdownIt

    editor = start({"textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}}})
    text = "He [будут![x](https://evil.example/p.png)<img src=x>[y](command:z)] came, they [будут] be.\n"
    uri = editor.open("a.txt", text)
    found = editor.shown(uri)
    assert found
    for one in found:
        params = {"textDocument": {"uri": uri}, "position": one["range"]["start"]}
        value = editor.ask("textDocument/hover", params)["contents"]["value"]
        page = MarkdownIt("commonmark", {"html": True}).render(value)
        assert not any(tag in page for tag in ("<img", "<a ", "<script"))
        assert "<strong>" in page
        assert "&#" not in value, "an editor in a terminal shows references as they are written"


@given(st.text(st.sampled_from("[]()<>*_`\\~!#&;:/ -+=1.|@xwхñ\n\t\u200b"), min_size=1))
@example("[будут]: https://evil.example")
@example("` `` x `")
@example("&lt;b&gt; &#91; www.evil.example a@b.example")
@example("- x")
def test_what_a_hover_says_is_read_as_it_stands(text: str) -> None:
    from lxml import html
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(prose(text))
    tree = html.fromstring(f"<div>{page}</div>")
    assert {one.tag for one in tree.iter()} <= {"div", "p", "code"}
    assert " ".join(tree.text_content().split()) == " ".join(visible(text).split())


# -- What must not break it --------------------------------------------------------------------------


def test_unknown_and_closed_documents(editor: Editor) -> None:
    never = {"textDocument": {"uri": editor.uri("never.txt")}}
    uri = editor.open("closed.txt", DIRTY)
    editor.shown(uri)
    editor.close(uri)
    for document in (never, {"textDocument": {"uri": uri}}):
        assert editor.ask("textDocument/hover", {**document, "position": NOWHERE["start"]}) is None
        assert editor.actions(document["textDocument"]["uri"], NOWHERE) == []
        assert editor.ask("textDocument/diagnostic", document)["items"] == []
    editor.close(editor.uri("never.txt"))
    editor.type(editor.uri("never.txt"), DIRTY, 3)


def test_positions_beyond_the_text(editor: Editor) -> None:
    uri = editor.open("beyond.txt", DIRTY)
    far = {"line": 2**31 - 1, "character": 2**31 - 1}
    assert editor.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": far}) is None
    assert editor.actions(uri, {"start": far, "end": NOWHERE["start"]})  # turned around: all of it


def test_a_request_that_is_cancelled_is_answered(editor: Editor) -> None:
    uri = editor.open("cancel.txt", DIRTY * 300)
    number = editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    editor.tell("$/cancelRequest", {"id": number})
    editor.tell("$/cancelRequest", {"id": 99_999})
    answer = editor.answer(number)
    assert "result" in answer or answer["error"]["code"] == -32800
    small = editor.open("after.txt", DIRTY)
    assert rules(editor.shown(small)) == [LEFTOVER]


def test_a_document_that_is_too_large_says_so(editor: Editor) -> None:
    uri = editor.open("huge.txt", "Ministers [будут] meet.\n" * 100_000)
    (note,) = editor.shown(uri)
    assert "not checked while typing: 2,400,000 code points" in note["message"]
    assert "code" not in note
    assert editor.actions(uri, NOWHERE) == []
    editor.close(uri)


def test_a_document_closed_while_it_is_checked(editor: Editor) -> None:
    uri = editor.open("gone.txt", DIRTY * 300)
    editor.close(uri)
    assert editor.shown(uri) == []
    again = editor.open("gone.txt", DIRTY)
    assert rules(editor.shown(again)) == [LEFTOVER]


ODD = {
    "nothing": "",
    "NUL and control characters": "a\x00b\x1b]0;x\x07 [будут]\n",
    "half a character": "\ud800 [будут] \udc00\n",
    "a byte order mark": "\ufeff[будут]\n",
    "only line breaks": "\r\n\r\r\n\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["odd.txt", "odd.json", "odd.xml", "odd.csv", "odd.vtt", "odd.po", "odd.md"])
def test_odd_texts(editor: Editor, name: str, text: str) -> None:
    uri = editor.open(name, text)
    for one in editor.shown(uri):
        assert one["code"]
        assert editor.actions(uri, one["range"]) is not None
    editor.close(uri)


@pytest.mark.slow
@pytest.mark.parametrize(
    "message",
    [
        b'Content-Length: 5\r\n\r\n{"a":',
        b'Content-Length: 17\r\n\r\n{"jsonrpc":"1.0"}',
        b'Content-Length: 49\r\n\r\n{"jsonrpc":"2.0","method":"textDocument/didOpen"}\n',
    ],
    ids=["no JSON", "another protocol", "no params"],
)
def test_messages_that_are_none(start: Start, message: bytes) -> None:
    editor = start()
    editor.raw(message)
    uri = editor.open("a.txt", DIRTY)
    assert rules(editor.shown(uri)) == [LEFTOVER]


def test_an_editor_that_dies_takes_the_server_along(tmp_path: Path) -> None:
    editor = Editor(tmp_path, {}, LANGUAGES)
    editor.shown(editor.open("a.txt", DIRTY))
    editor.open("b.txt", DIRTY * 8000)  # a check of many seconds is not waited for
    time.sleep(0.5)
    begun = time.monotonic()
    assert editor.leave()[0] == 0
    assert time.monotonic() - begun < 10


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None; sys.argv = ['cleaner', 'lsp']; import cleaner.cli as c; c.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    said = 'cleaner: cleaner lsp needs the extra “lsp” (pip install "translation-cleaner[lsp]")'
    assert done.stderr.decode().strip() == said
