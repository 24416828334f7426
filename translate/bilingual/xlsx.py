"""The aligned workbook: a sheet to review in, a summary of the run, and its terms; and the sheet read back.

Every text is written as text, whatever it looks like, and cells keep what is typed into them as it is typed. What XML
or a spreadsheet cannot hold is escaped as in the TSV, but for line feeds, which a cell can show.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from translate.bilingual.cells import escape, guarded, pieces
from translate.bilingual.rows import COLUMNS, Row, cells_of, row_of
from translate.bilingual.table import rows_of_sheets
from translate.bilingual.workbook import sheets
from translate.bilingual.xlsx_look import HEADER, INK, PALE_INK, RULE, height
from translate.errors import OutputError, Problem
from translate.records import BlockKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate.records import Run

SHEET: Final = "Review"
STATUSES: Final = ("new", "accepted", "edited", "rejected")
# In the order of the work: how bad it is, the texts, what the reviewer says, why; then what is for machines.
WIDTHS: Final = {
    "id": 11, "severity": 10, "source": 36, "target": 44, "reviewed": 40, "status": 10, "findings": 36, "comment": 20,
    "terms": 36, "memory": 30, "kind": 11, "block": 8, "origin": 12, "score": 9,
}  # fmt: skip
PRINTED: Final = 9  # columns
SHOWN: Final = 10  # columns that decide how tall a row is
YOURS: Final = ("reviewed", "status", "comment")
SHADED: Final = ("id", "source")  # what nobody should need to change
TECHNICAL: Final = ("kind", "block", "origin", "score")
LONGEST_TEXT: Final = 255  # characters; older Excels show ##### for more in the format that keeps what is typed
LAST_ROW: Final = 1_048_575
HEADER_YOURS: Final = "#0F766E"
ROW_TINT: Final = {Severity.ERROR: "#FDECEA", Severity.WARNING: "#FFF7E0", Severity.NOTE: "#EFF5FB"}
SEVERITY_FILL: Final = {
    Severity.ERROR: ("#D64545", "#FFFFFF"), Severity.WARNING: ("#F2B632", INK), Severity.NOTE: ("#8FB8DE", INK)
}  # fmt: skip
STATUS_FILL: Final = {"accepted": "#BFE3C6", "edited": "#BBD7F2", "rejected": "#E8C4C4"}
DONE_TINT: Final = "#F1F9F3"
MADE = datetime(2020, 1, 1)  # written into every workbook, so that a run repeated gives the same bytes


def dumps(run: Run) -> bytes:
    """The run as a workbook, one row a segment in document order; the same run gives the same bytes.

    A text longer than a cell can be is split into several rows. Raises OutputError for more rows than a sheet has.
    """
    return dumps_rows((row_of(unit, joint="\n") for unit in run.units), run)


def dumps_rows(rows: Iterable[Row], run: Run) -> bytes:
    """Rows, reviewed or not, with the summary of the run that they come from."""
    import xlsxwriter

    from translate.bilingual.xlsx_summary import add_summary, add_terms

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False,
                                      "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": "Aligned text for review", "created": MADE})
    _Review(book, run.document.path).write(part for row in rows for part in _parts(row))
    add_summary(book, run)
    add_terms(book, run.units)
    book.close()
    return data.getvalue()


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of a workbook, whichever sheet they are in; nothing is calculated. Raises InputError."""
    return rows_of_sheets(sheets(data, path), path)


def _parts(row: Row) -> Iterator[dict[str, str]]:
    """The cells of a row by column; several rows if a text is longer than a cell can be."""
    cells = {name: pieces(_cell(text)) for name, text in zip(COLUMNS, cells_of(row), strict=True)}
    count = max(map(len, cells.values()))
    if count == 1:
        yield {name: found[0] for name, found in cells.items()}
        return
    for part in range(count):
        one = {name: found[part] if part < len(found) else "" for name, found in cells.items()}
        same = {name: cells[name][0] for name in ("status", "severity", *TECHNICAL)}
        yield {**one, **same, "id": f"{row.id} (part {part + 1} of {count})"}


def _cell(text: str) -> str:
    """A text as a cell that is known to be text: only an apostrophe in front could be taken for another's."""
    safe = escape(text, lines=True)
    return guarded(safe) if safe.startswith("'") else safe


