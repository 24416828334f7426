"""`translate check`: aligned text in, its doubts out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import check_report, console
from translate.errors import InputError, Problem
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

translate check aligned.tsv --html report.html --dismissals dismissed.txt"""

NEVER = "never"


def check(
    source: Annotated[
        Path, typer.Argument(help="An aligned sheet, a folder of runs, or the Chinese text with one segment a line.")
    ],
    target: Annotated[
        Path | None, typer.Argument(help="The English text, one segment a line, if SOURCE is the Chinese one.")
    ] = None,
    checks: Annotated[str | None, typer.Option(help="Only these checks: ids with commas; docs/checks.md.")] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", help="A sheet of terms; may be given again. Wins over ours."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Use no terms at all.")] = False,
    encoding: Annotated[str | None, typer.Option(help="Of the two texts, if it is recognised wrongly.")] = None,
    dismissals: Annotated[
        Path | None,
        typer.Option(help="File of findings that are fine; those that the sheet marks so are added to it."),
    ] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 if a finding is at least this bad: note, warning, error; or never.")
    ] = Severity.ERROR.value,
    html: Annotated[Path | None, typer.Option(help="Write a web page to review the findings in.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the web page.")] = False,
    settings_file: Annotated[
        Path | None, typer.Option("--settings", help="Settings file; else translate.toml in this folder.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print an array with one object a segment, in the order of the input.")
    ] = False,
) -> None:
    """Check a translation, whoever made it: numbers, terms, omissions, negation, marks, consistency.

    The findings that a sheet marks as fine (`ok: number` in its comment, `accepted` as its status) are left out.
    """
    from translate.checks import only, run_checks
    from translate.pipeline import open_glossary
    from translate.settings import Settings

    options = {
        "glossary": glossary,
        "use_glossary": False if no_glossary else None,
        "encoding": encoding,
        "fail_on": fail_on,
        "force": force or None,
    }
    settings = Settings.gather(options, file=settings_file)
    names = [name.strip() for name in checks.split(",") if name.strip()] if checks is not None else None
    severities = settings.severities if names is None else only(names, settings.severities)
    rows = read_rows(source, target, settings.encoding)
    fine = _dismissals(rows, dismissals)
    units = run_checks(tuple(units_of(rows, open_glossary(settings))), severities, fine)
    if html is not None:
        check_report.write_page(html, units, rows, source.name, force=settings.force)
    if as_json:
        console.print_json([check_report.as_object(unit) for unit in units])
    else:
        check_report.show(units, html)
    failed = settings.fail_on != NEVER and any(
        unit.severity and unit.severity.rank >= Severity(settings.fail_on).rank for unit in units
    )
    raise typer.Exit(console.FINDINGS if failed else console.OK)


def read_rows(source: Path, target: Path | None, encoding: str | None = None) -> tuple[Row, ...]:
    """The rows of a sheet, of all sheets named aligned.* in a folder, or of two texts line by line."""
    from translate.bilingual import FORMATS, load_rows

    if target is not None:
        return _paired_lines(source, target, encoding)
    if not source.is_dir():
        return load_rows(source)
    sheets = sorted(path for suffix in FORMATS for path in source.rglob(f"aligned.{suffix}"))
    if not sheets:
        raise InputError(Problem("no aligned sheet in this folder", str(source), remedy="first: translate run"))
    return tuple(row for sheet in sheets for row in _of_run(load_rows(sheet), sheet.parent.relative_to(source)))


def units_of(rows: Sequence[Row], glossary: Glossary) -> Iterator[Unit]:
    """Units with their terms found and located; the reviewer's text counts if there is one."""
    from translate.glossary import locate

    for row in rows:
        kind = BlockKind(row.kind) if row.kind in set(BlockKind) else BlockKind.PARAGRAPH
        text = final_text(row)
        hits = locate(glossary.find(row.source), text, kind=kind)
        yield Unit(row.id, (Segment(row.id, row.block, row.source, kind),), text, row.origin, _score(row), hits)


def final_text(row: Row) -> str:
    """The English of a row: as reviewed, or else as it was made."""
    return row.reviewed if row.reviewed.strip() else row.target


def _of_run(rows: Sequence[Row], folder: Path) -> Iterator[Row]:
    """The rows with the folder of their run in front of their ids, if it is not the one that was named."""
    run = f"{folder.as_posix()}:" if folder.parts else ""
    for row in rows:
        yield replace(row, id=run + row.id, block=run + row.block)


def _paired_lines(source: Path, target: Path, encoding: str | None) -> tuple[Row, ...]:
    from translate.bilingual.rows import Row

    ours, theirs = _lines(source, encoding), _lines(target, encoding)
    if len(ours) != len(theirs):
        what = f"{len(ours)} lines, and {target} has {len(theirs)}: one segment a line is needed on both sides"
        raise InputError(Problem(what, str(source), remedy="translate align pairs texts that are not line by line"))
    pairs = enumerate(zip(ours, theirs, strict=True), 1)
    return tuple(Row(str(number), str(number), BlockKind.PARAGRAPH, *pair) for number, pair in pairs)


def _lines(path: Path, encoding: str | None) -> list[str]:
    from translate.formats.encoding import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from error
    text, _ = decode(data, path=str(path), encoding=encoding)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


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
