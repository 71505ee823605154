"""What seldom happens on the command line; most of it without a process of its own."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cleaner import __version__
from cleaner.cli import corpus_show, helping, outputs
from cleaner.corpus.counts import Counts
from cleaner.corpus.plan import Input, Part
from cleaner.corpus.runner import Result
from cleaner.corpus.work import Outcome
from tests.conftest import Inside

DIRTY = "date 2022-07-29 Ministers met."
HERE = ("--lang", "en", "--select", "feed")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs are remembered, outside of what is cleaned."""
    folder = tmp_path / ".state"
    monkeypatch.setenv("CLEANER_STATE_DIR", str(folder))
    monkeypatch.setenv("TERM", "xterm")
    return folder


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY, "utf-8")
    return path


def test_the_version(inside: Inside) -> None:
    assert inside("--version") == (0, f"cleaner {__version__}\n", "")


# -- Standard input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "status", "complaint"),
    [
        (b"date 2022-07-29 \0 Ministers", 3, "<stdin>: not a text: it contains NUL bytes"),
        (b"\xff\xfed\x00a", 3, "<stdin>: not utf-16-le: truncated data at byte 4"),
        (b"date 2022-07-29 Ministers caf\xe9", 1, "<stdin>: not valid UTF-8: byte 29"),
    ],
    ids=["binary", "half a character", "a byte that is no text"],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_cannot_be_read_from_standard_input(
    inside: Inside, command: str, data: bytes, status: int, complaint: str
) -> None:
    """Nothing is lost on the way: `fix` gives back what it was given."""
    done = inside(command, "-", *HERE, stdin=data)
    assert done.status == status
    assert done.complained.splitlines()[0].startswith(f"cleaner: {complaint}")
    if command == "fix":
        assert done.said.encode("utf-8", "surrogateescape") == data


# -- A terminal --------------------------------------------------------------------------------------


