#!/usr/bin/env python3
"""Learn the weights of cleaner/languages/data/scoring/*.yml from labelled text.

    python tools/train_leftovers.py FOLDER            (needs numpy)

FOLDER holds files of the form of the benchmark's leftovers_*.jsonl, natural_leftovers.jsonl.gz,
synth_leftovers.jsonl and clean.jsonl: one record a line with `text`, `target_lang` or `lang`,
`source_lang`, `source` (the aligned original), `system`, and the gold `spans` and `ignore` ranges.
Each candidate that the detectors would look at becomes a row of named observations; one that
overlaps a gold span is left over, one that overlaps only an ignored range is left out. Candidates
seen beside their original make models of their own: text without one cannot be judged by them.

Logistic regression with an L2 penalty, by Newton steps; nothing random, so the same data give the
same weights. Prints what held-out pairs and held-out systems would get. No weight belongs to a word
or a record: `evidence` has no such observation.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cleaner.errors import LanguageError
from cleaner.languages import Language, evidence, fragments, lookup, same_script
from cleaner.offsets import Span

FOLDER = pathlib.Path(__file__).parents[1] / "cleaner/languages/data/scoring"
# How strongly weights are drawn to nothing; the words have fewer and noisier rows.
PENALTY = {"latin": 2.0, "latin-with-original": 4.0, "words": 4.0, "words-with-original": 4.0}
SEEN = 8  # an observation in fewer rows gets no weight
# How much a row counts. The other files are enriched with leftovers: here are texts as they come.
WEIGHT = {"natural": 2.0, "clean": 8.0, "synth": 0.5}


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate: where it comes from, what was seen, and whether it is left over."""

    file: str
    pair: str
    system: str
    document: str
    seen: frozenset[str]
    label: int


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    rows: dict[str, list[Row]] = {name: [] for name in PENALTY}
    for record, file in records(folder):
        for name, row in candidates(record, file):
            rows[name].append(row)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, mine in rows.items():
        print(f"\n{name}: {len(mine)} rows, {sum(row.label for row in mine)} left over")
        for title, key in (
            ("pair", pair_of),
            ("tenth of the documents", document_of),
            ("tenth of the systems", tenth_of),
        ):
            print(f"  held out by {title}:")
            report(mine, held_out(mine, key, PENALTY[name]))
        names, weights = learn(mine, PENALTY[name])
        write(name, names, weights, len(mine))


def pair_of(row: Row) -> str:
    return row.pair


def tenth_of(row: Row) -> str:
    return str(zlib.crc32(row.system.encode()) % 10)


def document_of(row: Row) -> str:
    return str(zlib.crc32(row.document.encode()) % 10)


