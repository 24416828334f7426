"""A reviewed sheet that was saved as .ods, the OpenDocument spreadsheet of LibreOffice, read back.

Own reading, as of the workbook: no formula is calculated, no link followed, and what is repeated (a file says "the last
row, 1,048,539 times") costs nothing where it is empty. Texts follow OpenDocument 1.3, part 3, 6.1, but for spaces in a
row: LibreOffice writes some of them as they are, and reads them so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from translate.bilingual.shown import as_shown, with_all_digits
from translate.bilingual.table import CHARACTERS, LONGEST_CELL, ROWS, Line, rows_of_sheets
from translate.bilingual.workbook import COLUMNS, SHEETS
from translate.errors import InputError, Problem
from translate.formats import guard
from translate.formats.xml_events import walk

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

    from translate.bilingual.rows import Row

KIND: Final = "ods"
CONTENT: Final = "content.xml"
MANIFEST: Final = "META-INF/manifest.xml"
ALIKE: Final = 1_000  # rows in a row with the same content, which no table has and a column filled to its end does
_OUTSIDE: Final = {"shapes", "forms", "tracked-changes", "dde-links", "content-validations"}  # of cells; may hold some
_BLOCKS: Final = {"p", "h", "list", "list-item", "list-header"}  # else what is in a cell is drawn over it
_NOT_SHOWN: Final = {"annotation", "note", "ruby-text", "frame", "custom-shape"}
_SPACES: Final = {"s": " ", "tab": "\t", "line-break": "\n"}
_INDENTED: Final = re.compile("[\t\r\n][ \t\r\n]*")
_SYNTAX: Final = re.compile(r"\A(?:\w+:)?=?")  # of:= in front of a formula
_SAME_SHEET: Final = re.compile(r'\[\.([^\[\]"]*)\]')  # [.D2] is D2


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of a spreadsheet, whichever sheet they are in; nothing is calculated. Raises InputError."""
    with guard.open_zip(data, path, kind=KIND) as archive:
        _check(archive, path)
        content = _Content(path)
        walk(archive, CONTENT, path, content, kind=KIND)
    if not content.is_spreadsheet:
        raise InputError(Problem("the ods has no sheet in it", path, remedy="a text or slides are not read as a sheet"))
    return rows_of_sheets(content.sheets, path)


def _check(archive: zipfile.ZipFile, path: str) -> None:
    """InputError for an archive that has no content, or one that only a password opens."""
    names = set(archive.namelist())
    if MANIFEST in names and b"encryption-data" in guard.read_entry(archive, MANIFEST, path, kind=KIND):
        remedy = "open it, and save it as ods without a password"
        raise InputError(Problem("the ods is protected by a password", path, remedy=remedy))
    if CONTENT not in names:
        raise InputError(Problem("not an ods spreadsheet", path, remedy="save it as ods in LibreOffice, or as xlsx"))


