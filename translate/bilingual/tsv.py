r"""The aligned TSV: UTF-8 with a byte order mark, so that spreadsheets open it right; one row a segment.

What would break a row or act in a spreadsheet is made safe, and read back as it was:

- a tab, line feed, carriage return or backslash in a text is written \t, \n, \r, \\;
- a cell that begins with a character that can start a formula (= + - @, their full-width forms) or with an
  apostrophe gets an apostrophe in front;
- a cell that begins with a quotation mark is quoted as in CSV, or a spreadsheet would read on to the next one;
- other control characters, which some spreadsheets refuse, are written \xNN, lone surrogates \uNNNN.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from translate.bilingual.rows import COLUMNS, Row, row_of
from translate.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate.records import Run

NEEDED = ("id", "source", "target")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": "\\\\"}
_UNSAFE = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:([tnr\\])|x([0-9a-f]{2})|u([0-9a-f]{4}))")
_LONGEST_CELL = 10_000_000  # characters; csv's own limit of 131,072 is too small for a paragraph on one line


def dumps(run: Run) -> bytes:
    """The units of a run, one row each, in document order."""
    return dumps_rows(row_of(unit) for unit in run.units)


def dumps_rows(rows: Iterable[Row]) -> bytes:
    """Rows as the bytes of a TSV file."""
    lines = ["\t".join(COLUMNS), *("\t".join(map(_cell, asdict(row).values())) for row in rows)]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def loads(data: bytes, path: str) -> tuple[Row, ...]:
    """The rows of a TSV file written by `dumps`; columns in any order, unknown ones passed over."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(Problem("not UTF-8", path, line, remedy="save the sheet as UTF-8 text")) from error
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        table = list(reader)
    except csv.Error as error:
        raise InputError(Problem(f"not a table: {error}", path, reader.line_num)) from error
    header = [name.strip().lower() for name in table[0]] if table else []
    missing = [name for name in NEEDED if name not in header]
    InputError.raise_if([Problem(f"no column {name!r} in the header", path, 1) for name in missing])
    places = [(name, header.index(name)) for name in COLUMNS if name in header]
    return tuple(_row(cells, places) for cells in table[1:] if any(cells))


def escape(text: str) -> str:
    """`text` without characters that break a row or that spreadsheets refuse; `unescape` gives it back."""
    return _UNSAFE.sub(lambda match: _NAMED.get(match[0]) or _code(ord(match[0])), text)


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return _ESCAPE.sub(lambda match: named[match[1]] if match[1] else chr(int(match[2] or match[3], 16)), text)


def _code(point: int) -> str:
    return f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}"


def _cell(text: str) -> str:
    safe = escape(text)
    if safe.startswith(_FORMULA):
        return "'" + safe
    return '"' + safe.replace('"', '""') + '"' if safe.startswith('"') else safe


def _row(cells: list[str], places: list[tuple[str, int]]) -> Row:
    values = {name: cells[place] if place < len(cells) else "" for name, place in places}
    plain = {name: unescape(value[1:] if value.startswith("'") else value) for name, value in values.items()}
    return Row(**{"block": "", "kind": "paragraph", **plain})
