"""Spreadsheets of OpenDocument, made by hand as LibreOffice writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from translate.bilingual import ods
from translate.bilingual.cells import escape as as_cell
from translate.bilingual.rows import COLUMNS, cells_of
from translate.formats.package import pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate.bilingual.rows import Row

ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "drawing"))
SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def cell(content: str, attributes: str = 'office:value-type="string" calcext:value-type="string"') -> str:
    """A cell with markup in it."""
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def plain(*texts: str) -> str:
    """Cells of one paragraph each."""
    return "".join(cell(f"<text:p>{escape(text)}</text:p>") for text in texts)


def line(*texts: str) -> str:
    """A row of texts, as LibreOffice writes it: each line a paragraph, and the far end of the row one empty cell."""
    cells = [cell("".join(f"<text:p>{_spaced(part)}</text:p>" for part in text.split("\n"))) for text in texts]
    return row(*cells, '<table:table-cell table:number-columns-repeated="16370"/>')


def _spaced(text: str) -> str:
    """A paragraph's text with every space a text:s but for single ones inside."""
    written = escape(text).replace("  ", '<text:s text:c="2"/>').replace("\t", "<text:tab/>")
    return "<text:s/>" + written[1:] if written.startswith(" ") else written


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def content_of(*sheets: str, before: str = "", body: str = "spreadsheet") -> str:
    inside = before + "".join(
        f'<table:table table:name="Sheet{number}"><table:table-column table:number-columns-repeated="16384"/>'
        f"{rows}</table:table>"
        for number, rows in enumerate(sheets, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}><office:body><office:{body}>{inside}'
        f"</office:{body}></office:body></office:document-content>"
    )


def packed(content: str | bytes, **others: str | bytes) -> bytes:
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **others})


def sheet_of(rows: Iterable[Row]) -> bytes:
    """A sheet of all columns, as if its cells had been typed."""
    lines = [line(*map(as_cell, cells_of(row))) for row in rows]
    return packed(content_of(line(*COLUMNS) + "".join(lines) + TO_THE_END))


def read(*rows: str) -> tuple[Row, ...]:
    """The rows below the header id, source, target, reviewed."""
    return ods.loads(packed(content_of(HEADER + "".join(rows))), "x.ods")


HEADER = line("id", "source", "target", "reviewed")
TO_THE_END = row(
    '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="1048539"'
)
