"""A small run, and what people and programs do to a workbook, for the tests of several formats."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

from translate.records import (
    Block,
    BlockKind,
    Document,
    Finding,
    Rule,
    Run,
    Segment,
    Severity,
    Term,
    TermHit,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Lines = list[list[Any]]


def make_run(texts: tuple[tuple[str, str], ...] = (("四十", "Forty"), ("40%", "40%"))) -> Run:
    """A unit with findings and terms, then one for each (source, target)."""
    hits = (
        TermHit(Term("技能中国", "Skills China"), 0, 4, (0, 12)),
        TermHit(Term("新时代", "new era", ("new age",)), 5, 8),
        TermHit(Term("新时代", "new period", rule=Rule.FORBID), 5, 8),
    )
    findings = (
        Finding("term", Severity.ERROR, "«new era» is missing", (5, 8)),
        Finding("case", Severity.NOTE, "small"),
    )
    first = Segment("b0001.s01", "b0001", "技能中国与新时代", BlockKind.HEADING)
    units = [Unit("b0001.s01", (first,), "Skills China", "inline", -0.5, hits, findings)]
    for number, (source, target) in enumerate(texts, 2):
        segment = Segment(f"b{number:04}.s01", f"b{number:04}", source)
        units.append(Unit(segment.id, (segment,), target, "plain", -0.25))
    blocks = tuple(Block(unit.segments[0].block_id, unit.kind, unit.source) for unit in units)
    manifest = {"model": {"name": "builtin", "licence": "mit", "note": ""}, "glossary": {"layers": ["shipped"]}}
    return Run(Document("notices/a.txt", "txt", blocks), tuple(units), manifest)


def edited(
    data: bytes,
    *,
    cells: Mapping[tuple[str, str], Any] | None = None,
    order: Callable[[Lines], Lines] | None = None,
) -> bytes:
    """The workbook after somebody wrote into cells, named by (id, column), and reordered the rows."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Review"]
    header = [cell.value for cell in sheet[1]]
    for (name, column), value in (cells or {}).items():
        row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == name)
        row[header.index(column)].value = value
    if order is not None:
        lines = order([[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)])
        sheet.delete_rows(2, sheet.max_row)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with the content of each entry changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            target.writestr(entry.filename, change(entry.filename, archive.read(entry.filename)))
    return out.getvalue()
