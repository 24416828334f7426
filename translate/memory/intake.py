"""A file that goes into a memory, whatever kind it is: TMX, an aligned sheet, a table of ours, plain pairs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from translate.bilingual import load_rows
from translate.formats import guard
from translate.memory.exchange import ACCEPTED, read_table, read_tmx, text_of
from translate.memory.sheets import REJECTED, entries_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from translate.memory.entries import Entry

TABLES: Final = (".tsv", ".txt")
TABLE_BYTES: Final = 2**31  # a million entries have about a fifth of it
HEADER_WITHIN: Final = 4_096  # characters
_CELL_END: Final = re.compile(r"[\t\n,;|]")


class Intake:
    """A file on its way in. `left_out` counts what nobody has accepted, `read` the bytes of `size`, both so far."""

    def __init__(self, path: Path, *, everything: bool = False, **origin: str) -> None:
        """`everything` takes what nobody has judged too; `origin` is what entries_of_rows is told of a sheet."""
        self.path = path
        self.left_out = 0
        self._origin = origin
        self._everything = everything
        self.read = 0
        self.size = max(1, path.stat().st_size)

    def entries(self) -> Iterator[Entry]:
        """The entries that are wanted, whatever kind of file it is."""
        if self.path.suffix.lower() == ".tmx":
            return self._wanted(self._of_tmx())
        if self.path.suffix.lower() in TABLES and (data := self._plain_table()) is not None:
            return self._wanted(read_table(data, str(self.path)))
        return self._of_sheet()

    def _of_tmx(self) -> Iterator[Entry]:
        with self.path.open("rb") as stream:
            for entry in read_tmx(stream, str(self.path)):
                self.read = stream.tell()
                yield entry

    def _plain_table(self) -> bytes | None:
        """The bytes of a table that is no aligned sheet, as only such a one names ids."""
        data = guard.read_file(self.path, limit=TABLE_BYTES)
        text = text_of(data, str(self.path))
        cells = {cell.strip("\ufeff \r'\"").lower() for cell in _CELL_END.split(text[:HEADER_WITHIN])}
        return None if {"id", "source", "target"} <= cells else data

    def _of_sheet(self) -> Iterator[Entry]:
        rows = load_rows(self.path)
        found = list(entries_of_rows(rows, **self._origin, everything=self._everything))
        self.left_out += len(rows) - len(found)
        yield from found

    def _wanted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            status = entry.status.strip().casefold()
            if status == REJECTED or not (self._everything or status in ACCEPTED):
                self.left_out += 1
            else:
                yield entry
