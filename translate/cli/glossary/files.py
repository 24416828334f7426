"""`translate glossary import`, `export` and `extract`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import console
from translate.cli.glossary.common import Force, Json, Only, Sheets, open_terms, plain
from translate.errors import InputError, Problem, SettingsError
from translate.output import write_file

if TYPE_CHECKING:
    from translate.glossary.extract import Candidate

STDOUT = "-"
IMPORT = """[bold]Examples[/]

translate glossary import terms.xlsx

translate glossary import memoq.tbx --output team.tsv"""
EXPORT = """[bold]Examples[/]

translate glossary export terms.xlsx

translate glossary export deepl.csv --glossary our-terms.tsv --only"""
EXTRACT = """[bold]Examples[/]

translate glossary extract notice.docx

translate glossary extract review/aligned.tsv --output candidates.tsv"""
FORMAT_OF = {".tsv": "tsv", ".csv": "csv", ".xlsx": "xlsx", ".tbx": "tbx", ".xml": "martif"}


def import_terms(
    path: Annotated[Path, typer.Argument(help="A glossary: .tsv, .csv, .xlsx, .tbx, .xml (martif), .txt.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The sheet to write; else one among your own glossaries.")
    ] = None,
    skip: Annotated[bool, typer.Option("--skip-unusable", help="Leave out rows that cannot be used.")] = False,
    force: Force = False,
) -> None:
    """Make a glossary of another program one of ours: a checked sheet, in force from then on.

    Several renderings of one source become one row with variants.
    """
    from translate.glossary.formats import encode_terms, read_terms
    from translate.glossary.layers import user_glossary_directory
    from translate.glossary.load import merged

    placed, problems = read_terms(path)
    if problems and not (skip and placed):
        raise InputError(*problems)
    for problem in problems:
        typer.echo(f"left out: {problem}", err=True)
    terms = merged(placed)
    target = output or user_glossary_directory() / f"{path.stem}.tsv"
    write_file(target, encode_terms(terms, _format(target)), force=force)
    joined = len(placed) - len(terms)
    more = f", {console.number(joined, 'row')} joined with another of the same source" if joined else ""
    typer.echo(f"{console.number(len(terms), 'term')} in {target}{more}")


def export(
    path: Annotated[str, typer.Argument(help="The file to write, or - for standard output.")],
    format: Annotated[
        str | None,
        typer.Option(help="tsv, csv (two columns), xlsx, tbx (version 3) or martif; else by the suffix, or tsv."),
    ] = None,
    glossary: Sheets = None,
    only: Only = False,
    force: Force = False,
) -> None:
    """Write the terms in force as one file, for a person or another program."""
    from translate.glossary.formats import encode_terms
    from translate.records import Rule

    terms = open_terms(glossary, only=only)
    chosen = format or ("tsv" if path == STDOUT else _format(Path(path)))
    data = encode_terms(terms, chosen)
    if path == STDOUT:
        sys.stdout.buffer.write(data)
        return
    write_file(Path(path), data, force=force)
    bans = sum(term.rule is Rule.FORBID for term in terms)
    written = len(terms) - bans if chosen == "csv" else len(terms)
    less = f"; {console.number(bans, 'ban')} left out, two columns cannot say them" if chosen == "csv" and bans else ""
    typer.echo(f"{console.number(written, 'term')} in {path}{less}")


def extract(
    paths: Annotated[list[Path], typer.Argument(help="Documents, aligned sheets, or pairs (Chinese TAB English).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write a sheet, to be edited and used as a glossary.")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="How often a candidate must stand.")] = 2,
    most: Annotated[int, typer.Option(min=1, help="How many candidates to give.")] = 50,
    glossary: Sheets = None,
    only: Only = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Propose terms that the glossary does not have, with frequency, places, and English if the texts have it."""
    from translate.cli.corpora import read_texts
    from translate.glossary.extract import extract as candidates_of

    found = candidates_of(read_texts(paths), open_terms(glossary, only=only), least=least, most=most)
    if output is not None:
        write_file(output, _candidate_sheet(found), force=force)
        typer.echo(
            f"{console.number(len(found), 'candidate')} in {output}; delete what is none, fill in what is missing"
        )
    elif as_json:
        console.print_json([asdict(candidate) for candidate in found])
    else:
        table = console.table_of("term", "places", "English", "in", "for example")
        for item in found:
            with_it = str(item.target_count) if item.target else ""
            table.add_row(item.source, str(item.count), plain(item.target), with_it, plain(item.examples[0]))
        if found:
            console.output().print(table)
        console.messages().print(console.number(len(found), "candidate"))


def _candidate_sheet(found: tuple[Candidate, ...]) -> bytes:
    lines = ["source\ttarget\tcount\texamples"]
    for item in found:
        examples = " … ".join(item.examples).replace("\t", " ").lstrip("=+-@\"'")
        lines.append(f"{item.source}\t{item.target}\t{item.count}\t{examples}")
    return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-8", "replace")


def _format(path: Path) -> str:
    if path.suffix.lower() not in FORMAT_OF:
        remedy = f"name a file in {', '.join(FORMAT_OF)}, or give --format"
        raise SettingsError(Problem(f"no glossary format for {path.name!r}", remedy=remedy))
    return FORMAT_OF[path.suffix.lower()]
