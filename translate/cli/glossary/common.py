"""What the glossary commands share: options, opening the terms in force, terms as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.errors import Problem, SettingsError

if TYPE_CHECKING:
    from translate.glossary import Glossary
    from translate.records import Term

Sheets = Annotated[
    list[Path] | None,
    typer.Option("--glossary", "-g", help="A sheet or folder of terms over the usual ones; may be given again."),
]
Only = Annotated[bool, typer.Option("--only", help="Use the sheets given with --glossary and no others.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if there is one.")]


def open_terms(sheets: list[Path] | None, *, only: bool) -> Glossary:
    """The terms in force, or those of some sheets only."""
    from translate.glossary import load_glossary, standard_layers
    from translate.settings import Settings

    if only:
        if not sheets:
            raise SettingsError(Problem("--only needs --glossary", remedy="name the sheets to use"))
        return load_glossary(sheets)
    settings = Settings.gather({"glossary": sheets or None})
    return load_glossary(standard_layers(settings.glossary, team=settings.team_glossary))


def described(term: Term) -> dict[str, Any]:
    """A term under the names of the sheet's columns."""
    return {
        "source": term.source,
        "target": term.target,
        "variants": list(term.variants),
        "rule": term.rule.value,
        "category": term.category,
        "pos": term.pos,
        "first": term.first_mention,
        "note": term.note,
        "layer": term.layer,
    }


def plain(text: str) -> str:
    """A text as a cell of a table: on one line, nothing in it taken for markup."""
    from rich.markup import escape

    return escape(" ".join(text.split()))
