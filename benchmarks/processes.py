"""Whole runs of the command line by the clock: `python -m benchmarks.processes [--files 3000 12000] [--repeat 3]`.

    jobs       `cleaner check` over a folder of news by one process and by two, in turns
               with the milliseconds of a document when there are few and when there are many
    spark      `cleaner corpus` on two processes and on Spark's local[2], the start of each taken off;
               needs the extra spark and Java, else it is said and left out

The machine should have nothing else to do: here the time that one waits counts. Of the repetitions the
median is told. Prints Markdown.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpus import LANGUAGES, Text, damaged, documents

_BYTES = 2560  # of a document
_CHECK = ("check", "--isolated", "--no-cache", "--quiet", "--exit-zero")
_CORPUS = ("corpus", "--isolated", "--lang-column", "lang", "--quiet", "--exit-zero")
_FEW = 20  # rows of a corpus that is all start


def news(count: int, languages: tuple[str, ...] = LANGUAGES) -> list[Text]:
    """So many documents, every third one damaged."""
    texts = documents(1.1 * count * _BYTES / 1e6, languages=languages)[:count]
    return [text if number % 3 else damaged(text, number) for number, text in enumerate(texts)]


def written(texts: Sequence[Text], folder: Path) -> Path:
    """A folder that holds them, 500 files in a folder of each language."""
    for number, text in enumerate(texts):
        place = folder / text.lang / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(text.text, "utf-8")
    return folder


def seconds(*arguments: object) -> float:
    """How long one waits for a command of cleaner. Raises CalledProcessError when it fails."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cleaner", *map(str, arguments)], check=True, capture_output=True)
    return time.perf_counter() - started


def jobs(counts: Sequence[int], repeat: int, folder: Path) -> Iterator[str]:
    """One process against two, the language found and given."""
    yield "| files | languages | one process, s | two, s | times as fast | ms a document, one process |"
    yield "|---|---|---|---|---|---|"
    for count in counts:
        for languages, given in ((LANGUAGES, ()), (("en",), ("--lang", "en"))):
            place = written(news(count, languages), folder / f"{count}-{len(languages)}")
            seconds(*_CHECK, place, *given)
            pairs = [
                tuple(seconds(*_CHECK, place, *given, "--jobs", number) for number in (1, 2))
                for _ in range(repeat)
            ]
            one, two = (statistics.median(times) for times in zip(*pairs, strict=True))
            faster = statistics.median(one / two for one, two in pairs)
            said = "`--lang en`" if given else f"{len(languages)}, found"
            yield f"| {count:,} | {said} | {one:.2f} | {two:.2f} | {faster:.2f} | {1000 * one / count:.2f} |"


def spark(count: int, repeat: int, folder: Path) -> Iterator[str]:
    """The pool of processes against Spark on the same machine."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        yield "skipped: needs the extra spark (pip install 'translation-cleaner[spark]') and Java"
        return
    files = {}
    for size in (_FEW, count):
        files[size] = folder / f"{size}.jsonl"
        lines = (json.dumps({"text": text.text, "lang": text.lang}) + "\n" for text in news(size))
        files[size].write_text("".join(lines), "utf-8")

    def run(size: int, number: int, *engine: object) -> float:
        out = folder / f"out-{size}-{number}-{len(engine)}"
        return seconds(*_CORPUS, files[size], out, "--jobs", 2, *engine)

    yield "| engine | start, s | all, s | after the start, s |"
    yield "|---|---|---|---|"
    for name, engine in (("two processes", ()), ("Spark, local[2]", ("--engine", "spark"))):
        start, whole = (
            statistics.median(run(size, number, *engine) for number in range(repeat))
            for size in (_FEW, count)
        )
        yield f"| {name} | {start:.1f} | {whole:.1f} | {whole - start:.1f} |"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--files", type=int, nargs="*", default=[3000, 12000])
    parser.add_argument("--rows", type=int, default=24000, help="of the corpus for Spark; 0: not")
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        if chosen.files:
            print("\n### jobs\n", *jobs(chosen.files, chosen.repeat, Path(name)), sep="\n", flush=True)
        if chosen.rows:
            print("\n### spark\n", *spark(chosen.rows, chosen.repeat, Path(name)), sep="\n", flush=True)


if __name__ == "__main__":
    main()
