"""`translate check`: aligned text in, its doubts out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import check_report, console, options
from translate.cli.check_sheet import (
    check_page_name,
    check_sheet_name,
    final_text,
    read_rows,
    refuse_own_inputs,
    write_sheet,
)
from translate.records import BlockKind, Segment, Severity, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.bilingual.rows import Row
    from translate.checks import Dismissals
    from translate.glossary import Glossary

EXAMPLES = """[bold]Examples[/]

translate check outputs/notice/aligned.tsv

translate check notice.zh.txt notice.en.txt --json

translate check outputs --checks term-consistency,same-source

translate check aligned.tsv --html report.html --dismissals dismissed.txt

translate check aligned.xlsx --order risk --sheet worst-first.xlsx"""


class Order(StrEnum):
    """In which order units are shown and written."""

    DOCUMENT = "document"
    RISK = "risk"


def check(
    source: Annotated[
        Path,
        typer.Argument(
            help="An aligned sheet (.xlsx, .ods, .tsv ...), a folder of runs, or the Chinese text, a segment a line."
        ),
    ],
    target: Annotated[
        Path | None, typer.Argument(help="The English text, one segment a line, if SOURCE is the Chinese one.")
    ] = None,
    checks: Annotated[str | None, typer.Option(help="Only these checks: ids with commas; docs/checks.md.")] = None,
    glossary: options.Glossaries = None,
    no_glossary: options.NoGlossary = False,
    encoding: Annotated[str | None, typer.Option(help="Of the two texts, if it is recognised wrongly.")] = None,
    dismissals: Annotated[
        Path | None,
        typer.Option(help="File of findings that are fine; those that the sheet marks so are added to it."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            help="Exit with 1 if a finding is at least this bad: note, warning, error; or never. Default: "
            "that of the settings, or error."
        ),
    ] = None,
    order: Annotated[
        Order, typer.Option(help="Of the segments: as in the document, or those that need a reviewer most first.")
    ] = Order.DOCUMENT,
    sheet: Annotated[Path | None, typer.Option(help="Write a sheet to review in that order: .tsv or .xlsx.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a web page to review the findings in.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the web page and the sheet.")] = False,
    settings_file: options.SettingsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print an array with one object a segment.")] = False,
) -> None:
    """Check a translation, whoever made it: numbers, terms, omissions, negation, marks, consistency.

    The findings that a sheet marks as fine (`ok: number` in its comment, `accepted` as its status) are left out.
    """
    from translate.checks import only, risk, run_checks
    from translate.pipeline import open_glossary
    from translate.settings import Settings

    settings = Settings.gather(
        {
            "glossary": glossary,
            "use_glossary": False if no_glossary else None,
            "encoding": encoding,
            "fail_on": fail_on,
            "force": force or None,
        },
        file=settings_file,
    )
    names = options.names(checks, "--checks")
    severities = settings.severities if names is None else only(names, settings.severities)
    if sheet is not None:
        check_sheet_name(sheet)
    refuse_own_inputs((sheet, html), (source, target, dismissals))
    if html is not None:
        check_page_name(html)
    rows = read_rows(source, target, settings.encoding)
    fine = _dismissals(rows, dismissals)
    units = run_checks(tuple(units_of(rows, open_glossary(settings))), severities, fine)
    if order is Order.RISK:
        worst_first = sorted(range(len(units)), key=lambda index: -risk(units[index]))
        units, rows = tuple(units[index] for index in worst_first), tuple(rows[index] for index in worst_first)
    if sheet is not None:
        write_sheet(sheet, units, rows, source.name, force=settings.force)
    if html is not None:
        check_report.write_page(html, units, rows, source.name, force=settings.force)
    if as_json:
        console.print_json([check_report.as_object(unit) for unit in units])
    else:
        check_report.show(units, html)
        if sheet is not None:
            console.output().print(f"written: {sheet}", markup=False)
    bad = settings.fail_on if "fail_on" in settings.model_fields_set else Severity.ERROR.value
    counts = {level.value: sum(unit.severity is level for unit in units) for level in Severity}
    raise typer.Exit(console.code_for(counts, bad))


def units_of(rows: Sequence[Row], glossary: Glossary) -> Iterator[Unit]:
    """Units with their terms found and located; the reviewer's text counts if there is one."""
    from translate.glossary import locate

    for row in rows:
        kind = BlockKind(row.kind) if row.kind in set(BlockKind) else BlockKind.PARAGRAPH
        text = final_text(row)
        hits = locate(glossary.find(row.source), text, kind=kind)
        yield Unit(row.id, (Segment(row.id, row.block, row.source, kind),), text, row.origin, _score(row), hits)


def _score(row: Row) -> float | None:
    try:
        return float(row.score)
    except ValueError:
        return None


def _dismissals(rows: Sequence[Row], path: Path | None) -> Dismissals:
    """Those of the file and those that the rows mark; the file is brought up to date."""
    from translate.checks import CHECKS, RUN_CHECKS, Dismissals, dismissed_checks

    ids = [check.id for check in (*CHECKS, *RUN_CHECKS)]
    marked = Dismissals.of(
        (check, row.source, final_text(row)) for row in rows for check in dismissed_checks(row.status, row.comment, ids)
    )
    if path is None:
        return marked
    known = Dismissals.load(path)
    if marked.keys - known.keys:
        (known | marked).save(path)
    return known | marked
