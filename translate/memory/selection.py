"""Which entries to list or to forget: every condition given has to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.memory.entries import to_microseconds
from translate.memory.table import stored

if TYPE_CHECKING:
    from datetime import datetime

    from translate.memory.table import Stored

_NEWER = """EXISTS (SELECT 1 FROM entries n WHERE n.source_id = e.source_id
  AND (n.changed > e.changed OR n.changed = e.changed AND n.id > e.id))"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions on entries; without any, all are meant."""

    text: str | None = None  # stands in the source or the target
    document: str | None = None  # the document's name, or the beginning of its hash (8 digits or more)
    status: str | None = None
    since: datetime | None = None  # last confirmed then or later
    before: datetime | None = None  # last confirmed earlier
    unused: bool = False  # never was an answer that was taken
    superseded: bool = False  # its source has a newer entry

    def condition(self) -> tuple[str, tuple[Stored | int, ...]]:
        """The condition on an entry `e` with its origin `o` in SQL, and its values."""
        parts: list[str] = []
        values: list[Stored | int] = []
        if self.text is not None:
            parts.append("(instr(e.source, ?) OR instr(e.target, ?))")
            values += [stored(self.text)] * 2
        if self.document is not None:
            parts.append("(o.document = ? OR length(?) >= 8 AND substr(o.sha256, 1, length(?)) = ?)")
            values += [stored(self.document)] * 4
        if self.status is not None:
            parts.append("e.status = ?")
            values.append(stored(self.status))
        if self.since is not None:
            parts.append("e.changed >= ?")
            values.append(to_microseconds(self.since))
        if self.before is not None:
            parts.append("e.changed < ?")
            values.append(to_microseconds(self.before))
        parts += ["e.used = 0"] if self.unused else []
        parts += [_NEWER] if self.superseded else []
        return " AND ".join(parts) or "1", tuple(values)