def test_many_files_are_counted_on_a_terminal(inside: Inside, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text("Ministers met.", "utf-8")
    done = inside("check", ".", *HERE, "--jobs", "1", "--color", "never", terminal=True)
    assert "All clear. 60 files checked." in done.said
    assert "checking" in done.complained
    assert "60/60" in done.complained
    assert "checking" not in inside("check", ".", *HERE, "--jobs", "1").complained


def test_a_corpus_is_counted_on_a_terminal(inside: Inside, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Ministers met."}\n' * 20)
    options = ("a.jsonl", "out", "--jobs", "1", "--select", "mojibake", "--lang", "en")
    assert "rows/s" in inside("corpus", *options, terminal=True).complained
    again = inside("corpus", *options, "--unsafe-fixes", terminal=True)
    assert "the settings, the rules or cleaner are others than before" in again.complained


def test_a_long_run_says_how_fast_it_was() -> None:
    result = Result(Counts(rows=5000, changed=3), parts=2)
    assert corpus_show.summary(result, 10.0) == ["5,000 rows in 2 parts; 3 rows changed. 500 rows/s."]
    assert corpus_show.summary(result, 9.0) == ["5,000 rows in 2 parts; 3 rows changed."]
    result.again = 1  # the rows of an earlier run took none of this time
    assert "rows/s" not in corpus_show.summary(result, 10.0)[0]


def test_what_an_earlier_run_did_is_not_this_one_s_speed() -> None:
    class Bar:
        rows = ""

        def add_task(self, *_: object, **__: object) -> int:
            return 0

        def update(self, _: object, advance: int, rows: str) -> None:
            self.rows = rows

    bar = Bar()
    shown = corpus_show._Bar(bar)
    shown.start(100)
    shown.part(Outcome(Part(Input(Path("a"), "a"), 0, 0, None, 100), again=True))
    assert bar.rows == "0 rows/s"


@pytest.mark.parametrize(("columns", "expected"), [("200", 160), ("120", 120), ("10", 40)])
def test_the_width_of_a_terminal(columns: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", columns)
    assert outputs.width(Terminal()) == expected
    assert outputs.width(io.StringIO()) == 100


def test_a_patch_on_a_terminal(inside: Inside, dirty: Path) -> None:
    """That it does not apply is said only when it does not."""
    done = inside("fix", "a.txt", *HERE, "--diff", "--color", "never", terminal=True)
    assert (done.status, done.complained) == (1, "")
    assert done.said.splitlines()[3:5] == [f"-{DIRTY}", "\\ No newline at end of file"]
    dirty.write_text(f"{DIRTY}\x1b[2J", "utf-8")
    done = inside("fix", "a.txt", *HERE, "--diff", "--color", "never", terminal=True)
    assert "some characters are shown as <U+XXXX>" in done.complained
    assert "\x1b" not in done.said


# -- A baseline --------------------------------------------------------------------------------------


def test_what_is_known_is_told_by_check_and_fix(inside: Inside, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("They [будут] be.\n", "utf-8")
    here = ("a.txt", "--lang", "en", "--from", "ru")
    assert inside("baseline", "create", *here).status == 0
    (tmp_path / ".cleaner-baseline.json").rename(tmp_path / "known.json")
    known = ("--baseline", "known.json")
    assert inside("check", *here, *known)[::2] == (0, "cleaner: 1 known (oldest 0 days)\n")
    assert inside("fix", *here, *known)[::2] == (0, "cleaner: 1 known (oldest 0 days)\n")
    assert inside("fix", *here, *known, "--quiet").complained == ""
    path.write_text("They will be.\n", "utf-8")
    assert inside("check", *here, *known).status == 0
    stale = inside("check", *here, *known, "--fail-on-stale")
    assert stale[::2] == (1, "cleaner: 1 no longer found: run cleaner baseline prune\n")


# -- Explanations and settings -----------------------------------------------------------------------


def test_what_cannot_be_read_is_not_explained(inside: Inside, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    done = inside("explain", "a.json:1")
    assert (done.status, done.said) == (3, "")
    assert done.complained.startswith("cleaner: a.json:1:2: JSON: ")


def test_params_that_were_changed_are_shown_as_they_are_read(inside: Inside, tmp_path: Path) -> None:
    settings = tmp_path / "cleaner.yaml"
    settings.write_text('per-rule:\n  repetition/loop: {params: {times: 5, words: {en: [that, "no"]}}}\n')
    shown = inside("config", "show").said
    assert 'repetition/loop: {params: {times: "5", words: {en: [that, "no"]}}}' in shown
    settings.write_text(shown)
    assert inside("config", "show").said == shown


# -- Rules -------------------------------------------------------------------------------------------


def rule(found: str, good: str, more: str = "") -> str:
    return (
        f'title: "t"\nwhy: "The house says so."\nkind: pattern\nparams: {{pattern: {found}}}\n{more}'
        'severity: info\nmessage: "{found}"\nexamples:\n'
        f"  bad: [{{lang: en, text: a {found}, finds: [{found}]}}]\n"
        f"  good: [{{lang: en, text: {good}, because: of nothing}}]\n"
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house" / "words"
    folder.mkdir(parents=True)
    return folder


def test_rules_for_programs(inside: Inside) -> None:
    listed = json.loads(inside("rules", "list", "--json").said)
    (one,) = (row for row in listed if row["id"] == "feed/leading-metadata")
    assert one["on"] is True
    assert one["severity"] == "warning"


def test_mistakes_of_rules_and_formats_that_do_not_exist_are_told_at_once(
    inside: Inside, house: Path
) -> None:
    (house / "foo.yml").write_text(rule("foo", "bar", "applies: {formats: [markdwn]}\n"))
    (house / "bar.yml").write_text(rule("bar", "foo", "applies: {not-formats: [docx]}\n"))
    done = inside("rules", "validate", "house")
    assert done.status == 2
    assert "foo.yml:5:10: there is no format “markdwn”" in done.complained
    assert "bar.yml:5:10: there is no format “docx”" in done.complained
    (house / "foo.yml").write_text(rule("foo", "bar"))
    (house / "bar.yml").unlink()
    assert inside("rules", "validate", "house") == (0, "1 rule is well.\n", "")


def test_the_first_twenty_warnings_are_shown(inside: Inside, house: Path) -> None:
    """A rule that fires on what nearly all others call good."""
    (house / "vowel.yml").write_text(rule("e", "b"))
    done = inside("rules", "test", "house")
    assert done.status == 0
    assert done.said.count("house/words") == 0
    assert done.said.count("! words/vowel finds “e” in a good example") == 20
    assert "! … and more: the first 20 are shown\n2 of 2 examples of 1 rule hold.\n" in done.said


def test_a_second_draft_finds_the_schema_there(inside: Inside, house: Path) -> None:
    texts = ("--lang", "en", "--bad", "to Kiev", "--good", "to Kyiv")
    assert "(and house/rule.schema.json" in inside("rules", "new", "house/words/a.yml", *texts).said
    second = inside("rules", "new", "house/words/b.yml", *texts)
    assert second.status == 0
    assert second.said.startswith("house/words/b.yml is written. Fill in")


def test_rules_are_measured_on_a_text(inside: Inside, house: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ministers met in Kyiv. ")
    (house / "quick.yml").write_text(rule("foo", "bar"))
    (house / "slow.yml").write_text(rule("foo|met", "bar"))
    shown = inside("rules", "bench", "house", "--text", "a.txt")
    assert shown.status == 0
    rates = [line.split()[::2] for line in shown.said.splitlines()]
    assert sorted(name for _, name in rates) == ["words/quick", "words/slow"]
    assert sorted(rates, key=lambda one: -float(one[0])) == rates


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"caf\xe9", "not UTF-8"), (None, "No such file or directory"), (b"", "is empty")],
    ids=["no text", "no file", "nothing in it"],
)
def test_a_text_that_rules_cannot_be_measured_on(
    inside: Inside, house: Path, tmp_path: Path, data: bytes | None, message: str
) -> None:
    (house / "foo.yml").write_text(rule("foo", "bar"))
    if data is not None:
        (tmp_path / "a.txt").write_bytes(data)
    done = inside("rules", "bench", "house", "--text", "a.txt")
    assert done.status in (2, 3)
    assert message in done.complained
    assert "internal error" not in done.complained


# -- Help --------------------------------------------------------------------------------------------


def test_a_command_without_arguments_has_no_heading_for_them(inside: Inside) -> None:
    shown = inside("lsp", "--help").said
    assert "Arguments:" not in shown
    assert "\nOptions:\n" in shown


def test_a_hidden_option_is_not_shown() -> None:
    app = typer.Typer()

    @app.command(cls=helping.Command)
    def command(secret: bool = typer.Option(False, hidden=True), known: bool = False) -> None:
        pass

    shown = CliRunner().invoke(app, ["--help"]).output
    assert "--known" in shown
    assert "--secret" not in shown


# -- Taking a run back -------------------------------------------------------------------------------


def test_a_run_is_made_without_a_journal_rather_than_not(inside: Inside, dirty: Path, state: Path) -> None:
    state.write_text("a file where a folder is wanted")
    done = inside("fix", "a.txt", *HERE)
    assert dirty.read_text() == "Ministers met."
    assert "cleaner: no journal, so --undo cannot take this run back: Not a directory" in done.complained


def test_what_was_taken_back_is_listed(inside: Inside, dirty: Path) -> None:
    inside("fix", "a.txt", *HERE)
    assert inside("fix", "--undo", "--quiet") == (0, "", "")
    assert dirty.read_text() == DIRTY
    listed = inside("fix", "--undo", "--list").said.splitlines()
    assert [line.partition("  (")[2] for line in listed] == ["takes back 1)", "taken back by 2)"]
    assert inside("fix", "--undo", "--list", "--quiet") == (0, "", "")
    inside("fix", "--undo", "2")  # which makes the repair again: the first run is not taken back any more
    listed = inside("fix", "--undo", "--list").said.splitlines()
    assert [line.partition("  (")[2] for line in listed] == [
        "takes back 2)",
        "takes back 1, taken back by 3)",
        "",
    ]


def test_a_damaged_journal_is_listed_and_the_others_as_well(inside: Inside, dirty: Path, state: Path) -> None:
    inside("fix", "a.txt", *HERE)
    dirty.write_text(DIRTY)
    inside("fix", "a.txt", *HERE)
    newest = max((state / "journal").glob("*"))
    newest.write_bytes(b"broken\n" + newest.read_bytes())
    done = inside("fix", "--undo", "--list")
    assert done.status == 3
    damaged, sound = done.said.splitlines()
    assert damaged.split()[:2] == ["2", "damaged:"]
    assert sound.split()[0] == "1"


def test_an_undo_without_a_journal_says_that_it_cannot_be_taken_back(
    inside: Inside, dirty: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside("fix", "a.txt", *HERE)
    opened = os.open

    def full(path: object, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(state)):
            raise OSError(28, "No space left on device")
        return opened(path, flags, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", full)
    done = inside("fix", "--undo")
    assert dirty.read_text() == DIRTY
    assert "no journal, so this cannot be taken back: No space left on device" in done.complained
    assert "To take that back" not in done.said
