"""The baseline: what is known stays known when it moves, what is new is told, and the file is sound."""

from __future__ import annotations

import dataclasses
import datetime
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import baseline
from cleaner.baseline import (
    Baseline,
    Compared,
    Entry,
    Seen,
    compare,
    create,
    dump,
    parse,
    prune,
    stats,
    update,
)
from cleaner.cli import known
from cleaner.cli.known import judge
from cleaner.config import Config
from cleaner.engine import renumbered
from cleaner.errors import ConfigError, InputError, MissingPathError
from cleaner.model import By, FileReport, Finding, Report, Severity
from cleaner.offsets import Position, Span
from cleaner.pipeline import Pipeline
from tests.conftest import ROOT

MAY = datetime.date(2026, 5, 1)
JUNE = datetime.date(2026, 6, 15)
PIPELINE = Pipeline(Config(lang="en", source_lang="ru", select=("leftover/bracketed-word",)))


def found(**files: str) -> Seen:
    """What a run over some texts finds; a name stands for the file news/NAME."""
    pairs = [
        (f"news/{name}", finding)
        for name, text in files.items()
        for finding in renumbered(PIPELINE.find(PIPELINE.document(name, text)).findings)
    ]
    return Seen(tuple(pairs), frozenset(f"news/{name}" for name in files))


def gone(seen: Seen, *names: str) -> Seen:
    """The same, after some files were deleted or renamed."""
    return dataclasses.replace(seen, looked=seen.looked | {f"news/{name}" for name in names})


def counts(compared: Compared) -> tuple[int, int, int]:
    """How many are new, known and stale."""
    return (
        len(compared.new),
        len(compared.known),
        sum(entry.count for entry in compared.stale),
    )


A = "Ministers from both countries agreed on Monday that they [будут] be in Cambodia for a meeting next week.\n"
B = "The spokesman of the ministry had said earlier that no talks [было] on the table before the summit in Cambodia.\n"
FILLER = "Nothing of importance happened in the capital on that day, and nobody was surprised.\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"a": A}, found(a=A), (0, 1, 0), id="the same"),
        pytest.param({"a": A}, found(a=FILLER * 3 + A + FILLER), (0, 1, 0), id="lines around it"),
        pytest.param({"a": A + B}, found(a=B + A), (0, 2, 0), id="lines that change places"),
        pytest.param({"a": A}, found(a=A + B), (1, 1, 0), id="another one"),
        pytest.param({"a": A}, found(a=A + A), (1, 1, 0), id="a second copy"),
        pytest.param({"a": A + A}, found(a=A), (0, 1, 1), id="one of two copies is gone"),
        pytest.param({"a": A}, found(a=FILLER), (0, 0, 1), id="it is mended"),
        pytest.param({"a": A}, found(a=A.replace("that they", "that all")), (1, 0, 1), id="its sentence has changed"),
        pytest.param({"a": A}, gone(found(b=A), "a"), (0, 1, 0), id="a renamed file"),
        pytest.param({"a": A}, found(a=A, b=A), (1, 1, 0), id="a copied file"),
        pytest.param({"a": A}, found(b=A), (1, 0, 0), id="a copy of a file that was not looked at"),
        pytest.param({"a": A, "b": A}, gone(found(b=A, c=A), "a"), (0, 2, 0), id="one of two is renamed"),
        pytest.param({"a": A}, found(b=B), (1, 0, 0), id="a file that was not looked at is not stale"),
        pytest.param({}, found(a=A), (1, 0, 0), id="an empty baseline"),
    ],
)  # fmt: skip
def test_what_is_new(before: dict[str, str], after: Seen, expected: tuple[int, int, int]) -> None:
    known = create(found(**before), MAY)
    assert counts(compare(known, after)) == expected
    again = update(known, after, JUNE)
    assert counts(compare(again, after)) == (0, len(after.findings), 0)
    pruned = prune(known, after)
    assert counts(compare(pruned, after)) == (*expected[:2], 0)
    assert prune(pruned, after) == pruned
    assert update(again, after, JUNE) == again


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("They [будут] be.\n" + FILLER, FILLER + "They [будут] be.\n\n" + FILLER, id="a short line moves"),
        pytest.param(A, A.replace(" they ", "  they "), id="other white space near it"),
    ],
)  # fmt: skip
def test_what_moves_stays_known(before: str, after: str) -> None:
    assert counts(compare(create(found(a=before), MAY), found(a=after))) == (0, 1, 0)


