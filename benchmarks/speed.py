"""How fast: `make bench`, or `python -m benchmarks.speed [--megabytes 2] [--repeat 5] [--only NAME …]`.

Everything is measured in one process, on the same texts, in turns, by processor time: on a shared
machine only the ratios mean something. Of the repetitions the best counts. Prints Markdown.

    clean, dirty    check and fix beside ftfy, langdetect, a naive chain and one pass of UTF-8 decoding
    rules           60 rules against 600, on sound text
    growth          the seconds of twice the text over those of once, for texts that invite trouble
    size            1 MB in one file against a file of --large megabytes
    undeclared      the language is found, not given
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import platform
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from benchmarks.corpus import Text, damaged, documents
from cleaner import engine
from cleaner.languages import lookup
from cleaner.model import Document, Encoding, Facts, Safety
from cleaner.pipeline import Pipeline
from cleaner.ruleset.schema import build
from cleaner.ruleset.selection import Active
from cleaner.yamlio import Keys, read

Run = Callable[[Sequence[Text]], object]

# What somebody would write who has an afternoon: one pattern for each sort of debris.
NAIVE = tuple(
    map(
        re.compile,
        (
            r"\[[^\W\d_]+\]",
            r"[\u0400-\u04ff]+",
            r"[\u4e00-\u9fff]+",
            r"[\u3040-\u30ff]+",
            r"[\u0590-\u05ff]+",
            r"[A-Za-z]+(?=[\u0400-\u04ff])",
            r"\w+@@ \w+",
            r"<unk>|<s>|</s>|\[UNK\]",
            r"&(?:amp|quot|lt|gt|apos|nbsp|#\d+);",
            r"\\u[0-9a-fA-F]{4}",
            r"\\x[0-9a-fA-F]{2}",
            r"<0x[0-9A-F]{2}>",
            r"</?[a-z]+[^<>]*>",
            r"[\u200b-\u200f\u2060\ufeff]",
            r"[\u202a-\u202e]",
            r"\ufffd",
            r"[ÃÂÐÑ][\u0080-\u00bf]",
            r"â€[™œ“”¦]",
            r"\b(\w+)\s+\1\b",
            r"\s+[,.;:!?]",
            r"[,.;:!?](?=[A-Za-z])",
            r"\(\s|\s\)",
            r"“[^”\n]*$",
            r"«[^»\n]*$",
            r"„[^“”\n]*$",
            r"https?\s*:\s*/\s*/\s*\S+",
            r"\w+\s*@\s*\w+\s*\.\s*\w+",
            r"(?i)\b(?:read more|lesen sie auch|читайте также|subscribe)\b",
            r"(?i)as an ai language model|i cannot translate",
            r"[，。！？](?=[A-Za-z])",
        ),
    )
)


def naive(texts: Sequence[Text]) -> int:
    """The patterns, ftfy and langdetect, one after the other."""
    import ftfy
    from langdetect import detect

    found = 0
    for text in texts:
        found += sum(1 for pattern in NAIVE for _ in pattern.finditer(text.text))
        found += ftfy.fix_text(text.text) != text.text
        found += detect(text.text) != text.lang
    return found


def ftfy_alone(texts: Sequence[Text]) -> int:
    import ftfy

    return sum(ftfy.fix_text(text.text) != text.text for text in texts)


def langdetect_alone(texts: Sequence[Text]) -> int:
    from langdetect import detect

    return sum(detect(text.text) != text.lang for text in texts)


def decode(data: Sequence[bytes]) -> int:
    return sum(len(one.decode("utf-8")) for one in data)


def check(pipeline: Pipeline, *, declared: bool = True) -> Run:
    def run(texts: Sequence[Text]) -> int:
        return sum(
            len(
                pipeline.find(pipeline.document("", text.text, lang=text.lang if declared else None)).findings
            )
            for text in texts
        )

    return run


def fix(pipeline: Pipeline) -> Run:
    def run(texts: Sequence[Text]) -> int:
        return sum(
            len(pipeline.clean(pipeline.document("", text.text, lang=text.lang), Safety.SAFE).applied)
            for text in texts
        )

    return run


def seconds(runs: dict[str, Callable[[], object]], repeat: int) -> dict[str, float]:
    """Processor time of the best of some runs, each in its turn, without the garbage collector."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(repeat):
        for name, run in runs.items():
            gc.collect()
            gc.disable()
            started = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - started)
            gc.enable()
    return best


def side_by_side(texts: list[Text], repeat: int) -> Iterator[str]:
    """A table of all competitors on some texts."""
    pipeline = Pipeline()
    data = [text.text.encode() for text in texts]
    size = sum(map(len, data)) / 1e6
    runs: dict[str, Callable[[], object]] = {
        "check": lambda: check(pipeline)(texts),
        "fix": lambda: fix(pipeline)(texts),
        "ftfy.fix_text": lambda: ftfy_alone(texts),
        "langdetect.detect": lambda: langdetect_alone(texts),
        "naive chain": lambda: naive(texts),
        "UTF-8 decode, 20 times": lambda: [decode(data) for _ in range(20)],
    }
    check(pipeline)(texts)
    fix(pipeline)(texts)  # rules are compiled when they are first needed
    took = seconds(runs, repeat)
    ours = took["check"]
    yield f"{len(texts)} documents, {size:.1f} MB, {runs['check']()} findings"
    yield ""
    yield "| what | MB/s | times the time of check |"
    yield "|---|---|---|"
    for name, spent in took.items():
        times = 20 if "20 times" in name else 1
        yield f"| {name.partition(',')[0]} | {size * times / spent:.2f} | {spent / times / ours:.3g} |"


