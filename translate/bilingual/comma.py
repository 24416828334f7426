"""The aligned CSV: as the TSV, with commas; for programs that read nothing else."""

from __future__ import annotations

import csv
import io
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
    """Rows as the bytes of a CSV file: RFC 4180, UTF-8 with a byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(escape(cell)) for cell in cells_of(row)] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()