def test_what_is_known_keeps_its_first_day() -> None:
    known = create(found(a=A, b=B), MAY)
    later = update(known, gone(found(a=A + A, c=B + FILLER, d=A), "b"), JUNE)
    assert [(entry.path, entry.count, entry.first_seen) for entry in later.entries] == [
        ("news/a", 2, "2026-05-01"),
        ("news/c", 1, "2026-05-01"),
        ("news/d", 1, "2026-06-15"),
    ]


def test_files_that_were_not_looked_at_keep_their_entries() -> None:
    known = create(found(a=A, b=B), MAY)
    for changed in (update(known, found(b=FILLER), JUNE), prune(known, found(b=FILLER))):
        assert [(entry.path, entry.count) for entry in changed.entries] == [("news/a", 1)]


def test_a_file_with_a_warning_counts_as_not_looked_at() -> None:
    """A rule that took too long has not found what it found last time."""
    known = create(found(a=A), MAY)
    slow = Report((FileReport("news/a", warning="rule x took too long and was left out"),))
    broken = Report((FileReport("news/a", error="1:1: not JSON"),))
    for report in (slow, broken):
        seen = baseline.seen(report, Path(), dataclasses.replace(known, entries=()))
        assert update(known, seen, JUNE) == prune(known, seen) == known
        assert compare(known, seen).stale == ()


@pytest.mark.parametrize("rule", ["format/broken", "suppression/expired"])
def test_what_is_never_known(rule: str) -> None:
    broken = Finding(
        rule, Severity.ERROR, "", Span(0, 1), "x", Position(1, 1), Position(1, 2), "und", fingerprint="9f"
    )  # fmt: skip
    seen = Seen((("a", broken),), frozenset({"a"}))
    assert create(seen, MAY) == Baseline()
    forged = Baseline((Entry("a", rule, "9f", 1, Severity.ERROR, "2026-05-01"),))
    assert counts(compare(forged, seen)) == (1, 0, 1)


def test_the_summary_tells_number_and_age() -> None:
    known = create(found(a=A, b=B + B), MAY)
    assert baseline.summary(compare(known, found(a=A, b=B + B)), JUNE) == "3 known (oldest 45 days)"
    assert (
        baseline.summary(compare(known, found(a=A)), MAY + datetime.timedelta(1)) == "1 known (oldest 1 day)"
    )
    assert baseline.summary(compare(known, found(a=FILLER)), JUNE) == ""


def test_stats() -> None:
    known = update(create(found(a=A), MAY), found(b=B + B), JUNE)
    assert stats(known, JUNE) == baseline.Stats(
        total=3, files=2, oldest=45, by_rule=(("leftover/bracketed-word", 3),),
        by_severity=(("error", 3), ("warning", 0), ("info", 0)),
    )  # fmt: skip
    assert stats(Baseline(), JUNE).oldest == 0


# -- What holds for everything -----------------------------------------------------------------------

LINES = st.lists(st.sampled_from([A, B, FILLER]), max_size=4)  # a word that comes five times is a name


@given(LINES, st.randoms(use_true_random=False))
def test_moved_lines_keep_their_entries(lines: list[str], random: object) -> None:
    known = create(found(a="".join(lines)), MAY)
    random.shuffle(lines)  # type: ignore[attr-defined]
    after = found(a="".join(lines))
    assert counts(compare(known, after)) == (0, len(after.findings), 0)
    assert update(known, after, JUNE) == prune(known, after) == known


@given(LINES, LINES)
def test_copies_count(before: list[str], after: list[str]) -> None:
    """What is new is, line by line, what there is more of; what is stale, what there is less of."""
    compared = compare(create(found(a="".join(before)), MAY), found(a="".join(after)))
    was, now = (Counter(line for line in lines if line != FILLER) for lines in (before, after))
    assert counts(compared) == ((now - was).total(), (now & was).total(), (was - now).total())