def rules(texts: list[Text], repeat: int) -> Iterator[str]:
    """60 rules, and 540 more that do not fire: they look for tokens that no text has."""
    few = tuple(Pipeline()._rules(lookup("en"))[:60])
    more = tuple(_idle(few[0], number) for number in range(540))

    def look(active: tuple[Active, ...]) -> None:
        for text in texts:
            engine.find(_document(text), lambda language: active, Facts())

    many = (*few, *more)
    look(few)
    look(many)
    took = seconds({"few": lambda: look(few), "many": lambda: look(many)}, repeat)
    yield f"| {len(few)} rules | {len(many)} rules | slower |"
    yield "|---|---|---|"
    yield f"| {took['few']:.3f} s | {took['many']:.3f} s | {100 * (took['many'] / took['few'] - 1):.0f} % |"


def _idle(model: Active, number: int) -> Active:
    """A rule with a pattern of its own, the others' in turn: a token in angle brackets, a rare sign, a phrase."""
    sign = chr(0x2500 + number % 250)
    patterns = (
        rf"<tok{number}>",
        rf"{sign}\\s?\\d{{{number % 7 + 1}}}",
        rf"@@ra{number}(?=\\w)",
        rf"\\[T{number}\\]",
    )
    node = read(
        f"title: t\nwhy: w\nkind: pattern\nseverity: info\nmessage: m\nexamples: {{bad: [], good: []}}\n"
        f'params: {{pattern: "{patterns[number % 4]}", engine: re}}\n',
        "idle.yml",
    )
    assert isinstance(node, Keys)
    rule = build(f"idle/rule-{number}", node, [], trusted=True)
    assert rule is not None
    return Active(rule, model.severity)


def _document(text: Text) -> Document:
    from cleaner import formats

    return formats.split(Document("", text.text, lang=text.lang, encoding=Encoding()))


HOSTILE = {
    "[": "[",
    "straight mark": '"',
    "«": "«",
    "space": " ",
    "<a": "<a ",
    "&": "&",
    "a@@": "a@@ ",
    "(": "(",
    "'": "'",
    "Ã": "Ã",
    "word": "word ",
    "sentence": "He left. ",
    "?": "?",
    "digit": "29 ",
    "capital": "Name ",
}


def growth(repeat: int, count: int = 100_000) -> Iterator[str]:
    """Twice the text over once, for check: 2 is linear."""
    pipeline = Pipeline()
    yield f"| {count:,} × | seconds | twice the text |"
    yield "|---|---|---|"
    for name, piece in HOSTILE.items():
        once, twice = [Text(piece * count, "en")], [Text(piece * count * 2, "en")]
        took = seconds(
            {"1": partial(check(pipeline), once), "2": partial(check(pipeline), twice)}, min(repeat, 2)
        )
        yield f"| `{name}` | {took['1']:.2f} | {took['2'] / took['1']:.2f} |"


def size(texts: list[Text], repeat: int, large: int) -> Iterator[str]:
    """Texts of 1, 10 and 100 KB, and one large file at the rate of one of 1 MB."""
    pipeline = Pipeline()
    smalls = ["".join(text.text for text in documents(1.0, seed, ("en",))) for seed in range(1, repeat + 2)]
    big = "".join(text.text for text in documents(float(large), 99, ("en",)))
    # a new text each time: what is remembered of the last ones would flatter the small
    each = [seconds({"once": partial(check(pipeline), [Text(small, "en")])}, 1)["once"] for small in smalls]
    took = {
        "small": min(each),
        "big": seconds({"once": partial(check(pipeline), [Text(big, "en")])}, 1)["once"],
    }
    rates = [len(smalls[each.index(min(each))]) / took["small"] / 1e6, len(big) / took["big"] / 1e6]
    yield f"| 1 MB in one file | {large} MB in one file | rate |"
    yield "|---|---|---|"
    yield f"| {rates[0]:.2f} MB/s | {rates[1]:.2f} MB/s | {100 * rates[1] / rates[0]:.0f} % |"
    yield ""
    for kilobytes in (1, 10, 100):
        step = 1000 * kilobytes
        pieces = [Text(text[at : at + step], "en") for text in smalls for at in range(0, len(text), step)]
        spent = seconds({"once": partial(check(pipeline), pieces)}, 1)["once"]
        yield f"- {len(pieces):,} texts of {kilobytes} KB: {sum(map(len, smalls)) / spent / 1e6:.2f} MB/s"


def undeclared(texts: list[Text], repeat: int) -> Iterator[str]:
    """The language given and found."""
    pipeline = Pipeline()
    runs: dict[str, Callable[[], object]] = {
        "given": lambda: check(pipeline)(texts),
        "found": lambda: check(pipeline, declared=False)(texts),
    }
    took = seconds(runs, repeat)
    each = (took["found"] - took["given"]) / len(texts) * 1e3
    yield f"finding the language takes {each:.2f} ms a document"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=2.0)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--large", type=int, default=100, help="megabytes of the large file")
    parser.add_argument(
        "--only", nargs="*", default=["clean", "dirty", "rules", "growth", "size", "undeclared"]
    )
    chosen = parser.parse_args(arguments)
    texts = documents(chosen.megabytes)
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "clean": lambda: side_by_side(texts, chosen.repeat),
        "dirty": lambda: side_by_side([damaged(text) for text in texts], chosen.repeat),
        "rules": lambda: rules(texts, chosen.repeat),
        "growth": lambda: growth(chosen.repeat),
        "size": lambda: size(texts, chosen.repeat, chosen.large),
        "undeclared": lambda: undeclared(texts[:200], chosen.repeat),
    }
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    for name in chosen.only:
        print(f"\n### {name}\n", *parts[name](), sep="\n", flush=True)


if __name__ == "__main__":
    main()
