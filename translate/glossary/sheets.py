"""Glossary sheets as text, TSV or CSV, read into rows of cells with their line numbers; problems are data."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_COMMENT = "# "


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line of a sheet; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()  # cells that hold a formula, where the format tells


def sheet_rows(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of a TSV or CSV sheet, and what is wrong with it as a text."""
    text = decode(data)
    return ([], [text]) if isinstance(text, Problem) else rows_of(text)


def decode(data: bytes) -> str | Problem:
    """A sheet's text: UTF-8 with or without BOM, UTF-16 or GB18030, recognised; else where the bytes go wrong."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    text = _decode_as(data, "utf-8")
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if even + odd and (isinstance(text, Problem) or even + odd > len(data[:4096]) // 5):
        return _decode_as(data, "utf-16-be" if even > odd else "utf-16-le")
    if isinstance(text, Problem):
        # A UTF-8 file with a few bad bytes is better mended than read as GB18030, which accepts almost anything.
        bad = data.decode("utf-8", "replace").count("\ufffd")
        other = _decode_as(data, "gb18030") if bad > len(data) // 100 else text
        return text if isinstance(other, Problem) else other
    return text


def rows_of(text: str) -> tuple[list[Row], list[Problem]]:
    """Rows that are neither blank nor a comment ("# ..."), separated by tabs if the first has one, or , or ;.

    Tab-separated cells are taken as they are, but for cells that a spreadsheet put in double quotes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _UNREADABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        return [], [Problem(f"control character U+{ord(match.group()):04X}", line=line, remedy="is this a text file?")]
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith(_COMMENT)), "")
    if "\t" in first:
        return list(_tab_separated(text)), []
    return _comma_separated(text, ";" if first.count(";") > first.count(",") else ",")


def _decode_as(data: bytes, encoding: str) -> str | Problem:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02X} is not {encoding.upper()}"
        return Problem(what, line=line, remedy="save the sheet as UTF-8")


def _tab_separated(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith(_COMMENT):
            yield Row(number, tuple(_unquoted(cell.strip()) for cell in line.split("\t")))


def _unquoted(cell: str) -> str:
    """Undo a spreadsheet's quoting; a cell that merely begins and ends with a quotation mark is left as it is."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell
    inner = cell[1:-1].replace('""', "\0")
    return cell if '"' in inner else inner.replace("\0", '"').strip()


def _comma_separated(text: str, delimiter: str) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows, []
        except csv.Error as error:
            return rows, [Problem(f"not readable as CSV from here: {error}", line=line, remedy="check the quotes")]
        if any(cell.strip() for cell in cells) and not cells[0].startswith(_COMMENT):
            rows.append(Row(line, tuple(cell.strip() for cell in cells)))
        line = reader.line_num + 1
