"""The aligned TSV: UTF-8 with a byte order mark, so that spreadsheets open it right; one row a segment.

A cell is written as `cells` says. One that begins with a quotation mark is quoted as in CSV, or a spreadsheet would
read on to the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.bilingual.cells import escape, guarded
from translate.bilingual.delimited import loads
from translate.bilingual.rows import COLUMNS, cells_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate.bilingual.rows import Row
    from translate.records import Run

__all__ = ["dumps", "dumps_rows", "loads"]


def dumps(run: Run) -> bytes:
    """The units of a run, one row each, in document order."""
    return dumps_rows(row_of(unit) for unit in run.units)


def dumps_rows(rows: Iterable[Row]) -> bytes:
    """Rows as the bytes of a TSV file."""
    lines = ["\t".join(COLUMNS), *("\t".join(map(_cell, cells_of(row))) for row in rows)]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def _cell(text: str) -> str:
    safe = guarded(escape(text))
    return '"' + safe.replace('"', '""') + '"' if safe.startswith('"') else safe