@dataclass(slots=True)
class _Review:
    """The sheet that the work is done in."""

    book: Any
    document: str

    def write(self, rows: Iterable[dict[str, str]]) -> None:
        sheet = self.book.add_worksheet(SHEET)
        names = list(WIDTHS)
        for column, name in enumerate(names):
            sheet.set_column(column, column, WIDTHS[name])
            sheet.write_string(0, column, name, self._header(name))
        looks = {
            (name, bold, long): self._body(name, bold=bold, long=long)
            for name, bold, long in product(names, (False, True), (False, True))
        }
        last = 0
        for last, cells in enumerate(rows, 1):
            if last > LAST_ROW:
                remedy = "use the TSV, or split the document"
                raise OutputError(Problem(f"more segments than the {LAST_ROW:,} rows of a sheet", remedy=remedy))
            bold = cells["kind"] == BlockKind.HEADING.value
            sheet.set_row(last, height([(cells[name], WIDTHS[name]) for name in names[:SHOWN]], bold=bold))
            for column, name in enumerate(names):
                look = looks[name, bold, len(cells[name]) > LONGEST_TEXT]
                _write(sheet, last, column, cells[name], look, number=name == "score")
        self._frame(sheet, max(last, 1))
        self._colour(sheet, max(last, 1))

    def _header(self, name: str) -> Any:
        colour = HEADER_YOURS if name in YOURS else HEADER
        return self.book.add_format({"bold": True, "font_color": "white", "bg_color": colour, "valign": "vcenter",
                                     "border": 1, "border_color": RULE})  # fmt: skip

    def _body(self, name: str, *, bold: bool, long: bool) -> Any:
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE, "font_color": INK,
                "num_format": "General" if long else "@"}  # fmt: skip
        if name in SHADED:
            look["bg_color"] = "#F4F5F7"
        if name in ("id", *TECHNICAL):
            look["font_color"] = PALE_INK
        if name == "score":
            look["num_format"] = "0.0000"
        if name in ("status", "severity"):
            look["align"] = "center"
        return self.book.add_format({**look, "bold": bold and name in ("source", "target", "reviewed")})

    def _frame(self, sheet: Any, last: int) -> None:
        """What keeps the sheet in view and on paper."""
        sheet.set_row(0, 22)
        sheet.set_zoom(85)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(WIDTHS) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(WIDTHS) - 1)}{last + 1}"})
        status = list(WIDTHS).index("status")
        message = f"One of {', '.join(STATUSES)}."
        sheet.data_validation(1, status, last, status, {"validate": "list", "source": list(STATUSES),
                              "error_title": "Status", "error_message": message})  # fmt: skip
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, PRINTED - 1)
        name = escape(self.document.replace("\\", "/").rpartition("/")[2])[:80].replace("&", "&&")
        sheet.set_header(f"&L{name}&RPage &P of &N")

    def _colour(self, sheet: Any, last: int) -> None:
        """Colours that follow what the reviewer does: a row that is done is calm, whatever was found in it.

        The cells of status, of severity and all others have rules of their own: where ranges overlap, programs differ.
        """
        letters = {name: _letter(place) for place, name in enumerate(WIDTHS)}
        status, severity = f"${letters['status']}2", f"${letters['severity']}2"
        done = f'OR({status}="accepted",{status}="edited")'
        is_level = {level: f'{severity}="{level.value}"' for level in Severity}
        tints = [(f"={done}", {"bg_color": DONE_TINT})]
        tints += [(f"=AND(NOT({done}),{is_level[level]})", {"bg_color": fill}) for level, fill in ROW_TINT.items()]
        levels = [
            (f"=AND(NOT({done}),{is_level[level]})", {"bg_color": fill, "font_color": ink, "bold": True})
            for level, (fill, ink) in SEVERITY_FILL.items()
        ]
        statuses = [(f'={status}="{value}"', {"bg_color": fill, "bold": True}) for value, fill in STATUS_FILL.items()]
        others = [letter for name, letter in letters.items() if name not in ("status", "severity")]
        for columns, rules in (
            ([letters["status"]], [*statuses, *tints]),
            ([letters["severity"]], [*levels, tints[0]]),
            (others, tints),
        ):
            ranges = [f"{letter}2:{letter}{last + 1}" for letter in columns]
            for criteria, look in rules:
                shown = {"type": "formula", "criteria": criteria, "stop_if_true": True, "multi_range": " ".join(ranges)}
                sheet.conditional_format(ranges[0], {**shown, "format": self.book.add_format(look)})


def _write(sheet: Any, row: int, column: int, text: str, look: Any, *, number: bool) -> None:
    if number and (value := _finite(text)) is not None:
        sheet.write_number(row, column, value, look)
    elif text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
