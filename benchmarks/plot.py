"""The bars of docs/benchmarks.md: `python -m benchmarks.plot [TABLES.md] [PNG]`.

Reads what `benchmarks.speed` printed (from a file or standard input) and draws the rates of its tables
`clean` and `dirty` side by side. Needs matplotlib: `pip install translation-cleaner[bench]`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

_ROW = re.compile(r"\| ([^|]+?) \| ([\d.]+) \| [\d.e-]+ \|")
_LEFT_OUT = "UTF-8 decode"  # a hundred times as fast as all others


def rates(printed: str) -> dict[str, dict[str, float]]:
    """Table → tool → megabytes a second, in the order of the print.

    >>> rates("### clean\\n\\n| check | 8.1 | 1 |\\n| UTF-8 decode | 1100.0 | 0.007 |\\n### rules\\n| a | 1 | 2 |\\n")
    {'clean': {'check': 8.1}}
    """
    found: dict[str, dict[str, float]] = {}
    for part in printed.split("### ")[1:]:
        name, _, table = part.partition("\n")
        if name in ("clean", "dirty"):
            rows = {tool: float(rate) for tool, rate in _ROW.findall(table)}
            found[name] = {tool: rate for tool, rate in rows.items() if tool != _LEFT_OUT}
    return found


def draw(tables: dict[str, dict[str, float]], target: Path) -> None:
    """Write the picture."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    titles = {"clean": "sound texts", "dirty": "two accidents in every text"}
    figure, axes = pyplot.subplots(1, len(tables), figsize=(9, 2.8), sharex=True, constrained_layout=True)
    for axis, (name, bars) in zip([axes] if len(tables) == 1 else axes, tables.items(), strict=True):
        tools = list(bars)[::-1]
        ours = ("check", "fix")
        colours = ["#0b6e4f" if tool in ours else "#b0b7bd" for tool in tools]
        drawn = axis.barh(tools, [bars[tool] for tool in tools], color=colours)
        axis.bar_label(drawn, fmt="%.1f", padding=3)
        axis.set_title(titles[name], fontsize=10, loc="left")
        axis.set_xlabel("MB/s of UTF-8, one process")
        axis.spines[["top", "right"]].set_visible(False)
        axis.margins(x=0.15)
    figure.savefig(target, dpi=120, metadata={"Software": None})


def main(arguments: Sequence[str]) -> None:
    printed = Path(arguments[0]).read_text("utf-8") if arguments else sys.stdin.read()
    tables = rates(printed)
    if not tables:
        sys.exit("no table called clean or dirty: print them with python -m benchmarks.speed")
    draw(tables, Path(arguments[1] if len(arguments) > 1 else "docs/benchmarks.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
