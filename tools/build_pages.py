"""Write docs/rules from the rules, and the kinds in docs/house-rules.md; or with --check say whether they differ.

python tools/build_pages.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from cleaner.config import Config
from cleaner.ruleset.load import profiles, shipped
from cleaner.ruleset.pages import index, kinds, page
from cleaner.ruleset.selection import chosen

DOCS = Path(__file__).parent.parent / "docs"
HOUSE, BEGIN, END = "house-rules.md", "<!-- kinds: written by `make pages` -->", "<!-- end of kinds -->"
DEFAULT = Config().profile


def pages() -> dict[str, str]:
    """Every page by its path below docs/."""
    known = shipped()
    names = sorted(profiles(), key=lambda name: (name != DEFAULT, name))
    on = {name: set(chosen(known, Config(profile=name))) for name in names}
    out = {"rules.md": index(known.rules.values(), on, profiles())}
    for rule in known.rules.values():
        out[f"rules/{rule.id}.md"] = page(rule, [name for name in on if rule.id in on[name]])
    said = (DOCS / HOUSE).read_text("utf-8")
    before, _, rest = said.partition(BEGIN)
    out[HOUSE] = f"{before}{BEGIN}\n\n{kinds()}\n{END}{rest.partition(END)[2]}"
    return out


def main(*, check: bool) -> int:
    """Write what differs; with `check` only name it and fail."""
    wanted = pages()
    stale = [
        path for path in (DOCS / "rules").rglob("*.md") if path.relative_to(DOCS).as_posix() not in wanted
    ]
    changed = [
        name
        for name, text in wanted.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]
    if check:
        for name in (*changed, *(path.relative_to(DOCS).as_posix() for path in stale)):
            print(f"docs/{name} differs from its rule; run `make pages`")
        return int(bool(changed or stale))
    for path in stale:
        path.unlink()
    for name in changed:
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(wanted[name], "utf-8")
    print(f"{len(wanted)} pages, {len(changed)} written, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(check="--check" in sys.argv[1:]))
