"""The entry point, and the one place that turns errors into messages and exit codes."""

from __future__ import annotations

import sys

from translate.errors import PolicyTranslateError

WRONG, INTERRUPTED = 2, 130


def main() -> None:
    """Run the command line; a user's mistake ends in one line a problem and exit code 2, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character is no error
    try:
        from translate.cli import app

        app()
    except PolicyTranslateError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        sys.exit(WRONG)
    except KeyboardInterrupt:  # while the command was being loaded; a command under way says more
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        sys.exit(INTERRUPTED)
    except OSError as error:  # what no stage has foreseen: a name that is too long, a folder that may not be entered
        place = f"{error.filename}: " if error.filename else ""
        print(f"error: {place}{error.strerror or error}", file=sys.stderr)
        sys.exit(WRONG)


if __name__ == "__main__":
    main()
