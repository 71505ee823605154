"""The command line: it parses, calls, prints, and turns errors into exit codes. Nothing else.

0  nothing found, or all that was found was repaired
1  findings remain
2  a wrong option, path, rule or setting
3  a file that could not be read or written, or a mistake of ours
"""

from __future__ import annotations

import os
import sys

from cleaner.errors import CleanerError, FileProblems


def main() -> None:
    """The entry point of the command `cleaner`."""
    _utf8()
    from cleaner.cli.app import app

    try:
        app(args=list(map(as_path, sys.argv[1:])), prog_name="cleaner")
    except FileProblems as error:
        for problem in error.problems:
            complain(str(problem))
        raise SystemExit(error.exit_status) from None
    except CleanerError as error:
        complain(str(error))
        raise SystemExit(error.exit_status) from None
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nobody is left to be told
        raise SystemExit(3) from None
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror}")
        raise SystemExit(3) from None
    except KeyboardInterrupt:
        complain("interrupted")
        raise SystemExit(3) from None
    except Exception as error:
        complain(f"internal error: {type(error).__name__}: {error}; please report it. Nothing was written.")
        raise SystemExit(3) from None


def as_path(argument: str) -> str:
    """A file whose name begins with a dash as a path: commit hooks name files without asking.

    Only what carries the extension of a format counts; no option does.
    """
    from cleaner.formats import format_of

    if argument.startswith("-") and format_of(argument) and os.path.lexists(argument):
        return f"./{argument}"
    return argument


def complain(message: str) -> None:
    """An error message on stderr."""
    from cleaner.text.visible import visible

    for line in message.splitlines():
        print(f"cleaner: {visible(line)}", file=sys.stderr)


def _utf8() -> None:
    """Write UTF-8 wherever we are; what even that cannot carry becomes an escape, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
