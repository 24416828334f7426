"""Rows of a reviewed sheet as entries: those that somebody has accepted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from translate.memory.entries import Entry, in_context
from translate.memory.exchange import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate.bilingual.rows import Row

REJECTED: Final = "rejected"
_PLACE: Final = re.compile(r"b(\d+)\.s(\d+)")


def entries_of_rows(
    rows: Sequence[Row], *, document: str = "", sha256: str = "", run: str = "", everything: bool = False
) -> Iterator[Entry]:
    """The accepted rows of one document's sheet: status `accepted` or `edited`, or a text under `reviewed`.

    `everything` takes rows that nobody has judged too, but never rejected ones. Neighbours are known if the ids say
    where each row stood, whatever order the sheet is in now.
    """
    places = [_PLACE.fullmatch(row.id) for row in rows]
    placed = [(int(place[1]), int(place[2]), row) for place, row in zip(places, rows, strict=True) if place]
    ordered = len(placed) == len(rows)
    in_order = [row for _, _, row in sorted(placed, key=lambda one: one[:2])] if ordered else rows
    entries = [
        Entry(
            row.source,
            _final(row) if _is_wanted(row, everything=everything) else "",
            document=document,
            sha256=sha256,
            segment=row.id,
            run=run,
            status=_status(row),
            note=row.comment,
        )
        for row in in_order
    ]
    return in_context(entries) if ordered else (entry for entry in entries if entry.target.strip())


def _is_wanted(row: Row, *, everything: bool) -> bool:
    status = row.status.strip().casefold()
    return status != REJECTED and (everything or status in ACCEPTED or bool(row.reviewed.strip()))


def _status(row: Row) -> str:
    return "edited" if row.reviewed.strip() else row.status.strip().casefold()


def _final(row: Row) -> str:
    return row.reviewed if row.reviewed.strip() else row.target