ENTRIES = st.builds(
    Entry,
    path=st.text(max_size=9),
    rule=st.sampled_from(["quotes/unpaired", "leftover/bracketed-word"]),
    fingerprint=st.sampled_from(["9f", "a0", "b1"]),
    count=st.integers(1, 9),
    severity=st.sampled_from(Severity),
    first_seen=st.dates().map(str),
)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.key))
def test_what_is_written_is_read(entries: list[Entry]) -> None:
    known = Baseline(tuple(sorted(entries)))
    text = dump(known)
    assert parse(text, "b.json") == known
    assert text.count("\n") == len(entries) + 3
    assert json.loads(text)[-1] == {"version": 1}


def test_a_line_more_is_no_change_to_its_neighbours() -> None:
    one, two = (dump(create(seen, MAY)).splitlines() for seen in (found(a=A), found(a=A, b=B)))
    assert [line for line in two if line not in one] == [two[2]]
    assert one == [line for line in two if line != two[2]]


def test_both_sides_of_a_merge() -> None:
    ours, theirs = create(found(a=A, b=B), JUNE), create(found(a=A + A), MAY)
    lines = sorted({*dump(ours).splitlines(), *dump(theirs).splitlines()} - {"[", "]", '{"version": 1}'})
    merged = parse("\n".join(["[", *lines, '{"version": 1}', "]"]), "b.json")
    assert [(entry.path, entry.count, entry.first_seen) for entry in merged.entries] == [
        ("news/a", 2, "2026-05-01"),
        ("news/b", 1, "2026-06-15"),
    ]


GOOD = '{"path": "a", "rule": "b/c", "fingerprint": "9f", "count": 1, "severity": "error", "first_seen": "2026-05-01"}'
CORRUPT = [
    ("", "b.json:1:1: not a baseline: expected a JSON array"),
    ("{}", "b.json:1:1: not a baseline: expected a JSON array"),
    (f"[\n{GOOD},\n", "b.json:3:1: not a baseline: this is no JSON"),
    (f"[\n{GOOD}\n", "b.json:3:1: not a baseline: expected a comma or the end of the array"),
    (f"[\n{GOOD}\n]\n", "b.json:4:1: the version is missing: the file is cut off"),
    (
        f'[\n<<<<<<< ours\n{GOOD},\n{{"version": 1}}\n]',
        "b.json:2:1: not a baseline: this is no JSON (after a merge",
    ),
    ('[\n{"version": 2}\n]', "b.json:2:1: version 2: this cleaner reads version 1"),
    ('[{"version": 1}] x', "b.json:1:18: not a baseline: something follows the array"),
    ('[\n{"path": "a"},\n{"version": 1}\n]', "b.json:2:1: “rule” is missing"),
    (
        f'[\n{GOOD.replace("count", "cuont")},\n{{"version": 1}}\n]',
        "b.json:2:1: unknown key “cuont” (did you mean “c",
    ),
    (
        f'[\n{GOOD.replace("error", "eror")},\n{{"version": 1}}\n]',
        "“severity”: expected one of error, warning, info",
    ),
    (
        f'[\n{GOOD.replace(": 1,", ": 0,")},\n{{"version": 1}}\n]',
        "b.json:2:1: “count”: expected a number from 1 on",
    ),
    (
        f'[\n{GOOD.replace("05-01", "05-41")},\n{{"version": 1}}\n]',
        "b.json:2:1: “first_seen”: expected a day, got",
    ),
    ("[" * 100_000, "b.json:1:2: not a baseline"),
    ("\udcff", "b.json:1:1: not a baseline"),
]


@pytest.mark.parametrize(("text", "complaint"), CORRUPT, ids=[text[:30] or "empty" for text, _ in CORRUPT])
def test_a_corrupt_baseline_is_named_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "b.json")
    assert complaint in str(caught.value)
    assert caught.value.exit_status == 2


# -- The disk and the command ------------------------------------------------------------------------


