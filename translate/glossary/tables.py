"""Terms as tables: our own sheet as TSV or XLSX, and the two-column CSV that other programs take."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from translate.errors import Problem
from translate.glossary.header import COLUMNS
from translate.glossary.sheets import Row
from translate.records import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ENTRIES: Final = 1_000
MOST_BYTES: Final = 256 << 20
MOST_COLUMNS: Final = 50
_WIDTHS: Final = {"source": 28, "target": 40, "variants": 50, "category": 18, "note": 60}


def cells_of(term: Term) -> tuple[str, ...]:
    """A term as the cells of a sheet, in the order of COLUMNS, on one line each."""
    target = "" if term.rule in (Rule.KEEP, Rule.OFF) and term.target == term.source else term.target
    cells = {
        "source": term.source,
        "target": target,
        "variants": "|".join(term.variants),
        "rule": "" if term.rule is Rule.USE else term.rule.value,
        "category": term.category,
        "pos": term.pos,
        "first": "yes" if term.first_mention else "",
        "note": term.note,
    }
    return tuple(" ".join(cells[name].split()) for name in COLUMNS)


def encode_tsv(terms: Iterable[Term]) -> bytes:
    """Our own sheet, with a byte order mark, so that spreadsheets open it right."""
    lines = ["\t".join(COLUMNS), *("\t".join(map(_quoted, cells_of(term))) for term in terms)]
    return "\ufeff".encode() + "".join(line + "\n" for line in lines).encode("utf-8", "replace")


def encode_csv(terms: Iterable[Term]) -> bytes:
    """Source and preferred target without a header, as DeepL, Google and Azure take it; bans cannot be said."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((term.source, term.target) for term in terms if term.rule is not Rule.FORBID)
    return text.getvalue().encode("utf-8", "replace")


def encode_xlsx(terms: Iterable[Term]) -> bytes:
    """Our own sheet as a workbook of text cells, header frozen and filtered; the same terms give the same bytes."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet("glossary")
    bold, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "num_format": "@"})
    row = 0
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS.get(name, 10), text)
        sheet.write_string(0, at, name, bold)
    for row, term in enumerate(terms, 1):
        for at, cell in enumerate(cells_of(term)):
            if cell:
                sheet.write_string(row, at, cell, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    book.close()
    return data.getvalue()


def xlsx_rows(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of the first sheet of a workbook; formulas are marked, never computed."""
    try:
        if problem := _unsafe(data):
            return [], [problem]
        return list(_xlsx_rows(data)), []
    except Exception as error:
        what = f"not a readable workbook: {error or type(error).__name__}"
        return [], [Problem(what, remedy="save it again as .xlsx, or as .tsv")]


def _xlsx_rows(data: bytes) -> Iterator[Row]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    for line, row in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS), 1):
        cells = tuple(_text_of(cell.value) for cell in row)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if cells:
            yield Row(line, cells, tuple(at for at, cell in enumerate(row) if cell.data_type == "f"))


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # 12333 as a number
    return str(value).strip()


def _unsafe(data: bytes) -> Problem | None:
    """Look at the directory of the zip file before anything is inflated, and at its parts for declarations."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            return Problem(f"inflates to more than {MOST_BYTES >> 20} MiB or {MOST_ENTRIES} parts", remedy="use .tsv")
        for entry in entries:
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    return Problem(f"{entry.filename} declares a document type", remedy="save it again as .xlsx")
    return None


def _quoted(cell: str) -> str:
    """As spreadsheets quote a tab-separated cell that begins with a quotation mark."""
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell
