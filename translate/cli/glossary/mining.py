"""`translate glossary mine`: reviewers' edits in, proposed terms out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import console
from translate.cli.glossary.common import Force, Json, Only, Sheets, described, open_terms, plain
from translate.errors import InputError, Problem
from translate.output import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate.glossary.mine import Reviewed

MINE = """[bold]Examples[/]

translate glossary mine outputs/notice

translate glossary mine outputs/*/reviewed --output proposed.tsv"""


def mine(
    reviews: Annotated[
        list[Path], typer.Argument(metavar="REVIEW...", help="Folders of reviews, or of runs that were reviewed.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write a sheet, to be edited and used as a glossary.")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="In how many segments the reviewer must have put it in.")] = 2,
    glossary: Sheets = None,
    only: Only = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Propose terms and renderings that reviewers put in again and again, with what stood there before.

    Delete what is none from the sheet, and give it to --glossary or to `translate glossary import`.
    """
    from translate.glossary.formats import encode_terms
    from translate.glossary.mine import mine as proposals_of

    found = proposals_of(_reviewed(reviews), open_terms(glossary, only=only), least=least)
    if output is not None:
        write_file(output, encode_terms([item.term for item in found], "tsv"), force=force)
        typer.echo(f"{console.number(len(found), 'proposal')} in {output}; delete what is none")
    elif as_json:
        console.print_json([{**asdict(item), "term": described(item.term)} for item in found])
    else:
        table = console.table_of("term", "English", "variants", "edited in", "was")
        for item in found:
            variants = " | ".join(item.term.variants)
            cells = (item.term.source, item.term.target, variants, f"{item.count} of {item.of}", " | ".join(item.was))
            table.add_row(*map(plain, cells))
        if found:
            console.output().print(table)
        console.messages().print(console.number(len(found), "proposal"))


def _reviewed(folders: Iterable[Path]) -> list[Reviewed]:
    """The accepted and edited segments of all reviews; folders without any are named at once."""
    from translate.glossary.mine import Reviewed
    from translate.review import Status, latest

    reviewed: list[Reviewed] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            units = latest(folder).units
        except InputError as error:
            problems += error.problems
            continue
        looked_at = [unit for unit in units if unit.status in (Status.ACCEPTED, Status.EDITED)]
        if not looked_at:
            problems.append(Problem("holds nothing reviewed", str(folder), remedy="first: translate review"))
        reviewed += [Reviewed(unit.source, unit.first, unit.target) for unit in looked_at]
    InputError.raise_if(problems)
    return reviewed
