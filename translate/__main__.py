"""The entry point, and the one place that turns errors into messages and exit codes."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import NoReturn

from translate.errors import PolicyTranslateError

WRONG, INTERRUPTED = 2, 130


def main() -> None:
    """Run the command line; a user's mistake ends in one line a problem and exit code 2, never in a traceback."""
    _replace_closed_streams()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `kill`, or a machine shut down: as tidy as Ctrl-C
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character is no error
    try:
        from translate.cli import app

        try:
            app()
        finally:
            sys.stdout.flush()  # here a failure can still be told
    except SystemExit as end:
        gone = end.__context__
        if not isinstance(gone, OSError) or gone.errno != errno.EPIPE:
            raise
        _stop_unread()  # Typer and Rich make a 1 of it, which means findings
    except BrokenPipeError:
        _stop_unread()
    except PolicyTranslateError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        sys.exit(WRONG)
    except KeyboardInterrupt:  # while the command was being loaded; a command under way says more
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except OSError as error:  # what no stage has foreseen: a name that is too long, a folder that may not be entered
        place = f"{error.filename}: " if error.filename else ""
        print(f"error: {place}{error.strerror or error}", file=sys.stderr)
        sys.exit(WRONG)


def _replace_closed_streams() -> None:
    """A stream that the caller has closed is None in Python; what goes there is thrown away, as the caller wants."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # for all of the call


def _stop_unread() -> NoReturn:
    """Stop since the reader of our output, such as `head`, has left; there is nobody to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python flushes again at the end, and would complain
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