def records(folder: pathlib.Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Records with the kind of their file."""
    paths = [*sorted(folder.glob("leftovers_*.jsonl")), *sorted(folder.glob("natural_leftovers.jsonl*"))]
    for path in [*paths, *sorted(folder.glob("synth_leftovers.jsonl")), *sorted(folder.glob("clean.jsonl"))]:
        kind = path.name.split("_")[0].split(".")[0]
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in data.decode("utf-8").splitlines():
            record = json.loads(line)
            if not record.get("oddities"):
                yield record, kind


def candidates(record: dict[str, Any], file: str) -> Iterator[tuple[str, Row]]:
    """Rows of one record."""
    text = record["text"]
    target = lookup(record.get("target_lang") or record["lang"])
    source = language(record.get("source_lang"))
    pair = f"{record.get('source_lang')}-{record.get('target_lang') or record['lang']}"
    document = record["id"].split("|")[-1].split("#")[0]
    system = record.get("system") or document
    for original in dict.fromkeys((None, record.get("source"))):
        for name, span, seen in observed(text, target, source, original):
            label = label_of(span, record)
            if label is not None:
                model = name if original is None else f"{name}-with-original"
                yield model, Row(file, pair, system, document, seen, label)


def observed(
    text: str, target: Language, source: Language | None, original: str | None
) -> Iterator[tuple[str, Span, frozenset[str]]]:
    """Every candidate with its model's name, as `fragments` would look at it."""
    runs = list(fragments.latin_runs(text, target))
    if runs:
        setting = evidence.setting_of(text, target, source, original)
        for span in runs:
            yield "latin", span, evidence.latin(setting, span)
    tag = fragments.language_to_seek(target, source)
    if tag:
        listed = same_script.words_of(text, target.tag, tag, original)
        same = same_script.setting_of(text, target, tag, listed, original)
        for first, last in same_script.candidates(listed, text):
            span = Span(listed[first].span.start, listed[last - 1].span.end)
            yield "words", span, same_script.observe(same, listed, first, last)


def language(tag: str | None) -> Language | None:
    try:
        return lookup(tag) if tag else None
    except LanguageError:
        return None


def label_of(span: Span, record: dict[str, Any]) -> int | None:
    """1 for left over, 0 for meant, None for a range that is not to be judged."""
    if any(span.overlaps(Span(gold["start"], gold["end"])) for gold in record.get("spans", ())):
        return 1
    ignored = any(span.overlaps(Span(item["start"], item["end"])) for item in record.get("ignore", ()))
    return None if ignored else 0


def learn(rows: list[Row], strength: float) -> tuple[list[str], np.ndarray]:
    """Names of observations and their weights, the bias first."""
    counts = Counter(name for row in rows for name in row.seen)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    labels = np.array([row.label for row in rows], dtype=float)
    counts = np.array([WEIGHT.get(row.file, 1.0) for row in rows])
    kept = names
    while True:
        weights = fit(matrix(rows, kept), labels, counts, strength)
        wrong = {name for name, weight in zip(kept, weights[1:], strict=True) if sign(name) * weight < 0}
        if not wrong:
            return kept, weights
        kept = [name for name in kept if name not in wrong]


def sign(name: str) -> int:
    """Which way an observation may speak: 1 for left over, -1 for meant, 0 for either.

    A larger gap in frequency, a stranger spelling can only speak for a leftover, a loanword only
    against it. Labels are noisy; without this a weight would now and then say the opposite.
    """
    for start, direction in SIGNS.items():
        if name.startswith(start):
            return direction
    return 0


SIGNS = {
    "gap ≥": 1, "least gap ≥": 1, "alone gap ≥": 1, "spelling ≥": 1, "odd ≥": 1, "absent ≥": 1,
    "words ≥": 1, "lower ≥": 1, "in brackets": 1, "in original": 1, "not in original": -1,
    "address in original": -1, "capital in original": -1, "international ≥": -1, "lead ≤": -1,
    "target ≥": -1, "in quotes": -1, "among quoted words": -1, "inside quotes": -1, "has title": -1,
    "continues a name": -1, "context": -1, "near mask": -1, "strange text": -1, "unit": -1,
    "touches sign": -1, "touches digit": -1,
}  # fmt: skip


def matrix(rows: list[Row], names: list[str]) -> np.ndarray:
    columns = {name: column + 1 for column, name in enumerate(names)}
    out = np.zeros((len(rows), len(names) + 1))
    out[:, 0] = 1
    for number, row in enumerate(rows):
        for name in row.seen:
            if name in columns:
                out[number, columns[name]] = 1
    return out


def fit(observed: np.ndarray, labels: np.ndarray, counts: np.ndarray, strength: float) -> np.ndarray:
    """Weights of a logistic regression with an L2 penalty on all but the bias."""
    penalty = np.eye(observed.shape[1]) * strength
    penalty[0, 0] = 1e-6
    weights = np.zeros(observed.shape[1])
    for _ in range(100):
        likely = sigmoid(observed @ weights)
        slope = observed.T @ (counts * (likely - labels)) + penalty @ weights
        curve = (observed * (counts * likely * (1 - likely))[:, None]).T @ observed + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def held_out(rows: list[Row], key: Callable[[Row], str], strength: float) -> np.ndarray:
    """What each row gets from a model that has not seen its group."""
    groups = np.array([key(row) for row in rows])
    out = np.zeros(len(rows))
    for group in sorted(set(groups)):
        mine = groups == group
        names, weights = learn([row for row, held in zip(rows, mine, strict=True) if not held], strength)
        out[mine] = sigmoid(
            matrix([row for row, held in zip(rows, mine, strict=True) if held], names) @ weights
        )
    return out


def report(rows: list[Row], likely: np.ndarray) -> None:
    for file in dict.fromkeys(row.file for row in rows):
        mine = np.array([row.file == file for row in rows])
        labels = np.array([row.label for row in rows])[mine]
        line = f"    {file:<10}"
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            said = likely[mine] >= least
            right, wrong = int((said & (labels == 1)).sum()), int((said & (labels == 0)).sum())
            line += f" ≥{least}: {right} right {wrong} wrong"
        print(f"{line} of {int(labels.sum())}")


def write(name: str, names: list[str], weights: np.ndarray, count: int) -> None:
    lines = [
        f"# Written by tools/train_leftovers.py from {count} candidates; do not edit.",
        "# What is seen → what it adds to the log-odds that a fragment is left over (see evidence.py).",
        f"bias: {weights[0]:.2f}",
        "weights:",
    ]
    ranked = sorted(zip(names, weights[1:], strict=True), key=lambda item: (-item[1], item[0]))
    lines += [f'  "{seen}": {weight:.2f}' for seen, weight in ranked if abs(weight) >= 0.005]
    (FOLDER / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
