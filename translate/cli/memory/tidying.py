"""`translate memory prune`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import console
from translate.cli.memory.common import Document, Json, Status, Where, cell, day, described, number, open_memory
from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.memory import Kept

PRUNE = """[bold]Examples[/]

translate memory prune --older-than 2020-01-01 --unused --dry-run

translate memory prune --document withdrawn.docx

translate memory prune --duplicates"""
A_TRANSACTION = 1_000
MOST_SHOWN = 20


def prune(
    older_than: Annotated[
        str | None,
        typer.Option(help="Last confirmed before this day (2026-01-31), or longer ago than so many days (90d)."),
    ] = None,
    document: Document = None,
    status: Status = None,
    text: Annotated[str | None, typer.Option(help="Stands in the Chinese or in the English.")] = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Whose source has a newer entry, whatever its English.")
    ] = False,
    unused: Annotated[bool, typer.Option("--unused", help="Which no run has used.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; forget nothing.")] = False,
    memory: Where = None,
    as_json: Json = False,
) -> None:
    """Forget entries for which every condition given holds. There is no way back: export first what may be wanted."""
    from translate.memory import Selection

    selection = Selection(
        text=text,
        document=document,
        status=status,
        before=day(older_than, "--older-than"),
        unused=unused,
        superseded=duplicates,
    )
    if selection == Selection():
        raise SettingsError(Problem("nothing says what to forget", remedy="give at least one condition: --help"))
    with open_memory(memory) as opened:
        chosen = _Chosen.of(iter(opened.entries(selection)))
        if not dry_run:
            for start in range(0, len(chosen.ids), A_TRANSACTION):
                opened.remove(chosen.ids[start : start + A_TRANSACTION])
            opened.compact()
        left = len(opened)
    if as_json:
        shown = [described(kept) for kept in chosen.first]
        console.print_json({"forgotten": len(chosen.ids), "left": left, "dry_run": dry_run, "first": shown})
        return
    out = console.output()
    for kept in chosen.first if dry_run else ():
        out.print(f"{cell(kept.entry.source)} = {cell(kept.entry.target)} ({cell(kept.provenance)})")
    if dry_run and len(chosen.ids) > len(chosen.first):
        out.print(f"and {len(chosen.ids) - len(chosen.first):,} more")
    done = "would be forgotten" if dry_run else "forgotten"
    console.messages().print(f"{number(len(chosen.ids), 'entry', 'entries')} {done}, {left:,} in the memory")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be forgotten: all ids, and the first entries to show."""

    ids: list[int]
    first: list[Kept]

    @classmethod
    def of(cls, entries: Iterator[Kept]) -> _Chosen:
        first = list(islice(entries, MOST_SHOWN))
        return cls([*(kept.id for kept in first), *(kept.id for kept in entries)], first)
