"""Reading tables of text, TSV and CSV, however a spreadsheet has saved them: encoding, delimiter, quotes, line ends."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from translate.bilingual.table import HEADER_WITHIN, LONGEST_CELL, Line, header_of, is_whole, rows_of
from translate.errors import InputError, Problem
from translate.formats import guard
from translate.formats.encoding import BOMS, CANDIDATES, guess

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator

    from translate.bilingual.rows import Row

DELIMITERS = "\t,;|"
# Where Chinese has become question marks, the encoding is most likely the one that has none.
WITHOUT_CHINESE = tuple((name, 30.0 if name == "cp1252" else prior) for name, prior in CANDIDATES)
REMEDY = "save the sheet as UTF-8 text, or as xlsx"


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of a TSV or CSV file; columns in any order, unknown ones passed over.

    The encoding is recognised (UTF-8, UTF-16, GB18030, Big5, Windows-1252), and so are the delimiter (tab, comma,
    semicolon, bar), a header that is not the first line, and files that do not quote at all. Raises InputError.
    """
    guard.refuse_size(len(data), path, limit=guard.FILE_BYTES)
    text = _decoded(data, path)
    csv.field_size_limit(LONGEST_CELL)  # its own of 131,072 is too small for a paragraph on one line
    return rows_of(_lines(text, _delimiter(text), path), path)


def _decoded(data: bytes, path: str) -> str:
    if data.startswith((b"PK\x03\x04", guard.OLE)):
        remedy = "name it .xlsx or .ods if it is one, or save it as tsv or xlsx"
        raise InputError(Problem("this is a workbook or another office file, not a table of text", path, remedy=remedy))
    bom, encoding = next(((bom, name) for bom, name in BOMS if data.startswith(bom)), (b"", ""))
    encoding = encoding or guess(data, WITHOUT_CHINESE if b"???" in data else CANDIDATES)
    try:
        return data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, len(bom) + error.start) + 1
        what = f"byte {len(bom) + error.start} cannot be read as {encoding}"
        raise InputError(Problem(what, path, line, remedy=REMEDY)) from error


def _delimiter(text: str) -> str:
    """The delimiter with which most of our columns are found in a header."""

    def columns(delimiter: str) -> tuple[bool, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            header = header_of([Line(reader.line_num, cells) for cells in islice(reader, HEADER_WITHIN)])
        except csv.Error:
            return False, 0
        return is_whole(header), len(header.cells) if header else 0

    return max(DELIMITERS, key=columns)


def _lines(text: str, delimiter: str, path: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(_numbered(reader))
    except csv.Error as error:
        if '"' in text and (unquoted := _unquoted(text, delimiter)):
            return unquoted
        what = f"not a table: {error}; a quotation mark may be missing"
        raise InputError(Problem(what, path, reader.line_num, remedy=REMEDY)) from error


def _numbered(reader: Reader) -> Iterator[Line]:
    """Each line with the number of its first line of text."""
    before = 0
    for cells in reader:
        yield Line(before + 1, cells)
        before = reader.line_num


def _unquoted(text: str, delimiter: str) -> list[Line]:
    """The lines of a file that does not quote, as some programs write TSV; none if it cannot be one."""
    lines = [Line(number, line.split(delimiter)) for number, line in enumerate(text.splitlines(), 1)]
    header = header_of(lines)
    fits = header is not None and all(line.blank or len(line.cells) == len(header.cells) for line in lines)
    return lines if fits else []