def test_saving(tmp_path: Path) -> None:
    path = tmp_path / ".cleaner-baseline.json"
    first, second = create(found(a=A), MAY), create(found(a=A, b=B), MAY)
    baseline.save(path, first)
    assert baseline.load(path) == first
    before = path.stat()
    baseline.save(path, first)
    assert path.stat().st_mtime_ns == before.st_mtime_ns  # what is the same is not written
    baseline.save(path, second)
    assert baseline.load(path) == second
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    path.chmod(0o444)
    with pytest.raises(InputError, match="may not be written"):
        baseline.save(path, first)


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    known = Baseline((Entry("news/\udcff.txt", "a/b", "9f", 1, Severity.INFO, "2026-05-01"),))
    baseline.save(tmp_path / "b.json", known)
    assert baseline.load(tmp_path / "b.json") == known


def test_paths_are_those_of_the_folder_of_the_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news").mkdir()
    baseline.save(tmp_path / baseline.FILE_NAME, create(found(a=A), MAY))
    (tmp_path / "news" / "a").write_text(A, "utf-8")
    for folder, uri in (("", "news/a"), ("news", "a"), ("news", str(tmp_path / "news" / "a"))):
        monkeypatch.chdir(tmp_path / folder)
        findings = tuple(finding for _, finding in found(a=A).findings)
        judged = judge(Report((FileReport(uri, findings),)), known.load(None))
        assert list(judged.report.findings) == []
        assert judged.message.startswith("1 known (oldest ")
        (file,) = judged.report.files
        assert [(one.finding, one.by) for one in file.suppressed] == [(one, By.BASELINE) for one in findings]
        assert known.load(None, off=True) is None
        assert list(judge(Report((FileReport(uri, findings),)), None).report.findings) == list(findings)
        assert judge(Report((FileReport(uri),)), known.load(None)).stale == 0
        stale = judge(Report((FileReport(uri),)), known.load(None), fail_on_stale=True)
        assert (stale.stale, stale.message) == (1, "1 no longer found: run cleaner baseline prune")
    with pytest.raises(MissingPathError, match="no such file b"):
        known.load("b.json")


MAIN = "from cleaner.cli import main; main()"


def run(folder: Path, *args: str) -> tuple[int, str, str]:
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{MAIN}",
        "baseline",
        *args,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(A, "utf-8")
    here = ("news", "--lang", "en", "--from", "ru")
    path = tmp_path / baseline.FILE_NAME
    assert run(tmp_path, "update", *here)[0] == 2
    assert run(tmp_path, "stats") == (
        2, "", f"cleaner: there is no {path.name} here or above (cleaner baseline create)\n"
    )  # fmt: skip
    assert run(tmp_path, "create", *here) == (0, f"{path.name}: 1 known (+1).\n", "")
    status, _, error = run(tmp_path, "create", *here)
    assert (status, "is there already" in error) == (2, True)
    (tmp_path / "news" / "a.txt").rename(tmp_path / "news" / "b.txt")
    (tmp_path / "news" / "c.txt").write_text(B, "utf-8")
    assert run(tmp_path, "prune", *here)[1].endswith(": 1 known (+0).\n")
    assert [entry.path for entry in baseline.load(path).entries] == ["news/b.txt"]
    assert run(tmp_path / "news", "update", "../news", *here[1:])[1].endswith(": 2 known (+1).\n")
    assert [entry.path for entry in baseline.load(path).entries] == ["news/b.txt", "news/c.txt"]
    assert run(tmp_path, "stats")[1].splitlines() == [
        "2 known in 2 files (oldest 0 days)", "2 error", "      2  leftover/bracketed-word",
    ]  # fmt: skip
    assert json.loads(run(tmp_path, "stats", "--json")[1])["by_rule"] == {"leftover/bracketed-word": 2}


@pytest.mark.parametrize("command", ["update", "prune", "stats"])
def test_a_corrupt_baseline_stops_the_command(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(A, "utf-8")
    path = tmp_path / baseline.FILE_NAME
    path.write_text('[\n{"path": 1},\n', "utf-8")
    status, shown, error = run(tmp_path, command, *([] if command == "stats" else ["a.txt", "--lang", "en"]))
    assert (status, shown) == (2, "")
    assert error.startswith(f"cleaner: {path.name}:3:1: not a baseline: this is no JSON (")
    assert path.read_text("utf-8") == '[\n{"path": 1},\n'
