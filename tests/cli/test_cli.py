"""The command line as a person meets it: each test runs it in a process of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cleaner.ruleset.load import shipped
from tests.conftest import ROOT, Run

DIRTY = "date 2022-07-29 Ministers met on Thursday, July 29."
CLEAN = "Ministers met on Friday, July 29, 2022."


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_exit_codes(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "clean.txt", CLEAN)
    put(tmp_path, "dirty.txt", DIRTY)
    assert cli("check", "clean.txt", "--lang", "en").returncode == 0
    assert cli("check", "dirty.txt", "--lang", "en").returncode == 1
    assert cli("check", "dirty.txt", "--lang", "en", "--exit-zero").returncode == 0
    assert cli("check", "dirty.txt", "--lang", "en", "--select", "feed").returncode == 1
    assert (
        cli("check", "dirty.txt", "--lang", "en", "--select", "feed", "--fail-level", "error").returncode == 0
    )
    assert cli("check", "nowhere.txt").returncode == 2
    assert cli("check", "dirty.txt", "--langg", "en").returncode == 2


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["check", "nowhere.txt"], 2, "cleaner: nowhere.txt: no such file or folder"),
        (["check", "a.txt", "--select", "feed/leading-metdata"], 2, "did you mean “feed/leading-metadata”?"),
        (["check", "a.txt", "--ignore", "fed"], 2, "there is no rule or family “fed” (did you mean “feed”?)"),
        (["check", "a.txt", "--lang", "english"], 2, "cleaner: --lang: "),
        (["check", "a.txt", "--from", "xx-yy-zz"], 2, "cleaner: --from: "),
        (
            ["check", "a.txt", "--output-format", "jsn"],
            2,
            "--output-format: unknown value “jsn” (did you mean “json”?)",
        ),
        (
            ["check", "a.txt", "--fail-level", "warn"],
            2,
            "--fail-level: unknown value “warn” (did you mean “warning”?)",
        ),
        (["check", "a.txt", "--profile", "publsh"], 2, "there is no profile “publsh”"),
        (["check", "a.txt", "--config", "no.yaml"], 2, "--config: no such file no.yaml"),
        (
            ["check", "a.txt", "--format", "plian"],
            2,
            "--format: unknown value “plian” (did you mean “plain”?)",
        ),
        (["check", "-", "a.txt"], 2, "- reads standard input and cannot stand beside other paths"),
        (["check", "page.xyz"], 3, "page.xyz: no format for .xyz (--format plain reads it as plain text)"),
        (["check", "folder"], 0, "cleaner: no files to read in folder"),
        (["check", "binary.txt"], 0, "cleaner: binary.txt: skipped: a binary file"),
        (["check", "pipe.txt"], 3, "cleaner: pipe.txt: not a regular file"),
        (["check", "a.txt", "-o", "folder"], 3, "cleaner: folder: cannot be written"),
        (
            ["check", "a.txt", "--encoding", "cp-1251"],
            2,
            "--encoding: unknown encoding “cp-1251” (did you mean “cp1251”?)",
        ),
        (["fix", "a.txt", "--encoding", "base64"], 2, "--encoding: “base64” is no encoding of a text file"),
        (["rules", "show", "feed/leading-metdata"], 2, "did you mean “feed/leading-metadata”?"),
        (["rules", "test", "nowhere"], 2, "cleaner: nowhere: no such file or folder"),
    ],
)
def test_bad_input_is_named_and_loses_nothing(
    cli: Run, tmp_path: Path, args: list[str], status: int, message: str
) -> None:
    put(tmp_path, "a.txt", CLEAN)
    put(tmp_path, "page.xyz", CLEAN)
    put(tmp_path, "binary.txt", b"\x7fELF\0\0\0")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    done = cli(*args)
    error = done.stderr.decode()
    assert message in error
    assert "Traceback" not in error
    assert done.returncode == status
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_an_unreadable_file_does_not_stop_the_others(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "b.txt", DIRTY)
    os.mkfifo(tmp_path / "a.txt")
    done = cli("check", "a.txt", "b.txt", "--lang", "en", "--output-format", "concise")
    assert done.returncode == 3
    assert b"b.txt:1:1: warning feed/leading-metadata" in done.stdout


def test_a_byte_that_is_no_text_is_kept_and_nothing_is_written(cli: Run, tmp_path: Path) -> None:
    data = DIRTY.encode() + b" caf\xe9"
    path = put(tmp_path, "a.txt", data)
    done = cli("fix", "a.txt", "--lang", "en")
    assert path.read_bytes() == data
    assert f"not valid UTF-8: byte {len(data) - 1}".encode() in done.stderr
    assert done.returncode == 1


def test_a_declared_encoding(cli: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", (DIRTY + " café").encode("cp1252"))
    assert cli("fix", "a.txt", "--lang", "en", "--encoding", "cp1252", "--select", "feed").returncode == 0
    assert path.read_bytes().endswith(b" caf\xe9")
    assert path.read_bytes().startswith(b"Ministers")


def test_an_empty_file_is_clean(cli: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", b"")
    assert cli("fix", "a.txt").returncode == 0
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "bom_and_codec",
    [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_fix_keeps_every_other_byte(
    cli: Run, tmp_path: Path, bom_and_codec: tuple[bytes, str], newline: str
) -> None:
    bom, codec = bom_and_codec
    rest = f"Ministers 😀 met.{newline}{newline}Цитата e\u0301"
    path = put(tmp_path, "a.txt", bom + (f"date 2022-07-29{newline}" + rest).encode(codec))
    assert cli("fix", "a.txt", "--lang", "en", "--select", "feed").returncode == 0
    assert path.read_bytes() == bom + rest.encode(codec)


def test_fix_reports_what_it_did(cli: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", DIRTY)
    done = cli("fix", "a.txt", "--lang", "en")
    assert path.read_text() == "Ministers met on Thursday, July 29."
    assert b"fixed[feed/leading-metadata]" in done.stdout
    assert b"Found 2 problems (1 fixed, 1 remaining)." in done.stdout
    assert done.returncode == 1
    again = cli("fix", "a.txt", "--lang", "en", "--select", "feed", "--exit-non-zero-on-fix")
    assert again.returncode == 0


def test_fix_tells_a_hook_that_it_changed_something(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", DIRTY)
    assert cli("fix", "a.txt", "--lang", "en", "--select", "feed", "--exit-non-zero-on-fix").returncode == 1


def test_diff_writes_nothing(cli: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", DIRTY + "\nLast line")
    done = cli("fix", "a.txt", "--lang", "en", "--diff")
    assert path.read_text() == DIRTY + "\nLast line"
    assert done.stdout.decode().splitlines() == [
        "--- a.txt",
        "+++ a.txt",
        "@@ -1,2 +1,2 @@",
        f"-{DIRTY}",
        "+Ministers met on Thursday, July 29.",
        " Last line",
        "\\ No newline at end of file",
    ]
    assert done.returncode == 1
    assert cli("fix", "a.txt", "--lang", "en", "--diff", "--select", "dates").returncode == 0


def test_standard_input(cli: Run) -> None:
    done = cli("check", "-", "--lang", "en", "--output-format", "concise", stdin=DIRTY.encode())
    assert b"<stdin>:1:1: warning feed/leading-metadata" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("text", [DIRTY, CLEAN, ""])
def test_fix_gives_the_text_back_on_standard_output(cli: Run, text: str) -> None:
    done = cli("fix", "-", "--lang", "en", "--select", "feed", stdin=text.encode())
    assert done.stdout.decode() == text.removeprefix("date 2022-07-29 ")
    assert done.returncode == 0


def test_the_name_of_standard_input_sets_its_settings(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "news/cleaner.yaml", "lang: de\nignore: [feed]\n")
    done = cli("check", "-", "--stdin-filename", "news/a.txt", stdin=b"Montag, 4. Mai 2021 date")
    assert "news/a.txt:1:1" in done.stdout.decode()


def test_json(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "\n😀 Monday, July 29, 2022")
    body = json.loads(cli("check", "a.txt", "--lang", "en", "--output-format", "json").stdout)
    (finding,) = body["findings"]
    assert finding["start"] == {"line": 2, "column": 3, "offset": 3, "utf16": 4, "byte": 6}
    assert (finding["rule"], finding["match"]) == ("dates/weekday-against-date", "Monday, July 29, 2022")
    assert finding["fix"]["edits"][0]["content"] == "Friday"
    lines = (
        cli("check", "a.txt", "--lang", "en", "--output-format", "json-lines").stdout.decode().splitlines()
    )
    assert [json.loads(line) for line in lines] == body["findings"]


def test_folders_are_searched(cli: Run, tmp_path: Path) -> None:
    for name in ("news/b.txt", "news/a/c.txt", "news/.hidden/d.txt", "news/e.jpg"):
        put(tmp_path, name, DIRTY)
    done = cli("check", "news", "--lang", "en", "--select", "feed", "--output-format", "concise")
    assert [line.split(":")[0] for line in done.stdout.decode().splitlines()[:-2]] == [
        "news/b.txt",
        "news/a/c.txt",
    ]


def test_settings_of_the_folder(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "cleaner.yaml", "lang: en\nignore: [feed]\nper-rule:\n  dates: {severity: info}\n")
    put(tmp_path, "a.txt", DIRTY)
    done = cli("check", "a.txt", "--output-format", "concise")
    assert b"a.txt:1:34: info dates/weekday-against-date" in done.stdout
    assert done.returncode == 0
    assert cli("check", "a.txt", "--isolated", "--lang", "en").returncode == 1
    shown = cli("config", "show", "a.txt").stdout.decode()
    assert "lang: en   # set" in shown
    assert "cleaner.yaml" in shown


def test_a_broken_configuration_stops_the_run(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "cleaner.yaml", "langs: en\nlang: [a, b]\n")
    put(tmp_path, "a.txt", DIRTY)
    done = cli("fix", "a.txt")
    assert done.returncode == 2
    assert "cleaner.yaml:1:1: unknown key “langs” (did you mean “lang”?)" in done.stderr.decode()
    assert "cleaner.yaml:2:7: “lang”: expected a text, got a list" in done.stderr.decode()


HOSTILE = [
    "::error file=a::pwn",
    "##[error]pwn",
    "##vso[task.setvariable variable=x]y",
    "\x1b]0;pwn\x07",
    "\u202etxet",
    "[red]bold[/red] [/nope]",
    "<script>alert(1)</script>",
    "%0A::error::pwn",
]


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "json-lines"])
@pytest.mark.parametrize("color", ["always", "never"])
def test_article_text_cannot_forge_output(cli: Run, tmp_path: Path, output_format: str, color: str) -> None:
    text = "\n".join(f"{line} Monday, July 29, 2022 {line}" for line in HOSTILE)
    name = "a\n::error::name.txt"
    put(tmp_path, name, text)
    done = cli("check", f"./{name}", "--lang", "en", "--output-format", output_format, "--color", color)
    shown = done.stdout.decode()
    assert shown.count("2022") >= len(HOSTILE)
    for line in shown.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line or output_format.startswith("json")
    raw = shown.replace("\x1b[", "") if color == "always" else shown
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in raw.replace("\\u001b", ""))
    if not output_format.startswith("json"):
        assert "\u202e" not in shown
    if output_format == "full":
        assert "[red]bold[/red]" in shown


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_any_console_gets_utf8(cli: Run, tmp_path: Path, env: dict[str, str]) -> None:
    put(tmp_path, "a.txt", "В четверг, 29 июля 2022 года.")
    done = cli("check", "a.txt", "--lang", "ru", env=env)
    assert "четверг, 29 июля 2022" in done.stdout.decode()
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_colour(cli: Run, env: dict[str, str], coloured: bool) -> None:
    clean = {"FORCE_COLOR": "", "NO_COLOR": "", **env}
    done = cli("check", "-", "--lang", "en", stdin=DIRTY.encode(), env=clean)
    assert (b"\x1b[" in done.stdout) is coloured


def test_standard_output_that_is_full(cli: Run, tmp_path: Path) -> None:
    import subprocess
    import sys

    put(tmp_path, "a.txt", DIRTY)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", "check", "a.txt"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


def test_rules_list_show_validate_schema(cli: Run) -> None:
    listed = cli("rules", "list").stdout.decode()
    assert "● feed/leading-metadata" in listed
    shown = cli("rules", "show", "feed/leading-metadata").stdout.decode()
    assert "Metadata of the scraper before the first sentence" in shown
    assert "✗ [en]" in shown
    assert b"rules are well" in cli("rules", "validate").stdout
    schema = json.loads(cli("rules", "schema").stdout)
    assert schema["properties"]["severity"]["enum"] == ["error", "warning", "info"]


@pytest.mark.parametrize("named", [["."], ["house/words/no-kiev.yml", "cleaner.yaml", "a.txt"]])
def test_rules_and_settings_are_no_texts(cli: Run, tmp_path: Path, named: list[str]) -> None:
    rule = (
        "title: t\nwhy: The house says so.\nkind: pattern\nparams: {pattern: Kiev, replace: Kyiv}\n"
        "severity: error\nmessage: m\nfix: {do: replace, safety: safe}\nexamples:\n"
        "  bad:\n    - {lang: en, text: To Kiev., finds: [Kiev], fixed: To Kyiv.}\n"
        "  good:\n    - {lang: en, text: To Kyiv., because: it is}\n"
    )
    put(tmp_path, "house/words/no-kiev.yml", rule)
    settings = "rules: [house]\nallow: [Kiev Kiev]\n"
    put(tmp_path, "cleaner.yaml", settings)
    put(tmp_path, "a.txt", "He flew to Kiev.")
    assert cli("fix", *named, "--lang", "en").returncode == 0
    assert (tmp_path / "house/words/no-kiev.yml").read_text("utf-8") == rule
    assert (tmp_path / "cleaner.yaml").read_text("utf-8") == settings
    assert (tmp_path / "a.txt").read_text("utf-8") == "He flew to Kyiv."


def test_rules_test_of_a_house_folder(cli: Run, tmp_path: Path) -> None:
    rule = (
        'title: "t"\nwhy: "The house says so."\nkind: pattern\nparams: {pattern: foo}\n'
        'severity: info\nmessage: "{found}"\nexamples:\n'
        '  bad: [{lang: en, text: "a foo", finds: [foo]}]\n  good: [{lang: en, text: "a foo b", because: of nothing}]\n'
    )
    put(tmp_path, "house/words/foo.yml", rule)
    done = cli("rules", "test", "house")
    assert done.returncode == 1
    assert (
        "✗ words/foo must be silent in en: a foo b\n    found “foo”; it is good because of nothing\n"
        f"    {tmp_path / 'house/words/foo.yml'}:9:10\n"
    ) in done.stdout.decode()
    assert "1 of 2 examples of 1 rule hold." in done.stdout.decode()
    assert cli("rules", "test", "house/words/foo.yml").returncode == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["rules", "test", "empty"],
            "empty: there is no rule in this folder (a rule is a file FAMILY/NAME.yml)",
        ),
        (["rules", "validate", "empty"], "empty: there is no rule in this folder"),
        (["check", "a.txt", "--lang", "en"], "there is no rule in this folder"),
        (["rules", "show", "leading-metadata"], "did you mean “feed/leading-metadata”?"),
        (["rules", "show", "quotes"], "“quotes” is a family, no rule (cleaner rules list shows its rules)"),
        (["rules", "new", "h/A B/c.yml", "--lang", "en", "--bad", "x", "--good", "y"], "as a-b/c.yml"),
        (
            ["rules", "new", "c.yml", "--lang", "en", "--bad", "x", "--good", "y"],
            "as in house/words/kyiv.yml",
        ),
        (["rules", "test", "flat"], "“foo” cannot be the id of a rule"),
    ],
)
def test_what_a_newcomer_does_wrong(cli: Run, tmp_path: Path, args: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path, "a.txt", "A text.")
    put(tmp_path, "flat/foo.yml", "title: t\n")
    put(tmp_path, "cleaner.yaml", "rules: [./empty]\n" if args[0] == "check" else "lang: en\n")
    done = cli(*args)
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_rules_of_the_settings_are_tested_and_shown_as_they_run(cli: Run, tmp_path: Path) -> None:
    rule = (
        "title: t\nwhy: The house says so.\nkind: phrases\nparams: {phrases: {en: [foo bar → bar]}}\n"
        "severity: info\nmessage: m\napplies: {lang: en}\nfix:\n"
        "  - {do: replace, safety: unsafe, because: it may be}\n  - {do: delete, safety: manual, because: no}\n"
        "examples:\n  bad: {lang: en, text: a foo bar, finds: foo bar, fixed: a bar}\n"
        "  good: {lang: en, text: a bar, because: it is}\n"
    )
    put(tmp_path, "house/words/foo.yml", rule)
    change = "per-rule: {words/foo: {severity: error, safety: safe}}\n"
    put(tmp_path, "cleaner.yaml", f"rules: [./house]\n{change}")
    ours = len(shipped().rules)
    assert f"{ours + 1} rules are well." in cli("rules", "validate").stdout.decode()
    shown = cli("rules", "show", "words/foo").stdout.decode()
    for line in (
        "severity  error   # the rule itself: info",
        "repair    replace (safe)   # the rule itself: unsafe",
        "repair    delete (manual: no)",
        "applies   lang: en",
        "params    phrases:",
        "            en: foo bar → bar",
    ):
        assert line in shown
    (listed,) = (line for line in cli("rules", "list").stdout.decode().splitlines() if "words/foo" in line)
    assert listed.split() == ["●", "words/foo", "error", "t"]
    rows = {row["id"]: row["severity"] for row in json.loads(cli("rules", "list", "--json").stdout)}
    assert rows["words/foo"] == "error"
    put(tmp_path, "house/words/foo.yml", rule.replace("fixed: a bar", "fixed: b bar"))
    assert "words/foo must fire in en: a foo bar" in cli("rules", "test").stdout.decode()


def test_a_pattern_that_tries_too_many_ways_is_told(cli: Run, tmp_path: Path) -> None:
    rule = (
        "title: t\nwhy: The house says so.\nkind: pattern\nseverity: info\nmessage: m\n"
        'params: {pattern: \'"(?:[^"\\\\]|\\\\.|[^"])*"(?=;)\', timeout-ms: 50}\nexamples:\n'
        "  bad: [{lang: en, text: 'He said \"no\";', finds: ['\"no\"']}]\n"
        "  good: [{lang: en, text: no, because: of it}]\n"
    )
    put(tmp_path, "house/words/slow.yml", rule)
    done = cli("rules", "test", "house")
    assert done.returncode == 0
    assert "! words/slow takes too long on" in done.stdout.decode()
    assert f"{tmp_path / 'house/words/slow.yml'}:6:19\n" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "args", "lang"),
    [
        ("a.de.txt", [], "de"),
        ("a.txt", [], "en"),
        ("a.de.txt", ["--lang", "fr"], "fr"),
        ("a.old.txt", [], "en"),
        ("sv/a.txt", [], "sv"),
    ],
)
def test_who_says_the_language(cli: Run, tmp_path: Path, name: str, args: list[str], lang: str) -> None:
    put(tmp_path, "cleaner.yaml", "lang: en\nper-path: [{match: [sv/*], lang: sv}]\n")
    put(tmp_path, name, "date 2022-07-29 X")
    found = json.loads(cli("check", name, "--output-format", "json", *args).stdout)["findings"]
    assert [finding["language"] for finding in found] == [lang]


def test_a_rule_is_drafted_filled_in_and_used(cli: Run, tmp_path: Path) -> None:
    texts = ["--bad", "He flew to Kiev today.", "--good", "He flew to Kyiv today."]
    assert cli("rules", "new", "house/words/kyiv.yml", "--lang", "en", *texts).returncode == 0
    path = tmp_path / "house" / "words" / "kyiv.yml"
    assert (path.parent.parent / "rule.schema.json").exists()
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../rule.schema.json\n")
    unfinished = cli("rules", "test", "house")
    assert unfinished.returncode == 2
    assert unfinished.stderr.decode().count("still to be written") == 5
    path.write_text(path.read_text("utf-8").replace("TODO ", "").replace(" TODO", ""), "utf-8")
    assert "2 of 2 examples of 1 rule hold." in cli("rules", "test", "house").stdout.decode()
    assert cli("rules", "new", "house/words/kyiv.yml", "--lang", "en", *texts).returncode == 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["x.yml", "--lang", "en", "--bad", "a", "--good", "b"], "a rule is written to ROOT/FAMILY/NAME.yml"),
        (["a/b/c.yml", "--lang", "en", "--bad", "a", "--good", "a b"], "no word that the good text has not"),
        (["a/b/c.yml", "--lang", "english", "--bad", "a", "--good", "b"], "english"),
    ],
)
def test_a_draft_that_cannot_be_written(cli: Run, tmp_path: Path, args: list[str], message: str) -> None:
    done = cli("rules", "new", *args)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not list(tmp_path.rglob("*.yml"))


def test_explain(cli: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", DIRTY)
    done = cli("explain", "a.txt:1:40", "--lang", "en").stdout.decode()
    assert "error[dates/weekday-against-date]" in done
    assert "Weekday that does not fit the date" in done
    assert "feed/leading-metadata" not in done
    assert "Weekday that does not fit" in cli("explain", "dates/weekday-against-date").stdout.decode()
    assert "nothing is reported at a.txt:9" in cli("explain", "a.txt:9", "--lang", "en").stderr.decode()
    assert cli("explain", "nowhere.txt:3").returncode == 2


def test_rules_bench(cli: Run) -> None:
    done = cli("rules", "bench", "feed/leading-metadata").stderr.decode()
    assert "no such file or folder" in done


def test_what_the_encoding_cannot_hold_is_never_written(cli: Run, tmp_path: Path) -> None:
    data = 'Il a dit "oui\xbb. Das ist \u00bb gut.'.encode("latin-1")
    path = put(tmp_path, "a.txt", "The ''new'' plan and “x".encode("cp1252"))
    done = cli("fix", "a.txt", "--lang", "en", "--encoding", "latin-1", "--unsafe-fixes")
    assert done.returncode in (0, 1)
    assert b"internal error" not in done.stderr
    path.write_bytes(data)
    assert cli("fix", "a.txt", "--lang", "en", "--encoding", "latin-1", "--unsafe-fixes").returncode in (0, 1)


@pytest.mark.parametrize(
    ("name", "text", "cleaned"),
    [
        (
            "a.json",
            '{"title": "date 2022-07-29 \\u041c\\u0438\\u0440", "n": 1.50}',
            '{"title": "\\u041c\\u0438\\u0440", "n": 1.50}',
        ),
        ("a.jsonl", '{"t": "date 2022-07-29 A man"}\r\n{"t": "B"}', '{"t": "A man"}\r\n{"t": "B"}'),
        ("a.csv", 'id,body\n1,"date 2022-07-29 A, ""b"""\n', 'id,body\n1,"A, ""b"""\n'),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\ndate 2022-07-29 A man\n",
            "1\n00:00:01,000 --> 00:00:02,000\nA man\n",
        ),
        ("a.po", 'msgid "x"\nmsgstr "date 2022-07-29 A man"\n', 'msgid "x"\nmsgstr "A man"\n'),
    ],
)
def test_every_format_is_cleaned_in_place(
    cli: Run, tmp_path: Path, name: str, text: str, cleaned: str
) -> None:
    path = put(tmp_path, name, text)
    assert cli("fix", name, "--lang", "en", "--select", "feed/leading-metadata").returncode == 0
    assert path.read_bytes() == cleaned.encode()


