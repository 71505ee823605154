"""The command line: it parses, calls, prints, and turns errors into exit codes. Nothing else.

0  nothing found, or all that was found was repaired
1  findings remain
2  a wrong option, path, rule or setting
3  a file that could not be read or written, or a mistake of ours; also standard output that is
   closed or full, or whose reader has left
130  interrupted (Ctrl-C)
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from cleaner.errors import CleanerError, FileProblems, unexpected


def main() -> None:
    """The entry point of the command `cleaner`."""
    import gc

    from cleaner.cli import streams

    gc.set_threshold(50_000, 20, 20)  # imports leave no garbage, and looking for it takes time
    streams.prepare()
    try:
        status = _run(list(map(as_path, sys.argv[1:])))
        sys.stdout.flush()
        sys.stderr.flush()
    except FileProblems as error:
        for problem in error.problems:
            complain(str(problem))
        raise SystemExit(error.exit_status) from None
    except CleanerError as error:
        complain(str(error))
        raise SystemExit(error.exit_status) from None
    except streams.ReaderGone:
        streams.abandon()
        raise SystemExit(3) from None
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror}")
        streams.abandon()
        raise SystemExit(3) from None
    except KeyboardInterrupt:
        complain("interrupted")
        raise SystemExit(130) from None
    except Exception as error:
        complain(unexpected(error))
        raise SystemExit(3) from None
    _end(status)


def _end(status: int) -> NoReturn:
    """End the process, at once when nobody has anything left to do: to take all modules down takes long."""
    import atexit

    handlers = getattr(atexit, "_ncallbacks", lambda: 1)()
    if handlers or "threading" in sys.modules:
        raise SystemExit(status)
    os._exit(status)


def _run(args: list[str]) -> int:
    """Run a command line; typer, which takes longer to import than a file to check, only where it must."""
    from cleaner.cli import quick

    call = None if "_CLEANER_COMPLETE" in os.environ else quick.parse(args)
    if call is None:
        from cleaner.cli.app import run

        return run(args)
    from cleaner import cache
    from cleaner.patterns import remembered

    command, given = call
    cache.use(given.get("cache_dir"))
    with remembered():
        if command == "check":
            from cleaner.cli.check import check

            return check(**given)
        from cleaner.cli.fix import fix

        return fix(**given)


def as_path(argument: str) -> str:
    """A file whose name begins with a dash as a path: commit hooks name files without asking.

    Only what carries the extension of a format counts; no option does.
    """
    if argument.startswith("-") and os.path.lexists(argument):
        from cleaner.formats import format_of

        return f"./{argument}" if format_of(argument) else argument
    return argument


def complain(message: str) -> None:
    """An error message on stderr."""
    from cleaner.cli.streams import ReaderGone
    from cleaner.text.visible import visible

    for line in message.splitlines():
        with contextlib.suppress(OSError, ReaderGone):  # there is nowhere else to say it
            print(f"cleaner: {visible(line)}", file=sys.stderr)
