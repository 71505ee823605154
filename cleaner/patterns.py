"""Compiled regular expressions, remembered between runs.

    with remembered(): ...    what `re.compile` compiles in there is looked up before it is worked out

A check compiles two hundred patterns; most of a cold start went into that. What `re` makes of a pattern
is a list of numbers, which its own engine checks again when it is given them; so the numbers are kept in
the user's cache, under a name made of our code and of Python's. Whatever cannot be understood is compiled
anew. Only the command line does this: it is alone in its process.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator
from typing import Any

from cleaner import cache

_SHAPE = 2  # of the text; another number for another shape
_MOST = 600  # patterns that are kept; the oldest make room
_LONGEST = 20_000  # code points of one; its numbers are ten times as many


@contextlib.contextmanager
def remembered(*, keep: bool = True) -> Iterator[None]:
    """Remember what is compiled; without `keep`, only what others have kept.

    With a Python whose `re` is made otherwise nothing is done.
    """
    try:
        compiler: Any = importlib.import_module("re._compiler")
        engine: Any = importlib.import_module("_sre")
        whole, parse, code = compiler.compile, compiler._parser.parse, compiler._code
        name = f"patterns {_SHAPE} {cache.edition()} {engine.MAGIC}"
    except (ImportError, AttributeError):
        yield
        return
    kept = _read(cache.recall(name))
    fresh: dict[str, list[Any]] = {}

    def compile(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str) or len(pattern) > _LONGEST or flags & (re.DEBUG | re.LOCALE):
            return whole(pattern, flags)
        key = f"{int(flags)} {pattern}"
        try:
            if key not in kept:
                kept[key] = fresh[key] = _written(parse(pattern, flags), flags, code)
            all_flags, numbers, groups, names = kept[key]
            by_number = [None] * (groups + 1)
            for group, number in names.items():
                by_number[number] = group
            codes = memoryview(a2b_base64(numbers)).cast("I").tolist()
            return engine.compile(pattern, all_flags, codes, groups, names, tuple(by_number))
        except (AttributeError, LookupError, TypeError, ValueError, RuntimeError, OverflowError):
            kept.pop(key, None)
            fresh.pop(key, None)
            return whole(pattern, flags)

    compiler.compile = compile
    try:
        yield
    finally:
        compiler.compile = whole
        if fresh and keep:
            entries = dict(list(kept.items())[-_MOST:])
            cache.keep(name, json.dumps(entries, separators=(",", ":")))


def _written(parsed: Any, flags: int, code: Any) -> list[Any]:
    """What the engine of `re` needs of a pattern: flags, numbers, groups and the numbers of those with names.

    The numbers stand as bytes in base64: most patterns are not asked for, and a text is read at once.
    """
    from array import array  # only where something new is compiled

    state = parsed.state
    numbers = b2a_base64(array("I", code(parsed, flags)), newline=False).decode()
    return [int(flags | state.flags), numbers, state.groups - 1, state.groupdict]


def _read(text: str | None) -> dict[str, list[Any]]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
