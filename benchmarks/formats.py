"""How fast files are taken apart: `python -m benchmarks.formats [--megabytes 4] [--only NAME …] [--memory]`.

From bytes to segments (`decode`, then `formats.parts` or `formats.split`, as a check does), on one core,
by processor time, the best of three. `--memory` instead gives the peak of `cleaner check` in a process of
its own beside what is promised, 6 times the file and 60 MB; the rules about repetition are off, because
the texts, which are made here, consist of it. The names with “small” are as bad as a real file may get:
nothing but fields of a word or two. Prints Markdown; the floors are those of docs/formats.md.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner import formats
from cleaner.formats.charset import declared
from cleaner.formats.decode import decode
from cleaner.model import Document

EN = "Ministers meet on Monday to discuss the budget for the coming year, officials said. "
UK = "Міністри зустрінуться в понеділок, щоб обговорити бюджет на наступний рік. "
RSS = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><language>en</language>\n'


class Case(NamedTuple):
    """A kind of file: its format, what begins and ends it, one record of it, MB/s that are promised, and
    the language of what declares none."""

    format: str
    begin: str
    record: Callable[[int, random.Random], str]
    end: str = ""
    floor: float = 0
    lang: str = "en"


def _object(values: dict[str, object], *, ascii: bool = False) -> str:
    return json.dumps(values, ensure_ascii=ascii) + "\n"


def _item(number: int, description: str, content: str = "") -> str:
    link = f"https://example.org/news/{number}"
    return (
        f"<item><title>{EN[:40]}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate><description>{description}</description>{content}</item>\n"
    )


CASES = {
    "JSON Lines": Case(
        "jsonl",
        "",
        lambda n, r: _object({"id": n, "title": EN[:40], "text": EN * r.randint(5, 30), "lang": "en"}),
        floor=20,
    ),
    "JSON Lines, Ukrainian": Case(
        "jsonl",
        "",
        lambda n, r: _object({"id": n, "title": UK[:40], "text": UK * r.randint(5, 30)}),
        floor=20,
        lang="uk",
    ),
    "JSON Lines, escaped": Case(
        "jsonl",
        "",
        lambda n, r: _object({"id": n, "title": UK[:40], "text": UK * r.randint(5, 30)}, ascii=True),
        floor=20,
        lang="uk",
    ),
    "JSON Lines, small": Case(
        "jsonl", "", lambda n, _: _object({"id": n, "en": "Monday", "uk": "Понеділок"})
    ),
    "JSON, small": Case(
        "json",
        "[",
        lambda n, _: _object({"id": n, "en": "Monday", "uk": "Понеділок"}).replace("\n", ",\n"),
        "0]",
    ),
    "HTML": Case(
        "html",
        "<!doctype html><html lang=en><title>News</title>\n",
        lambda n, _: (
            f'<article id="a{n}" class="story"><h2><a href="/{n}">{EN[:40]}</a></h2>\n<p class="lead">{EN * 3}'
            f'<em>{EN[:20]}</em> &amp; {EN}</p><img src="{n}.jpg" alt="{EN[:30]}"><ul><li>{EN[:30]}</ul></article>\n'
        ),
        floor=10,
    ),
    "HTML, small": Case(
        "html",
        "",
        lambda n, _: f'<div class="row"><span><a href="/{n}" class="link">Item {n} text</a></span></div>\n',
    ),
    "RSS": Case(
        "feed",
        RSS,
        lambda n, _: _item(
            n,
            f"&lt;p&gt;{EN}&lt;b&gt;{EN[:9]}&lt;/b&gt; &amp;amp; {EN[:9]}&lt;/p&gt;",
            f"<content:encoded><![CDATA[<p>{EN * 12}</p><p>{EN * 5}</p>]]></content:encoded>",
        ),
        "</channel></rss>",
        floor=10,
    ),
    "RSS, small": Case(
        "feed", RSS, lambda n, _: _item(n, f"&lt;p&gt;{EN[:50]}&lt;/p&gt;"), "</channel></rss>"
    ),
    "CSV": Case(
        "csv",
        "id,date,title,body\n",
        lambda n, r: f'{n},2024-01-01,{EN[:30]},"{EN * r.randint(2, 12)}"\n',
        floor=10,
    ),
    "CSV, small": Case("csv", "id,date,en,uk\n", lambda n, _: f"{n},2024-01-01,Monday {n},Понеділок\n"),
    "Markdown": Case(
        "markdown",
        "",
        lambda n, _: (
            f"## {EN[:40]}\n\n{EN * 3}*{EN[:20]}* and [a link](https://example.org/{n})\n{EN}\n\n- {EN}\n\n"
        ),
    ),
    "SRT": Case(
        "srt",
        "",
        lambda n, _: (
            f"{n}\n00:00:{n % 60:02},000 --> 00:00:{n % 60:02},900\n{EN[:40]}\n<i>{EN[40:80]}</i>\n\n"
        ),
    ),
    "PO": Case(
        "po",
        'msgid ""\nmsgstr "Language: uk\\n"\n\n',
        lambda n, _: f'#: a.py:{n}\nmsgid "{EN[:40]} {n}"\nmsgstr ""\n"{UK[:30]}"\n"{UK[30:]}"\n\n',
    ),
    "XLIFF": Case(
        "xliff",
        '<xliff version="1.2"><file source-language="en" target-language="uk"><body>\n',
        lambda n, _: (
            f'<trans-unit id="{n}"><source>{EN}</source><target>{UK}<g id="1">{UK}</g></target>'
            "</trans-unit>\n"
        ),
        "</body></file></xliff>",
    ),
    "YAML": Case(
        "yaml", "", lambda n, _: f'k{n}:\n  title: "{EN[:40]}"\n  text: {EN}\n  note: |\n    {EN}\n    {EN}\n'
    ),
}


def data(case: Case, size: int) -> bytes:
    """A file of the case of at least `size` bytes."""
    return "".join(_records(case, size)).encode()


def _records(case: Case, size: int) -> Iterator[str]:
    chance = random.Random(1)
    yield case.begin
    for number in itertools.count():
        record = case.record(number, chance)
        yield record
        size -= len(record.encode())
        if size <= 0:
            break
    yield case.end


def read(case: Case, data: bytes) -> int:
    """The number of segments in a file."""
    text, encoding = decode(data, declared(data))
    document = Document("a", text, case.format, encoding=encoding)
    return sum(len(part.segments) for part in formats.parts(document) or [formats.split(document)])


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.formats")
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--only", nargs="+", default=list(CASES), choices=CASES, metavar="NAME")
    parser.add_argument("--memory", action="store_true", help="the peak of memory instead of the time")
    wanted = parser.parse_args()
    size = int(wanted.megabytes * 1e6)
    print(
        "| file | peak, MB | promised, MB |" if wanted.memory else "| file | MB/s | promised | segments/s |"
    )
    print("|---|---|---|" if wanted.memory else "|---|---|---|---|")
    for name in wanted.only:
        (_memory if wanted.memory else _speed)(name, data(CASES[name], size))


def _speed(name: str, data: bytes) -> None:
    best, segments = float("inf"), 0
    for _ in range(3):
        gc.collect()
        started = time.process_time()
        segments = read(CASES[name], data)
        best = min(best, time.process_time() - started)
    floor = f"{CASES[name].floor:.0f}" if CASES[name].floor else "–"
    print(f"| {name} | {len(data) / 1e6 / best:.1f} | {floor} | {segments / best:,.0f} |", flush=True)


def _memory(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{CASES[name].format}"
        path.write_bytes(data)
        options = ["--format", CASES[name].format, "--lang", CASES[name].lang, "--ignore", "repetition"]
        command = ["-m", "cleaner", "check", str(path), *options, "--isolated", "--quiet", "--no-cache"]
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, sys.executable, *command], check=True, capture_output=True
        )
    print(f"| {name} | {float(done.stdout):.0f} | {6 * len(data) / 1e6 + 60:.0f} |", flush=True)


# The peak of the processes that a process has started, in MB. The command is started by a small one: until
# it begins, it counts as large as who starts it.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6)
"""


if __name__ == "__main__":
    main()