def test_broken_json_is_named_with_its_place_and_left_alone(cli: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", '{"a": "x",\n "b": }')
    done = cli("fix", "a.json", "--lang", "en")
    assert done.returncode == 3
    assert b"a.json:2:7: " in done.stderr
    assert path.read_text() == '{"a": "x",\n "b": }'


CROSS = """\
title: A word that this house does not print
why: The style guide of the house says so, on page three.
kind: pattern
params: {pattern: '\\bPATTERN\\b', engine: re}
severity: error
message: "“{found}” is not our word"
examples:
  bad:
    - {lang: en, text: "a WORD b", finds: ["WORD"]}
  good:
    - {lang: en, text: "a GOOD b", because: it is another word}
since: "1"
"""


def test_a_rule_that_fires_on_what_another_calls_good_is_a_warning(cli: Run, tmp_path: Path) -> None:
    for name, word, good in (("one", "foo", "quux"), ("two", "quux", "foo")):
        text = CROSS.replace("PATTERN", word).replace("WORD", word).replace("GOOD", good)
        put(tmp_path, f"house/words/{name}.yml", text)
    done = cli("rules", "test", "house")
    assert done.returncode == 0
    out = done.stdout.decode()
    assert "! words/two finds “quux” in a good example" in out
    assert "! words/one finds “foo” in a good example" in out
    assert "4 of 4 examples of 2 rules hold." in out
    explained = (
        (tmp_path / "house/words/one.yml").read_text().replace("because:", "reported-by: words/two, because:")
    )
    put(tmp_path, "house/words/one.yml", explained)
    assert "words/two finds" not in cli("rules", "test", "house").stdout.decode()


def test_the_settings_that_are_shown_are_settings(cli: Run, tmp_path: Path) -> None:
    put(
        tmp_path,
        "cleaner.yaml",
        'lang: en\nrespect-gitignore: false\nper-rule: {quotes: {severity: info}}\nallow: ["no", "«x»: y", 3]\n'
        'per-path: [{match: ["a b/**", "*.txt"], ignore: [feed]}]\n',
    )
    shown = cli("config", "show").stdout
    assert b"(" not in shown
    assert b"True" not in shown
    assert "\nrespect-gitignore: false   # set\n" in shown.decode()
    assert '\nallow: ["no", "«x»: y", "3"]   # set\n' in shown.decode()
    put(tmp_path, "again/cleaner.yaml", shown)
    again = cli("config", "show", "again").stdout
    assert again.splitlines()[1:] == shown.splitlines()[1:]


def test_languages_are_listed(cli: Run) -> None:
    shown = cli("config", "languages").stdout.decode()
    assert "\nuk        Ukrainian (Cyrillic)\n" in shown
    assert "\nast       Asturian (Latin)   only the script is known\n" in shown
    rows = json.loads(cli("config", "languages", "--json").stdout)
    assert {"tag": "uk", "name": "Ukrainian", "scripts": ["Cyrl"], "full": True} in rows


@pytest.mark.parametrize("tag", ["mzn", "pnb", "ks", "gn", "zza"])
def test_a_language_without_data_is_taken(cli: Run, tag: str) -> None:
    done = cli("check", "-", "--lang", tag, "--from", tag, stdin="Xyz. Это [will] так.".encode())
    assert done.returncode in (0, 1)
    assert done.stderr == b""


def test_an_unknown_language_is_told_where_to_look(cli: Run) -> None:
    done = cli("check", "-", "--lang", "zzz")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "cleaner: --lang: unknown language “zzz” (cleaner config languages lists the tags)\n"
    )


def test_a_message_claims_no_original(cli: Run) -> None:
    done = cli("check", "-", "--lang", "en", "--from", "ru", stdin="They [سوف] be.".encode())
    assert "“[سوف]” is Arabic, left over in English text" in done.stdout.decode()


def test_the_article_fits_the_mark(cli: Run) -> None:
    shown = cli("check", "-", "--lang", "en", stdin="He said so.” Then he went.".encode()).stdout.decode()
    assert "the closing mark “”” has no partner ““”" in shown


def test_one_rule_is_one_rule(cli: Run) -> None:
    shown = cli("rules", "validate", ROOT / "rules" / "feed" / "leading-metadata.yml").stdout
    assert shown == b"1 rule is well.\n"
