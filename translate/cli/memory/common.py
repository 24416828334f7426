"""What the memory commands share: options, opening the memory, entries as JSON, days and dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from translate.memory import Kept, Memory

Where = Annotated[
    Path | None, typer.Option("--memory", help="The memory's file; else that of the settings, or your own.")
]
Document = Annotated[str | None, typer.Option(help="From this document: its name, or the beginning of its hash.")]
Status = Annotated[str | None, typer.Option(help="With this status: accepted, edited, imported.")]
Since = Annotated[
    str | None, typer.Option(help="Confirmed on this day or later (2026-01-31), or in the last days (30d).")
]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if there is one.")]


def open_memory(path: Path | None, *, create: bool = False) -> Memory:
    """The memory that is named, in the call or in the settings, or the user's own."""
    from translate.memory import Memory
    from translate.settings import Settings

    return Memory.open(Settings.gather({"memory": path}).memory, create=create)


def day(text: str | None, option: str) -> datetime | None:
    """A day such as 2026-01-31, or so many days ago, such as 90d; SettingsError for what is neither, or may be a year.

    A number alone is days too, so far as it cannot be meant for a year.
    """
    if text is None:
        return None
    if re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
        remedy = f"write {text}-01-01 for the day, or {text}d for days"
        raise SettingsError(Problem(f"{option}: {text!r} may be a year or a number of days", remedy=remedy))
    try:
        if days := re.fullmatch(r"(\d{1,7}) ?(d|days?)?", text, re.ASCII):
            return datetime.now(UTC) - timedelta(days=int(days[1]))
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        remedy = "a day such as 2026-01-31, or a number of days such as 90d"
        raise SettingsError(Problem(f"{option}: no day {text[:50]!r}", remedy=remedy)) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def described(kept: Kept) -> dict[str, Any]:
    """An entry as JSON."""
    entry = kept.entry
    return {
        "id": kept.id,
        "source": entry.source,
        "target": entry.target,
        "document": entry.document,
        "sha256": entry.sha256,
        "segment": entry.segment,
        "run": entry.run,
        "status": entry.status,
        "previous": entry.previous,
        "next": entry.next,
        "note": entry.note,
        "created": kept.created.isoformat(),
        "changed": kept.changed.isoformat(),
        "used": kept.used,
    }


def cell(text: str) -> str:
    """A text as a cell of a table: on one line, nothing in it taken for markup or sent to the terminal as a command."""
    from rich.markup import escape

    return escape("".join(character for character in " ".join(text.split()) if character.isprintable()))


def number(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: 1 entry, 2 entries."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
