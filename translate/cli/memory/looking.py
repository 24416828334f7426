"""`translate memory list`, `search` and `info`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console
from translate.cli.memory.common import (
    Document,
    Json,
    Since,
    Status,
    Where,
    cell,
    day,
    described,
    number,
    open_memory,
)

if TYPE_CHECKING:
    from rich.table import Table

    from translate.memory import Memory
    from translate.records import Match

LIST = """[bold]Examples[/]

translate memory list

translate memory list 培训 --since 30d

translate memory list --document notice.docx --json"""
SEARCH = """[bold]Examples[/]

translate memory search "加强职业技能培训。"

translate memory search "2026年加强技能培训。" --least 0.5 --json"""
INFO = """[bold]Examples[/]

translate memory info

translate memory info --memory team.sqlite --json"""


def list_entries(
    text: Annotated[str | None, typer.Argument(help="Stands in the Chinese or in the English.")] = None,
    document: Document = None,
    status: Status = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=0, help="How many to list; 0 is all.")] = 50,
    memory: Where = None,
    as_json: Json = False,
) -> None:
    """List entries, the newest first."""
    from translate.memory import Selection

    wanted = Selection(text, document, status, day(since, "--since"))
    with open_memory(memory) as opened:
        found = list(opened.entries(wanted, newest_first=True, limit=limit + 1 if limit else None))
    shown = found[:limit] if limit else found
    if as_json:
        console.print_json([described(kept) for kept in shown])
        return
    table = _table("Chinese", "English", "from", "used")
    for kept in shown:
        entry = kept.entry
        table.add_row(cell(entry.source), cell(entry.target), cell(kept.provenance), str(kept.used))
    if shown:
        console.output().print(table)
    more = ", and there are more: --limit 0 lists all" if len(found) > len(shown) else ""
    console.messages().print(f"{number(len(shown), 'entry', 'entries')}{more}")


def search(
    text: Annotated[str, typer.Argument(help="A Chinese sentence.")],
    least: Annotated[float, typer.Option(min=0.0, max=1.0, help="The least similarity of what is shown.")] = 0.7,
    limit: Annotated[int, typer.Option(min=1, help="How many sentences to show.")] = 5,
    memory: Where = None,
    as_json: Json = False,
) -> None:
    """Show what the memory has for a sentence: the same, or like it, with the similarity.

    Exit code 1 if it has nothing.
    """
    with open_memory(memory) as opened:
        found = _answers(opened, text, least, limit)
    if as_json:
        console.print_json([{**asdict(match), "exact": match.score == 1} for match in found])
    elif found:
        table = _table("alike", "Chinese", "English", "from")
        for match in found:
            table.add_row(f"{match.score:.0%}", cell(match.source), cell(match.target), cell(match.provenance))
        console.output().print(table)
    else:
        console.messages().print(f"nothing like it; --least, now {least:g}, may be lower")
    raise typer.Exit(console.OK if found else console.FINDINGS)


def info(memory: Where = None, as_json: Json = False) -> None:
    """Say what the memory holds, and where it is."""
    with open_memory(memory) as opened:
        facts = _facts(opened)
    if as_json:
        console.print_json(facts)
        return
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in facts.items():
        shown = f"{value:,}" if isinstance(value, int) else "none" if value is None else str(value)
        table.add_row(name, cell(shown))
    console.output().print(table)


def _table(*headings: str) -> Table:
    """A table that breaks long Chinese, which has no spaces, instead of cutting it off."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _answers(memory: Memory, text: str, least: float, limit: int) -> list[Match]:
    """The same sentence first, also where it is too long for a fuzzy search."""
    exact = list(memory.exact([text]).values())
    near = [match for match in memory.fuzzy(text, least=least, limit=limit) if match.score < 1 or not exact]
    return [*exact, *near][:limit]


def _facts(memory: Memory) -> dict[str, Any]:
    counted = memory.count()
    size = sum(file.stat().st_size for file in memory.path.parent.glob(memory.path.name + "*"))
    return {
        "path": str(memory.path),
        "bytes": size,
        "entries": counted.entries,
        "sources": counted.sources,
        "documents": counted.documents,
        "used": counted.used,
        "oldest": counted.oldest and f"{counted.oldest:%Y-%m-%d}",
        "newest": counted.newest and f"{counted.newest:%Y-%m-%d}",
        "signature": memory.signature,
    }
