"""What the commands share in printing: consoles, progress bars, plain JSON. Colours appear on a terminal only."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

OK, FINDINGS, WRONG, INTERRUPTED = 0, 1, 2, 130


def output() -> Console:
    """Standard output: results."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def messages() -> Console:
    """Standard error: progress and remarks, so that results can be piped."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def add(app: typer.Typer, name: str, command: Callable[..., None], examples: str = "") -> None:
    """Give `app` a command. Its --help is the docstring, a paragraph on one line, since Typer would break it twice."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in (command.__doc__ or "").split("\n\n"))
    app.command(name, help="\n\n".join(paragraphs), epilog=examples or None)(command)


def table_of(*headings: str, whole: tuple[str, ...] = (), **look: Any) -> Table:
    """A table that breaks what is too long, such as Chinese, which has no spaces, instead of cutting it off.

    The columns named in `whole` keep each cell on one line; `look` are arguments of Rich's Table.
    """
    from rich.table import Table

    table = Table(**({"box": None, "padding": (0, 2, 0, 0)} | look))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in whole)
    return table


def show_rows(*rows: tuple[str, str | Text]) -> None:
    """A small table on standard output: names, which may have markup, and values, in which nothing is taken for it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(overflow="fold")  # a path that is too long is broken, not cut off
    for name, value in rows:
        table.add_row(name, value if isinstance(value, Text) else Text(value))
    output().print(table)


def flagged(counts: Mapping[str, int]) -> Text:
    """Segments by their worst finding, in words."""
    from rich.text import Text

    return Text.assemble(
        (f"{counts['error']} with errors", "red"),
        ", ",
        (f"{counts['warning']} with warnings", "yellow"),
        f", {counts['note']} with notes only",
    )


def number(count: int, noun: str) -> str:
    """A count with its noun: 1 term, 2 terms."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def code_for(counts: Mapping[str, int], fail_on: str) -> int:
    """The exit code for segments by their worst finding: FINDINGS if one is at least as bad as `fail_on`."""
    levels = ["note", "warning", "error"]
    fails = fail_on != "never" and any(counts[level] for level in levels[levels.index(fail_on) :])
    return FINDINGS if fails else OK


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar with the time left, on a terminal; elsewhere nothing. Yields a function of (step, done, total)."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages(), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(f"{title}: {step}", total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield show
