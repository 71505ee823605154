"""`python -m tests.fuzz.guided FORMAT [libFuzzer options]`: one reader, guided by coverage.

Needs atheris (`pip install atheris`), which is large and is no dependency of ours.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path


def main() -> None:
    import atheris  # type: ignore[import-not-found, unused-ignore]

    with atheris.instrument_imports(include=["cleaner.formats", "cleaner.yamlio"]):
        from cleaner import formats
        from tests.fuzz.seeds import WORDS, seeds
        from tests.fuzz.targets import TARGETS

        for module in formats.FORMATS.values():  # which are imported when they are needed
            importlib.import_module(module)

    name, *options = sys.argv[1:]
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, data in enumerate(seeds(name)):
        (folder / str(number)).write_bytes(data)
    words = folder.with_suffix(".dict")
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in WORDS[name]))
    atheris.Setup([sys.argv[0], f"-dict={words}", "-max_len=4096", *options, str(folder)], TARGETS[name])
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