class _Content:
    """The sheets of content.xml: cells as they are shown, empty lines left out."""

    def __init__(self, path: str) -> None:
        self.sheets: list[tuple[str, list[Line]]] = []
        self.is_spreadsheet = False
        self.path = path
        self._skipped = 0  # elements that are open from the one on that is passed over
        self._row = self._column = self._rows = 0  # rows: how often the row is there
        self._cells: dict[int, str] = {}
        self._formulas: set[int] = set()
        self._cell: Mapping[str, str] | None = None
        self._paragraphs: list[str] = []
        self._text: list[str] | None = None  # of the paragraph that is open
        self._length = 0  # characters of the cell
        self._size = 0  # characters of all cells

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or self._is_apart(name):
            self._skipped += 1
        elif name == "spreadsheet":
            self.is_spreadsheet = True
        elif name == "table":
            guard.refuse_count(len(self.sheets) + 1, "sheets", self.path, most=SHEETS)
            self.sheets.append((attributes.get("name", ""), []))
            self._row = 0
        elif name == "table-row":
            self._row += 1
            self._rows, self._column = _count(attributes.get("number-rows-repeated", "")), 0
            self._cells, self._formulas = {}, set()
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs, self._length = attributes, [], 0
        elif self._cell is not None:
            self._start_text(name, attributes)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in ("p", "h") and self._text is not None:
            self._paragraphs.append("".join(self._text))
            self._text = None
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = self._text = None
        elif name == "table-row" and self.sheets:
            self._end_row(self.sheets[-1][1])

    def text(self, text: str) -> None:
        if not self._skipped and self._text is not None:
            self._lengthen(len(text))
            self._text.append(_INDENTED.sub(" ", text))

    def _is_apart(self, name: str) -> bool:
        """Is this what does not belong to the text of the cells?"""
        if self._cell is None:
            return name in _OUTSIDE
        return name not in _BLOCKS if self._text is None else name in _NOT_SHOWN

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("p", "h"):
            self._text = []
            self._lengthen(1)  # the line feed
        elif self._text is not None:
            count = _count(attributes.get("c", "")) if name == "s" else 1
            self._lengthen(count)
            self._text.append(_SPACES.get(name, "") * count)

    def _lengthen(self, characters: int) -> None:
        self._length += characters
        guard.refuse_count(self._length, "characters in a cell", self.path, most=LONGEST_CELL)

    def _grow(self, characters: int) -> None:
        self._size += characters
        guard.refuse_count(self._size, "characters", self.path, most=CHARACTERS)

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        first = self._column + 1
        self._column += _count(cell.get("number-columns-repeated", ""))
        formula = cell.get("formula", "")
        text = _formula(formula) if formula else _shown(cell, "\n".join(self._paragraphs))
        if not text:
            return
        if self._column > COLUMNS:
            what = f"row {self._row} has something in column {max(first, COLUMNS + 1):,}; {COLUMNS} columns are read"
            raise InputError(Problem(what, self.path, self._row, self._column, "delete what is right of the table"))
        columns = range(first, self._column + 1)
        self._grow(len(text) * len(columns))
        self._cells.update(dict.fromkeys(columns, text))
        if formula:
            self._formulas.update(columns)

    def _end_row(self, lines: list[Line]) -> None:
        first, self._row = self._row, self._row + self._rows - 1
        if not any(text.strip() for text in self._cells.values()):
            return
        if self._rows > ALIKE:
            what = f"rows {first:,} to {self._row:,} are not empty, and all the same"
            raise InputError(Problem(what, self.path, first, remedy="delete what is below the table"))
        guard.refuse_count(len(lines) + self._rows, "rows", self.path, most=2 * ROWS)
        cells = [self._cells.get(column, "") for column in range(1, max(self._cells) + 1)]
        self._grow(sum(map(len, cells)) * (self._rows - 1))
        formulas = frozenset(column - 1 for column in self._formulas)
        lines += [Line(number, cells, formulas) for number in range(first, self._row + 1)]


def _shown(cell: Mapping[str, str], text: str) -> str:
    """What a cell shows; `text` is what the program that saved it has shown, in the language it is set to."""
    match cell.get("value-type", ""):
        case "float" | "currency":
            return with_all_digits(text, cell.get("value", ""))
        case "percentage":
            return as_shown(cell["value"], "0%") if "value" in cell else text
        case "boolean":
            return {"true": "TRUE", "false": "FALSE"}.get(cell.get("boolean-value", ""), text)
        case "date" | "time" as kind:
            return text or cell.get(f"{kind}-value", "")
        case _:
            return text or cell.get("string-value", "")


def _formula(formula: str) -> str:
    """A formula as it is typed, near enough to see that it is one."""
    return "=" + _SAME_SHEET.sub(lambda match: match[1].replace(":.", ":"), _SYNTAX.sub("", formula))


def _count(text: str) -> int:
    """How often something is there: once, unless it says more; ten digits are more than of anything there is."""
    return max(1, int(text[:10])) if text.isascii() and text.isdigit() else 1
