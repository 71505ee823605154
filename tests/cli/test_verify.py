"""`cleaner verify` as a person meets it: its codes, its words, its formats, files that cannot be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cleaner.reporters import FORMATS
from tests.conftest import Run
from tests.promises.test_nothing_forged import BIDI, COMMAND, NAMES, OURS, PAYLOADS

BEFORE = "They both [будут] be in Cambodia on 5 May.\n"
KEPT = "They both will be in Cambodia, on 5 May.\n"
CHANGED = "They both will be in Cambodia on 6 May.\n"
LANGUAGES = ("--lang", "en", "--from", "ru")


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def said(done: subprocess.CompletedProcess[bytes]) -> tuple[int, str, str]:
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_what_was_wrong_may_change(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": KEPT})
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES)) == (0, "All clear. 1 file checked.\n", "")


def test_what_changed_beyond_that_is_shown(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES)) == (
        1,
        "error[verify/digits]: “5” became “6”\n"
        " --> b.txt:1:34\n"
        "  |\n"
        "1 | They both will be in Cambodia on 6 May.\n"
        "  |                                  ^\n"
        "  = because a.txt:1:37 has “be in Cambodia on 5 May.”\n\n"
        "Found 1 problem.\n",
        "",
    )


def test_the_files_are_not_touched(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    times = [(tmp_path / name).stat().st_mtime_ns for name in ("a.txt", "b.txt")]
    cli("verify", "a.txt", "b.txt", *LANGUAGES)
    assert (tmp_path / "a.txt").read_text("utf-8") == BEFORE
    assert [(tmp_path / name).stat().st_mtime_ns for name in ("a.txt", "b.txt")] == times
    assert len(list(tmp_path.iterdir())) == 2


USAGE = [
    (["a.txt"], "Missing argument 'AFTER'"),
    (["a.txt", "nowhere.txt"], "cleaner: nowhere.txt: no such file or folder"),
    (["a.txt", ""], "cleaner: an empty path names no file (. is this folder)"),
    (["a.txt", "folder"], "cleaner: verify compares two files or two folders (name the file in the folder)"),
    (["folder", "-"], "cleaner: verify compares two files or two folders"),
    (["-", "-"], "cleaner: standard input can be only one of the two versions (name a file)"),
    (["a.txt", "b.txt", "--allow", "digit"], "--allow: unknown value “digit” (did you mean “digits”?)"),
    (["a.txt", "b.txt", "--allow", ","], "cleaner: an empty list of names"),
    (["a.txt", "b.txt", "--lang", "english"], "cleaner: --lang: "),
    (["a.txt", "b.txt", "--format", "txt"], "--format: unknown value “txt”"),
    (["a.txt", "b.txt", "-o", "b.txt"], "b.txt is one of the files to read; it is not overwritten"),
]


@pytest.mark.parametrize(("args", "message"), USAGE)
def test_wrong_usage(cli: Run, tmp_path: Path, args: list[str], message: str) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED, "folder/c.txt": "c"})
    code, out, error = said(cli("verify", *args))
    assert (code, out) == (2, "")
    assert message in error


PAGE = "<p>a word</p>"
# label, files, arguments, what is said on standard error
UNREADABLE: list[tuple[str, dict[str, str | bytes], list[str], str]] = [
    ("no JSON before", {"a.json": "{", "b.json": "{}"}, ["a.json", "b.json"], "cleaner: a.json:1:2: "),
    ("no JSON after", {"a.json": '{"a": "b"}', "b.json": '{\n"a": "b"'}, ["a.json", "b.json"], "cleaner: b.json:2:9: "),
    ("a binary file before", {"a.txt": b"a\0b", "b.txt": "ab"}, ["a.txt", "b.txt"], "cleaner: a.txt: a binary file\n"),
    ("a binary file after", {"a.txt": "ab", "b.txt": b"a\0b"}, ["a.txt", "b.txt"], "cleaner: b.txt: a binary file\n"),
    ("UTF-32", {"a.txt": "ab", "b.txt": "ab".encode("utf-32")}, ["a.txt", "b.txt"], "cleaner: b.txt: "),
    ("half of UTF-16", {"a.txt": "ab", "b.txt": b"\xff\xfea"}, ["a.txt", "b.txt"], "cleaner: b.txt: not utf-16"),
    ("no format", {"a.jpg": "a", "b.jpg": "b"}, ["a.jpg", "b.jpg"], "cleaner: a.jpg: no format for .jpg"),
    ("no encoding", {"a.txt": "a", "b.txt": "b"}, ["a.txt", "b.txt", "--encoding", "x"], "cleaner: a.txt: unknown"),
    ("a page as JSON", {"a.json": '{"a": "b"}', "b.html": PAGE}, ["a.json", "b.html"], "cleaner: b.html:1:1: "),
    ("one of two", {"o/a.txt": "a", "n/a.txt": b"\0", "o/b.txt": "b", "n/b.txt": "b"}, ["o", "n"], "cleaner: n/a"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "args", "message"), [pytest.param(*row[1:], id=row[0]) for row in UNREADABLE]
)
def test_what_cannot_be_read(
    cli: Run, tmp_path: Path, files: dict[str, str | bytes], args: list[str], message: str
) -> None:
    put(tmp_path, files)
    code, out, error = said(cli("verify", *args))
    assert code == 3
    assert error.startswith(message)
    assert error.count("\n") == 1
    assert "could not be read" in out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE})
    os.mkfifo(tmp_path / "b.txt")
    code, _, error = said(cli("verify", "a.txt", "b.txt"))
    assert (code, error) == (3, "cleaner: b.txt: not a regular file\n")


def test_a_name_that_is_too_long(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE})
    code, _, error = said(cli("verify", "a.txt", "b" * 300))
    assert (code, error.endswith(": File name too long\n")) == (3, True)


def test_the_same_bytes_are_the_same_whatever_they_are(cli: Run, tmp_path: Path) -> None:
    contents = (b"", b"\0\1", b"caf\xe9", b'{"a"', "a 5".encode("utf-16"))
    put(tmp_path, {f"{folder}/{n}.json": content for n, content in enumerate(contents) for folder in "on"})
    assert said(cli("verify", "o", "n"))[:2] == (0, "All clear. 5 files checked.\n")
    assert said(cli("verify", "o/1.json", "n/1.json"))[0] == 0


def test_the_second_file_is_read_as_the_first(cli: Run, tmp_path: Path) -> None:
    put(
        tmp_path, {"a.txt": "He paid 5 euros.\n", "b.md": "He paid 5 euros!\n", "c.bin": "He paid 6 euros.\n"}
    )
    assert said(cli("verify", "a.txt", "b.md", "--lang", "en"))[0] == 0
    assert "“5” became “6”" in said(cli("verify", "a.txt", "c.bin", "--lang", "en"))[1]


@pytest.mark.parametrize(("piped", "args"), [(CHANGED, ["a.txt", "-"]), (BEFORE, ["-", "b.txt"])])
def test_one_version_from_standard_input(cli: Run, tmp_path: Path, piped: str, args: list[str]) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    done = cli("verify", *args, *LANGUAGES, "--output-format", "concise", stdin=piped.encode())
    name = "<stdin>" if args[1] == "-" else "b.txt"
    assert said(done)[:2] == (1, f"{name}:1:34: error verify/digits “5” became “6”\nFound 1 problem.\n")


def test_standard_input_is_of_the_format_of_the_file(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.json": '{"a": "x one"}'})
    assert said(cli("verify", "a.json", "-", stdin=b'{"a":"x one"}'))[0] == 0
    assert said(cli("verify", "-", "a.json", stdin=b'{"a":"x one"}'))[0] == 0
    assert said(cli("verify", "-", "a.json", "--format", "plain", stdin=b"{}"))[0] == 1
    code, _, error = said(cli("verify", "a.json", "-", stdin=b"{"))
    assert (code, error.startswith("cleaner: <stdin>:1:2: ")) == (3, True)


def test_a_file_called_as_we_call_standard_input(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"<stdin>": "a 5", "a.txt": "a 6"})
    assert said(cli("verify", "a.txt", "<stdin>", "--lang", "en"))[0] == 1
    put(tmp_path, {"-": "a 6"})
    assert said(cli("verify", "a.txt", "./-", "--lang", "en"))[0] == 0


ALLOWED = [
    ([], "digits names letters"),
    (["--allow", "digits"], "names letters"),
    (["--allow", "digits,letters"], "names"),
    (["--allow", "digits", "--allow", "names, letters"], ""),
    (["--allow", "urls"], "digits names letters"),
]


@pytest.mark.parametrize(("options", "told"), ALLOWED)
def test_what_may_change_is_not_told(cli: Run, tmp_path: Path, options: list[str], told: str) -> None:
    old, new = "On May 5 he met Ivan in town.\n", "On May 6 he met Ivo in the town.\n"
    put(tmp_path, {"a.txt": old, "b.txt": new})
    done = cli("verify", "a.txt", "b.txt", "--lang", "en", "--output-format", "json", *options)
    found = [finding["rule"].removeprefix("verify/") for finding in json.loads(done.stdout)["findings"]]
    assert (done.returncode, " ".join(found)) == (bool(told), told)


# -- Folders -------------------------------------------------------------------------------------------


def test_folders_are_compared_file_by_file(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"o/a.txt": "a 5\n", "o/in/b.json": '{"a": "x"}', "o/gone.txt": "x", "o/photo.jpg": b"\0"})
    put(tmp_path, {"n/a.txt": "a 6\n", "n/in/b.json": '{"a": "x"}', "n/new.txt": "x", "n/photo.jpg": b"\1"})
    code, out, _ = said(cli("verify", "o", "n", "--lang", "en", "--output-format", "concise"))
    assert code == 1
    assert out.splitlines() == [
        "n/a.txt:1:3: error verify/digits “5” became “6”",
        "n/gone.txt:1:1: error verify/structure the file is gone",
        "n/new.txt:1:1: error verify/structure the file is new",
        "Found 3 problems.",
    ]
    allowed = ("--allow", "digits,structure")
    assert said(cli("verify", "o", "n", "--lang", "en", *allowed))[:2] == (0, "All clear. 4 files checked.\n")


def test_empty_folders(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "o").mkdir()
    (tmp_path / "n").mkdir()
    code, _, error = said(cli("verify", "o", "n"))
    assert (code, error) == (0, "cleaner: no files to read in o, n\n")


@pytest.mark.parametrize("linked", ["o/a.txt", "n/a.txt", "n/in"])
def test_links_in_a_folder_are_not_followed(cli: Run, tmp_path: Path, linked: str) -> None:
    put(tmp_path, {"secret/a.txt": "Passwords: none.\n", "o/a.txt": "a\n", "n/a.txt": "a\n"})
    put(tmp_path, {"o/in/a.txt": "a\n", "n/in/a.txt": "a\n"})
    path = tmp_path / linked
    if path.is_dir():
        (path / "a.txt").unlink()
        path.rmdir()
        path.symlink_to(tmp_path / "secret")
    else:
        path.unlink()
        path.symlink_to(tmp_path / "secret/a.txt")
    code, out, error = said(cli("verify", "o", "n", "--output-format", "json"))
    assert code == 3
    assert "a link, which is not followed" in error
    assert "Passwords" not in out + error


def test_a_link_that_is_named_is_followed(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "a 5\n", "b.txt": "a 6\n"})
    (tmp_path / "c.txt").symlink_to(tmp_path / "b.txt")
    assert said(cli("verify", "a.txt", "c.txt", "--lang", "en"))[0] == 1


# -- Settings and reports ------------------------------------------------------------------------------


def test_the_settings_of_the_first_file_hold(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": KEPT, "cleaner.yaml": "ignore: [leftover]\n"})
    found = said(cli("verify", "a.txt", "b.txt", *LANGUAGES))[1]
    assert "“будут” became “will”" in found
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES, "--isolated"))[0] == 0
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES, "--isolated", "--ignore", "leftover"))[0] == 1


def test_a_suppression_is_no_excuse(cli: Run, tmp_path: Path) -> None:
    page = "<!-- cleaner: ignore --><p>He paid {}.</p>"
    put(tmp_path, {"a.html": page.format(5), "b.html": page.format(6)})
    assert said(cli("verify", "a.html", "b.html", "--lang", "en"))[0] == 1


def test_every_report_can_be_read(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    wanted = [f"--output={format}:{format}.out" for format in FORMATS]
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES, *wanted)) == (1, "", "")
    reports = {format: (tmp_path / f"{format}.out").read_text("utf-8") for format in FORMATS}
    assert [format for format, report in reports.items() if "digits" not in report] == []
    for format in ("json", "sarif", "gitlab", "rdjson"):
        assert json.loads(reports[format])
    for format in ("junit", "checkstyle"):
        assert len(ElementTree.fromstring(reports[format])) == 1
    assert all(map(json.loads, reports["json-lines"].splitlines()))


def test_a_report_in_a_file_and_none_on_the_screen(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    assert said(cli("verify", "a.txt", "b.txt", *LANGUAGES, "-q", "-o", "out.txt")) == (1, "", "")
    assert "“5” became “6”" in (tmp_path / "out.txt").read_text("utf-8")


def test_statistics(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": BEFORE, "b.txt": CHANGED})
    code, out, _ = said(cli("verify", "a.txt", "b.txt", *LANGUAGES, "--statistics"))
    assert code == 1
    assert re.search(r"verify/digits\s.*\b1\b|\b1\b.*verify/digits", out)


def test_help_fits_and_has_examples(cli: Run) -> None:
    code, out, _ = said(cli("verify", "--help"))
    assert code == 0
    assert "cleaner verify old/ new/" in out
    assert "Exit code: 0 nothing changed beyond that" in " ".join(out.split())


def test_nothing_is_forged(cli: Run, tmp_path: Path) -> None:
    """Neither the texts nor the names of the files say anything to a terminal or a build log."""
    for number, name in enumerate(NAMES):
        text = PAYLOADS[number % len(PAYLOADS)]
        for folder, new in (("o", f"{text} 5 {text}"), ("n", f"{text} 6 x{text} {PAYLOADS[-1]}")):
            path = tmp_path / folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(new.encode("utf-8", "surrogateescape"))
    others = [f"--output={format}:{format}.out" for format in ("concise", "github", "json", "html")]
    done = cli("verify", "o", "n", "--isolated", "--lang", "en", "--output=full", *others)
    code, out, error = said(done)
    assert code in (1, 3)
    reports = {"full": out, "errors": error} | {
        path.stem: path.read_text("utf-8") for path in tmp_path.glob("*.out")
    }
    assert len(reports) == 6
    for format, report in reports.items():
        assert "digits" in report or format == "errors"
        for line in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]", report):
            assert not COMMAND.match(line) or (format == "github" and OURS.match(line)), line
            assert "##[" not in line
        assert not [char for char in report if (char < " " and char != "\n") or "\x7f" <= char < "\xa0"]
        assert not BIDI.search(report)


def test_arguments_cannot_forge_a_message(cli: Run) -> None:
    for payload in PAYLOADS[:4]:
        name = "./" + payload.replace("/", "-")
        code, _, error = said(cli("verify", name, name, "--allow", payload))
        assert code == 2
        assert not [line for line in error.splitlines() if COMMAND.match(line)]
        assert not [char for char in error if (char < " " and char != "\n") or "\x7f" <= char < "\xa0"]
